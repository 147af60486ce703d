"""Pages that need not run again while serving: each is kept until something that it read has changed.

The library notes which records, and which kinds of them, a page asks for. What
every page may read (homes, sources, names) is compared as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any

from ..components.rendering import Block
from ..library.library import AnyRecord, Library
from ..pages.page import Page
from ..pages.site import Site
from ..problems import Problem
from ..records.kinds import Source
from ..records.models import Record, referenced_ids

EVERY = "every record"


class Records(dict[str, Record]):
    """Records by id, that note in `asked` which of them are looked up."""

    def __init__(self, records: dict[str, Record]) -> None:
        super().__init__(records)
        self.asked: set[object] = set()

    def __getitem__(self, name: str) -> Record:
        self.asked.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.asked.add(name)
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)

    def __iter__(self) -> Iterator[str]:
        self.asked.add(EVERY)
        return super().__iter__()

    def values(self) -> Any:
        self.asked.add(EVERY)
        return super().values()

    def items(self) -> Any:
        self.asked.add(EVERY)
        return super().items()


class Watched(Library):
    """A library that notes what it is asked for."""

    def __init__(self, library: Library) -> None:
        super().__init__(**{each.name: getattr(library, each.name) for each in fields(library)})
        self.kinds: dict[type[Record], list[Any]] = {}
        for record in library.records.values():
            for kind in type(record).__mro__:
                self.kinds.setdefault(kind, []).append(record)
        self.records: Records = Records(library.records)

    def of(self, kind: type[AnyRecord], topic: str = "") -> list[AnyRecord]:
        self.records.asked.add((kind, topic))
        found = self.kinds.get(kind, [])
        return [record for record in found if not topic or topic in getattr(record, "topics", ())]

    @property
    def measures(self) -> dict[str, int]:
        self.records.asked.add(EVERY)
        return super().measures


@dataclass
class Ran:
    """What running a page's macros gave, and what it read."""

    page: Page
    written: tuple[object, ...]
    text: str
    blocks: list[Block]
    problems: list[Problem]
    asked: set[object]


@contextmanager
def noting(library: Library) -> Iterator[set[object]]:
    """What the library is asked for meanwhile."""
    asked: set[object] = set()
    if isinstance(library, Watched):
        library.records.asked = asked
    yield asked
    if isinstance(library, Watched):
        library.records.asked = set()


class Kept:
    """The pages of the build before, as far as nothing they read has changed."""

    def __init__(self) -> None:
        self.ran: dict[str, Ran] = {}
        self.library = Library("")
        self.common: object = None

    def renew(self, site: Site, names: object) -> None:
        """Drop every page that read what is different in this build; `names` are those that prose may use."""
        library = site.library
        sources = library.of(Source)
        common = (
            *(site.homes, site.report, site.address, library.redirects, library.corrections, sources, names),
            *(library.coverage, library.trials),
        )
        if common != self.common or _reordered(self.library, library):
            self.ran.clear()
        changed = _changed(self.library, library)
        self.ran = {path: ran for path, ran in self.ran.items() if not changed & ran.asked}
        self.library, self.common = library, common

    def find(self, path: str, written: tuple[object, ...], site: Site) -> Ran | None:
        """What a page gave, if it would give the same; `written` is all that is peculiar to the page."""
        ran = self.ran.get(path)
        if ran is None or ran.written != written:
            return None
        ran.page.site, ran.page.library = site, site.library
        return ran


def _changed(old: Library, new: Library) -> set[object]:
    """The ids, kinds and topics of the records that differ, and the ids of those that name one that does."""
    before, after = dict(old.records), dict(new.records)
    names = {
        name
        for name in {*before, *after, *old.broken, *new.broken}
        if _differ(before.get(name), after.get(name))
        or old.locations.get(name) != new.locations.get(name)
        or old.broken.get(name) != new.broken.get(name)
    }
    found: set[object] = {EVERY} if names else set()
    for record in (each for records in (before, after) for name, each in records.items() if name in names):
        topics = ("", *getattr(record, "topics", ()))
        found |= {(kind, topic) for kind in type(record).__mro__ for topic in topics}
    naming = {each.id for each in after.values() if any(name in names for _, name, _ in referenced_ids(each))}
    return found | names | naming


def _reordered(old: Library, new: Library) -> bool:
    before, after = dict(old.records), dict(new.records)
    return [name for name in before if name in after] != [name for name in after if name in before]


def _differ(one: Record | None, other: Record | None) -> bool:
    return one is not other and one != other

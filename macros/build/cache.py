"""The cache of pages: each page stays until something that it was made of has changed.

A page is made of its text, the records it asked for, what all pages share (homes, settings, templates), and what
surrounds it: the menu, its neighbours and the backlinks of its records, known only once all pages have run.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..exports.search_index import Entry
from ..library.library import EVERY_RECORD, Library
from ..pages.page import Page
from ..records.models import referenced_ids


@dataclass
class CachedPage:
    """A page as it was made, and what it was made of."""

    source: tuple[object, ...]
    """The page's text and whatever else is its own."""
    page: Page
    asked: set[object] = field(default_factory=set)
    content: str = ""
    """Its HTML, before the template and the backlinks."""
    outline: dict[str, Any] = field(default_factory=dict)
    """The attributes of MkDocs' page that other pages and the checks of links read."""
    minutes: int = 0
    """How long its prose takes to read; 0 where that is not said."""
    surroundings: object = None
    html: str = ""
    """The finished page; empty while there is none."""
    entries: list[Entry] = field(default_factory=list)
    """The page's entries in the search index."""


class PageCache:
    """The pages of the build before, by the path of their file; `renew` drops those that have changed."""

    def __init__(self) -> None:
        self.pages: dict[str, CachedPage] = {}
        self.answers: dict[object, object] = {}
        self.shared: object = None

    def renew(self, library: Library, shared: object) -> None:
        """Drop every page that asked for something that has changed in `library`; all, if `shared` has changed."""
        before, after = self.answers, _answers(library, self.answers)
        changed = {asked for asked in {*before, *after} if before.get(asked) != after.get(asked)}
        records = library.records.copy().values()
        changed |= {each.id for each in records if any(name in changed for _, name, _ in referenced_ids(each))}
        if shared != self.shared:
            self.pages.clear()
        self.pages = {path: cached for path, cached in self.pages.items() if not changed & cached.asked}
        self.answers, self.shared = after, shared

    def find(self, path: str, source: tuple[object, ...]) -> CachedPage | None:
        """Return the page of a file, if it was made of the same text."""
        cached = self.pages.get(path)
        return cached if cached and cached.html and cached.source == source else None


def file_stamps(folder: Path, pattern: str) -> dict[str, tuple[int, int]]:
    """Return the time of change and the size of the files under a folder, by path."""
    found = {}
    for path in sorted(folder.rglob(pattern)):
        with suppress(OSError):  # gone meanwhile
            state = path.stat()
            found[str(path)] = state.st_mtime_ns, state.st_size
    return found


def _answers(library: Library, before: dict[object, object]) -> dict[object, object]:
    """Return what a library answers to all that a page may ask: an id, a kind with a topic, every record.

    What is equal to the answer before is the same object, so that lists of it are compared at once.
    """
    records = library.records.copy()
    lines = [entry.tree.place((entry.index,))[0] for entry in library.entries.values()]
    found: dict[object, Any] = {}
    for name in [*records, *library.broken]:
        answer = records.get(name), library.locations.get(name), library.broken.get(name)
        found[name] = before[name] if before.get(name) == answer else answer
    found[EVERY_RECORD] = list(found.items()), lines
    for record in records.values():
        for kind in type(record).__mro__:
            for topic in ("", *getattr(record, "topics", ())):
                found.setdefault((kind, topic), []).append(found[record.id])
    return found

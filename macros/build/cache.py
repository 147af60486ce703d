"""The cache of pages: each page stays until something that it was made of has changed.

A page is made of its text, the records it asked for, what all pages share (homes, settings, templates), and what
surrounds it: the menu, its neighbours and the backlinks of its records, known only once all pages have run.
"""

from __future__ import annotations

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
        self.library = Library("")
        self.shared: object = None

    def renew(self, library: Library, shared: object) -> None:
        """Drop every page that asked for something that has changed in `library`; all, if `shared` has changed."""
        changed = _changed(self.library, library)
        if shared != self.shared or _reordered(self.library, library):
            self.pages.clear()
        self.pages = {path: cached for path, cached in self.pages.items() if not changed & cached.asked}
        self.library, self.shared = library, shared

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


def _changed(old: Library, new: Library) -> set[object]:
    """Return the ids, kinds and topics of the records that differ, and the ids of those that name one."""
    before, after = old.records.copy(), new.records.copy()
    names = {
        name
        for name in {*before, *after, *old.broken, *new.broken}
        if before.get(name) != after.get(name)
        or old.locations.get(name) != new.locations.get(name)
        or old.broken.get(name) != new.broken.get(name)
    }
    found: set[object] = {EVERY_RECORD} if names or _places(old) != _places(new) else set()
    for record in (each for records in (before, after) for name, each in records.items() if name in names):
        topics = ("", *getattr(record, "topics", ()))
        found |= {(kind, topic) for kind in type(record).__mro__ for topic in topics}
    naming = {each.id for each in after.values() if any(name in names for _, name, _ in referenced_ids(each))}
    return found | names | naming


def _places(library: Library) -> list[int]:
    """Return the line of every record: a page that shows one is made of it."""
    return [entry.tree.place((entry.index,))[0] for entry in library.entries.values()]


def _reordered(old: Library, new: Library) -> bool:
    before, after = old.records.copy(), new.records.copy()
    return [name for name in before if name in after] != [name for name in after if name in before]

"""The cache of pages: each page stays until something that it was made of has changed.

A page is made of its text, the records it asked for, and what all pages share: homes, settings, components. Around
that stand the theme's templates, the menu and the backlinks of its records, known only once all pages have run.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..exports.search_index import Entry
from ..library.library import EVERY_RECORD, BrokenRecordError, Library
from ..pages.page import Page
from ..problems import AuthorError

Stamps = dict[str, tuple[int, int]]
"""The time of change and the size of files, by path."""


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
        self.library: Library | None = None
        self.templates: Stamps = {}
        self.shared: object = None

    def renew(self, library: Library, templates: Stamps, shared: object) -> None:
        """Drop every page that asked for an answer of `library` or a template that has changed.

        `templates` are those of the components; if `shared` has changed, every page is dropped.
        """
        if self.library is None or shared != self.shared:
            self.pages.clear()
        else:
            asked = set[object]().union(*(cached.asked for cached in self.pages.values()))
            changed = {each for each in asked if _answer(self.library, each) != _answer(library, each)}
            edited = self.templates.items() ^ templates.items()
            changed |= {"/".join(Path(path).parts[-2:]) for path, _ in edited}  # as they are asked for
            self.pages = {path: cached for path, cached in self.pages.items() if changed.isdisjoint(cached.asked)}
        self.library, self.templates, self.shared = library, templates, shared

    def find(self, path: str, source: tuple[object, ...]) -> CachedPage | None:
        """Return the page of a file, if it was made of the same text."""
        cached = self.pages.get(path)
        return cached if cached and cached.html and cached.source == source else None


def file_stamps(folder: Path, pattern: str) -> Stamps:
    """Return the time of change and the size of the files in a folder that fit a pattern, by path."""
    found = {}
    for path in sorted(folder.glob(pattern)):
        with suppress(OSError):  # gone meanwhile
            state = path.stat()
            found[str(path)] = state.st_mtime_ns, state.st_size
    return found


def _answer(library: Library, question: object) -> object:
    """Return what a library answers to what was asked of it: an id, a kind with a topic, a function, all."""
    records = library.records.data
    try:
        if callable(question):
            return question(library)
        if isinstance(question, tuple):
            names = [each.id for each in library.of(*question)]
        else:
            names = list(records) if question is EVERY_RECORD else [str(question)]
    except (AuthorError, BrokenRecordError):
        return None
    return [(name, records.get(name), library.locations.get(name), library.broken.get(name)) for name in names]

"""One page while it is rendered: what it cites and shows, its addresses, and how long it takes to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..problems import AuthorError, Problem
from ..records.models import Record
from .citations import Citations
from .site import Site, relative_address, url_beside


class Page:
    """One page while its macros run: what it has cited, and which records it has shown at their address."""

    def __init__(self, site: Site, path: str, url: str) -> None:
        """Start a page; `path` is the file's name in messages, `url` the address from the site's root."""
        self.site = site
        self.library = site.library
        self.path = path
        self.url = url
        self.citations = Citations()
        self.anchored: set[str] = set()
        self.shown: set[str] = set()
        self.incomplete = not site.library.proved
        self.cited: set[str] = set()
        self.uses: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self.parts: set[str] = set()
        self._awaited: dict[str, str] = {}

    def is_home(self, record: Record) -> bool:
        return self.site.home(record) == self.url

    def anchor(self, record: Record) -> str:
        """Return the id for the element that shows a record: once, on its home page; empty elsewhere."""
        if not self.is_home(record) or record.id in self.anchored:
            return ""
        self.anchored.add(record.id)
        return record.id

    def use(self, record: Record, citation: str = "") -> None:
        """Note that the page shows or cites a record; the first citation is where a reader finds it."""
        self.uses[record.id] = self.uses.get(record.id) or citation

    def link(self, record: Record, part: str = "") -> str:
        """Return the relative address of a record, or of a part of it, at its home; empty when it has none."""
        home = self.site.home(record)
        if home is None:
            return ""
        fragment = f"#{record.id}{part}"
        return fragment if home == self.url else self.relative(home) + fragment

    def links(self, ids: Iterable[str]) -> list[tuple[Record, str]]:
        """Return the records of some ids, each with its relative address."""
        return [(record, self.link(record)) for record in map(self.library.get, ids)]

    def part(self, kind: str, name: str, call: str) -> str:
        """Return the relative address of a part of the home of a kind; on that page, `call` must show it."""
        home = self.site.homes.get(kind)
        if home == self.url:
            self._awaited[name] = call
            return f"#{name}"
        return "" if home is None else f"{self.relative(home)}#{name}"

    def relative(self, url: str) -> str:
        """Return the address of another page or file of the site, relative to this one."""
        return relative_address(url, self.url)

    def publish(self, name: str, text: str) -> str:
        """Publish a file beside the page; return its address. Raises AuthorError where the name is taken."""
        if self.files.setdefault(name, text) != text:
            raise AuthorError(f'the page has another "{name}"; begin this drawing with another figure')
        return self.relative(url_beside(self.url, name))

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the page as a whole, once all its macros have run.

        A page where one has failed is not blamed for what that would have shown.
        """
        for record_id in self.site.residents.get(self.url, ()):
            if record_id not in self.anchored and not self.incomplete:
                text = f'is the home of "{record_id}" and does not show it; show it, or change "home_of"'
                yield Problem(self.path, 0, 0, text)
        for call in dict.fromkeys(call for name, call in self._awaited.items() if name not in self.parts):
            if not self.incomplete:
                yield Problem(self.path, 0, 0, f"leads to a part that it does not show; add {call}")
        if self.citations.references and not self.citations.printed and not self.incomplete:
            yield Problem(self.path, 0, 0, "cites, and lists no references; end it with {{ references() }}")


WORDS_A_MINUTE = 230

# What does not count as reading: tags, the numbers of citations, what is folded away, the list of references.
NOT_READ = re.compile(
    r'<sup\b.*?</sup>|<details\b.*?</details>|<ol class="xp-references.*?</ol>|<[^>]*>', re.DOTALL
)


def reading_minutes(html: str) -> int:
    """Return the whole minutes that it takes to read a piece of HTML, at least one."""
    return max(1, round(len(NOT_READ.sub(" ", html).split()) / WORDS_A_MINUTE))

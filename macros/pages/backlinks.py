"""Where each record is used: known only when the macros of all pages have run.

At its home a record holds a place for the list; when every page is there, the
places are filled, so that no page is rendered twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from .page import Page
from .site import from_root

PLACE = re.compile(r'<div data-uses="([^"]+)"></div>')


# Where each record is used, by its id: a page's title, its URL from the site's root, the number's anchor there.
Found = dict[str, list[tuple[str, str, str]]]


class Uses:
    """What each page of a build shows or cites; `found` is known only once all have run."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.found: Found = {}

    def note(self, page: Page) -> None:
        """Remember a page whose macros have run."""
        self.pages[page.url] = page

    def page(self, url: str) -> Page | None:
        """The page at a URL, once its macros have run."""
        return self.pages.get(from_root(url))

    def gather(self, listed: Iterable[tuple[str, str]]) -> None:
        """Turn the uses round: `listed` are addresses and titles of pages, in the order a reader meets them."""
        for url, title in listed:
            if page := self.page(url):
                for name, anchor in page.uses.items():
                    self.found.setdefault(name, []).append((title, page.url, anchor))

    def fill(self, html: str, url: str, render: Callable[..., str], found: Found | None = None) -> str:
        """Put the list of each record's uses into the page that is its home; `found` may be another build's."""
        home = self.page(url)
        uses = self.found if found is None else found

        def listed(match: re.Match[str]) -> str:
            assert home is not None
            return render("foot/uses", uses=list(_elsewhere(uses.get(match[1], ()), home)))

        return PLACE.sub(listed, html) if home else html


def _elsewhere(uses: Iterable[tuple[str, str, str]], home: Page) -> Iterable[tuple[str, str]]:
    for title, url, anchor in uses:
        if url != home.url:
            yield title, home.relative(url) + (f"#{anchor}" if anchor else "")

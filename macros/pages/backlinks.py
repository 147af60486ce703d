"""Backlinks: where each record is used, which is known only when the macros of all pages have run.

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
    """The pages of a build with what each shows or cites; `found` is filled once all have run."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.found: Found = {}

    def note(self, page: Page) -> None:
        """Add a page whose macros have run."""
        self.pages[page.url] = page

    def page(self, url: str) -> Page | None:
        """Return the page at a URL, once its macros have run."""
        return self.pages.get(from_root(url))

    def gather(self, listed: Iterable[tuple[str, str]]) -> None:
        """Find the uses of each record; `listed` are addresses and titles of pages, in the menu's order."""
        for url, title in listed:
            if page := self.page(url):
                for name, anchor in page.uses.items():
                    self.found.setdefault(name, []).append((title, page.url, anchor))

    def fill(self, html: str, url: str, render: Callable[..., str]) -> str:
        """Return a page's HTML with the list of its uses at each record."""
        home = self.page(url)

        def listed(match: re.Match[str]) -> str:
            assert home is not None
            return render("foot/uses", uses=list(_elsewhere(self.found.get(match[1], ()), home)))

        return PLACE.sub(listed, html) if home else html


def _elsewhere(uses: Iterable[tuple[str, str, str]], home: Page) -> Iterable[tuple[str, str]]:
    for title, url, anchor in uses:
        if url != home.url:
            yield title, home.relative(url) + (f"#{anchor}" if anchor else "")

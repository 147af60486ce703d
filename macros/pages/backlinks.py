"""Backlinks: where each record is used, which is known only when the macros of all pages have run.

At its home a record holds a place for the list, which is filled at the end: no page is rendered twice.
"""

import re
from collections.abc import Callable, Iterable

from .page import Page

PLACE = re.compile(r'<div data-uses="([^"]+)"></div>')

# Where each record is used, by its id: a page's title, its URL from the site's root, the number's anchor there.
Uses = dict[str, list[tuple[str, str, str]]]


def find_uses(pages: Iterable[tuple[str, Page]]) -> Uses:
    """Return the uses of each record on the pages, which are given with their titles in the menu's order."""
    found: Uses = {}
    for title, page in pages:
        for name, anchor in page.uses.items():
            found.setdefault(name, []).append((title, page.url, anchor))
    return found


def fill_uses(html: str, home: Page, found: Uses, render: Callable[..., str]) -> str:
    """Return the HTML of a page with the list of its uses on other pages at each record."""

    def listed(match: re.Match[str]) -> str:
        uses = [
            (title, home.relative(url) + (f"#{anchor}" if anchor else ""))
            for title, url, anchor in found.get(match[1], ())
            if url != home.url
        ]
        return render("foot/uses", uses=uses)

    return PLACE.sub(listed, html)

"""The search index with an entry for each record.

The theme divides pages at headings, and a record has none with an address. So
records are left out of the pages' text, and each gets an entry of its own.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..pages.site import Site
from .kinds import SEARCH_WORDS

INDEX = "search/search_index.json"

# Titles and addresses alone, less than half of the index: for the page that answers a wrong address.
NAMES = "search/names.json"


def complete_index(folder: Path, site: Site, pages: list[tuple[str, list[dict[str, Any]]]]) -> None:
    """Add the records to the search index of a built site, if it has one; leave out sections without words.

    `pages` gives each page's URL, in order, with its entries from the build before; those of a page that was
    made anew are replaced by what the plugin found on it.
    """
    path = folder / INDEX
    if not path.is_file():
        return
    index = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in index["docs"]:
        if entry["text"] or "#" not in entry["location"]:
            found.setdefault(entry["location"].partition("#")[0], []).append(entry)
    docs = []
    for url, entries in pages:
        entries[:] = found.get("" if url == "./" else url) or found.get(url) or entries
        docs += entries
    index["docs"] = [*docs, *_record_entries(site)]
    names = [{**entry, "text": ""} for entry in index["docs"]]
    for name, content in (INDEX, index), (NAMES, {"docs": names}):
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (folder / name).write_text(text, encoding="utf-8")


def _record_entries(site: Site) -> Iterator[dict[str, str]]:
    """Yield an entry for each record that has a home: its label, its words, its address."""
    for record in site.library.records.values():
        if (home := site.home(record)) is not None:
            more = SEARCH_WORDS[type(record)](site.library, record) if type(record) in SEARCH_WORDS else ()
            yield {
                "location": f"{home}#{record.id}",
                "title": html.escape(record.label, quote=False),
                "text": html.escape(". ".join(filter(None, (record.kind.capitalize(), *more))), quote=False),
            }

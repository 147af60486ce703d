"""The search index with an entry for each record.

The theme divides pages at headings, and a record has none with an address. So
records are left out of the pages' text, and each gets an entry of its own.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path

from ..pages.site import Site
from .kinds import SEARCH_WORDS

INDEX = "search/search_index.json"

# Titles and addresses alone, less than half of the index: for the page that answers a wrong address.
NAMES = "search/names.json"


def index_records(folder: Path, site: Site) -> None:
    """Add the records to the search index of a built site, if it has one; leave out sections without words."""
    path = folder / INDEX
    if not path.is_file():
        return
    index = json.loads(path.read_text(encoding="utf-8"))
    pages = [entry for entry in index["docs"] if entry["text"] or "#" not in entry["location"]]
    index["docs"] = [*pages, *_record_entries(site)]
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

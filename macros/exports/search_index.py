"""Search finds each record by itself, in its own words, and leads to it.

The theme cuts pages at headings, and a record has none with an address. So
records are kept out of the pages' text, and each gets an entry of its own.
"""

from __future__ import annotations

import copy
import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..library.library import Library
from ..pages.site import Site
from ..records.kinds import Event, Fact, Limit, Person, Quote, Source, Tension
from ..records.models import Record

INDEX = "search/search_index.json"

# What things are called and where they are, for the page that a wrong address gets: less than half of the index.
NAMES = "search/names.json"


def add_records(folder: Path, site: Site) -> None:
    """Add the records to the search index of a built site, if it has one; leave out sections without words."""
    path = folder / INDEX
    if not path.is_file():
        return
    index = json.loads(path.read_text(encoding="utf-8"))
    pages = [entry for entry in index["docs"] if entry["text"] or "#" not in entry["location"]]
    index["docs"] = [*pages, *record_entries(site)]
    names = [{**entry, "text": ""} for entry in index["docs"]]
    for name, content in (INDEX, index), (NAMES, {"docs": names}):
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (folder / name).write_text(text, encoding="utf-8")


class Later:
    """Stands in for the plugin's index while serving: to parse every page at each save takes half of the time."""

    def __init__(self, index: Any) -> None:
        self.index = index
        self.pages: dict[str, Any] = {}

    def add_entry_from_context(self, page: Any) -> None:
        self.pages.pop(page.url, None)  # it was made ahead of the others
        self.pages[page.url] = copy.copy(page)

    def generate_search_index(self, previous: Any) -> str:
        return ""

    def write(self, folder: Path, site: Site) -> None:
        """Make the index, when somebody searches."""
        for page in self.pages.values():
            self.index.add_entry_from_context(page)
        self.pages.clear()
        path = folder / INDEX
        path.write_text(self.index.generate_search_index(None), encoding="utf-8")
        add_records(folder, site)


def record_entries(site: Site) -> Iterator[dict[str, str]]:
    """An entry for each record that has a home: its label, its words, its address."""
    for record in site.library.records.values():
        home = site.home(record)
        if home is not None:
            words = ". ".join(word for word in _words(site.library, record) if word)
            yield {
                "location": f"{home}#{record.id}",
                "title": html.escape(record.label, quote=False),
                "text": html.escape(words, quote=False),
            }


def _words(library: Library, record: Record) -> Iterator[str]:
    yield record.kind.capitalize()
    match record:
        case Fact():
            yield _names(library, (*record.said_by, *record.counted_by)) or record.unattributed or ""
            yield record.as_of.say() if record.as_of else ""
        case Quote():
            yield _names(library, record.speaker) or record.unattributed or ""
            yield record.role or ""
            yield record.setting or ""
            yield record.date.say() if record.date else ""
        case Event():
            yield record.date.say()
            yield record.summary or ""
        case Person():
            yield from record.alternate_names
            yield from dict.fromkeys(role.role for role in record.roles)
            yield record.position.text if record.position else ""
        case Limit():
            yield record.question
            yield record.answer
        case Source():
            yield from (name.full for name in record.author)
            yield record.publisher
            yield record.issued.say()
        case Tension():
            yield record.text
            yield record.why or ""
        case _:
            yield from getattr(record, "alternate_names", ())
            yield getattr(record, "text", "")
            yield getattr(getattr(record, "position", None), "text", "")


def _names(library: Library, ids: tuple[str, ...]) -> str:
    return ", ".join(library.records[name].label for name in ids if name in library.records)

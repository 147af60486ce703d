"""Search finds each record by itself, in its own words, and leads to it.

The theme cuts pages at headings, and a record has none with an address. So
records are kept out of the pages' text, and each gets an entry of its own.
"""

from __future__ import annotations

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
    index["docs"] = [*docs, *record_entries(site)]
    names = [{**entry, "text": ""} for entry in index["docs"]]
    for name, content in (INDEX, index), (NAMES, {"docs": names}):
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (folder / name).write_text(text, encoding="utf-8")


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

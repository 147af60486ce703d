"""The search index: an entry for each section of a page and for each record, in plain text.

Records are left out of the text of the pages that show them, since each has an entry of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from ..pages.site import Site
from ..records.dates import Date
from ..records.kinds import KINDS
from ..records.models import Name, Position, Role

INDEX = "search/index.json"

# Titles and addresses alone, less than half of the index: for the page that answers a wrong address.
NAMES = "search/names.json"

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INLINE = ("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup")
VOID = ("br", "hr", "img", "input", "source", "track", "wbr")
SKIPPED_CLASSES = {"xp-cite", "headerlink"}  # a number of a reference is no text, nor is a heading's own link

# An entry: `location` from the site's root, `title`, `text`, and `kind`, which is "page" or a record's.
Entry = dict[str, str]

# The fields that a record of a kind is found by, besides its label and those whose word it is.
SEARCHED_FIELDS = {
    "source": ("author", "publisher", "issued"),
    "fact": ("unattributed", "as_of"),
    "quote": ("unattributed", "role", "setting", "date"),
    "event": ("date", "summary"),
    "person": ("alternate_names", "roles", "position"),
    "organisation": ("alternate_names", "text", "position"),
    "document": ("alternate_names", "text", "position"),
    "term": ("alternate_names", "text"),
    "limit": ("question", "answer"),
    "tension": ("text", "why"),
}


def page_entries(url: str, title: str, html: str) -> list[Entry]:
    """Return the entries of a page's sections that hold words; `url` from the site's root, `html` its content."""
    parser = _SectionParser()
    parser.feed(html)
    parser.close()
    entries = []
    for level, anchor, heading, text in parser.sections:
        location = f"{url}#{anchor}" if level > "h1" else url
        if words := _one_line(text):
            entries.append(_entry(location, _one_line(heading) or title, words, "page"))
    if not any(each["location"] == url for each in entries):
        entries.insert(0, _entry(url, title, "", "page"))
    return entries


def index_files(site: Site, pages: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file that search reads."""
    entries = [*pages, *_record_entries(site)]
    kinds = {"page": "pages", **{kind.kind: kind.plural for kind in KINDS.values()}}
    for path, docs in (INDEX, entries), (NAMES, [{**entry, "text": ""} for entry in entries]):
        yield path, json.dumps({"kinds": kinds, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


def _record_entries(site: Site) -> Iterator[Entry]:
    """Yield an entry for each record that has a home: its label, its words, its address."""
    for record in site.library.records.values():
        if address := site.record_address(record):
            voices = (site.library.records.get(each) for each in record.voices)
            fields = (getattr(record, each) for each in SEARCHED_FIELDS.get(record.kind, ()))
            words = filter(None, (", ".join(each.label for each in voices if each), *map(_say, fields)))
            yield _entry(address, record.label, ". ".join(words), record.kind)


def _say(value: object) -> str:
    """Return the value of a field in words."""
    match value:
        case Date():
            return value.say()
        case Name():
            return value.full
        case Role():
            return value.role
        case Position():
            return value.text
        case tuple():
            return ". ".join(dict.fromkeys(map(_say, value)))
    return str(value or "")


def _entry(location: str, title: str, text: str, kind: str) -> Entry:
    return {"location": location, "title": title, "text": text, "kind": kind}


def _one_line(parts: list[str]) -> str:
    return " ".join("".join(parts).split())


class _SectionParser(HTMLParser):
    """Divides a page's content at its headings into sections: level, id, words of the heading, words after it."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[tuple[str, str, list[str], list[str]]] = [("", "", [], [])]
        self.heading = ""
        self.skipped: list[str] = []  # the open elements of one name within an element that is not searched

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if self.skipped:
            self.skipped += [tag] if tag == self.skipped[0] else []
        elif tag not in VOID and _is_skipped(tag, attributes):
            self.skipped = [tag]
        elif tag in HEADINGS and attributes.get("id"):
            self.heading = tag
            self.sections.append((tag, attributes["id"] or "", [], []))
        elif tag not in INLINE:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            if tag == self.skipped[0]:
                self.skipped.pop()
        elif tag == self.heading:
            self.heading = ""
        elif tag not in INLINE:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            _, _, heading, text = self.sections[-1]
            (heading if self.heading else text).append(data)


def _is_skipped(tag: str, attributes: dict[str, str | None]) -> bool:
    classes = (attributes.get("class") or "").split()
    excluded = tag in ("script", "style") or "data-search-exclude" in attributes
    return excluded or not SKIPPED_CLASSES.isdisjoint(classes)

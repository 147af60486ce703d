"""The search index: an entry for each section of a page and for each record, in plain text.

The blocks that a page shows are no text of the page: a record has an entry of its own.
"""

import json
import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from ..pages.site import Site
from ..records.dates import Date
from ..records.kinds import KINDS
from ..records.parts import Name, Position, Role

INDEX = "search/index.json"

# Titles and addresses alone, less than half of the index: for the page that answers a wrong address.
NAMES = "search/names.json"

# What is no text of a page: the number of a reference, a heading's link to itself.
UNSEARCHED = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1>|\Z)"
    r"|<sup class=\"xp-cite.*?</sup>|<a class=\"headerlink.*?</a>",
    re.DOTALL,
)
HEADING = re.compile(
    r"""<h([1-6])\b[^<>]*?\sid=["']?([^"'\s>]+)[^<>]*>((?:(?!<h[1-6]).)*?)</h\1>""", re.DOTALL | re.IGNORECASE
)
# Every tag but those of elements that stand inside a sentence.
OUTSIDE_SENTENCES = re.compile(
    r"<(?!/?(?:a|abbr|b|bdi|cite|code|em|i|mark|q|small|span|strong|sub|sup)\b)[^<>]*>", re.IGNORECASE
)

# An entry: `location` from the site's root, `title`, `text`, and `kind`, which is "page" or a record's.
Entry = dict[str, str]


def page_entries(url: str, title: str, html: str) -> list[Entry]:
    """Return the entries of a page's sections that hold words; `url` from the site's root, `html` its content."""
    before, *parts = HEADING.split(UNSEARCHED.sub("", html))
    sections = [(url, title, before)]
    for level, anchor, heading, text in zip(*[iter(parts)] * 4, strict=True):
        sections.append((url if level == "1" else f"{url}#{anchor}", _words(heading) or title, text))
    entries = [_entry(place, name, words, "page") for place, name, text in sections if (words := _words(text))]
    if all(each["location"] != url for each in entries):
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
            fields = (getattr(record, each) for each in record.searched)
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


def _words(html: str) -> str:
    """Return HTML as words on one line: what a block holds is apart from what is beside it."""
    return Markup(OUTSIDE_SENTENCES.sub(" ", html)).striptags()

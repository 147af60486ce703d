"""Prose that no record backs: figures, names and quoted words that a page states and does not cite.

What a page's author writes between the macros is checked against the records
which that page cites or shows. A word-for-word check cannot judge a sentence;
it finds the slip of a digit, the wrong name, the quotation from memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from ..evidence.article import fold
from ..library.library import Library
from ..records.kinds import Document, Organisation, Person, Source
from ..records.models import Record, referenced_ids

# What is not prose: macro calls, tags, addresses of links, attribute lists, code.
APART = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{##.*?##\}|<[^>]*>|\]\([^)]*\)|\{[^}\n]*\}|^ *```.*?^ *```|`[^`\n]*`",
    re.DOTALL | re.MULTILINE,
)
QUOTED = re.compile(r"“([^”]+)”")
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
TEXTS = (
    *("text", "title", "summary", "derived", "setting", "question", "answer", "strength", "name", "role", "value"),
    *("publisher", "container_title"),
)
DATES = ("date", "period", "as_of", "issued")
LIST_ITEM = re.compile(r"^ *\d+\. ", re.MULTILINE)


class Backing:
    """What the records of a library say, in words, as far as prose may repeat it."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._said: dict[str, str] = {}

    def unbacked(self, text: str, ids: Iterable[str]) -> Iterator[tuple[int, str]]:
        """Yield the line and a sentence for everything in a page's text that the records `ids` do not back.

        `text` is the page as written, without front matter; lines count from 1. The
        sources back what they say of themselves on every page.
        """
        prose = LIST_ITEM.sub(_blank, APART.sub(_blank, text))
        quoted, numbers = list(QUOTED.finditer(prose)), list(NUMBER.finditer(prose))
        names = {name: holders for name, holders in self.names.items() if name in prose}
        if not (quoted or numbers or names):
            return
        backing = {*ids, *(source.id for source in self.library.of(Source))}
        words = "\n".join(self.said(each) for each in backing)
        known, loose = {_plain(number) for number in NUMBER.findall(words)}, _loose(words) if quoted else ""
        for match in quoted:
            if _loose(match[1]) not in loose:
                yield _line(prose, match), f"“{match[1]}” is in no record that this page cites"
        for match in numbers:
            if _plain(match[0]) not in known:
                yield _line(prose, match), f"{match[0]} is in no record that this page cites"
        for name in [name for name, holders in names.items() if not holders & backing and name not in words]:
            for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", prose):
                yield _line(prose, match), f"{name} is in no record that this page cites"

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """Every name a sentence may use, with the ids of the records that bear it."""
        holders: dict[str, set[str]] = {}
        for record in self.library.records.values():
            if not isinstance(record, Person | Organisation | Document):
                continue
            parts = record.name.split() if isinstance(record, Person) else []
            for name in {record.name, *record.alternate_names, *parts}:
                if name[0].isupper() and len(name) > 1:
                    holders.setdefault(name, set()).add(record.id)
        return holders

    def said(self, record_id: str) -> str:
        """Return everything a record says, its dates in words and digits too, and the names it refers to."""
        if record_id not in self._said:
            self._said[record_id] = "\n".join(self._parts(self.library.records[record_id]))
        return self._said[record_id]

    def _parts(self, record: Record) -> Iterator[str]:
        yield record.label
        for name in TEXTS:
            yield str(getattr(record, name, None) or "")
        for name in DATES:
            date = getattr(record, name, None)
            if date:
                yield date.say()
                yield date.edtf.replace("-", " ")
        yield from getattr(record, "alternate_names", ())
        yield from (passage.exact for _, passage in record.passages())
        for _, name, _ in referenced_ids(record):
            other = self.library.records.get(name)
            yield other.label if other else ""
            yield from (role.role for role in getattr(other, "roles", ()))


def _blank(match: re.Match[str]) -> str:
    """Return spaces and line breaks in place of what is taken out, so that lines keep their numbers."""
    return re.sub(r"[^\n]", " ", match[0])


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


def _plain(number: str) -> str:
    digits = number.replace(",", "")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _loose(words: str) -> str:
    """Return folded text without regard to capitals or to the punctuation a sentence adds."""
    return re.sub(r"[^\w ]", "", fold(words).casefold())

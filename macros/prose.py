"""Prose that no record backs: figures, names and quoted words that a page states and does not cite.

What a page's author writes between the macros is checked against the records
which that page cites or shows. A word-for-word check cannot judge a sentence;
it finds the slip of a digit, the wrong name, the quotation from memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .articles import fold
from .library import Library
from .records import KINDS, Fact, Person, Record, Source, references

# What is not prose: macro calls, tags, addresses of links, attribute lists, code.
APART = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{##.*?##\}|<[^>]*>|\]\([^)]*\)|\{[^}\n]*\}|^ *```.*?^ *```|`[^`\n]*`",
    re.DOTALL | re.MULTILINE,
)
QUOTED = re.compile(r"“([^”]+)”")
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
LIST_ITEM = re.compile(r"^ *\d+\. ", re.MULTILINE)


def unbacked(library: Library, text: str, ids: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the line and a sentence for everything in a page's text that the records `ids` do not back.

    `text` is the page as written, without front matter; lines count from 1. The
    sources back what they say of themselves on every page.
    """
    backing = [library.records[each] for each in {*ids, *(source.id for source in library.of(Source))}]
    words = "\n".join(_words(library, record) for record in backing)
    numbers = {_plain(number) for number in NUMBER.findall(words)}
    named = {name for record in backing for _, name, _ in references(record)} | {record.id for record in backing}
    prose = LIST_ITEM.sub(_blank, APART.sub(_blank, text))
    for match in QUOTED.finditer(prose):
        if _loose(match[1]) not in _loose(words):
            yield _line(prose, match), f"“{match[1]}” is in no record that this page cites"
    for match in NUMBER.finditer(prose):
        if _plain(match[0]) not in numbers:
            yield _line(prose, match), f"{match[0]} is in no record that this page cites"
    for name, holders in _names(library).items():
        if name not in prose or holders & named or name in words:
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", prose):
            yield _line(prose, match), f"{name} is in no record that this page cites"


def _blank(match: re.Match[str]) -> str:
    """Spaces and line breaks in place of what is taken out, so that lines keep their numbers."""
    return re.sub(r"[^\n]", " ", match[0])


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


def _plain(number: str) -> str:
    digits = number.replace(",", "")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _loose(words: str) -> str:
    """Folded text without regard to capitals or to the punctuation a sentence adds."""
    return re.sub(r"[^\w ]", "", fold(words).casefold())


def _words(library: Library, record: Record) -> str:
    """Everything a record says, its dates in words and digits too."""
    said = [record.label]
    for name in (
        "text",
        "title",
        "summary",
        "derived",
        "setting",
        "question",
        "answer",
        "strength",
        "name",
        "role",
    ):
        said.append(getattr(record, name, None) or "")
    for name in ("date", "period", "as_of", "issued"):
        date = getattr(record, name, None)
        said += [date.say(), date.edtf.replace("-", " ")] if date else []
    if isinstance(record, Fact) and record.value is not None:
        said.append(str(record.value))
    said += getattr(record, "alternate_names", ())
    said += [passage.exact for _, passage in record.passages()]
    said += [getattr(record, "publisher", ""), getattr(record, "container_title", None) or ""]
    for _, name, _ in references(record):
        other = library.records.get(name)
        said.append(other.label if other else "")
        said += [role.role for role in getattr(other, "roles", ())]
    return "\n".join(said)


@lru_cache(maxsize=4)
def _names_of(items: tuple[tuple[str, str, tuple[str, ...], bool], ...]) -> dict[str, frozenset[str]]:
    holders: dict[str, set[str]] = {}
    for record_id, label, others, is_person in items:
        parts = label.split() if is_person else []
        for name in {label, *others, *(part for part in parts if part[0].isupper() and len(part) > 1)}:
            holders.setdefault(name, set()).add(record_id)
    return {name: frozenset(found) for name, found in holders.items()}


def _names(library: Library) -> dict[str, frozenset[str]]:
    """Every name a sentence may use, with the records that bear it."""
    kinds = [KINDS[kind] for kind in ("person", "organisation", "document")]
    return _names_of(
        tuple(
            (record.id, record.label, tuple(getattr(record, "alternate_names", ())), isinstance(record, Person))
            for kind in kinds
            for record in library.of(kind)
        )
    )

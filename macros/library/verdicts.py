"""How firm the case for a limit is, by whose word it rests on: firm, contested or thin.

Voices are weighed, and records are not counted: whoever speaks often is one voice, and so is a publisher with
several articles. Whoever is not named, or has a stake in the matter, counts on neither side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..records.kinds import Document, Fact, Limit, Person, Quote, Source
from ..records.models import Record
from .library import Library

NEEDED = 2
"""Independent voices, below which a case is thin."""


@dataclass(frozen=True)
class Verdict:
    """A verdict, and the names of the independent voices that uphold the limit and that dispute it."""

    word: str
    upheld: tuple[str, ...]
    disputed: tuple[str, ...]


def reach_verdict(library: Library, limit: Limit) -> Verdict:
    """Return the verdict on a limit: thin without two voices for it, contested with one against it, else firm."""
    upheld, disputed = (_independent(library, ids) for ids in (limit.upheld_by, limit.disputed_by))
    word = "thin" if len(upheld) < NEEDED else "contested" if disputed else "firm"
    return Verdict(word, upheld, disputed)


def _independent(library: Library, ids: Iterable[str]) -> tuple[str, ...]:
    voices = [vouchers(library, library.get(each)) for each in ids]
    free = [each for each in voices if each and not any(getattr(one, "stake", None) for one in each)]
    return tuple(dict.fromkeys(name_voices(each) for each in free))


def vouchers(library: Library, record: Record) -> tuple[Record, ...]:
    """Return whose word a statement is: the people, else the bodies and documents, that say or count it.

    An analyst's document stands for its authors. Where the source itself speaks, it is the source; where that
    names nobody, it is nobody.
    """
    named = [library.get(name) for name in record.voices]
    if not named:
        unnamed = isinstance(record, Quote) or (isinstance(record, Fact) and record.unattributed)
        return () if unnamed else (library.get(next(record.passages())[1].source, Source),)
    analyses = [each for each in named if isinstance(each, Document) and each.capacity != "official"]
    authors = [library.get(name) for each in analyses for name in each.author]
    people = [each for each in (*named, *authors) if isinstance(each, Person)]
    return tuple(dict.fromkeys(people)) or tuple(named)


def name_voices(voices: tuple[Record, ...]) -> str:
    """Return the names of those who speak together; a source goes by its publisher."""
    names = [each.publisher if isinstance(each, Source) else each.label for each in voices]
    return names[0] + " and others" if len(names) > 2 else " and ".join(names)

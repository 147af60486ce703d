"""How firm the case for a limit is, by whose word it rests on: firm, contested or thin.

Voices are weighed, and records are not counted: whoever speaks often is one voice, and so is a publisher with
several articles. Whoever is not named, or has a stake in the matter, counts on neither side.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ...library.library import Library
from ...records.kinds import Document, Limit, Person, Source
from ...records.models import Record

NEEDED = 2  # independent voices, below which a case is thin


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
    voices = (whose_word(library, library.get(each)) for each in ids)
    return tuple(dict.fromkeys(each.name for each in voices if each.records and not each.stakes))


@dataclass(frozen=True)
class Voice:
    """Whose word a statement is: the records of those who give it, none where nobody is named; what prints it."""

    name: str
    records: tuple[Record, ...]
    source: Source

    @property
    def stakes(self) -> list[str]:
        """What stake they have in the matter, each in one line."""
        stakes = (getattr(each, "stake", None) for each in self.records)
        return list(dict.fromkeys(each for each in stakes if each))


def whose_word(library: Library, record: Record) -> Voice:
    """Return whose word a statement is: that of the people, else the bodies and documents, that say or count it.

    An analyst's document stands for its authors, and a source for its publisher where it speaks in its own name.
    """
    source = library.get(record.passages[0].source, Source)
    if unattributed := getattr(record, "unattributed", None):
        return Voice(unattributed, (), source)
    named = [library.get(name) for name in record.attributed_to] or [source]
    analyses = [each for each in named if isinstance(each, Document) and each.capacity != "official"]
    authors = [library.get(name) for each in analyses for name in each.author]
    people = dict.fromkeys(each for each in (*named, *authors) if isinstance(each, Person))
    records = tuple(people or named)
    names = [each.publisher if isinstance(each, Source) else each.label for each in records]
    return Voice(names[0] + " and others" if len(names) > 2 else " and ".join(names), records, source)

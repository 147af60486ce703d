"""How independent the evidence of a statement is, and of what kind; said in words, never as a score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .library import Library
from .records import Document, Event, Fact, Organisation, Person, Quote, Record, Role, Source

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

# In the order in which a reader should meet them.
KINDS_OF_EVIDENCE = ("text", "official", "party", "figure", "analyst", "other", "unnamed", "account")


@dataclass(frozen=True)
class Independence:
    """On how many sources a statement rests, who published them, and which of its speakers have a stake."""

    sources: int
    publishers: tuple[str, ...]
    stakes: tuple[str, ...]

    @property
    def number(self) -> str:
        return NUMBERS[self.sources] if self.sources < len(NUMBERS) else str(self.sources)


def independence(library: Library, record: Record) -> Independence | None:
    """What the evidence of a fact, quote or event tells; None for other records, which state nothing."""
    if not isinstance(record, Fact | Quote | Event):
        return None
    names = dict.fromkeys(passage.source for passage in record.evidence)
    sources = [source for name in names if isinstance(source := library.records.get(name), Source)]
    publishers = tuple(dict.fromkeys(source.publisher for source in sources))
    stakes = tuple(name for name in _voices(record) if getattr(library.records.get(name), "stake", None))
    return Independence(len(sources), publishers, stakes)


def kinds_of_evidence(library: Library, ids: Iterable[str]) -> list[tuple[str, int]]:
    """How many of the records are of each kind of evidence, without the kinds there are none of."""
    records = (library.records.get(name) for name in ids)
    counts = Counter(kind_of_evidence(library, record) for record in records if record is not None)
    return [(kind, counts[kind]) for kind in KINDS_OF_EVIDENCE if counts[kind]]


def kind_of_evidence(library: Library, record: Record) -> str:
    """What a record is as evidence: by its figure, else by who speaks, else the source's own account.

    A person's words stay a person's words when a document carries them.
    """
    if isinstance(record, Fact) and record.value is not None:
        return "figure"
    spoken = [name for name in _voices(record) if name in library.records]
    if not spoken:
        named_nobody = isinstance(record, Quote) or getattr(record, "unattributed", None)
        return "unnamed" if named_nobody else "account"
    people = [name for name in spoken if isinstance(library.records[name], Person)]
    speaker = library.records[(people or spoken)[0]]
    found = capacity(speaker, record)
    if found == "official":
        return "text" if isinstance(speaker, Document) else "official"
    return found


def _voices(record: Record) -> tuple[str, ...]:
    """Whose word a statement is: its speakers, or those who say or count it."""
    if isinstance(record, Quote):
        return record.speaker
    if isinstance(record, Fact):
        return tuple(dict.fromkeys((*record.said_by, *record.counted_by)))
    return ()


def capacity(speaker: Record, record: Record) -> str:
    """In what capacity a speaker speaks: a person, by the role at the time that the statement's source states."""
    if role := role_of(speaker, record):
        return role.capacity or "other"
    if isinstance(speaker, Organisation | Document):
        return speaker.capacity or "other"
    return "other"


def role_of(speaker: Record, record: Record) -> Role | None:
    """What a person was by the source of a statement: the role that the statement names, or the first there."""
    if not isinstance(speaker, Person):
        return None
    sources = {passage.source for _, passage in record.passages()}
    there = [role for role in speaker.roles if any(each.source in sources for each in role.evidence)]
    named = [role for role in there if role.role == getattr(record, "role", None)]
    return (named or there or list(speaker.roles))[0]

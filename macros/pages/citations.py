"""Citations of one page: passages numbered in reading order, each with its backlinks."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count, product
from string import ascii_lowercase

from ..evidence.selectors import Location
from ..records.kinds import Source
from ..records.models import Passage, Record

LETTERS = [*ascii_lowercase, *map("".join, product(ascii_lowercase, repeat=2))]  # a, b, … z, aa, ab


@dataclass
class Reference:
    """One entry of a page's list of references: a passage, the records on it, every place that cites it."""

    number: int
    source: Source
    passage: Passage
    location: Location
    citations: list[str] = field(default_factory=list)
    """The anchors of the citations that lead to it."""
    records: list[Record] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"xp--ref-{self.number}"

    @property
    def backlinks(self) -> list[tuple[str, str]]:
        """A letter and an anchor for each citation."""
        return list(zip(LETTERS, self.citations, strict=False))


class Citations:
    """The references of a page, numbered as they are cited; the same stretch of a source keeps its number."""

    def __init__(self) -> None:
        self.references: dict[tuple[str, int, int], Reference] = {}
        self.printed = False
        self._numbers, self._runs = count(1), count(1)

    def refer(self, source: Source, passage: Passage, location: Location, record: Record) -> Reference:
        """Return the reference of a passage that a record rests on."""
        key = (location.source, location.start, location.end)
        if key not in self.references:
            self.references[key] = Reference(next(self._numbers), source, passage, location)
        reference = self.references[key]
        if record not in reference.records:
            reference.records.append(record)
        return reference

    def cite(self, run: list[Reference]) -> str:
        """Cite references together once more; return the anchor of this citation."""
        anchor = f"xp--cite-{next(self._runs)}"
        for reference in run:
            reference.citations.append(anchor)
        return anchor


def source_address(source: Source, location: Location) -> str:
    """Return the source's address at the passage, with a text fragment; empty when no address is known."""
    address = source.link.partition(":~:")[0]  # a passage of its own makes room for ours
    if not address:
        return ""
    return f"{address}{'' if '#' in address else '#'}:~:{location.directive}"

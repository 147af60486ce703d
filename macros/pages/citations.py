"""Citations of one page: passages numbered in reading order, each with its backlinks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from string import ascii_lowercase

from ..evidence.selectors import Location
from ..records.kinds import Source
from ..records.models import Passage, Record

LETTERS = [*ascii_lowercase, *map("".join, product(ascii_lowercase, repeat=2))]  # a, b, … z, aa, ab


@dataclass(frozen=True)
class Proof:
    """A passage that a record rests on, its source and place there, and the link to it on the source's page."""

    source: Source
    passage: Passage
    location: Location
    link: str
    nth: int  # which of all sources it is from, counted from 1

    @property
    def address(self) -> str:
        """The source's address at the passage, with a text fragment; empty when no address is known."""
        address = self.source.link.partition(":~:")[0]  # a passage of its own makes room for ours
        return address and f"{address}{'' if '#' in address else '#'}:~:{self.location.directive}"


@dataclass
class Reference:
    """One entry of a page's list of references: a passage, the records on it, every place that cites it."""

    number: int
    proof: Proof
    citations: list[str] = field(default_factory=list)  # the anchors of those that lead to it
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
        self._made = 0

    def cite(self, proofs: Iterable[tuple[Record, Proof]]) -> tuple[str, list[Reference]]:
        """Cite proofs of records together; return the anchor of the citation, and what it leads to, in order."""
        self._made += 1
        anchor, run = f"xp--cite-{self._made}", dict[int, Reference]()
        for record, proof in proofs:
            key = (proof.source.id, proof.location.start, proof.location.end)
            reference = self.references.setdefault(key, Reference(len(self.references) + 1, proof))
            run[reference.number] = reference
            if record not in reference.records:
                reference.records.append(record)
        for reference in run.values():
            reference.citations.append(anchor)
        return anchor, [run[number] for number in sorted(run)]

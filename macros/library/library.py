"""TODO"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, overload

from ..evidence.selectors import Location
from ..problems import AuthorError, Problem, did_you_mean
from ..records.kinds import KINDS, Correction, Source
from ..records.models import Passage, Record
from .validation import Entry


class BrokenRecordError(Exception):
    """Raised for a record whose problems are reported already."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(eq=False)
class Library:
    """Every record by id, where its evidence stands, and what is wrong."""

    folder: str
    records: dict[str, Record] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    locations: dict[str, list[Location]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: dict[str, list[Problem]] = field(default_factory=dict)
    redirects: dict[str, list[str]] = field(default_factory=dict)
    coverage: dict[str, dict[str, int]] = field(default_factory=dict)
    trials: dict[str, int] = field(default_factory=dict)
    proved: bool = True
    """Whether there was a lock to prove the records by; without one, no page is blamed for what is missing."""

    @overload
    def get(self, record_id: object) -> Record: ...
    @overload
    def get(self, record_id: object, *kinds: type[AnyRecord]) -> AnyRecord: ...
    def get(self, record_id: object, *kinds: type[Record]) -> Record:
        """Return the record of an id, of one of the kinds where any are given.

        Raises AuthorError where there is none, and BrokenRecordError for one that has problems.
        """
        wanted = kinds or tuple(KINDS.values())
        record = self.records.get(record_id) if isinstance(record_id, str) else None
        if isinstance(record, wanted):
            return record
        names = " or ".join(kind.kind for kind in kinds) or "record"
        if record is not None:
            raise AuthorError(f'"{record_id}" is a {record.kind}, not a {names}')
        if isinstance(record_id, str) and record_id in self.broken:
            raise BrokenRecordError(self.broken[record_id])
        known = (key for key, each in self.records.items() if isinstance(each, wanted))
        raise AuthorError(f'no {names} "{record_id}" in {self.folder}/{did_you_mean(str(record_id), known)}')

    def of(self, kind: type[AnyRecord], topic: str = "") -> list[AnyRecord]:
        """The records of a kind, or those of one topic, in the order of their file."""
        found = (record for record in self.records.values() if isinstance(record, kind))
        return [record for record in found if not topic or topic in getattr(record, "topics", ())]

    @cached_property
    def corrections(self) -> dict[str, list[Correction]]:
        """What was corrected, by the record it was wrong in, the newest first."""
        found: dict[str, list[Correction]] = {}
        for each in sorted(self.of(Correction), key=lambda one: (one.date.edtf, one.id), reverse=True):
            found.setdefault(each.record, []).append(each)
        return found

    @cached_property
    def measures(self) -> dict[str, int]:
        """What was counted, by name: the records, what the lock covers, and the wrong quotations of the trial."""
        found = {
            "records": len(self.records),
            "sources": len(self.of(Source)),
            "passages": sum(map(len, self.locations.values())),
        }
        for counted in self.coverage.values():
            for name, number in counted.items():
                found[name] = found.get(name, 0) + number
        return found | self.trials

    def order(self, record: Record) -> tuple[int, int]:
        """Where a record's first passage stands: the number of its source, and the offset in its text."""
        first = self.locations[record.id][0]
        return self._source_order[first.source], first.start

    @cached_property
    def _source_order(self) -> dict[str, int]:
        return {source.id: number for number, source in enumerate(self.of(Source))}

    def evidence(self, record: Record) -> list[tuple[Passage, Location]]:
        """A record's passages with their places in the sources."""
        return list(zip((passage for _, passage in record.passages()), self.locations[record.id], strict=True))

"""What followed on words: the deeds that came later on the same subject. Later, not therefore."""

from __future__ import annotations

from collections.abc import Iterable

from ...library.library import Library
from ...records.dates import Date
from ...records.days import Day
from ...records.kinds import Event, Limit
from ...records.models import Record


def later_deeds(library: Library, said: Event, events: Iterable[Event]) -> list[tuple[Record, list[Event]]]:
    """The deeds that followed on an event of words, by subject; those that certainly came or went on later."""
    spoken = _spoken(said.date)
    if said.act != "words" or spoken is None:
        return []
    later = [each for each in events if each.act == "deed" and _is_later(each.date, spoken)]
    found = []
    for subject in _subjects(library, said):
        if deeds := [each for each in later if subject.id in each.topics]:
            found.append((subject, deeds))
    return found


def _subjects(library: Library, said: Event) -> list[Record]:
    """The limits that words bear on, or else their topics: those alone say little, for they are wide."""
    topics = [library.records[name] for name in said.topics if name in library.records]
    return [each for each in topics if isinstance(each, Limit)] or topics


def _spoken(when: Date) -> Day | None:
    """The day by which words were certainly said: of a span the beginning, else the last day they can mean."""
    if when.form in ("interval", "all"):
        return when.start.latest if when.start else None
    return when.latest


def _is_later(when: Date, day: Day) -> bool:
    return when.earliest > day or (when.form in ("interval", "all") and when.latest > day)

"""The deeds that came after words, on the same subject; that they came because of them is not said."""

from __future__ import annotations

from collections.abc import Iterable

from ...library.library import Library
from ...records.dates import Date
from ...records.kinds import Event, Limit
from ...records.models import Record


def later_deeds(library: Library, said: Event, events: Iterable[Event]) -> list[tuple[Record, list[Event]]]:
    """Return the deeds that came after an event of words, by subject, if they certainly came or went on later."""
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
    """Return the limits that words bear on, or else their topics: a topic alone is too wide to say much."""
    topics = [library.records[name] for name in said.topics if name in library.records]
    return [each for each in topics if isinstance(each, Limit)] or topics


def _spoken(when: Date) -> int | None:
    """Return the second by which words were certainly said: that of a span's beginning, else the last of all."""
    if when.form in ("interval", "all"):
        return when.start.moments[1] if when.start else None
    return when.sort_key[1]


def _is_later(when: Date, moment: int) -> bool:
    first, last = when.sort_key
    return first > moment or (when.form in ("interval", "all") and last > moment)

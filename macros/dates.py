"""Dates as sources give them: EDTF (ISO 8601-2), read, sorted and said in English.

The `edtf` library reads; here is only what it has no words for. Supported are
the forms a historical record needs: day, month, season, year, decade (`196X`),
century (`19XX`), each with `~` (about), `?` (perhaps) or `%` (both), and
intervals of them, closed, open (`2010/..`) or with an unknown end (`1949/`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

Day = tuple[int, int, int]

BEGINNING: Day = (0, 1, 1)
END: Day = (9999, 12, 31)

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
QUALIFIERS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(-(?P<month>\d\d|XX)(-(?P<day>\d\d|XX))?)?(?P<qualifier>[~?%]?)"
)
FORMS = "write it like 2022, 2022-02, 2022-02-04, 2022-02~, 196X or 1960/1990"


class Words(NamedTuple):
    """A piece of a date in English, and its machine-readable value where HTML has one for it."""

    text: str
    datetime: str


@dataclass(frozen=True)
class Point:
    """One end of a date: a day, month, season, year, decade or century."""

    edtf: str
    earliest: Day
    latest: Day

    @property
    def fields(self) -> dict[str, str]:
        match = POINT.fullmatch(self.edtf)
        assert match
        return {name: value or "" for name, value in match.groupdict().items()}

    @property
    def qualifier(self) -> str:
        return QUALIFIERS[self.fields["qualifier"]]

    def say(self, with_year: bool = True) -> str:
        """Return the point in English without its qualifier: `4 February 2022`, `the 1960s`."""
        year, month, day, _ = self.fields.values()
        if "X" in year:
            return f"the {year.replace('X', '0')}s"
        words = [year] if with_year else []
        if month.isdigit():
            number = int(month)
            words.insert(0, SEASONS[number] if number in SEASONS else MONTHS[number - 1])
        if day.isdigit():
            words.insert(0, str(int(day)))
        return " ".join(words)

    @property
    def datetime(self) -> str:
        """The value for `<time datetime>`; empty for decades, centuries and seasons, which HTML cannot say."""
        year, month, day, _ = self.fields.values()
        if not year.isdigit() or (month.isdigit() and int(month) in SEASONS):
            return ""
        return "-".join(part for part in (year, month, day) if part.isdigit())


@dataclass(frozen=True)
class Date:
    """A date, or a span of time, as exact as its source and no more."""

    edtf: str
    start: Point | None
    end: Point | None
    is_interval: bool

    @property
    def earliest(self) -> Day:
        return self.start.earliest if self.start else BEGINNING

    @property
    def latest(self) -> Day:
        return self.end.latest if self.end else END

    @property
    def sort_key(self) -> tuple[Day, Day]:
        """Orders by the earliest day a date can mean, then by the latest."""
        return self.earliest, self.latest

    def say(self) -> str:
        """Return the date in plain English: `about February 2022`, `the 1960s to the 1990s`, `since 2010`."""
        return "".join(text for text, _ in self.words())

    def words(self) -> list[Words]:
        """Return the date in English, in pieces, each with what `<time datetime>` needs."""
        start, end = self.start, self.end
        if not self.is_interval:
            assert start
            return [Words(start.qualifier + start.say(), start.datetime)]
        if start and end:
            year, month, _, qualifier = start.fields.values()
            shares_year = year == end.fields["year"] and bool(month and end.fields["month"])
            plain = not qualifier and not end.qualifier
            first = start.qualifier + start.say(with_year=not (shares_year and plain))
            return [
                Words(first, start.datetime),
                Words(" to ", ""),
                Words(end.qualifier + end.say(), end.datetime),
            ]
        if start:
            lead = "since " if self.edtf.endswith("/..") else "from "
            return [Words(lead, ""), Words(start.qualifier + start.say(), start.datetime)]
        assert end
        return [Words("until ", ""), Words(end.qualifier + end.say(), end.datetime)]


@cache
def read(text: str) -> Date:
    """Read an EDTF date. Raises ValueError with a sentence for the author."""
    start, slash, end = text.partition("/")
    if not slash:
        point = _point(text)
        return Date(text, point, point, is_interval=False)
    first = _point(start) if start not in ("", "..") else None
    last = _point(end) if end not in ("", "..") else None
    if first is None and last is None:
        raise ValueError(f'"{text}" has neither beginning nor end; give one')
    if first and last and first.earliest > last.latest:
        raise ValueError(f'"{text}" ends before it begins; turn it round')
    return Date(text, first, last, is_interval=True)


@cache
def _point(text: str) -> Point:
    if not POINT.fullmatch(text):
        raise ValueError(f'"{text}" is not a date; {FORMS}')
    try:
        parsed = parse_edtf(text)
    except EDTFParseException:
        raise ValueError(f'"{text}" is not in the calendar; {FORMS}') from None
    earliest, latest = tuple(parsed.lower_strict()[:3]), tuple(parsed.upper_strict()[:3])
    return Point(text, earliest, latest)

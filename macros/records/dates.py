"""Dates as sources give them: EDTF (ISO 8601-2), read, sorted and said in English.

Python's own calendar reads plain dates, the `edtf` library all others. Supported are
the forms a record needs: day, month, season, year, decade (`196X`), century (`19XX`),
each with `~` (about), `?` (perhaps) or `%` (both), and intervals of them, closed, open
(`2010/..`) or with an unknown end (`1949/`), and one moment within a span,
`[2022-02..2023-10]`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

Day = tuple[int, int, int]

BEGINNING: Day = (0, 1, 1)
END: Day = (9999, 12, 31)

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
QUALIFIERS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
POINT = re.compile(  # what follows an X is X: a day of no month, or a month of no year, cannot be said
    r"(?P<year>[0-9]{4}|([0-9]{3}X|[0-9]{2}XX)(?!-))"
    r"(-(?P<month>[01][0-9]|2[1-4]|XX(?!-[0-9]))(-(?P<day>[0-9]{2}|XX))?)?(?P<qualifier>[~?%]?)"
)
PLAIN = re.compile(r"[0-9]{4}(-(0[0-9]|1[0-2])(-[0-9]{2})?)?")
WITHIN = re.compile(r"\[([^/\[\]]+)\.\.([^/\[\]]+)\]")
FORMS = "write it like 2022, 2022-02, 2022-02-04, 2022-02~, 196X or 1960/1990"

# Other notations of dates; the names of the groups say what they mean.
MONTH = "(?P<name>" + "|".join(f"{name[:3]}[a-z]*" for name in MONTHS) + r")\.?"
ELSEWHERE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<day>\d{1,2})(?P<sign>[./ -])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})",
        r"(?P<month>\d{1,2})(?P<sign>[./ -])(?P<day>\d{1,2})(?P=sign)(?P<year>\d{4})",
        r"(?P<year>\d{4})(?P<sign>[./ -])(?P<month>\d{1,2})((?P=sign)(?P<day>\d{1,2}))?(T.*)?",
        rf"((?P<day>\d{{1,2}})(st|nd|rd|th|\.)? )?{MONTH},? (?P<year>\d{{4}})",
        rf"{MONTH} (?P<day>\d{{1,2}})(st|nd|rd|th)?,? (?P<year>\d{{4}})",
        r"(?P<year>\d{4})(-\d\d)?(-\d\d)?\s?[–—]\s?(?P<until>\d{4})",
        r"(the )?(?P<decade>\d{3})0s",
        r"(about|circa|ca?\.) ?(?P<about>\d{4})",
    )
]


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
        if "XX" in year:
            return f"the {_ordinal(int(year[:2]) + 1)} century"
        if "X" in year:
            return f"the {year.replace('X', '0')}s"
        words = [year] if with_year else []
        if month.isdigit():
            number = int(month)
            words.insert(0, SEASONS[number] if number in SEASONS else MONTHS[number - 1])
        if day.isdigit():
            words.insert(0, str(int(day)))
        return " ".join(words)

    def words(self, with_year: bool = True) -> Words:
        """Return the point in English with its qualifier, and its machine-readable value."""
        return Words(self.qualifier + self.say(with_year), self.datetime)

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
    form: Literal["point", "interval", "within"]

    @property
    def earliest(self) -> Day:
        return self.start.earliest if self.start else BEGINNING

    @property
    def latest(self) -> Day:
        return self.end.latest if self.end else END

    @property
    def sort_key(self) -> tuple[Day, Day]:
        """The earliest day the date can mean, then the latest."""
        return self.earliest, self.latest

    def say(self) -> str:
        """Return the date in plain English: `about February 2022`, `the 1960s to the 1990s`, `since 2010`."""
        return "".join(text for text, _ in self.words())

    def words(self) -> list[Words]:
        """Return the date in English, in pieces, each with its value for `<time datetime>`."""
        start, end = self.start, self.end
        if self.form == "point":
            assert start
            return [start.words()]
        if start and end and self.form == "within":
            return [Words("between ", ""), start.words(), Words(" and ", ""), end.words()]
        if start and end:
            first, last = start.fields, end.fields
            plain = not first["qualifier"] and not last["qualifier"]
            shares_year = first["year"] == last["year"] and bool(first["month"] and last["month"])
            return [start.words(with_year=not (shares_year and plain)), Words(" to ", ""), end.words()]
        if start:
            return [Words("since " if self.edtf.endswith("/..") else "from ", ""), start.words()]
        assert end
        return [Words("until ", ""), end.words()]


@cache
def parse_date(text: str) -> Date:
    """Read an EDTF date. Raises ValueError with a message for the author."""
    try:
        return _parse(text)
    except ValueError as error:
        if likely := _likely(text):
            raise ValueError(f'"{text}" is not a date; write {" or ".join(likely)}') from None
        raise error


def _likely(text: str) -> list[str]:
    """Return the EDTF dates that a text in another notation may mean."""
    matches = (pattern.fullmatch(text.strip()) for pattern in ELSEWHERE)
    found = dict.fromkeys(_written(match.groupdict()) for match in matches if match)
    return [each for each in found if each != text and _is_date(each)]


def _written(parts: dict[str, str | None]) -> str:
    """Return the EDTF date of the parts that a pattern found."""
    match parts:
        case {"about": year}:
            return f"{year}~"
        case {"decade": decade}:
            return f"{decade}X"
        case {"until": until}:
            return f"{parts['year']}/{until}"
    if name := parts.get("name"):
        parts["month"] = str([each[:3] for each in MONTHS].index(name[:3].title()) + 1)
    return "-".join(f"{int(part):02}" for part in map(parts.get, ("year", "month", "day")) if part)


def _is_date(text: str) -> bool:
    try:
        return bool(_parse(text))
    except ValueError:
        return False


def _parse(text: str) -> Date:
    within = WITHIN.fullmatch(text)
    if within:
        start, end = within.groups()
        return Date(text, *_ends(text, _point(start), _point(end)), "within")
    start, slash, end = text.partition("/")
    if not slash:
        point = _point(text)
        return Date(text, point, point, "point")
    first = _point(start) if start not in ("", "..") else None
    last = _point(end) if end not in ("", "..") else None
    if first is None and last is None:
        raise ValueError(f'"{text}" has neither beginning nor end; give one')
    return Date(text, *_ends(text, first, last), "interval")


def _ends(text: str, first: Point | None, last: Point | None) -> tuple[Point | None, Point | None]:
    if first and last and first.earliest > last.latest:
        raise ValueError(f'"{text}" ends before it begins; swap the two dates')
    return first, last


@cache
def _point(text: str) -> Point:
    if not POINT.fullmatch(text):
        raise ValueError(f'"{text}" is not a date; {FORMS}')
    bare = text.rstrip("~?%")  # a qualifier does not change the bounds
    try:
        earliest, latest = _calendar_bounds(bare) if PLAIN.fullmatch(bare) else _edtf_bounds(bare)
    except ValueError:
        raise ValueError(f'"{text}" is not in the calendar; {FORMS}') from None
    return Point(text, earliest, latest)


def _calendar_bounds(text: str) -> tuple[Day, Day]:
    """Return the first and last day of a year, a month or a day. Raises ValueError for one that never was."""
    year, *rest = map(int, text.split("-"))
    first, last_month = date(year, *(*rest, 1, 1)[:2]), rest[0] if rest else 12
    last = first if len(rest) == 2 else date(year, last_month, calendar.monthrange(year, last_month)[1])
    return (first.year, first.month, first.day), (last.year, last.month, last.day)


def _edtf_bounds(text: str) -> tuple[Day, Day]:
    """Return the first and last day of any other point. Raises ValueError for one that never was."""
    from edtf import parse_edtf  # imported late: building its grammar takes longer than reading all plain dates
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
        return tuple(parsed.lower_strict()[:3]), tuple(parsed.upper_strict()[:3])
    except (EDTFParseException, IndexError) as error:
        raise ValueError(str(error)) from None


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number not in (11, 12, 13) else "th"
    return f"{number}{ending}"

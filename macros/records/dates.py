"""Dates as sources give them: EDTF (ISO 8601-2), read, sorted and said in English.

Levels 0 and 1 are read whole: days of any age, times of day, seasons, unspecified digits (`196X`), `~` (about),
`?` (perhaps) and `%` (both), intervals, closed, open (`2010/..`) or with an unknown end (`1949/`). Of level 2:
one of several dates (`[1667,1670..1672]`), all of several (`{1960,1961-12}`), before and after (`[..1760-12-03]`),
seasons of a hemisphere, quarters, unspecified digits anywhere, qualifiers on parts (`2004-06~-11`). Beyond it
a time may lack its seconds, as sources print it. Years in powers of ten and significant digits are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time as Time
from datetime import timedelta
from functools import cache
from typing import Literal, NamedTuple

from .date_notations import likely_dates
from .date_words import say_doubts, say_point, say_time
from .days import BEGINNING, END, Day, bounds, day_number

POINT = re.compile(
    r"(?P<before_year>[~?%]?)(?P<year>Y-?[1-9][0-9]{4,}|-?[0-9X]{4})(?P<after_year>[~?%]?)"
    r"(-(?P<before_month>[~?%]?)(?P<month>[0-9X]{2})(?P<after_month>[~?%]?)"
    r"(-(?P<before_day>[~?%]?)(?P<day>[0-9X]{2})(?P<after_day>[~?%]?))?)?"
    r"((?<=[0-9])T(?P<time>([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+-](0[0-9]|1[0-4])(:[0-5][0-9])?)?))?"
)
SET = re.compile(r"\[(?P<one>[^\[\]{}/]+)\]|\{(?P<all>[^\[\]{}/]+)\}")
FORMS = "write it like 2022, 2022-02, 2022-02-04, 2022-02~, 196X or 1960/1990"
UNSUPPORTED = {
    re.compile(
        r"Y?-?[0-9]+E[0-9]+(S[0-9]+)?"
    ): "is a power of ten, which no source prints; write the digits of the year",
    re.compile(r"Y?-?[0-9]+S[0-9]+"): "says how many digits count; write those that do, like 19XX, or 1950~",
}


class Words(NamedTuple):
    """A piece of a date in English, and its machine-readable value where HTML has one for it."""

    text: str
    datetime: str


@dataclass(frozen=True)
class Point:
    """One end of a date: a moment, day, month, season, year, decade or century.

    Year, month, day and time are as typed, or empty; X is any digit. `marks` are the qualifiers of the parts.
    """

    edtf: str
    year: str
    month: str
    day: str
    time: str
    marks: tuple[str, ...]
    earliest: Day
    latest: Day

    @property
    def qualifier(self) -> str:
        """The qualifier of all parts together: `~`, `?`, `%`, or empty."""
        return _merge("".join(self.marks))

    def words(self, with_year: bool = True) -> Words:
        """Return the point in English, `about 4 February 2022`, and its machine-readable value."""
        before, after = say_doubts(dict(zip(("year", "month", "day"), self.marks, strict=False)))
        time = f", {say_time(self.time)}" if self.time else ""
        said = say_point(self.year, self.month, self.day, with_year)
        return Words(f"{before}{said}{time}{after}", self.datetime)

    @property
    def datetime(self) -> str:
        """The value for `<time datetime>`; empty for what HTML cannot say: decades, seasons, years BCE."""
        return self.iso if self.earliest[0] > 0 else ""

    @property
    def iso(self) -> str:
        """The point in ISO 8601, whatever its qualifier; empty for what that cannot say."""
        if not re.fullmatch(r"-?[0-9]{4}", self.year) or (self.month.isdigit() and int(self.month) > 12):
            return ""
        if {"X"} & {*self.month, *self.day} and not re.fullmatch(r"(XX)*|[0-9]{2}XX", self.month + self.day):
            return ""
        parts = "-".join(part for part in (self.year, self.month, self.day) if part.strip("X"))
        zone = ":00" if re.search(r"[+-][0-9]{2}$", self.time) else ""
        return f"{parts}T{self.time}{zone}" if self.time else parts

    @property
    def moments(self) -> tuple[int, int]:
        """The first and the last second the point can mean, by one count."""
        first, last = 86400 * day_number(self.earliest), 86400 * day_number(self.latest) + 86399
        if not self.time:
            return first, last
        clock = Time.fromisoformat(self.time)
        passed = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
        moment = first + int((passed - (clock.utcoffset() or timedelta())).total_seconds())
        return moment, moment


Range = tuple[Point | None, Point | None]  # None where it has no end


@dataclass(frozen=True)
class Date:
    """A date, or a span of time, as exact as its source and no more.

    Of a set `one` of whose `members` is meant, or `all`, start and end are the outermost; of one that is a
    single span (`[2022-02..2023-10]`), the form is `within`.
    """

    edtf: str
    start: Point | None
    end: Point | None
    form: Literal["point", "interval", "within", "one", "all"]
    members: tuple[Range, ...] = ()

    @property
    def points(self) -> list[Point]:
        """The points it is written with."""
        ends = (point for ends in self.members or [(self.start, self.end)] for point in ends if point)
        return list(dict.fromkeys(ends))

    @property
    def earliest(self) -> Day:
        return self.start.earliest if self.start else BEGINNING

    @property
    def latest(self) -> Day:
        return self.end.latest if self.end else END

    @property
    def sort_key(self) -> tuple[int, int]:
        """The first second the date can mean, then the last."""
        first = self.start.moments[0] if self.start else 86400 * day_number(BEGINNING)
        return first, self.end.moments[1] if self.end else 86400 * day_number(END)

    @property
    def iso(self) -> tuple[str, str]:
        """Start and end in ISO 8601, each empty where that says more or less than the date; a point has no end."""
        if self.form not in ("point", "interval"):
            return "", ""
        start, end = (point.iso if point and not point.qualifier else "" for point in (self.start, self.end))
        return start, end if self.form == "interval" else ""

    @property
    def is_one_day(self) -> bool:
        """Whether it is a day, without doubt and without a time."""
        return self.form == "point" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", self.edtf) is not None

    def say(self) -> str:
        """Return the date in plain English: `about February 2022`, `the 1960s to the 1990s`, `since 2010`."""
        return "".join(text for text, _ in self.words())

    def words(self) -> list[Words]:
        """Return the date in English, in pieces, each with its value for `<time datetime>`."""
        match self.form, self.start, self.end:
            case "point", Point() as start, _:
                return [start.words()]
            case "within", _, _:
                return list(_say_span(self.start, self.end, "between ", " and "))
            case "interval", Point() as start, Point() as end:
                plain = not start.qualifier and not end.qualifier
                shares_year = start.year == end.year and bool(start.month and end.month)
                return [start.words(with_year=not (shares_year and plain)), Words(" to ", ""), end.words()]
            case "interval", Point() as start, _:
                return [Words("since " if self.edtf.endswith("/..") else "from ", ""), start.words()]
            case "interval", _, Point() as end:
                return [Words("until ", ""), end.words()]
        return list(self._say_members())

    def _say_members(self) -> Iterator[Words]:
        opens, sign = ("between ", " and ") if self.form == "one" else ("", " to ")
        last = "or" if self.form == "one" else "and"
        for number, (start, end) in enumerate(self.members):
            if number:
                yield Words(f" {last} " if number == len(self.members) - 1 else ", ", "")
            yield from [start.words()] if start and start is end else _say_span(start, end, opens, sign, last)


def _say_span(start: Point | None, end: Point | None, opens: str, sign: str, last: str = "or") -> Iterator[Words]:
    """Yield a span of dates in English, open or closed: `between … and …`, `… or earlier`, `… and later`."""
    for point, word in (start, "later"), (end, "earlier"):
        if point and not (start and end):
            yield from (point.words(), Words(f" {last} {word}", ""))
    if start and end:
        yield from (Words(opens, ""), start.words(), Words(sign, ""), end.words())


@cache
def parse_date(text: str) -> Date:
    """Read an EDTF date. Raises ValueError with a message for the author."""
    try:
        return _parse(text)
    except ValueError as error:
        if likely := [each for each in likely_dates(text) if each != text and _is_date(each)]:
            raise ValueError(f'"{text}" is not a date; write {" or ".join(likely)}') from None
        raise error


def _is_date(text: str) -> bool:
    try:
        return bool(_parse(text))
    except ValueError:
        return False


def _parse(text: str) -> Date:
    if found := SET.fullmatch(text):
        return _set(text, "one" if found["one"] else "all", [each.strip() for each in text[1:-1].split(",")])
    start, slash, end = text.partition("/")
    if not slash:
        point = _point(text)
        return Date(text, point, point, "point")
    first, last = _range(text, start, end)
    return Date(text, first, last, "interval")


def _set(text: str, form: Literal["one", "all"], written: list[str]) -> Date:
    """Return a date of several members, each a point or a span."""
    members: list[Range] = []
    for each in written:
        first, dots, last = each.partition("..")
        members.append(_range(each, first, last) if dots else (_point(each),) * 2)
    starts, ends = zip(*members, strict=True)
    start = None if None in starts else min(starts, key=lambda point: point.moments)
    end = None if None in ends else max(ends, key=lambda point: point.moments[1])
    if len(members) == 1 and start is end:
        return Date(text, start, end, "point")
    return Date(text, start, end, "within" if form == "one" and len(members) == 1 else form, tuple(members))


def _range(text: str, start: str, end: str) -> Range:
    """Return both ends of a span, each None where it is open or not known."""
    first, last = (None if each in ("", "..") else _point(each) for each in (start, end))
    if first is None and last is None:
        raise ValueError(f'"{text}" has neither beginning nor end; give one')
    if first and last and first.moments[0] > last.moments[1]:
        raise ValueError(f'"{text}" ends before it begins; swap the two dates')
    return first, last


@cache
def _point(text: str) -> Point:
    if reason := next((why for pattern, why in UNSUPPORTED.items() if pattern.fullmatch(text)), ""):
        raise ValueError(f'"{text}" {reason}')
    found = POINT.fullmatch(text)
    if not found:
        raise ValueError(f'"{text}" is not a date; {FORMS}')
    year, month, day, time = (found[name] or "" for name in ("year", "month", "day", "time"))
    year = year.removeprefix("Y")
    try:
        earliest, latest = bounds(year, month, day)
    except ValueError:
        raise ValueError(f'"{text}" is not in the calendar; {FORMS}') from None
    if year == "-0000" or (time and not day.isdigit()):
        raise ValueError(f'"{text}" is not in the calendar; {FORMS}')
    after = [found[f"after_{part}"] or "" for part in ("year", "month", "day")]
    marks = (  # a qualifier after a part holds for all before it, too; one before a part for that alone
        _merge((found[f"before_{part}"] or "") + "".join(after[index:]))
        for index, part in enumerate(("year", "month", "day"))
        if found[part]
    )
    return Point(text, year, month, day, time, tuple(marks), earliest, latest)


def _merge(marks: str) -> str:
    """Return several qualifiers as one."""
    doubts = {sign for mark in marks for sign in ("~?" if mark == "%" else mark)}
    return "%" if len(doubts) == 2 else "".join(doubts)

"""Dates as sources give them: EDTF (ISO 8601-2), read, sorted and said in English.

Levels 0 and 1 are read whole: days of any age, times of day, seasons, unspecified digits (`196X`), `~` (about),
`?` (perhaps) and `%` (both), intervals, closed, open (`2010/..`) or with an unknown end (`1949/`). Of level 2:
one of several dates (`[1667,1670..1672]`), all of several (`{1960,1961-12}`), before and after (`[..1760-12-03]`),
seasons of a hemisphere, quarters, unspecified digits anywhere, qualifiers on parts (`2004-06~-11`). Beyond it
a time may lack its seconds, as sources print it. Years in powers of ten and significant digits are refused.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Literal, NamedTuple

from .calendar import BEGINNING, END, Day, day_number, first_and_last_day, say_point, say_time

MARK = "[~?%]?"
POINT = re.compile(
    rf"{MARK}(?P<year>Y-?[1-9][0-9]{{4,11}}|-?[0-9X]{{4}}){MARK}"
    rf"(-{MARK}(?P<month>[0-9X]{{2}}){MARK}(-{MARK}(?P<day>[0-9X]{{2}}){MARK})?)?"
    r"((?<=[0-9])T(?P<time>([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+-](0[0-9]|1[0-4])(:[0-5][0-9])?)?))?"
)
SET = re.compile(r"\[[^\[\]{}/]+\]|\{[^\[\]{}/]+\}")
ISO = re.compile(r"-?[0-9]{4}(-(0[1-9]|1[0-2]|XX(?!-[0-9]))(-([0-9]{2}|XX))?)?")
FORMS = "write it like 2022, 2022-02-04, 2022-02~ (about), 196X (the 1960s), 1960/1990 or [2021,2022]"
# What is wrong with a text that is no date, by what it is like.
REFUSED = {
    r"(?i:[ns]\.? ?d\.?|o\.? ?j\.?|undated|unknown|no date|none|\?)": "is no date; leave the field out",
    r"Y?-?[0-9]+[ES][0-9]+(S[0-9]+)?": "counts digits, as no source does; write those that are known, like 19XX",
    r"-[0-9]{1,3}|[0-9]{3}|(?i:[0-9]+ ?bce?)": "is no year of four digits; write 0476 for 476, -0043 for 44 BC",
    r"-?[0-9]{5,7}|-[0-9]{8,}": "has more than four digits; write Y before the year, like Y-10000",
    r"[\s\S]*": f"is not a date; {FORMS}",
}

Form = Literal["point", "interval", "one", "all"]

QUALIFIERS = {"": "", "~": "about ", "?": "perhaps ", "~?": "perhaps about "}
DOUBTS = {"~": "approximate", "?": "uncertain", "~?": "uncertain and approximate"}
# How a span is said: from one point to another, from one on, and up to one.
SPANS = {
    "interval": ("{} to {}", "since {}", "until {}"),
    "one": ("between {} and {}", "{} or later", "{} or earlier"),
    "all": ("{} to {}", "{} and later", "{} and earlier"),
}


class Words(NamedTuple):
    """A piece of a date in English, and its machine-readable value where HTML has one for it."""

    text: str
    datetime: str = ""


@dataclass(frozen=True)
class Point:
    """One end of a date: a moment, day, month, season, year, decade or century.

    Year, month, day and time are as typed, or empty; X is any digit. `qualifier` is `~`, `?`, both or empty.
    """

    year: str
    month: str
    day: str
    time: str
    qualifier: str
    in_part: bool  # whether the qualifier is that of some parts alone
    earliest: Day
    latest: Day

    @property
    def words(self) -> Words:
        """Return the point in English, `about 4 February 2022`, and its machine-readable value."""
        said = say_point(self.year, self.month, self.day) + (f", {say_time(self.time)}" if self.time else "")
        doubted = (
            f"{said} ({DOUBTS[self.qualifier]} in part)" if self.in_part else QUALIFIERS[self.qualifier] + said
        )
        return Words(doubted, self.datetime)

    @property
    def datetime(self) -> str:
        """The value for `<time datetime>`; empty for what HTML cannot say: decades, seasons, years BCE."""
        return self.iso if self.earliest[0] > 0 else ""

    @property
    def iso(self) -> str:
        """The point in ISO 8601, whatever its qualifier; empty for what that cannot say."""
        written = "-".join(filter(None, (self.year, self.month, self.day)))
        if not ISO.fullmatch(written):
            return ""
        zone = ":00" if re.search(r"[+-][0-9]{2}$", self.time) else ""
        return written.replace("-XX", "") + (f"T{self.time}{zone}" if self.time else "")

    @property
    def clock(self) -> tuple[int, int, int]:
        """The hour, the minutes and the seconds of its time, where it has one."""
        hour, minutes, *seconds = map(int, re.split("[Z+-]", self.time)[0].split(":"))
        return hour, minutes, sum(seconds)

    @property
    def moments(self) -> tuple[int, int]:
        """The first and the last second the point can mean, by one count."""
        first, last = 86400 * day_number(self.earliest), 86400 * day_number(self.latest) + 86399
        if not self.time:
            return first, last
        clock = datetime.fromisoformat(f"1970-01-01T{self.time}")
        moment = first + int(clock.replace(tzinfo=clock.tzinfo or UTC).timestamp())
        return moment, moment


Range = tuple[Point | None, Point | None]  # None where it has no end
# The moments of an open beginning and an open end.
FIRST, LAST = ((86400 * day_number(day),) * 2 for day in (BEGINNING, END))


@dataclass(frozen=True)
class Date:
    """A date, or a span of time, as exact as its source and no more.

    Each of its members is a point, given twice, or the two ends of a span; a set, `one` of whose members is
    meant, or `all`, may have several.
    """

    edtf: str
    form: Form
    members: tuple[Range, ...]

    @cached_property
    def start(self) -> Point | None:
        """The end of a member that comes first; None where one has no beginning."""
        return min((start for start, _ in self.members), key=lambda each: each.moments if each else FIRST)

    @cached_property
    def end(self) -> Point | None:
        """The end of a member that comes last; None where one has no end."""
        return max((end for _, end in self.members), key=lambda each: (each.moments if each else LAST)[1])

    @property
    def points(self) -> list[Point]:
        """The points it is written with."""
        return list(dict.fromkeys(point for member in self.members for point in member if point))

    @property
    def earliest(self) -> Day:
        return self.start.earliest if self.start else BEGINNING

    @property
    def latest(self) -> Day:
        return self.end.latest if self.end else END

    @property
    def sort_key(self) -> tuple[int, int]:
        """The first second the date can mean, then the last."""
        return (self.start.moments if self.start else FIRST)[0], (self.end.moments if self.end else LAST)[1]

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
        return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", self.edtf) is not None

    def say(self) -> str:
        """Return the date in plain English: `about February 2022`, `the 1960s to the 1990s`, `since 2010`."""
        return "".join(text for text, _ in self.words)

    @cached_property
    def words(self) -> list[Words]:
        """The date in English, in pieces, each with its value for `<time datetime>`."""
        said: list[Words] = []
        for left, (start, end) in zip(reversed(range(len(self.members))), self.members, strict=True):
            said += self._say_member(start, end)
            if left:
                said.append(Words(", " if left > 1 else " or " if self.form == "one" else " and "))
        return said

    def _say_member(self, start: Point | None, end: Point | None) -> list[Words]:
        points = [point for point in (start, end) if point]
        said = [point.words for point in points]
        if start == end:
            return said[:1]
        between, after, before = SPANS[self.form]
        if start and end:
            template = between
            if start.year == end.year and start.month and end.month and not start.qualifier + end.qualifier:
                said[0] = Words(re.sub(f"( of)? {start.year}$", "", said[0].text), said[0].datetime)
        elif start:
            template = "from {}" if self.edtf.endswith("/") else after  # until when is not known
        else:
            template = before
        pieces = iter(said)
        return [next(pieces) if text == "{}" else Words(text) for text in re.split(r"(\{\})", template) if text]


@cache
def parse_date(text: str) -> Date:
    """Read an EDTF date. Raises ValueError with a message for the author."""
    try:
        if not SET.fullmatch(text):
            return Date(text, "interval" if "/" in text else "point", (_member(text, "/"),))
        members = tuple(_member(each.strip(), "..") for each in text[1:-1].split(","))
    except ValueError as error:
        raise ValueError(f'is "{text}", which {error}') from None
    form: Form = "one" if text[0] == "[" else "all"
    start, end = members[0]
    return Date(text, "point" if len(members) == 1 and start == end else form, members)


def _member(text: str, sign: str) -> Range:
    """Return a point, twice, or both ends of a span about the sign, each None where it is open or not known."""
    if sign not in text:
        return (_point(text),) * 2
    first, last = (None if each in ("", "..") else _point(each) for each in text.split(sign, 1))
    if first is None and last is None:
        raise ValueError("has neither beginning nor end; give one")
    if first and last and first.moments[0] > last.moments[1]:
        raise ValueError("ends before it begins; swap the two dates")
    return first, last


def _point(text: str) -> Point:
    if not (found := POINT.fullmatch(text)):
        raise ValueError(next(wrong for like, wrong in REFUSED.items() if re.fullmatch(like, text)))
    year, month, day, time = (found[name] or "" for name in ("year", "month", "day", "time"))
    year = year.removeprefix("Y")
    days = first_and_last_day(year, month, day)
    if not days or year == "-0000" or (time and not day.isdigit()):
        raise ValueError(f"is not in the calendar; {FORMS}")
    qualifier = "".join(sign for sign in "~?" if sign in text.replace("%", "~?"))
    in_part = bool(month and re.search("[~?%].", text))  # a mark at the end holds for all before it
    return Point(year, month, day, time, qualifier, in_part, *days)

"""The calendar: which days, months, seasons and years digits may mean, in any age, and how English says them.

It is the Gregorian one, and the year 0 is 1 BCE. In digits, X is any.
"""

import calendar
import re
from datetime import date as Calendar
from itertools import product
from typing import NamedTuple

from ..problems import listed

Day = tuple[int, int, int]

# Before and after every year that can be written.
BEGINNING: Day = (-(10**12), 1, 1)
END: Day = (10**12, 12, 31)

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ANY_MONTH = "|".join(MONTHS)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Season(NamedTuple):
    """A season, or a quarter, third or half of a year. A winter ends next year, in a month before its first."""

    name: str
    place: str  # what stands after its year
    told: str  # the words by which a source may call it
    first: int
    last: int


# By their codes in EDTF: seasons of no place, of the north and of the south; then parts of a year.
SEASONS = {
    "21": Season("spring", "", "spring", 3, 5),
    "22": Season("summer", "", "summer", 6, 8),
    "23": Season("autumn", "", "autumn", 9, 11),
    "24": Season("winter", "", "winter", 12, 2),
    "25": Season("spring", " in the north", "spring", 3, 5),
    "26": Season("summer", " in the north", "summer", 6, 8),
    "27": Season("autumn", " in the north", "autumn", 9, 11),
    "28": Season("winter", " in the north", "winter", 12, 2),
    "29": Season("spring", " in the south", "spring", 9, 11),
    "30": Season("summer", " in the south", "summer", 12, 2),
    "31": Season("autumn", " in the south", "autumn", 3, 5),
    "32": Season("winter", " in the south", "winter", 6, 8),
    "33": Season("the first quarter", "", "first 1st q1", 1, 3),
    "34": Season("the second quarter", "", "second 2nd q2", 4, 6),
    "35": Season("the third quarter", "", "third 3rd q3", 7, 9),
    "36": Season("the fourth quarter", "", "fourth 4th q4", 10, 12),
    "37": Season("the first third", "", "first 1st t1", 1, 4),
    "38": Season("the second third", "", "second 2nd t2", 5, 8),
    "39": Season("the third third", "", "third 3rd t3", 9, 12),
    "40": Season("the first half", "", "first 1st h1", 1, 6),
    "41": Season("the second half", "", "second 2nd h2", 7, 12),
}


def month_length(year: int, month: int) -> int:
    return calendar.monthrange(400 + year % 400, month)[1]  # the calendar repeats itself every 400 years


def day_number(day: Day) -> int:
    """Return a number that grows by one a day."""
    year, month, date = day
    return 146097 * (year // 400) + Calendar(400 + year % 400, month, date).toordinal()


def first_and_last_day(year: str, month: str, day: str) -> tuple[Day, Day] | None:
    """Return the first and the last day that digits may mean; month and day may be empty.

    Return None where there is no such day.
    """
    years = _fitting(year)
    if season := SEASONS.get(month):
        last_year = years[-1] + (season.last < season.first)
        last_day = (last_year, season.last, month_length(last_year, season.last))
        return None if day else ((years[0], season.first, 1), last_day)
    months, days = _fitting(month or "XX", range(1, 13)), _fitting(day or "XX", range(1, 32))
    first = _first_day(years, months, days)
    last = _first_day(years[::-1], months[::-1], days[::-1])
    return (first, last) if first and last else None


def _first_day(years: list[int], months: list[int], days: list[int]) -> Day | None:
    """Return the first of some days that is in the calendar."""
    return next((day for day in product(years, months, days) if day[2] <= month_length(*day[:2])), None)


def _fitting(digits: str, numbers: range | None = None) -> list[int]:
    """Return the numbers that digits may mean, the least first; or those of some numbers."""
    ways = ("0123456789" if digit == "X" else digit for digit in digits)
    found = sorted(int("".join(written)) for written in product(*ways))
    return [each for each in found if each in numbers] if numbers else found


def month_words(month: str) -> str:
    """Return what a source may call a month, a season or a part of a year; nothing where digits leave it open."""
    if month in SEASONS:
        return SEASONS[month].told
    return MONTHS[int(month) - 1] if month.isdigit() else ""


def forms_of(name: str) -> str:
    """Return a pattern of the name of a month or of a day of the week, in full, cut short or in the plural."""
    return "|".join((f"{name}s", *(name[:end] for end in range(len(name), 2, -1))))


def say_point(year: str, month: str, day: str) -> str:
    """Return digits of a date in English; month and day may be empty."""
    years = _say_years(year)
    if season := SEASONS.get(month):
        if season.last < season.first and "X" not in year and int(year) > 999:
            next_year = str(int(year) + 1)
            years += f"–{next_year if next_year.endswith('00') else next_year[-2:]}"
        link = "of " if season.name.startswith("the ") else "in " if "X" in year else ""
        return f"{season.name} {link}{years}{season.place}"
    months = [MONTHS[number - 1] for number in _fitting(month, range(1, 13))] if month.strip("X") else []
    days = _fitting(day, range(1, 32)) if day.strip("X") else []
    if months and days:
        said = f"{_one_of(day, list(map(str, days)))} {listed(months)}"
    elif days:
        said = f"{_one_of(day, [f'the {_ordinal(number)}' for number in days])} of an unknown month"
    else:
        said = _one_of(month, months)
    if not said:
        return years
    link = "of " if year == "XXXX" else "in " if "X" in year or not months else ""
    return f"{said} {link}{years}"


def _say_years(year: str) -> str:
    """Return a year, decade, century or millennium, or between which years its digits leave open."""
    digits, era = (year[1:], " BCE") if year[0] == "-" else (year, "")
    known = digits.rstrip("X")
    if "X" not in year:
        return say_year(int(year))
    if not known:
        return "an unknown year"
    if "X" not in known and len(known) < 3:
        return f"the {_ordinal(int(known) + 1)} {'century' if len(known) == 2 else 'millennium'}{era}"
    if "X" not in known and int(year[:-1]) > 0:
        return f"the {int(known)}0s{' CE' if int(known) < 100 else ''}"
    first, *_, last = _fitting(year)
    return f"between {say_year(first)} and {say_year(last)}"


def say_year(year: int) -> str:
    """Return an astronomical year: `1935`, `988 CE`, `44 BCE`, `the year 17,000`, `66 million years ago`.

    A far year in round numbers is none that anybody counted from the year 1 on.
    """
    if year <= -10_000 and year % 1000 == 0:
        return f"{-year / 10**6:.12g} million years ago" if year <= -(10**6) else f"{-year:,} BCE"
    if year <= 0:
        return f"{1 - year:,} BCE" if year <= -9999 else f"{1 - year} BCE"
    if year > 9999:
        return f"the year {year:,}"
    return str(year) if year >= 1000 else f"{year} CE"


def say_time(time: str) -> str:
    """Return a time of day: `10:00`, `23:20:30 UTC`, `23:20:30 UTC−4`."""
    clock, *zone = re.split("(?=[Z+-])", time)
    offset = re.sub(r"([+−])0?(\d+)(:00)?", r"\1\2", "".join(zone).replace("-", "−").replace("Z", ""))
    return clock + (f" UTC{offset}" if zone else "")


def _ordinal(number: int) -> str:
    """Return a number as its ordinal: 1st, 2nd, 11th, 22nd."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _one_of(digits: str, names: list[str]) -> str:
    """Return the names that digits may mean: the first and the last, where all between them may be meant."""
    if len(names) > 3 and digits.endswith("X"):
        return f"between {names[0]} and {names[-1]}"
    return listed(names)

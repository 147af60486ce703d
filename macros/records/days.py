"""Days of the Gregorian calendar in any age, and which of them digits may mean. The year 0 is 1 BCE."""

import calendar
from datetime import date as Calendar
from itertools import product
from typing import NamedTuple

Day = tuple[int, int, int]

# Before and after every year that can be written.
BEGINNING: Day = (-(10**12), 1, 1)
END: Day = (10**12, 12, 31)

NTH = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th"}


class Season(NamedTuple):
    """A season, or a quarter, third or half of a year. A winter ends next year, in a month before its first."""

    name: str
    place: str  # what stands after its year
    told: str  # the words by which a source may call it
    first: int
    last: int


# By their codes in EDTF: seasons of no place, of the north and of the south; then parts of a year.
SEASONS = {
    str(code + index): Season(name, place, name, (before + 3 * index) % 12 + 1, (before + 3 * index + 2) % 12 + 1)
    for code, place, before in ((21, "", 2), (25, " in the north", 2), (29, " in the south", 8))
    for index, name in enumerate(("spring", "summer", "autumn", "winter"))
} | {
    str(code + index): Season(
        f"the {nth} {part}", "", f"{nth} {NTH[nth]} {part[0]}{index + 1}", lasts * index + 1, lasts * (index + 1)
    )
    for code, part, lasts in ((33, "quarter", 3), (37, "third", 4), (40, "half", 6))
    for index, nth in enumerate([*NTH][: 12 // lasts])
}


def month_length(year: int, month: int) -> int:
    return calendar.monthrange(400 + year % 400, month)[1]  # the calendar repeats itself every 400 years


def day_number(day: Day) -> int:
    """Return a number that grows by one a day."""
    year, month, date = day
    return 146097 * (year // 400) + Calendar(400 + year % 400, month, date).toordinal()


def bounds(year: str, month: str, day: str) -> tuple[Day, Day] | None:
    """Return the first and the last day that digits may mean, X being any; month and day may be empty.

    Return None where there is no such day.
    """
    years = fitting(year)
    if season := SEASONS.get(month):
        last_year = years[-1] + (season.last < season.first)
        last_day = (last_year, season.last, month_length(last_year, season.last))
        return None if day else ((years[0], season.first, 1), last_day)
    months, days = fitting(month or "XX", range(1, 13)), fitting(day or "XX", range(1, 32))
    first = _first_day(years, months, days)
    last = _first_day(years[::-1], months[::-1], days[::-1])
    return (first, last) if first and last else None


def _first_day(years: list[int], months: list[int], days: list[int]) -> Day | None:
    """Return the first of some days that is in the calendar."""
    return next((day for day in product(years, months, days) if day[2] <= month_length(*day[:2])), None)


def fitting(digits: str, numbers: range | None = None) -> list[int]:
    """Return the numbers that digits may mean, X being any, the least first; or those of some numbers."""
    ways = ("0123456789" if digit == "X" else digit for digit in digits)
    found = sorted(int("".join(written)) for written in product(*ways))
    return [each for each in found if each in numbers] if numbers else found

"""Days of the Gregorian calendar in any age, and which of them digits may mean. The year 0 is 1 BCE."""

import calendar
from collections.abc import Iterable
from datetime import date as Calendar
from itertools import product

Day = tuple[int, int, int]

# Before and after every year that can be written.
BEGINNING: Day = (-(10**12), 1, 1)
END: Day = (10**12, 12, 31)

# The first month of each season by its code in EDTF, and how many months it lasts; a winter may end next year.
SEASON_MONTHS = {
    str(code + index): ((begins + index * lasts - 1) % 12 + 1, lasts)
    for code, count, begins, lasts in (
        *((21, 4, 3, 3), (25, 4, 3, 3), (29, 4, 9, 3)),  # of no place, northern, southern
        *((33, 4, 1, 3), (37, 3, 1, 4), (40, 2, 1, 6)),  # quarters, thirds, halves
    )
    for index in range(count)
}


def month_length(year: int, month: int) -> int:
    return calendar.monthrange(400 + year % 400, month)[1]  # the calendar repeats itself every 400 years


def day_number(day: Day) -> int:
    """Return a number that grows by one a day."""
    year, month, date = day
    return 146097 * (year // 400) + Calendar(400 + year % 400, month, date).toordinal()


def fitting(digits: str, numbers: Iterable[int]) -> list[int]:
    """Return those of some numbers that two digits may mean, X being any."""
    return [each for each in numbers if all(a in ("X", b) for a, b in zip(digits, f"{each:02}", strict=True))]


def bounds(year: str, month: str, day: str) -> tuple[Day, Day] | None:
    """Return the first and the last day that digits may mean, X being any; month and day may be empty.

    Return None where there is no such day.
    """
    years = fitting_years(year)
    if month in SEASON_MONTHS:
        begins, lasts = SEASON_MONTHS[month]
        over, ends = divmod(begins + lasts - 2, 12)
        last_year = years[-1] + over
        return None if day else ((years[0], begins, 1), (last_year, ends + 1, month_length(last_year, ends + 1)))
    months, days = fitting(month or "XX", range(1, 13)), fitting(day or "XX", range(1, 32))
    first = _first_day(years, months, days)
    last = _first_day(years[::-1], months[::-1], days[::-1])
    return (first, last) if first and last else None


def _first_day(years: list[int], months: list[int], days: list[int]) -> Day | None:
    """Return the first of some days that is in the calendar."""
    return next((day for day in product(years, months, days) if day[2] <= month_length(*day[:2])), None)


def fitting_years(digits: str) -> list[int]:
    """Return the years that digits may mean, the earliest first."""
    ways = ("0123456789" if digit == "X" else digit for digit in digits)
    return sorted(int("".join(written)) for written in product(*ways))

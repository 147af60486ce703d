"""Days of the Gregorian calendar in any age, and which of them digits may mean. The year 0 is 1 BCE."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from itertools import product

Day = tuple[int, int, int]

# Before and after every year that can be written.
BEGINNING: Day = (-(10**12), 1, 1)
END: Day = (10**12, 12, 31)

MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# The first month of each season by its code in EDTF, and how many months it lasts; a winter may end next year.
SEASON_MONTHS: dict[int, tuple[int, int]] = {
    **{first + index: (3 * index + 3, 3) for first in (21, 25) for index in range(4)},  # of no place, northern
    **{29 + index: (3 * ((index + 2) % 4) + 3, 3) for index in range(4)},  # southern
    **{33 + index: (3 * index + 1, 3) for index in range(4)},  # quarters
    **{37 + index: (4 * index + 1, 4) for index in range(3)},  # thirds
    **{40 + index: (6 * index + 1, 6) for index in range(2)},  # halves
}


def day_number(day: Day) -> int:
    """Return a number that grows by one a day."""
    year, month, date = day
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)  # a leap day ends its year
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + date


def fitting(digits: str, numbers: Iterable[int]) -> list[int]:
    """Return those of some numbers that two digits may mean, X being any."""
    return [each for each in numbers if all(a in ("X", b) for a, b in zip(digits, f"{each:02}", strict=True))]


def bounds(year: str, month: str, day: str) -> tuple[Day, Day]:
    """Return the first and the last day that digits may mean, X being any; month and day may be empty.

    Raises ValueError where there is no such day.
    """
    if month.isdigit() and int(month) in SEASON_MONTHS:
        return _season_bounds(year, int(month), day)
    pairs = [(m, d) for m in fitting(month or "XX", range(1, 13)) for d in fitting(day or "XX", range(1, 32))]
    first = next(_days(_years(year), pairs), None)
    last = next(_days(reversed(_years(year)), pairs[::-1]), None)
    if first is None or last is None:
        raise ValueError(f'no day is written "{year}-{month}-{day}"')
    return first, last


def _season_bounds(year: str, code: int, day: str) -> tuple[Day, Day]:
    if day:
        raise ValueError("a season has no day")
    years, (begins, lasts) = _years(year), SEASON_MONTHS[code]
    over, month = divmod(begins + lasts - 2, 12)
    last = years[-1] + over
    return (years[0], begins, 1), (last, month + 1, month_length(last, month + 1))


def _years(digits: str) -> list[int]:
    """Return the years that digits may mean, the earliest first."""
    sign, plain = (-1, digits[1:]) if digits[0] == "-" else (1, digits)
    each = [range(10) if digit == "X" else [int(digit)] for digit in plain]
    return sorted(sign * int("".join(map(str, written))) for written in product(*each))


def _days(years: Iterable[int], pairs: list[tuple[int, int]]) -> Iterator[Day]:
    """Yield the days of some years, each by month and date, that are in the calendar."""
    for year in years:
        for month, date in pairs:
            if date <= month_length(year, month):
                yield year, month, date


def month_length(year: int, month: int) -> int:
    return 29 if month == 2 and calendar.isleap(year) else MONTH_LENGTHS[month - 1]

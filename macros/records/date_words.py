"""A point in time in plain English: `4 February 2022`, `the 1960s`, `15 March 44 BCE`, `winter 1941–42`."""

import re

from ..problems import listed
from .days import SEASONS, Season, fitting

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def forms_of(name: str) -> str:
    """Return a pattern of the name of a month or of a day of the week, in full, cut short or in the plural."""
    return "|".join((f"{name}s", *(name[:end] for end in range(len(name), 2, -1))))


def say_point(year: str, month: str, day: str) -> str:
    """Return digits of a date in English; X is any digit, and month and day may be empty."""
    if season := SEASONS.get(month):
        return _say_season(year, season)
    months = [MONTHS[number - 1] for number in fitting(month, range(1, 13))] if month.strip("X") else []
    days = fitting(day, range(1, 32)) if day.strip("X") else []
    if months and days:
        said = f"{_one_of(day, list(map(str, days)))} {listed(months)}"
    elif days:
        said = f"{_one_of(day, [f'the {ordinal(number)}' for number in days])} of an unknown month"
    else:
        said = _one_of(month, months)
    if not said:
        return say_years(year)
    link = "of " if year == "XXXX" else "in " if "X" in year or not months else ""
    return f"{said} {link}{say_years(year)}"


def _say_season(year: str, season: Season) -> str:
    years = say_years(year)
    if season.last < season.first and "X" not in year and int(year) > 999:
        next_year = str(int(year) + 1)
        years += f"–{next_year if next_year.endswith('00') else next_year[-2:]}"
    link = "of " if season.name.startswith("the ") else "in " if "X" in year else ""
    return f"{season.name} {link}{years}{season.place}"


def say_years(year: str) -> str:
    """Return a year, decade, century or millennium, or between which years its digits leave open."""
    digits, era = (year[1:], " BCE") if year[0] == "-" else (year, "")
    known = digits.rstrip("X")
    if "X" not in year:
        return say_year(int(year))
    if not known:
        return "an unknown year"
    if "X" not in known and len(known) < 3:
        return f"the {ordinal(int(known) + 1)} {'century' if len(known) == 2 else 'millennium'}{era}"
    if "X" not in known and int(year[:-1]) > 0:
        return f"the {int(known)}0s{' CE' if int(known) < 100 else ''}"
    first, *_, last = fitting(year)
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
    offset = re.sub(r"([+−])0?(\d+)(:00)?", r"\1\2", "".join(zone).replace("-", "−"))
    return clock + (f" UTC{offset.strip('Z')}" if zone else "")


def ordinal(number: int) -> str:
    """Return a number as its ordinal: 1st, 2nd, 11th, 22nd."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _one_of(digits: str, names: list[str]) -> str:
    """Return the names that digits may mean: the first and the last, where all between them may be meant."""
    if len(names) > 3 and digits.endswith("X"):
        return f"between {names[0]} and {names[-1]}"
    return listed(names)

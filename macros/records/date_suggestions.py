"""Other notations of dates, and what they may mean: an author who types one is told how to write it."""

from __future__ import annotations

import re

from .date_words import MONTHS, SEASONS

# The names of the groups say what they mean.
MONTH = "(?P<name>" + "|".join(f"{name[:3]}[a-z]*" for name in MONTHS) + r")\.?"
ELSEWHERE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<day>\d{1,2})(?P<sign>[./ -])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})",
        r"(?P<month>\d{1,2})(?P<sign>[./ -])(?P<day>\d{1,2})(?P=sign)(?P<year>\d{4})",
        r"(?P<year>\d{4})(?P<sign>[./ -])(?P<month>\d{1,2})((?P=sign)(?P<day>\d{1,2}))?(T.*)?",
        rf"((?P<day>\d{{1,2}})(st|nd|rd|th|\.)? )?{MONTH},? (?P<year>\d{{4}})",
        rf"{MONTH} (?P<day>\d{{1,2}})(st|nd|rd|th)?,? (?P<year>\d{{4}})",
        r"(between )?(?P<year>\d{4})(-\d\d)?(-\d\d)?(\s?[–—]\s?| - | to | and )(?P<until>\d{4})",
        r"(the )?(early |mid-?|late )?(?P<decade>\d{3})0['’]?s",
        r"(the )?(?P<century>\d\d?)(st|nd|rd|th) century",
        r"(?P<before>\d{1,4}) BCE?",
        rf"(the )?(?P<season>{'|'.join(SEASONS)}) (of )?(?P<year>\d{{4}})",
        r"(about|circa|ca?\.) ?(?P<about>\d{4})",
    )
]


def likely_dates(text: str) -> list[str]:
    """Return what a text in another notation may mean, written as EDTF; it need not be in the calendar."""
    matches = (pattern.fullmatch(text.strip()) for pattern in ELSEWHERE)
    return list(dict.fromkeys(_written(match.groupdict()) for match in matches if match))


def _written(parts: dict[str, str | None]) -> str:
    """Return the EDTF date of the parts that a pattern found."""
    match parts:
        case {"about": year}:
            return f"{year}~"
        case {"decade": decade}:
            return f"{decade}X"
        case {"century": century}:
            return f"{int(str(century)) - 1:02}XX"
        case {"before": year}:
            return f"-{int(str(year)) - 1:04}"
        case {"season": season}:
            return f"{parts['year']}-{21 + SEASONS.index(str(season).lower())}"
        case {"until": until}:
            return f"{parts['year']}/{until}"
    if name := parts.get("name"):
        parts["month"] = str([each[:3] for each in MONTHS].index(name[:3].title()) + 1)
    return "-".join(f"{int(part):02}" for part in map(parts.get, ("year", "month", "day")) if part)

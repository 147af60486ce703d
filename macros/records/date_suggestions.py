"""Other notations of dates, and what they may mean: an author who types one is told how to write it."""

from __future__ import annotations

import re

from .date_words import MONTHS, SEASON_NAMES

SEASONS = {name.removeprefix("the "): code for code, (name, place) in enumerate(SEASON_NAMES, 21) if not place}
SEASONS |= {"fall": 23} | {f"q{nth}": 32 + nth for nth in (1, 2, 3, 4)} | {"h1": 40, "h2": 41}
BOUNDS = {
    "before": "[..{before:04}]",
    "after": "[{after:04}..]",
    "by": "[..{year:04}]",
    "since": "{year:04}/..",
    "until": "../{year:04}",
}
LONGEST = 60  # of the dates that are read
MONTH = "(?P<name>" + "|".join(f"{name[:3]}[a-z]*" for name in MONTHS) + r")\.?"
# The names of the groups say what they mean.
ELSEWHERE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<day>\d{1,2})(?P<sign>[./ -])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})",
        r"(?P<month>\d{1,2})(?P<sign>[./ -])(?P<day>\d{1,2})(?P=sign)(?P<year>\d{4})",
        r"(?P<year>\d{4})(?P<sign>[./ -])(?P<month>0?\d|1[0-2])((?P=sign)(?P<day>\d{1,2}))?(T.*)?",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        rf"(the )?(?P<day>\d{{1,2}})(st|nd|rd|th|\.)?[ -](of )?{MONTH},?[ -](?P<year>\d{{4}})",
        rf"(early |mid-?|late )?{MONTH},?[ -](of )?(?P<year>\d{{4}})",
        r"(early |mid-?|late )(?P<year>\d{4})",
        rf"{MONTH} (?P<day>\d{{1,2}})(st|nd|rd|th)?,? (?P<year>\d{{4}})",
        r"(between )?(?P<year>\d{4})(-\d\d)?(-\d\d)?(\s?[–—]\s?| - | to | and )(?P<until>\d{4})",
        r"(?P<year>(?P<hundred>\d\d)\d\d)[/–](?P<short>\d\d)",
        r"(?P<year>\d{4}) or (?P<other>\d{4})",
        r"(the )?(early |mid-?|late )?(?P<decade>\d{3})0['’]?s",
        r"(the )?(?P<century>\d\d?)(st|nd|rd|th) century",
        r"(?P<before>\d{1,4}) B\.?C\.?(E\.?)?",
        r"AD (?P<era>\d{1,4})",
        r"(?P<era>\d{1,4}) (AD|CE)",
        rf"(the )?(?P<season>{'|'.join(SEASONS)}) (of )?(?P<year>\d{{4}})",
        r"(?P<year>\d{4})[ -]?(?P<season>[QH][1-4])",
        r"(about|around|circa|ca?\.) ?(?P<about>.+)",
        rf"(?P<bound>{'|'.join(BOUNDS)}) (?P<year>\d{{4}})",
    )
]


def likely_dates(text: str) -> list[str]:
    """Return what a text in another notation may mean, written as EDTF; it need not be in the calendar."""
    patterns = ELSEWHERE if len(text) <= LONGEST else []
    matches = (pattern.fullmatch(text.strip()) for pattern in patterns)
    return list(dict.fromkeys([text.upper(), *(_written(match.groupdict()) for match in matches if match)]))


def _written(parts: dict[str, str | None]) -> str:
    """Return the EDTF date of the parts that a pattern found."""
    match parts:
        case {"about": date}:
            return f"{likely_dates(str(date))[-1]}~"
        case {"decade": decade}:
            return f"{decade}X"
        case {"century": century}:
            return f"{int(str(century)) - 1:02}XX"
        case {"before": year}:
            return f"-{int(str(year)) - 1:04}"
        case {"season": season}:
            return f"{parts['year']}-{SEASONS[str(season).lower()]}"
        case {"bound": bound}:
            number = int(str(parts["year"]))
            return BOUNDS[str(bound).lower()].format(year=number, before=number - 1, after=number + 1)
        case {"era": year}:
            return f"{int(str(year)):04}"
        case {"short": short}:
            return f"{parts['year']}/{parts['hundred']}{short}"
        case {"other": other}:
            return f"[{parts['year']},{other}]"
        case {"until": until}:
            return f"{parts['year']}/{until}"
    if name := parts.get("name"):
        parts["month"] = str([each[:3] for each in MONTHS].index(name[:3].title()) + 1)
    return "-".join(f"{int(part):02}" for part in map(parts.get, ("year", "month", "day")) if part)

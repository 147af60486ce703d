"""Other notations of dates, and what they may mean: an author who types one is told how to write it."""

import re

from .date_words import MONTHS, SEASON_NAMES

LONGEST = 60  # of the dates that are read
CODES = {name.removeprefix("the "): code for code, (name, place) in enumerate(SEASON_NAMES, 21) if not place}
CODES |= {"fall": 23} | {f"q{nth}": 32 + nth for nth in (1, 2, 3, 4)} | {"h1": 40, "h2": 41}
SEASON = f"(?P<season>{'|'.join(CODES)})"
MONTH = "(?P<month>" + "|".join(f"{name[:3]}[a-z]*" for name in MONTHS) + r")\.?"
CODES |= {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}

YEAR, DAY = r"(?P<year>\d{4})", r"(?P<day>\d{1,2})"
SIGN, NTH, PART = "(?P<sign>[./ -])", "(st|nd|rd|th)", "(early |mid-?|late )"
ABOUT = r"(?i:about|around|circa|ca?\.) ?(?P<date>.+)"
# Each notation and its date in EDTF, of the numbers that its groups name; `before` and `after` are beside `year`.
NOTATIONS = {
    rf"{DAY}{SIGN}(?P<month>\d{{1,2}})(?P=sign){YEAR}": "{year:04}-{month:02}-{day:02}",
    rf"(?P<month>\d{{1,2}}){SIGN}{DAY}(?P=sign){YEAR}": "{year:04}-{month:02}-{day:02}",
    rf"{YEAR}{SIGN}(?P<month>0?\d|1[0-2])(T.*)?": "{year:04}-{month:02}",
    rf"{YEAR}{SIGN}(?P<month>0?\d|1[0-2])(?P=sign){DAY}(T.*)?": "{year:04}-{month:02}-{day:02}",
    rf"{YEAR}(?P<month>\d\d)(?P<day>\d\d)": "{year:04}-{month:02}-{day:02}",
    rf"(the )?{DAY}({NTH}|\.)?[ -](of )?{MONTH},?[ -]{YEAR}": "{year:04}-{month:02}-{day:02}",
    rf"{PART}?{MONTH},?[ -](of )?{YEAR}": "{year:04}-{month:02}",
    rf"{PART}{YEAR}": "{year:04}",
    rf"{MONTH} {DAY}{NTH}?,? {YEAR}": "{year:04}-{month:02}-{day:02}",
    rf"(between )?{YEAR}(-\d\d){{0,2}}(\s?[–—]\s?| - | to | and )(?P<until>\d{{4}})": "{year:04}/{until:04}",
    r"(?P<year>(?P<hundred>\d\d)\d\d)[/–](?P<short>\d\d)": "{year:04}/{hundred:02}{short:02}",
    rf"{YEAR} or (?P<other>\d{{4}})": "[{year:04},{other:04}]",
    rf"(the )?{PART}?(?P<decade>\d{{3}})0['’]?s": "{decade:03}X",
    rf"(the )?(?P<year>\d\d?){NTH} century": "{before:02}XX",
    r"(?P<year>\d{1,4}) B\.?C\.?(E\.?)?": "-{before:04}",
    r"AD (?P<year>\d{1,4})": "{year:04}",
    r"(?P<year>\d{1,4}) (AD|CE)": "{year:04}",
    rf"(the )?{SEASON} (of )?{YEAR}": "{year:04}-{season}",
    rf"{YEAR}[ -]?(?P<season>[QH][1-4])": "{year:04}-{season}",
    f"before {YEAR}": "[..{before:04}]",
    f"after {YEAR}": "[{after:04}..]",
    f"by {YEAR}": "[..{year:04}]",
    f"since {YEAR}": "{year:04}/..",
    f"until {YEAR}": "../{year:04}",
}


def likely_dates(text: str) -> list[str]:
    """Return what a text in another notation may mean, written as EDTF; it need not be in the calendar."""
    found = [text.upper()]
    if len(text) > LONGEST:
        return found
    for notation, edtf in NOTATIONS.items():
        if match := re.fullmatch(notation, text.strip(), re.IGNORECASE):
            numbers = {name: _number(part) for name, part in match.groupdict().items()}
            year = numbers.get("year", 0)
            found.append(edtf.format(**numbers, before=year - 1, after=year + 1))
    if about := re.fullmatch(ABOUT, text.strip()):
        found.append(f"{likely_dates(about['date'])[-1]}~")
    return list(dict.fromkeys(found))


def _number(part: str) -> int:
    """Return the number of a part of a date: of digits, of the code of a season, or of a month by its name."""
    if part.isdigit():
        return int(part)
    return CODES.get(part.lower(), 0) or CODES.get(part[:3].lower(), 0)

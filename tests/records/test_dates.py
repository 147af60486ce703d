"""Dates as sources give them: read, sorted and said in English."""

import calendar
import re
from datetime import date as Calendar
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.records.dates import BEGINNING, END, FORMS, Day, parse_date

# How each is said, and the pieces that HTML can read. First every example of the specification (Library of
# Congress, EDTF, February 2019) by its level, then what a source may say besides.
SAID = {
    # Level 0
    "1985-04-12": ("12 April 1985", ["1985-04-12"]),
    "1985-04": ("April 1985", ["1985-04"]),
    "1985": ("1985", ["1985"]),
    "1985-04-12T23:20:30": ("12 April 1985, 23:20:30", ["1985-04-12T23:20:30"]),
    "1985-04-12T23:20:30Z": ("12 April 1985, 23:20:30 UTC", ["1985-04-12T23:20:30Z"]),
    "1985-04-12T23:20:30-04": ("12 April 1985, 23:20:30 UTC−4", ["1985-04-12T23:20:30-04:00"]),
    "1985-04-12T23:20:30+04:30": ("12 April 1985, 23:20:30 UTC+4:30", ["1985-04-12T23:20:30+04:30"]),
    "1964/2008": ("1964 to 2008", ["1964", "2008"]),
    "2004-06/2006-08": ("June 2004 to August 2006", ["2004-06", "2006-08"]),
    "2004-02-01/2005-02-08": ("1 February 2004 to 8 February 2005", ["2004-02-01", "2005-02-08"]),
    "2004-02-01/2005-02": ("1 February 2004 to February 2005", ["2004-02-01", "2005-02"]),
    "2004-02-01/2005": ("1 February 2004 to 2005", ["2004-02-01", "2005"]),
    "2005/2006-02": ("2005 to February 2006", ["2005", "2006-02"]),
    # Level 1
    "Y170000002": ("the year 170,000,002", []),
    "Y-170000002": ("170,000,003 BCE", []),
    "Y-10000": ("10,000 BCE", []),
    "2001-21": ("spring 2001", []),
    "1984?": ("perhaps 1984", ["1984"]),
    "2004-06~": ("about June 2004", ["2004-06"]),
    "2004-06-11%": ("perhaps about 11 June 2004", ["2004-06-11"]),
    "201X": ("the 2010s", []),
    "20XX": ("the 21st century", []),
    "2004-XX": ("2004", ["2004"]),
    "1985-04-XX": ("April 1985", ["1985-04"]),
    "1985-XX-XX": ("1985", ["1985"]),
    "1985-XX-2X": ("between the 20th and the 29th of an unknown month in 1985", []),
    "1985-04-12/..": ("since 12 April 1985", ["1985-04-12"]),
    "1985-04/..": ("since April 1985", ["1985-04"]),
    "1985/..": ("since 1985", ["1985"]),
    "../1985-04-12": ("until 12 April 1985", ["1985-04-12"]),
    "../1985-04": ("until April 1985", ["1985-04"]),
    "../1985": ("until 1985", ["1985"]),
    "1985-04-12/": ("from 12 April 1985", ["1985-04-12"]),
    "1985-04/": ("from April 1985", ["1985-04"]),
    "1985/": ("from 1985", ["1985"]),
    "/1985-04-12": ("until 12 April 1985", ["1985-04-12"]),
    "/1985-04": ("until April 1985", ["1985-04"]),
    "/1985": ("until 1985", ["1985"]),
    "-1985": ("1986 BCE", []),
    # Level 2
    "2001-34": ("the second quarter of 2001", []),
    "[1667,1668,1670..1672]": ("1667, 1668 or between 1670 and 1672", ["1667", "1668", "1670", "1672"]),
    "[..1760-12-03]": ("3 December 1760 or earlier", ["1760-12-03"]),
    "[1760-12..]": ("December 1760 or later", ["1760-12"]),
    "[1760-01, 1760-02, 1760-12..]": (
        "January 1760, February 1760 or December 1760 or later",
        ["1760-01", "1760-02", "1760-12"],
    ),
    "[1667,1760-12]": ("1667 or December 1760", ["1667", "1760-12"]),
    "[..1984]": ("1984 or earlier", ["1984"]),
    "{1667,1668,1670..1672}": ("1667, 1668 and 1670 to 1672", ["1667", "1668", "1670", "1672"]),
    "{1960,1961-12}": ("1960 and December 1961", ["1960", "1961-12"]),
    "{..1984}": ("1984 and earlier", ["1984"]),
    "2004-06~-11": ("11 June 2004 (approximate in part)", ["2004-06-11"]),
    "2004?-06-11": ("11 June 2004 (uncertain in part)", ["2004-06-11"]),
    "?2004-06-~11": ("11 June 2004 (uncertain and approximate in part)", ["2004-06-11"]),
    "2004-%06-11": ("11 June 2004 (uncertain and approximate in part)", ["2004-06-11"]),
    "156X-12-25": ("25 December in the 1560s", []),
    "15XX-12-25": ("25 December in the 16th century", []),
    "XXXX-12-XX": ("December of an unknown year", []),
    "1XXX-XX": ("the 2nd millennium", []),
    "1XXX-12": ("December in the 2nd millennium", []),
    "1984-1X": ("October, November or December 1984", []),
    "2004-06-~01/2004-06-~20": (
        "1 June 2004 (approximate in part) to 20 June 2004 (approximate in part)",
        ["2004-06-01", "2004-06-20"],
    ),
    "2004-06-XX/2004-07-03": ("June to 3 July 2004", ["2004-06", "2004-07-03"]),
    # Besides: ages, seasons, digits, times
    "2022-02-04%": ("perhaps about 4 February 2022", ["2022-02-04"]),
    "2022-24~": ("about winter 2022–23", []),
    "1999-24": ("winter 1999–2000", []),
    "1000-24": ("winter 1000–01", []),
    "0999-24": ("winter 999 CE", []),
    "2022-25": ("spring 2022 in the north", []),
    "2022-30": ("summer 2022–23 in the south", []),
    "2022-36": ("the fourth quarter of 2022", []),
    "2022-38": ("the second third of 2022", []),
    "2022-40": ("the first half of 2022", []),
    "196X~": ("about the 1960s", []),
    "200X": ("the 2000s", []),
    "20XX?": ("perhaps the 21st century", []),
    "12XX": ("the 13th century", []),
    "10XX": ("the 11th century", []),
    "01XX": ("the 2nd century", []),
    "-01XX": ("the 2nd century BCE", []),
    "-1XXX": ("the 2nd millennium BCE", []),
    "-004X": ("between 50 BCE and 41 BCE", []),
    "004X": ("the 40s CE", []),
    "000X": ("between 1 BCE and 9 CE", []),
    "XXXX": ("an unknown year", []),
    "1X99": ("between 1099 and 1999", []),
    "X9XX": ("between 900 CE and 9999", []),
    "0988-05-04": ("4 May 988 CE", ["0988-05-04"]),
    "0000": ("1 BCE", []),
    "1000": ("1000", ["1000"]),
    "Y-66000000~": ("about 66 million years ago", []),
    "Y-66040000/Y-65000000": ("66.04 million years ago to 65 million years ago", []),
    "Y-12000": ("12,000 BCE", []),
    "Y-12001": ("12,002 BCE", []),
    "-0043-03-15": ("15 March 44 BCE", []),
    "-0050/0014": ("51 BCE to 14 CE", ["0014"]),
    "196X-02": ("February in the 1960s", []),
    "196X-21": ("spring in the 1960s", []),
    "196X-24": ("winter in the 1960s", []),
    "1985-0X": ("between January and September 1985", []),
    "1985-04-0X": ("between 1 and 9 April 1985", []),
    "2022-XX-04": ("the 4th of an unknown month in 2022", []),
    "1985-04-1X": ("between 10 and 19 April 1985", []),
    "1985-04-X5": ("5, 15 or 25 April 1985", []),
    "2022-02-04T10:00": ("4 February 2022, 10:00", ["2022-02-04T10:00"]),
    "[1984]": ("1984", ["1984"]),
    "[2022-02..2023-10]": ("between February 2022 and October 2023", ["2022-02", "2023-10"]),
    "196X/199X": ("the 1960s to the 1990s", []),
    "2022-02/2022-05": ("February to May 2022", ["2022-02", "2022-05"]),
    "2022-02-04/2022-03-01": ("4 February to 1 March 2022", ["2022-02-04", "2022-03-01"]),
    "2022/2022-05": ("2022 to May 2022", ["2022", "2022-05"]),
    "2022-02~/2022-05": ("about February 2022 to May 2022", ["2022-02", "2022-05"]),
    "2022-23/2023-21": ("autumn 2022 to spring 2023", []),
    "../2010-06~": ("until about June 2010", ["2010-06"]),
    "/196X": ("until the 1960s", []),
}


def test_a_date_is_said_in_english_with_what_html_can_read():
    dates = {edtf: parse_date(edtf) for edtf in SAID}
    datetimes = {edtf: [each.datetime for each in date.words if each.datetime] for edtf, date in dates.items()}
    assert {edtf: (date.say(), datetimes[edtf]) for edtf, date in dates.items()} == SAID


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("1935", (1935, 1, 1), (1935, 12, 31)),
        ("2022-02", (2022, 2, 1), (2022, 2, 28)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2022-02-04", (2022, 2, 4), (2022, 2, 4)),
        ("2022-04?", (2022, 4, 1), (2022, 4, 30)),
        ("2022-12-XX", (2022, 12, 1), (2022, 12, 31)),
        ("2022-21", (2022, 3, 1), (2022, 5, 31)),
        ("2022-23~", (2022, 9, 1), (2022, 11, 30)),
        ("196X", (1960, 1, 1), (1969, 12, 31)),
        ("19XX", (1900, 1, 1), (1999, 12, 31)),
        ("196X/1990-03", (1960, 1, 1), (1990, 3, 31)),
        ("2010/..", (2010, 1, 1), END),
        ("2010/", (2010, 1, 1), END),
        ("../2010", BEGINNING, (2010, 12, 31)),
        ("1999-24", (1999, 12, 1), (2000, 2, 29)),
        ("2022-29", (2022, 9, 1), (2022, 11, 30)),
        ("2022-39", (2022, 9, 1), (2022, 12, 31)),
        ("2022-41", (2022, 7, 1), (2022, 12, 31)),
        ("-0004-02", (-4, 2, 1), (-4, 2, 29)),
        ("-01XX", (-199, 1, 1), (-100, 12, 31)),
        ("Y17000", (17000, 1, 1), (17000, 12, 31)),
        ("XXXX-02-29", (0, 2, 29), (9996, 2, 29)),
        ("1984-1X", (1984, 10, 1), (1984, 12, 31)),
        ("2023-02-2X", (2023, 2, 20), (2023, 2, 28)),
        ("2023-0X-31", (2023, 1, 31), (2023, 8, 31)),
        ("[1667,1760-12]", (1667, 1, 1), (1760, 12, 31)),
        ("[..1984]", BEGINNING, (1984, 12, 31)),
        ("{1960,1984..}", (1960, 1, 1), END),
    ],
)
def test_a_date_knows_the_first_and_the_last_day_it_can_mean(edtf, earliest, latest):
    date = parse_date(edtf)
    assert (date.earliest, date.latest) == (earliest, latest)


def test_dates_of_any_age_and_times_of_a_day_sort_as_they_happened():
    ordered = (
        *("../1960", "Y-17000", "-0050", "-0043-03-15", "0988", "1960", "2022-02", "2022-02-04"),
        *("2022-02-04T10:00+08:00", "2022-02-04T09:00", "2022-02-04T10:00Z", "2022-02-04T08:00-04"),
        *("2022-02-05", "2022-24", "2023", "Y17000"),
    )
    assert [date.edtf for date in sorted(map(parse_date, reversed(ordered)), key=lambda date: date.sort_key)] == [
        *ordered
    ]


def test_dates_sort_by_the_first_day_they_can_mean_and_then_the_shorter_first():
    ordered = [
        *("../1990", "19XX", "1935", "1960-01-01", "196X", "1960/1990", "1969-12-31", "2022-01-01", "2022-01"),
        *("2022", "2022/..", "2022-02", "2022-02~/2022-05", "2022-02-04", "2022-21"),
    ]
    assert sorted(sorted(ordered), key=lambda edtf: parse_date(edtf).sort_key) == ordered


NOT_A_DATE = f"is not a date; {FORMS}"
NOT_IN_CALENDAR = f"is not in the calendar; {FORMS}"

REFUSED = {
    "": NOT_A_DATE,
    "soon": NOT_A_DATE,
    "n.d.": "is no date; leave the field out",
    "1960s": NOT_A_DATE,
    "about 1960": NOT_A_DATE,
    "4 May 2022": NOT_A_DATE,
    "16/05/2024": NOT_A_DATE,
    "44 BC": (short := "is no year of four digits; write 0476 for 476, -0043 for 44 BC"),
    "-44": short,
    "476": short,
    "2019–2021": NOT_A_DATE,
    "2021/22": NOT_A_DATE,
    "2022-2": NOT_A_DATE,
    "22-02-04": NOT_A_DATE,
    "2022-02-4": NOT_A_DATE,
    "20220204": NOT_A_DATE,
    "202x": NOT_A_DATE,
    "2022-02-04t10:00z": NOT_A_DATE,
    "Q3 2012": NOT_A_DATE,
    "by 1936": NOT_A_DATE,
    "86400": "has more than four digits; write Y before the year, like Y-10000",
    "2022-02-04T24:00": NOT_A_DATE,
    "2022-02-04~T10:00": NOT_A_DATE,
    "2022-XX-XXT10:00": NOT_A_DATE,
    "-0000": NOT_IN_CALENDAR,
    "Y1985": NOT_A_DATE,
    "-66000000": "has more than four digits; write Y before the year, like Y-10000",
    "17000": "has more than four digits; write Y before the year, like Y-10000",
    "Y-17E7": "counts digits, as no source does; write those that are known, like 19XX",
    "1950S2": "counts digits, as no source does; write those that are known, like 19XX",
    "Y171010000S3": "counts digits, as no source does; write those that are known, like 19XX",
    "Y3388E2S3": "counts digits, as no source does; write those that are known, like 19XX",
    "[]": NOT_A_DATE,
    "[2021,]": NOT_A_DATE,
    "[..]": "has neither beginning nor end; give one",
    "[2022..2021]": "ends before it begins; swap the two dates",
    "[2021,2022]/2023": NOT_A_DATE,
    "XXXX-02-30": NOT_IN_CALENDAR,
    "2022-20": NOT_IN_CALENDAR,
    "2022-42": NOT_IN_CALENDAR,
    "2022 ": NOT_A_DATE,
    "2022\n": NOT_A_DATE,
    "２０２２": NOT_A_DATE,
    "2022~?": NOT_A_DATE,
    "1X": NOT_A_DATE,
    "2022-02-04/05": NOT_A_DATE,
    "2022/2023/2024": NOT_A_DATE,
    "2022-00": NOT_IN_CALENDAR,
    "2022-13": NOT_IN_CALENDAR,
    "2022-13~": NOT_IN_CALENDAR,
    "2022-01-00": NOT_IN_CALENDAR,
    "2022-02-30": NOT_IN_CALENDAR,
    "2023-02-29": NOT_IN_CALENDAR,
    "2023-02-29?": NOT_IN_CALENDAR,
    "2022-21-04": NOT_IN_CALENDAR,
    "2022-02/2022-02-31": NOT_IN_CALENDAR,
    "/": "has neither beginning nor end; give one",
    "../..": "has neither beginning nor end; give one",
    "2022/2021": "ends before it begins; swap the two dates",
    "2022-05-04/2022-05-03": "ends before it begins; swap the two dates",
}


def test_what_is_not_a_date_is_refused_with_what_to_write():
    told = {}
    for typed in REFUSED:
        try:
            told[typed] = f"is taken for {parse_date(typed)}"
        except ValueError as error:
            told[typed] = str(error)
    assert told == {typed: f'is "{typed}", which {why}' for typed, why in REFUSED.items()}


days = st.dates(min_value=Calendar(1, 1, 1))
qualifiers = st.sampled_from(["", "~", "?", "%"])


def month_end(year: int, month: int) -> int:
    return 29 if month == 2 and calendar.isleap(year) else calendar.monthrange(2023, month)[1]


@st.composite
def points(draw: st.DrawFn) -> tuple[str, Day, Day]:
    """An EDTF point, with the first and the last day it can mean."""
    day, qualifier = draw(days), draw(qualifiers)
    year, month = day.year, day.month
    decade, century = year - year % 10, year - year % 100
    season = draw(st.integers(21, 24))
    first = 3 * (season - 20)
    over, last = (1, 2) if season == 24 else (0, first + 2)
    text, earliest, latest = draw(
        st.sampled_from(
            [
                (day.isoformat(), (year, month, day.day), (year, month, day.day)),
                (f"{year:04}-{month:02}", (year, month, 1), (year, month, month_end(year, month))),
                (f"{year:04}-{season}", (year, first, 1), (year + over, last, month_end(year + over, last))),
                (f"{year:04}", (year, 1, 1), (year, 12, 31)),
                (f"{year:04}"[:3] + "X", (decade, 1, 1), (decade + 9, 12, 31)),
                (f"{year:04}"[:2] + "XX", (century, 1, 1), (century + 99, 12, 31)),
            ]
        )
    )
    return text + qualifier, earliest, latest


@st.composite
def edtf_dates(draw: st.DrawFn) -> tuple[str, Day, Day]:
    """An EDTF date of every form we support, with the first and the last day it can mean."""
    start, end = sorted([draw(points()), draw(points())], key=lambda point: point[1])
    return draw(
        st.sampled_from(
            [
                start,
                (f"{start[0]}/{end[0]}", start[1], end[2]),
                (f"{start[0]}/..", start[1], END),
                (f"{start[0]}/", start[1], END),
                (f"../{end[0]}", BEGINNING, end[2]),
                (f"/{end[0]}", BEGINNING, end[2]),
                (f"[{end[0]},{start[0]}]", start[1], max(start[2], end[2])),
                (f"[..{end[0]}]", BEGINNING, end[2]),
                (f"{{{start[0]},{end[0]}..}}", start[1], END),
            ]
        )
    )


@given(st.lists(edtf_dates(), max_size=3))
def test_any_dates_sort_by_the_first_day_each_can_mean(dates):
    known = {edtf: (earliest, latest) for edtf, earliest, latest in dates}
    ordered = sorted(map(parse_date, known), key=lambda date: date.sort_key)
    assert all(known[before.edtf] <= known[after.edtf] for before, after in pairwise(ordered))


DATETIME = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")  # the year, month and date strings of the HTML standard


@given(edtf_dates())
def test_any_date_says_something_and_gives_back_what_was_typed(known):
    date = parse_date(known[0])
    assert date.edtf == known[0]
    assert (date.earliest, date.latest) == known[1:]
    assert re.search(r"\d", date.say())
    assert "  " not in date.say()
    assert date.say() == date.say().strip()
    assert "".join(piece.text for piece in date.words) == date.say()
    assert all(DATETIME.fullmatch(piece.datetime) for piece in date.words if piece.datetime)


@given(points(), points())
def test_two_points_that_differ_are_said_differently(one, other):
    assert (one[0] == other[0]) == (parse_date(one[0]).say() == parse_date(other[0]).say())


@given(st.text(st.sampled_from("0123456789-X~?%/. []{},YSETZ:+"), max_size=12))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(typed):
    try:
        said = parse_date(typed).say()
    except ValueError as error:
        said = str(error).partition("; ")[2]
    assert said

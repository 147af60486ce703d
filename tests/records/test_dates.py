"""Dates as sources give them: read, sorted and said in English."""

from __future__ import annotations

import calendar
import re
from datetime import date as Calendar
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.records.dates import BEGINNING, END, FORMS, Day, parse_date

SAID = {
    "1935": ("1935", ["1935"]),
    "2022-02": ("February 2022", ["2022-02"]),
    "2022-02-04": ("4 February 2022", ["2022-02-04"]),
    "2024-02-29": ("29 February 2024", ["2024-02-29"]),
    "2022-02~": ("about February 2022", ["2022-02"]),
    "2022?": ("perhaps 2022", ["2022"]),
    "2022-02-04%": ("perhaps about 4 February 2022", ["2022-02-04"]),
    "2022-XX": ("2022", ["2022"]),
    "2022-02-XX": ("February 2022", ["2022-02"]),
    "2022-21": ("spring 2022", [""]),
    "2022-24~": ("about winter 2022", [""]),
    "196X": ("the 1960s", [""]),
    "200X": ("the 2000s", [""]),
    "196X~": ("about the 1960s", [""]),
    "19XX": ("the 20th century", [""]),
    "20XX?": ("perhaps the 21st century", [""]),
    "12XX": ("the 13th century", [""]),
    "01XX": ("the 2nd century", [""]),
    "1960/1990": ("1960 to 1990", ["1960", "", "1990"]),
    "196X/199X": ("the 1960s to the 1990s", ["", "", ""]),
    "2022-02/2022-05": ("February to May 2022", ["2022-02", "", "2022-05"]),
    "2022-02-04/2022-03-01": ("4 February to 1 March 2022", ["2022-02-04", "", "2022-03-01"]),
    "2021-12/2022-01": ("December 2021 to January 2022", ["2021-12", "", "2022-01"]),
    "2022/2022-05": ("2022 to May 2022", ["2022", "", "2022-05"]),
    "2022-02~/2022-05": ("about February 2022 to May 2022", ["2022-02", "", "2022-05"]),
    "2022-23/2023-21": ("autumn 2022 to spring 2023", ["", "", ""]),
    "2010/..": ("since 2010", ["", "2010"]),
    "1949-10-01/": ("from 1 October 1949", ["", "1949-10-01"]),
    "../2010-06~": ("until about June 2010", ["", "2010-06"]),
    "/196X": ("until the 1960s", ["", ""]),
}


@pytest.mark.parametrize("edtf", SAID)
def test_a_date_is_said_in_english_with_what_html_can_read(edtf):
    said, datetimes = SAID[edtf]
    date = parse_date(edtf)
    assert date.say() == said
    assert [piece.datetime for piece in date.words()] == datetimes


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
    ],
)
def test_a_date_knows_the_first_and_the_last_day_it_can_mean(edtf, earliest, latest):
    date = parse_date(edtf)
    assert (date.earliest, date.latest) == date.sort_key == (earliest, latest)


def test_dates_sort_by_the_first_day_they_can_mean_and_then_the_shorter_first():
    ordered = [
        *("../1990", "19XX", "1935", "1960-01-01", "196X", "1960/1990", "1969-12-31", "2022-01-01", "2022-01"),
        *("2022", "2022/..", "2022-02", "2022-02~/2022-05", "2022-02-04", "2022-21"),
    ]
    assert sorted(sorted(ordered), key=lambda edtf: parse_date(edtf).sort_key) == ordered


NOT_A_DATE = f"is not a date; {FORMS}"
NOT_IN_CALENDAR = f"is not in the calendar; {FORMS}"

REFUSED = {
    "": f'"" {NOT_A_DATE}',
    "soon": f'"soon" {NOT_A_DATE}',
    "1960s": '"1960s" is not a date; write 196X',
    "the 1960s": '"the 1960s" is not a date; write 196X',
    "about 1960": '"about 1960" is not a date; write 1960~',
    "4 May 2022": '"4 May 2022" is not a date; write 2022-05-04',
    "May 4th, 2022": '"May 4th, 2022" is not a date; write 2022-05-04',
    "Sept. 2022": '"Sept. 2022" is not a date; write 2022-09',
    "30 February 2022": f'"30 February 2022" {NOT_A_DATE}',
    "16/05/2024": '"16/05/2024" is not a date; write 2024-05-16',
    "05/16/2024": '"05/16/2024" is not a date; write 2024-05-16',
    "05/06/2024": '"05/06/2024" is not a date; write 2024-06-05 or 2024-05-06',
    "2019–2021": '"2019–2021" is not a date; write 2019/2021',
    "2021–2019": f'"2021–2019" {NOT_A_DATE}',
    "2022-2": '"2022-2" is not a date; write 2022-02',
    "22-02-04": f'"22-02-04" {NOT_A_DATE}',
    "2022-02-4": '"2022-02-4" is not a date; write 2022-02-04',
    "04.02.2022": '"04.02.2022" is not a date; write 2022-02-04 or 2022-04-02',
    "20220204": f'"20220204" {NOT_A_DATE}',
    "86400": f'"86400" {NOT_A_DATE}',
    "2022-02-04T10:00": '"2022-02-04T10:00" is not a date; write 2022-02-04',
    "2022 ": f'"2022 " {NOT_A_DATE}',
    "2022\n": f'"2022\n" {NOT_A_DATE}',
    "２０２２": f'"２０２２" {NOT_A_DATE}',
    "~2022": f'"~2022" {NOT_A_DATE}',
    "2022~?": f'"2022~?" {NOT_A_DATE}',
    "-0050": f'"-0050" {NOT_A_DATE}',
    "Y17000": f'"Y17000" {NOT_A_DATE}',
    "[2021,2022]": f'"[2021,2022]" {NOT_A_DATE}',
    "1X": f'"1X" {NOT_A_DATE}',
    "XXXX": f'"XXXX" {NOT_A_DATE}',
    "196X-02": f'"196X-02" {NOT_A_DATE}',
    "2022-XX-04": f'"2022-XX-04" {NOT_A_DATE}',
    "2022-25": f'"2022-25" {NOT_A_DATE}',
    "2022-02-04/05": f'"05" {NOT_A_DATE}',
    "2022/2023/2024": f'"2023/2024" {NOT_A_DATE}',
    "0000": f'"0000" {NOT_IN_CALENDAR}',
    "2022-00": f'"2022-00" {NOT_IN_CALENDAR}',
    "2022-13": f'"2022-13" {NOT_IN_CALENDAR}',
    "2022-13~": f'"2022-13~" {NOT_IN_CALENDAR}',
    "2022-01-00": f'"2022-01-00" {NOT_IN_CALENDAR}',
    "2022-02-30": f'"2022-02-30" {NOT_IN_CALENDAR}',
    "2023-02-29": f'"2023-02-29" {NOT_IN_CALENDAR}',
    "2023-02-29?": f'"2023-02-29?" {NOT_IN_CALENDAR}',
    "2022-21-04": f'"2022-21-04" {NOT_IN_CALENDAR}',
    "2022-02/2022-02-31": f'"2022-02-31" {NOT_IN_CALENDAR}',
    "/": '"/" has neither beginning nor end; give one',
    "../..": '"../.." has neither beginning nor end; give one',
    "2022/2021": '"2022/2021" ends before it begins; swap the two dates',
    "2022-05-04/2022-05-03": '"2022-05-04/2022-05-03" ends before it begins; swap the two dates',
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_not_a_date_is_refused_with_what_to_write(typed):
    with pytest.raises(ValueError, match=re.escape(REFUSED[typed])) as caught:
        parse_date(typed)
    assert str(caught.value) == REFUSED[typed]


days = st.dates(min_value=Calendar(1, 1, 1))
qualifiers = st.sampled_from(["", "~", "?", "%"])


def month_end(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


@st.composite
def points(draw: st.DrawFn) -> tuple[str, Day, Day]:
    """An EDTF point, with the first and the last day it can mean."""
    day, qualifier = draw(days), draw(qualifiers)
    year, month = day.year, day.month
    decade, century = year - year % 10, year - year % 100
    season = draw(st.integers(21, 23))
    first = 3 * (season - 20)
    text, earliest, latest = draw(
        st.sampled_from(
            [
                (day.isoformat(), (year, month, day.day), (year, month, day.day)),
                (f"{year:04}-{month:02}", (year, month, 1), (year, month, month_end(year, month))),
                (f"{year:04}-{season}", (year, first, 1), (year, first + 2, month_end(year, first + 2))),
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
            ]
        )
    )


@given(st.lists(edtf_dates()))
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
    assert "".join(piece.text for piece in date.words()) == date.say()
    assert all(DATETIME.fullmatch(piece.datetime) for piece in date.words() if piece.datetime)


@given(points(), points())
def test_two_points_that_differ_are_said_differently(one, other):
    assert (one[0] == other[0]) == (parse_date(one[0]).say() == parse_date(other[0]).say())


@given(st.text(st.sampled_from("0123456789-X~?%/. "), max_size=12))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(typed):
    try:
        said = parse_date(typed).say()
    except ValueError as error:
        said = str(error).partition("; ")[2]
    assert said

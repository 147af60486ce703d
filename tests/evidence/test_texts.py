"""What some texts state: figures, dates, named times, times of day, quoted words."""

from decimal import Decimal

import pytest

from macros.evidence.texts import DATED, Texts

TEXTS = Texts(["The lock held “about 4,100 boats” in autumn.", "On Tues. it closed, and in Sept it opened."])


def test_the_figures_of_all_texts_are_stated() -> None:
    assert TEXTS.figures == {Decimal(4100)}
    assert TEXTS.has_figure(Decimal(4100))
    assert not TEXTS.has_figure(Decimal(41))


@pytest.mark.parametrize(
    ("name", "is_named"), [("Tuesday", 1), ("September", 1), ("autumn", 1), ("March", 0), ("winter", 0)]
)
def test_a_day_or_a_month_may_be_cut_short(name: str, is_named: bool) -> None:
    assert TEXTS.names_time(name) == bool(is_named)


@pytest.mark.parametrize(
    ("figure", "within", "is_dated"),
    [(1936, "", 1), (3, "3 May", 1), (3, "", 0), (3, "3 June", 0), (12, "12 June", 1), (3, "3.5.1936", 1)],
)
def test_a_day_is_that_of_a_date_beside_its_month_alone(figure: int, within: str, is_dated: bool) -> None:
    dated = Texts([], ["3 May 1936", "12 June 1940"])
    assert dated.has_figure(Decimal(figure), within) == bool(is_dated)
    assert not Texts([]).has_figure(Decimal(figure), within)


@pytest.mark.parametrize(
    ("text", "date"),
    [("3 locks on 3 May", "3 May"), ("1935, 3 May", "3 May"), ("May 3, 12 barges", "May 3"), ("1927-1949", "")],
)
def test_a_date_holds_no_number_beside_it(text: str, date: str) -> None:
    assert "".join(found[0] for found in DATED.finditer(text)) == date


def test_a_month_is_named_in_a_text_or_in_a_date() -> None:
    assert Texts([], ["3 May 1936"]).names_time("May")
    assert not Texts(["It is closed."], ["3 May 1936"]).names_time("June")


@pytest.mark.parametrize(("time", "told"), [((20, 30, 0), 1), ((8, 30, 0), 0), ((7, 15, 0), 1), ((7, 16, 0), 0)])
def test_a_time_of_day_is_told_as_such_or_by_figures(time: tuple[int, int, int], told: bool) -> None:
    assert Texts(["It closed at 8.30 p.m."]).has_clock_time([time], ["7 hours and 15 minutes"]) == bool(told)


def test_quoted_words_stand_in_one_text() -> None:
    assert TEXTS.quotes("4,100 … in autumn")
    assert not TEXTS.quotes("autumn … it closed")

"""What some texts state: figures, days and months, quoted words."""

from decimal import Decimal

import pytest

from macros.evidence.texts import Texts

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


def test_quoted_words_stand_in_one_text() -> None:
    assert TEXTS.quotes("4,100 … in autumn")
    assert not TEXTS.quotes("autumn … it closed")

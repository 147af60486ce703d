"""Figures are read as the language of a text writes them, in digits or in words."""

from decimal import Decimal

import pytest

from macros.evidence.numerals import read_figures

FIGURES = [
    ("It cost 4,100.5 crowns.", "en", "4100.5"),
    ("It took ½ a day.", "en", "0.5"),
    ("It took 3½ days.", "en", "3.5"),
    ("It is 5 m deep.", "en", "5"),
    ("See section 1.2.3 of it.", "en", "1.23"),
    ("Es kostete 4.100,5 Kronen.", "de", "4100.5"),
    ("Es kostete 4.100,5 Kronen.", "de-AT-u-nu-latn", "4100.5"),
]


@pytest.mark.parametrize(("text", "language", "figure"), FIGURES)
def test_a_figure_is_read_by_the_language_of_its_text(text, language, figure):
    assert read_figures(text, language) == {Decimal(figure)}

"""The words of units, what else they are called, and the measures that figures count."""

import pytest

from macros.evidence.units import counted_measures, unit_names, unit_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("crowns per mile", ["crowns", "mile"]),
        ("US$ or sq. km", ["us", "dollar", "or", "square", "km"]),
        ("in a hundred", ["%"]),
        ("U.S. dollars", ["us", "dollars"]),
        ("3₴", ["hryvnia"]),
    ],
)
def test_the_words_of_a_unit_stand_without_those_that_link_them(text: str, words: list[str]) -> None:
    assert unit_words(text) == words


CALLED = [
    ("%", "fr", "pour cent"),
    ("%", "fa", "درصد"),
    ("złotych", "pl", "zł"),
    ("rials", "fa", "ریال"),
    ("yen", "ja", "円"),
    ("dollars", "ar", "دولار"),
    ("euros", "el", "ευρώ"),
]


@pytest.mark.parametrize(("word", "language", "name"), CALLED)
def test_a_unit_is_known_by_its_names_in_another_language(word: str, language: str, name: str) -> None:
    assert unit_words(name) in map(unit_words, unit_names(word, frozenset({language})))


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("33 feet, 5-metre and 26%", ["feet", "metre", "%"]),
        ("5,300 thousand tonnes", ["tonnes"]),
        ("33 km in 7 square miles", ["km", "square miles"]),
        ("on the 21st, the 3rd in 2012 in winter, 5 in all", []),
        ("18 years old, 26 lamps, 3 hands, 5m or 2 won", []),
        ("half a mile", []),
    ],
)
def test_the_measures_that_figures_count_are_found(text: str, measures: list[str]) -> None:
    assert counted_measures(text) == measures

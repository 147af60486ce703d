"""The words of units, and what else they are called."""

import pytest

from macros.evidence.units import unit_names, unit_words


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

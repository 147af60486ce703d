"""What months are called in other languages."""

import pytest

from macros.evidence.typography import loose
from macros.evidence.units import names_another_month, unit_names, unit_words

ANOTHER = [
    ("fr", "le 5 mai 1901", 6),
    ("fr", "le 1er août 1901", 5),
    ("de", "am 5. Mai 1901", 6),
    ("es", "el 5 de mayo de 1901", 6),
    ("ru", "5 мая 1901 года", 6),
    ("pl", "5 maja 1901", 6),
    ("uk-UA", "5 травня 1901", 6),
    ("fr", "le 5 juillet 1901", 6),  # juin
    ("cs", "3. července 1901", 6),
    ("pl", "w maju 1901", 6),
    ("ru", "в июле 1901 года", 6),
    ("el", "τον Μάιο του 1901", 6),
    ("he", "ב־5 ביולי 1901", 6),
    ("vi", "ngày 3 tháng 5 năm 1901", 6),
    ("vi", "ngày 3 tháng 11 năm 1901", 1),
    ("zh", "1901年5月3日", 6),
    ("zh-TW", "1901年5月", 6),
    ("zh", "五月三日", 6),
    ("ja", "1901年5月", 6),
    ("de", "am 3.5.1901", 6),
    ("de", "1901-05-03", 6),
]
THE_SAME = [
    ("fr", "le 5 mai 1901", 5),
    ("ru", "5 мая 1901, в июне", 6),  # in a case that no date has
    ("fr", "mais le 5.6.1901", 6),
    ("de", "August Meyer, 5.6.1901", 6),  # a name
    ("fr", "au printemps", 6),
    ("de", "vom 3.5. bis 4.6.1901", 5),
    ("ja", "1901年5月", 5),
    ("zh", "一九〇一年十二月三日", 12),
    ("cs", "3. července 1901 a v červnu", 6),
    ("ru", "5 апреля 1901, в июле", 7),
    ("sr", "5. јула 1901", 7),
    ("sk", "v júli 1901", 7),
    ("hi", "5 मार्च 1901", 3),
    ("pt", "5 mais 1901", 6),
    ("qq", "5 mai 1901", 6),
]


@pytest.mark.parametrize(("language", "text", "month"), ANOTHER)
def test_a_month_in_place_of_another_is_seen(language: str, text: str, month: int) -> None:
    assert names_another_month(loose(text), language, month)


@pytest.mark.parametrize(("language", "text", "month"), THE_SAME)
def test_what_may_be_the_month_is_taken_for_it(language: str, text: str, month: int) -> None:
    assert not names_another_month(loose(text), language, month)


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

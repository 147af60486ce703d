"""Names of people, bodies and months in the cases of other languages."""

import re

import pytest

from macros.evidence.names import name_pattern, names_another_month
from macros.evidence.typography import loose

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
    ("language", "name", "written", "other"),
    [
        ("en", "Ada Brook", "Ada Brook", "Ada Brooks"),
        ("fr", "Maria Roy", "Maria Roy", "Mario Royer"),
        ("hu", "Kovács János", "Kovács Jánosnak", "Kovács Józsefnek"),
        ("hu", "Nagy Éva", "Nagy Évának", "Nagyvárad Évának"),
        ("fi", "Matti Virtanen", "Matti Virtasen", "Matti Virtaranta"),
        ("ru", "Иван Петров", "Ивана Петрова", "Ивана Петроградского"),
        ("ru", "Мария", "Марии", "Мариуполе"),
        ("uk", "Петренко", "Петренком", "Петра"),
        ("pl", "Jan Kowalski", "Janem Kowalskim", "Janem Kowalem"),
        ("el", "Μητσοτάκης", "Μητσοτάκη", "Μητσοτ"),
        ("de", "Hans Müller", "Hans Müllers", "Hans Müllersdorfers"),
        ("de", "Karl Marx", "Karl Marxens", "Karl Marxe"),
        ("sv", "Jan Berg", "Jan Bergs", "Jan Bergström"),
        ("no", "Jan Berg", "Jan Bergs", "Jan Bergmann"),
        ("nl", "Jan Berg", "Jan Bergs", "Jan Bergsma"),
        ("az", "Əli Məmmədov", "Əli Məmmədovun", "Əli Məmmədli"),
        ("hi", "राम शर्मा", "राम शर्माजी", "राम शर्मन"),
        ("he", "דוד כהן", "ולדוד כהן", "דודה כהנא לוי"),
        ("ar", "أحمد علي", "لأحمد علي", "محمد علي"),
        ("ko", "김철수", "김철수는", "김철호는"),
    ],
)
def test_a_name_is_known_in_the_cases_of_its_language(language, name, written, other):
    pattern = re.compile(name_pattern(name, language))
    assert pattern.fullmatch(written)
    assert not pattern.fullmatch(other)

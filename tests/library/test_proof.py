"""Proof: how a source names whoever speaks."""

import re

import pytest

from macros.library.proof import name_pattern


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


def test_who_counted_may_be_named_in_the_words_of_a_passage_of_that_source(small):
    small.change("organisations.yml", "name: Lorne Canal Board", "name: Diggers’ Board")
    assert small.problems() == []
    small.change(
        "organisations.yml", "post\n      exact: the Lorne Canal Board", "gazette\n      exact: The board"
    )
    assert [line.partition(";")[0] for line in small.problems()] == [
        'data/facts.yml:8: "board" is not named in the paragraph of these words or the two before'
    ]

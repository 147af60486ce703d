"""Who asks the library for a record that is not there is told why."""

import pytest

from macros.library.library import EVERY_RECORD, BrokenRecordError, Library
from macros.problems import AuthorError
from macros.records.kinds import Event, Fact, Quote, Topic

# What is asked for, of which kinds, and what the author is told.
ASKED = [
    ("dig", (Fact,), 'the quote "dig" is no fact'),
    ("dig", (Fact, Event), 'the quote "dig" is no fact or event'),
    ("dog", (Quote,), 'no quote "dog" in data/; did you mean "dig"?'),
    ("dog", (Topic,), 'no topic "dog" in data/'),
    ("locc", (), 'no record "locc" in data/; did you mean "lock"?'),
    ("dug", (), '"dug" is now called "dig"; write that'),
    ("dig, secret", (), '"dig, secret" is more than one id; put quotation marks round each, and no brackets'),
]


@pytest.mark.parametrize(("asked", "kinds", "told"), ASKED)
def test_a_record_that_is_not_there_is_told_with_the_nearest_of_its_kind(small, asked, kinds, told):
    library = small.read()
    library.redirects = {"secret": ["secrets"], "dig": ["dug"]}
    with pytest.raises(AuthorError) as raised:
        library.get(asked, *kinds)
    assert str(raised.value) == told


def test_a_record_that_is_wrong_is_told_with_all_that_is_wrong_with_it(small):
    library = small.change("topics.yml", "name", "nmae").read()
    with pytest.raises(BrokenRecordError) as raised:
        library.get("water")
    assert [str(each) for each in raised.value.problems] == [
        'data/topics.yml:1: "name" is missing; give it (the name a reader sees)',
        'data/topics.yml:2: "nmae" is not a field here; did you mean "name"?',
    ]


def test_what_is_asked_for_is_noted_and_can_be_asked_again(small):
    library = small.read()
    with library.tracking() as asked:
        answers = {
            (Library.locate, "dig"): library.locate("dig"),
            (Library.of, Quote, "reach"): library.of(Quote, "reach"),
            (Library.written, "dig"): library.written("dig"),
            "dig": library.get("dig"),
            "reach": library.get("reach"),
            EVERY_RECORD: [(name, library.records.data[name]) for name in library.records],
        }
    assert asked == {*answers}
    assert {question: library.answer(question) for question in answers} == answers
    assert library.answer((Library.of, Quote, "no-topic")) is None
    assert library.answer("no-record") is False
    assert small.change("topics.yml", "name", "nmae").read().answer("water") is True  # known, and wrong

"""Proof: how a source names whoever speaks."""


def test_who_counted_may_be_named_in_the_words_of_a_passage_of_that_source(small):
    small.change("organisations.yml", "name: Lorne Canal Board", "name: Diggers’ Board")
    assert small.problems() == []
    small.change(
        "organisations.yml", "post\n      exact: the Lorne Canal Board", "gazette\n      exact: The board"
    )
    assert [line.partition(";")[0] for line in small.problems()] == [
        'data/facts.yml:8: "board" is not named in the paragraph of these words or the two before'
    ]

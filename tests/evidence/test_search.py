"""Words are found in the sentence that holds them."""

import pytest

from macros.evidence.article import Article
from macros.evidence.search import search_articles

# A text, the words looked for, and the sentences that hold them.
FOUND = [
    ("The sea is far. “We dig.” It rains.", "dig", ["“We dig.”"]),
    ("The U.S. canal ended. Nobody asked why.", "canal", ["The U.S. canal ended."]),
    ("两国合作。我们挖。", "我们", ["我们挖。"]),
    ("We dig. They dig and rest.", "rest dig", ["They dig and rest."]),
    ("A canal\nWe dig the canal.", "canal", ["A canal", "We dig the canal."]),
]


@pytest.mark.parametrize(("text", "words", "sentences"), FOUND)
def test_words_are_found_in_the_sentence_that_holds_them(text: str, words: str, sentences: list[str]) -> None:
    assert [hit.words for hit in search_articles([Article("a", text)], words)] == sentences

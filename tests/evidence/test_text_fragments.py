"""A link to the sentence: its first match in the article is the very words."""

import re
import string
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.evidence.article import Article
from macros.evidence.selectors import find_passage
from macros.evidence.text_fragments import LONGEST_EXACT, text_directive

from ..support.library import passage


def found_by_a_browser(page: str, directive: str) -> tuple[int, int] | None:
    """The first match of a text directive, as the specification finds it: whole words, capitals folded."""
    parts = directive.removeprefix("text=").split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    first, last = unquote(parts[0]), unquote(parts[1]) if len(parts) > 1 else ""
    assert len(parts) <= 2

    def pattern(words: str) -> str:
        inner = r"\s+".join(map(re.escape, words.split()))
        return (r"\b" if words[0].isalnum() else "") + inner + (r"\b" if words[-1].isalnum() else "")

    for start in re.finditer(pattern(first), page, re.IGNORECASE):
        if prefix and not re.search(rf"{pattern(prefix)}\s*$", page[: start.start()], re.IGNORECASE):
            continue
        ends = [start] if not last else re.finditer(pattern(last), page, re.IGNORECASE)
        for end in ends:
            if last and end.start() < start.end():
                continue
            if not suffix or re.match(rf"\s*{pattern(suffix)}", page[end.end() :], re.IGNORECASE):
                return start.start(), end.end()
            if last:
                continue
    return None


def stretches(article: Article) -> Iterator[tuple[int, int]]:
    """Where each quotation stands in the article's own characters."""
    for span in article.quotations:
        yield article.origins[span.start], article.origins[span.end - 1] + 1


def test_a_link_opens_the_article_at_its_own_characters(post):
    found = find_passage(post, passage("Farmers call it 'the thirsty ditch' ... and they're right."), quoted=True)
    assert found.directive == (
        "text=Farmers%20call%20it%20%E2%80%98the%20thirsty%20ditch%E2%80%99%20%E2%80%A6%20and%20they%E2%80%99re%20right."
    )


def test_hyphens_commas_ampersands_and_wide_spaces_are_encoded():
    page = "A well-dug, deep\u00a0&  wide canal?"
    assert text_directive(page, 0, len(page)) == "text=A%20well%2Ddug%2C%20deep%20%26%20wide%20canal%3F"


def test_a_long_passage_is_named_by_its_first_and_last_words():
    page = "Some words before. " + " ".join(f"word{number}" for number in range(40)) + ". Some words after."
    start, end = page.index("word0"), page.index("word39") + 6
    directive = text_directive(page, start, end)
    assert directive == "text=word0%20word1%20word2%20word3%20word4,word35%20word36%20word37%20word38%20word39"
    assert found_by_a_browser(page, directive) == (start, end)
    short = page.index("word9") + 5
    assert short - start <= LONGEST_EXACT
    assert "," not in text_directive(page, start, short)


def test_a_passage_of_several_lines_is_named_by_the_first_and_the_last():
    page = "“We dig\u2028until we reach\u2028the sea.”"
    assert text_directive(page, 1, len(page) - 1) == "text=We%20dig,the%20sea."


@pytest.mark.parametrize(
    ("page", "words", "nth"),
    [
        ("We dig. They dig. We dig on.", "dig", 2),  # before decides
        ("dig deep\ndig on\n", "dig", 1),  # nothing stands before, so after decides
        ("The sea is wide\nThe sea is deep\n", "sea", 1),  # the same word before, so after decides
        ("We who have dug it all by hand dig. They who have dug it all by hand dig.", "dig", 1),  # eight words
        ("DIG on. Now dig on.", "dig", 0),  # a browser folds capitals
        ("digging, then dig.", "dig", 1),  # only whole words
    ],
)
def test_what_stands_beside_the_words_decides_between_two_places(page, words, nth):
    start = [match.start() for match in re.finditer(words, page)][nth]
    directive = text_directive(page, start, start + len(words))
    assert found_by_a_browser(page, directive) == (start, start + len(words))


def test_a_long_passage_whose_ends_stand_elsewhere_is_still_found():
    speech = (
        "we shall dig and dig and dig until the very sea, whatever the cost may be "
        "to the villages of Lorne and of Marle and to us all"
    )
    page = f"we shall dig and dig no more, they said, to us all.\n{speech}\nand of Marle and to us all\n"
    start = page.index(speech)
    assert len(speech) > LONGEST_EXACT
    assert found_by_a_browser(page, text_directive(page, start, start + len(speech))) == (
        start,
        start + len(speech),
    )


@pytest.mark.parametrize(
    ("line", "directive"),
    [("a sea is", "a-,sea,-is"), ("a b c d e f g h i sea", "b%20c%20d%20e%20f%20g%20h%20i-,sea")],
)
def test_a_passage_that_nothing_near_tells_from_another_is_named_with_at_most_eight_words_beside_it(
    line, directive
):
    start = len(line) + 1 + line.index("sea")
    assert text_directive(f"{line}\n{line}\n", start, start + 3) == f"text={directive}"


def first_matches_are_ours(article: Article) -> bool:
    return all(
        found_by_a_browser(article.raw, text_directive(article.raw, start, end)) == (start, end)
        for start, end in stretches(article)
    )


def test_the_first_match_of_every_link_is_the_quotation_itself(post, gazette):
    assert first_matches_are_ours(post)
    assert first_matches_are_ours(gazette)


def test_the_first_match_of_every_link_into_the_articles_is_the_quotation_itself(real):
    assert all(map(first_matches_are_ours, real))


@given(
    st.lists(
        st.sampled_from(["dig", "Dig", "a", "sea,", "the", "well-dug", "ditch", "“No”"]), min_size=30, max_size=60
    ),
    st.data(),
)
def test_a_link_is_always_made_of_the_passages_own_words(words, data):
    page = " ".join(words)
    at = data.draw(st.integers(0, len(words) - 1))
    start = len(" ".join(words[:at])) + (at > 0)
    end = start + len(words[at])
    directive = text_directive(page, start, end)
    assert directive.startswith("text=")
    assert set(directive) <= set(string.ascii_letters + string.digits + "=%,-._~")
    assert words[at] in map(unquote, directive.removeprefix("text=").split(","))
    place = found_by_a_browser(page, directive)
    assert place is None or page[slice(*place)].casefold() == words[at].casefold()

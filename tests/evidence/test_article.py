"""An article's text: what folds, what is prose, and what stands between quotation marks."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.evidence.article import Article, unwrap
from macros.evidence.search import search_articles
from macros.evidence.selectors import select_quotation
from macros.evidence.typography import FOLDS, PRESENTATION_FORMS, fold
from macros.records.parts import Furniture

from ..support.library import POST


def test_only_quotation_marks_dashes_ellipses_and_spaces_fold():
    assert fold("“a” „b‟ ″c″ ‘d’ ‚e‛ ′f′") == "\"a\" \"b\" \"c\" 'd' 'e' 'f'"
    assert fold("a‐b‑c‒d–e—f―g−h") == "a-b-c-d-e-f-g-h"
    assert fold("  a\u00a0 \u2009b\t\n c… ") == "a b c..."
    kept = "Äé ß ½ ² · ! ? ; : , . ( ) [ ] / & % $ € ‰ « » × ' \" - A a 1"
    assert fold(kept) == kept


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(
    st.text(
        st.characters(
            exclude_categories=["Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Pd", "Pi", "Pf", "Po", "Ps", "Sm"],
            exclude_characters="❝❞ʼʻ" + "".join(map(chr, PRESENTATION_FORMS)),
        )
    )
)
def test_folding_touches_no_letter_digit_or_symbol(text):
    assert fold(text) == normalize("NFC", text)


@given(st.text(st.sampled_from(" \n\u00a0a“–…é\t"), max_size=40))
def test_every_folded_character_knows_where_it_stood(raw):
    article = Article("any", raw)
    assert len(article.origins) == len(article.text)
    for at, character in zip(article.origins, article.text, strict=True):
        assert character == "\n" or character in article.raw[at].translate(FOLDS)
    assert article.origins == sorted(article.origins)


def test_furniture_is_counted_apart_and_headings_name_the_section(small):
    article = Article("post", POST, small.read().records["post"].furniture)
    assert [(one.role, one.number, one.section) for one in article.paragraphs] == [
        ("title", 1, ""),
        ("byline", 1, ""),
        ("paragraph", 1, ""),
        ("paragraph", 2, ""),
        ("heading", 1, "The cost"),
        ("paragraph", 3, "The cost"),
        ("caption", 1, "The cost"),
        ("paragraph", 4, "The cost"),
        ("paragraph", 5, "The cost"),
        ("paragraph", 6, "The cost"),
    ]
    assert article.undeclared == set()


def test_a_declaration_that_fits_no_paragraph_is_remembered(small):
    small.change("sources.yml", "- starts: The cost\n", "- starts: The price\n")
    assert Article("post", POST, small.read().records["post"].furniture).undeclared == {"The price"}


def test_a_declaration_that_is_all_of_one_paragraph_declares_none_that_goes_on():
    article = Article("any", "By Brook\nBy Brook it was dug.", [Furniture(starts="By Brook", role="byline")])
    assert [each.role for each in article.paragraphs] == ["byline", "paragraph"]


def test_quotations_are_what_stands_between_double_marks(post):
    assert [post.original(span) for span in post.quotations] == [
        "without end",
        "We will dig until the sea,",
        "No stone will stop us.",
        "The cost is not a secret,",
        "a passing cloud",
        "friends of the river.",
        "Farmers call it ‘the thirsty ditch’ … and they’re right.",
        "without end",
    ]
    assert [post.original(span) for span in post.all_quotations if span not in post.quotations] == [
        "the thirsty ditch"
    ]


def test_straight_marks_and_a_quotation_that_goes_on_in_the_next_paragraph_are_quotations():
    article = Article("post", 'He wrote "one" and "two".\n“It goes on.\n“And on,” he said.\n')
    assert [article.original(span) for span in article.quotations] == ["one", "two", "It goes on.", "And on,"]


@pytest.mark.parametrize(
    ("written", "selected"),
    [
        ("The “un\u00adsink\u00adable lamp” burns.", "unsinkable lamp"),
        ("“\u200fשלום\u200e (1931)\u200f”", "שלום (1931)"),
        ("“no\u200b width\ufeff, no\u2060 break, no join\u200der”", "no width, no break, no joiner"),
        ("“می\u200cخواهم”", "می\u200cخواهم"),
    ],
)
def test_what_is_selected_from_a_text_holds_nothing_that_a_data_file_refuses(written, selected):
    (hit,) = search_articles([Article("a", written)], selected)
    assert [each["exact"] for each in select_quotation(hit)] == [selected]


WRAPPED = "The farmers dug the long canal,\nand the board paid for\nall of it.\n\nNobody asked why it ended."


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (WRAPPED, 3),
        (WRAPPED.replace("\n\n", "\n"), 4),  # without empty lines, each line is a paragraph
        ("A canal\nBy Ada Brook\n\nThe farmers dug the long canal, and paid.", 4),  # short lines end by themselves
        ("x" * 100 + "\nand more\n\nNobody asked.", 3),
        ("x" * 101 + "\nand more\n\nNobody asked.", 4),
    ],
)
def test_only_line_ends_that_wrap_a_paragraph_become_spaces(text, lines):
    assert len(unwrap(text).split("\n")) == lines


def test_the_fingerprint_of_a_text_does_not_depend_on_its_line_ends_or_mark():
    assert len({Article("a", text).sha256 for text in ("a\nb\n", "a\r\nb\r\n", "\ufeffa\nb\n")}) == 1

"""A passage, a quotation or its parts are found where they stand, nothing like them is, and a link opens there."""

import re
import string
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.evidence.article import Article, fold
from macros.evidence.search import search_articles
from macros.evidence.selectors import (
    LONGEST_EXACT,
    find_parts,
    find_passage,
    select_anchor,
    select_quotation,
    selector_digest,
    text_directive,
)
from macros.problems import AuthorError
from macros.records.models import Passage

from ..support.library import POST, passage
from ..support.wrong_quotations import accepted, wrong

ARTICLE = Article("post", POST)
OF_LONGEST = " ".join(f"w{number:02}" for number in range(29)).ljust(LONGEST_EXACT - 4) + "last"


def prove(article: Article, passages: tuple[Passage, ...], *, quoted: bool) -> None:
    if len(passages) == 1:
        find_passage(article, passages[0], quoted=quoted)
    else:
        find_parts(article, passages)


def refusal(article: Article, *passages: Passage, quoted: bool = True) -> str:
    with pytest.raises(AuthorError) as caught:
        prove(article, passages, quoted=quoted)
    return str(caught.value)


def test_a_passage_is_found_with_its_section_paragraph_and_offsets(post):
    found = find_passage(post, passage("a third more than planned"), quoted=False)
    assert (found.role, found.number, found.section) == ("paragraph", 6, "")
    assert post.text[found.start : found.end] == "a third more than planned"


@pytest.mark.parametrize(
    "words",
    [
        *("farmer", "armers", "he water stops", "the water stop"),  # parts of words
        *("4,100", "100.5", "4,100.", ",100.5", "4"),  # parts of a number
        *("they", "re right", "they'"),  # parts of a word with an apostrophe
    ],
)
def test_part_of_a_word_or_number_is_not_found(post, words):
    assert f'is not in "{post.name}"' in refusal(post, passage(words), quoted=False)


@pytest.mark.parametrize(
    "words", ["4,100.5", "the farmers' village,", "a mile - a third", "planned — by", "1936."]
)
def test_whole_words_and_numbers_are_found(post, words):
    assert find_passage(post, passage(words), quoted=False)


def test_a_dash_between_words_parts_them_and_a_hyphen_joins_them():
    article = Article("post", "The well-dug canal—a ditch—ended. A $5,000 prize of 5% went to re‑election.")
    for whole in ("a ditch", "canal", "ended.", "well-dug", "$5,000", "5%", "5", "re-election"):
        assert find_passage(article, passage(whole), quoted=False), whole
    for part in ("well", "dug canal", "5,00", "000", "election"):
        assert "is not in" in refusal(article, passage(part), quoted=False), part


def test_no_passage_runs_from_one_paragraph_into_the_next(post):
    assert refusal(post, passage("in 1936. The"), quoted=False) == (
        'is not in "post": after "in 1936." the text ends; copy it from there'
    )
    assert "is not in" in refusal(post, passage("second lock. “We will dig"), quoted=False)


def test_words_that_stand_twice_need_a_prefix_or_suffix(post):
    assert refusal(post, passage("without end"), quoted=True) == (
        'stands 2 times in "post"; add a prefix or suffix that tells which'
    )
    first = find_passage(post, passage("without end", prefix='promised a canal "'), quoted=True)
    second = find_passage(post, passage("without end", suffix="” ended"), quoted=True)
    assert first.start < second.start
    assert refusal(post, passage("without end", prefix="a bridge"), quoted=True) == (
        'stands in "post", but not with this prefix or suffix; copy what is beside it'
    )
    assert refusal(post, passage("the", suffix="second lock"), quoted=False).startswith("stands 2 times")


def test_a_wrong_prefix_is_refused_even_where_none_was_needed(post):
    assert "not with this prefix" in refusal(post, passage("a passing cloud", prefix="the loan “"))
    assert "not with this prefix" in refusal(post, passage("a passing cloud", suffix="” or"))


def test_a_refusal_shows_where_the_words_leave_the_text(post):
    assert refusal(post, passage("the water ends at the second lock"), quoted=False) == (
        'is not in "post": after "the water" the text reads "stops at the second"; copy it from there'
    )
    assert refusal(post, passage("Bridges"), quoted=False) == 'is not in "post"; copy it from there'


def test_an_ellipsis_of_ours_is_refused_and_one_of_the_source_is_kept(post):
    assert refusal(post, passage("The engineers … promised a canal"), quoted=False) == (
        'is not in "post": after "The engineers" the text reads "of Lorne promised a"; copy it from there'
    )
    assert find_passage(post, passage("Farmers call it ‘the thirsty ditch’ ... and they’re right."), quoted=True)


def test_every_quotation_of_the_article_is_accepted(post):
    for span in set(map(post.original, post.quotations)) - {"without end"}:
        assert find_passage(post, passage(span), quoted=True)
    assert find_passage(post, passage("the thirsty ditch"), quoted=True)


NARRATION = (
    'does not stand between quotation marks in "post"; '
    'give what they enclose, make it a fact, or list its own in "quotation_marks"'
)


def test_the_marks_themselves_are_not_part_of_a_quotation(post):
    assert refusal(post, passage("“a passing cloud”")) == NARRATION


def test_narration_is_refused_as_a_quotation(post):
    assert refusal(post, passage("The engineers of Lorne promised a canal")) == NARRATION
    assert refusal(post, passage("said Ada Brook, the chief engineer")) == NARRATION
    assert refusal(post, passage("She called the debt “a passing cloud”")) == NARRATION
    assert refusal(post, passage("a passing cloud” and the critics “friends of the river.")) == NARRATION


def test_part_of_a_quotation_is_refused_because_it_can_turn_its_meaning(post):
    message = 'is only part of what stands between the marks; give all of it: "{}"'
    assert refusal(post, passage("a secret,")) == message.format("The cost is not a secret,")
    assert refusal(post, passage("a secret")) == message.format("The cost is not a secret,")
    assert refusal(post, passage("The cost is not a secret")) == message.format("The cost is not a secret,")
    assert refusal(post, passage("they’re right.")) == message.format(
        "Farmers call it ‘the thirsty ditch’ … and they’re right."
    )


def test_the_parts_of_an_interrupted_speech_are_accepted(post):
    parts = [passage("We will dig until the sea,"), passage("No stone will stop us.")]
    assert [part.number for part in find_parts(post, parts)] == [4, 4]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("«الماء»، يقول سعد، «ليس سلعة».", ("الماء", "ليس سلعة")),
        ("「海まで、」と田中は言い、「必ず。」", ("海まで、", "必ず。")),
        ("「海まで」と田中は言い、「必ず」と続けた。", ("海まで", "必ず")),
        ("「われわれは」と彼は続けた。「海まで行く」。", ("われわれは", "海まで行く")),
        ("“멈추지 않는다”고 그는 말했다. “결코.”", ("멈추지 않는다", "결코.")),
        # Within one pair of marks
        ("« Oui, dit-il, et demain. »", ("Oui,", "et demain.")),
        ("« Oui, a déclaré Ada Brook. Et demain. »", ("Oui,", "Et demain.")),
        ("«Да, — сказал он, — и завтра. — добавил он. — Всегда».", ("Да,", "и завтра.", "Всегда")),
        ("„Tak – powiedział – i jutro”.", ("Tak", "i jutro")),
        ("«Sí —dijo Ada— y mañana».", ("Sí", "y mañana")),
    ],
)
def test_a_speech_is_interrupted_with_the_commas_of_its_script(text, parts):
    assert len(find_parts(Article("post", text), [*map(passage, parts)])) == len(parts)


def test_what_is_no_naming_of_the_speaker_stays_part_of_a_speech():
    for text in ("« Oui, dix fois, et demain. »", "«Да, — увы, — и завтра»."):
        words = Article("post", text).original(Article("post", text).quotations[0])
        assert find_parts(Article("post", text), [passage(words)])
        part = words.partition(",")[0]
        assert refusal(Article("post", text), passage(f"{part},")).startswith("is only part of what stands")


NOT_ONE = "is not one speech that the text interrupts; fix the order, or make each part a record"


def test_parts_in_another_order_are_refused(post):
    parts = [passage("We will dig until the sea,"), passage("No stone will stop us.")]
    assert refusal(post, *reversed(parts)) == NOT_ONE
    assert refusal(post, passage("a passing cloud"), passage("The cost is not a secret,")) == NOT_ONE


@pytest.mark.parametrize(
    "parts",
    [
        ("No stone will stop us.", "The cost is not a secret,"),  # two paragraphs
        ("The cost is not a secret,", "friends of the river."),  # another quotation stands between
        ("a passing cloud", "a passing cloud"),  # twice the same
        ("Farmers call it ‘the thirsty ditch’ … and they’re right.", "the thirsty ditch"),  # one inside the other
        ("the thirsty ditch", "the thirsty ditch"),
    ],
)
def test_parts_that_do_not_follow_one_another_are_refused(post, parts):
    assert refusal(post, *map(passage, parts)) == NOT_ONE


def test_phrases_that_the_article_weaves_into_its_own_sentence_are_refused_as_one_quotation(post):
    assert refusal(post, passage("a passing cloud"), passage("friends of the river.")) == NOT_ONE


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He called it “a scar” for farmers, “a wound” for all.", ("a scar", "a wound")),
        ("She saw “an end” at Marle. “Water” was sold.", ("an end", "Water")),
        ("“We dig,” he said “Nobody digs.”", ("We dig,", "Nobody digs.")),
        ("“We dig,” he said. “and more.”", ("We dig,", "and more.")),
        ("He called it “a scar” – and others – “a wound”.", ("a scar", "a wound")),
        ("They said “we dig,” while others “sat down.”", ("we dig,", "sat down.")),
        ("彼は「傷」と「溝」を見た。", ("傷", "溝")),
        ("彼は「傷」と、「溝」を見た。", ("傷", "溝")),
    ],
)
def test_a_pause_of_the_article_is_no_pause_of_the_speech(text, parts):
    assert refusal(Article("post", text), *map(passage, parts)) == NOT_ONE


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("“Who digs?” he asked. “Nobody digs.”", ("Who digs?", "Nobody digs.")),
        (
            "“We dig —” he coughed — “the board, that is,” he went on, “until dawn.”",
            ("the board, that is,", "until dawn."),
        ),
        ("“We dig”, he said, “until dawn”.", ("We dig", "until dawn")),
    ],
)
def test_a_speech_may_pause_at_any_mark_on_either_side_of_the_quotation_mark(text, parts):
    assert len(find_parts(Article("post", text), [passage(part) for part in parts])) == 2


def test_the_selector_made_for_words_that_were_found_finds_them_there():
    article = Article("post", f"{POST}The sea is wide.\nThe sea is deep.")
    for words in ("without end", "second lock", "cost is not a", "the sea"):
        for hit in search_articles([article], words):
            assert find_passage(article, Passage(**select_anchor(hit)), quoted=False).start == hit.span.start
            for made in select_quotation(hit) if hit.quotation else ():
                assert find_passage(article, Passage(**made), quoted=True)


def test_every_part_must_be_a_quotation(post):
    assert refusal(post, passage("We will dig until the sea,"), passage("said Ada Brook")) == NARRATION


VARIANTS = {
    '"': '"“”„‟″',
    "'": "'‘’‚‛′",
    "-": "-‐‑‒–—―−",
    " ": [" ", "  ", "\u00a0", "\u2009", "\u202f", "\t", "\n", " \n "],
}


@st.composite
def reset(draw: st.DrawFn, words: str) -> str:
    """The same words, set by another typographer."""
    folded = draw(st.sampled_from([fold(words), fold(words).replace("...", "…")]))
    return "".join(draw(st.sampled_from(VARIANTS[c])) if c in VARIANTS else c for c in folded)


@given(st.data())
def test_a_true_quotation_is_accepted_however_it_is_set(data):
    words = data.draw(st.sampled_from([ARTICLE.original(span) for span in ARTICLE.quotations[1:-1]]))
    selector = passage(data.draw(reset(words)))
    found = find_passage(ARTICLE, selector, quoted=True)
    assert ARTICLE.text[found.start : found.end] == fold(words)
    assert found.digest == selector_digest(passage(words), quoted=True)


def test_every_one_token_change_of_a_quotation_is_refused(post):
    cases = list(wrong(post))
    assert len(cases) > 1500
    assert [changed for _, changed in cases if accepted(post, changed)] == []


@given(st.sampled_from([ARTICLE.original(span) for span in ARTICLE.quotations]), st.data())
def test_a_quotation_with_any_character_put_in_is_refused(words, data):
    at = data.draw(st.integers(0, len(words)))
    changed = words[:at] + data.draw(st.characters(exclude_categories=["Cs", "Zs", "Cc"])) + words[at:]
    assert fold(changed) == fold(words) or not accepted(ARTICLE, changed)


def test_every_quotation_of_the_articles_is_accepted_or_stands_more_than_once(real):
    for article in real:
        words = [fold(article.original(span)) for span in article.quotations]
        refused = [each for each in words if not accepted(article, each)]
        assert all(len(list(article.occurrences(each))) > 1 for each in refused)
        assert len(refused) < len(words) / 5


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


@pytest.mark.parametrize(
    ("page", "words", "directive"),
    [
        ("A well-dug, deep\u00a0&  wide canal?", "A well-dug, deep\u00a0&  wide canal?",
         "A%20well%2Ddug%2C%20deep%20%26%20wide%20canal%3F"),
        ("The sea is wide and blue.\nThe sea is deep and dark.", "sea", "The-,sea,-is%20deep"),
        ("dig a dig", "dig", "a-,dig"),
        ("redig dig", "dig", "dig"),
        ("longer-word " * 10 + "longest-word", "longer-word " * 10 + "longest-word",
         "%20".join(["longer%2Dword"] * 5) + "," + "%20".join(["longer%2Dword"] * 4 + ["longest%2Dword"])),
        (OF_LONGEST, OF_LONGEST, OF_LONGEST.replace(" ", "%20")),
        ("See f(x)y there.", "(x)", "%28x%29"),
        ("No — No.", "No.", "No."),
        ("It is — is", "— is", "%E2%80%94%20is"),
    ],
)  # fmt: skip
def test_a_link_names_as_few_words_as_it_takes_with_their_signs_encoded(page, words, directive):
    start = page.rindex(words)
    assert text_directive(page, start, start + len(words)) == f"text={directive}"


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

"""Is it in the source? Passages, quotations, parts, the lock, and links to the sentence."""

from __future__ import annotations

import json
import os
import re
import string
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.evidence.article import FOLDS, Article, fold
from macros.evidence.lock import Lock
from macros.evidence.selectors import find_parts, find_passage, selector_digest
from macros.evidence.text_fragments import LONGEST_EXACT, text_directive
from macros.library.loader import load_library
from macros.library.yaml import read_yaml
from macros.problems import AuthorError
from macros.records.kinds import Source
from macros.records.models import Passage

from .conftest import POST, PROJECT, passage

ARTICLE = Article("post", POST)


def prove(article: Article, passages: tuple[Passage, ...], *, quoted: bool) -> None:
    if len(passages) == 1:
        find_passage(article, passages[0], quoted=quoted)
    else:
        find_parts(article, passages)


def refusal(article: Article, *passages: Passage, quoted: bool = True) -> str:
    with pytest.raises(AuthorError) as caught:
        prove(article, passages, quoted=quoted)
    return str(caught.value)


# Folding


def test_only_quotation_marks_dashes_ellipses_and_spaces_fold():
    assert fold("“a” „b‟ ″c″ ‘d’ ‚e‛ ′f′") == "\"a\" \"b\" \"c\" 'd' 'e' 'f'"
    assert fold("a‐b‑c‒d–e—f―g−h") == "a-b-c-d-e-f-g-h"
    assert fold("  a\u00a0 \u2009b\t\n c… ") == "a b c..."
    kept = "Äé ß ½ ² · ! ? ; : , . ( ) [ ] / & % $ € ‰ « » × ' \" - A a 1"
    assert fold(kept) == kept


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(exclude_categories=["Zs", "Cc", "Pd", "Pi", "Pf", "Po", "Ps", "Sm"])))
def test_folding_touches_no_letter_digit_or_symbol(text):
    assert fold(text) == text


@given(st.text(st.sampled_from(" \n\u00a0a“–…é\t"), max_size=40))
def test_every_folded_character_knows_where_it_stood(raw):
    article = Article("any", raw)
    assert len(article.origins) == len(article.text)
    for at, character in zip(article.origins, article.text, strict=True):
        assert character == "\n" or character in raw[at].translate(FOLDS)
    assert article.origins == sorted(article.origins)


# Passages


def test_a_passage_is_found_with_its_section_paragraph_and_offsets(post):
    found = find_passage(post, passage("a third more than planned"), quoted=False)
    assert (found.role, found.number, found.section) == ("paragraph", 6, "")
    assert post.text[found.start : found.end] == "a third more than planned"


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
        'stands in "post", but not with this prefix or suffix; copy the words beside it'
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
        "leaves words out with an ellipsis of its own; give all the words, or each part as evidence of its own"
    )
    assert find_passage(post, passage("Farmers call it ‘the thirsty ditch’ ... and they’re right."), quoted=True)


# Quotations


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
    assert [post.original(span) for span in post.inner_quotations] == ["the thirsty ditch"]


def test_straight_marks_and_a_quotation_that_goes_on_in_the_next_paragraph_are_quotations():
    article = Article("post", 'He wrote "one" and "two".\n“It goes on.\n“And on,” he said.\n')
    assert [article.original(span) for span in article.quotations] == ["one", "two", "It goes on.", "And on,"]


def test_every_quotation_of_the_article_is_accepted(post):
    for span in set(map(post.original, post.quotations)) - {"without end"}:
        assert find_passage(post, passage(span), quoted=True)
    assert find_passage(post, passage("the thirsty ditch"), quoted=True)


def test_the_marks_themselves_are_not_part_of_a_quotation(post):
    message = "holds the quotation marks themselves; give only what stands between them"
    assert refusal(post, passage("“a passing cloud”")) == message


def test_narration_is_refused_as_a_quotation(post):
    message = 'is narration in "post", not between quotation marks; make it a fact, or quote less'
    assert refusal(post, passage("The engineers of Lorne promised a canal")) == message
    assert refusal(post, passage("said Ada Brook, the chief engineer")) == message
    assert refusal(post, passage("She called the debt “a passing cloud”")) == message
    assert refusal(post, passage("a passing cloud” and the critics “friends of the river.")) == message


def test_part_of_a_quotation_is_refused_because_it_can_turn_its_meaning(post):
    message = 'is only part of what stands between the quotation marks; give all of it: "{}"'
    assert refusal(post, passage("a secret,")) == message.format("The cost is not a secret,")
    assert refusal(post, passage("a secret")) == message.format("The cost is not a secret,")
    assert refusal(post, passage("The cost is not a secret")) == message.format("The cost is not a secret,")
    assert refusal(post, passage("they’re right.")) == message.format(
        "Farmers call it ‘the thirsty ditch’ … and they’re right."
    )


# Parts


def test_the_parts_of_an_interrupted_speech_are_accepted(post):
    parts = [passage("We will dig until the sea,"), passage("No stone will stop us.")]
    assert [part.number for part in find_parts(post, parts)] == [4, 4]


def test_parts_in_another_order_are_refused(post):
    assert refusal(post, passage("No stone will stop us."), passage("We will dig until the sea,")) == (
        "has its parts in another order than the text; put them in the text's order"
    )
    assert "has its parts in another order" in refusal(
        post, passage("a passing cloud"), passage("The cost is not a secret,")
    )


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
    assert refusal(post, *map(passage, parts)) == (
        "joins quotations that do not follow one another in one paragraph; make a record of each"
    )


def test_phrases_that_the_article_weaves_into_its_own_sentence_are_refused_as_one_quotation(post):
    assert refusal(post, passage("a passing cloud"), passage("friends of the river.")) == (
        "joins phrases of two separate quotations; make a record of each"
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He called it “a scar” for farmers, “a wound” for all.", ("a scar", "a wound")),
        ("She saw “an end” at Marle. “Water” was sold.", ("an end", "Water")),
        ("They said “we dig,” while others “sat down.”", ("we dig,", "sat down.")),
    ],
)
def test_a_pause_of_the_article_is_no_pause_of_the_speech(text, parts):
    assert refusal(Article("post", text), *map(passage, parts)) == (
        "joins phrases of two separate quotations; make a record of each"
    )


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


def test_every_part_must_be_a_quotation(post):
    assert "is narration" in refusal(post, passage("We will dig until the sea,"), passage("said Ada Brook"))


# True quotations, however they are set


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


# Wrong quotations


def tampered(words: str) -> Iterator[str]:
    """Every quotation that differs from `words` by one word, letter, digit, capital or mark."""
    tokens = words.split(" ")
    for at, token in enumerate(tokens):
        before, after = tokens[:at], tokens[at + 1 :]
        yield " ".join([*before, *after])
        yield " ".join([*before, token, token, *after])
        for word in ("not", "never", "the"):
            yield " ".join([*before, word, token, *after])
            yield " ".join([*before, word, *after])
        if after:
            yield " ".join([*before, after[0], token, *after[1:]])
    yield f"{words} not"
    for at, character in enumerate(words):
        before, after = words[:at], words[at + 1 :]
        yield before + after
        yield before + character.swapcase() + after
        if character.isalpha():
            yield before + ("e" if character != "e" else "a") + after
            yield before + character + character + after
        elif character.isdigit():
            yield before + str((int(character) + 1) % 10) + after
        else:
            yield from (before + mark + after for mark in ",.;:!?-' ")
        if character == " ":
            yield from (before + mark + " " + after for mark in ",.;-")
    yield from (words + mark for mark in ",.;:!?…")
    yield from (mark + words for mark in "…-'\"")


def wrong(article: Article) -> Iterator[tuple[str, str]]:
    """Each tampered quotation, with the true one; what folds into a true quotation is not wrong."""
    true = {fold(article.original(span)) for span in (*article.quotations, *article.inner_quotations)}
    for words in sorted(true):
        seen = set(true)
        for changed in tampered(words):
            if fold(changed) and fold(changed) not in seen:
                seen.add(fold(changed))
                yield words, changed


def accepted(article: Article, words: str) -> bool:
    try:
        find_passage(article, Passage(source=article.name, exact=words), quoted=True)
    except AuthorError:
        return False
    return True


def test_every_one_token_change_of_a_quotation_is_refused(post):
    cases = list(wrong(post))
    assert len(cases) > 1500
    assert [changed for _, changed in cases if accepted(post, changed)] == []


@given(st.sampled_from([ARTICLE.original(span) for span in ARTICLE.quotations]), st.data())
def test_a_quotation_with_any_character_put_in_is_refused(words, data):
    at = data.draw(st.integers(0, len(words)))
    changed = words[:at] + data.draw(st.characters(codec="utf-8", exclude_categories=["Zs", "Cc"])) + words[at:]
    assert fold(changed) == fold(words) or not accepted(ARTICLE, changed)


@pytest.fixture(scope="session")
def real() -> list[Article]:
    """The project's own articles, where their texts are at hand."""
    texts = Path(os.environ.get("SOURCES") or PROJECT.parent / "shared" / "sources")
    sources = [
        Source.model_validate(one) for one in read_yaml(PROJECT / "data" / "sources.yml", "sources.yml").data
    ]
    found = [
        Article(source.id, (texts / source.text).read_text(encoding="utf-8"), source.furniture)
        for source in sources
        if (texts / source.text).is_file()
    ]
    if not found:
        pytest.skip(f"the articles' texts are not at hand: set SOURCES (now {texts})")
    return found


def test_none_of_ten_thousand_wrong_quotations_of_the_articles_is_accepted(real):
    cases = [(article, changed) for article in real for _, changed in wrong(article)]
    assert len(cases) >= 10_000
    assert [changed for article, changed in cases if accepted(article, changed)] == []


def test_every_quotation_of_the_articles_is_accepted_or_stands_more_than_once(real):
    for article in real:
        words = [fold(article.original(span)) for span in article.quotations]
        refused = [each for each in words if not accepted(article, each)]
        assert all(len(list(article.occurrences(each))) > 1 for each in refused)
        assert len(refused) < len(words) / 5


# The lock


def test_the_lock_holds_one_record_a_line_in_order_and_always_the_same_bytes(small):
    first = small.verify().read_text(encoding="utf-8")
    lines = first.splitlines()
    records = json.loads(first)["records"]
    assert list(records) == sorted(records)
    sources = json.loads(first)["sources"]
    assert len(lines) == 2 + len(sources) + 2 + len(sources) + 2 + len(records) + 2
    assert all(sum(f'"{name}": [' in line for line in lines) == 1 for name in records)
    assert first.endswith("}\n")
    assert small.verify().read_text(encoding="utf-8") == first
    quotes = (small.data / "quotes.yml").read_text(encoding="utf-8").split("- id:")
    small.write({"quotes.yml": "- id:".join(["", *quotes[:0:-1]])})
    assert small.verify().read_text(encoding="utf-8") == first


def test_the_lock_counts_what_is_covered(small):
    counts = json.loads(small.verify().read_text(encoding="utf-8"))["coverage"]
    assert counts["post"] == {
        "paragraphs": 6,
        "paragraphs covered": 6,
        "quotations": 8,
        "quotations recorded": 8,
    }
    quotes = (small.data / "quotes.yml").read_text(encoding="utf-8")
    small.write({"quotes.yml": quotes[: quotes.index("- id: alike")], "tensions.yml": "[]\n"})
    assert json.loads(small.verify().read_text(encoding="utf-8"))["coverage"]["gazette"] == {
        "paragraphs": 3,
        "paragraphs covered": 3,
        "quotations": 2,
        "quotations recorded": 0,
    }


def test_without_the_texts_the_lock_says_what_is_covered(small):
    small.verify()
    measures = load_library(small.data, None).measures
    assert measures == {
        "records": 22,
        "sources": 2,
        "passages": 18,
        "paragraphs": 9,
        "paragraphs covered": 9,
        "quotations": 10,
        "quotations recorded": 10,
    }


def test_a_lock_comes_back_as_it_was_written(small):
    path = small.verify()
    assert Lock.read(path).dumps() == path.read_text(encoding="utf-8")


def test_the_lock_stands_for_the_texts(small):
    small.verify()
    assert small.locked() == []


CHANGED = (
    'has changed since it was checked, and the text of "{}" is not at hand; '
    "check it where it is, with python -m macros verify"
)


@pytest.mark.parametrize(
    ("file", "old", "new", "shown"),
    [
        ("quotes.yml", "a passing cloud", "a passing clout", "a passing clout"),
        ("quotes.yml", "friends of the river.", "friends of the river", "friends of the river"),
        ("quotes.yml", "No stone will stop us.", "No stone will stop Us.", "No stone will stop Us."),
        ("quotes.yml", 'prefix: "promised', 'prefix: "promises', "without end"),
        ("facts.yml", "exact: nearly 4,100.5", "exact: nearly 4,100.6", "nearly 4,100.6 crowns a mile"),
        ("people.yml", "exact: Tom Reed, a miller", "exact: Tom Reed, a killer", "Tom Reed, a killer"),
    ],
)
def test_one_changed_letter_is_refused_without_the_texts(small, file, old, new, shown):
    small.verify()
    small.change(file, old, new)
    before = (small.data / file).read_text(encoding="utf-8").partition(new)[0]
    line = f'data/{file}:{before.count(chr(10)) + 1}: "{shown}" {CHANGED.format("post")}'
    assert line in small.locked()


def test_only_the_changed_part_of_a_quotation_is_blamed(small):
    small.verify()
    small.change("quotes.yml", "No stone will stop us.", "No stone will stop Us.")
    assert [line.partition('"')[2].partition('"')[0] for line in small.locked()] == ["No stone will stop Us."]


def test_a_part_left_out_is_refused_without_the_texts(small):
    small.verify()
    small.change("quotes.yml", "    - source: post\n      exact: No stone will stop us.\n", "")
    assert small.locked() == [
        'data/quotes.yml:4: "dig" rests on other passages than were checked; '
        "check it again, with python -m macros verify"
    ]


def test_a_passage_made_a_quotation_is_refused_without_the_texts(small):
    small.verify()
    event = (small.data / "timeline.yml").read_text(encoding="utf-8")
    quote = "- id: lock-closes\n  speaker: board\n" + event[event.index("  evidence") :]
    small.write(
        {"timeline.yml": "[]\n", "quotes.yml": (small.data / "quotes.yml").read_text(encoding="utf-8") + quote}
    )
    assert any("The board closed the second lock on 3 …" in line for line in small.locked())


def test_a_typographic_change_is_accepted_without_the_texts(small):
    small.verify()
    small.change("quotes.yml", "'the thirsty ditch' ... and they're", "‘the thirsty ditch’ … and they’re")
    small.change("quotes.yml", "a passing cloud", "a  passing\u00a0cloud")
    assert small.locked() == []


def test_a_new_record_waits_for_the_lock_even_when_the_text_is_at_hand(small):
    small.verify()
    quotes = (small.data / "quotes.yml").read_text(encoding="utf-8")
    small.write({"quotes.yml": quotes + quotes[quotes.index("- id: asked") :].replace("id: asked", "id: again")})
    again = 'data/quotes.yml:37: the evidence of "again" is not in the lock yet; run python -m macros verify'
    assert [str(problem) for problem in load_library(small.data, small.texts).problems] == [again]


def test_a_source_with_another_fingerprint_than_the_lock_says_so(small):
    small.verify()
    sources = (small.data / "sources.yml").read_text(encoding="utf-8")
    old = re.search("sha256: ([0-9a-f]+)", sources)[1]
    small.change("sources.yml", old, "0" * 64)
    assert small.locked() == [
        'data/sources.yml:11: the evidence of "post" was checked against another text; run python -m macros verify'
    ]


DAMAGES = {
    "not JSON": lambda text: text[:-3],
    "a conflict of git": lambda text: text.replace('    "brook"', '<<<<<<< ours\n    "brook"'),
    "empty": lambda text: "",
    "a list": lambda text: "[]",
    "no records": lambda text: '{"sources": {}}',
    "sources as a list": lambda text: re.sub(r'"sources": \{[^}]*\}', '"sources": ["post"]', text),
    "records as a list": lambda text: '{"sources": {}, "records": []}',
    "a field too few": lambda text: text.replace('"role": "paragraph", ', "", 1),
    "a field too many": lambda text: text.replace('"role"', '"rank": 1, "role"', 1),
    "a number for a list": lambda text: re.sub(r'"brook": \[[^\]]*\]', '"brook": 7', text),
    "another encoding": lambda text: "é",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_lock_damaged_by_hand_says_so(small, damage):
    path = small.verify()
    path.write_text(
        DAMAGES[damage](path.read_text(encoding="utf-8")),
        encoding="latin-1" if damage == "another encoding" else "utf-8",
    )
    what = "holds a conflict that git left" if damage == "a conflict of git" else "is not a lock"
    assert f"data/evidence.lock.json: {what}; run python -m macros verify to write it anew" in small.locked()


@pytest.mark.parametrize("locked", [False, True])
def test_a_lock_that_is_gone_is_one_mistake_and_not_one_for_each_record(small, locked):
    found = load_library(small.data, None if locked else small.texts)
    gone = "data/evidence.lock.json: is missing; run python -m macros verify to write it"
    assert [str(problem) for problem in found.problems] == [gone]


@pytest.mark.parametrize("damage", DAMAGES)
def test_verify_writes_a_damaged_lock_anew(small, damage):
    path = small.verify()
    good = path.read_text(encoding="utf-8")
    path.write_text(DAMAGES[damage](good), encoding="latin-1" if damage == "another encoding" else "utf-8")
    assert small.verify().read_text(encoding="utf-8") == good


# Text fragments


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


def test_hyphens_commas_and_ampersands_are_encoded():
    page = "A well-dug, deep & wide canal?"
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


@pytest.mark.parametrize(
    ("page", "words", "nth"),
    [
        ("We dig. They dig. We dig on.", "dig", 2),  # before decides
        ("dig deep\ndig on\n", "dig", 1),  # nothing stands before, so after decides
        ("The sea is wide\nThe sea is deep\n", "sea", 1),  # the same word before, so after decides
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

"""How the story pages read: sentences of a person's length, and no footnote again and again."""

import re
from collections import Counter
from statistics import mean

import pytest

from macros.library.library import Library

from ..support.builds import real_library
from .test_reading_levels import DOCS, prose, source

STORIES = ("history.md", "together.md", *sorted(f"limits/{path.name}" for path in (DOCS / "limits").glob("*.md")))
MEAN_LENGTH = (14, 19)
MOST_REPEATS = 2

# Where the story of a page ends and its apparatus begins.
STORY_END = re.compile(r"^## (?:Both sides|References)$", re.MULTILINE)
SENTENCE_END = re.compile(r"(?<!\bJ\.)(?<!\bJr\.)(?<=[.!?:”’])\s+(?=[A-Z“])")
ENDS = re.compile(r"[.!?][”’]?$")
CITATION = re.compile(r"\{\{ cite\((.*?)\) \}\}", re.DOTALL)


def story(text: str) -> str:
    return STORY_END.split(text)[0]


def sentences(text: str) -> list[str]:
    """The sentences of a text's paragraphs; headings, lists of links and what is no sentence are left out."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        open_ = ""
        for part in SENTENCE_END.split(" ".join(paragraph.split())):
            open_ = f"{open_} {part}".strip()
            if ENDS.search(open_):
                found.append(open_)
                open_ = ""
    return [each for each in found if len(each.split()) > 1]


def most_repeated(library: Library, text: str) -> tuple[int, str]:
    """How often one passage is cited in one paragraph, at most, and how the paragraph begins."""
    worst = (0, "")
    for paragraph in re.split(r"\n\s*\n", text):
        runs = [re.findall(r'"([^"]+)"', each) for each in CITATION.findall(paragraph)]
        passages = Counter(
            place
            for run in runs
            for place in {(p.source, p.start) for each in run for p in library.locations[each]}
        )
        worst = max(worst, (max(passages.values(), default=0), paragraph[:60]))
    return worst


@pytest.fixture(scope="module")
def library() -> Library:
    return real_library()


@pytest.mark.parametrize("path", STORIES)
def test_a_story_is_told_in_sentences_of_a_person_s_length_without_footnotes_again_and_again(
    path: str, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    lengths = [len(each.split()) for each in sentences(story(prose(path)))]
    repeats, where = most_repeated(library, story(source(path)))
    measured = f"{len(lengths)} sentences, {mean(lengths):.1f} words each, a footnote at most {repeats} times"
    with capsys.disabled():
        print(f"\n{path}: {measured}", end="")
    assert MEAN_LENGTH[0] <= mean(lengths) <= MEAN_LENGTH[1]
    assert repeats <= MOST_REPEATS, where


def test_a_sentence_ends_where_it_ends() -> None:
    text = (
        "Thomas J. Watson Jr. spoke. “It was not necessary.” He left\nearly.\n\n## Heading\n\nDid he? Yes, he did."
    )
    assert [each.split()[0] for each in sentences(text)] == ["Thomas", "“It", "He", "Did", "Yes,"]

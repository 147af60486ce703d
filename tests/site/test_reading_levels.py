"""Three depths from one set of records: thirty seconds, five minutes, the record in full."""

import re
from pathlib import Path

import pyphen
import pytest

from macros.build.macro_calls import Calls
from macros.pages.front_matter import FRONT_MATTER
from macros.pages.page import Page
from macros.pages.prose import APART, CALL
from macros.pages.site import Site, read_site
from macros.problems import Problem

from ..support.builds import read_page_urls, real_library

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
URLS = read_page_urls(ROOT)
HOME, OVERVIEW = "index.md", "limits/index.md"
MOST_WORDS = {HOME: 250, OVERVIEW: 1200}

# The highest reading age that the two short depths may ask for; the method page gives the figure.
READING_AGE = 15
YEARS = {11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen"}


@pytest.fixture(scope="module")
def site() -> Site:
    return read_site(real_library(), DOCS, URLS)[0]


def source(path: str) -> str:
    """A page as written, without its front matter."""
    return FRONT_MATTER.sub(b"", (DOCS / path).read_bytes()).decode()


def records_on(site: Site, path: str) -> set[str]:
    """The facts, quotes and events that a page cites or shows."""
    found: list[Problem] = []
    page = Page(site, path, URLS[path])
    Calls(page, found.append).run(source(path))
    assert not found
    statements = {each for each in page.cited_ids | page.shown_ids if each in site.library.records}
    return {each for each in statements if site.library.records[each].kind in ("fact", "quote", "event")}


def prose(path: str) -> str:
    """The sentences of a page's paragraphs and lists, without headings and what is not prose."""
    text = APART.sub(" ", CALL.sub(" ", source(path))).replace("[", "")
    text = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    return re.sub(r"^ *[-*] +(.*)$", r"\1.", text, flags=re.MULTILINE)


def reading_age(text: str) -> float:
    """Years of age at which most can read a text: the Flesch–Kincaid grade, plus five."""
    hyphens = pyphen.Pyphen(lang="en_US", left=1, right=1)
    words = re.findall(r"[A-Za-z’']+", text)
    sentences = [part for part in re.split(r"[.!?]+(?:\s|$)", text) if re.search(r"\w", part)]
    syllables = sum(len(hyphens.positions(word)) + 1 for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + 5


def test_each_depth_holds_the_records_of_the_one_above(site: Site) -> None:
    home, overview = records_on(site, HOME), records_on(site, OVERVIEW)
    deeper = list(URLS)
    full = set().union(*(records_on(site, path) for path in deeper if path not in (HOME, OVERVIEW, "authors.md")))
    assert home - overview == set()
    assert overview - full == set()


@pytest.mark.parametrize("path", MOST_WORDS)
def test_the_short_depths_are_short(path: str) -> None:
    assert len(re.findall(r"\w[\w’'-]*", prose(path))) < MOST_WORDS[path]


@pytest.mark.parametrize("path", MOST_WORDS)
def test_the_short_depths_can_be_read_at_fifteen(path: str) -> None:
    assert reading_age(prose(path)) < READING_AGE + 0.5


def test_the_method_page_gives_the_measured_reading_age() -> None:
    oldest = YEARS[max(round(reading_age(prose(path))) for path in MOST_WORDS)]
    assert f"reading age of {oldest} by" in " ".join(source("method.md").split())


def test_long_words_and_long_sentences_raise_the_reading_age() -> None:
    plain = "The two met. They shook hands. They went home."
    heavy = "Notwithstanding considerable institutional divergence, representatives reiterated complementarity."
    assert reading_age(plain) < 10 < 20 < reading_age(heavy)

"""At the sentence: a browser opens both articles by the link of every piece of evidence, and marks its very words.

The copies hold the articles' own characters, a paragraph for each line, and stay in memory. Whatever the browser
marks is painted in one flat colour, so that a picture of the page shows, character by character, what it marked.
One address carries several directives, as the specification allows: a browser matches each by itself, from the top
of the page. That every link is tried in seconds rests on it, so some are tried alone as well.
"""

import base64
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from html import escape

import pytest
from playwright.sync_api import Browser, BrowserContext, Error

from macros.evidence.article import Article, read_articles
from macros.evidence.selectors import Location
from macros.library.yaml import read_yaml
from macros.pages.citations import Proof
from macros.records.kinds import Source
from macros.records.models import Passage

from ..support.builds import PROJECT, TEXTS, real_library, texts_at_hand

pytestmark = [texts_at_hand, pytest.mark.long]

STYLE = """
    body { margin: 8px; background: #fff; color: #000; font: 10px/14px monospace; }
    p { margin: 0 0 4px; }
    ::target-text { background: #f00; color: #f00; }
"""
SIZE = {"width": 1500, "height": 1800}

# Chromium looks for no more in one address.
MOST = 16

# So many characters on each side of a passage must not be marked.
AROUND = 4

# The middle of every character that takes up room, by its offset in the text.
MIDDLES = """() => {
    const range = document.createRange(), found = []
    for (const paragraph of document.querySelectorAll("p")) {
        const text = paragraph.firstChild, start = Number(paragraph.dataset.start)
        for (let at = 0; at < text.length; at++) {
            range.setStart(text, at)
            range.setEnd(text, at + 1)
            const box = range.getBoundingClientRect()
            if (!box.width || box.bottom > innerHeight) continue
            found.push([start + at, box.left + box.width / 2, box.top + box.height / 2])
        }
    }
    return found
}"""

# Which of these places are painted in the colour of the mark.
MARKED = """async picture => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob())
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d")
    canvas.drawImage(image, 0, 0)
    const { data, width } = canvas.getImageData(0, 0, image.width, image.height)
    return places.filter(([, x, y]) => {
        const at = 4 * (Math.floor(y) * width + Math.floor(x))
        return data[at] > 200 && data[at + 1] < 60 && data[at + 2] < 60
    }).map(([offset]) => offset)
}"""


@dataclass
class Evidence:
    """A source, its text, and where every passage of the records stands in it."""

    source: Source
    article: Article
    locations: list[Location]

    @property
    def batches(self) -> Iterator[list[Location]]:
        """Passages that one picture tells apart: with a gap between them, and no two of the same words."""
        left = sorted(self.locations, key=lambda each: (each.start, each.end))
        while left:
            batch: list[Location] = []
            words: set[str] = set()
            for each in left:
                mine = self.article.text[each.start : each.end].casefold()
                apart = not batch or each.start > batch[-1].end + 2 * AROUND
                if apart and mine not in words and len(batch) < MOST:
                    batch.append(each)
                    words.add(mine)
            yield batch
            left = [each for each in left if each not in batch]

    def offsets(self, location: Location) -> range:
        """The passage in the text's own characters."""
        origins = self.article.origins
        return range(origins[location.start], origins[location.end - 1] + 1)


@cache
def evidence() -> dict[str, Evidence]:
    library = real_library()
    sources = {source.id: source for source in library.of(Source)}
    articles = read_articles(TEXTS, sources.values())
    found: dict[str, dict[tuple[int, int], Location]] = {name: {} for name in sources}
    for locations in library.locations.values():
        for each in locations:
            found[each.source][each.start, each.end] = each
    return {name: Evidence(sources[name], articles[name], list(found[name].values())) for name in sources}


# Each worker reads their names alone: one of them looks at the evidence.
NAMES = sorted(each["id"] for each in read_yaml(PROJECT / "data" / "sources.yml", "sources.yml").data)


def copy_of(article: Article) -> str:
    """The article as a page: a paragraph for each line, its first character's offset beside it."""
    paragraphs, start = [], 0
    for line in article.raw.split("\n"):
        if line.strip():
            paragraphs.append(f'<p data-start="{start}">{escape(line)}</p>')
        start += len(line) + 1
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{"".join(paragraphs)}'


class Reader:
    """Opens a copy of an article at passages, and sees what the browser marks."""

    def __init__(self, context: BrowserContext, evidence: Evidence) -> None:
        body = copy_of(evidence.article)
        context.route(
            "https://article.example/**", lambda route: route.fulfill(body=body, content_type="text/html")
        )
        self.page, self.eye = context.new_page(), context.new_page()
        self.page.goto("https://article.example/")
        places = self.page.evaluate(MIDDLES)
        self.visible = {offset for offset, _, _ in places}
        self.eye.evaluate("found => { places = found }", places)
        self.evidence = evidence
        self.visits = 0

    def open(self, locations: list[Location], patience: int) -> set[int]:
        """The offsets of the characters that are marked, of those that take up room."""
        self.visits += 1
        local = self.evidence.source.model_copy(update={"URL": f"https://article.example/{self.visits}"})
        words = Passage(source=local.id, exact="words")
        first, *others = [Proof(local, words, each, "", 1).address for each in locations]
        self.page.goto("&".join([first, *(each.partition(":~:")[2] for each in others)]))
        expected = set().union(*map(self.expected, locations))
        marked: set[int] = set()
        for _ in range(patience):  # the browser looks for the words after the page has loaded
            with suppress(Error):  # while it goes there, the headless shell can draw no picture
                picture = base64.b64encode(self.page.screenshot()).decode()
                marked = set(self.eye.evaluate(MARKED, picture))
            if marked == expected:
                break
            self.page.wait_for_timeout(50)
        return marked

    def expected(self, location: Location) -> set[int]:
        return self.visible.intersection(self.evidence.offsets(location))

    def words(self, offsets: set[int]) -> str:
        return "".join(self.evidence.article.raw[each] for each in sorted(offsets))

    def misses(self, locations: list[Location], patience: int = 8) -> list[str]:
        """Open the article at passages; say which words are marked that should not be, or the other way round."""
        marked = self.open(locations, patience)
        missed = []
        for each in locations:
            expected = self.expected(each)
            here = marked.intersection(range(min(expected) - AROUND, max(expected) + AROUND))
            if here != expected:
                missed.append(f"{each.directive} marks {self.words(here)!r} and not {self.words(expected)!r}")
        astray = marked.difference(*map(self.expected, locations))
        return [*missed, f"{self.words(astray)!r} is marked for no passage"] if astray and not missed else missed


@pytest.fixture(scope="module", params=NAMES)
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Reader]:
    context = browser.new_context(viewport=SIZE, device_scale_factor=1)
    try:
        yield Reader(context, evidence()[request.param])
    finally:
        context.close()


def test_the_whole_article_can_be_seen(reader: Reader) -> None:
    printed = {offset for offset, sign in enumerate(reader.evidence.article.raw) if not sign.isspace()}
    assert printed - reader.visible == set()


def test_every_link_opens_the_article_at_its_very_words(reader: Reader) -> None:
    batches = list(reader.evidence.batches)
    assert sum(map(len, batches)) == len(reader.evidence.locations) > 0
    assert [miss for batch in batches for miss in reader.misses(batch)] == []


def test_a_link_by_itself_opens_the_article_at_its_very_words(reader: Reader) -> None:
    """The first of each form: the words alone, their ends, and what stands before or after."""
    forms: dict[tuple[bool, bool, int], Location] = {}
    for each in reader.evidence.locations:
        words = each.directive
        forms.setdefault(("-," in words, ",-" in words, words.count(",")), each)
    assert len(forms) > 1
    assert [miss for each in forms.values() for miss in reader.misses([each])] == []


def test_a_link_to_other_words_is_seen_to_miss(reader: Reader) -> None:
    """What the other tests rest on: a mark a word too short, or in another place, is no match."""
    long = next(each for each in reader.evidence.locations if each.directive.count("%20") > 4)
    short = replace(long, directive=long.directive.rpartition("%20")[0])
    assert len(reader.misses([short], patience=3)) == 1
    other = next(each for each in reader.evidence.locations if each.start > long.end)
    assert len(reader.misses([replace(long, directive=other.directive)], patience=3)) == 1

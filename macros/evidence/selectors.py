"""Selectors: found in an article, and made for words that were found there.

A selector is a W3C Web Annotation `TextQuoteSelector`. Its `exact` must stand in the source as whole words, once,
or `prefix` and `suffix` decide. The words of a quotation must moreover be all that stands between one pair of
quotation marks, because part of a quotation can reverse its meaning.

For browsers it is a directive, as in the WICG specification «URL Fragment Text Directives»:
`text=[prefix-,]start[,end][,-suffix]`. They go to its first match on the page. Its words are the article's own
characters, because a straight apostrophe does not match a curly one.
"""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from urllib.parse import quote

from pydantic import ConfigDict

from ..problems import AuthorError
from ..records.calendar import MONTHS, forms_of
from ..records.fields import MAX_ANCHOR_WORDS
from ..records.models import Passage
from ..records.word_boundaries import first_words, word_edges, word_spans
from .article import LINE_BREAK, NO_WIDTH, Article
from .numerals import years_in_full
from .search import Hit
from .typography import ALL_MARKS, SPEAKER, Span, fold

LONGEST_EXACT = 120  # characters; of a longer passage a directive has the first and the last words
ENDS = 5  # so many words of each
MOST_CONTEXT = 8  # words that a directive has beside its passage
BREAKS = f"\n{LINE_BREAK}{NO_WIDTH}"  # across which a browser finds no words
COMMAS = tuple(",，、،")
# After words that end without a mark, in Japanese and Korean.
QUOTATIVE = re.compile("(?:と|이?라?고 )(?![、「“])")
# What may be part of a date: a year, a day, the beginning of a month, a season or a part of a year.
DATED = re.compile(
    rf"(?<![\d.,])\d{{1,4}}(?!\d|[.,]\d)|\b(?=(?:{'|'.join(map(forms_of, MONTHS))})\b)\w\w\w"
    r"|\b(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|[QH][1-4]|(?:first|1st|second|2nd|third|3rd|fourth|4th)"
    r"(?= (?:quarter|half|third)))\b"
)


@dataclass(frozen=True)
class Location:
    """Where a passage stands, as the lock keeps it.

    `role` and `number` say which paragraph: `paragraph 12`, `caption 3`. `start` and `end` are offsets in
    the folded text; `directive` is the text fragment of the passage; `digest` that of its selector. `dated`
    and `named` say which parts of dates, and which of those who say the record, its paragraph or the two before
    name.
    """

    source: str
    section: str
    role: str
    number: int
    start: int
    end: int
    directive: str
    digest: str
    dated: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    __pydantic_config__ = ConfigDict(extra="forbid")  # for reading the lock

    def overlaps(self, source: str, span: "Span | Location") -> bool:
        """Tell whether the passage shares words with a stretch of a source's text."""
        return self.source == source and self.start < span.end and span.start < self.end

    @property
    def place(self) -> str:
        """The end of the id that a paragraph has on its source's page."""
        return f"-{self.role}-{self.number}"

    @property
    def said(self) -> str:
        """Which paragraph, in a reader's words: `paragraph 12`, `closing note 1`."""
        return f"{self.role} {self.number}".replace("boilerplate", "closing note")


@lru_cache(maxsize=100_000)
def selector_digest(selector: Passage, *, quoted: bool) -> str:
    """Hash a selector's folded text: any change of a letter changes it, a change of typography does not."""
    parts = [selector.source, fold(selector.exact), fold(selector.prefix or ""), fold(selector.suffix or "")]
    text = "\n".join(["quotation" if quoted else "passage", *parts])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class NotInArticleError(AuthorError):
    """Folded words that an article does not hold. Up to where both agree is found when the message is read."""

    def __str__(self) -> str:
        article, exact = self.args
        ends = [end for _, end in word_spans(exact)[:-1]]
        agreeing = bisect_left(ends, True, key=lambda end: not any(article.occurrences(exact[:end])))
        if not agreeing:
            return f'is not in "{article.name}"; copy it from there'
        words = exact[: ends[agreeing - 1]]
        rest = first_words(article.text[next(article.occurrences(words)).end :].partition("\n")[0].lstrip(), 4)
        reads = f'reads "{rest}"' if rest else "ends"
        agreed = " ".join(words.split()[-4:])
        return f'is not in "{article.name}": after "{agreed}" the text {reads}; copy it from there'


def find_passage(article: Article, selector: Passage, *, quoted: bool) -> Location:
    """Find a selector in an article. Raises AuthorError saying why it cannot be found."""
    span = _find_span(article, selector, quoted=quoted)
    paragraph = article.paragraph(span.start)
    first, last = article.origins[span.start], article.origins[span.end - 1] + 1
    return Location(
        source=article.name,
        section=paragraph.section,
        role=paragraph.role,
        number=paragraph.number,
        start=span.start,
        end=span.end,
        directive=text_directive(article.raw, first, last),
        digest=selector_digest(selector, quoted=quoted),
        dated=tuple(sorted({*DATED.findall(years_in_full(article.near(span.start)))})),
    )


def _find_span(article: Article, selector: Passage, *, quoted: bool) -> Span:
    exact, prefix, suffix = (fold(words or "") for words in (selector.exact, selector.prefix, selector.suffix))
    where = f'in "{article.name}"'
    everywhere = list(article.occurrences(exact))
    if not everywhere:
        raise NotInArticleError(article, exact)
    found = [
        span
        for span in everywhere
        if article.text[: span.start].removesuffix(" ").endswith(prefix)
        and article.text[span.end :].removeprefix(" ").startswith(suffix)
    ]
    if not found:
        raise AuthorError(f"stands {where}, but not with this prefix or suffix; copy what is beside it")
    if quoted:
        found = _between_marks(article, found)
    if len(found) > 1:
        raise AuthorError(f"stands {len(found)} times {where}; add a prefix or suffix that tells which")
    return found[0]


def _between_marks(article: Article, found: list[Span]) -> list[Span]:
    """Return those that are all that stands between quotation marks. Raises AuthorError when none is."""
    if whole := [span for span in found if span in article.all_quotations or span in article.quotations]:
        return whole
    for start, end in article.quotations:
        if any(start <= span.start and span.end <= end for span in found):
            words = article.original(Span(start, end))
            raise AuthorError(f'is only part of what stands between the marks; give all of it: "{words}"')
    where = f'does not stand between quotation marks in "{article.name}"'
    raise AuthorError(f'{where}; give what they enclose, make it a fact, or list its own in "quotation_marks"')


def find_parts(article: Article, selectors: Sequence[Passage]) -> list[Location]:
    """Find the parts of a quotation that the article interrupts. Raises AuthorError where they are not one.

    The parts are neighbouring quotations of one paragraph, in order. Each but the last ends at a
    punctuation mark, and the words between two parts end with a comma, or with a full stop before a
    capital. Two phrases within a sentence of the article's own are two quotations.
    """
    located = [find_passage(article, selector, quoted=True) for selector in selectors]
    spans = [Span(part.start, part.end) for part in located]
    at = bisect_left(article.quotations, spans[0])
    follow = len(spans) == 1 or article.quotations[at : at + len(spans)] == spans
    if not (follow and all(_goes_on(article, *pair) for pair in pairwise(spans))):
        raise AuthorError("is not one speech that the text interrupts; fix the order, or make each part a record")
    return located


def _goes_on(article: Article, first: Span, second: Span) -> bool:
    """Tell whether the article only interrupts a speaker between two neighbouring quotations of a paragraph."""
    between = article.text[first.end : second.start].strip(f"{ALL_MARKS} ")
    begins = article.text[second.start]
    new_sentence = between.endswith((".", "。")) and not begins.islower()
    pauses = article.text[first.end - 1] in ",.;:!?-，。；：！？、،؛؟" or between.startswith(COMMAS)
    pauses = pauses or QUOTATIVE.match(between) is not None
    within = SPEAKER.fullmatch(article.printed, first.end, second.start)  # one pair of marks
    return bool(within) or ("\n" not in between and pauses and (new_sentence or between.endswith(COMMAS)))


def select_anchor(hit: Hit) -> dict[str, str]:
    """Return the selector of a statement: at most 15 words, and a prefix or suffix where they are not unique."""
    exact = first_words(hit.article.original(hit.span), MAX_ANCHOR_WORDS)
    span = Span(hit.span.start, hit.span.start + len(fold(exact)))
    return _selector(hit.article, span, quoted=False)


def select_quotation(hit: Hit) -> list[dict[str, str]]:
    """Return the selectors of a quotation: one for each part, where the article interrupts the speaker.

    Raises AuthorError when the words are not between quotation marks.
    """
    marks = hit.quotation
    if marks is None:
        raise AuthorError(f'these words are narration in "{hit.article.name}"; make a fact of them')
    spans = hit.article.quotations
    first = last = spans.index(marks)
    while first and _goes_on(hit.article, spans[first - 1], spans[first]):
        first -= 1
    while last + 1 < len(spans) and _goes_on(hit.article, spans[last], spans[last + 1]):
        last += 1
    return [_selector(hit.article, part, quoted=True) for part in spans[first : last + 1]]


def _selector(article: Article, span: Span, *, quoted: bool) -> dict[str, str]:
    """Return a selector of a place: with as many words before or after it as make it unique."""
    found = {"source": article.name, "exact": article.original(span)}
    paragraph = article.paragraph(span.start).span
    before, after = article.text[paragraph.start : span.start], article.text[span.end : paragraph.end]
    for prefix, suffix in widen_context(before, after):
        more = {name: words for name, words in (("prefix", prefix), ("suffix", suffix)) if words}
        try:
            location = find_passage(article, Passage(**found, **more), quoted=quoted)
        except AuthorError:
            continue
        if location.start == span.start:
            return found | more
    return found


def text_directive(page: str, start: int, end: int) -> str:
    """Return the directive, percent-encoded, whose first match on `page` is the stretch from `start` to `end`.

    `page` is the text in its own characters; `start` and `end` are offsets in it.
    """
    lines = re.split(f"[{BREAKS}]", page[start:end])
    first, last = lines[0], lines[-1]
    ways = [[first, last] if len(lines) > 1 else lines]
    if end - start > LONGEST_EXACT and len(word_spans(page[start:end])) > 2 * ENDS:
        ways.insert(0, [first_words(first, ENDS), last[word_spans(last)[-ENDS:][0][0] :]])
    lead = page[max(page.rfind(sign, 0, start) for sign in BREAKS) + 1 : start]
    tail = re.split(f"[{BREAKS}]", page[end:], maxsplit=1)[0]
    for parts in ways:
        for prefix, suffix in islice(widen_context(lead, tail), MOST_CONTEXT + 1):
            pieces = (prefix and f"{_encode(prefix)}-", *map(_encode, parts), suffix and f"-{_encode(suffix)}")
            directive = f"text={','.join(filter(None, pieces))}"
            if prefix and prefix != lead.strip() and not re.search(r"\w", prefix):
                continue  # a browser looks for words, not for a mark alone
            if _first_match(page, prefix, parts, suffix) == (start, end):
                return directive
    return directive


def widen_context(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield ever more of the words before a passage, and with all of those ever more of the words after it."""
    prefix = ""
    yield prefix, ""
    for start, _ in reversed(word_spans(before)):
        prefix = before[start:].strip()
        yield prefix, ""
    for _, end in word_spans(after):
        yield prefix, after[:end].strip()


def _first_match(page: str, prefix: str, parts: list[str], suffix: str) -> tuple[int, int] | None:
    """Return what a browser finds by a directive: whole words, with white space and capitals folded."""
    edges = word_edges(page)
    lead = rf"{_pattern(prefix, edges)}\W*?" if prefix else ""
    tail = rf"\W*?{_pattern(suffix, edges)}" if suffix else ""
    passage = r"[\s\S]*?".join(_pattern(part, edges) for part in parts)
    match = re.search(f"{lead}(?P<passage>{passage}){tail}", page, re.IGNORECASE)
    return match.span("passage") if match else None


def _pattern(words: str, edges: tuple[str, str]) -> str:
    """Return a pattern that matches `words` as whole words, as a browser does."""
    inner = r"\s+".join(re.escape(word) for word in words.split())
    return (edges[0] if words[0].isalnum() else "") + inner + (edges[1] if words[-1].isalnum() else "")


def _encode(words: str) -> str:
    return quote(re.sub(r"\s+", " ", words), safe="").replace("-", "%2D")

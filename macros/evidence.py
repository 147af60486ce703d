"""Is it in the source? Passages are found in the articles' texts, and a lock keeps what was found.

A selector is a W3C Web Annotation `TextQuoteSelector`. Its `exact` must stand in
the source as whole words, once, or `prefix` and `suffix` decide. The words of a
quotation must moreover be all that stands between one pair of quotation marks:
part of a quotation can turn its meaning round.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from .articles import Article, Span, fold
from .conflicts import conflicts
from .fragments import text_directive
from .problems import AuthorError


class Selector(Protocol):
    """What `records.Passage` offers; this room does not know records."""

    @property
    def source(self) -> str: ...
    @property
    def exact(self) -> str: ...
    @property
    def prefix(self) -> str | None: ...
    @property
    def suffix(self) -> str | None: ...


@dataclass(frozen=True)
class Location:
    """Where a passage stands, as the lock keeps it.

    `role` and `number` say which paragraph: `paragraph 12`, `caption 3`. `start`
    and `end` are offsets in the folded text; `directive` opens the source at the
    passage; `digest` is the hash of the selector that was checked.
    """

    source: str
    section: str
    role: str
    number: int
    start: int
    end: int
    directive: str
    digest: str

    @property
    def place(self) -> str:
        """The end of the id that a paragraph has on its source's page."""
        return f"-{self.role}-{self.number}"


def digest(selector: Selector, *, quoted: bool) -> str:
    """Hash a selector's folded text: any change of a letter changes it, a change of typography does not."""
    parts = [selector.source, fold(selector.exact), fold(selector.prefix or ""), fold(selector.suffix or "")]
    text = "\n".join(["quotation" if quoted else "passage", *parts])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def locate(article: Article, selector: Selector, *, quoted: bool) -> Location:
    """Find a selector in an article. Raises AuthorError saying why it is not proved."""
    span = _find(article, selector, quoted=quoted)
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
        digest=digest(selector, quoted=quoted),
    )


def _find(article: Article, selector: Selector, *, quoted: bool) -> Span:
    exact, prefix, suffix = (fold(words or "") for words in (selector.exact, selector.prefix, selector.suffix))
    everywhere = list(article.occurrences(exact))
    if not everywhere:
        raise AuthorError(_where_it_parts(article, exact))
    found = [
        span
        for span in everywhere
        if article.text[: span.start].rstrip(" ").endswith(prefix)
        and article.text[span.end :].lstrip(" ").startswith(suffix)
    ]
    if not found:
        raise AuthorError(
            f'stands in "{article.name}", but not with this prefix or suffix; copy the words beside it'
        )
    if quoted:
        found = _between_marks(article, found)
    if len(found) > 1:
        raise AuthorError(
            f'stands {len(found)} times in "{article.name}"; add a prefix or suffix that tells which'
        )
    return found[0]


def _between_marks(article: Article, found: list[Span]) -> list[Span]:
    whole = [span for span in found if span in article.quotations or span in article.inner_quotations]
    if whole:
        return whole
    for span in found:
        for quotation in article.quotations:
            if quotation.start <= span.start and span.end <= quotation.end:
                words = article.original(quotation)
                raise AuthorError(
                    f'is only part of what stands between the quotation marks; give all of it: "{words}"'
                )
    if all(article.text[span.start] == article.text[span.end - 1] == '"' for span in found):
        raise AuthorError("holds the quotation marks themselves; give only what stands between them")
    raise AuthorError(
        f'is narration in "{article.name}", not between quotation marks; make it a fact, or quote less'
    )


def _where_it_parts(article: Article, exact: str) -> str:
    """Say up to which word the text agrees, so that the editor sees the slip."""
    if "..." in exact and all(any(article.occurrences(piece.strip())) for piece in exact.split("...")):
        return (
            "leaves words out with an ellipsis of its own; give all the words, or each part as evidence of its own"
        )
    words = exact.split(" ")
    for count in range(len(words) - 1, 0, -1):
        start = next(article.occurrences(" ".join(words[:count])), None)
        if start:
            agreed = " ".join(words[max(0, count - 4) : count])
            rest = article.text[start.end :].split("\n")[0].split()
            reads = f'reads "{" ".join(rest[:4])}"' if rest else "ends"
            return f'is not in "{article.name}": after "{agreed}" the text {reads}; copy it from there'
    return f'is not in "{article.name}"; copy it from there'


def locate_parts(article: Article, selectors: Sequence[Selector]) -> list[Location]:
    """Find the parts of a quotation that the article interrupts. Raises AuthorError.

    The parts are neighbouring quotations of one paragraph, in order. The speech pauses
    at a mark where the article breaks in, and what breaks in ends a sentence before
    a capital, or ends with a comma. Two phrases that
    the article weaves into a sentence of its own are two quotations, not one.
    """
    located = [locate(article, selector, quoted=True) for selector in selectors]
    spans = [Span(part.start, part.end) for part in located]
    if spans != sorted(spans):
        raise AuthorError("has its parts in another order than the text; put them in the text's order")
    if len(spans) > 1 and not article.adjacent(spans):
        raise AuthorError(
            "joins quotations that do not follow one another in one paragraph; make a record of each"
        )
    for first, second in pairwise(spans):
        between = article.between(first, second).strip('" ')
        new_sentence = between.endswith(".") and article.text[second.start].isupper()
        pauses = article.text[first.end - 1] in ",.;:!?-" or article.text[first.end + 1 :].startswith(",")
        if not (pauses and (new_sentence or between.endswith(","))):
            raise AuthorError("joins phrases of two separate quotations; make a record of each")
    return located


def read_articles(folder: Path, sources: Iterable[tuple[str, str, Sequence[object]]]) -> dict[str, Article]:
    """Read the texts that are at hand: `sources` gives id, file name and declared furniture of each."""
    articles = {}
    for name, file, apart in sources:
        path = folder / file
        if path.is_file():
            articles[name] = Article(name, path.read_text(encoding="utf-8", errors="replace"), apart)  # type: ignore[arg-type]
    return articles


@dataclass
class Lock:
    """What was found when the texts were last at hand: one record a line, so that a diff can be read."""

    sources: dict[str, str] = field(default_factory=dict)
    records: dict[str, list[Location]] = field(default_factory=dict)
    coverage: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Lock:
        """Read the lock; none there is an empty one. Raises AuthorError when it is not a lock."""
        if not path.is_file():
            return cls()
        try:
            text = path.read_text(encoding="utf-8")
            if any(conflicts(text)):
                raise AuthorError("holds a conflict that git left; run python -m macros verify to write it anew")
            data = json.loads(text)
            records = {name: [Location(**entry) for entry in entries] for name, entries in data["records"].items()}
            return cls(dict(data["sources"]), records, dict(data.get("coverage", {})))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise AuthorError("is not a lock; run python -m macros verify to write it anew") from None

    def dumps(self) -> str:
        """The lock as JSON: sorted, one record a line, the same bytes for the same evidence."""

        def rows(entries: Mapping[str, object]) -> str:
            lines = (
                f"    {json.dumps(key)}: {json.dumps(entries[key], ensure_ascii=False)}" for key in sorted(entries)
            )
            return "{\n" + ",\n".join(lines) + "\n  }"

        records = {name: [asdict(location) for location in found] for name, found in self.records.items()}
        head = f'  "sources": {rows(self.sources)},\n  "coverage": {rows(self.coverage)},\n'
        return f'{{\n{head}  "records": {rows(records)}\n}}\n'

    def find(self, record: str, selectors: Sequence[Selector], *, quoted: bool) -> list[Location] | None:
        """The locations of a record's passages, if the lock covers every letter of them."""
        locations = self.records.get(record)
        if locations is None or [found.digest for found in locations] != [
            digest(selector, quoted=quoted) for selector in selectors
        ]:
            return None
        return locations

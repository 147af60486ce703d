"""Coverage: which paragraphs and quotations of an article records rest on, and which are left."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from .article import PROSE, Article, Paragraph
from .selectors import Location
from .typography import Span


def uncovered_paragraphs(article: Article, rests: Iterable[Location]) -> list[Paragraph]:
    """Return the paragraphs of prose that none of these passages stands in."""
    places = {(location.role, location.number) for location in rests}
    return [each for each in article.paragraphs if each.role == PROSE and (PROSE, each.number) not in places]


def unrecorded_quotations(article: Article, quoted: Collection[tuple[int, int]]) -> list[Span]:
    """Return the quotations in prose that are not among the `quoted` spans."""
    return [
        span
        for span in article.quotations
        if tuple(span) not in quoted and article.paragraph(span.start).role == PROSE
    ]


def measure_coverage(
    article: Article, rests: Iterable[Location], quoted: Collection[tuple[int, int]]
) -> dict[str, int]:
    """Count the paragraphs and quotations of an article's prose, and those of them that have records."""
    paragraphs = sum(each.role == PROSE for each in article.paragraphs)
    quotations = sum(article.paragraph(span.start).role == PROSE for span in article.quotations)
    return {
        "paragraphs": paragraphs,
        "paragraphs covered": paragraphs - len(uncovered_paragraphs(article, rests)),
        "quotations": quotations,
        "quotations recorded": quotations - len(unrecorded_quotations(article, quoted)),
    }

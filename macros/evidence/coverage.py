"""How much of an article stands behind records: what is left, and the counts that the lock keeps."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from .article import PROSE, Article, Paragraph, Span
from .selectors import Location


def uncovered_paragraphs(article: Article, rests: Iterable[Location]) -> list[Paragraph]:
    """The paragraphs of prose that no passage stands in."""
    places = {(location.role, location.number) for location in rests}
    return [each for each in article.paragraphs if each.role == PROSE and (PROSE, each.number) not in places]


def unrecorded_quotations(article: Article, quoted: Collection[tuple[int, int]]) -> list[Span]:
    """The quotations in prose that have no record of their own."""
    return [
        span
        for span in article.quotations
        if tuple(span) not in quoted and article.paragraph(span.start).role == PROSE
    ]


def measure_coverage(
    article: Article, rests: Iterable[Location], quoted: Collection[tuple[int, int]]
) -> dict[str, int]:
    """The paragraphs and quotations of an article's prose, and how many of them have records."""
    paragraphs = sum(each.role == PROSE for each in article.paragraphs)
    quotations = sum(article.paragraph(span.start).role == PROSE for span in article.quotations)
    return {
        "paragraphs": paragraphs,
        "paragraphs covered": paragraphs - len(uncovered_paragraphs(article, rests)),
        "quotations": quotations,
        "quotations recorded": quotations - len(unrecorded_quotations(article, quoted)),
    }

"""Coverage: which paragraphs and quotations of an article records rest on, and which are left."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..records.models import Record
from .article import PROSE, Article, Paragraph
from .selectors import Location
from .typography import Span


@dataclass(frozen=True)
class Coverage:
    """The paragraphs and the quotations of an article's prose, each with whether a record rests on it."""

    paragraphs: dict[Paragraph, bool]
    quotations: dict[Span, bool]

    def counts(self) -> dict[str, int]:
        """Return how many there are, and how many have records."""
        return {
            "paragraphs": len(self.paragraphs),
            "paragraphs covered": sum(self.paragraphs.values()),
            "quotations": len(self.quotations),
            "quotations recorded": sum(self.quotations.values()),
        }


def measure_coverage(article: Article, located: Iterable[tuple[Record, Location]]) -> Coverage:
    """Return what records rest on in an article; each is given with the place of a passage, in any article."""
    here = [(record, place) for record, place in located if place.source == article.name]
    covered = {place.number for _, place in here if place.role == PROSE}
    quoted = [place for record, place in here if record.covers_quotations]
    return Coverage(
        {each: each.number in covered for each in article.paragraphs if each.role == PROSE},
        {
            span: any(place.start <= span.start and span.end <= place.end for place in quoted)
            for span in article.quotations
            if article.paragraph(span.start).role == PROSE
        },
    )

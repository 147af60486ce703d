"""Coverage: which paragraphs and quotations of an article records rest on, and which are left."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..records.models import Record
from .article import PROSE, Article, Paragraph
from .selectors import Location
from .typography import Span


@dataclass(frozen=True)
class Coverage:
    """The paragraphs and the quotations of an article's prose, and those of them that no record rests on."""

    paragraphs: list[Paragraph]
    quotations: list[Span]
    bare_paragraphs: list[Paragraph]
    bare_quotations: list[Span]

    def counts(self) -> dict[str, int]:
        """Return how many there are, and how many have records."""
        return {
            "paragraphs": len(self.paragraphs),
            "paragraphs covered": len(self.paragraphs) - len(self.bare_paragraphs),
            "quotations": len(self.quotations),
            "quotations recorded": len(self.quotations) - len(self.bare_quotations),
        }


def measure_coverage(article: Article, located: Iterable[tuple[Record, Iterable[Location]]]) -> Coverage:
    """Return what records rest on in an article, each given with the places of its passages in all of them."""
    found = [(record, each) for record, places in located for each in places if each.source == article.name]
    covered = {(each.role, each.number) for _, each in found}
    recorded = {Span(each.start, each.end) for record, each in found if record.covers_quotations}
    paragraphs = [each for each in article.paragraphs if each.role == PROSE]
    quotations = [span for span in article.quotations if article.paragraph(span.start).role == PROSE]
    return Coverage(
        paragraphs,
        quotations,
        [each for each in paragraphs if (each.role, each.number) not in covered],
        [span for span in quotations if span not in recorded],
    )

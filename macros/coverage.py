"""What of the articles no record rests on yet."""

from __future__ import annotations

from pathlib import Path

from .articles import PROSE, Article
from .evidence import Location
from .library import Library, articles_of, read
from .problems import Problem
from .records import Document, Quote


def report(folder: Path, texts: Path) -> tuple[list[str], bool]:
    """Say, for each article, what is covered and what is left; True when nothing is."""
    library = read(folder, texts, accept_unlocked=True)
    articles = articles_of(library, texts)
    lines = [str(problem) for problem in library.problems]
    if not articles:
        return [
            *lines,
            str(Problem(str(texts), 0, 0, "holds no text; set SOURCES to the folder of the articles")),
        ], False
    for article in articles.values():
        lines += _left(library, article)
    complete = not lines
    for article in articles.values():
        prose = sum(paragraph.role == PROSE for paragraph in article.paragraphs)
        lines.append(f"{article.name}: {prose} paragraphs of prose, {len(article.quotations)} quoted passages")
    lines.append("all covered" if complete else f"{len(lines) - len(articles)} left")
    return lines, complete


def _left(library: Library, article: Article) -> list[str]:
    rests: list[Location] = []
    quoted: set[tuple[int, int]] = set()
    for record in library.records.values():
        here = [location for location in library.locations[record.id] if location.source == article.name]
        rests += here
        if isinstance(record, Quote | Document):  # a title between quotation marks is a document's
            quoted |= {(location.start, location.end) for location in here}
    lines = []
    for paragraph in article.paragraphs:
        resting = any((location.role, location.number) == (paragraph.role, paragraph.number) for location in rests)
        if paragraph.role == PROSE and not resting:
            words = article.original(paragraph.span)
            lines.append(f'{article.name}: paragraph {paragraph.number} has no record: "{words[:60]} …"')
    for span in article.quotations:
        paragraph = article.paragraph(span.start)
        if tuple(span) not in quoted and paragraph.role == PROSE:
            lines.append(f'{article.name}: paragraph {paragraph.number}: no quote "{article.original(span)}"')
    return lines

"""What of the articles no record rests on yet."""

from __future__ import annotations

from pathlib import Path

from .articles import PROSE, Article
from .library import Library, articles_of, read, resting
from .measures import uncovered, unquoted
from .problems import Problem

REMEDY = "add a record that rests on each, or name what is no prose under the source's furniture"


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
    lines.append("all covered" if complete else f"{len(lines) - len(articles)} left; {REMEDY}")
    return lines, complete


def _left(library: Library, article: Article) -> list[str]:
    entries = [library.entries[name] for name in library.records]
    rests, quoted = resting(entries, library.locations, article.name)
    lines = []
    for paragraph in uncovered(article, rests):
        words = article.original(paragraph.span)
        lines.append(f'{article.name}: paragraph {paragraph.number} has no record: "{words[:60]} …"')
    for span in unquoted(article, quoted):
        number = article.paragraph(span.start).number
        lines.append(f'{article.name}: paragraph {number}: no quote "{article.original(span)}"')
    return lines

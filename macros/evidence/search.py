"""Search of the articles for an author: where words stand, and in which sentence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..records.word_boundaries import word_edges
from .article import Article, Paragraph
from .typography import Span, fold

# A small letter goes on after an abbreviation, such as U.S.
SENTENCE_END = re.compile(r"(?<=[.!?])[\"»]? +(?=[\"„«¿¡]?[^\W\d_a-zß-ÿа-я])|(?<=[。！？])[」”]?")


@dataclass(frozen=True)
class Hit:
    """A place where the words stand: `span` in the article's folded text, and the sentence round it."""

    article: Article
    span: Span
    sentence: Span

    @property
    def paragraph(self) -> Paragraph:
        return self.article.paragraph(self.span.start)

    @property
    def quotation(self) -> Span | None:
        """All that stands between the quotation marks round the words, or the first of them; None in narration."""
        start, end = self.span
        return next((each for each in self.article.quotations if each.start < end and start < each.end), None)

    @property
    def words(self) -> str:
        """The sentence, in the article's own characters."""
        return self.article.original(self.sentence)


def search_articles(articles: Iterable[Article], words: str) -> list[Hit]:
    """Find words, in any case and typography: as they follow one another, or else all of them in one sentence."""
    articles = list(articles)
    exactly = [hit for article in articles for hit in _in_order(article, words)]
    return exactly or [hit for article in articles for hit in _in_one_sentence(article, words)]


def _in_order(article: Article, words: str) -> Iterator[Hit]:
    begins, ends = word_edges(article.text)
    pattern = f"{begins}{re.escape(fold(words))}{ends}"
    for match in re.finditer(pattern, article.text, re.IGNORECASE):
        sentence = next(each for each in _sentences(article) if each.start <= match.start() < each.end)
        yield Hit(article, Span(*match.span()), sentence)


def _in_one_sentence(article: Article, words: str) -> Iterator[Hit]:
    begins = word_edges(article.text)[0]
    patterns = [re.compile(begins + re.escape(word), re.IGNORECASE) for word in fold(words).split()]
    for sentence in _sentences(article):
        text = article.text[slice(*sentence)]
        found = [match for pattern in patterns if (match := pattern.search(text))]
        if len(found) == len(patterns):
            first, last = min(each.start() for each in found), max(each.end() for each in found)
            yield Hit(article, Span(sentence.start + first, sentence.start + last), sentence)


def _sentences(article: Article) -> Iterator[Span]:
    for paragraph in article.paragraphs:
        start, end = paragraph.span
        for match in SENTENCE_END.finditer(article.text, start, end):
            yield Span(start, match.start() + len(match[0].rstrip()))
            start = match.end()
        yield Span(start, end)

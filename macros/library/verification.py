"""Verification: every passage is checked against the texts, and the places found become the lock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..evidence.article import Article, fold
from ..evidence.coverage import measure_coverage
from ..evidence.lock import Lock
from ..problems import Problem
from ..records.kinds import Source
from .loader import read_library
from .proof import articles_of, locations_in, prove_record
from .validation import Entry


def verify_library(folder: Path, texts: Path) -> tuple[Lock, list[Problem]]:
    """Check every passage against the texts; return the lock to write, and all problems of the records."""
    library = read_library(folder)
    articles = articles_of(library, texts)
    lock = Lock(sources={name: article.sha256 for name, article in articles.items()})
    problems = library.problems
    for source in library.of(Source):
        problems += _source_problems(library.entries[source.id], source, articles.get(source.id), texts)
    for entry in library.entries.values():
        sources = {passage.source for _, passage in entry.record.passages()}
        if sources and sources <= set(articles):
            found, wrong = prove_record(entry, articles)
            problems += wrong
            if found:
                lock.records[entry.record.id] = found
    for name, article in articles.items():
        places = locations_in(library.entries.values(), lock.records, name)
        lock.coverage[name] = measure_coverage(article, *places)
    return lock, sorted(set(problems))


def _source_problems(entry: Entry, source: Source, article: Article | None, texts: Path) -> Iterator[Problem]:
    """Yield what is wrong with a source, as its text says."""
    if article is None:
        yield entry.problem(("text",), f'no "{source.text}" in {texts}; set SOURCES to the texts\' folder')
        return
    if article.sha256 != source.sha256:
        text = f"the text has the fingerprint {article.sha256}; if it is the right text, write that here"
        yield entry.problem(("sha256",), text)
    for index, item in enumerate(source.furniture):
        if fold(item.starts) in article.undeclared:
            text = f'no paragraph starts with "{fold(item.starts)}"; copy its first words'
            yield entry.problem(("furniture", index), text)

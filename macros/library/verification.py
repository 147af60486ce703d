"""TODO"""

from __future__ import annotations

from pathlib import Path

from ..evidence.article import fold
from ..evidence.coverage import measure_coverage
from ..evidence.lock import Lock
from ..problems import Problem
from ..records.kinds import Source
from .loader import load_library
from .proof import VERIFY, articles_of, locations_in, prove_record


def verify_library(folder: Path, texts: Path) -> tuple[Lock, list[Problem]]:
    """Check every passage against the texts, and make the lock that says so."""
    library = load_library(folder, texts, accept_unlocked=True)
    articles = articles_of(library, texts)
    lock = Lock()
    problems = [problem for problem in library.problems if VERIFY not in problem.text]
    for source in library.of(Source):
        entry, article = library.entries[source.id], articles.get(source.id)
        if article is None:
            problems.append(
                entry.problem(("text",), f'no "{source.text}" in {texts}; set SOURCES to the texts\' folder')
            )
            continue
        if article.sha256 != source.sha256:
            text = f"the text has the fingerprint {article.sha256}; if it is the right text, put that here"
            problems.append(entry.problem(("sha256",), text))
        for starts in sorted(article.undeclared):
            index = next(i for i, item in enumerate(source.furniture) if fold(item.starts) == starts)
            problems.append(
                entry.problem(("furniture", index), f'no paragraph starts with "{starts}"; copy its first words')
            )
        lock.sources[source.id] = article.sha256
    for entry in library.entries.values():
        sources = {passage.source for _, passage in entry.record.passages()}
        if sources and sources <= set(articles):
            found, wrong = prove_record(entry, articles)
            problems += wrong
            if found:
                lock.records[entry.record.id] = found
    for name, article in articles.items():
        lock.coverage[name] = measure_coverage(
            article, *locations_in(library.entries.values(), lock.records, name)
        )
    return lock, sorted(set(problems))

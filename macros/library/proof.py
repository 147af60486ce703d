"""TODO"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from ..evidence.article import Article, read_articles
from ..evidence.lock import Lock
from ..evidence.selectors import Location, find_parts, find_passage, selector_digest
from ..problems import AuthorError, Problem
from ..records.kinds import Document, Quote, Source
from .library import Library
from .validation import Entry

LOCK = "evidence.lock.json"
TRIALS = "trials.json"
VERIFY = "python -m macros verify"


def prove_library(
    library: Library, folder: Path, texts: Path | None, *, accept_unlocked: bool
) -> Iterable[Problem]:
    """Every passage is in its source, by the lock or, where the lock is silent, by the text itself."""
    yield from _read_trials(library, folder)
    try:
        lock = Lock.read(folder / LOCK)
        by_text = accept_unlocked and texts is not None and texts.is_dir()
        if not by_text and not (folder / LOCK).is_file():
            raise AuthorError(f"is missing; run {VERIFY} to write it")
    except AuthorError as error:
        yield Problem(f"{folder.name}/{LOCK}", 0, 0, str(error))
        library.locations = {name: [] for name in library.entries}
        library.proved = False
        return
    library.coverage = lock.coverage
    for source in library.of(Source):
        known = lock.sources.get(source.id)
        if known not in (None, source.sha256):
            text = f'the evidence of "{source.id}" was checked against another text; run {VERIFY}'
            yield library.entries[source.id].problem(("sha256",), text)
    articles: dict[str, Article] | None = None
    for entry in library.entries.values():
        record, quoted = entry.record, isinstance(entry.record, Quote)
        passages = [passage for _, passage in record.passages()]
        if not passages or not all(passage.source in library.records for passage in passages):
            library.locations[record.id] = []
            continue
        found = lock.find(record.id, passages, quoted=quoted)
        if found is None:
            if articles is None:
                articles = articles_of(library, texts)
            checked = {location.digest for location in lock.records.get(record.id, ())}
            found, problems = prove_record(entry, articles, checked)
            yield from problems
            if not problems and not accept_unlocked:
                text = f'the evidence of "{record.id}" is not in the lock yet; run {VERIFY}'
                yield entry.problem((), text)
        library.locations[record.id] = found


def _read_trials(library: Library, folder: Path) -> Iterable[Problem]:
    """How many wrong quotations were tried on the texts, as the tests have counted; none where nobody has."""
    path = folder / TRIALS
    if not path.is_file():
        return
    try:
        library.trials = {str(name): int(number) for name, number in json.loads(path.read_text("utf-8")).items()}
    except (ValueError, TypeError, AttributeError):
        yield Problem(f"{folder.name}/{TRIALS}", 0, 0, "holds no counts; run python -m tests.support.trials")


def articles_of(library: Library, texts: Path | None) -> dict[str, Article]:
    """The texts that are at hand, by the id of their source."""
    if texts is None:
        return {}
    return read_articles(texts, [(source.id, source.text, source.furniture) for source in library.of(Source)])


def prove_record(
    entry: Entry, articles: dict[str, Article], checked: Collection[str] = ()
) -> tuple[list[Location], list[Problem]]:
    """Find a record's passages in the texts: where they are, or what is wrong with each.

    `checked` holds the digests in the lock; without the text, a passage among them is not blamed.
    """
    passages, quoted = list(entry.record.passages()), isinstance(entry.record, Quote)
    found: list[Location] = []
    problems: list[Problem] = []
    for path, passage in passages:
        article = articles.get(passage.source)
        if article is None:
            if selector_digest(passage, quoted=quoted) not in checked:
                text = f'has changed since it was checked, and the text of "{passage.source}" is not at hand'
                problems.append(_unproved(entry, path, f"{text}; check it where it is, with {VERIFY}"))
            continue
        try:
            found.append(find_passage(article, passage, quoted=quoted))
        except AuthorError as error:
            problems.append(_unproved(entry, path, str(error)))
    if len(found) < len(passages) and not problems:
        text = f'"{entry.record.id}" rests on other passages than were checked; check it again, with {VERIFY}'
        problems.append(entry.problem(("evidence",), text))
    if isinstance(entry.record, Quote) and len({passage.source for _, passage in passages}) > 1:
        text = f'"{entry.record.id}" has parts from two sources; make a record of each'
        problems.append(entry.problem(("evidence",), text))
    if isinstance(entry.record, Quote) and not problems:
        try:
            find_parts(articles[passages[0][1].source], [passage for _, passage in passages])
        except AuthorError as error:
            problems.append(entry.problem(("evidence",), f'"{entry.record.id}" {error}'))
    return ([] if problems else found), problems


def locations_in(
    entries: Iterable[Entry], located: Mapping[str, list[Location]], source: str
) -> tuple[list[Location], set[tuple[int, int]]]:
    """What rests on a source: the place of each passage, and which quotations have a record of their own."""
    rests: list[Location] = []
    quoted: set[tuple[int, int]] = set()
    for entry in entries:
        here = [location for location in located.get(entry.record.id, ()) if location.source == source]
        rests += here
        if isinstance(entry.record, Quote | Document):  # a title between quotation marks is a document's
            quoted |= {(location.start, location.end) for location in here}
    return rests, quoted


def _unproved(entry: Entry, path: tuple[str | int, ...], text: str) -> Problem:
    words = entry.record
    for step in path:
        words = words[step] if isinstance(step, int) else getattr(words, step)  # type: ignore[index]
    exact: str = words.exact  # type: ignore[attr-defined]
    shown = exact if len(exact) <= 40 else exact[:40].rsplit(" ", 1)[0] + " …"
    return entry.problem((*path, "exact"), f'"{shown}" {text}')

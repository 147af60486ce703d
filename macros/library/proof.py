"""Proof: each passage of a record is in its source, by the lock or, where it is not in the lock, by the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from ..evidence.article import Article, read_articles
from ..evidence.lock import Lock
from ..evidence.selectors import Location, find_parts, find_passage, selector_digest
from ..problems import AuthorError, Problem
from ..records.fields import Keys
from ..records.kinds import Source
from ..records.models import Passage
from .library import Library
from .validation import Entry

LOCK = "evidence.lock.json"
VERIFY = "python -m macros verify"


def prove_library(
    library: Library, folder: Path, texts: Path | None, *, accept_unlocked: bool
) -> Iterable[Problem]:
    """Put the place of every proved passage into the library; yield what is not proved."""
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
        if lock.sources.get(source.id, source.sha256) != source.sha256:
            text = f'the evidence of "{source.id}" was checked against another text; run {VERIFY}'
            yield library.entries[source.id].problem(("sha256",), text)
    articles: dict[str, Article] | None = None
    for name, entry in library.entries.items():
        passages = [passage for _, passage in entry.record.passages()]
        if not passages or not all(passage.source in library.records for passage in passages):
            library.locations[name] = []
            continue
        found = lock.find(name, passages, quoted=entry.record.quoted)
        if found is None:
            if articles is None:
                articles = articles_of(library, texts)
            checked = {location.digest for location in lock.records.get(name, ())}
            found, problems = prove_record(entry, articles, checked)
            yield from problems
            if not problems and not accept_unlocked:
                yield entry.problem((), f'the evidence of "{name}" is not in the lock yet; run {VERIFY}')
        library.locations[name] = found


def articles_of(library: Library, texts: Path | None) -> dict[str, Article]:
    """Read the texts that are at hand; return them by the id of their source."""
    return read_articles(texts, library.of(Source)) if texts else {}


def prove_record(
    entry: Entry, articles: dict[str, Article], checked: Collection[str] = ()
) -> tuple[list[Location], list[Problem]]:
    """Find a record's passages in the texts; return where they are, or what is wrong with each.

    `checked` holds the digests in the lock: where a text is not at hand, they prove the passages they are of.
    """
    record = entry.record
    passages = list(record.passages())
    found: list[Location] = []
    problems: list[Problem] = []
    for path, passage in passages:
        article = articles.get(passage.source)
        if article is None:
            if selector_digest(passage, quoted=record.quoted) not in checked:
                text = f'has changed since it was checked, and the text of "{passage.source}" is not at hand'
                problems.append(_unproved(entry, path, passage, f"{text}; check it where it is, with {VERIFY}"))
            continue
        try:
            found.append(find_passage(article, passage, quoted=record.quoted))
        except AuthorError as error:
            problems.append(_unproved(entry, path, passage, str(error)))
    whole = []
    if len(found) < len(passages) and not problems:
        whole.append(f"rests on other passages than were checked; check it again, with {VERIFY}")
    if record.quoted and len({passage.source for _, passage in passages}) > 1:
        whole.append("has parts from two sources; make a record of each")
    elif record.quoted and not problems and not whole:
        try:
            find_parts(articles[passages[0][1].source], [passage for _, passage in passages])
        except AuthorError as error:
            whole.append(str(error))
    problems += [entry.problem(("evidence",), f'"{record.id}" {text}') for text in whole]
    return ([] if problems else found), problems


def _unproved(entry: Entry, path: Keys, passage: Passage, text: str) -> Problem:
    exact = passage.exact
    shown = exact if len(exact) <= 40 else exact[:40].rsplit(" ", 1)[0] + " …"
    return entry.problem((*path, "exact"), f'"{shown}" {text}')


def locations_in(
    entries: Iterable[Entry], located: Mapping[str, list[Location]], source: str
) -> tuple[list[Location], set[tuple[int, int]]]:
    """Return the place of each passage from a source, and which of its quotations need no further record."""
    rests: list[Location] = []
    quoted: set[tuple[int, int]] = set()
    for entry in entries:
        here = [location for location in located.get(entry.record.id, ()) if location.source == source]
        rests += here
        if entry.record.covers_quotations:
            quoted |= {(location.start, location.end) for location in here}
    return rests, quoted

"""Proof: each passage of a record is in its source, by the lock, or by the text, from which the lock is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..evidence.article import Article, read_articles
from ..evidence.coverage import measure_coverage
from ..evidence.figures import loose, read_figures
from ..evidence.lock import Lock
from ..evidence.selectors import Location, find_parts, find_passage, selector_digest
from ..evidence.typography import fold
from ..problems import AuthorError, Problem
from ..records.fields import Keys
from ..records.kinds import Source
from ..records.models import Passage, Record
from .backing import is_named, unlocated, unsourced
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
        if found is None or (by_text and [*unlocated(entry.record, library.records, found)]):
            if articles is None:
                articles = articles_of(library, texts)
            found, problems = prove_record(entry, articles, library.records, lock.records.get(name))
            yield from problems
            if not problems and not accept_unlocked:
                yield entry.problem((), f'the evidence of "{name}" is not in the lock yet; run {VERIFY}')
        else:
            yield from (entry.problem(*each) for each in unlocated(entry.record, library.records, found))
        library.locations[name] = found


def articles_of(library: Library, texts: Path | None) -> dict[str, Article]:
    """Read the texts that are at hand; return them by the id of their source."""
    return read_articles(texts, library.of(Source)) if texts else {}


def prove_record(
    entry: Entry,
    articles: dict[str, Article],
    records: Mapping[str, Record],
    locked: Sequence[Location] | None = None,
) -> tuple[list[Location], list[Problem]]:
    """Find a record's passages in the texts; return where they are, or what is wrong with each.

    `locked` is what the lock holds of it: where a text is not at hand, that proves the passages it is of.
    """
    record = entry.record
    checked = {location.digest for location in locked or ()}
    passages = list(record.passages())
    found, problems = list[Location](), list[Problem]()
    for path, passage in passages:
        article = articles.get(passage.source)
        if article is None:
            if selector_digest(passage, quoted=record.quoted) not in checked:
                what = "is new" if locked is None else "has changed since it was checked"
                text = f'{what}, and the text of "{passage.source}" is not at hand'
                problems.append(_unproved(entry, path, passage, f"{text}; check it where it is, with {VERIFY}"))
            continue
        try:
            place = find_passage(article, passage, quoted=record.quoted)
            found.append(replace(place, named=tuple(_named_near(place, article, record, records))))
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
    if not problems:
        problems += [entry.problem(*each) for each in unlocated(record, records, found)]
    return ([] if problems else found), problems


def _named_near(place: Location, article: Article, record: Record, records: Mapping[str, Record]) -> Iterator[str]:
    """Yield the ids of those who say a record and are named near a passage, or made its source."""
    near = "\n".join((article.near(place.start), *_makers(records[place.source])))
    yield from (name for name in _sayers(record, records) if is_named(records[name], near, place.source))


def _sayers(record: Record, records: Mapping[str, Record]) -> Iterator[str]:
    """Yield the ids of those who say a record, and of the authors of a document that does."""
    for name in record.sayers:
        yield from (each for each in (name, *getattr(records.get(name), "author", ())) if each in records)


def _makers(source: Record) -> Iterator[str]:
    """Yield who wrote and published a source, folded: they need not name themselves in it."""
    if isinstance(source, Source):
        yield from (fold(name) for name in (*(author.full for author in source.author), source.publisher))


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


def prove_by_text(library: Library, texts: Path) -> tuple[Lock, list[Problem]]:
    """Check every passage of a library against the texts; return the lock to write, and all its problems."""
    articles = articles_of(library, texts)
    lock = Lock({name: article.sha256 for name, article in articles.items()}, {}, {})
    told = "\n".join(loose(article.text) for article in articles.values())
    days = "\n".join(source.issued.say() for source in library.of(Source) if source.issued)
    figures = frozenset().union(read_figures(days), *(read_figures(article.text) for article in articles.values()))
    problems = library.problems
    for source in library.of(Source):
        problems += _source_problems(library.entries[source.id], source, articles.get(source.id), texts)
    for entry in library.entries.values():
        sources = {passage.source for _, passage in entry.record.passages()}
        if sources and sources <= set(articles):
            found, wrong = prove_record(entry, articles, library.records)
            wrong += [entry.problem(*each) for each in unsourced(entry.record, library.records, told, figures)]
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

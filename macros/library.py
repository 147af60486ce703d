"""All of data/, read once, checked, ready for pages.

A library never raises for what an author wrote: it holds the records that are
right and the problems of those that are not, so that a page can show both.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from . import yaml_lines
from .articles import Article, fold
from .checks import check
from .entries import Entries, Entry, read_record
from .evidence import Location, Lock, digest, locate, locate_parts, read_articles
from .measures import measure
from .problems import AuthorError, Problem, ProblemsFoundError
from .published import REDIRECTS, read_redirects, read_standing
from .records import KINDS, Correction, Document, Passage, Quote, Record, Source, references

LOCK = "evidence.lock.json"
TRIALS = "trials.json"
VERIFY = "python -m macros verify"

AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(eq=False)
class Library:
    """Every record by id, where its evidence stands, and what is wrong."""

    folder: str
    records: dict[str, Record] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    locations: dict[str, list[Location]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: dict[str, list[Problem]] = field(default_factory=dict)
    redirects: dict[str, list[str]] = field(default_factory=dict)
    coverage: dict[str, dict[str, int]] = field(default_factory=dict)
    trials: dict[str, int] = field(default_factory=dict)
    proved: bool = True
    """Whether there was a lock to prove the records by; without one, no page is blamed for what is missing."""

    def of(self, kind: type[AnyRecord], topic: str = "") -> list[AnyRecord]:
        """The records of a kind, or those of one topic, in the order of their file."""
        found = (record for record in self.records.values() if isinstance(record, kind))
        return [record for record in found if not topic or topic in getattr(record, "topics", ())]

    @cached_property
    def corrections(self) -> dict[str, list[Correction]]:
        """What was corrected, by the record it was wrong in, the newest first."""
        found: dict[str, list[Correction]] = {}
        for each in sorted(self.of(Correction), key=lambda one: (one.date.edtf, one.id), reverse=True):
            found.setdefault(each.record, []).append(each)
        return found

    @cached_property
    def measures(self) -> dict[str, int]:
        """What was counted, by name: the records, what the lock covers, and the wrong quotations of the trial."""
        found = {
            "records": len(self.records),
            "sources": len(self.of(Source)),
            "passages": sum(map(len, self.locations.values())),
        }
        for counted in self.coverage.values():
            for name, number in counted.items():
                found[name] = found.get(name, 0) + number
        return found | self.trials

    def order(self, record: Record) -> tuple[int, int]:
        """Where a record's first passage stands: the number of its source, and the offset in its text."""
        first = self.locations[record.id][0]
        return self._source_order[first.source], first.start

    @cached_property
    def _source_order(self) -> dict[str, int]:
        return {source.id: number for number, source in enumerate(self.of(Source))}

    def evidence(self, record: Record) -> list[tuple[Passage, Location]]:
        """A record's passages with their places in the sources."""
        return list(zip((passage for _, passage in record.passages()), self.locations[record.id], strict=True))


def texts_folder(root: Path) -> Path:
    """The folder of the articles' texts: what `SOURCES` names, or `sources/`."""
    return root / (os.environ.get("SOURCES") or "sources")


def read(folder: Path, texts: Path | None = None, *, accept_unlocked: bool = False) -> Library:
    """Read and check all records under `folder`.

    `texts` is the folder of the articles, if they are at hand. What the lock does
    not cover is then looked up; it still counts as a problem unless
    `accept_unlocked`, because a build without the texts could not repeat it.
    """
    library = Library(folder.name)
    library.problems += _unread(folder)
    entries = _read_entries(folder, library)
    library.problems += check(entries)
    for entry in entries.entries:
        library.records.setdefault(entry.record.id, entry.record)
        library.entries.setdefault(entry.record.id, entry)
    library.problems += _prove(library, folder, texts, accept_unlocked=accept_unlocked)
    library.redirects, lost = read_redirects(folder, {*library.records, *entries.broken})
    library.problems = sorted({*library.problems, *lost})
    _set_aside_broken(library)
    return library


def _unread(folder: Path) -> Iterable[Problem]:
    """Files among the records that nobody reads; where one that should be there is missing, that is told alone."""
    known = {*(kind.file for kind in KINDS.values()), REDIRECTS}
    if all((folder / kind.file).is_file() for kind in KINDS.values()):
        for path in sorted(folder.glob("*.y*ml")):
            if path.name not in known:
                text = "is read by nobody; move its records to the file of their kind, or delete it"
                yield Problem(f"{folder.name}/{path.name}", 0, 0, text)


def _read_entries(folder: Path, library: Library) -> Entries:
    entries: list[Entry] = []
    broken: set[str] = set()
    unread = False
    for kind in KINDS.values():
        name = f"{folder.name}/{kind.file}"
        try:
            results = _read_file(kind, yaml_lines.load(folder / kind.file, name), name)
        except ProblemsFoundError as error:
            library.problems += error.problems
            broken |= _ids_by_eye(folder / kind.file)
            unread = True
            continue
        for record_id, result in results:
            if isinstance(result, Entry):
                entries.append(result)
                continue
            library.problems += result
            if isinstance(record_id, str):
                broken.add(record_id)
                library.broken[record_id] = result
    if unread:  # what is published stood in that file, unless another has it
        broken |= read_standing(folder) - {entry.record.id for entry in entries}
    library.broken |= {name: [] for name in broken - set(library.broken)}
    return Entries(entries, frozenset(broken), folder.name)


@lru_cache(maxsize=len(KINDS))
def _read_file(kind: type[Record], raw: bytes, name: str) -> list[tuple[object, Entry | list[Problem]]]:
    """What a file holds: each id, with its entry or what is wrong. While serving, most files are as they were."""
    tree = yaml_lines.parse(raw, name)
    if not isinstance(tree.data, list):
        text = 'should be a list of records, each starting with "- id: …"; write [] when there are none'
        raise ProblemsFoundError([Problem(name, 1, 0, text)])
    return [
        (value.get("id") if isinstance(value, dict) else None, read_record(kind, tree, index, value))
        for index, value in enumerate(tree.data)
    ]


def _ids_by_eye(path: Path) -> set[str]:
    """The ids in a file that is not YAML, so that other records are not blamed for naming them."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return set()
    return {line.partition("id:")[2].strip() for line in lines if line.lstrip(" -").startswith("id:")}


def _prove(library: Library, folder: Path, texts: Path | None, *, accept_unlocked: bool) -> Iterable[Problem]:
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
            found, problems = prove(entry, articles, checked)
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
        yield Problem(f"{folder.name}/{TRIALS}", 0, 0, "holds no counts; run python -m tests.trials")


def articles_of(library: Library, texts: Path | None) -> dict[str, Article]:
    """The texts that are at hand, by the id of their source."""
    if texts is None:
        return {}
    return read_articles(texts, [(source.id, source.text, source.furniture) for source in library.of(Source)])


def prove(
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
            if digest(passage, quoted=quoted) not in checked:
                text = f'has changed since it was checked, and the text of "{passage.source}" is not at hand'
                problems.append(_unproved(entry, path, f"{text}; check it where it is, with {VERIFY}"))
            continue
        try:
            found.append(locate(article, passage, quoted=quoted))
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
            locate_parts(articles[passages[0][1].source], [passage for _, passage in passages])
        except AuthorError as error:
            problems.append(entry.problem(("evidence",), f'"{entry.record.id}" {error}'))
    return ([] if problems else found), problems


def resting(
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


def _set_aside_broken(library: Library) -> None:
    """Take records with unproved evidence, or that name a record nobody knows, out of what pages may show."""
    known = {*library.records, *library.broken}
    for record_id, entry in list(library.entries.items()):
        unproved = list(entry.record.passages()) and not library.locations.get(record_id)
        if unproved or any(name not in known for _, name, _ in references(entry.record)):
            place = entry.tree.place((entry.index,))
            end = entry.tree.place((entry.index + 1,))
            last = end[0] if end > place else 10**9
            file = entry.tree.file
            library.broken[record_id] = [
                p for p in library.problems if p.file == file and place[0] <= p.line < last
            ]
            del library.records[record_id]


def verify(folder: Path, texts: Path) -> tuple[Lock, list[Problem]]:
    """Check every passage against the texts, and make the lock that says so."""
    library = read(folder, texts, accept_unlocked=True)
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
            found, wrong = prove(entry, articles)
            problems += wrong
            if found:
                lock.records[entry.record.id] = found
    for name, article in articles.items():
        lock.coverage[name] = measure(article, *resting(library.entries.values(), lock.records, name))
    return lock, sorted(set(problems))

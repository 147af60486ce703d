"""Proof: each passage of a record is in its source, by the lock, or by the text, from which the lock is made."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import chain
from pathlib import Path
from textwrap import shorten

from ..evidence.article import MAX_BYTES, Article, read_articles
from ..evidence.coverage import measure_coverage
from ..evidence.lock import Lock
from ..evidence.names import name_pattern
from ..evidence.selectors import Location, find_parts, find_passage, selector_digest
from ..evidence.texts import Texts
from ..evidence.typography import fold
from ..problems import AuthorError, Problem
from ..records.kinds import Person, Source
from ..records.models import Passage, Record, values_in
from ..records.word_boundaries import word_edges
from .library import Entry, Library
from .rules.backing import not_stated_in_sources, not_stated_nearby
from .rules.supporting_texts import names_of

LOCK = "evidence.lock.json"
VERIFY = "python -m macros verify"


@dataclass
class Prover:
    """What proves the records of a library: the lock and, for what that does not hold, the texts at hand."""

    library: Library
    lock: Lock
    texts: Path | None  # their folder, if there is one

    @cached_property
    def articles(self) -> dict[str, Article]:
        return articles_of(self.library, self.texts)

    def prove(self, entry: Entry) -> tuple[list[Location], list[Problem]]:
        """Return where the passages of a record are; or nothing, and why they are not proved."""
        record = entry.record
        if not record.passages or not all(each.source in self.library.records for each in record.passages):
            return [], []
        found = self.lock.find(record)
        problems = [entry.problem(*wrong) for wrong in not_stated_nearby(record, self.library, found or ())]
        if found is not None and not (self.texts and problems):
            return found, problems
        return prove_record(entry, self.articles, self.library, self.lock.records.get(record.id, ()))


def open_lock(
    library: Library, folder: Path, texts: Path | None, before: Library | None = None
) -> tuple[Prover | None, list[Problem]]:
    """Return what proves the records of a library, if there is any, and what is wrong with the lock."""
    path, texts = folder / LOCK, texts if texts and texts.is_dir() else None
    try:
        seal = sha256(path.read_bytes()).digest() if path.is_file() else b""
        lock = before.lock[1] if before and before.lock and before.lock[0] == seal else Lock.read(path)
        library.lock = seal, lock
        if not texts and not path.is_file():
            raise AuthorError(f"is missing; run {VERIFY} to write it")
    except AuthorError as error:
        library.proved = False
        return None, [Problem(f"{folder.name}/{LOCK}", text=str(error))]
    library.coverage = lock.coverage
    return Prover(library, lock, texts), [
        library.entries[source.id].problem(
            ("sha256",), f'the evidence of "{source.id}" was checked against another text; run {VERIFY}'
        )
        for source in library.of(Source)
        if lock.sources.get(source.id, source.sha256) != source.sha256
    ]


def articles_of(library: Library, texts: Path | None) -> dict[str, Article]:
    """Read the texts that are at hand; return them by the id of their source."""
    return read_articles(texts, library.of(Source)) if texts else {}


def prove_record(
    entry: Entry, articles: dict[str, Article], library: Library, locked: Sequence[Location] = ()
) -> tuple[list[Location], list[Problem]]:
    """Find a record's passages in the texts; return where they are, or what is wrong with each.

    `locked` is what the lock holds of it: where a text is not at hand, that proves the passages it is of.
    """
    record = entry.record
    checked, passages = {location.digest for location in locked}, record.passages
    found, problems = list[Location](), list[Problem]()
    for path, passage in values_in(record, Passage):
        try:
            if passage.source in articles:
                place = find_passage(articles[passage.source], passage, quoted=record.quoted)
                named = _named_near(place, articles[passage.source], record, library)
                found.append(replace(place, named=tuple(named)))
            elif not problems and selector_digest(passage, quoted=record.quoted) not in checked:  # once a record
                raise AuthorError(f"was not checked in these words; do so where the texts are, with {VERIFY}")
        except AuthorError as error:
            words = shorten(passage.exact, 42, placeholder=" …")
            problems.append(entry.problem((*path, "exact"), f'"{words}" {error}'))
    if problems:
        return [], problems
    try:
        if len(found) < len(passages):
            raise AuthorError(f"rests on other passages than were checked; check it again, with {VERIFY}")
        if record.quoted and len({passage.source for passage in passages}) > 1:
            raise AuthorError("has parts from two sources; make a record of each")
        if record.quoted:
            find_parts(articles[passages[0].source], passages)
        problems = [entry.problem(*wrong) for wrong in not_stated_nearby(record, library, found)]
    except AuthorError as error:
        problems = [entry.problem(("evidence",), f'"{record.id}" {error}')]
    return ([] if problems else found), problems


def _named_near(place: Location, article: Article, record: Record, library: Library) -> Iterator[str]:
    """Yield the ids of those who say a record or counted its figure, as far as the text near a passage names them.

    It names who wrote or published the source, and whoever it calls by a name or in the words of a passage of
    their own; of a document, it may name the authors instead.
    """
    source = library.get(place.source, Source)
    printed_by = [fold(name) for name in (*(author.full for author in source.author), source.publisher)]
    text, language = "\n".join((article.near(place.start), *printed_by)), source.language.partition("-")[0]
    start, end = word_edges(text)
    sayers = [(name, *getattr(library.records.get(name), "author", ())) for name in record.attributed_to]
    for each in filter(None, map(library.records.get, dict.fromkeys(chain(*sayers)))):
        names = [*names_of(each), *([each.surname] if isinstance(each, Person) else ())]
        names += [name.upper() for name in names]  # in a transcript
        passages = [fold(passage.exact) for passage in each.passages if passage.source == place.source]
        by_name = any(re.search(f"{start}{name_pattern(name, language)}{end}", text) for name in names)
        if by_name or any(words in text for words in passages):
            yield each.id


def prove_by_text(library: Library, texts: Path) -> tuple[Lock, list[Problem]]:
    """Check every passage of a library against the texts; return the lock to write, and all its problems."""
    articles = articles_of(library, texts)
    records: dict[str, list[Location]] = {}
    days = [source.issued.say() for source in library.of(Source) if source.issued]
    stated = Texts([article.text for article in articles.values()], days)
    problems = library.problems
    for source in library.of(Source):
        problems += _source_problems(library.entries[source.id], source, articles.get(source.id), texts)
    for entry in library.entries.values():
        sources = {passage.source for passage in entry.record.passages}
        if sources and sources <= set(articles):
            found, wrong = prove_record(entry, articles, library)
            wrong += [entry.problem(*each) for each in not_stated_in_sources(entry.record, library, stated)]
            problems += wrong
            if found:
                records[entry.record.id] = found
    located = [(library.entries[name].record, place) for name, places in records.items() for place in places]
    coverage = {name: measure_coverage(article, located).counts() for name, article in articles.items()}
    return Lock({name: each.sha256 for name, each in articles.items()}, records, coverage), sorted(set(problems))


def _source_problems(entry: Entry, source: Source, article: Article | None, texts: Path) -> Iterator[Problem]:
    """Yield what is wrong with a source, as its text says."""
    if article is None:
        what = f'"{source.text}" is larger than {MAX_BYTES >> 20} MiB; keep the part that is cited'
        if not (texts / source.text).is_file():
            what = f'no "{source.text}" in {texts}; set SOURCES to the texts\' folder'
        yield entry.problem(("text",), what)
        return
    if "\ufffd" in article.raw:
        yield entry.problem(("text",), f'"{source.text}" is not UTF-8; save it as UTF-8')
    if article.sha256 != source.sha256:
        text = f"the text has the fingerprint {article.sha256}; if it is the right text, write that here"
        yield entry.problem(("sha256",), text)
    for index, item in enumerate(source.furniture):
        if fold(item.starts) in article.undeclared:
            text = f'no paragraph starts with "{fold(item.starts)}", and no heading is that; copy its words'
            yield entry.problem(("furniture", index), text)

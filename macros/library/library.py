"""The library: all of data/, read and checked, the one object that pages, exports and commands ask for records.

What is asked for is noted as a dependency, so that a page stays in the cache until one of the answers changes
(`build/cache.py`). A dependency is the id of a record, EVERY_RECORD, or a function of the library after which
stands what it is given.
"""

from collections import Counter, UserDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NamedTuple, TypeVar, overload

from ..evidence.lock import Lock
from ..evidence.selectors import Location
from ..problems import AuthorError, Problem, ProblemsFoundError, did_you_mean
from ..records.kinds import Correction, Limit, Source, Topic
from ..records.models import Record
from .yaml import Tree, dump_entry

AnyRecord = TypeVar("AnyRecord", bound=Record)
Computed = TypeVar("Computed")

EVERY_RECORD = "every record"


@dataclass(frozen=True, kw_only=True)
class Entry(Tree):
    """A record as it is written, and what it says."""

    record: Record


class ReadFile(NamedTuple):
    """A data file as it was read: its bytes, its records, and the entries that make none, each with why."""

    raw: bytes
    entries: list[Entry]
    broken: list[tuple[Tree, list[Problem]]]


class BrokenRecordError(ProblemsFoundError):
    """Raised for a record whose problems are reported already."""


class Records(UserDict[str, Record]):
    """Records by id. Each look-up is noted in `dependencies`."""

    def __init__(self) -> None:
        super().__init__()
        self.dependencies: set[object] = set()
        self.by_kind: dict[type[Record], dict[str, Any]] = defaultdict(dict)

    def __setitem__(self, name: str, record: Record) -> None:
        super().__setitem__(name, record)
        self.by_kind[type(record)][name] = record

    def __delitem__(self, name: str) -> None:
        del self.by_kind[type(self.data[name])][name]
        super().__delitem__(name)

    def __getitem__(self, name: str) -> Record:
        self.dependencies.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.dependencies.add(name)
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self.dependencies.add(EVERY_RECORD)
        return super().__iter__()


def computed_once(compute: Callable[["Library"], Computed]) -> Callable[["Library"], Computed]:
    """Compute what a function makes of a library once; whoever asks for it depends on its value alone."""

    @wraps(compute)
    def ask(library: "Library") -> Computed:
        if ask not in library.answers:
            with library.tracking():
                library.answers[ask] = compute(library)
        library.records.dependencies.add((ask,))
        return library.answers[ask]  # type: ignore[no-any-return]

    return ask


@dataclass(eq=False)
class Library:
    """Every record by id, where its evidence stands, and what is wrong."""

    folder: str  # its name in messages
    records: Records = field(default_factory=Records)  # those that pages may show
    entries: dict[str, Entry] = field(default_factory=dict)  # of every record, also of those set aside
    locations: dict[str, list[Location]] = field(default_factory=dict)  # of a record's passages, in the texts
    problems: list[Problem] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)  # of files; while there is one, no id is called unknown
    broken: dict[str, list[Problem]] = field(default_factory=dict)  # of what pages may not show, by its id
    published: list[str] = field(default_factory=list)  # ids, in the order of publishing
    redirects: dict[str, list[str]] = field(default_factory=dict)  # the former ids of each record
    coverage: dict[str, dict[str, int]] = field(default_factory=dict)  # what is counted of each source
    trials: dict[str, int] = field(default_factory=dict)  # how many wrong quotations were tried, and refused
    lock: tuple[bytes, Lock] | None = None  # after the digest of its file
    proved: bool = True  # by a lock; without one, no page is blamed for what is missing
    files: dict[type[Record], ReadFile] = field(default_factory=dict)
    checked: dict[str, set[object]] = field(default_factory=dict)  # what was asked for to check each right record
    answers: dict[Callable[["Library"], Any], Any] = field(default_factory=dict)  # of what is `computed_once`

    def add(self, entry: Entry) -> None:
        """Add an entry and its record; a problem, where another one has the id."""
        name = entry.record.id
        if first := self.entries.get(name):
            text = f'"{name}" is already the id at {first.begins}; choose another'
            self.problems.append(entry.problem(("id",), text))
        else:
            self.entries[name], self.records[name] = entry, entry.record

    def is_known(self, name: str) -> bool:
        """Tell whether an id is that of a record, right or wrong; any may be, while a file cannot be read."""
        return bool(name in self.entries or name in self.broken or self.unread)

    @overload
    def get(self, record_id: object) -> Record: ...
    @overload
    def get(self, record_id: object, *kinds: type[AnyRecord]) -> AnyRecord: ...
    def get(self, record_id: object, *kinds: type[Record]) -> Record:
        """Return the record of an id, of one of the kinds where any are given.

        Raises AuthorError where there is none, and BrokenRecordError for one that has problems.
        """
        name, wanted = str(record_id), kinds or (Record,)
        record = self.records.get(name)
        if isinstance(record, wanted):
            return record
        what = " or ".join(kind.kind for kind in kinds) or "record"
        if record is not None:
            raise AuthorError(f'the {record.kind} "{name}" is no {what}')
        if self.is_known(name):
            raise BrokenRecordError(self.broken.get(name, []))
        if now := next((key for key, former in self.redirects.items() if name in former), ""):
            raise AuthorError(f'"{name}" is now called "{now}"; write that')
        if why := next((each.id for each in self.of(Correction) if each.withdrawn == name), ""):
            raise AuthorError(f'"{name}" was withdrawn, as "{why}" says; take it out')
        if "," in name:
            raise AuthorError(f'"{name}" is more than one id; put quotation marks round each, and no brackets')
        known = (key for key, record in self.records.items() if isinstance(record, wanted))
        raise AuthorError(f'no {what} "{name}" in {self.folder}/{did_you_mean(name, known)}')

    def of(self, kind: type[AnyRecord], topic: str = "") -> list[AnyRecord]:
        """Return the records of a kind, or those of one topic, in the order of their file.

        Raises AuthorError where there is no such topic.
        """
        if topic:
            self.get(topic, Topic, Limit)
        self.records.dependencies.add((Library.of, kind, topic))
        found = list(self.records.by_kind[kind].values())
        return [record for record in found if topic in getattr(record, "topics", ())] if topic else found

    def locate(self, record_id: str) -> Sequence[Location]:
        """Return where the passages of a record stand in the sources' texts; nothing, where that is not proved."""
        self.records.dependencies.add((Library.locate, record_id))
        return self.locations.get(record_id, ())

    def written(self, record_id: str) -> tuple[str, str]:
        """Return the file and line where a record is written, and its YAML. Raises AuthorError as `get` does."""
        self.records.dependencies.add((Library.written, record_id))
        entry = self.entries[self.get(record_id).id]
        return entry.begins, dump_entry(entry.data)

    def answer(self, question: Any) -> object:
        """Return what can be compared of the answer to a question that was noted as a dependency."""
        if question == EVERY_RECORD:
            return [*self.records.data.items()]
        if isinstance(question, str):
            return self.records.data.get(question) or self.is_known(question)
        ask, *given = question
        try:
            return ask(self, *given)
        except (AuthorError, BrokenRecordError):
            return None

    def changed(self, before: "Library", dependencies: Iterable[object]) -> set[object]:
        """Return those dependencies of which the answer differs from that of an earlier library."""
        answers = ((each, before.answer(each), self.answer(each)) for each in dependencies)
        return {each for each, one, other in answers if one is not other and one != other}

    @contextmanager
    def tracking(self) -> Iterator[set[object]]:
        """Note what is asked for meanwhile in the set given, and nowhere else."""
        outer, self.records.dependencies = self.records.dependencies, set()
        try:
            yield self.records.dependencies
        finally:
            self.records.dependencies = outer

    def order(self, record: Record) -> tuple[int, int]:
        """Return where a record's first passage stands: the number of its source, and the offset in its text."""
        first = self.locate(record.id)[0]
        return source_numbers(self)[first.source], first.start


@computed_once
def newest_corrections(library: Library) -> list[Correction]:
    """Return every correction, the newest first."""
    return sorted(library.of(Correction), key=lambda each: (each.date.edtf, each.id), reverse=True)


@computed_once
def corrections_by_record(library: Library) -> dict[str, list[Correction]]:
    """Return what was corrected, by the id of the record it was wrong in, the newest first."""
    found: dict[str, list[Correction]] = {}
    for each in newest_corrections(library):
        found.setdefault(each.record or each.withdrawn or "", []).append(each)
    return found


@computed_once
def resting_on(library: Library) -> dict[str, list[tuple[Location, str]]]:
    """Return, by the id of each source, its passages that records rest on, each with the id of its record."""
    found: dict[str, list[tuple[Location, str]]] = {}
    for name in library.records:
        for location in library.locate(name):
            found.setdefault(location.source, []).append((location, name))
    return found


@computed_once
def source_numbers(library: Library) -> dict[str, int]:
    """Return the number of each source, from 1, by its id."""
    return {source.id: number for number, source in enumerate(library.of(Source), 1)}


@computed_once
def measures(library: Library) -> dict[str, int]:
    """Return what was counted, by name: the records, what the lock covers, the quotations of the trial."""
    passages = sum(map(len, library.locations.values()))
    found = Counter(records=len(library.records), sources=len(library.of(Source)), passages=passages)
    for counted in library.coverage.values():
        found.update(counted)
    return {**found, **library.trials}

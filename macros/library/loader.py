"""Loading: all of data/ is read, checked by every rule, and proved.

Loading never raises for what an author wrote: a library holds the records that
are right and the problems of those that are not, so that a page can show both.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from ..evidence.lock import Lock
from ..problems import Problem, ProblemsFoundError
from ..records.kinds import KINDS
from ..records.models import Record, referenced_ids
from .library import BrokenRecordError, Entry, Library
from .proof import prove_by_text, prove_library
from .published_ids import REDIRECTS, check_published, read_published
from .rules import RULES
from .validation import find_mistakes
from .yaml import Tree, parse_yaml, read_file, read_yaml

TRIALS = "trials.json"


def find_texts_folder(root: Path) -> Path:
    """Return the folder of the articles' texts: what `SOURCES` names, or `sources/`."""
    return root / (os.environ.get("SOURCES") or "sources")


def load_library(folder: Path, texts: Path | None = None) -> Library:
    """Read, check and prove all records under `folder`.

    What the lock does not cover is looked up in the folder of the articles' texts, if one is given.
    """
    library = read_library(folder)
    library.problems += prove_library(library, folder, texts)
    library.problems = sorted({*library.problems})
    _set_aside_broken(library)
    return library


def read_library(folder: Path) -> Library:
    """Read all records under `folder` and apply every rule, without looking for their passages."""
    library = Library(folder.name)
    for kind in KINDS.values():
        with _noting_unread(library):
            _read_kind(kind, folder, library)
    library.problems += [problem for rule in RULES for problem in rule(library)]
    library.problems += _unknown_files(folder)
    with _noting_unread(library):
        library.trials = _read_trials(folder)
    with _noting_unread(library):
        library.published = read_published(folder)
        library.problems += check_published(library, folder)
    library.problems += library.unread
    return library


def verify_library(folder: Path, texts: Path) -> tuple[Lock, list[Problem]]:
    """Check every passage against the texts; return the lock to write, and all problems of the records."""
    return prove_by_text(read_library(folder), texts)


def _unknown_files(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each file of no kind, unless its name is one that editors and systems give."""
    known = {*(kind.file for kind in KINDS.values()), REDIRECTS}
    for path in folder.glob("[!.#~]*.y*ml"):
        if path.name not in known:
            text = "is the file of no kind; move its records to the file of their kind, or delete it"
            yield Problem(f"{folder.name}/{path.name}", 0, 0, text)


@contextmanager
def _noting_unread(library: Library) -> Iterator[None]:
    """Note in the library why what is read meanwhile cannot be read."""
    try:
        yield
    except ProblemsFoundError as error:
        library.unread += error.problems


def _read_kind(kind: type[Record], folder: Path, library: Library) -> None:
    """Read the file of a kind into the library: its records, or the problems that prevent them."""
    name = f"{folder.name}/{kind.file}"
    tree = _parse(read_file(folder / kind.file, name), name)
    if not isinstance(tree.data, list):
        text = 'should be a list of records, each starting with "- id: …"; write [] when there are none'
        raise ProblemsFoundError([Problem(name, 1, 0, text)])
    for index, value in enumerate(tree.data):
        try:
            library.add(load_record(kind, tree, index))
        except BrokenRecordError as error:
            library.problems += error.problems
            library.broken[str(value.get("id") if isinstance(value, dict) else value)] = error.problems


# Few files change while serving.
_parse = lru_cache(maxsize=len(KINDS))(parse_yaml)


@lru_cache(maxsize=8192)
def load_record(kind: type[Record], tree: Tree, index: int) -> Entry:
    """Turn one entry of a file into a record. Raises BrokenRecordError where it is none."""
    try:
        return Entry(kind.model_validate(tree.data[index]), tree, index)
    except ValidationError as error:
        found = [(tree.place((index, *path))[0], text) for path, text in find_mistakes(kind, error)]
        raise BrokenRecordError(Problem(tree.file, line, 0, text) for line, text in found) from None


def _read_trials(folder: Path) -> dict[str, int]:
    """Return how many wrong quotations the tests tried on the texts; none where they have not been counted."""
    tree = read_yaml(folder / TRIALS, f"{folder.name}/{TRIALS}") if (folder / TRIALS).is_file() else None
    return {name: int(number) for name, number in tree.data.items()} if tree else {}


def _set_aside_broken(library: Library) -> None:
    """Take records with unproved evidence, or that name a record nobody knows, out of what pages may show."""
    for record_id, entry in library.entries.items():
        unproved = entry.record.passages and not library.locations.get(record_id)
        if unproved or not all(library.is_known(name) for _, name, _ in referenced_ids(entry.record)):
            file, start = entry.tree.file, entry.tree.place((entry.index,))
            end = entry.tree.place((entry.index + 1,))
            lines = range(start[0], end[0] if end > start else 10**9)
            library.broken[record_id] = [p for p in library.problems if p.file == file and p.line in lines]
            del library.records[record_id]

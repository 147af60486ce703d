"""Loading: all of data/ is read, checked by every rule, and proved.

Loading never raises for what an author wrote: a library holds the records that
are right and the problems of those that are not, so that a page can show both.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from ..evidence.lock import Lock
from ..problems import Problem, ProblemsFoundError
from ..records.kinds import KINDS, Correction
from ..records.models import Record, referenced_ids
from .ids import REDIRECTS, read_redirects, read_standing
from .library import Library, Records
from .proof import prove_by_text, prove_library
from .rules import apply_rules
from .validation import Entries, Entry, load_record
from .yaml import parse_yaml, read_file

TRIALS = "trials.json"


def find_texts_folder(root: Path) -> Path:
    """Return the folder of the articles' texts: what `SOURCES` names, or `sources/`."""
    return root / (os.environ.get("SOURCES") or "sources")


def load_library(folder: Path, texts: Path | None = None, *, accept_unlocked: bool = False) -> Library:
    """Read, check and prove all records under `folder`.

    `texts` is the folder of the articles, if they are at hand. What the lock does
    not cover is then looked up; it still counts as a problem unless
    `accept_unlocked`, because a build without the texts could not repeat it.
    """
    library = read_library(folder)
    library.problems += prove_library(library, folder, texts, accept_unlocked=accept_unlocked)
    library.problems = sorted({*library.problems})
    _set_aside_broken(library)
    return library


def read_library(folder: Path) -> Library:
    """Read all records under `folder` and apply every rule, without looking for their passages."""
    library = Library(folder.name)
    library.problems += _unread(folder)
    entries = _read_entries(folder, library)
    library.problems += [*library.unread, *apply_rules(entries)]
    library.entries = {entry.record.id: entries.by_id[entry.record.id] for entry in entries}
    library.records = Records({name: entry.record for name, entry in library.entries.items()})
    library.trials, wrong = _read_trials(folder)
    library.redirects, lost = read_redirects(folder, {*library.records, *entries.broken, *_withdrawn(library)})
    library.problems += [*wrong, *lost]
    return library


def verify_library(folder: Path, texts: Path) -> tuple[Lock, list[Problem]]:
    """Check every passage against the texts; return the lock to write, and all problems of the records."""
    return prove_by_text(read_library(folder), texts)


def _unread(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each file of no kind, unless the file of a kind is missing: that is told alone."""
    known = {*(kind.file for kind in KINDS.values()), REDIRECTS}
    if all((folder / kind.file).is_file() for kind in KINDS.values()):
        for path in sorted(folder.glob("*.y*ml")):
            if path.name not in known and not path.name.startswith((".", "#", "~")):  # an editor's or a system's
                text = "is the file of no kind; move its records to the file of their kind, or delete it"
                yield Problem(f"{folder.name}/{path.name}", 0, 0, text)


def _read_entries(folder: Path, library: Library) -> Entries:
    """Read the file of every kind; the problems of what cannot be read go into the library."""
    entries: list[Entry] = []
    lost: set[str] = set()
    for kind in KINDS.values():
        name = f"{folder.name}/{kind.file}"
        try:
            results = _read_file(kind, read_file(folder / kind.file, name), name)
        except ProblemsFoundError as error:
            library.unread += error.problems
            lost |= {*_ids_in_lines(folder / kind.file), *read_standing(folder)}
            continue
        for record_id, result in results:
            if isinstance(result, Entry):
                entries.append(result)
                continue
            library.problems += result
            if isinstance(record_id, str):
                library.broken[record_id] = result
    lost -= {entry.record.id for entry in entries}
    library.broken = {name: [] for name in sorted(lost)} | library.broken
    return Entries(entries, frozenset(library.broken), folder.name)


@lru_cache(maxsize=len(KINDS))
def _read_file(kind: type[Record], raw: bytes, name: str) -> list[tuple[object, Entry | list[Problem]]]:
    """Return each id of a file with its entry or problems; cached, because few files change while serving."""
    tree = parse_yaml(raw, name)
    if not isinstance(tree.data, list):
        text = 'should be a list of records, each starting with "- id: …"; write [] when there are none'
        raise ProblemsFoundError([Problem(name, 1, 0, text)])
    return [
        (value.get("id") if isinstance(value, dict) else None, load_record(kind, tree, index, value))
        for index, value in enumerate(tree.data)
    ]


def _ids_in_lines(path: Path) -> Iterable[str]:
    """Return the ids in a file that is not YAML, so that other records are not blamed for naming them."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ()
    return [line.partition("id:")[2].strip() for line in lines if line.lstrip(" -").startswith("id:")]


def _withdrawn(library: Library) -> set[str]:
    """Return the ids of records that a correction withdraws."""
    return {each.withdrawn for each in library.of(Correction) if each.withdrawn}


def _read_trials(folder: Path) -> tuple[dict[str, int], list[Problem]]:
    """Return how many wrong quotations the tests tried on the texts; none where they have not been counted."""
    path = folder / TRIALS
    if not path.is_file():
        return {}, []
    try:
        return {str(name): int(number) for name, number in json.loads(path.read_text("utf-8")).items()}, []
    except (ValueError, TypeError, AttributeError):
        return {}, [
            Problem(f"{folder.name}/{TRIALS}", 0, 0, "holds no counts; run python -m tests.support.trials")
        ]


def _set_aside_broken(library: Library) -> None:
    """Take records with unproved evidence, or that name a record nobody knows, out of what pages may show."""
    known = {*library.records, *library.broken}
    for record_id, entry in library.entries.items():
        unproved = list(entry.record.passages()) and not library.locations.get(record_id)
        if unproved or any(name not in known for _, name, _ in referenced_ids(entry.record)):
            file, start = entry.tree.file, entry.tree.place((entry.index,))
            end = entry.tree.place((entry.index + 1,))
            lines = range(start[0], end[0] if end > start else 10**9)
            library.broken[record_id] = [p for p in library.problems if p.file == file and p.line in lines]
            del library.records[record_id]

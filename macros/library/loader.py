"""All of data/, read once, checked, ready for pages.

A library never raises for what an author wrote: it holds the records that are
right and the problems of those that are not, so that a page can show both.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from ..problems import Problem, ProblemsFoundError
from ..records.kinds import KINDS
from ..records.models import Record, referenced_ids
from .ids import REDIRECTS, read_redirects, read_standing
from .library import Library
from .proof import prove_library
from .rules import apply_rules
from .validation import Entries, Entry, load_record
from .yaml import parse_yaml, read_file


def find_texts_folder(root: Path) -> Path:
    """The folder of the articles' texts: what `SOURCES` names, or `sources/`."""
    return root / (os.environ.get("SOURCES") or "sources")


def load_library(folder: Path, texts: Path | None = None, *, accept_unlocked: bool = False) -> Library:
    """Read and check all records under `folder`.

    `texts` is the folder of the articles, if they are at hand. What the lock does
    not cover is then looked up; it still counts as a problem unless
    `accept_unlocked`, because a build without the texts could not repeat it.
    """
    library = Library(folder.name)
    library.problems += _unread(folder)
    entries = _read_entries(folder, library)
    library.problems += apply_rules(entries)
    for entry in entries.entries:
        library.records.setdefault(entry.record.id, entry.record)
        library.entries.setdefault(entry.record.id, entry)
    library.problems += prove_library(library, folder, texts, accept_unlocked=accept_unlocked)
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
            results = _read_file(kind, read_file(folder / kind.file, name), name)
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
    tree = parse_yaml(raw, name)
    if not isinstance(tree.data, list):
        text = 'should be a list of records, each starting with "- id: …"; write [] when there are none'
        raise ProblemsFoundError([Problem(name, 1, 0, text)])
    return [
        (value.get("id") if isinstance(value, dict) else None, load_record(kind, tree, index, value))
        for index, value in enumerate(tree.data)
    ]


def _ids_by_eye(path: Path) -> set[str]:
    """The ids in a file that is not YAML, so that other records are not blamed for naming them."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return set()
    return {line.partition("id:")[2].strip() for line in lines if line.lstrip(" -").startswith("id:")}


def _set_aside_broken(library: Library) -> None:
    """Take records with unproved evidence, or that name a record nobody knows, out of what pages may show."""
    known = {*library.records, *library.broken}
    for record_id, entry in list(library.entries.items()):
        unproved = list(entry.record.passages()) and not library.locations.get(record_id)
        if unproved or any(name not in known for _, name, _ in referenced_ids(entry.record)):
            place = entry.tree.place((entry.index,))
            end = entry.tree.place((entry.index + 1,))
            last = end[0] if end > place else 10**9
            file = entry.tree.file
            library.broken[record_id] = [
                p for p in library.problems if p.file == file and place[0] <= p.line < last
            ]
            del library.records[record_id]

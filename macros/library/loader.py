"""Loading: all of data/ is read, checked by every rule, and proved; nothing is raised for what an author wrote.

A library holds the records that are right and the problems of those that are not: a page can show both.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..evidence.lock import Lock
from ..evidence.selectors import Location
from ..problems import Problem, ProblemsFoundError, did_you_mean, listed
from ..records.fields import Keys
from ..records.kinds import KINDS
from ..records.models import Model, Record, field_descriptions, nested_model, referenced_ids, written_ids
from .library import BrokenRecordError, Entry, Library, ReadFile
from .parallel import in_parallel
from .proof import LOCK, Prover, open_lock, prove_by_text
from .published_ids import REDIRECTS, check_published, read_published
from .rules import RULES
from .rules.structure import wrong_references
from .schema import SCHEMAS
from .yaml import Tree, parse_entries, read_file, read_yaml

TRIALS = "trials.json"

# What is wrong with a record, what was asked for to check it, and where its passages are.
Checked = tuple[list[Problem], set[object], list[Location]]


def find_texts_folder(root: Path) -> Path:
    """Return the folder of the articles' texts: what `SOURCES` names, or `sources/`."""
    return root / (os.environ.get("SOURCES") or "sources")


def load_library(folder: Path, texts: Path | None = None, before: Library | None = None) -> Library:
    """Read, check and prove all records under `folder`; what has not changed since `before` is taken from there.

    What the lock does not cover is looked up in the folder of the articles' texts, if one is given.
    """
    library = _read_kinds(folder, before)
    prover, wrong = open_lock(library, folder, texts, before)
    _check(library, folder, prover, before)
    library.problems = sorted({*library.problems, *wrong})
    library.unread += wrong if not prover and (folder / LOCK).is_file() else ()
    _set_aside_broken(library)
    return library


def verify_library(folder: Path, texts: Path, before: Library | None = None) -> tuple[Lock, list[Problem]]:
    """Check every passage against the texts; return the lock to write, and all problems of the records.

    A record that has not changed since `before` is not held to the rules again.
    """
    library = _read_kinds(folder, before)
    _check(library, folder, before=before)
    return prove_by_text(library, texts)


def _read_kinds(folder: Path, before: Library | None) -> Library:
    """Return a library of all records under `folder`, of which none is checked.

    Raises ProblemsFoundError where there is no such folder.
    """
    if not folder.is_dir():
        what = "is missing; put it back, or begin it by python -m macros new source FILE"
        raise ProblemsFoundError([Problem(f"{folder.name}/", text=what)])
    library = Library(folder.name)
    for kind in KINDS.values():
        with _noting_unread(library):
            _read_kind(kind, folder, library, before)
    return library


def _check(library: Library, folder: Path, prover: Prover | None = None, before: Library | None = None) -> None:
    """Note what is wrong with the records, by every rule and for want of proof, and with the files beside them."""
    library.problems += [*_check_records(library, prover, before), *_wrong_references(library)]
    library.problems += _unknown_files(folder)
    with _noting_unread(library):
        if (folder / TRIALS).is_file():
            trials = read_yaml(folder / TRIALS, f"{folder.name}/{TRIALS}").data
            library.trials = {name: int(number) for name, number in trials.items()}
    with _noting_unread(library):
        library.published = read_published(folder)
        library.problems += check_published(library, folder)
    library.problems += library.unread


def _check_records(library: Library, prover: Prover | None, before: Library | None) -> Iterator[Problem]:
    """Yield what is wrong with records. One that was right is until what it asked for changes, or the lock."""
    before = before or Library(library.folder)
    changed = library.changed(before, set[object]().union(*before.checked.values()))
    for name in (name for name in library.entries if name in before.checked):
        asked, locked = before.checked[name], prover.lock.records.get(name, []) if prover else []
        if changed.isdisjoint(asked) and (not prover or before.locations[name] == locked):
            library.checked[name], library.locations[name] = asked, locked
    rest = [name for name in library.entries if name not in library.checked]
    found, check = dict[str, Checked](), partial(_check_record, library, prover)
    for part in in_parallel(lambda names: {name: check(name) for name in names}, rest, 200):
        found |= part
    for name in rest:
        problems, dependencies, library.locations[name] = found.get(name) or check(name)
        if not problems:
            library.checked[name] = dependencies
        yield from problems


def _check_record(library: Library, prover: Prover | None, name: str) -> Checked:
    """Return what is wrong with a record, what was asked for to check it, and where its passages are."""
    entry = library.entries[name]
    with library.tracking() as dependencies:
        about_it = (rule for rule, kinds in RULES.items() if isinstance(entry.record, kinds))
        problems = [entry.problem(*wrong) for rule in about_it for wrong in rule(entry.record, library)]
        locations, unproved = prover.prove(entry) if prover else ([], [])
    return problems + unproved, dependencies | {name}, locations


def _unknown_files(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each file of no kind, unless its name is one that editors and systems give."""
    known = {*(kind.file for kind in KINDS.values()), REDIRECTS}
    kinds = "|".join(Path(name).stem for name in known)
    of_data = re.compile(rf"(?i)[^.#~].*\.ya?ml(\.txt)?|({kinds})\.(csv|json|toml|tsv|xlsx)")
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if of_data.fullmatch(path.name) and name not in known and not name.startswith((f"{SCHEMAS}/", ".")):
            text = "is the file of no kind; move its records to the file of their kind, or delete it"
            yield Problem(f"{folder.name}/{name}", text=text)


@contextmanager
def _noting_unread(library: Library) -> Iterator[None]:
    """Note in the library why what is read meanwhile cannot be read."""
    try:
        yield
    except ProblemsFoundError as error:
        library.unread += error.problems


def _read_kind(kind: type[Record], folder: Path, library: Library, before: Library | None) -> None:
    """Read the file of a kind into the library: its records, or the problems that prevent them."""
    name = f"{folder.name}/{kind.file}"
    raw = read_file(folder / kind.file, name)
    read = before.files.get(kind) if before else None
    if not read or read.raw != raw:
        known = {entry.text: entry for entry in read.entries if entry.text} if read else {}
        read = ReadFile(raw, [], [])
        for tree in parse_entries(raw, name, known):
            try:
                read.entries.append(tree if isinstance(tree, Entry) else load_record(kind, tree))
            except BrokenRecordError as error:
                read.broken.append((tree, error.problems))
    library.files[kind] = read
    for entry in read.entries:
        library.add(entry)
    for tree, problems in read.broken:
        library.problems += problems
        written = tree.data
        library.broken[str(written.get("id") if isinstance(written, dict) else written)] = problems


def _wrong_references(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the ids that are named in entries which make no record."""
    for kind, read in library.files.items():
        for tree, _ in read.broken:
            for path, text in wrong_references(written_ids(kind, tree.data), library):
                yield tree.problem(path, text)


def load_record(kind: type[Record], tree: Tree) -> Entry:
    """Turn an entry of a file into a record. Raises BrokenRecordError where it is none."""
    try:
        return Entry(**vars(tree), record=kind.model_validate(tree.data))
    except ValidationError as error:
        raise BrokenRecordError(tree.problem(*each) for each in _mistakes(kind, error)) from None


def field_problems(kind: type[Model], field: str, value: Any) -> list[str]:
    """Return what is wrong with the value of one field of a kind, as sentences; other fields may be missing."""
    name = kind.model_fields[field].alias or field
    try:
        kind.model_validate({name: value})
    except ValidationError as error:
        return [text for path, text in _mistakes(kind, error) if path[:1] == (name,)]
    return []


def _mistakes(kind: type[Model], error: ValidationError) -> Iterator[tuple[Keys, str]]:
    """Yield the place of each mistake in a record, and a sentence for authors."""
    details = error.errors(include_url=False)
    for each in details:
        place = each["loc"]
        within = any(other["loc"][: len(place)] == place != other["loc"] for other in details)
        if each["type"] == "too_short" and within:  # only because an entry of the list is wrong
            continue
        yield place, _describe(kind, each)


def _describe(kind: type[Model], detail: ErrorDetails) -> str:
    """Return what pydantic found wrong as a sentence for authors."""
    if not (path := detail["loc"]):
        return 'is not a record; start it with "- id: …" and give each field a line'
    last = path[-1]
    name = f'entry {last + 1} of "{path[-2]}"' if isinstance(last, int) else f'"{last}"'
    match detail["type"]:
        case "missing":
            model = _model_at(kind, path[:-1])
            field = next(each for each, field in model.model_fields.items() if last in (each, field.alias))
            said = field_descriptions(model)[field].rstrip(".")
            return f"{name} is missing; give it ({said[0].lower()}{said[1:]})"
        case "extra_forbidden":
            known = _field_names(_model_at(kind, path[:-1]))
            near = did_you_mean(str(last), known) or f"; there is {listed(known)}"
            return f"{name} is not a field here{near}"
        case "literal_error":
            allowed, typed = re.findall("'(.*?)'", detail["ctx"]["expected"]), detail["input"]
            instead = f', not "{typed}"{did_you_mean(typed, allowed)}' if isinstance(typed, str) else ""
            return f"{name} should be {listed(allowed)}{instead}"
        case "tuple_type":
            return f'{name} should be a list; write [one, another], or start each entry on its own line with "- "'
        case "model_type":
            named = listed(_field_names(_model_at(kind, path)))
            return f'{name} should have fields, each on its own line, as "name: value"; there is {named}'
        case "too_short":
            return f"{name} is empty; give at least one entry"
        case _:  # what the type of the field says
            return f"{name} {detail['ctx']['error']}"


def _model_at(kind: type[Model], path: Keys) -> type[Model]:
    """Return the model of what a record holds at a place."""
    model = kind
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = nested_model(model.model_fields[step].annotation) or model
    return model


def _field_names(model: type[Model]) -> list[str]:
    """Return the names of a model's fields, as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _set_aside_broken(library: Library) -> None:
    """Take records with unproved evidence, or that name a record nobody knows, out of what pages may show."""
    for record_id, entry in library.entries.items() if library.problems else ():
        unproved = entry.record.passages and not library.locations.get(record_id)
        if unproved or not all(library.is_known(name) for _, name, _ in referenced_ids(entry.record)):
            here = [each for each in library.problems if each.file == entry.file and each.line in entry.lines]
            library.broken[record_id] = here
            del library.records[record_id]

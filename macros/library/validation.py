"""Validation: each entry of a data file becomes a record with its place, or the problems that prevent it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..problems import Problem, did_you_mean, listed
from ..records.fields import DATE_ERROR, ID_PATTERN, Keys
from ..records.models import Model, Record, annotation_parts, nested_model
from .yaml import Tree


@dataclass(frozen=True)
class Entry:
    """A record and the place it was read from."""

    record: Record
    tree: Tree
    index: int

    @property
    def fields(self) -> dict[str, Any]:
        """The record as its file holds it."""
        assert isinstance(self.tree.data, list)
        found = self.tree.data[self.index]
        assert isinstance(found, dict)
        return found

    def problem(self, path: Keys, text: str) -> Problem:
        """Return a problem at the line of one of the record's fields, or of the record."""
        return Problem(self.tree.file, self.tree.place((self.index, *path))[0], 0, text)


@dataclass(frozen=True)
class Entries:
    """Every record that could be read, in the order of the files, and the ids of those that could not."""

    entries: list[Entry]
    broken: frozenset[str]
    folder: str

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Each entry by the id of its record; of two with one id, the first, as everywhere."""
        return {entry.record.id: entry for entry in reversed(self.entries)}

    @cached_property
    def records(self) -> dict[str, Record]:
        """Each record by its id."""
        return {name: entry.record for name, entry in self.by_id.items()}

    @cached_property
    def numbered_names(self) -> re.Pattern[str]:
        """A pattern of every name that holds a figure, such as “Highway 61”."""
        names = (
            name
            for record in self.records.values()
            for name in (getattr(record, "name", ""), *getattr(record, "alternate_names", ()))
        )
        found = sorted((re.escape(name) for name in names if re.search(r"\d", name)), key=len, reverse=True)
        if self.broken:  # whose names nobody knows: none is taken for a figure
            found.append(r"\b[^\W\d_a-z]\w* \d+\b")
        return re.compile("|".join(found) or r"(?!)")

    @cached_property
    def voices(self) -> frozenset[str]:
        """The ids of all who speak in a record, or counted its figure."""
        return frozenset(name for entry in self.entries for name in entry.record.voices)


def load_record(kind: type[Record], tree: Tree, index: int, value: Any) -> Entry | list[Problem]:
    """Turn one entry of a file into a record; return the problems where it is none."""
    if not isinstance(value, dict):
        line = tree.place((index,))[0]
        return [Problem(tree.file, line, 0, 'is not a record; start it with "- id: …" and give each field a line')]
    try:
        return Entry(kind.model_validate(value), tree, index)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return [_problem(kind, tree, index, each) for each in details if not _follows(each, details)]


def field_problems(kind: type[Model], field: str, value: Any) -> list[str]:
    """Return what is wrong with the value of one field of a kind, as sentences; other fields may be missing."""
    name = kind.model_fields[field].alias or field
    try:
        kind.model_validate({name: value})
    except ValidationError as error:
        details = [each for each in error.errors(include_url=False) if each["loc"][:1] == (name,)]
        return [_describe(kind, each) for each in details if not _follows(each, details)]
    return []


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Tell whether a list is found too short only because an entry of it is wrong, which is reported already."""
    place = detail["loc"]
    return detail["type"] == "too_short" and any(
        each["loc"][: len(place)] == place for each in details if each["loc"] != place
    )


def _problem(kind: type[Record], tree: Tree, index: int, detail: ErrorDetails) -> Problem:
    return Problem(tree.file, tree.place((index, *detail["loc"]))[0], 0, _describe(kind, detail))


def _describe(kind: type[Model], detail: ErrorDetails) -> str:
    """Return what pydantic found wrong as a sentence for authors."""
    *_, last = path = detail["loc"]
    name = f'entry {last + 1} of "{path[-2]}"' if isinstance(last, int) else f'"{last}"'
    match detail["type"]:
        case "missing":
            text = f"{name} is missing"
        case "extra_forbidden":
            known = [field.alias or name for name, field in _model_at(kind, path).model_fields.items()]
            text = f"{name} is not a field here{did_you_mean(str(last), known)}"
        case "literal_error":
            typed = f', not "{detail["input"]}"' if isinstance(detail["input"], str) else ""
            text = f"{name} should be {listed(_choices(kind, path))}{typed}"
        case "tuple_type":
            text = f"{name} should be a list; {_as_list(detail['input'])}"
        case "model_type" | "model_attributes_type" | "dict_type":
            text = f'{name} should have fields; give each its own line, as "name: value"'
        case "too_short":
            text = f"{name} is empty; give at least one entry"
        case "value_error":
            text = f"{name} {detail['ctx']['error']}"
        case type_ if type_ == DATE_ERROR:
            text = detail["msg"]
        case _:
            text = f"{name}: {detail['msg'][0].lower()}{detail['msg'][1:]}"
    return text


def _as_list(value: Any) -> str:
    """Return how to write as a list what stands in its place."""
    parts = [part.strip() for part in value.split(",")] if isinstance(value, str) else []
    if parts and all(re.fullmatch(ID_PATTERN, part) for part in parts):
        return f"write [{', '.join(parts)}]"
    return 'start each entry on its own line with "- "'


def _model_at(kind: type[Model], path: Keys) -> type[Model]:
    """Return the model that the last step of a path is a field of."""
    model = kind
    for step in path[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            model = nested_model(model.model_fields[step].annotation) or model
    return model


def _choices(kind: type[Model], path: Keys) -> tuple[str, ...]:
    """Return the values that the field at a path may take."""
    fields = _model_at(kind, path).model_fields.items()
    annotation = next(field.annotation for name, field in fields if path[-1] in (name, field.alias))
    return next(get_args(part) for part in annotation_parts(annotation) if get_origin(part) is Literal)

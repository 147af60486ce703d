"""Entries: records as they were read, each with its place, and what is wrong with those that could not be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..problems import Problem, did_you_mean, listed
from ..records.fields import ID_PATTERN, Keys
from ..records.kinds import KINDS
from ..records.models import Model, Record, all_models
from .yaml import Tree

AnyRecord = TypeVar("AnyRecord", bound=Record)


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
        """A problem at the line of one of the record's fields, or of the record."""
        return Problem(self.tree.file, self.tree.place((self.index, *path))[0], 0, text)


@dataclass(frozen=True)
class Entries:
    """Every record that could be read, in the order of the files, and the ids of those that could not."""

    entries: list[Entry]
    broken: frozenset[str]
    folder: str

    def of(self, kind: type[AnyRecord]) -> Iterator[tuple[Entry, AnyRecord]]:
        for entry in self.entries:
            if isinstance(entry.record, kind):
                yield entry, entry.record

    def by_id(self) -> dict[str, Record]:
        """Each record by its id; of two with one id, the first, as everywhere."""
        return {entry.record.id: entry.record for entry in reversed(self.entries)}


def load_record(kind: type[Record], tree: Tree, index: int, value: Any) -> Entry | list[Problem]:
    """Turn one entry of a file into a record, or say everything that is wrong with it."""
    if not isinstance(value, dict):
        line = tree.place((index,))[0]
        return [Problem(tree.file, line, 0, 'is not a record; start it with "- id: …" and give each field a line')]
    try:
        return Entry(kind.model_validate(value), tree, index)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return [_problem(kind, tree, index, each) for each in details if not _follows(each, details)]


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Whether a list is found too short only because an entry of it is wrong, which is said already."""
    place = detail["loc"]
    return detail["type"] == "too_short" and any(
        each["loc"][: len(place)] == place for each in details if each["loc"] != place
    )


def _problem(kind: type[Record], tree: Tree, index: int, detail: ErrorDetails) -> Problem:
    path = detail["loc"]
    line = tree.place((index, *path))[0]
    numbered = isinstance(path[-1], int)
    name = f'entry {int(path[-1]) + 1} of "{path[-2]}"' if numbered else f'"{path[-1]}"'
    match detail["type"]:
        case "missing":
            text = f"{name} is missing"
        case "extra_forbidden":
            text = f"{name} is not a field here{did_you_mean(str(path[-1]), _fields(kind, path))}"
        case "literal_error":
            allowed = [word.strip("'") for word in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]
            typed = f', not "{detail["input"]}"' if isinstance(detail["input"], str) else ""
            text = f"{name} should be {listed(allowed)}{typed}"
        case "tuple_type":
            text = f"{name} should be a list; {_as_list(detail['input'])}"
        case "model_type" | "model_attributes_type" | "dict_type":
            text = f'{name} should have fields; give each its own line, as "name: value"'
        case "too_short":
            text = f"{name} is empty; give at least one entry"
        case "value_error":
            text = f"{name} {detail['msg'].removeprefix('Value error, ')}"
            if " is not a date" in text or " is not in the calendar" in text or "begin" in text:
                text = detail["msg"].removeprefix("Value error, ")
        case _:
            text = f"{name}: {detail['msg'][0].lower()}{detail['msg'][1:]}"
    return Problem(tree.file, line, 0, text)


def _as_list(value: Any) -> str:
    """How to write what stands where a list should."""
    parts = [part.strip() for part in value.split(",")] if isinstance(value, str) else []
    if parts and all(re.fullmatch(ID_PATTERN, part) for part in parts):
        return f"write [{', '.join(parts)}]"
    return 'start each entry on its own line with "- "'


def _fields(kind: type[Record], path: tuple[str | int, ...]) -> list[str]:
    """The names that fit where an unknown field was found."""
    model: type[Model] = kind
    for step in path[:-1]:
        if isinstance(step, str):
            annotation = str(model.model_fields[step].annotation) if step in model.model_fields else ""
            nested = [each for each in all_models() if each not in KINDS.values() and each.__name__ in annotation]
            model = nested[0] if nested else model
    return [field.alias or name for name, field in model.model_fields.items()]

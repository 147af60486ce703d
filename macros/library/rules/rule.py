"""What a rule is: a function that is given a record, and yields what about it is not true."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import get_type_hints

from ...problems import Problem
from ...records.fields import Keys
from ..library import AnyRecord, Entry, Library

Found = Iterator[tuple[Keys, str]]
Rule = Callable[[Entry, Library], Iterator[Problem]]

RULES: list[Rule] = []


def rule(check: Callable[[AnyRecord, Library], Found]) -> Rule:
    """Register a rule on every record of the type of its first parameter.

    The check is given a record and the library; it yields the path of each wrong field, and what is wrong.
    """
    kinds = next(iter(get_type_hints(check).values()))

    @wraps(check)
    def find_problems(entry: Entry, library: Library) -> Iterator[Problem]:
        if isinstance(entry.record, kinds):
            yield from (entry.problem(path, text) for path, text in check(entry.record, library))

    RULES.append(find_problems)
    return find_problems


def field_name(path: Keys) -> str:
    """Return the name of the field that a path leads to, or that holds the list it leads into."""
    return str(path[-2] if isinstance(path[-1], int) else path[-1])

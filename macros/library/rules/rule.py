"""What a rule is: a function that is given a record, and yields what about it is not true."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar, get_type_hints

from ...records.fields import Keys
from ..library import Library

Found = Iterator[tuple[Keys, str]]
Rule = Callable[[Any, Library], Found]
Check = TypeVar("Check", bound=Rule)

RULES: dict[Rule, Any] = {}
"""Every rule, with the type of the records that it is about."""


def rule(check: Check) -> Check:
    """Register a rule on every record of the type of its first parameter.

    The check is given a record and the library; it yields the path of each wrong field, and what is wrong.
    """
    RULES[check] = next(iter(get_type_hints(check).values()))
    return check


def field_name(path: Keys) -> str:
    """Return the name of the field that a path leads to, or that holds the list it leads into."""
    return str(path[-2] if isinstance(path[-1], int) else path[-1])

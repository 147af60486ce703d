"""The registry of components: every macro that a page may call, by its name."""

from collections.abc import Callable
from typing import Any, TypeVar

from markupsafe import Markup

from ..records.models import Record

Macro = Callable[..., Markup]
Context = dict[str, Any]
View = TypeVar("View", bound=Macro)

MACROS: dict[str, Macro] = {}

RECORD_VIEWS: dict[type[Record], Callable[..., Context]] = {}
"""What returns, for a page and a record of a kind, what its template needs besides what all get."""


def component(view: View) -> View:
    """Register a view as the macro of its name.

    Its first parameter is the page; its docstring is what authors read, and ends in "Block." or "Inline.".
    """
    MACROS[view.__name__] = view
    return view

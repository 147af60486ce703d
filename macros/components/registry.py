"""The registry of components: every macro that a page may call, by its name."""

from collections.abc import Callable
from typing import Any, TypeVar

from markupsafe import Markup

Macro = Callable[..., Markup]
Context = dict[str, Any]
View = TypeVar("View", bound=Macro)

MACROS: dict[str, Macro] = {}


def component(view: View) -> View:
    """Register a view as the macro of its name.

    Its first parameter is the page; its docstring is what authors read, and ends in "Block." or "Inline.".
    """
    MACROS[view.__name__] = view
    return view

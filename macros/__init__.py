"""A generator of explainers: records in YAML, every statement cited to the sentence it rests on.

This file is what mkdocs-macros-plugin loads; `hooks.py` is what MkDocs itself
calls. Both hand over to `door.py`, so that all else knows neither.
"""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Called once per build, when the configuration is read."""
    from . import door

    door.offer_macros(env)


def on_pre_page_macros(env: Any) -> None:
    """Called for each page, before its macros run."""
    from . import door

    door.render_page(env)

"""A generator of explainers: records in YAML, every statement cited to the sentence it rests on.

This file is what mkdocs-macros-plugin loads; `hooks.py` is what MkDocs itself
calls. Both hand over to `door.py`, so that all else knows neither.
"""

from __future__ import annotations

import logging
from typing import Any

from mkdocs.exceptions import Abort

from .problems import Problem


def define_env(env: Any) -> None:
    """Called once per build, when the configuration is read."""
    if "macros/build/hooks.py" not in env.conf["hooks"]:  # then nothing would be read, checked or said
        problem = Problem("mkdocs.yml", 0, 0, 'the line "hooks: [macros/build/hooks.py]" is missing; put it back')
        logging.getLogger("mkdocs.plugins.macros").error(str(problem), extra={"problems": [problem]})
        raise Abort("nothing was built")

    from .build.build import offer_macros

    offer_macros(env)


def on_pre_page_macros(env: Any) -> None:
    """Called for each page, before its macros run."""

    from .build.build import render_page

    render_page(env)

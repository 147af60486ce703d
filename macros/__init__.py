"""A generator of explainers: records in YAML, every statement cited to the sentence it rests on.

mkdocs-macros-plugin loads this file and finds the macros in it; MkDocs itself calls `build/hooks.py`.
"""

from __future__ import annotations

import logging
from typing import Any

from .problems import Problem


def define_env(env: Any) -> None:
    """Offer every macro to the pages: called once a build, when the configuration is read."""
    if "build" not in env.conf.extra:  # then nothing would be read, checked or said
        problem = Problem("mkdocs.yml", 0, 0, 'the line "hooks: [macros/build/hooks.py]" is missing; put it back')
        logging.getLogger("mkdocs.plugins.macros").error(str(problem), extra={"problems": [problem]})
        raise SystemExit(1)
    for name, macro in env.conf.extra["build"].calls.macros.items():
        env.macro(macro, name)

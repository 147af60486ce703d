"""A generator of explainers: records in YAML, every statement cited to the sentence it rests on.

mkdocs-macros-plugin loads this file; MkDocs calls `build/hooks.py`, whose builds run the macros.
"""

import logging
from typing import Any

from .problems import Problem


def define_env(env: Any) -> None:
    """End a build without the hooks, which run the macros: called once a build, when the configuration is read."""
    if "build" not in env.conf["extra"]:  # then nothing would be read, checked or said
        do = 'keep the line "hooks: [macros/build/hooks.py]", and build with MkDocs or ProperDocs'
        problem = Problem("mkdocs.yml", text=f"the hooks did not run; {do}")
        logging.getLogger("mkdocs.plugins.macros").error(str(problem), extra={"problems": [problem]})
        raise SystemExit(1)

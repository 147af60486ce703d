"""A generator of explainers: records in YAML, every statement cited to the sentence it rests on.

mkdocs-macros-plugin loads this file and finds the macros in it; MkDocs itself calls `build/hooks.py`.
"""

import logging
from typing import Any

from .problems import Problem


def define_env(env: Any) -> None:
    """Offer every macro to the pages: called once a build, when the configuration is read."""
    extra = env.conf["extra"]
    if "build" not in extra:  # then nothing would be read, checked or said
        do = 'keep the line "hooks: [macros/build/hooks.py]", and build with MkDocs or ProperDocs'
        problem = Problem("mkdocs.yml", text=f"the hooks did not run; {do}")
        logging.getLogger("mkdocs.plugins.macros").error(str(problem), extra={"problems": [problem]})
        raise SystemExit(1)
    for name, macro in extra["build"].calls.macros.items():
        env.macro(macro, name)

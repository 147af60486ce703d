"""A generator of explainers: records in YAML, every statement cited to the sentence it rests on.

mkdocs-macros-plugin loads this file and finds the macros in it; MkDocs itself calls `build/hooks.py`.
"""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Offer every macro to the pages: called once a build, when the configuration is read."""
    if "build" not in env.conf.extra:  # then nothing would be read, checked or said
        from mkdocs.exceptions import Abort

        raise Abort('mkdocs.yml: the line "hooks: [macros/build/hooks.py]" is missing; put it back')
    for name, macro in env.conf.extra["build"].calls.macros.items():
        env.macro(macro, name)


def on_pre_page_macros(env: Any) -> None:
    """Run the macros of a page, before the plugin would."""
    env.conf.extra["build"].run_macros(env)

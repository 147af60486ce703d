"""The events of MkDocs that a build answers; this file is named under `hooks` in mkdocs.yml."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))  # MkDocs loads this file by its path alone

try:
    from macros.build.publish import commit_time
    from macros.build.session import Session
except Exception as error:
    from macros.build.errors import problem_from_error

    raise Abort(str(problem_from_error(error, ROOT))) from None

# The plugin logs a dozen lines about itself in each build, among which an author's mistakes would be lost.
logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)

# While serving, this module is all that MkDocs hands from one build to the next.
session: Session


def on_startup(command: str, **_: Any) -> None:
    global session
    os.environ.setdefault("SOURCE_DATE_EPOCH", commit_time(ROOT))
    session = Session(ROOT, command)


def on_serve(server: Any, config: Any, builder: Any) -> None:
    session.serve(server, config, builder)


@event_priority(100)  # before the macros plugin asks for the macros
def on_config(config: Any) -> None:
    config.extra["build"] = session.start_build(config)


def on_files(files: Any, config: Any) -> Any:
    return config.extra["build"].choose_files(files)


def on_nav(nav: Any, config: Any, **_: Any) -> None:
    config.extra["build"].read_menu(nav)


def on_page_content(html: str, page: Any, config: Any, **_: Any) -> str:
    return str(config.extra["build"].finish_content(html, page))


def on_env(env: Any, config: Any, files: Any) -> None:
    config.extra["build"].join_pages(env, files)


def on_post_page(output: str, page: Any, config: Any) -> str:
    return str(config.extra["build"].complete_page(output, page))


def on_post_build(config: Any) -> None:
    config.extra["build"].finish()


def on_build_error(error: Exception) -> None:
    session.fail(error)

"""What MkDocs calls around a build; named under `hooks` in mkdocs.yml.

Serving, the modules behind it are loaded anew when they change, so each hook asks for the door of the day.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))  # MkDocs loads this file by its path alone


from macros.build.serve import (  # noqa: E402
    door,
    fail,
    keep_theme,
    load_code,
    publish,
    put_open_first,
    serving,
    show_open,
    start,
    take_over,
)

try:
    pass
except Exception as error:  # what is to say so gently is broken itself
    raise Abort(
        f"{getattr(error, 'filename', 'macros/')}:{getattr(error, 'lineno', 0)}: {error}; mend it"
    ) from None

# The plugin's inventory of itself, a dozen lines a build, would bury what an author has to read.
logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)


def on_startup(command: str, **_: Any) -> None:
    start(ROOT, serving=command == "serve")


def on_serve(server: Any, config: Any, builder: Any) -> None:
    take_over(server, config, builder)


@event_priority(100)  # before the macros plugin asks for the macros
def on_config(config: Any) -> None:
    load_code()
    keep_theme(config.theme)
    door().open_build(config, serving=serving())


def on_files(files: Any, config: Any) -> Any:
    return door().choose_files(files, config)


def on_nav(nav: Any, config: Any, files: Any) -> None:
    door().read_menu(nav)
    put_open_first(nav, files, config)


def on_env(env: Any, files: Any, config: Any) -> None:
    door().fill_uses(files, config)


def on_page_content(html: str, page: Any, **_: Any) -> str:
    content = str(door().restore_blocks(html, page))
    show_open(page, content)
    return content


def on_post_page(output: str, page: Any, config: Any) -> str:
    return str(door().complete(output, page, config))


def on_post_build(config: Any) -> None:
    publish(config)


def on_build_error(error: Exception) -> None:
    fail(error)

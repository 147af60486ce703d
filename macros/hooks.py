"""What MkDocs calls around a build; named under `hooks` in mkdocs.yml."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))  # MkDocs loads this file by its path alone

from macros import door, output

# The plugin's inventory of itself, a dozen lines a build, would bury what an author has to read.
logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)


def on_startup(command: str, **_: Any) -> None:
    door.command = command


def on_files(files: Any, config: Any) -> Any:
    door.add_files(files, config)
    return output.select(files, config)


def on_nav(nav: Any, **_: Any) -> None:
    door.read_menu(nav)


def on_env(env: Any, files: Any, config: Any) -> None:
    door.fill_uses(files, config)


def on_page_content(html: str, page: Any, **_: Any) -> str:
    return door.restore_blocks(html, page)


def on_post_page(output: str, page: Any, config: Any) -> str:
    return door.complete(output, page, config)


def on_post_build(config: Any) -> None:
    door.finish(config)


def on_build_error(**_: Any) -> None:
    door.give_up()

"""`mkdocs serve`: a save is seen at once, a mistake is told gently, and the server lives through all of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from .builds import EXPLAINER, PROJECT, copy_project
from .mistakes import Mistake
from .serving import serving

PAGES = ("", "record/", "winter/")


def make_project(folder: Path) -> Path:
    """The explainer, in this project's clothes, with a menu."""
    copy_project(EXPLAINER, folder)
    shutil.copytree(PROJECT / "overrides", folder / "overrides")
    (folder / "docs" / "css").mkdir()
    shutil.copy(PROJECT / "docs" / "css" / "problem.css", folder / "docs" / "css")
    path = folder / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("  name: material\n", "  name: material\n  custom_dir: overrides\n  favicon: icon.svg\n")
    text = text.replace("watch: [data, macros]", "watch: [data, macros, overrides]")
    text += "\nextra_css: [css/problem.css]\nnav:\n  - index.md\n  - record.md\n  - winter.md\n"
    path.write_text(text, encoding="utf-8")
    return folder


def make(folder: Path, mistake: Mistake) -> Callable[[], None]:
    """Make a mistake; return what puts it right."""
    path = folder / mistake.file
    good = path.read_bytes() if path.exists() else None
    if mistake.new is None:
        path.unlink()
    elif mistake.old is None:
        path.write_bytes(mistake.new if isinstance(mistake.new, bytes) else mistake.new.encode())
    else:
        assert good is not None
        text = good.decode()
        assert text.count(mistake.old) == 1, (mistake.file, mistake.old, text.count(mistake.old))
        assert isinstance(mistake.new, str)
        path.write_bytes(text.replace(mistake.old, mistake.new).encode())

    def undo() -> None:
        if good is None:
            path.unlink()
        else:
            path.write_bytes(good)

    return undo

"""The floors of the house: imports go down only, and neighbours do not know each other."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=60
    )


def test_imports_go_down_only() -> None:
    done = lint(PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("problems", "from . import records"),
        ("records", "from .evidence import Lock"),
        ("library", "from .door import Build"),
        ("cards", "from .calls import Calls"),
        ("attic", "from .door import Build"),
    ],
    ids=["up", "to a neighbour", "up to the door", "two floors up", "a room without a floor"],
)
def test_a_wrong_import_fails_the_floors(room: str, line: str, tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "macros", tmp_path / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    path = tmp_path / "macros" / f"{room}.py"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{text}\n{line}\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"macros.{room}" in done.stdout

"""The layers of macros/: a package imports only from those below it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .support.builds import PROJECT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=60
    )


def test_imports_go_down_only() -> None:
    done = lint(PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("problems", "from .records import kinds"),
        ("records/dates", "from ..evidence import lock"),
        ("library/published_ids", "from ..pages import page"),
        ("exports/search_index", "from ..build import hooks"),
    ],
    ids=["up", "up from a package", "up to the next package", "several layers up"],
)
def test_an_import_up_fails(module: str, line: str, tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "macros", tmp_path / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    path = tmp_path / "macros" / f"{module}.py"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"macros.{module.replace('/', '.')}" in done.stdout

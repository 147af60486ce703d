"""The layers of macros/: a package imports only from those below it."""

import shutil
import subprocess
import sys
from pathlib import Path

from .support.builds import PROJECT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=60
    )


def test_imports_go_down_only() -> None:
    done = lint(PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr


IMPORTS_UP = {  # up, up from a package, up to the next package, several layers up
    "problems": ("from .records import kinds", "records.kinds"),
    "records.dates": ("from ..evidence import lock", "evidence.lock"),
    "library.published_ids": ("from ..pages import page", "pages.page"),
    "exports.search_index": ("from ..build import hooks", "build.hooks"),
}


def test_each_import_up_fails_and_is_told_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "macros", tmp_path / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    told = []
    for module, (line, target) in IMPORTS_UP.items():
        path = tmp_path / "macros" / f"{module.replace('.', '/')}.py"
        text = f"{path.read_text(encoding='utf-8')}\n{line}\n"
        path.write_text(text, encoding="utf-8")
        told.append(f"macros.{module} -> macros.{target} (l.{text.count(chr(10))})")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    said = " ".join(done.stdout.split())
    assert [each for each in told if each not in said] == [], done.stdout

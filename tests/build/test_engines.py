"""The site depends on no engine that may end: others build the same, or CONTRIBUTING says how far they come.

A build by ProperDocs is one of the ways in test_reproducible.py.
"""

import re
from importlib.metadata import version
from pathlib import Path

import pytest

from ..support.builds import EXPLAINER, PROJECT, built, copy_project, fingerprints, run_process, start

# A row of the table of engines: its name, its version, and what comes of a build.
ROW = re.compile(r"^\| (\w+)[^|]* \| ([\d.]+) \| (.+) \|$", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_project(EXPLAINER, tmp_path / "project")


def test_mkdocs_builds_the_same_without_material(folder: Path, tmp_path: Path) -> None:
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("  name: material\n", "  name: null\n"), encoding="utf-8")
    (tmp_path / "material.py").write_text("raise ImportError('not installed')", encoding="utf-8")
    done = start(folder, "mkdocs", "build", own_code=True, PYTHONPATH=str(tmp_path)).done()
    assert done.returncode == 0, done.stderr
    assert fingerprints(folder / "site") == built(EXPLAINER).files()


def test_zensical_comes_as_far_as_the_guide_says(folder: Path) -> None:
    done = run_process(folder, "zensical", "build", "--config-file", "mkdocs.yml")
    assert done.returncode == 1
    assert "mkdocs.yml: the hooks did not run" in done.stderr
    assert not (folder / "site" / "index.html").exists()


def test_the_guide_names_the_engines_that_are_tried() -> None:
    rows = ROW.findall((PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert {name: number for name, number, _ in rows} == {
        name: version(name.lower()) for name in ("MkDocs", "ProperDocs", "Zensical")
    }

"""Pages kept from the build before: whatever is edited, each is what a build from nothing would make it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ..support.builds import EXPLAINER, PROJECT, copy_project, run_process


@pytest.mark.parametrize(
    ("project", "edits"),
    [
        (EXPLAINER, ("1", "24")),
        (PROJECT, ("5", "4")),  # a page, a template, an override, and who speaks
    ],
    ids=str,
)
def test_every_page_is_what_a_cold_build_makes_it(project: Path, edits: tuple[str, ...], tmp_path: Path) -> None:
    folder = copy_project(project, tmp_path / "project")
    path = os.pathsep.join([str(folder), str(PROJECT)])
    done = run_process(folder, "tests.support.rebuilds", *edits, PYTHONPATH=path)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr[-3000:]

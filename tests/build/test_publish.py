"""Publishing: a site is replaced at once and whole, however many builds run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from macros.build.publish import Draft, commit_time

from ..support.builds import EXPLAINER, copy_project, environ, fingerprints


def test_two_builds_at_once_leave_one_whole_site(tmp_path: Path) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    command = [sys.executable, "-m", "mkdocs", "build"]
    for _ in range(2):  # without a site before, and with one
        builds = [
            subprocess.Popen(command, cwd=folder, env=environ(), stderr=subprocess.PIPE, text=True)
            for _ in range(3)
        ]
        assert [(build.communicate()[1], build.returncode)[1] for build in builds] == [0, 0, 0]
    whole = fingerprints(folder / "site")
    assert subprocess.run(command, cwd=folder, env=environ(), capture_output=True).returncode == 0
    assert whole == fingerprints(folder / "site")
    assert [path.name for path in folder.iterdir() if path.name.startswith(".site")] == []


def test_the_build_that_comes_last_stays(tmp_path: Path) -> None:
    first, last = (Draft(SimpleNamespace(site_dir=str(tmp_path / "site"))) for _ in range(2))
    for number, draft in enumerate((first, last)):
        (draft.folder / "page.html").write_text(str(number), encoding="utf-8")
        draft.publish(SimpleNamespace())
    assert (tmp_path / "site" / "page.html").read_text(encoding="utf-8") == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_commit_dates_the_site_whoever_builds_it(tmp_path: Path) -> None:
    assert commit_time(tmp_path) == "0"
    for command in ("init", "-c user.name=A -c user.email=a@b.example commit --allow-empty --message one"):
        dated = environ(GIT_COMMITTER_DATE="2019-11-03T10:00:00Z")
        subprocess.run(["git", *command.split()], cwd=tmp_path, env=dated, check=True, capture_output=True)
    assert commit_time(tmp_path) == "1572775200"

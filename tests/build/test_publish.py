"""Publishing: a site is replaced at once and whole, however many builds run."""

import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from macros.build.publish import Draft, commit_time, format_build_date

from ..support.builds import EXPLAINER, build, copy_project, environ, fingerprints, start


def test_two_builds_at_once_leave_one_whole_site(tmp_path: Path) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    for _ in range(2):  # without a site before, and with one
        builds = [start(folder, "mkdocs", "build") for _ in range(3)]
        assert [build.wait() for build in builds] == [0, 0, 0]
    whole = fingerprints(folder / "site")
    assert build(folder).returncode == 0
    assert whole == fingerprints(folder / "site")
    assert left_over(folder) == []


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".site")]


def test_a_build_that_is_killed_leaves_the_site_and_the_next_one_is_right(tmp_path: Path) -> None:
    """At random moments of the second or two that a build takes; `MOMENTS=30` tries more of them."""
    folder = copy_project(EXPLAINER, tmp_path / "project")
    assert build(folder).returncode == 0  # after imports, which come once
    started = time.monotonic()
    assert build(folder).returncode == 0
    taken, whole, chance, killed = time.monotonic() - started, fingerprints(folder / "site"), random.Random(1), 0
    for _ in range(int(os.environ.get("MOMENTS", 5))):
        process = start(folder, "mkdocs", "build")
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.1, 1) * taken)
        process.kill()
        killed += process.wait() != 0
        assert fingerprints(folder / "site") == whole
        assert len(left_over(folder)) <= 1
    assert killed
    assert build(folder).returncode == 0
    assert (fingerprints(folder / "site"), left_over(folder)) == (whole, [])


def test_a_build_for_which_there_is_no_room_says_so_and_leaves_the_site(tmp_path: Path) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("before", encoding="utf-8")
    done = start(folder, "mkdocs", "build", file_size=20_000).done()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"{folder}: File too large; make room, then build again\n" in done.stderr
    assert fingerprints(folder / "site").keys() == {"index.html"}
    assert left_over(folder) == []


FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)


@pytest.mark.skipif(FAKETIME is None, reason="a clock that jumps is not checked: there is no libfaketime")
def test_a_build_whose_clock_jumps_is_right(tmp_path: Path) -> None:
    """Thirty years back and forth, while it runs and between one build and the next."""
    folder, clock, chance = copy_project(EXPLAINER, tmp_path / "project"), tmp_path / "clock", random.Random(1)
    jumping = environ(LD_PRELOAD=str(FAKETIME), FAKETIME_TIMESTAMP_FILE=str(clock), FAKETIME_NO_CACHE="1")
    page = folder / "docs" / "index.md"
    for words in ("", "\nAnother line.\n"):
        page.write_text(page.read_text(encoding="utf-8") + words, encoding="utf-8")
        clock.write_text("@2026-01-01 00:00:00")
        build = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build"],
            cwd=folder,
            env=jumping,
            stderr=subprocess.PIPE,
            text=True,
        )
        while build.poll() is None:
            clock.with_suffix(".new").write_text(f"@{chance.randrange(2001, 2032)}-06-15 12:00:00")
            clock.with_suffix(".new").replace(clock)
            time.sleep(0.05)
        assert build.returncode == 0, build.communicate()[1]
    whole = fingerprints(folder / "site")
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    done = start(folder, "mkdocs", "build").wait()
    assert (done, fingerprints(folder / "site"), left_over(folder)) == (0, whole, [])


def test_the_build_that_comes_last_stays(tmp_path: Path) -> None:
    drafts = []
    for number in range(2):
        drafts.append(Draft(SimpleNamespace(site_dir=str(tmp_path / "site"))))
        (drafts[-1].folder / "page.html").write_text(str(number), encoding="utf-8")
    for draft in drafts:
        draft.publish(SimpleNamespace(site_url=""))
    assert (tmp_path / "site" / "page.html").read_text(encoding="utf-8") == "1"
    ends = time.monotonic() + 5
    while len([*tmp_path.iterdir()]) > 1 and time.monotonic() < ends:  # what was there before is being deleted
        time.sleep(0.01)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_last_commit_of_a_page_or_a_record_dates_the_site_whoever_builds_it(tmp_path: Path) -> None:
    assert commit_time(tmp_path) == "0"
    author = ["-c", "user.name=A", "-c", "user.email=a@b.example"]
    subprocess.run(["git", "init"], cwd=tmp_path, check=True, capture_output=True)
    for day, name, second in (
        (3, "Makefile", "0"),
        (4, "data/facts.yml", "1572861600"),
        (5, "README.md", "1572861600"),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
        for command in (["add", "."], [*author, "commit", "--message", name]):
            dated = environ(GIT_COMMITTER_DATE=f"2019-11-0{day}T10:00:00Z")
            subprocess.run(["git", *command], cwd=tmp_path, env=dated, check=True, capture_output=True)
        assert commit_time(tmp_path) == second


def test_the_day_of_the_build_is_the_commit_s_and_never_the_clock_s() -> None:
    assert format_build_date("1700000000") == "2023-11-14"
    assert format_build_date("") == ""

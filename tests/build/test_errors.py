"""Errors and MkDocs' warnings as problems: each at its place, in one line."""

import errno
import logging
from pathlib import Path

import pytest

from macros.build.errors import problem_from_error, problem_from_log

CONFIG = (
    "site_name: A ferry\nvalidation:\n  nav: {omitted_files: warn}\nplugins:\n  - serach\nnav:\n  - wintr.md\n"
)
LINK = "Doc file 'index.md' contains a link 'wintr.md', but the target is not found"
ANCHOR = "Doc file 'index.md' contains a link 'winter.md#spring', but the doc 'winter.md' has no such anchor"
NAV = "A reference to 'wintr.md' is included in the 'nav' configuration, which is not found"
OMITTED = 'The following pages exist, but are not included in the "nav" configuration:\n  - a.md\n  - b.md'
PLUGIN = "Config value 'plugins': The \"serach\" plugin is not installed"

WARNINGS = {
    "a link": (f"{LINK}.", f"docs/index.md:2: {LINK}"),
    "an anchor, on the line of that link alone": (ANCHOR, f"docs/index.md:3: {ANCHOR}"),
    "a page of the menu, on its own line": (NAV, f"mkdocs.yml:7: {NAV}"),
    "pages in no menu": (OMITTED, f"mkdocs.yml:6: {OMITTED.partition(chr(10))[0]} a.md, b.md"),
    "a plugin": (PLUGIN, f"mkdocs.yml:5: {PLUGIN}"),
    "what names nothing": ("Something is odd", "mkdocs.yml: Something is odd"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "winter.md").touch()
    page = "[winter](winter.md)\n[winter](wintr.md)\n[spring](winter.md#spring)\n"
    (tmp_path / "docs" / "index.md").write_text(page, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("message", "told"), WARNINGS.values(), ids=WARNINGS)
def test_a_warning_of_mkdocs_is_told_where_it_belongs(message: str, told: str, project: Path) -> None:
    assert str(problem_from_log(message, project, "docs")) == told


def test_an_unexpected_error_is_one_line_and_its_traceback_is_for_those_who_ask(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "mkdocs.plugins.macros"):
        assert str(problem_from_error(RuntimeError("no idea"), project)) == (
            "mkdocs.yml: fails with RuntimeError: no idea"
        )
    (record,) = caplog.records
    assert record.levelno == logging.DEBUG
    assert record.exc_info


def test_a_name_that_the_locale_cannot_read_is_told_once(project: Path) -> None:
    with pytest.raises(UnicodeEncodeError) as raised:
        "docs/\udcc3\udcb6.md".encode()
    told = "mkdocs.yml: a file or folder has a name that this locale cannot read; set PYTHONUTF8=1"
    assert str(problem_from_error(raised.value, project)) == told


@pytest.mark.parametrize("name", ["docs/winter.md", "docs/404.html"])
def test_what_may_not_be_read_is_told_apart_from_what_may_not_be_written(
    name: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = PermissionError(errno.EACCES, "Permission denied", str(project / name))
    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may read everything
    told = f"{name}: cannot be read: Permission denied; give yourself the right to read it"
    assert str(problem_from_error(error, project)) == told


@pytest.mark.parametrize(("name", "told"), [(".site.x1", ""), ("docs/winter.md", "docs/winter.md")])
def test_a_folder_where_nothing_may_be_written_is_named(name: str, told: str, project: Path) -> None:
    error = OSError(errno.EROFS, "Read-only file system", str(project / name))
    assert str(problem_from_error(error, project)) == (
        f"{told or project}: Read-only file system; copy the project to a folder where you may write"
    )

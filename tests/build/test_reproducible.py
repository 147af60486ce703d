"""The same sources make the same site, byte for byte, wherever and whenever it is built."""

import shutil
import subprocess
import sys
from functools import cache

import pytest

from ..support.builds import EXPLAINER, built, copy_project, environ, fingerprints, new_folder

COMMIT = "git init -q . && git add . && git -c user.name=x -c user.email=x commit -qm x"

BY_PROPERDOCS = "by ProperDocs"  # which is maintained, where MkDocs is not

ELSEWHERE: dict[str, tuple[str, list[str], dict[str, str]]] = {
    "in another folder and time zone": ("a folder/ö", [], {"TZ": "Asia/Kathmandu"}),
    "in another locale": ("project", [], {"LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"}),
    "for one user alone": ("project", ["sh", "-c", 'umask 077; exec "$@"', "sh"], {}),
    "with other hashes": ("project", [], {"PYTHONHASHSEED": "4711"}),
    "in another year": ("project", ["faketime", "2031-12-31 23:59:59"], {}),
    "from a repository": ("project", ["sh", "-c", f'{COMMIT}; exec "$@"', "sh"], {}),
    "without a network": ("project", ["unshare", "--map-root-user", "--net"], {}),
    BY_PROPERDOCS: ("project", [], {}),
}


@pytest.mark.parametrize("how", ELSEWHERE)
def test_a_build_elsewhere_can_be_tried(how: str) -> None:
    if not can_try(how):
        pytest.skip(f"a build {how} is not checked: {ELSEWHERE[how][1][0]} does not work here")


LOCALE = ["in another locale"]  # in which no folder can be called ö


@pytest.mark.parametrize("ways", [LOCALE, [how for how in ELSEWHERE if how not in LOCALE]], ids=["locale", "rest"])
def test_a_build_is_the_same_in_all_these_ways_at_once(ways: list[str]) -> None:
    """Only if it is not is each way tried alone, to name the one that differs."""
    ways = [how for how in ways if can_try(how)]
    if build_elsewhere(*ways) != built(EXPLAINER).files():
        assert [how for how in ways if build_elsewhere(how) != built(EXPLAINER).files()] == []
        pytest.fail(f"no way differs alone, and these do together: {ways}")


@cache
def can_try(how: str) -> bool:
    before = ELSEWHERE[how][1]
    return not before or bool(
        shutil.which(before[0])
        and subprocess.run([*before, "true"], capture_output=True, cwd=new_folder()).returncode == 0
    )


def build_elsewhere(*ways: str) -> dict[str, str]:
    """Return the fingerprints of a site that is built in some of these ways."""
    name, before, environment = "project", [], {}
    for how in ways:
        folder, command, variables = ELSEWHERE[how]
        name = name if folder == "project" else folder
        before, environment = [*before, *command], environment | variables
    top = new_folder()
    project = top / name
    project.parent.mkdir(exist_ok=True)
    copy_project(EXPLAINER, project)
    engine = "properdocs" if BY_PROPERDOCS in ways else "mkdocs"
    done = subprocess.run(
        [*before, sys.executable, "-m", engine, "build", "--config-file", "mkdocs.yml"],
        cwd=project,
        env=environ(**environment),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found = fingerprints(project / "site")
    shutil.rmtree(top)
    return found

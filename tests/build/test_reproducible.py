"""The same sources make the same site, byte for byte, wherever and whenever it is built."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from ..support.builds import EXPLAINER, built, copy_project, environ, fingerprints, new_folder

COMMIT = "git init -q . && git add . && git -c user.name=x -c user.email=x commit -qm x"

ELSEWHERE: dict[str, tuple[str, list[str], dict[str, str]]] = {
    "in another folder and time zone": ("a folder/ö", [], {"TZ": "Asia/Kathmandu"}),
    "in another locale": ("project", [], {"LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"}),
    "for one user alone": ("project", ["sh", "-c", 'umask 077; exec "$@"', "sh"], {}),
    "with other hashes": ("project", [], {"PYTHONHASHSEED": "4711"}),
    "in another year": ("project", ["faketime", "2031-12-31 23:59:59"], {}),
    "from a repository": ("project", ["sh", "-c", f'{COMMIT}; exec "$@"', "sh"], {}),
    "without a network": ("project", ["unshare", "--map-root-user", "--net"], {}),
}


@pytest.mark.parametrize("how", ELSEWHERE)
def test_a_build_is_the_same(how: str) -> None:
    name, before, environment = ELSEWHERE[how]
    if before and (
        not shutil.which(before[0])
        or subprocess.run([*before, "true"], capture_output=True, cwd=new_folder()).returncode
    ):
        pytest.skip(f"a build {how} is not checked: {before[0]} does not work here")
    top = new_folder()
    project = top / name
    project.parent.mkdir(exist_ok=True)
    copy_project(EXPLAINER, project)
    done = subprocess.run(
        [*before, sys.executable, "-m", "mkdocs", "build"],
        cwd=project,
        env=environ(**environment),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert fingerprints(project / "site") == built(EXPLAINER).files()
    shutil.rmtree(top)

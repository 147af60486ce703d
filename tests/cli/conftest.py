"""An explainer under version control."""

import os
import subprocess
from pathlib import Path

import pytest

from ..support.builds import EXPLAINER, copy_project, new_folder


@pytest.fixture(scope="module")
def explainer() -> Path:
    """The second explainer, in git, so that it can be compared with itself."""
    folder = copy_project(EXPLAINER, new_folder() / "project")
    for words in (["init", "-q"], ["add", "data", "docs", "mkdocs.yml"], ["commit", "-qm", "x"]):
        git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words]
        subprocess.run(git, cwd=folder, check=True, env={**os.environ, "HOME": str(folder)})
    return folder

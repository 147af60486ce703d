"""One run of MkDocs: what it says before and between builds."""

import socket
from pathlib import Path

import pytest

from macros.build.session import Session

from ..support.builds import EXPLAINER, PROJECT, copy_project, run


def test_a_port_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = run(PROJECT, "mkdocs", "serve", "--quiet", "--dev-addr", address)
    said = f"cannot serve at {address}: Address already in use; give another --dev-addr"
    assert (done.returncode, done.stdout, done.stderr) == (1, f"\n{said}\n", "")


@pytest.mark.parametrize("name", ["data/quotes.yml", "data/published.txt", "sources/an-article"])
def test_the_data_is_read_again_once_a_file_of_it_or_a_text_has_changed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copy_project(EXPLAINER, tmp_path / "project")
    texts = project / "sources"
    texts.mkdir(exist_ok=True)
    (texts / "an-article").touch()  # a text's name may have no ending
    monkeypatch.setenv("SOURCES", str(texts))
    session = Session(project)
    first = session.load_library()
    assert session.load_library() is first
    path = project / name
    path.write_text(f"{path.read_text() if path.exists() else ''}\n")
    assert session.load_library() is not first

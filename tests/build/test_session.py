"""One run of MkDocs: what it says before and between builds."""

import socket
from pathlib import Path

from ..support.builds import EXPLAINER, PROJECT, build, copy_project, run


def test_a_port_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = run(PROJECT, "mkdocs", "serve", "--quiet", "--dev-addr", address)
    said = f"cannot serve at {address}: Address already in use; give another --dev-addr"
    assert (done.returncode, done.stdout, done.stderr) == (1, f"\n{said}\n", "")


def test_a_place_that_is_not_there_and_a_page_in_no_menu_are_told_whatever_the_settings(tmp_path: Path) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    settings = (folder / "mkdocs.yml").read_text(encoding="utf-8").partition("validation:")[0]
    (folder / "mkdocs.yml").write_text(f"{settings}nav: [index.md, record.md]\n", encoding="utf-8")
    with (folder / "docs" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\n[a](record.md#nothing) [b](wintr/) [c](/winter/)\n")
    said = build(folder).stderr
    assert 'not included in the "nav" configuration: winter.md' in said
    assert "does not contain an anchor '#nothing'" in said
    assert "an unrecognized relative link 'wintr/'" in said
    assert "an absolute link '/winter/'" in said

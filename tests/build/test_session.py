"""One run of MkDocs: what it says before and between builds."""

import re
import socket
from pathlib import Path

from ..support.builds import EXPLAINER, PROJECT, build, copy_project, run, run_process


def test_a_port_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = run(PROJECT, "mkdocs", "serve", "--quiet", "--dev-addr", address)
    said = f"cannot serve at {address}: Address already in use; give another --dev-addr"
    assert (done.returncode, done.stdout, done.stderr) == (1, f"\n{said}\n", "")


def test_a_plugin_whose_pages_the_policy_would_stop_is_refused_itself(tmp_path: Path) -> None:
    stub = tmp_path / "redirects-1.dist-info"
    stub.mkdir()
    (stub / "METADATA").write_text("Name: redirects\nVersion: 1\n", encoding="utf-8")
    entry = "[mkdocs.plugins]\nredirects = mkdocs.plugins:BasePlugin\n"
    (stub / "entry_points.txt").write_text(entry, encoding="utf-8")
    folder = copy_project(EXPLAINER, tmp_path / "project")
    settings = (
        (folder / "mkdocs.yml").read_text(encoding="utf-8").replace("  - macros:", "  - redirects\n  - macros:")
    )
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    said = run_process(folder, "mkdocs", "build", PYTHONPATH=str(tmp_path)).stderr
    assert re.findall("ERROR.*", said) == [
        'ERROR   -  mkdocs.yml:17: the plugin "redirects" is not used here, as CONTRIBUTING.md says; delete it'
    ]


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

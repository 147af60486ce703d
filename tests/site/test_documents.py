"""The documents for contributors: every path, command and layer that they name exists."""

import re
import tomllib

import pytest

from macros.cli.main import main

from ..support.builds import PROJECT

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "deploy/README.md", "docs/authors.md")
# Brought or made by whoever works on the project.
BROUGHT = {".cache/", "sources/", "site/", "site/_headers", "site/sbom.cdx.json", "docs/_redirects"}
PATH = re.compile(r"`((?:[a-zA-Z.][\w.-]*/)+[\w.-]*|[\w.-]+\.(?:html|md|py|toml|txt|yml))`")

each_document = pytest.mark.parametrize("document", DOCUMENTS)


def text(document: str) -> str:
    return (PROJECT / document).read_text(encoding="utf-8")


@each_document
def test_every_path_exists(document: str) -> None:
    tops = [PROJECT / name for name in (".github", "data", "deploy", "docs", "macros", "overrides", "tests")]
    paths = [*PROJECT.iterdir(), *(path for top in tops for path in top.rglob("*"))]
    known = {f"/{path.relative_to(PROJECT).as_posix()}{'/' * path.is_dir()}" for path in paths}
    ends = {path[start:] for path in known for start, sign in enumerate(path[:-1]) if sign == "/"}
    named = {path for path in PATH.findall(text(document)) if not re.search("GROUP|NAME", path)}
    assert sorted(path for path in named - BROUGHT if f"/{path}" not in ends) == []


@each_document
def test_every_command_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    written = re.findall(r"^(make [a-z ]+)|`(make [a-z ]+)", text(document), re.MULTILINE)
    made = {word for pair in written for word in "".join(pair).split()[1:]}
    run = set(re.findall(r"-m macros ([a-z]+)", text(document)))
    assert (sorted(made - targets), sorted(run - {*main.commands})) == ([], [])


def test_contributing_lists_the_layers() -> None:
    contract = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]
    drawn = text("CONTRIBUTING.md").split("## The packages")[1].split("```")[1]
    assert re.findall(r"^(\w+)", drawn, re.MULTILINE) == contract["layers"]


def test_contributing_lists_every_command_of_the_generator() -> None:
    table = text("CONTRIBUTING.md").split("| command | does |\n")[1].split("\n\n")[0]
    cells = "".join(row.split("|")[1] for row in table.splitlines())
    assert set(re.findall(r"`([a-z]+)", cells)) == {*main.commands}

"""What the site is made with: pinned by hash, under known licences, listed."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ..support.builds import PROJECT
from ..support.sbom import bill_of_materials, licence, packages

LOCK = (PROJECT / "requirements.txt").read_text(encoding="utf-8")

# Under each, what is built with a package may be published under any terms.
LICENCES = {
    "Apache-2.0",
    "Apache-2.0 OR BSD-2-Clause",
    "Apache Software License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSD License",
    "MIT",
    "MIT-CMU",
    "MIT License",
    "MIT License or Academic Free License (AFL)",
    "Mozilla Public License 2.0 (MPL 2.0)",
    "PSF-2.0",
}


def test_every_package_is_pinned_by_hashes() -> None:
    entries = re.findall(r"^(?=\S)(?!#).+(?:\n .+)*", LOCK, re.MULTILINE)
    assert len(entries) > 50
    assert [
        each.split()[0] for each in entries if not re.search(r"==\S+.*\\\n +--hash=sha256:[0-9a-f]{64}", each)
    ] == []


def test_every_package_the_generator_imports_is_declared() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {Requirement(each).name for each in settings["project"]["dependencies"]}
    imported = set[str]()
    for path in (PROJECT / "macros").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(str(node.module).partition(".")[0])
    packages = packages_distributions()
    found = {canonicalize_name(packages[name][0]) for name in imported - sys.stdlib_module_names - {"macros"}}
    assert {"mkdocs", "jinja2", "pyyaml"} <= found
    assert found - declared == set()


def test_every_package_a_build_needs_is_the_pinned_one() -> None:
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", LOCK, re.MULTILINE))
    used = {key: each.version for key, each in packages().items()}
    assert {"mkdocs", "jinja2", "markupsafe"} <= used.keys()
    assert "pytest" not in used
    assert used == {key: pinned[key] for key in used}


def test_every_licence_is_a_known_one() -> None:
    assert {key: licence(each) for key, each in packages().items() if licence(each) not in LICENCES} == {}


def test_the_list_names_each_part_once_and_nothing_of_this_machine() -> None:
    bill = bill_of_materials()
    parts = [each["name"] for each in bill["components"]]
    assert sorted(parts) == sorted({*packages(), "newsreader", "schibsted-grotesk"})
    listed = {bill["metadata"]["component"]["bom-ref"], *(each.get("bom-ref") for each in bill["components"])}
    assert {ref for each in bill["dependencies"] for ref in [each["ref"], *each["dependsOn"]]} <= listed
    assert str(PROJECT.parent) not in json.dumps(bill)


def test_an_environment_of_another_folder_is_not_taken_for_that_of_this(tmp_path: Path) -> None:
    """A folder that is renamed or copied makes its environment again: `make` asks `.ci/setup whole`."""
    here, there = tmp_path / "here", tmp_path / "there"
    programs = here / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    (programs / "pip").write_text(f"#!{programs}/python\n", encoding="utf-8")
    whole = [PROJECT / ".ci" / "setup", "whole"]
    assert subprocess.run(whole, cwd=here).returncode == 0
    here.rename(there)
    assert subprocess.run(whole, cwd=there).returncode == 1

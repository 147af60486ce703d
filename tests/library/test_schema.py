"""What the editor's editor is told: what each field holds, and what the rules refuse."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from macros.library.loader import load_library
from macros.library.schema import IDS, SCHEMAS, renew_ids, schema_name
from macros.problems import Problem
from macros.records.kinds import KINDS
from macros.records.models import field_descriptions

from ..support.builds import PROJECT, new_folder
from ..support.library import FILES, TEXTS, Small


class EditorsLoader(yaml.CSafeLoader):
    """YAML 1.2 as an editor reads it: numbers and true are not text, dates are."""


EditorsLoader.yaml_implicit_resolvers = {
    sign: [(tag, form) for tag, form in found if tag.endswith((":int", ":float"))]
    for sign, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@cache
def schemas(folder: Path) -> dict[str, Any]:
    """The schemas in a folder, by their names; each is one."""
    texts = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    for each in texts.values():
        Draft7Validator.check_schema(each)
        assert '"enum": []' not in json.dumps(each), "language servers refuse a schema with an empty choice"
    return texts


def complaints(folder: Path, file: str, data: Any) -> list[str]:
    """What a validator that is not ours says of a data file."""
    texts = schemas(folder)
    registry = Registry().with_resources((name, Resource.from_contents(text)) for name, text in texts.items())
    validator = Draft7Validator(texts[schema_name(file)], registry=registry)
    return [error.message for error in validator.iter_errors(data)]


@pytest.fixture(scope="module")
def small() -> Path:
    """The schemas of a few small good records."""
    folder = new_folder()
    for place, files in (("data", FILES), ("sources", TEXTS)):
        (folder / place).mkdir()
        for name, text in files.items():
            (folder / place / name).write_text(text, encoding="utf-8")
    assert (
        Small(folder).run("schema").stdout == f"{len(FILES) + 2} schemas written\n"
    )  # those of ids and of redirects, too
    return folder / "data" / SCHEMAS


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_an_editor_shows_the_line_under_each_field(kind, small):
    schema = json.loads((small / schema_name(kind.file)).read_text(encoding="utf-8"))
    assert (schema["title"], schema["description"]) == (kind.file, kind.__doc__)
    shown = schema["items"]["properties"]
    lines = {kind.model_fields[name].alias or name: line for name, line in field_descriptions(kind).items()}
    assert {name: field["description"] for name, field in shown.items()} == lines


MISTAKES = {
    "a field nobody knows": ("facts.yml", {"titel": "x"}),
    "a field that is missing": ("topics.yml", {"name": None}),
    "an id that is not one": ("facts.yml", {"id": "Not An Id"}),
    "an address that is a number": ("sources.yml", {"URL": 1931}),
    "a word that is not among the choices": ("quotes.yml", {"form": "song"}),
    "a record that does not exist": ("facts.yml", {"topics": ["no-such-topic"]}),
    "a record of another kind": ("facts.yml", {"topics": ["post"]}),
    "a source that does not exist": ("facts.yml", {"evidence": [{"source": "nowhere", "exact": "x"}]}),
    "one actor that does not exist": ("quotes.yml", {"speaker": "nobody"}),
    "a text where a list belongs": ("facts.yml", {"topics": "post"}),
    "a list where a text belongs": ("facts.yml", {"text": ["x"]}),
    "an anchor of sixteen words": ("facts.yml", {"evidence": [{"source": "post", "exact": "word " * 16}]}),
    "an address that is not safe": ("sources.yml", {"URL": "ftp://example.org"}),
    "a language in words": ("sources.yml", {"language": "English"}),
    "a date in words": ("timeline.yml", {"date": "last year"}),
    "a figure in words": ("facts.yml", {"value": "a few"}),
    "an empty text": ("facts.yml", {"text": ""}),
}


@pytest.mark.parametrize(("file", "change"), MISTAKES.values(), ids=MISTAKES)
def test_an_editor_marks(file, change, small):
    data = yaml.load(FILES[file], EditorsLoader)
    assert complaints(small, file, data) == []
    assert complaints(small, file, {}), "a file holds a list"
    data[0] = {name: value for name, value in {**data[0], **change}.items() if value is not None}
    assert complaints(small, file, data)


def test_a_redirect_leads_to_a_record_that_exists(small):
    known = yaml.load(FILES["facts.yml"], EditorsLoader)[0]["id"]
    assert complaints(small, "redirects.yml", {"a-former-id": known}) == []
    assert complaints(small, "redirects.yml", {"a-former-id": "nowhere"})
    assert complaints(small, "redirects.yml", {"No Id": known})
    assert complaints(small, "redirects.yml", [known])


def test_a_schema_that_is_out_of_date_is_named_and_written_again(small):
    (small / IDS).write_text("{}", encoding="utf-8")
    library = Small(small.parent.parent)
    assert library.run("schema", "--check").stderr == (
        "data/schemas/ids.json: is out of date; run python -m macros schema and commit it\n1 problem\n"
    )
    assert library.run("schema").stdout == "1 schema written\n"
    assert library.run("schema", "--check").returncode == 0


def test_ids_are_written_where_they_changed_and_no_record_has_a_problem(small):
    path, library = small / IDS, load_library(small.parent, small.parent.parent / "sources")
    good = path.read_text(encoding="utf-8")
    path.write_text("{}", encoding="utf-8")
    renew_ids(small, library)
    assert path.read_text(encoding="utf-8") == good
    os.utime(path, (0, 0))
    renew_ids(small, library)
    assert path.stat().st_mtime == 0
    renew_ids(small / "none", library)
    library.problems.append(Problem("data/facts.yml", 1, 0, "is wrong"))
    path.unlink()
    renew_ids(small, library)
    assert not path.exists()
    path.write_text(good, encoding="utf-8")


def test_the_form_of_yaml_is_checked_and_fixed_and_its_comments_stay():
    folder = new_folder()
    (folder / ".yamlfmt").write_bytes((PROJECT / ".yamlfmt").read_bytes())
    written = "# why\n- id:   a # because\n  text: >-\n    one line,\n    and another\n\n- id: b\n"
    (folder / "facts.yml").write_text(written, encoding="utf-8")

    def form(*options: str) -> int:
        tool = Path(sys.executable).with_name("yamlfmt")
        return subprocess.run([tool, *options, "facts.yml"], cwd=folder, capture_output=True).returncode

    assert form("-lint") != 0
    assert form() == 0
    assert (folder / "facts.yml").read_text(encoding="utf-8") == written.replace("id:   a", "id: a")
    assert form("-lint") == 0

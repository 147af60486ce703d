"""Every component has what the house asks of one, and looks as it did."""

from __future__ import annotations

import inspect
import re

import pytest

from macros.components import MACROS
from macros.render import TEMPLATES, Block

from .components import CAST, FOLDER, Example, all_examples, cast, examples, legible, snapshot

STYLES = TEMPLATES.parent / "components"
HEADER = re.compile(r"\A\{#- (?P<what>[^\n]+\.) (?P<form>Inline|Block)\.\n\nContext:[ \n].+?-#\}\n", re.DOTALL)
FORMS = {name: macro.__doc__.rpartition(" ")[2].rstrip(".") for name, macro in MACROS.items()}
SIGNS = ("<", "*", "{{", "_", "|", "#", '"')

each_component = pytest.mark.parametrize("component", MACROS)
each_example = pytest.mark.parametrize("example", list(all_examples()), ids=lambda each: each.title)


@each_component
def test_a_component_looks_as_its_snapshot(component: str) -> None:
    path = FOLDER / f"{component}.html"
    assert path.exists(), f"no {path.name}; run make snapshots"
    assert snapshot(component) == path.read_text(encoding="utf-8"), "run make snapshots, and read the diff"


@each_component
def test_a_component_has_the_usual_the_shortest_and_a_hostile_example(component: str) -> None:
    names = [example.name for example in examples(component)]
    assert len(names) >= 3, f"tests/components/{component}.yml needs three examples"
    assert len(set(names)) == len(names)
    assert names[0].startswith("the usual case")
    assert names[1].startswith("the shortest")
    if "<" in examples(component)[-1].render():
        hostile = examples(component)[-1]
        told = str((hostile.records, hostile.section))
        assert [sign for sign in SIGNS if sign not in told] == [], f"in {hostile.name!r}"


def test_every_file_beside_the_examples_belongs_to_a_macro() -> None:
    known = {f"{name}.{ending}" for name in MACROS for ending in ("yml", "html")} | {f"{CAST}.yml"}
    assert {path.name for path in FOLDER.iterdir() if path.suffix in (".yml", ".html")} == known


@each_component
def test_a_component_has_a_template_of_its_name(component: str) -> None:
    assert (TEMPLATES / f"{component}.html").is_file()


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.stem)
def test_a_template_says_what_it_is_and_what_it_needs(path: object) -> None:
    header = HEADER.match(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    assert header, 'start with "{#- What it is. Block.", an empty line and "Context:"'
    if path.parent == TEMPLATES and path.stem in MACROS:  # type: ignore[attr-defined]
        assert header["form"] == FORMS[path.stem]  # type: ignore[attr-defined]


@each_example
def test_a_component_that_is_more_than_text_carries_the_class_of_its_name(example: Example) -> None:
    output = example.render()
    assert "<" not in output or f'class="xp-{example.component}' in output


@each_component
def test_a_component_that_carries_a_class_has_a_style_of_its_name(component: str) -> None:
    classes = any(f'class="xp-{component}' in example.render() for example in examples(component))
    found = list(STYLES.glob(f"*/{component}/style.css"))
    assert not classes or len(found) == 1, f"no macros/components/…/{component}/style.css"


@each_example
def test_a_block_has_no_blank_line_and_no_indented_one(example: Example) -> None:
    block = FORMS[example.component] == "Block"
    output = example.call(MACROS[example.component], example.page())
    assert isinstance(output, Block) == block
    lines = str(output).split("\n")
    assert block or len(lines) == 1
    assert all(line and line == line.strip() for line in lines)


@each_component
def test_a_macro_tells_authors_what_it_is_in_one_line(component: str) -> None:
    lines = inspect.getdoc(MACROS[component]).split("\n")  # type: ignore[union-attr]
    assert len(lines) == 1
    assert FORMS[component] in ("Block", "Inline")


def test_a_snapshot_leaves_the_four_signs_that_html_reads_encoded() -> None:
    hostile = next(each for each in examples("fact") if "signs" in each.name)
    assert "&#60;b&#62;&#34;700&#34;" in legible(hostile.render())
    assert "# The company" in legible(hostile.render())


def test_every_punctuation_mark_of_a_text_is_encoded_in_the_output() -> None:
    hostile = next(each for each in examples("fact") if "signs" in each.name)
    text = hostile.records["fact"][0]["text"]
    encoded = "".join(f"&#{ord(mark)};" if re.match(r"[!-/:-@\[-`{-~]", mark) else mark for mark in text)
    assert encoded in hostile.render()


def test_every_record_of_the_cast_is_named_by_an_example() -> None:
    told = "".join(str((each.arguments, each.before, each.records)) for each in all_examples())
    assert [each["id"] for entries in cast().values() for each in entries if each["id"] not in told] == []

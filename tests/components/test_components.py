"""Every component has its template, its style and its examples, and looks like its snapshot."""

import inspect
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import meta, nodes
from markupsafe import escape

from macros.components.rendering import FOLDER, GROUPS, MACROS, Block, environment

from ..support.components import Example, all_examples, cast, examples, folder_of, snapshot

RECORDED = ("examples.yml", "snapshot.html")
TEMPLATES = [path for path in sorted(FOLDER.rglob("*.html")) if path.name not in RECORDED]
HEADER = re.compile(r"\A\{#- (?P<what>[^\n]+\.) (?P<form>Inline|Block)\.\n\nContext:[ \n].+?-#\}\n", re.DOTALL)
FORMS = {name: macro.__doc__.rpartition(" ")[2].rstrip(".") for name, macro in MACROS.items()}
SIGNS = ("<", "*", "{{", "_", "|", "#", '"')

each_component = pytest.mark.parametrize("component", MACROS)
each_example = pytest.mark.parametrize("example", list(all_examples()), ids=lambda each: each.title)


def template_name(path: Path) -> str:
    return path.relative_to(FOLDER).with_suffix("").as_posix()


@each_component
def test_a_component_looks_as_its_snapshot(component: str) -> None:
    path = folder_of(component) / "snapshot.html"
    assert path.exists(), f"no {path.name}; run make snapshots"
    assert snapshot(component) == path.read_text(encoding="utf-8"), "run make snapshots, and read the diff"


@each_component
def test_a_component_has_the_usual_the_shortest_and_a_hostile_example(component: str) -> None:
    names = [example.name for example in examples(component)]
    assert len(names) >= 3, f"{component}/examples.yml needs three examples"
    assert len(set(names)) == len(names)
    assert names[0].startswith("the usual case")
    assert names[1].startswith("the shortest")
    if "<" in examples(component)[-1].render():
        hostile = examples(component)[-1]
        told = str((hostile.records, hostile.section))
        assert [sign for sign in SIGNS if sign not in told] == [], f"in {hostile.name!r}"


def test_every_folder_with_examples_is_a_macro_s() -> None:
    found = [path.parent for group in GROUPS for path in group.glob("*/*") if path.name in RECORDED]
    assert {path.name for path in found} <= set(MACROS)
    assert sorted({path.name for path in found}) == sorted(path.name for path in set(found))


@each_component
def test_a_component_has_a_template_of_its_name(component: str) -> None:
    assert (folder_of(component) / "template.html").is_file()


@pytest.mark.parametrize("path", TEMPLATES, ids=template_name)
def test_a_template_says_what_it_is_and_what_it_needs(path: Path) -> None:
    header = HEADER.match(path.read_text(encoding="utf-8"))
    assert header, 'start with "{#- What it is. Block.", an empty line and "Context:"'
    if path.name == "template.html" and path.parent.name in MACROS:
        assert header["form"] == FORMS[path.parent.name]


def listed(path: Path) -> set[str]:
    """Return what a template's header lists as its context, and the other that it refers to."""
    header = path.read_text(encoding="utf-8").partition("-#}")[0]
    names = re.findall(r"(?m)^  (\w+(?:, \w+)*)(?: \(|:|$)", header)
    others = re.findall(r"(?:see|that of) ([\w/]+\.html)", header)
    return {name for each in names for name in each.split(", ")}.union(*map(listed, map(find, others)))


def find(name: str) -> Path:
    return next(path for group in GROUPS for path in group.glob(name))


@cache
def used(path: Path) -> tuple[set[str], set[str]]:
    """Return what a template uses of its context, and what it and those that it includes do."""
    tree = environment().parse(path.read_text(encoding="utf-8"))
    own = meta.find_undeclared_variables(tree) - {
        each.name for each in tree.find_all(nodes.Name) if each.ctx == "store"
    }
    included = {name for name in meta.find_referenced_templates(tree) if name}
    return own, own.union(*(used(find(name))[1] for name in included))


@pytest.mark.parametrize("path", TEMPLATES, ids=template_name)
def test_a_template_lists_what_it_uses_and_no_more(path: Path) -> None:
    own, all_used = used(path)
    assert own <= listed(path) <= all_used


@pytest.mark.parametrize("path", TEMPLATES, ids=template_name)
def test_a_template_carries_no_class_of_another_component(path: Path) -> None:
    classes = " ".join(re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")))
    blocks = {block.partition("__")[0].partition("--")[0] for block in re.findall(r"xp-([\w-]+)", classes)}
    assert blocks & MACROS.keys() <= {path.parent.name}


@each_example
def test_a_component_that_is_more_than_text_carries_the_class_of_its_name(example: Example) -> None:
    output = example.render()
    assert "<" not in output or f'class="xp-{example.component}' in output


@each_component
def test_a_component_that_carries_a_class_alone_has_a_style_of_its_name(component: str) -> None:
    alone = re.compile(rf'class="xp-{component}(__[\w-]+)?"')  # else it looks like others, by a class they share
    classes = any(alone.search(example.render()) for example in examples(component))
    found = list(FOLDER.glob(f"*/{component}/style.css"))
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


def test_what_html_reads_meaning_into_is_escaped_and_nothing_else() -> None:
    hostile = next(each for each in examples("fact") if "signs" in each.name)
    text = hostile.records["fact"][0]["text"]
    assert str(escape(text)) in hostile.render()
    assert "# The company" in hostile.render()


def test_every_record_of_the_cast_is_named_by_an_example() -> None:
    told = "".join(str((each.arguments, each.before, each.records)) for each in all_examples())
    assert [each["id"] for entries in cast().values() for each in entries if each["id"] not in told] == []


def test_quotations_are_grouped_by_speaker_in_the_order_of_their_family_names() -> None:
    evidence = [{"source": "report", "exact": "a mate"}]
    people, quotes = list[Any](), list[Any]()
    for id, name in {"one": "Ada Zed", "two": "Bo Yew", "three": "Cy Ash"}.items():
        people.append({"id": id, "name": name, "roles": [{"role": "mate", "evidence": evidence}]})
        quotes.append({"id": f"by-{id}", "speaker": id, "evidence": evidence})
    page = Example("records", "", ["quote"], records={"person": people, "quote": quotes}).render()
    assert re.findall('__group">(.*?)<', page) == ["Cy Ash", "Bo Yew", "Ada Zed"]


@pytest.mark.parametrize(
    ("dates", "eras"),
    [
        (("2011", "2012/.."), "1990/2019"),
        (("../2011", "2012-03"), "1990/2019"),
        (("-0043-03-15", "0079"), "-0099/0099, 0100/2000"),
        (("Y-12000", "[2011,2012]"), "Y-20000/-0001, 0000/2019"),
    ],
)
def test_a_strand_may_be_of_any_time_and_have_no_end(dates: tuple[str, ...], eras: str) -> None:
    rest = {"title": "It lasts", "act": "state", "topics": ["weather"]}
    rest["evidence"] = [{"source": "report", "exact": "It lasts"}]
    events = [{"id": f"one-{number}", "date": date, **rest} for number, date in enumerate(dates)]
    example = Example("timeline", "", {"eras": eras, "strand": "weather"}, records={"event": events})
    assert "Weather: 2 events" in example.render()

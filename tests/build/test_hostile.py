"""Hostile input: refused with its place and at once, or shown as the text it is; `hostile.yml` holds the cases."""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import TemplateSyntaxError

from macros.build.macro_calls import Calls
from macros.build.project import link_problems
from macros.build.theme import COMMENT, INDENT
from macros.cli.import_source import read_import, split_name
from macros.components.placeholders import Placeholders, heading_id
from macros.components.rendering import render_inline
from macros.evidence.article import Article
from macros.evidence.numerals import read_figures
from macros.evidence.selectors import find_passage
from macros.evidence.typography import loose, quoted_in
from macros.exports.search_index import index_files, page_entries
from macros.library.loader import load_library, verify_library
from macros.library.yaml import parse_yaml
from macros.pages.content_security_policy import Reader
from macros.pages.glossary import link_terms
from macros.pages.page import Page, reading_minutes
from macros.pages.prose import CALL
from macros.pages.site import Site
from macros.pages.syntax_mistakes import explain_syntax_error, open_elements, printed_syntax
from macros.pages.unbacked_prose import find_unbacked
from macros.problems import AuthorError, ProblemsFoundError
from macros.records.dates import parse_date
from macros.records.kinds import KINDS, Source
from macros.records.models import Record

from ..support.builds import EXPLAINER, Built, build, complaints, copy_project, new_folder, start
from ..support.library import Small, passage

TABLE: dict[str, Any] = yaml.load(Path(__file__).with_name("hostile.yml").read_bytes(), yaml.CSafeLoader)
SECONDS = 2  # of the processor, for what is refused
LONG = 10_000  # signs in a run, for which an eighth of the time must do
SHORTER = 8  # times; where time grows as the square of the length, a run of these takes 64 times less

POLICY = "default-src 'none'; script-src 'self'"


@contextmanager
def at_once(seconds: float = SECONDS) -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds


def typed(case: dict[str, Any], name: str) -> str:
    return case.get("head", "") + str(case[name]) * case.get("times", 1) + case.get("tail", "")


def written(case: dict[str, Any]) -> str:
    """Return the page of a case."""
    front = f"---\n{typed(case, 'front')}\n{case.get('end', '---')}\n" if "front" in case else ""
    return front + "# Page\n" + (f"\n{typed(case, 'text')}\n" if "text" in case else "")


def add_pages(folder: Path, cases: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Write a page for each case; return the cases by the names of their pages."""
    (folder / "docs" / "hostile").mkdir()
    named = {f"docs/hostile/{number:02}.md": case for number, case in enumerate(cases)}
    for name, case in named.items():
        (folder / name).write_text(written(case), encoding="utf-8")
    return named


def build_harmless() -> Built:
    """The site of all that is shown, in every place that takes words."""
    folder = copy_project(EXPLAINER, new_folder() / "harmless")
    for name, places in TABLE["shown"]["places"].items():
        path = folder / "data" / f"{name}.yml"
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        texts = TABLE["shown"]["texts"] * 2
        for number, entry in enumerate(entries):
            for place in places:
                if place in entry:
                    entry[place] += " " + texts[number % len(TABLE["shown"]["texts"])]
        path.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    config = folder / "mkdocs.yml"
    settings = yaml.safe_dump(TABLE["settings"])
    config.write_text(re.sub("(?m)^site_name:.*\n", "", config.read_text()) + settings, encoding="utf-8")
    add_pages(folder, [case for case in TABLE["pages"] if "told" not in case])
    done = build(folder)
    assert done.returncode == 0, complaints(done.stderr)
    return Built(folder, done.stderr)


def test_a_hostile_value_of_a_field_is_refused_at_its_line(tmp_path: Path) -> None:
    data = copy_project(EXPLAINER, tmp_path / "project") / "data"
    good_library = load_library(data)
    for case in TABLE["fields"]:
        path = data / f"{case['file']}.yml"
        good = path.read_text(encoding="utf-8")
        entries = yaml.load(good, Loader=yaml.BaseLoader)
        entries[0] = {**entries[0], case["field"]: typed(case, "value")}
        path.write_text(
            yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=10**6), encoding="utf-8"
        )
        line = next(n for n, text in enumerate(path.read_text().split("\n"), 1) if f"{case['field']}:" in text)
        with at_once():
            told = [str(each) for each in load_library(data, before=good_library).problems]
        start = f"data/{case['file']}.yml:{line}: {case['told']}"
        assert [each for each in told if each.startswith(start)], (case["case"], told)
        path.write_text(good, encoding="utf-8")


def test_a_hostile_page_is_refused_at_its_line_or_shown() -> None:
    folder = copy_project(EXPLAINER, new_folder() / "refused")
    cases = add_pages(folder, [case for case in TABLE["pages"] if "told" in case])
    process = start(folder, "mkdocs", "build")
    done = process.done()
    assert done.returncode != 0
    assert not (folder / "site").exists()
    assert 0 < process.spent < len(cases) * SECONDS / 4
    told = [line.split("-  ")[1] for line in complaints(done.stderr)]
    for name, case in cases.items():
        here = [each.removeprefix(f"{name}:") for each in told if each.startswith(f"{name}:")]
        for expected in case["told"]:
            assert [each for each in here if each.startswith(expected)], (case["case"], here)
    assert "Traceback" not in done.stderr


def test_a_link_that_leads_out_of_the_project_or_in_a_circle_ends_the_build(tmp_path: Path) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    (tmp_path / "secret").mkdir()
    (folder / "docs" / "passwords.txt").symlink_to("/etc/passwd")
    (folder / "docs" / "zero.md").symlink_to("/dev/zero")
    (folder / "docs" / "secret").symlink_to(tmp_path / "secret")
    (folder / "docs" / "again").symlink_to(".")
    (folder / "docs" / "inside.md").symlink_to("winter.md")
    (folder / "data" / "more.yml").symlink_to("../../secret")
    (folder / "overrides" / "css" / "up").symlink_to("../..")
    said = [str(each) for each in link_problems(folder, "docs")]
    outside = "is a link that leads out of the project; put a copy in its place"
    assert sorted(said)[:4] == [
        f"data/more.yml: {outside}",
        "docs/again: leads to a folder that is read already; delete it",
        f"docs/passwords.txt: {outside}",
        f"docs/secret: {outside}",
    ]
    done = build(folder)
    assert done.returncode != 0
    assert [each for each in said if each not in done.stderr] == []
    assert not (folder / "site").exists()


def test_of_a_folder_and_links_to_it_the_links_are_told(tmp_path: Path) -> None:
    (tmp_path / "docs" / "m").mkdir(parents=True)
    links = {f"docs/{name}" for name in "adgjpsvy"}
    for name in links:
        (tmp_path / name).symlink_to("m")
    assert {each.file for each in link_problems(tmp_path, "docs")} == links


def test_a_text_or_a_data_file_that_never_ends_is_refused(small: Small) -> None:
    (small.texts / "post.txt").write_bytes(b"a" * 40_000_000)
    (small.data / "facts.yml").unlink()
    os.mkfifo(small.data / "facts.yml")
    with at_once():
        told = [str(each) for each in verify_library(small.data, small.texts)[1]]
    assert "data/facts.yml: is no file; put one in its place" in told
    assert 'data/sources.yml:10: "post.txt" is larger than 10 MiB; keep the part that is cited' in told


def fields_of_kinds() -> Iterator[tuple[type[Record], list[str]]]:
    """Every kind, with its fields of types that no kind before it has, and those with a validator of their own."""
    seen = set()
    for kind in KINDS.values():
        validators = kind.__pydantic_decorators__.field_validators.values()
        own = {name for each in validators for name in each.info.fields}
        types = {name: repr((field.annotation, field.metadata)) for name, field in kind.model_fields.items()}
        fresh = [name for name, type_ in types.items() if type_ not in seen or name in own]
        yield kind, [kind.model_fields[name].alias or name for name in fresh]
        seen |= {*types.values()}


def readers(small: Small) -> dict[str, Callable[[str], object]]:
    """All that reads what an author, or a source, may have written."""
    library = small.read()
    page = Page(Site(library, homes={"term": "who/"}), "docs/a.md", "a/")
    wrong = TemplateSyntaxError("wrong", 1)
    source, kinds = library.get("post", Source), [*fields_of_kinds()]

    def fields(text: str) -> None:
        for kind, names in kinds:
            with suppress(ValueError):
                kind.model_validate(dict.fromkeys(names, text))

    def placed(text: str) -> None:
        placeholders = Placeholders(lambda what, line: None)
        placeholders.place_inline(text)
        list(placeholders.id_problems(text))

    def imported(text: str) -> None:
        (small.root / "saved.html").write_text(f"<meta name=author content='{text}'>{text}>", encoding="utf-8")
        read_import(small.root / "saved.html")

    return {
        "saved page": imported,
        "name": split_name,
        "calls with ids": CALL.findall,
        "calls": lambda text: Calls(page, lambda problem: None).run(text),
        "placeholders": placed,
        "elements": lambda text: list(open_elements(text)),
        "printed": lambda text: list(printed_syntax(text, text)),
        "explained": lambda text: explain_syntax_error(text, wrong),
        "prose": lambda text: list(find_unbacked(page.site, text, ["dig"])),
        "glossary": lambda text: link_terms(f"second lock {text}", page, render_inline),
        "policy": lambda text: Reader(POLICY).read_page(f"<style>{POLICY}</style>{text}>"),
        "stylesheet": lambda text: [Reader(POLICY).read_stylesheet(text), INDENT.sub("", COMMENT.sub("", text))],
        "search": lambda text: [*index_files(page_entries("a/", "A", text))],
        "minutes": reading_minutes,
        "heading": lambda text: heading_id(text, "-"),
        "article": lambda text: Article("post", text).quotations,
        "passage": lambda text: find_passage(
            Article("post", f"{text[:200]} and so.\n{text}", source.furniture), passage("and so"), quoted=False
        ),
        "quoted": quoted_in,
        "loose": loose,
        "figures": read_figures,
        "date": parse_date,
        "YAML": lambda text: parse_yaml(f"- a: {text}".encode(), "f.yml"),
        "fields": fields,
    }


def seconds(read: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    with suppress(AuthorError, ProblemsFoundError, ValueError):
        read(text)
    return time.process_time() - began


@pytest.mark.long
def test_no_run_of_signs_takes_a_reader_long(small: Small) -> None:
    slow = []
    for name, read in readers(small).items():
        for unit in TABLE["runs"]:
            if seconds(read, unit * (LONG // len(unit) // SHORTER)) < SECONDS / 8 / SHORTER**2:
                continue
            # What takes long once, on a busy machine, is tried again; one unit fewer, for an answer may be kept.
            if all(seconds(read, unit * (LONG // len(unit) - less)) > SECONDS / 8 for less in range(3)):
                slow.append((name, unit))
    assert slow == []


def test_there_are_a_hundred_cases_or_more() -> None:
    assert (
        len(TABLE["fields"]) + len(TABLE["pages"]) + len(TABLE["settings"]) + len(TABLE["shown"]["texts"]) >= 100
    )

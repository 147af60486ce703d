"""The editor's desk: `python -m macros new · find · rename · why · diff`.

New records: selectors drawn from the article, an entry appended to the data file, the rest untouched."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args, get_origin

import click

from ..build.macro_calls import run_all_pages
from ..components.registry import MACROS
from ..evidence.lock import Lock
from ..evidence.search import Hit
from ..evidence.selectors import select_anchor, select_quotation
from ..library.loader import load_library
from ..library.proof import LOCK
from ..library.schema import SCHEMAS, write_schemas
from ..library.verification import verify_library
from ..library.yaml import dump_entry
from ..problems import Problem
from ..records.fields import Capacity
from ..records.kinds import KINDS, Person, Quote, Source
from ..records.models import Record, field_descriptions
from .inspect import records_at
from .workspace import Workspace, find_hits, with_workspace

# What is asked for besides the fields a record cannot do without.
ASKED = {
    "person": ("role", "capacity"),
    "organisation": ("capacity",),
    "fact": ("as_of", "said_by", "topics"),
    "quote": ("speaker", "setting", "date", "topics"),
    "event": ("summary", "actors", "topics"),
}
# Fields that a draft works out, and those of a person's role, which lie one step deeper.
DRAWN = {"id", "evidence", "roles"}
OF_A_ROLE = {"role": "The role, in the source's terms.", "capacity": "In what capacity they speak."}


def add_record(desk: Workspace, kind: type[Record], fields: Mapping[str, Any]) -> None:
    """Prove a record and append it; where it is wrong, say why.

    It is proved in a copy of the data: a site that is served meanwhile shows it proved, or not at all.
    """
    path, entry = desk.data / kind.file, dump_entry(fields)
    known = {str(problem) for problem in desk.library.problems}
    with TemporaryDirectory() as folder:
        data = shutil.copytree(desk.data, Path(folder) / desk.data.name, dirs_exist_ok=True)
        line = append_entry(data / kind.file, entry)
        lock, problems = _prove(desk, kind, fields, data)
    new = [problem for problem in problems if str(problem) not in known and not _elsewhere(problem, path, line)]
    if new:
        for problem in new:
            click.echo(problem, err=True)
        click.echo("Nothing was written.", err=True)
        sys.exit(1)
    if lock.sources and not problems:
        (desk.data / LOCK).write_text(lock.dumps(), encoding="utf-8")
    append_entry(path, entry)
    click.secho(f"{desk.data.name}/{kind.file}:{line}: {kind.kind} “{fields['id']}”", bold=True)
    for location in lock.records.get(str(fields["id"]), ()):
        section = f", “{location.section}”" if location.section else ""
        click.echo(f"  proved: {location.source}, {location.role} {location.number}{section}")
    _say_how_to_show(desk, kind, str(fields["id"]))


def _prove(
    desk: Workspace, kind: type[Record], fields: Mapping[str, Any], data: Path
) -> tuple[Lock, list[Problem]]:
    """The lock with the record in it, and what is wrong; a record that rests on no passage needs no text."""
    if kind is Source or {"evidence", "roles"} & {*fields}:
        return verify_library(data, desk.texts)
    return Lock(), load_library(data, desk.texts, accept_unlocked=True).problems


def _elsewhere(problem: Problem, path: Path, line: int) -> bool:
    return Path(problem.file).name == path.name and 0 < problem.line < line


def _say_how_to_show(desk: Workspace, kind: type[Record], name: str) -> None:
    after = load_library(desk.data, desk.texts, accept_unlocked=True)
    if (desk.data.parent / SCHEMAS).is_dir() and not after.problems:
        write_schemas(desk.data.parent / SCHEMAS, after)
    _, pages = run_all_pages(desk.data.parent, desk.texts)
    shown = [f"docs/{path}" for path, page in pages.items() if name in page.shown]
    if shown:
        click.echo(f"  already on: {', '.join(shown)}")
    calls = [f'{{{{ {macro}("{name}") }}}}' for macro in (kind.kind, "cite") if macro in MACROS]
    if after.locations.get(name):
        click.echo(f"  show it on a page: {calls[0]}   cite it in a sentence: {calls[1]}")
    click.echo("  when the id is final: make publish")


@click.group()
def new_command() -> None:
    """Add a record: asks for what is needed, finds the passage, proves it."""


def draft(kind: type[Record]) -> click.Command:
    """The command that adds a record of a kind; its options are the record's fields."""
    lines = {name: line for name, line in field_descriptions(kind).items() if name not in DRAWN}
    if kind is Person:
        lines |= OF_A_ROLE
    rests = "evidence" in kind.model_fields or kind is Person
    params: list[click.Parameter] = [click.Option(["--id"], help=field_descriptions(kind)["id"])]
    if rests:
        params.append(click.Option(["--words", "-w"], help="A few words of the passage it rests on."))
        params.append(click.Option(["--source", "-s"], help="The source, where the words stand in several."))
    for name, line in lines.items():
        params.append(click.Option([f"--{name.replace('_', '-')}", name], help=line, type=_choices(kind, name)))

    @with_workspace
    def run(
        desk: Workspace, id: str | None, words: str | None = None, source: str | None = None, **given: str
    ) -> None:
        hit = None
        if rests:
            words = desk.ask("words", "A few words of the passage it rests on, in any case.", words)
            if not words:
                raise click.UsageError("--words is needed: a few words of the passage it rests on")
            hit = desk.choose(find_hits(desk, words, source))
            click.echo(f"{hit.place()}\n  {hit.words}")
            if found := records_at(desk.library, hit):
                click.echo(f"  rest on it already: {', '.join(record.id for record in found)}")
        fields = _answers(desk, kind, lines, given)
        add_record(desk, kind, _entry(desk, kind, id, fields, hit))

    return click.Command(kind.kind, params=params, callback=run, help=f"{kind.__doc__}")


def _choices(kind: type[Record], name: str) -> click.Choice[str] | None:
    """The words a field takes, where it takes no others."""
    if name == "capacity":
        return click.Choice(get_args(Capacity))
    annotation = kind.model_fields[name].annotation if name in kind.model_fields else None
    found = get_args(annotation) if get_origin(annotation) is Literal else ()
    return click.Choice(found) if found else None


def _answers(
    desk: Workspace, kind: type[Record], lines: Mapping[str, str], given: Mapping[str, str | None]
) -> dict[str, str]:
    required = [name for name in lines if name in kind.model_fields and kind.model_fields[name].is_required()]
    asked = {*required, *ASKED.get(kind.kind, ())}
    answers = {
        name: desk.ask(name, line, given.get(name)) if name in asked else given.get(name) or ""
        for name, line in lines.items()
    }
    missing = [name for name in required if not answers[name].strip()]
    if missing:
        raise click.UsageError(", ".join(f"--{name.replace('_', '-')}" for name in missing) + " is needed")
    return {name: " ".join(text.split()) for name, text in answers.items() if text.strip()}


def _entry(
    desk: Workspace, kind: type[Record], name: str | None, answers: dict[str, str], hit: Hit | None
) -> dict[str, Any]:
    """The fields of a new record, in the order of its kind."""
    evidence: list[dict[str, str]] = []
    if hit is not None:
        evidence = select_quotation(hit) if kind is Quote else [select_anchor(hit)]
    speaker = answers.get("speaker", "").rpartition("-")[2]
    telling = [answers.get(each, "") for each in ("name", "title", "text")]
    telling += [speaker, *(each["exact"] for each in evidence)]
    suggested = suggest_id((each for each in telling if each), desk.library.entries)
    if kind is Person:
        role = {each: answers.pop(each) for each in OF_A_ROLE if each in answers}
        filled: dict[str, Any] = {"roles": [role | {"evidence": evidence}]}
    else:
        filled = {"evidence": evidence} if evidence else {}
    if kind is Quote and evidence and "form" not in answers and evidence[0]["exact"][0].islower():
        answers["form"] = "phrase"  # words that begin small stand inside the source's own sentence
    if kind is Quote and hit is not None and "role" not in answers:
        answers |= _role_at_the_time(desk, answers.get("speaker", ""), hit)
    filled |= {each: field_value(kind, each, text) for each, text in answers.items()}
    filled["id"] = desk.ask("id", field_descriptions(kind)["id"], name, suggested)
    aliases = {each: field.alias or each for each, field in kind.model_fields.items()}
    return {aliases[each]: filled[each] for each in kind.model_fields if each in filled}


def _role_at_the_time(desk: Workspace, speaker: str, hit: Hit) -> dict[str, str]:
    """Which of several roles a speaker has in the article: the one it states, or the one the editor names."""
    person = desk.library.records.get(speaker)
    if not isinstance(person, Person) or len(person.roles) < 2:
        return {}
    stated = [role.role for role in person.roles if any(each.source == hit.article.name for each in role.evidence)]
    if len(stated) == 1 or not desk.asks:
        return {"role": stated[0]} if stated else {}
    choice = click.prompt("role", type=click.Choice([role.role for role in person.roles]), default=stated[0])
    return {"role": str(choice)}


for each in KINDS.values():
    if each is not Source:
        new_command.add_command(draft(each))

EMPTY = re.compile(r"^\[\]\s*$", re.MULTILINE)


def append_entry(path: Path, entry: str) -> int:
    """Add an entry at the end of a data file; return its line. All that stood there stays, to the byte."""
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    kept = EMPTY.sub("", before, count=1).rstrip("\n")
    start = f"{kept}\n\n" if kept else ""
    path.write_text(start + entry, encoding="utf-8")
    return start.count("\n") + 1


def suggest_id(words: Iterable[str], known: Iterable[str]) -> str:
    """An id from the first telling words of a text, not taken yet."""
    telling = [
        word
        for text in words
        for word in re.findall(r"[a-z0-9]+", text.casefold())
        if len(word) > 3 or word.isdigit()
    ]
    name = "-".join(dict.fromkeys(telling[:5])) or "new"
    taken, number = {*known}, 2
    unique = name
    while unique in taken:
        unique, number = f"{name}-{number}", number + 1
    return unique


def field_value(kind: type[Record], name: str, text: str) -> Any:
    """What an editor typed for a field, as the data file holds it: ids apart by commas become a list."""
    field = kind.model_fields[name]
    if "tuple" not in str(field.annotation):
        return text
    listed = tuple(part.strip() for part in text.split(",") if part.strip())
    return listed[0] if len(listed) == 1 and name in ("speaker", "author", "said_by") else listed

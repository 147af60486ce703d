"""The command `new`: a record is proved in a copy of the data, then appended to its file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args, get_origin

import click

from ..build.macro_calls import run_all_pages
from ..components.registry import MACROS
from ..evidence.lock import Lock
from ..evidence.search import Hit
from ..evidence.selectors import Location, select_anchor, select_quotation
from ..library.loader import load_library
from ..library.proof import LOCK
from ..library.verification import verify_library
from ..library.yaml import dump_entry
from ..problems import Problem
from ..records.fields import Capacity
from ..records.kinds import KINDS, Person, Quote, Source
from ..records.models import Record, field_descriptions
from .inspect import find_records_at
from .workspace import Workspace, require_options, stop_at_problems, write_files

# What is asked for besides the required fields.
ASKED = {
    "person": ("role", "capacity"),
    "organisation": ("capacity",),
    "fact": ("as_of", "said_by", "topics"),
    "quote": ("speaker", "setting", "date", "topics"),
    "event": ("summary", "actors", "topics"),
}
# Fields without an option: worked out, or, as a person's roles, nested and given by options of their own.
WORKED_OUT = {"id", "evidence", "roles"}
ROLE_OPTIONS = {"role": "The role, in the source's terms.", "capacity": "In what capacity they speak."}
EMPTY_LIST = re.compile(r"^\[\]\s*$", re.MULTILINE)


@click.group()
def new_command() -> None:
    """Add a record: ask for what is needed, find the passage, prove it."""


def _new_record_command(kind: type[Record]) -> click.Command:
    """Return the command that adds a record of a kind; its options are the record's fields."""
    described = {name: line for name, line in field_descriptions(kind).items() if name not in WORKED_OUT}
    if kind is Person:
        described |= ROLE_OPTIONS
    needs_passage = "evidence" in kind.model_fields or kind is Person
    params: list[click.Parameter] = [click.Option(["--id"], help=field_descriptions(kind)["id"])]
    if needs_passage:
        params.append(click.Option(["--words", "-w"], help="A few words of the passage it rests on."))
        params.append(click.Option(["--source", "-s"], help="The source, where several hold the words."))
    for name, line in described.items():
        params.append(click.Option([f"--{name.replace('_', '-')}", name], help=line, type=_choices(kind, name)))

    @click.pass_obj
    def add(
        workspace: Workspace, /, id: str | None, words: str | None = None, source: str | None = None, **given: str
    ) -> None:
        hit = _ask_passage(workspace, words, source) if needs_passage else None
        answers = _ask_fields(workspace, kind, described, given)
        add_record(workspace, kind, _compose_record(workspace, kind, id, answers, hit))

    return click.Command(kind.kind, params=params, callback=add, help=kind.__doc__)


def _choices(kind: type[Record], name: str) -> click.Choice[str] | None:
    """Return the words a field takes; None where it takes any."""
    annotation = kind.model_fields[name].annotation if name in kind.model_fields else None
    if name == "capacity":
        annotation = Capacity
    return click.Choice(get_args(annotation)) if get_origin(annotation) is Literal else None


def _ask_passage(workspace: Workspace, words: str | None, source: str | None) -> Hit:
    words = workspace.ask("words", "A few words of the passage it rests on, in any case.", words)
    if not words:
        raise click.UsageError("--words is needed: a few words of the passage it rests on")
    hit = workspace.choose_hit(workspace.find_hits(words, source))
    click.echo(f"{hit.place()}\n  {hit.words}")
    if found := find_records_at(workspace.library, hit):
        click.echo(f"  records that rest on it already: {', '.join(record.id for record in found)}")
    return hit


def _ask_fields(
    workspace: Workspace, kind: type[Record], described: Mapping[str, str], given: Mapping[str, str | None]
) -> dict[str, str]:
    required = [name for name in described if name in kind.model_fields and kind.model_fields[name].is_required()]
    answers = {name: text or "" for name, text in given.items()}
    for name in described:
        if name in required or name in ASKED.get(kind.kind, ()):
            answers[name] = workspace.ask(name, described[name], given[name])
    require_options(answers, required)
    return {name: " ".join(answers[name].split()) for name in described if answers[name].strip()}


def _compose_record(
    workspace: Workspace, kind: type[Record], name: str | None, answers: dict[str, str], hit: Hit | None
) -> dict[str, Any]:
    """Return the fields of a new record as its file holds them, in the order of its kind."""
    evidence: list[dict[str, str]] = []
    if hit is not None:
        evidence = select_quotation(hit) if kind is Quote else [select_anchor(hit)]
    words = [*(answers.get(each, "") for each in ("name", "title", "text"))]
    words += [answers.get("speaker", "").rpartition("-")[2], *(each["exact"] for each in evidence)]
    suggested = suggest_id(words, workspace.library.entries)
    fields: dict[str, Any] = {"evidence": evidence} if evidence else {}
    if kind is Person:
        role = {each: answers.pop(each) for each in ROLE_OPTIONS if each in answers}
        fields = {"roles": [role | fields]}
    if kind is Quote and hit is not None:
        if evidence[0]["exact"][0].islower():  # the words stand inside the source's own sentence
            answers.setdefault("form", "phrase")
        if "role" not in answers:
            answers |= _choose_role(workspace, answers.get("speaker", ""), hit)
    fields |= {each: _field_value(kind, each, text) for each, text in answers.items()}
    fields["id"] = workspace.ask("id", field_descriptions(kind)["id"], name, suggested)
    return {field.alias or each: fields[each] for each, field in kind.model_fields.items() if each in fields}


def _choose_role(workspace: Workspace, speaker: str, hit: Hit) -> dict[str, str]:
    """Return which of several roles a speaker has in the article: the one it states, or the one chosen."""
    person = workspace.library.records.get(speaker)
    if not isinstance(person, Person) or len(person.roles) < 2:
        return {}
    stated = [role.role for role in person.roles if any(each.source == hit.article.name for each in role.evidence)]
    if len(stated) == 1 or not workspace.asks:
        return {"role": stated[0]} if stated else {}
    roles = click.Choice([role.role for role in person.roles])
    return {"role": str(click.prompt("role", type=roles, default=stated[0] if stated else None))}


def _field_value(kind: type[Record], name: str, text: str) -> str | tuple[str, ...]:
    """Return what was typed for a field as the data file holds it: ids separated by commas become a list."""
    if "tuple" not in str(kind.model_fields[name].annotation):
        return text
    listed = tuple(part.strip() for part in text.split(",") if part.strip())
    return listed[0] if len(listed) == 1 and name in ("speaker", "author", "said_by") else listed


def suggest_id(texts: Iterable[str], taken: Iterable[str]) -> str:
    """Return an id made of the first long words of the texts, and not taken yet."""
    words = [word for text in texts for word in re.findall(r"[a-z0-9]+", text.casefold())]
    name = "-".join(dict.fromkeys([word for word in words if len(word) > 3 or word.isdigit()][:5])) or "new"
    known, unique, number = {*taken}, name, 2
    while unique in known:
        unique, number = f"{name}-{number}", number + 1
    return unique


def add_record(workspace: Workspace, kind: type[Record], fields: Mapping[str, Any]) -> None:
    """Prove a record and append it to its file; where it is wrong, print why and end with exit code 1.

    It is proved in a copy of the data, so that a site that is served meanwhile never shows it unproved.
    """
    entry, name = dump_entry(fields), str(fields["id"])
    with TemporaryDirectory() as folder:
        data = shutil.copytree(workspace.data, Path(folder) / workspace.data.name, dirs_exist_ok=True)
        copy = data / kind.file
        text = _appended(copy, entry)
        copy.write_text(text, encoding="utf-8")
        lock, problems = _prove(workspace, kind, fields, data)
    place, line = f"{workspace.data.name}/{kind.file}", text.count("\n", 0, -len(entry)) + 1
    known = {*workspace.library.problems}
    stop_at_problems(
        (each for each in problems if each not in known and not (each.file == place and 0 < each.line < line)),
        "Nothing was written.",
    )
    written = {workspace.data / kind.file: text}
    if lock.sources and not problems:
        written[workspace.data / LOCK] = lock.dumps()
    write_files(written)
    click.secho(f"{place}:{line}: {kind.kind} “{name}”", bold=True)
    _explain_use(workspace, kind, name, lock.records.get(name, []))


def _prove(
    workspace: Workspace, kind: type[Record], fields: Mapping[str, Any], data: Path
) -> tuple[Lock, list[Problem]]:
    """Return the lock with the record in it, and all problems; a record that rests on no passage needs no text."""
    if kind is Source or {"evidence", "roles"} & {*fields}:
        return verify_library(data, workspace.texts)
    return Lock(), load_library(data, workspace.texts, accept_unlocked=True).problems


def _appended(path: Path, entry: str) -> str:
    """Return the text of a data file with one more entry at its end, and the rest untouched."""
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    before = EMPTY_LIST.sub("", before, count=1).rstrip("\n")
    start = f"{before}\n\n" if before else ""
    return start + entry


def _explain_use(workspace: Workspace, kind: type[Record], name: str, found: list[Location]) -> None:
    """Print where a new record was proved, which pages show it already, and how to show it."""
    for location in found:
        section = f", “{location.section}”" if location.section else ""
        click.echo(f"  proved: {location.source}, {location.role} {location.number}{section}")
    rests = workspace.reload().locations.get(name)
    _, pages = run_all_pages(workspace.project, workspace.texts)
    if shown := [f"docs/{path}" for path, page in pages.items() if name in page.shown]:
        click.echo(f"  already on: {', '.join(shown)}")
    calls = [f'{{{{ {macro}("{name}") }}}}' for macro in (kind.kind, "cite") if macro in MACROS]
    if rests:
        click.echo(f"  show it on a page: {calls[0]}   cite it in a sentence: {calls[1]}")
    click.echo("  when the id is final: make ids")


for each in KINDS.values():
    if each is not Source:
        new_command.add_command(_new_record_command(each))

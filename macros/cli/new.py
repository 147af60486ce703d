"""The command `new`: a record is proved in a copy of the data, then appended to its file."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args, get_origin

import click

from ..build.macro_calls import run_all_pages
from ..components.registry import MACROS
from ..evidence.lock import Lock
from ..evidence.search import Hit
from ..evidence.selectors import Location, select_anchor, select_quotation
from ..library.ids import read_published
from ..library.loader import load_library, verify_library
from ..library.proof import LOCK
from ..library.validation import field_problems
from ..library.yaml import dump_entry, parse_yaml
from ..problems import Problem, did_you_mean, listed
from ..records.fields import Capacity, id_like
from ..records.kinds import KINDS, Person, Quote, Source
from ..records.models import Record, field_descriptions, find_reference, nested_model
from .inspect import find_records_at
from .workspace import Workspace, require_options, stop_at_problems, write_files

# What is asked for besides the required fields.
ASKED = {
    "person": ("role", "capacity"),
    "organisation": ("capacity",),
    "fact": ("as_of", "said_by", "topics"),
    "quote": ("speaker", "setting", "date", "topics"),
    "event": ("summary", "actors", "topics"),
    "limit": ("rests_on", "shows", "against"),
    "tension": ("one", "other"),
}
MOST_LISTED = 20  # so many ids or fewer are listed before a question for one
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
    def add(workspace: Workspace, /, **given: str | None) -> None:
        with _resumable(f"new {kind.kind}", given):
            hit = _ask_passage(workspace, given) if needs_passage else None
            answers = _ask_fields(workspace, kind, described, given)
            record = _compose_record(workspace, kind, given, answers, hit)
            found = add_record(workspace, kind, record)
        explain_use(workspace, kind, record["id"], found)

    return click.Command(kind.kind, params=params, callback=add, help=kind.__doc__)


def _choices(kind: type[Record], name: str) -> click.Choice[str] | None:
    """Return the words a field takes; None where it takes any."""
    annotation = kind.model_fields[name].annotation if name in kind.model_fields else None
    if name == "capacity":
        annotation = Capacity
    return click.Choice(get_args(annotation)) if get_origin(annotation) is Literal else None


@contextmanager
def _resumable(command: str, given: Mapping[str, str | None]) -> Iterator[None]:
    """Where a command ends early, show how to go on with what was given and answered so far."""
    try:
        yield
    except (click.exceptions.Exit, SystemExit, click.ClickException, click.Abort):
        options = [f"--{name.replace('_', '-')}={text}" for name, text in given.items() if text]
        if options:
            click.echo(
                f"\nTo go on: {shlex.join(['python', '-m', 'macros', *command.split(), *options])}", err=True
            )
        raise


def _ask_passage(workspace: Workspace, given: dict[str, str | None]) -> Hit:
    def check(words: str) -> str:
        try:
            if words:
                workspace.find_hits(words, given["source"])
            return words
        except click.ClickException as error:
            raise click.UsageError(error.message) from None

    given["words"] = workspace.ask(
        "words", "A few words of the passage it rests on, in any case.", given["words"], check=check
    )
    if not given["words"]:
        raise click.UsageError("--words is needed: a few words of the passage it rests on")
    hit = workspace.choose_hit(workspace.find_hits(given["words"], given["source"]))
    click.echo(f"{hit.place()}\n  {hit.words}")
    if found := find_records_at(workspace.library, hit):
        click.echo(f"  records that rest on it already: {', '.join(record.id for record in found)}")
    return hit


def _ask_fields(
    workspace: Workspace, kind: type[Record], described: Mapping[str, str], given: dict[str, str | None]
) -> dict[str, str]:
    required = [name for name in described if name in kind.model_fields and kind.model_fields[name].is_required()]
    for name, line in described.items():
        if name in required or name in ASKED.get(kind.kind, ()):
            check = partial(_check_answer, workspace, kind, name, name in required)
            given[name] = workspace.ask(
                name, line + _known_values(workspace, kind, name), given[name], check=check
            )
    answers = {name: " ".join((given[name] or "").split()) for name in described}
    require_options(answers, required)
    return {name: text for name, text in answers.items() if text}


def _known_values(workspace: Workspace, kind: type[Record], name: str) -> str:
    """Return what a field takes, as a line below its description: words to choose from, or ids."""
    if choices := _choices(kind, name):
        return f"\nOne of: {', '.join(choices.choices)}"
    if not (ref := find_reference(kind, name)):
        return ""
    known = [record.id for record in workspace.library.records.values() if record.kind in ref.kinds]
    if len(known) <= MOST_LISTED:
        return f"\nIds, separated by commas: {', '.join(known)}"
    return f"\nIds of {listed(ref.kinds)}, separated by commas; part of an id shows which there are."


def _check_answer(workspace: Workspace, kind: type[Record], name: str, required: bool, text: str) -> str:
    """Return an answer. Raises click.UsageError for one that the field does not take."""
    if not text.strip():
        if required:
            raise click.UsageError("this is needed")
        return text
    if (choices := _choices(kind, name)) and text not in choices.choices:
        raise click.UsageError(f"{text} is not one of {listed(choices.choices)}")
    if name not in kind.model_fields:
        return text
    value = _field_value(kind, name, text)
    wrong = field_problems(kind, name, value)
    ref, records = find_reference(kind, name), workspace.library.records
    kinds = ref.kinds if ref else ()
    known = [record.id for record in records.values() if record.kind in kinds]
    for id in ([value] if isinstance(value, str) else value) if kinds and not wrong else ():
        if id not in known:
            near = [each for each in known if id in each][:MOST_LISTED]
            wrong.append(
                f'no {listed(kinds)} "{id}"'
                + (f"; there is {', '.join(near)}" if near else did_you_mean(id, known))
            )
    if wrong:
        raise click.UsageError("; ".join(wrong))
    return text


def _compose_record(
    workspace: Workspace,
    kind: type[Record],
    given: dict[str, str | None],
    answers: dict[str, str],
    hit: Hit | None,
) -> dict[str, Any]:
    """Return the fields of a new record as its file holds them, in the order of its kind."""
    evidence: list[dict[str, str]] = []
    if hit is not None:
        evidence = select_quotation(hit) if kind is Quote else [select_anchor(hit)]
    words = [*(answers.get(each, "") for each in ("name", "title", "text"))]
    words += [answers.get("speaker", "").rpartition("-")[2], *(each["exact"] for each in evidence)]
    names = [answers["name"]] if "name" in answers else []
    if kind is Person:
        names.insert(0, answers.get("family") or names[0].split()[-1])
    free = [each for each in map(id_like, names) if each and each not in workspace.library.entries]
    suggested = free[0] if free else suggest_id(words, workspace.library.entries)
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
    check = partial(_check_id, workspace)
    given["id"] = fields["id"] = workspace.ask(
        "id", field_descriptions(kind)["id"], given["id"], suggested, check=check
    )
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


def _check_id(workspace: Workspace, text: str) -> str:
    if wrong := field_problems(Source, "id", text):
        raise click.UsageError("; ".join(wrong))
    if text in {*workspace.library.entries, *workspace.library.broken, *read_published(workspace.data)}:
        raise click.UsageError(f"{text} names a record already, or did once; an id is never reused")
    return text


def _field_value(kind: type[Record], name: str, text: str) -> Any:
    """Return what was typed for a field as the data file holds it.

    Ids separated by commas become a list; a field that has fields itself is typed as YAML, in braces.
    """
    if nested_model(kind.model_fields[name].annotation):
        return parse_yaml(text.encode(), f"--{name.replace('_', '-')}").data
    if "tuple" not in str(kind.model_fields[name].annotation):
        return text
    listed = tuple(part.strip() for part in text.split(",") if part.strip())
    return listed[0] if len(listed) == 1 and name in ("speaker", "author", "said_by") else listed


def suggest_id(texts: Iterable[str], taken: Iterable[str]) -> str:
    """Return an id that is not taken yet: the first text's first words, or those of the texts after it, too."""
    words = [word for text in texts for word in id_like(text).split("-")]
    long = [word for word in words if len(word) > 3 or word.isdigit()] or [word for word in words if word]
    name = "-".join(dict.fromkeys(long[:5])) or "new"
    known, unique, number = {*taken}, name, 2
    while unique in known:
        unique, number = f"{name}-{number}", number + 1
    return unique


def add_record(workspace: Workspace, kind: type[Record], fields: Mapping[str, Any]) -> list[Location]:
    """Prove a record, append it to its file, return where it was found; end with exit code 1 where it is wrong.

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
    click.secho(f"{place}:{line}: {kind.kind} “{name}” is written", bold=True)
    return lock.records.get(name, [])


def _prove(
    workspace: Workspace, kind: type[Record], fields: Mapping[str, Any], data: Path
) -> tuple[Lock, list[Problem]]:
    """Return the lock with the record in it, and all problems; a record that rests on no passage needs no text."""
    if kind is Source or {"evidence", "roles"} & {*fields}:
        return verify_library(data, workspace.texts)
    return Lock({}, {}, {}), load_library(data, workspace.texts, accept_unlocked=True).problems


def _appended(path: Path, entry: str) -> str:
    """Return the text of a data file with one more entry at its end, and the rest untouched."""
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    before = EMPTY_LIST.sub("", before, count=1).rstrip("\n")
    start = f"{before}\n\n" if before else ""
    return start + entry


def explain_use(workspace: Workspace, kind: type[Record], name: str, found: list[Location]) -> None:
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

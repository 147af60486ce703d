"""The command `new`: a record is proved in a copy of the data, then appended to its file."""

import re
import shlex
import shutil
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args, get_origin

import click
from pydantic.fields import FieldInfo

from ..build.macro_calls import read_page_urls, run_all_pages
from ..evidence.lock import Lock
from ..evidence.search import Hit
from ..evidence.selectors import Location, select_anchor, select_quotation
from ..library.library import Library
from ..library.loader import load_library, verify_library
from ..library.proof import LOCK
from ..library.validation import field_problems
from ..library.yaml import dump_entry, parse_yaml
from ..problems import AuthorError, did_you_mean, listed
from ..records.fields import Listed, id_like
from ..records.kinds import KINDS, Person, Quote, Source
from ..records.models import Model, Record, annotation_parts, field_descriptions, find_reference, nested_model
from ..records.parts import Role
from .inspect import find_records_at
from .workspace import Workspace, find_uses, option_name, require_options, say_place, stop_at_problems, write_files

MOST_LISTED = 20  # so many ids or fewer are listed before a question for one
# Fields without an option: worked out, or, as a person's roles, nested: the first role has options of its own.
WORKED_OUT = ("id", "evidence", "roles")
EMPTY_LIST = re.compile(r"^\[\]\s*$", re.MULTILINE)

Given = dict[str, str | None]


@dataclass(frozen=True)
class Field:
    """A field that is an option and may be asked for: of the record, or of a person's first role."""

    model: type[Model]
    name: str
    description: str

    @property
    def info(self) -> FieldInfo:
        return self.model.model_fields[self.name]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the records it names by id; none where it holds no ids."""
        ref = find_reference(self.model, self.name)
        return ref.kinds if ref else ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it takes; none where it takes any."""
        parts = annotation_parts(self.info.annotation)
        return next((get_args(part) for part in parts if get_origin(part) is Literal), ())

    def known(self, library: Library) -> list[str]:
        """Return the ids it may name; none where it names no record."""
        return [record.id for record in library.records.values() if record.kind in self.kinds]

    def question(self, library: Library) -> str:
        """Return its description, and below what it takes: words to choose from, or ids."""
        if self.choices:
            return f"{self.description}\nOne of: {', '.join(self.choices)}"
        if known := self.known(library):
            more = " …; part of an id shows which there are" if len(known) > MOST_LISTED else ""
            return f"{self.description}\nIds, separated by commas: {', '.join(known[:MOST_LISTED])}{more}"
        return self.description

    def check(self, library: Library, text: str) -> None:
        """Raise AuthorError for an answer that it does not take."""
        if not text and self.info.is_required():
            raise AuthorError("this is needed")
        value = self.value(text)
        if text and (wrong := field_problems(self.model, self.name, value)):
            raise AuthorError("; ".join(wrong))
        known = self.known(library)
        for id in [value] if isinstance(value, str) else value:
            if text and self.kinds and id not in known:
                near = [each for each in known if id in each][:MOST_LISTED]
                remedy = f"; there is {', '.join(near)}" if near else did_you_mean(id, known)
                raise AuthorError(f'no {listed(self.kinds)} "{id}"{remedy}')

    def value(self, text: str) -> Any:
        """Return what was typed as the data file holds it.

        Ids separated by commas become a list; a field that has fields itself is typed as YAML, in braces.
        """
        if nested_model(self.info.annotation):
            return parse_yaml(text.encode(), option_name(self.name)).data
        if get_origin(self.info.annotation) is not tuple:
            return text
        parts = tuple(part.strip() for part in text.split(",") if part.strip())
        alone = len(parts) == 1 and Listed() in self.info.metadata
        return parts[0] if alone else parts


def _fields(kind: type[Record]) -> dict[str, Field]:
    """Return the fields of a kind that are options, by name."""
    models: tuple[type[Model], ...] = (kind, Role) if kind is Person else (kind,)
    found = [Field(model, *each) for model in models for each in field_descriptions(model).items()]
    return {each.name: each for each in found if each.name not in WORKED_OUT}


@click.group()
def new_command() -> None:
    """Add a record: ask for what is needed, find the passage, prove it."""


def _new_record_command(kind: type[Record]) -> click.Command:
    """Return the command that adds a record of a kind; its options are the record's fields."""
    fields = _fields(kind)
    needs_passage = bool({"evidence", "roles"} & {*kind.model_fields})
    params: list[click.Parameter] = [click.Option(["--id"], help=field_descriptions(kind)["id"])]
    if needs_passage:
        params.append(click.Option(["--words", "-w"], help="A few words of the passage it rests on."))
        params.append(click.Option(["--source", "-s"], help="The source, where several hold the words."))
    for name, field in fields.items():
        choices = click.Choice(field.choices) if field.choices else None
        params.append(click.Option([option_name(name), name], help=field.description, type=choices))

    @click.pass_obj
    def add(workspace: Workspace, /, **given: str | None) -> None:
        try:
            read_page_urls(workspace.project)  # while they cannot be read, no use could be shown
            stop_at_problems(workspace.library.unread, "Nothing was written.")
            hit = _ask_passage(workspace, given) if needs_passage else None
            answers = _ask_fields(workspace, kind, fields, given)
            record = _compose_record(workspace, kind, given, answers, hit)
            found = add_record(workspace, kind, record)
        except BaseException:
            if options := [f"{option_name(name)}={text}" for name, text in given.items() if text]:
                command = shlex.join(["python", "-m", "macros", "new", kind.kind, *options])
                click.echo(f"\nTo go on: {command}", err=True)
            raise
        explain_use(workspace, kind, record["id"], found)

    return click.Command(kind.kind, params=params, callback=add, help=kind.__doc__)


def _ask_passage(workspace: Workspace, given: Given) -> Hit:
    question = "A few words of the passage it rests on, in any case."
    check = partial(workspace.find_hits, source=given["source"])
    words = given["words"] = workspace.ask("words", question, given["words"], check=check)
    hit = workspace.choose_hit(workspace.find_hits(words, given["source"]))
    click.echo(f"{say_place(hit.article.name, hit.paragraph)}\n  {hit.words}")
    if found := find_records_at(workspace.library, hit):
        click.echo(f"  records that rest on it already: {', '.join(record.id for record in found)}")
    return hit


def _ask_fields(
    workspace: Workspace, kind: type[Record], fields: Mapping[str, Field], given: Given
) -> dict[str, Any]:
    """Ask for what is required or usual; return the value of each field that is given."""
    required = [name for name, each in fields.items() if each.info.is_required()]
    for name, field in fields.items():
        if name in required or name in kind.asked:
            check, question = partial(field.check, workspace.library), field.question(workspace.library)
            given[name] = workspace.ask(name, question, given[name], check=check)
    require_options(given, required)
    answers = {name: " ".join((given[name] or "").split()) for name in fields}
    return {name: fields[name].value(text) for name, text in answers.items() if text}


def _compose_record(
    workspace: Workspace, kind: type[Record], given: Given, answers: dict[str, Any], hit: Hit | None
) -> dict[str, Any]:
    """Return the fields of a new record as its file holds them, in the order of its kind."""
    fields = dict(answers)
    if kind is Quote and hit:
        fields["evidence"] = select_quotation(hit)
        if fields["evidence"][0]["exact"][0].islower():  # the words stand inside the source's own sentence
            fields.setdefault("form", "phrase")
        fields = _choose_role(workspace, answers.get("speaker"), hit) | fields
    elif kind is Person and hit:
        role = {name: fields.pop(name) for name in Role.model_fields if name in fields}
        fields["roles"] = [{**role, "evidence": [select_anchor(hit)]}]
    elif hit:
        fields["evidence"] = [select_anchor(hit)]
    told = {name: text for name, text in given.items() if text}
    family = told.get("family") or told["name"].split()[-1] if kind is Person else ""
    texts = [told.get(each, "") for each in ("name", "title", "text")]
    texts += [told.get("speaker", "").rpartition("-")[2], *(each["exact"] for each in fields.get("evidence", ()))]
    names = [family, told.get("name", "")]
    corrected = (("record", "corrected"), ("withdrawn", "withdrawn"))
    names += [f"{told[each]}-{done}" for each, done in corrected if each in told]
    suggested = suggest_id(names, texts, workspace.library.entries)
    question = field_descriptions(kind)["id"]
    given["id"] = fields["id"] = workspace.ask("id", question, given["id"], suggested, workspace.check_id)
    workspace.check_id(fields["id"])
    return {field.alias or each: fields[each] for each, field in kind.model_fields.items() if each in fields}


def _choose_role(workspace: Workspace, speaker: object, hit: Hit) -> dict[str, Any]:
    """Return which of several roles a speaker has in the article: the one it states, or the one chosen."""
    person = workspace.library.records.get(str(speaker))
    if not isinstance(person, Person) or len(person.roles) < 2:
        return {}
    stated = [role.role for role in person.roles if any(each.source == hit.article.name for each in role.evidence)]
    if len(stated) == 1 or not workspace.asks:
        return {"role": stated[0]} if stated else {}
    roles = click.Choice([role.role for role in person.roles])
    return {"role": str(click.prompt("role", type=roles, default=stated[0] if stated else None))}


def suggest_id(names: Iterable[str], texts: Iterable[str], taken: Container[str]) -> str:
    """Return an id that is not taken: that of a name, or else of the first words of some texts."""
    words = [word for text in texts for word in id_like(re.sub("n['’]t\\b", " not", text)).split("-")]
    long = [word for word in words if len(word) > 3 or word.isdigit() or word in ("no", "not")] or [
        word for word in words if word
    ]
    name = "-".join(dict.fromkeys(long[:5])) or "new"
    ids = chain(map(id_like, names), [name], (f"{name}-{number}" for number in count(2)))
    return next(each for each in ids if each and each not in taken)


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
        if kind is Source or {"evidence", "roles"} & {*fields}:
            lock, problems = verify_library(data, workspace.texts)
        else:  # it rests on no passage, and needs no text
            lock, problems = Lock({}, {}, {}), load_library(data, workspace.texts, accept_unlocked=True).problems
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


def _appended(path: Path, entry: str) -> str:
    """Return the text of a data file with one more entry at its end, and the rest untouched."""
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    before = EMPTY_LIST.sub("", before, count=1).rstrip("\n")
    start = f"{before}\n\n" if before else ""
    return start + entry


def explain_use(workspace: Workspace, kind: type[Record], name: str, found: list[Location]) -> None:
    """Print where a new record was proved, which pages show it already, and how to show it."""
    for location in found:
        click.echo(f"  proved: {say_place(location.source, location)}")
    pages = run_all_pages(workspace.project, workspace.reload())
    if shown := find_uses(pages, name)["shown on"]:
        click.echo(f"  already on: {', '.join(f'docs/{path}' for path in shown)}")
    if found:
        show, cite = (f'{{{{ {macro}("{name}") }}}}' for macro in (kind.kind, "cite"))
        click.echo(f"  show it on a page: {show}   cite it in a sentence: {cite}")
    click.echo("  when the id is final: make ids")


for each in KINDS.values():
    if each is not Source:
        new_command.add_command(_new_record_command(each))

"""The command `new`: a record is proved in a copy of the data, then appended to its file."""

import re
import shlex
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args, get_origin

import click
from pydantic.fields import FieldInfo

from ..evidence.search import Hit
from ..evidence.selectors import select_anchor, select_quotation
from ..library.library import Library
from ..library.loader import field_problems, verify_library
from ..library.proof import LOCK
from ..library.yaml import dump_entry, parse_yaml
from ..problems import AuthorError, listed
from ..records.fields import id_like
from ..records.kinds import KINDS, Person, Quote, Source
from ..records.models import Model, Record, annotation_parts, field_descriptions, find_reference, nested_model
from ..records.parts import Role
from .workspace import Workspace, option_name, say_place, stop_at_problems, write_files

Given = dict[str, str | None]  # what an option or an answer gave for a field, by its name

MOST_LISTED = 20  # so many ids or fewer are listed before a question for one
EMPTY_LIST = re.compile(r"^\[\]\s*$", re.MULTILINE)


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
    def is_needed(self) -> bool:
        """Whether it must be answered: of a source, also its language, and its date or that nothing tells it."""
        return self.info.is_required() or (self.model is Source and self.name in ("issued", "language"))

    def takes(self, library: Library) -> list[str]:
        """Return the words or the ids it takes; none where it takes any text."""
        parts = annotation_parts(self.info.annotation)
        words = next((get_args(part) for part in parts if get_origin(part) is Literal), ())
        return [*words, *(record.id for record in library.records.values() if record.kind in self.kinds)]

    def question(self, library: Library) -> str:
        """Return its description, and below what it takes: all words, or the first ids."""
        takes = self.takes(library)
        if not takes:
            return self.description + (f"\nThere is no {listed(self.kinds)} yet." if self.kinds else "")
        shown = takes[:MOST_LISTED] if self.kinds else takes
        more = " …; part of an id shows which there are" if len(shown) < len(takes) else ""
        several = ", with commas between several" if get_origin(self.info.annotation) is tuple else ""
        return f"{self.description}\nOf these{several}: {', '.join(shown)}{more}"

    def check(self, library: Library, text: str) -> None:
        """Raise AuthorError for an answer that it does not take."""
        if self.is_needed and not text:
            raise AuthorError("this is needed" + ("; n.d. when nothing tells" if self.name == "issued" else ""))
        value, known = self.value(text), self.takes(library)
        for id in map(str.strip, text.split(",") if self.kinds else ()):
            if id and (name := id_like(id)) not in known:
                near = [each for each in known if name in each or {*name.split("-")} & {*each.split("-")}]
                add = f"add it by python -m macros new {self.kinds[0]}"
                do = f"there is {listed(near[:MOST_LISTED])}" if near else add
                raise AuthorError(f'no {listed(self.kinds)} "{id}"; {do}')
        if value and (wrong := field_problems(self.model, self.name, value)):
            raise AuthorError("; ".join(wrong))

    def value(self, text: str) -> Any:
        """Return what was typed as the data file holds it: ids as a list, a field that has fields read as YAML."""
        if self.name == "issued" and text in ("n.d.", "none"):  # nothing tells
            return ""
        if nested_model(self.info.annotation):
            return parse_yaml(text.encode(), option_name(self.name)).data if text[:1] in ("[", "{") else text
        if get_origin(self.info.annotation) is not tuple:
            return text
        return tuple(part.strip() for part in text.split(",") if part.strip())


def option_fields(kind: type[Record]) -> dict[str, Field]:
    """Return the fields of a kind that are options, by name."""
    models: tuple[type[Model], ...] = (kind, Role) if kind is Person else (kind,)
    found = [Field(model, *each) for model in models for each in field_descriptions(model).items()]
    # Without an option: what is worked out, and a person's roles, of which the first has options of its own.
    apart = ("id", "evidence", "roles", *(("text", "sha256") if kind is Source else ()))
    return {each.name: each for each in found if each.name not in apart}


def field_options(kind: type[Record]) -> list[click.Parameter]:
    """Return the options of the command that adds a record of a kind."""
    options = {"id": field_descriptions(kind)["id"]}
    options |= {name: field.description for name, field in option_fields(kind).items()}
    return [click.Option([option_name(name), name], help=text) for name, text in options.items()]


def in_order(kind: type[Record], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are given, as a data file holds them, in the order of their kind."""
    return {field.alias or each: fields[each] for each, field in kind.model_fields.items() if fields.get(each)}


@click.group()
def new_command() -> None:
    """Add a record: ask for what is needed, find the passage, prove it."""


def _new_record_command(kind: type[Record]) -> click.Command:
    """Return the command that adds a record of a kind; its options are the record's fields."""
    params = field_options(kind)
    needs_passage = bool({"evidence", "roles"} & {*kind.model_fields})
    if needs_passage:
        params[:0] = [
            click.Option(["--words", "-w"], help="A few words of the passage it rests on."),
            click.Option(["--source", "-s"], help="The source, where several hold the words."),
        ]

    @click.pass_obj
    def add(workspace: Workspace, /, **given: str | None) -> None:
        with to_go_on(given):
            hit = _ask_passage(workspace, given) if needs_passage else None
            answers = ask_fields(workspace, kind, given, {})
            record = _compose_record(workspace, kind, given, answers, hit)
            add_record(workspace, kind, record)

    return click.Command(kind.kind, params=params, callback=add, help=kind.__doc__)


@contextmanager
def to_go_on(given: Given, *words: str) -> Iterator[None]:
    """Say by which command an editor goes on, with what was answered, where what is done meanwhile fails."""
    try:
        yield
    except BaseException:
        if options := [f"{option_name(name)}={text}" for name, text in given.items() if text]:
            command = click.get_current_context().command_path  # as it was typed
            click.echo(f"\nTo go on: {command} {shlex.join([*words, *options])}", err=True)
        raise


def _ask_passage(workspace: Workspace, given: Given) -> Hit:
    question = "A few words of the passage it rests on, in any case."
    find = partial(workspace.find_hit, source=given["source"])
    words = given["words"] = workspace.ask("words", question, given["words"], check=find)
    hit = find(words)
    click.echo(f"{say_place(hit.article.name, hit.paragraph)}\n  {hit.words}")
    if found := workspace.records_at(hit):
        click.echo(f"  records that rest on it already: {', '.join(record.id for record in found)}")
    return hit


def ask_fields(workspace: Workspace, kind: type[Record], given: Given, known: Mapping[str, str]) -> dict[str, Any]:
    """Ask for what is needed or usual, offering what is known; return the value of each field that is given."""
    fields, library = option_fields(kind), workspace.library
    for name, field in fields.items():
        if field.is_needed or name in kind.prompted:
            check, default = partial(field.check, library), known.get(name, "")
            given[name] = workspace.ask(name, field.question(library), given[name], default, check)
    if missing := [option_name(name) for name, field in fields.items() if field.is_needed and not given[name]]:
        undated = "; --issued n.d. when nothing tells" if "--issued" in missing else ""
        raise AuthorError(f"needed besides: {', '.join(missing)}{undated}")
    answers = {name: " ".join((given[name] or "").split()) for name in fields}
    return {name: fields[name].value(text) for name, text in answers.items() if text}


def _compose_record(
    workspace: Workspace, kind: type[Record], given: Given, fields: dict[str, Any], hit: Hit | None
) -> dict[str, Any]:
    """Return the fields of a new record as its file holds them, in the order of its kind."""
    if kind is Quote and hit:
        fields["evidence"] = select_quotation(hit)
        if fields["evidence"][0]["exact"][0].islower():  # the words stand inside the source's own sentence
            fields.setdefault("form", "phrase")
    elif kind is Person and hit:
        role = {name: fields.pop(name) for name in Role.model_fields if name in fields}
        fields["roles"] = [{**role, "evidence": [select_anchor(hit)]}]
    elif hit:
        fields["evidence"] = [select_anchor(hit)]
    told = {name: text for name, text in given.items() if text}
    names = [told.get("name", "")]
    if kind is Person and names[0]:
        names.insert(0, Person.model_construct(name=names[0], family=told.get("family")).surname)
    names += [f"{told[each]}-corrected" for each in ("record", "withdrawn") if each in told]
    texts = [told.get("title", ""), told.get("text", ""), told.get("speaker", "").rpartition("-")[2]]
    texts += [each["exact"] for each in fields.get("evidence", ())]
    given["id"] = fields["id"] = ask_id(workspace, given["id"], names, texts)
    return in_order(kind, fields)


def ask_id(workspace: Workspace, given: str | None, names: Iterable[str], texts: Iterable[str]) -> str:
    """Return the id that is given, or answered; suggested is a name, or the first words of some texts, if any."""
    words = id_like(" ".join(texts)).split("-")
    long = [word for word in words if len(word) > 3 or word in ("no", "not")]
    name = "-".join(dict.fromkeys((long or words)[:5]))
    ids = chain(map(id_like, names), [name], (f"{name}-{number}" for number in (count(2) if name else ())))
    suggested = next((each for each in ids if each and each not in workspace.library.entries), "")
    chosen = workspace.ask("id", field_descriptions(Record)["id"], given, suggested, workspace.check_id)
    if not chosen:
        raise AuthorError("needed besides: --id, like a-good-name")
    workspace.check_id(chosen)
    return chosen


def add_record(workspace: Workspace, kind: type[Record], fields: Mapping[str, Any], source_text: str = "") -> None:
    """Prove a record, append it to its file, say how to show it; end with exit code 1 where it is wrong.

    It is proved in a copy of the data, so that a site that is served meanwhile never shows it unproved; a new
    source, with its text in a copy of the folder of the texts.
    """
    entry, name, texts, written = dump_entry(fields), str(fields["id"]), workspace.texts, dict[Path, str]()
    with TemporaryDirectory() as folder:
        data = Path(folder) / workspace.data.name
        shutil.copytree(workspace.data, data, copy_function=shutil.copyfile, dirs_exist_ok=True)
        if source_text:
            written[texts / fields["text"]] = source_text
            workspace.texts.mkdir(parents=True, exist_ok=True)
            texts = shutil.copytree(workspace.texts, Path(folder) / "texts")
            (texts / fields["text"]).write_bytes(source_text.encode())
        raw = (data / kind.file).read_bytes().decode()
        before = EMPTY_LIST.sub("", raw.replace("\r\n", "\n"), count=1).rstrip("\n")
        text = f"{before}\n\n{entry}" if before else entry
        (data / kind.file).write_bytes(text.encode())
        lock, problems = verify_library(data, texts, workspace.library)
    place, line = f"{workspace.data.name}/{kind.file}", text.count("\n", 0, -len(entry)) + 1
    wrong = [each for each in problems if each.file == place and each.line >= line]
    if elsewhere := {*problems}.difference(wrong):  # a record may be what makes another wrong
        wrong += elsewhere.difference(verify_library(workspace.data, workspace.texts, workspace.library)[1])
    do = "; let --words reach to it" if "in no passage" in str(wrong) else ""
    stop_at_problems(wrong, f"Nothing was written{do}.")
    written[workspace.data / kind.file] = text.replace("\n", "\r\n") if "\r\n" in raw else text
    if lock.sources and not problems:
        written[workspace.data / LOCK] = lock.dumps()
    write_files(written)
    click.secho(f"{place}:{line}: {kind.kind} “{name}” is written", bold=True)
    for location in lock.records.get(name, ()):
        click.echo(f"  proved: {say_place(location.source, location)}")
    if name in lock.records:
        show, cite = (f'{{{{ {macro}("{name}") }}}}' for macro in (kind.kind, "cite"))
        click.echo(f"  show it on a page: {show}   cite it in a sentence: {cite}")
    click.echo("  when the id is final: make ids")
    workspace.renew_schemas()


for each in KINDS.values():
    if each is not Source:
        new_command.add_command(_new_record_command(each))

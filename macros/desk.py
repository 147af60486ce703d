"""The editor's desk: `python -m macros new · find · rename · why · diff`."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args, get_origin

import click

from . import changes, clippings, concordance, drafts, renaming, schemas, writing
from .articles import Article
from .components import MACROS
from .concordance import Hit
from .evidence import Lock
from .library import LOCK, Library, articles_of, read, texts_folder, verify
from .problems import AuthorError, Problem, ProblemsFoundError, did_you_mean
from .records import KINDS, Capacity, Person, Quote, Record, Source, descriptions, references
from .survey import survey

# What is asked for besides the fields a record cannot do without.
ASKED = {
    "person": ("role", "capacity"),
    "organisation": ("capacity",),
    "fact": ("as_of", "said_by", "topics"),
    "quote": ("speaker", "setting", "date", "topics"),
    "event": ("summary", "actors", "topics"),
}
# How many places are shown to choose from; words that stand in more say too little.
MOST = 9
# Fields that a draft works out, and those of a person's role, which lie one step deeper.
DRAWN = {"id", "evidence", "roles"}
OF_A_ROLE = {"role": "The role, in the source's terms.", "capacity": "In what capacity they speak."}


@dataclass
class Desk:
    """What lies on the desk: the records, the articles at hand, and whether there is somebody to ask."""

    data: Path
    texts: Path
    asks: bool

    def __post_init__(self) -> None:
        self.library: Library = read(self.data, self.texts, accept_unlocked=True)

    @property
    def articles(self) -> dict[str, Article]:
        found = articles_of(self.library, self.texts)
        if not found:
            raise click.ClickException(f"no article's text is in {self.texts}/; set SOURCES to their folder")
        return found

    def ask(self, name: str, line: str, given: str | None, default: str = "") -> str:
        """What the editor gave for a field, or gives when asked; the default where nobody can be asked."""
        if given is not None:
            return given
        if not self.asks:
            return default
        click.secho(line, dim=True)
        return str(click.prompt(name, default=default, show_default=bool(default))).strip()

    def choose(self, hits: list[Hit]) -> Hit:
        """The place that is meant, where words stand in several."""
        if len(hits) == 1:
            return hits[0]
        for number, hit in enumerate(hits[:MOST], 1):
            click.echo(f"{number}  {hit.place()}\n   {hit.words}")
        if len(hits) > MOST or not self.asks:
            raise click.ClickException(f"these words stand in {len(hits)} places; give more of them, or --source")
        number = click.prompt("Which", type=click.IntRange(1, len(hits)), default=1)
        return hits[int(number) - 1]


def somebody_is_there() -> bool:
    """Whether a question would be answered: at a terminal, and not in a script."""
    return sys.stdin.isatty()


def seated(work: Callable[..., None]) -> Callable[..., None]:
    """Let a command work at the desk of the data folder it was called for; say a mistake in one sentence."""

    @click.pass_obj
    @wraps(work)
    def command(data: Path, /, *args: Any, **given: Any) -> None:
        try:
            work(Desk(data, texts_folder(Path()), somebody_is_there()), *args, **given)
        except (AuthorError, ProblemsFoundError) as error:
            raise click.ClickException(str(error)) from None

    return command


def find_hits(desk: Desk, words: str, source: str | None = None) -> list[Hit]:
    articles = desk.articles
    if source is not None and source not in articles:
        raise click.ClickException(f'no source "{source}" at hand{did_you_mean(source, articles)}')
    hits = concordance.find([each for name, each in articles.items() if source in (None, name)], words)
    if not hits:
        raise click.ClickException(f"“{words}” is in no article, nor are all of these words in one sentence")
    return hits


def put_down(desk: Desk, kind: type[Record], fields: Mapping[str, Any]) -> None:
    """Prove a record and append it; where it is wrong, say why.

    It is proved in a copy of the data: a site that is served meanwhile shows it proved, or not at all.
    """
    path, entry = desk.data / kind.file, writing.dumps(fields)
    known = {str(problem) for problem in desk.library.problems}
    with TemporaryDirectory() as folder:
        data = shutil.copytree(desk.data, Path(folder) / desk.data.name, dirs_exist_ok=True)
        line = drafts.append(data / kind.file, entry)
        lock, problems = _prove(desk, kind, fields, data)
    new = [problem for problem in problems if str(problem) not in known and not _elsewhere(problem, path, line)]
    if new:
        for problem in new:
            click.echo(problem, err=True)
        click.echo("Nothing was written.", err=True)
        sys.exit(1)
    if lock.sources and not problems:
        (desk.data / LOCK).write_text(lock.dumps(), encoding="utf-8")
    drafts.append(path, entry)
    click.secho(f"{desk.data.name}/{kind.file}:{line}: {kind.kind} “{fields['id']}”", bold=True)
    for location in lock.records.get(str(fields["id"]), ()):
        section = f", “{location.section}”" if location.section else ""
        click.echo(f"  proved: {location.source}, {location.role} {location.number}{section}")
    _say_how_to_show(desk, kind, str(fields["id"]))


def _prove(desk: Desk, kind: type[Record], fields: Mapping[str, Any], data: Path) -> tuple[Lock, list[Problem]]:
    """The lock with the record in it, and what is wrong; a record that rests on no passage needs no text."""
    if kind is Source or {"evidence", "roles"} & {*fields}:
        return verify(data, desk.texts)
    return Lock(), read(data, desk.texts, accept_unlocked=True).problems


def _elsewhere(problem: Problem, path: Path, line: int) -> bool:
    return Path(problem.file).name == path.name and 0 < problem.line < line


def _say_how_to_show(desk: Desk, kind: type[Record], name: str) -> None:
    after = read(desk.data, desk.texts, accept_unlocked=True)
    if (desk.data.parent / schemas.FOLDER).is_dir() and not after.problems:
        schemas.write(desk.data.parent / schemas.FOLDER, after)
    _, pages = survey(desk.data.parent, desk.texts)
    shown = [f"docs/{path}" for path, page in pages.items() if name in page.shown]
    if shown:
        click.echo(f"  already on: {', '.join(shown)}")
    calls = [f'{{{{ {macro}("{name}") }}}}' for macro in (kind.kind, "cite") if macro in MACROS]
    if after.locations.get(name):
        click.echo(f"  show it on a page: {calls[0]}   cite it in a sentence: {calls[1]}")
    click.echo("  when the id is final: make publish")


@click.group()
def new() -> None:
    """Add a record: asks for what is needed, finds the passage, proves it."""


def draft(kind: type[Record]) -> click.Command:
    """The command that adds a record of a kind; its options are the record's fields."""
    lines = {name: line for name, line in descriptions(kind).items() if name not in DRAWN}
    if kind is Person:
        lines |= OF_A_ROLE
    rests = "evidence" in kind.model_fields or kind is Person
    params: list[click.Parameter] = [click.Option(["--id"], help=descriptions(kind)["id"])]
    if rests:
        params.append(click.Option(["--words", "-w"], help="A few words of the passage it rests on."))
        params.append(click.Option(["--source", "-s"], help="The source, where the words stand in several."))
    for name, line in lines.items():
        params.append(click.Option([f"--{name.replace('_', '-')}", name], help=line, type=_choices(kind, name)))

    @seated
    def run(desk: Desk, id: str | None, words: str | None = None, source: str | None = None, **given: str) -> None:
        hit = None
        if rests:
            words = desk.ask("words", "A few words of the passage it rests on, in any case.", words)
            if not words:
                raise click.UsageError("--words is needed: a few words of the passage it rests on")
            hit = desk.choose(find_hits(desk, words, source))
            click.echo(f"{hit.place()}\n  {hit.words}")
            if found := concordance.resting(desk.library, hit):
                click.echo(f"  rest on it already: {', '.join(record.id for record in found)}")
        fields = _answers(desk, kind, lines, given)
        put_down(desk, kind, _entry(desk, kind, id, fields, hit))

    return click.Command(kind.kind, params=params, callback=run, help=f"{kind.__doc__}")


def _choices(kind: type[Record], name: str) -> click.Choice[str] | None:
    """The words a field takes, where it takes no others."""
    if name == "capacity":
        return click.Choice(get_args(Capacity))
    annotation = kind.model_fields[name].annotation if name in kind.model_fields else None
    found = get_args(annotation) if get_origin(annotation) is Literal else ()
    return click.Choice(found) if found else None


def _answers(
    desk: Desk, kind: type[Record], lines: Mapping[str, str], given: Mapping[str, str | None]
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
    desk: Desk, kind: type[Record], name: str | None, answers: dict[str, str], hit: Hit | None
) -> dict[str, Any]:
    """The fields of a new record, in the order of its kind."""
    evidence: list[dict[str, str]] = []
    if hit is not None:
        evidence = drafts.quoted(hit) if kind is Quote else [drafts.anchor(hit)]
    speaker = answers.get("speaker", "").rpartition("-")[2]
    telling = [answers.get(each, "") for each in ("name", "title", "text")]
    telling += [speaker, *(each["exact"] for each in evidence)]
    suggested = drafts.suggest_id((each for each in telling if each), desk.library.entries)
    if kind is Person:
        role = {each: answers.pop(each) for each in OF_A_ROLE if each in answers}
        filled: dict[str, Any] = {"roles": [role | {"evidence": evidence}]}
    else:
        filled = {"evidence": evidence} if evidence else {}
    if kind is Quote and evidence and "form" not in answers and evidence[0]["exact"][0].islower():
        answers["form"] = "phrase"  # words that begin small stand inside the source's own sentence
    if kind is Quote and hit is not None and "role" not in answers:
        answers |= _role_at_the_time(desk, answers.get("speaker", ""), hit)
    filled |= {each: drafts.field_value(kind, each, text) for each, text in answers.items()}
    filled["id"] = desk.ask("id", descriptions(kind)["id"], name, suggested)
    aliases = {each: field.alias or each for each, field in kind.model_fields.items()}
    return {aliases[each]: filled[each] for each in kind.model_fields if each in filled}


def _role_at_the_time(desk: Desk, speaker: str, hit: Hit) -> dict[str, str]:
    """Which of several roles a speaker has in the article: the one it states, or the one the editor names."""
    person = desk.library.records.get(speaker)
    if not isinstance(person, Person) or len(person.roles) < 2:
        return {}
    stated = [role.role for role in person.roles if any(each.source == hit.article.name for each in role.evidence)]
    if len(stated) == 1 or not desk.asks:
        return {"role": stated[0]} if stated else {}
    choice = click.prompt("role", type=click.Choice([role.role for role in person.roles]), default=stated[0])
    return {"role": str(choice)}


@click.command(name="source")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--id", help=descriptions(Source)["id"])
@click.option("--title", help="The title as printed.")
@click.option("--publisher", help="Who published it first.")
@click.option("--issued", help="When it was published, as exactly as is known.")
@click.option("--url", "URL", help="A verified https address.")
@click.option("--type", "type", default="article-newspaper", show_default=True, help="The CSL-JSON type.")
@seated
def new_source(desk: Desk, file: Path, id: str | None, type: str, **given: str | None) -> None:
    """Add a source from a saved page or text FILE: its text goes to the texts' folder, its record to the data."""
    try:
        clipping = clippings.read(file)
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is not UTF-8; save it as UTF-8") from None
    if not clipping.paragraphs:
        raise click.ClickException(f"{file} holds no paragraph of text")
    lines = descriptions(Source)
    known = {
        name: desk.ask(name, lines[name], given.get(name), clipping.known.get(name, ""))
        for name in ("title", "publisher", "issued", "URL")
    }
    missing = [name for name in ("title", "publisher", "issued") if not known[name]]
    if missing:
        raise click.UsageError(", ".join(f"--{name}" for name in missing) + " is needed")
    name = desk.ask("id", lines["id"], id, drafts.suggest_id([known["title"]], desk.library.entries))
    text = desk.texts / f"{name}.txt"
    if text.exists() and text.resolve() != file.resolve():
        raise click.ClickException(f"{text} exists already; give another --id")
    desk.texts.mkdir(parents=True, exist_ok=True)
    if file.suffix.lower() == ".txt":
        if text.resolve() != file.resolve():
            shutil.copyfile(file, text)
    else:
        text.write_text(clipping.text, encoding="utf-8")
    fields: dict[str, Any] = {"id": name, "type": type, "title": known["title"]}
    if clipping.known.get("author"):
        fields["author"] = [{"literal": clipping.known["author"]}]
    fields |= {"publisher": known["publisher"], "issued": known["issued"]}
    if known["URL"]:
        fields |= {"URL": known["URL"], "accessed": date.today().isoformat()}
    fields["language"] = clipping.known.get("language", "en")
    fields |= {"text": text.name, "sha256": hashlib.sha256(text.read_bytes()).hexdigest()}
    if clipping.furniture:
        fields["furniture"] = clipping.furniture
    put_down(desk, Source, fields)
    click.echo(f"  {len(clipping.paragraphs)} paragraphs in {text}; a page is its home with home_of: [{name}]")


for each in KINDS.values():
    new.add_command(new_source if each is Source else draft(each))


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--source", "-s", help="Look in this source alone.")
@seated
def find(desk: Desk, words: tuple[str, ...], source: str | None) -> None:
    """Show where WORDS stand in the articles, and which records rest on the sentence already."""
    hits = find_hits(desk, " ".join(words), source)
    for hit in hits:
        click.secho(hit.place(), bold=True)
        click.echo(f"  {hit.words}")
        found = concordance.resting(desk.library, hit)
        names = ", ".join(f"{record.kind} {record.id}" for record in found)
        click.echo(f"  {names or 'no record rests on it yet'}\n")
    click.echo(f"{len(hits)} place{'s' if len(hits) > 1 else ''}")


@click.command()
@click.argument("old")
@click.argument("new")
@seated
def rename(desk: Desk, old: str, new: str) -> None:
    """Change the id OLD to NEW everywhere; where readers may link to it, a redirect stays."""
    files = renaming.rename(desk.library, desk.data, desk.data.parent / "docs", old, new)
    after = read(desk.data, desk.texts)
    if (desk.data.parent / schemas.FOLDER).is_dir() and not after.problems:
        schemas.write(desk.data.parent / schemas.FOLDER, after)
    for file in files:
        click.echo(file)
    click.echo(f"{old} is {new} now, in {len(files)} files")


@click.command()
@click.argument("id")
@seated
def why(desk: Desk, id: str) -> None:
    """Tell everything that uses the record ID, and what it rests on."""
    library = desk.library
    if id not in library.entries:
        raise click.ClickException(f'no record "{id}"{did_you_mean(id, library.entries)}')
    entry = library.entries[id]
    line = entry.tree.place((entry.index,))[0]
    click.secho(f"{entry.tree.file}:{line}: {entry.record.kind} {id}", bold=True)
    click.echo(f"  {entry.record.label}")
    for location in library.locations.get(id, ()):
        section = f", “{location.section}”" if location.section else ""
        click.echo(f"rests on   {location.source}, {location.role} {location.number}{section}")
    for other in library.entries.values():
        fields = [str(path[0]) for path, name, _ in references(other.record) if name == id]
        if fields:
            click.echo(f"named by   {other.record.kind} {other.record.id} ({', '.join(dict.fromkeys(fields))})")
    _, pages = survey(desk.data.parent, desk.texts)
    for verb, path in (
        (verb, path)
        for verb in ("shown", "cited")
        for path, page in pages.items()
        if id in getattr(page, verb) and (verb == "shown" or id not in page.shown)
    ):
        click.echo(f"{verb} on   docs/{path}")
    for former in library.redirects.get(id, ()):
        click.echo(f"once was   {former}")


@click.command()
@click.argument("revision", default="HEAD")
@seated
def diff(desk: Desk, revision: str) -> None:
    """Say, as Markdown, what a change since REVISION means for readers: records, pages, citations."""
    click.echo(changes.compare(desk.data.parent.resolve(), revision))


COMMANDS = (new, find, rename, why, diff)

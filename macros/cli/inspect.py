"""What of the articles no record rests on yet."""

from __future__ import annotations

from pathlib import Path

import click

from ..build.macro_calls import run_all_pages
from ..evidence.article import PROSE, Article
from ..evidence.coverage import uncovered_paragraphs, unrecorded_quotations
from ..evidence.search import Hit
from ..library.library import Library
from ..library.loader import load_library
from ..library.proof import articles_of, locations_in
from ..problems import Problem, did_you_mean
from ..records.models import Record, referenced_ids
from .workspace import Workspace, find_hits, with_workspace

REMEDY = "add a record that rests on each, or name what is no prose under the source's furniture"


def coverage_report(folder: Path, texts: Path) -> tuple[list[str], bool]:
    """Say, for each article, what is covered and what is left; True when nothing is."""
    library = load_library(folder, texts, accept_unlocked=True)
    articles = articles_of(library, texts)
    lines = [str(problem) for problem in library.problems]
    if not articles:
        return [
            *lines,
            str(Problem(str(texts), 0, 0, "holds no text; set SOURCES to the folder of the articles")),
        ], False
    for article in articles.values():
        lines += _uncovered_lines(library, article)
    complete = not lines
    for article in articles.values():
        prose = sum(paragraph.role == PROSE for paragraph in article.paragraphs)
        lines.append(f"{article.name}: {prose} paragraphs of prose, {len(article.quotations)} quoted passages")
    lines.append("all covered" if complete else f"{len(lines) - len(articles)} left; {REMEDY}")
    return lines, complete


def _uncovered_lines(library: Library, article: Article) -> list[str]:
    entries = [library.entries[name] for name in library.records]
    rests, quoted = locations_in(entries, library.locations, article.name)
    lines = []
    for paragraph in uncovered_paragraphs(article, rests):
        words = article.original(paragraph.span)
        lines.append(f'{article.name}: paragraph {paragraph.number} has no record: "{words[:60]} …"')
    for span in unrecorded_quotations(article, quoted):
        number = article.paragraph(span.start).number
        lines.append(f'{article.name}: paragraph {number}: no quote "{article.original(span)}"')
    return lines


def records_at(library: Library, hit: Hit) -> list[Record]:
    """The records with a passage in the sentence."""
    return [
        library.entries[name].record
        for name, locations in library.locations.items()
        if any(
            each.source == hit.article.name and each.start < hit.sentence.end and hit.sentence.start < each.end
            for each in locations
        )
    ]


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--source", "-s", help="Look in this source alone.")
@with_workspace
def find_command(desk: Workspace, words: tuple[str, ...], source: str | None) -> None:
    """Show where WORDS stand in the articles, and which records rest on the sentence already."""
    hits = find_hits(desk, " ".join(words), source)
    for hit in hits:
        click.secho(hit.place(), bold=True)
        click.echo(f"  {hit.words}")
        found = records_at(desk.library, hit)
        names = ", ".join(f"{record.kind} {record.id}" for record in found)
        click.echo(f"  {names or 'no record rests on it yet'}\n")
    click.echo(f"{len(hits)} place{'s' if len(hits) > 1 else ''}")


@click.command()
@click.argument("id")
@with_workspace
def why_command(desk: Workspace, id: str) -> None:
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
        fields = [str(path[0]) for path, name, _ in referenced_ids(other.record) if name == id]
        if fields:
            click.echo(f"named by   {other.record.kind} {other.record.id} ({', '.join(dict.fromkeys(fields))})")
    _, pages = run_all_pages(desk.data.parent, desk.texts)
    for verb, path in (
        (verb, path)
        for verb in ("shown", "cited")
        for path, page in pages.items()
        if id in getattr(page, verb) and (verb == "shown" or id not in page.shown)
    ):
        click.echo(f"{verb} on   docs/{path}")
    for former in library.redirects.get(id, ()):
        click.echo(f"once was   {former}")

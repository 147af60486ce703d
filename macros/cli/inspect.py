"""Commands that change nothing: `find` words, `why` a record is needed, and the `coverage` of the articles."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from ..build.macro_calls import run_all_pages
from ..evidence.article import PROSE, Article
from ..evidence.coverage import uncovered_paragraphs, unrecorded_quotations
from ..evidence.search import Hit
from ..library.library import Library
from ..library.proof import articles_of, locations_in
from ..problems import counted, did_you_mean
from ..records.models import Record, referenced_ids
from .workspace import Workspace, option_if_at_hand, say_place

REMEDY = "add a record that rests on each, or name what is no prose under the source's furniture"


@click.command()
@option_if_at_hand
@click.pass_obj
def coverage_command(workspace: Workspace) -> None:
    """List the paragraphs and quotations of the articles that no record rests on."""
    library = workspace.whole_library
    articles = articles_of(library, workspace.texts).values()
    left = [str(problem) for problem in library.problems]
    counts = []
    for article in articles:
        left += _describe_uncovered(library, article)
        prose = counted(sum(each.role == PROSE for each in article.paragraphs), "paragraph")
        counts.append(f"{article.name}: {prose} of prose, {counted(len(article.quotations), 'quoted passage')}")
    if articles:
        counts.append(f"{len(left)} left; {REMEDY}" if left else "all covered")
    else:
        left.append(f"{workspace.texts}: holds no text; set SOURCES to the folder of the articles")
    click.echo("\n".join([*left, *counts]))
    sys.exit(bool(left))


def _describe_uncovered(library: Library, article: Article) -> Iterator[str]:
    entries = [library.entries[name] for name in library.records]
    rests, quoted = locations_in(entries, library.locations, article.name)
    for paragraph in uncovered_paragraphs(article, rests):
        words = article.original(paragraph.span)
        yield f'{article.name}: paragraph {paragraph.number} has no record: "{words[:60]} …"'
    for span in unrecorded_quotations(article, quoted):
        number = article.paragraph(span.start).number
        yield f'{article.name}: paragraph {number}: no quote "{article.original(span)}"'


def find_records_at(library: Library, hit: Hit) -> list[Record]:
    """Return the records with a passage in the sentence of a hit."""
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
@click.option("--source", "-s", help="Search this source alone.")
@click.pass_obj
def find_command(workspace: Workspace, words: tuple[str, ...], source: str | None) -> None:
    """Show where WORDS are found in the articles, and which records rest on the sentence already."""
    library, hits = workspace.whole_library, workspace.find_hits(" ".join(words), source)
    for hit in hits:
        click.secho(hit.place(), bold=True)
        names = ", ".join(f"{each.kind} {each.id}" for each in find_records_at(library, hit))
        click.echo(f"  {hit.words}\n  {names or 'no record rests on it yet'}\n")
    click.echo(counted(len(hits), "place"))


@click.command()
@click.argument("id")
@click.pass_obj
def why_command(workspace: Workspace, id: str) -> None:
    """Show everything that uses the record ID, and the evidence it rests on."""
    library = workspace.whole_library
    if id not in library.entries:
        raise click.ClickException(f'no record "{id}"{did_you_mean(id, library.entries)}')
    entry = library.entries[id]
    click.secho(f"{entry.tree.file}:{entry.tree.place((entry.index,))[0]}: {entry.record.kind} {id}", bold=True)
    click.echo(f"  {entry.record.label}")
    for location in library.locations.get(id, ()):
        click.echo(f"rests on   {say_place(location)}")
    for other in library.entries.values():
        fields = dict.fromkeys(str(path[0]) for path, name, _ in referenced_ids(other.record) if name == id)
        if fields:
            click.echo(f"named by   {other.record.kind} {other.record.id} ({', '.join(fields)})")
    _, pages = run_all_pages(workspace.project, workspace.texts)
    shown = [path for path, page in pages.items() if id in page.shown]
    cited = [path for path, page in pages.items() if id in page.cited and path not in shown]
    lines = [*(f"shown on   docs/{path}" for path in shown), *(f"cited on   docs/{path}" for path in cited)]
    for line in (*lines, *(f"formerly   {former}" for former in library.redirects.get(id, ()))):
        click.echo(line)

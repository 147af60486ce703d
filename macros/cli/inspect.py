"""Commands that look into the records: `find` words of the articles, and `why` a record is needed."""

import click

from ..build.macro_calls import run_all_pages
from ..evidence.search import Hit
from ..library.library import Library
from ..problems import counted, did_you_mean
from ..records.models import Record, referenced_ids
from .workspace import Workspace, find_uses, say_place


def find_records_at(library: Library, hit: Hit) -> list[Record]:
    """Return the records with a passage in the sentence of a hit."""
    return [
        library.entries[name].record
        for name, locations in library.locations.items()
        if any(each.overlaps(hit.article.name, hit.sentence) for each in locations)
    ]


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--source", "-s", help="Search this source alone.")
@click.pass_obj
def find_command(workspace: Workspace, words: tuple[str, ...], source: str | None) -> None:
    """Show where WORDS are found in the articles, and which records rest on the sentence already."""
    library, hits = workspace.library, workspace.find_hits(" ".join(words), source)
    for hit in hits:
        click.secho(say_place(hit.article.name, hit.paragraph), bold=True)
        names = ", ".join(f"{each.kind} {each.id}" for each in find_records_at(library, hit))
        click.echo(f"  {hit.words}\n  {names or 'no record rests on it yet'}\n")
    click.echo(counted(len(hits), "place"))


@click.command()
@click.argument("id")
@click.pass_obj
def why_command(workspace: Workspace, id: str) -> None:
    """Show everything that uses the record ID, and the evidence it rests on."""
    library = workspace.library
    if id not in library.entries:
        raise click.ClickException(f'no record "{id}"{did_you_mean(id, library.entries)}')
    entry = library.entries[id]
    click.secho(f"{entry.place}: {entry.record.kind} {id}", bold=True)
    click.echo(f"  {entry.record.label}")
    for location in library.locations.get(id, ()):
        click.echo(f"rests on   {say_place(location.source, location)}")
    for other in library.entries.values():
        fields = dict.fromkeys(str(path[0]) for path, name, _ in referenced_ids(other.record) if name == id)
        if fields:
            click.echo(f"named by   {other.record.kind} {other.record.id} ({', '.join(fields)})")
    for verb, paths in find_uses(run_all_pages(workspace.project, library), id).items():
        for path in paths:
            click.echo(f"{verb}   docs/{path}")
    for former in library.redirects.get(id, ()):
        click.echo(f"formerly   {former}")

"""The command line, `python -m macros`: its global options, and the commands that check, list and find records."""

import sys
from pathlib import Path
from typing import Any

import click

from ..build.errors import problem_from_error
from ..build.macro_calls import run_all_pages
from ..evidence.coverage import measure_coverage
from ..library.loader import find_texts_folder, load_library, verify_library
from ..library.proof import LOCK, articles_of
from ..library.published_ids import PUBLISHED, dump_ids
from ..library.schema import SCHEMAS, schema_texts
from ..problems import AuthorError, ProblemsFoundError, counted
from ..records.models import referenced_ids
from .diff import diff_command
from .import_source import new_source_command
from .new import new_command
from .rename import rename_command
from .workspace import Workspace, find_pages_with, renew_files, say_place, stop_at_problems


class Commands(click.Group):
    """Commands whose errors are one line each: an author's mistake, or the generator's with its place."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (AuthorError, ProblemsFoundError) as error:
            raise click.ClickException(str(error)) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if context.params["verbose"]:
                raise
            problem = problem_from_error(error, Path(__file__).parents[2])
            click.echo(f"{problem} (--verbose shows the traceback)", err=True)
            context.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(path_type=Path), default=Path("data"), help="The folder of the records.")
@click.option("--verbose", is_flag=True, help="Show the traceback of an unexpected error.")
@click.pass_context
def main(context: click.Context, data: Path, verbose: bool) -> None:
    """Check, prove, find and change the records and their evidence."""
    context.obj = Workspace(data, find_texts_folder(Path()), interactive=sys.stdin.isatty())


option_check = click.option("--check", "check", is_flag=True, help="Write nothing; fail if a file is out of date.")


@main.command()
@click.pass_obj
def check_command(workspace: Workspace) -> None:
    """Check every record against every rule; the lock stands for the texts."""
    library = load_library(workspace.data)
    stop_at_problems(library.problems)
    click.echo(f"{counted(len(library.records), 'record')}, no problem")


@main.command()
@option_check
@click.pass_obj
def verify_command(workspace: Workspace, check: bool) -> None:
    """Find every passage in the articles' texts, and write the lock."""
    read = vars(workspace).get("library")  # if another command has read it, in the same process
    lock, problems = verify_library(workspace.data, workspace.texts, read)
    stop_at_problems(problems)
    renew_files({workspace.data / LOCK: lock.dumps()}, check=check)
    passages = sum(map(len, lock.records.values()))
    records, texts = counted(len(lock.records), "record"), counted(len(lock.sources), "text")
    click.echo(f"{counted(passages, 'passage')} of {records} found in {texts}")


@main.command()
@option_check
@click.pass_obj
def ids_command(workspace: Workspace, check: bool) -> None:
    """List every id as published; from then on, removing one needs a redirect."""
    stop_at_problems(workspace.library.problems)
    listed = dict.fromkeys(workspace.library.published)
    ids = listed | dict.fromkeys(workspace.library.records)
    renew_files({workspace.data / PUBLISHED: dump_ids(ids)}, check=check)
    click.echo(f"{counted(len(ids), 'id')} published, {len(ids) - len(listed)} of them new")


@main.command()
@option_check
@click.pass_obj
def schema_command(workspace: Workspace, check: bool) -> None:
    """Write the JSON Schemas with which a text editor completes fields, values and ids."""
    stop_at_problems(workspace.library.problems)
    folder = workspace.data / SCHEMAS
    if not check:
        folder.mkdir(exist_ok=True)
    number = renew_files(schema_texts(folder, workspace.library), check=check)
    click.echo(f"{counted(number, 'schema')} written")


REMEDY = "add a record that rests on each, or name what is no prose under the source's furniture"


@main.command()
@click.pass_obj
def coverage_command(workspace: Workspace) -> None:
    """List the paragraphs and quotations of the articles that no record rests on."""
    library = workspace.library
    located = [(library.records[name], place) for name in library.records for place in library.locations[name]]
    left = [str(problem) for problem in library.problems]
    counts = []
    for name, article in articles_of(library, workspace.texts).items():
        found = measure_coverage(article, located)
        for paragraph in (each for each, covered in found.paragraphs.items() if not covered):
            words = article.original(paragraph.span)
            left.append(f'{name}: paragraph {paragraph.number} has no record: "{words[:60]} …"')
        for span in (each for each, recorded in found.quotations.items() if not recorded):
            number = article.paragraph(span.start).number
            left.append(f'{name}: paragraph {number}: no quote "{article.original(span)}"')
        prose = counted(len(found.paragraphs), "paragraph")
        counts.append(f"{name}: {prose} of prose, {counted(len(found.quotations), 'quoted passage')}")
    if counts:
        counts.append(f"{len(left)} left; {REMEDY}" if left else "all covered")
    else:
        left.append(f"{workspace.texts}: holds no text; set SOURCES to the folder of the articles")
    click.echo("\n".join([*left, *counts]))
    sys.exit(bool(left))


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--source", "-s", help="Search this source alone.")
@click.pass_obj
def find_command(workspace: Workspace, words: tuple[str, ...], source: str | None) -> None:
    """Show where WORDS are found in the articles, and which records rest on the sentence already."""
    hits = workspace.find_hits(" ".join(words), source)
    for hit in hits:
        click.secho(say_place(hit.article.name, hit.paragraph), bold=True)
        names = ", ".join(f"{each.kind} {each.id}" for each in workspace.records_at(hit))
        click.echo(f"  {hit.words}\n  {names or 'no record rests on it yet'}\n")
    click.echo(counted(len(hits), "place"))


@main.command()
@click.argument("id")
@click.pass_obj
def why_command(workspace: Workspace, id: str) -> None:
    """Show everything that uses the record ID, and the evidence it rests on."""
    library = workspace.library
    if id not in library.entries:
        library.get(id)  # says what it is called now, or which is like it
    entry = library.entries[id]
    click.secho(f"{entry.begins}: {entry.record.kind} {id}", bold=True)
    click.echo(f"  {entry.record.label}")
    for location in library.locations.get(id, ()):
        click.echo(f"rests on   {say_place(location.source, location)}")
    for other in library.entries.values():
        fields = dict.fromkeys(str(path[0]) for path, name, _ in referenced_ids(other.record) if name == id)
        if fields:
            click.echo(f"named by   {other.record.kind} {other.record.id} ({', '.join(fields)})")
    pages = run_all_pages(workspace.data.parent, library)
    for verb, names in find_pages_with(pages, id).items():
        for name in names:
            click.echo(f"{verb}   {pages[name].path}")
    for former in library.redirects.get(id, ()):
        click.echo(f"formerly   {former}")


new_command.add_command(new_source_command)
for command in (new_command, rename_command, diff_command):
    main.add_command(command)

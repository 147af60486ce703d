"""The command line, `python -m macros`: its global options, and the commands that check and list records."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ..build.errors import problem_from_error
from ..library.loader import find_texts_folder, load_library, verify_library
from ..library.proof import LOCK
from ..library.published_ids import PUBLISHED, dump_ids, read_published
from ..library.schema import SCHEMAS, outdated_schemas
from ..problems import AuthorError, Problem, ProblemsFoundError, counted
from .diff import diff_command
from .import_source import new_source_command
from .inspect import coverage_command, find_command, why_command
from .new import new_command
from .rename import rename_command
from .workspace import Workspace, option_if_at_hand, stop_at_problems, write_files

GENERATOR = Path(__file__).parents[2]


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
            click.echo(f"{problem_from_error(error, GENERATOR)} (--verbose shows the traceback)", err=True)
            context.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(path_type=Path), default=Path("data"), help="The folder of the records.")
@click.option("--verbose", is_flag=True, help="Show the traceback of an unexpected error.")
@click.pass_context
def main(context: click.Context, data: Path, verbose: bool) -> None:
    """Check, prove, find and change the records and their evidence."""
    context.obj = Workspace(data, find_texts_folder(Path()), asks=sys.stdin.isatty())


option_check = click.option("--check", "check", is_flag=True, help="Write nothing; fail if a file is out of date.")


@main.command()
@click.pass_obj
def check_command(workspace: Workspace) -> None:
    """Check every record against every rule; the lock stands for the texts."""
    library = load_library(workspace.data, workspace.texts)
    stop_at_problems(library.problems)
    click.echo(f"{counted(len(library.records), 'record')}, no problem")


@main.command()
@option_check
@option_if_at_hand
@click.pass_obj
def verify_command(workspace: Workspace, check: bool) -> None:
    """Find every passage in the articles' texts, and write the lock."""
    lock, problems = verify_library(workspace.data, workspace.texts)
    stop_at_problems(problems)
    path, text = workspace.data / LOCK, lock.dumps()
    if not check:
        write_files({path: text})
    elif not path.is_file() or path.read_text(encoding="utf-8") != text:
        stop_at_problems([Problem(str(path), 0, 0, "is out of date; run python -m macros verify and commit it")])
    passages = sum(map(len, lock.records.values()))
    records, texts = counted(len(lock.records), "record"), counted(len(lock.sources), "text")
    click.echo(f"{counted(passages, 'passage')} of {records} found in {texts}")


@main.command()
@option_check
@click.pass_obj
def ids_command(workspace: Workspace, check: bool) -> None:
    """List every id as published; from then on, removing one needs a redirect."""
    stop_at_problems(workspace.library.problems)
    path, listed = workspace.data / PUBLISHED, read_published(workspace.data)
    new = sorted({*workspace.library.records} - {*listed})
    if check and new:
        text = f'does not list "{new[0]}" yet; run python -m macros ids and commit it'
        stop_at_problems([Problem(str(path), 0, 0, text)])
    if new:
        write_files({path: dump_ids({*listed, *new})})
    click.echo(f"{counted(len(listed) + len(new), 'id')} published, {len(new)} of them new")


@main.command()
@option_check
@click.pass_obj
def schema_command(workspace: Workspace, check: bool) -> None:
    """Write the JSON Schemas with which a text editor completes fields, values and ids."""
    stop_at_problems(workspace.library.problems)
    outdated = outdated_schemas(workspace.data / SCHEMAS, workspace.library)
    if check:
        text = "is out of date; run python -m macros schema and commit it"
        stop_at_problems(Problem(str(path), 0, 0, text) for path in outdated)
    (workspace.data / SCHEMAS).mkdir(exist_ok=True)
    write_files(outdated)
    click.echo(f"{counted(len(outdated), 'schema')} written")


new_command.add_command(new_source_command)
for command in (coverage_command, new_command, find_command, why_command, rename_command, diff_command):
    main.add_command(command)

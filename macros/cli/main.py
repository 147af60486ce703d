"""The commands: `python -m macros check · verify · coverage · publish · schema`, and those of the desk."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from ..library.ids import PUBLISHED, dump_ids, read_published
from ..library.loader import find_texts_folder, load_library
from ..library.proof import LOCK
from ..library.schema import SCHEMAS, all_schemas, check_schemas, write_schemas
from ..library.verification import verify_library
from ..problems import Problem
from .diff import diff_command
from .import_source import new_source
from .inspect import coverage_report, find_command, why_command
from .new import new_command
from .rename import rename_command


def stop_at(problems: Iterable[Problem]) -> None:
    """Print every problem, and end with exit code 1 if there is one."""
    listed = list(problems)
    for problem in listed:
        click.echo(problem, err=True)
    if listed:
        click.echo(f"{len(listed)} problem{'s' if len(listed) > 1 else ''}", err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(path_type=Path), default=Path("data"), help="The folder of the records.")
@click.pass_context
def main(context: click.Context, data: Path) -> None:
    """Check, prove, find and change the records, and what they rest on."""
    context.obj = data


@main.command()
@click.pass_obj
def check(data: Path) -> None:
    """Check every record against every rule; the lock stands for the texts."""
    library = load_library(data, find_texts_folder(Path()))
    stop_at(library.problems)
    click.echo(f"{len(library.records)} records, no problem")


if_at_hand = click.option(
    "--if-at-hand", is_flag=True, help="Without the texts, say “not checked” and end with exit code 0."
)


def skip_without_texts(what: str) -> None:
    """End the command, saying so, when the texts are not on this machine."""
    if not find_texts_folder(Path()).is_dir():
        click.echo(f"{what}: not checked, the texts are not at hand (SOURCES, or the folder sources/)")
        sys.exit(0)


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail when the lock is out of date.")
@if_at_hand
@click.pass_obj
def verify(data: Path, only_check: bool, if_at_hand: bool) -> None:
    """Find every passage in the articles' texts, and write the lock."""
    if if_at_hand:
        skip_without_texts("verify")
    lock, problems = verify_library(data, find_texts_folder(Path()))
    stop_at(problems)
    path, text = data / LOCK, lock.dumps()
    passages = sum(len(found) for found in lock.records.values())
    if only_check:
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stop_at([Problem(str(path), 0, 0, "is out of date; run python -m macros verify and commit it")])
    else:
        path.write_text(text, encoding="utf-8")
    click.echo(f"{passages} passages of {len(lock.records)} records found in {len(lock.sources)} texts")


@main.command()
@if_at_hand
@click.pass_obj
def coverage(data: Path, if_at_hand: bool) -> None:
    """List the paragraphs and quotations of the articles that no record rests on."""
    if if_at_hand:
        skip_without_texts("coverage")
    lines, complete = coverage_report(data, find_texts_folder(Path()))
    for line in lines:
        click.echo(line)
    sys.exit(0 if complete else 1)


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail when an id is not listed yet.")
@click.pass_obj
def publish(data: Path, only_check: bool) -> None:
    """List every id as published: from then on it needs a redirect to disappear."""
    library = load_library(data, find_texts_folder(Path()), accept_unlocked=True)
    stop_at(library.problems)
    path = data / PUBLISHED
    listed = read_published(data)
    new = sorted({*library.records} - {*listed})
    if only_check and new:
        text = f'does not list "{new[0]}" yet; run python -m macros publish and commit it'
        stop_at([Problem(str(path), 0, 0, text)])
    if new:
        path.write_text(dump_ids({*listed, *new}), encoding="utf-8")
    click.echo(f"{len(listed) + len(new)} ids published, {len(new)} of them new")


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail when a schema is out of date.")
@click.pass_obj
def schema(data: Path, only_check: bool) -> None:
    """Write what the editor's editor needs to complete fields, values and ids."""
    library = load_library(data, find_texts_folder(Path()), accept_unlocked=True)
    stop_at(library.problems)
    folder = data.parent / SCHEMAS
    if only_check:
        stop_at(check_schemas(folder, library))
    written = 0 if only_check else write_schemas(folder, library)
    click.echo(f"{len(all_schemas(library))} schemas, {written} of them written anew")


new_command.add_command(new_source)
for command in (new_command, find_command, why_command, rename_command, diff_command):
    main.add_command(command)

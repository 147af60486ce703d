"""The command `diff`: what a change means for readers, as Markdown for a pull request.

Records, pages and citations of a revision are compared with those of the working tree. The records are
compared as they are written, so that those with problems are shown too, and those that had other fields then.
"""

import io
import subprocess
import tarfile
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from jinja2 import Environment, StrictUndefined

from ..build.macro_calls import run_all_pages
from ..build.project import read_files
from ..library.library import Library
from ..library.loader import load_library
from ..library.yaml import dump_entry, read_yaml
from ..problems import AuthorError, ProblemsFoundError
from ..records.kinds import KINDS, Correction
from .workspace import Workspace, find_pages_with

REPORT = Path(__file__).with_name("diff.j2")


@click.command()
@click.argument("revision", default="HEAD")
@click.pass_obj
def diff_command(workspace: Workspace, revision: str) -> None:
    """Describe what changed for readers since REVISION, as Markdown: records, pages, citations."""
    root = workspace.data.parent.resolve()
    after = State(root, workspace.library)
    command = ["git", "archive", revision, "data", read_files(root)[0].name, "mkdocs.yml"]
    done = subprocess.run(command, cwd=root, capture_output=True)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise AuthorError(f'git has no revision "{revision}": {said}')
    with TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
        try:
            before = State(Path(folder), load_library(Path(folder) / "data"))
        except ProblemsFoundError as error:
            raise AuthorError(f"{revision} cannot be read: {error}") from None
    renamed = {
        new: old for old, new in after.former.items() if old in before.records and new not in before.records
    }
    was = {new: renamed.get(new, new) for new in after.records}
    report = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    text = report.from_string(REPORT.read_text(encoding="utf-8")).render(
        revision=revision,
        before=before,
        after=after,
        renamed=renamed,
        changed={
            name: _compare_lines(before.written(old), after.written(name))
            for name, old in was.items()
            if old in before.records and before.records[old] != after.records[name]
        },
        new=[name for name, old in was.items() if old not in before.records],
        gone=[name for name in before.records if name not in {*after.records, *renamed.values()}],
        pages=list(_touched_pages(before, after)),
    )
    click.echo(text.rstrip())


class State:
    """A project at one moment: each record's kind and fields, each page with its text, and the former ids."""

    def __init__(self, root: Path, library: Library) -> None:
        self.records = dict(_read_entries(root / "data"))
        self.pages = run_all_pages(root, library)
        self.texts = {name: (root / page.path).read_bytes() for name, page in self.pages.items()}
        self.former = {old: new for new, olds in library.redirects.items() for old in olds}
        self.withdrawn = {each.withdrawn for each in library.of(Correction)}

    def written(self, name: str) -> str:
        """Return a record's entry in YAML."""
        return dump_entry(self.records[name][1]).rstrip()

    def uses(self, name: str) -> str:
        """Return which pages show or cite a record, as part of a sentence."""
        uses = find_pages_with(self.pages, name).items()
        parts = [f"{verb.removeprefix('shown ')} {', '.join(paths)}" for verb, paths in uses if paths]
        return "; ".join(parts) or "on no page"


def _read_entries(data: Path) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """Yield each id with the kind of its record and its fields; a kind may have had no file yet."""
    for kind in KINDS.values():
        if (data / kind.file).is_file():
            for entry in read_yaml(data / kind.file, f"data/{kind.file}").data:
                if isinstance(entry, dict):
                    yield str(entry.get("id")), (kind.kind, entry)


def _touched_pages(before: State, after: State) -> Iterator[str]:
    for name, page in sorted((before.pages | after.pages).items()):
        then, now = before.pages.get(name), after.pages.get(name)
        if not then or not now:
            yield f"`{page.path}` is {'new' if now else 'gone'}"
            continue
        notes = ["its text changed"] if before.texts[name] != after.texts[name] else []
        came, went = now.cited_ids - then.cited_ids, then.cited_ids - now.cited_ids
        for verb, ids in (("cites now", came), ("cites no longer", went)):
            if ids and not (then.incomplete or now.incomplete):
                notes.append(f"{verb} {', '.join(f'`{each}`' for each in sorted(ids))}")
        if notes:
            yield f"`{page.path}`: {'; '.join(notes)}"


def _compare_lines(old: str, new: str) -> str:
    """Return the lines that differ, those that went after a minus and those that came after a plus."""
    lines = [*unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")][2:]
    return "\n".join(line for line in lines if not line.startswith("@@"))

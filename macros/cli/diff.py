"""The command `diff`: what a change means for readers, as Markdown for a pull request.

Records, pages and citations of a revision are compared with those of the
working tree. The records are compared as they are written, so that those with
problems are shown too, and those that had other fields then.
"""

import io
import re
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from jinja2 import Environment, StrictUndefined

from ..build.macro_calls import run_all_pages
from ..library.loader import load_library
from ..library.published_ids import PUBLISHED, REDIRECTS
from ..library.yaml import read_yaml
from ..pages.page import Page
from ..problems import AuthorError, Problem, ProblemsFoundError, listed
from ..records.kinds import KINDS
from ..records.models import Record
from .workspace import Workspace, find_uses

CONTEXT_WORDS = 5  # on either side of a change
MARKS = re.compile(r"([\\`*_~<>\[\]|])")

REPORT = Path(__file__).with_name("diff.md")

Written = tuple[str, dict[str, str]]  # a record's kind, and each of its texts by the name of the field


@click.command()
@click.argument("revision", default="HEAD")
@click.pass_obj
def diff_command(workspace: Workspace, revision: str) -> None:
    """Describe what changed for readers since REVISION, as Markdown: records, pages, citations."""
    click.echo(compare_revision(workspace.project.resolve(), revision))


@dataclass
class State:
    """A project at one moment: each record as it is written, and each page with its text."""

    records: dict[str, Written]
    pages: dict[str, Page]
    texts: dict[str, str]
    former: dict[str, str]
    unread: dict[str, list[Problem]]
    """Why something, such as the records of a kind, could not be read."""

    def uses(self, name: str) -> str:
        """Return which pages show or cite a record, as part of a sentence."""
        uses = find_uses(self.pages, name).items()
        parts = [f"{verb.removeprefix('shown ')} {', '.join(paths)}" for verb, paths in uses if paths]
        return "; ".join(parts) or "on no page"


def compare_revision(root: Path, revision: str) -> str:
    """Return what differs between a revision and the working tree. Raises AuthorError for no such revision."""
    with TemporaryDirectory() as folder:
        _check_out(root, revision, Path(folder))
        before, after = _state(Path(folder), whole=False), _state(root, whole=True)
        pages = list(_touched_pages(before, after))
    unread = before.unread | after.unread
    for state in (before, after):
        state.records = {name: each for name, each in state.records.items() if each[0] not in unread}
    renamed = {
        new: old for old, new in after.former.items() if old in before.records and new not in before.records
    }
    was = {new: before.records.get(renamed.get(new, new)) for new in after.records}
    report = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    report.filters["escaped"] = _escape
    return (
        report.from_string(REPORT.read_text(encoding="utf-8"))
        .render(
            revision=revision,
            before=before,
            after=after,
            renamed=renamed,
            changed={
                name: _compare_fields(found[1], after.records[name][1])
                for name, found in was.items()
                if found and found != after.records[name]
            },
            new=[name for name, found in was.items() if not found],
            gone=[name for name in before.records if name not in {*after.records, *renamed.values()}],
            pages=pages,
            unread=unread,
        )
        .rstrip()
    )


def _check_out(root: Path, revision: str, folder: Path) -> None:
    done = subprocess.run(
        ["git", "archive", revision, "data", "docs", "mkdocs.yml"], cwd=root, capture_output=True
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise AuthorError(f'git has no revision "{revision}": {said}')
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def _state(root: Path, *, whole: bool) -> State:
    """Return the state of a project; where it is not whole, a kind may have no file yet."""
    library = load_library(root / "data", accept_unlocked=True)
    pages = run_all_pages(root, library)
    texts = {name: (root / "docs" / name).read_text(encoding="utf-8", errors="replace") for name in pages}
    former = {old: new for new, olds in library.redirects.items() for old in olds}
    state = State({}, pages, texts, former, {})
    for kind in KINDS.values():
        path = root / "data" / kind.file
        try:
            state.records.update(_written(path, kind) if whole or path.is_file() else ())
        except ProblemsFoundError as error:
            state.unread[kind.kind] = error.problems
    if lists := [each for each in library.unread if Path(each.file).name in (PUBLISHED, REDIRECTS)]:
        state.unread["former id"] = lists
    if incomplete := [name for name, page in pages.items() if page.incomplete]:
        state.unread[f"citation on {listed(incomplete)}"] = library.problems
    return state


def _written(path: Path, kind: type[Record]) -> Iterator[tuple[str, Written]]:
    entries = read_yaml(path, f"data/{path.name}").data
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield str(entry["id"]), (kind.kind, dict(_flat(entry)))


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of an entry, after a name like `evidence 2 exact`; a list of texts is one text."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _flat(each, f"{path} {name}".strip())
    elif isinstance(value, list) and not all(isinstance(each, str) for each in value):
        for number, each in enumerate(value, 1):
            yield from _flat(each, f"{path} {number}".strip())
    else:
        yield path, ", ".join(value) if isinstance(value, list) else str(value)


def _touched_pages(before: State, after: State) -> Iterator[str]:
    for path in sorted({*before.pages, *after.pages}):
        if path not in after.pages or path not in before.pages:
            yield f"`docs/{path}` is {'new' if path in after.pages else 'gone'}"
            continue
        now, then = after.pages[path].cited, before.pages[path].cited
        notes = []
        if before.texts[path] != after.texts[path]:
            notes.append("its text changed")
        for verb, names in (("cites now", now - then), ("cites no longer", then - now)):
            if names and not (before.pages[path].incomplete or after.pages[path].incomplete):
                notes.append(f"{verb} {', '.join(f'`{name}`' for name in sorted(names))}")
        if notes:
            yield f"`docs/{path}`: {'; '.join(notes)}"


def _compare_fields(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    """Return the fields that differ, each with both texts in one."""
    fields = {name: (old.get(name, ""), new.get(name, "")) for name in (*old, *new)}
    return {name: _compare_words(*texts) for name, texts in fields.items() if texts[0] != texts[1]}


def _compare_words(one: str, other: str) -> str:
    """Return both texts in one: ~~what was deleted~~ and **what was added**, with a few words of context."""
    old, new = one.split(), other.split()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pieces = []
    for number, (tag, start, end, first, last) in enumerate(blocks):
        if tag == "equal":
            before = [] if number == 0 else old[start : start + CONTEXT_WORDS]
            after = [] if number == len(blocks) - 1 else old[start:end][-CONTEXT_WORDS:]
            whole = end - start <= len(before) + len(after)
            pieces.append(_escape(old[start:end] if whole else [*before, "…", *after]))
        else:
            pieces += [f"~~{_escape(old[start:end])}~~"] if start < end else []
            pieces += [f"**{_escape(new[first:last])}**"] if first < last else []
    return " ".join(pieces)


def _escape(words: Iterable[str]) -> str:
    return MARKS.sub(r"\\\1", " ".join(words))

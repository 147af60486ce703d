"""The command `rename`: an id is changed in the data, on the pages and in the lock, with a redirect for readers.

Only the id itself is replaced, where the id is meant; comments, layout and prose are not touched.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from ..build.macro_calls import list_page_files, read_pages
from ..evidence.lock import Lock
from ..library.proof import LOCK
from ..library.published_ids import PUBLISHED, REDIRECTS, dump_ids
from ..library.schema import first_line
from ..library.yaml import decode_text
from ..pages.site import FRONT_MATTER
from ..problems import AuthorError, counted, did_you_mean
from ..records.models import referenced_ids
from .workspace import Workspace, stop_at_problems, write_files

CALLS = re.compile(r"\{[{%](?:(?!\{[{%]).)*?[%}]\}", re.DOTALL)


@click.command()
@click.argument("old")
@click.argument("new")
@click.pass_obj
def rename_command(workspace: Workspace, old: str, new: str) -> None:
    """Change the id OLD to NEW everywhere; add a redirect where readers may link to it."""
    library, data = workspace.library, workspace.data
    stop_at_problems(library.problems, "Nothing was changed: mentions in what is wrong would be missed.")
    if old not in library.entries:
        raise AuthorError(f'no record "{old}"{did_you_mean(old, library.entries)}')
    read_pages(data.parent, library)  # none is changed while one cannot be read
    published, former = library.published, library.redirects.get(old, ())
    workspace.check_id(new, former)
    changed = {path: text for path, text in _replace_ids(workspace, old, new) if text != _read(path)}
    if old in published:
        changed[data / PUBLISHED] = dump_ids(dict.fromkeys([*published, new]))
    if old in published or former:
        # From now on they lead to the new id, from the old one, too, if published, and none from the new.
        text = re.sub(rf"(?m)^{re.escape(new)}:.*\r?\n", "", _read(data / REDIRECTS))
        text = (
            re.sub(rf"(?m)^(\S+: *){re.escape(old)}(\r?)$", rf"\g<1>{new}\g<2>", text)
            or first_line(REDIRECTS) + "\n"
        )
        changed[data / REDIRECTS] = f"{text}{old}: {new}\n" if old in published else text
    changed |= _locked(data / LOCK, old, new)
    write_files(changed)
    workspace.renew_schemas()
    files = [path.relative_to(data.parent).as_posix() for path in sorted(changed)]
    click.echo("\n".join([*files, f"{old} is now {new}, in {counted(len(files), 'file')}"]))


def _replace_ids(workspace: Workspace, old: str, new: str) -> Iterator[tuple[Path, str]]:
    """Yield each data file and page with its text after the change."""
    entries = workspace.library.entries.values()
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    for name in {entry.tree.file for entry in entries}:
        path = workspace.data / Path(name).name
        lines = _read(path).split("\n")
        for entry in entries:
            if entry.tree.file == name:
                mentions = [path for path, each, _ in referenced_ids(entry.record) if each == old]
                mentions += [("id",)] if entry.record.id == old else []
                places = [entry.tree.place((entry.index, *path)) for path in mentions]
                for line, column in sorted(places, reverse=True):  # the last first: no other moves
                    before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
                    lines[line - 1] = before + word.sub(new, after, count=1)
        yield path, "\n".join(lines)
    quoted = re.compile(rf"""(?<=["']){re.escape(old)}(?=["'])""")
    fragment = re.compile(rf"(?<=#){re.escape(old)}(?![\w-])")
    for path in list_page_files(workspace.data.parent):
        text = CALLS.sub(lambda call: quoted.sub(new, call[0]), _read(path))
        text = FRONT_MATTER.sub(lambda front: word.sub(new, front[0].decode()).encode(), text.encode()).decode()
        yield path, fragment.sub(new, text)


def _locked(path: Path, old: str, new: str) -> dict[Path, str]:
    """Return the lock with the new id, if it changes; proofs remain valid, for no selector holds a record's id."""
    lock = Lock.read(path)
    if old in lock.records:
        lock.records[new] = lock.records.pop(old)
    if old in lock.sources:
        raise AuthorError(f'"{old}" is a source, whose id is part of every proof; its id cannot change')
    for locations in lock.records.values():
        for index, each in enumerate(locations):
            locations[index] = replace(each, named=tuple(new if name == old else name for name in each.named))
    text = lock.dumps()
    return {path: text} if path.is_file() and text != _read(path) else {}


def _read(path: Path) -> str:
    """Return a file's text with its line ends as they are; nothing where there is none."""
    raw = path.read_bytes() if path.is_file() else b""
    decode_text(raw, path.as_posix())
    return raw.decode()

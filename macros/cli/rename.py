"""The command `rename`: an id is changed in the data, on the pages and in the lock, with a redirect for readers.

Only the id itself is replaced, where the id is meant; comments, layout and prose are not touched.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ..build.macro_calls import run_all_pages
from ..build.project import read_files
from ..evidence.lock import Lock
from ..evidence.selectors import selector_digest
from ..library.proof import LOCK
from ..library.published_ids import PUBLISHED, REDIRECTS, dump_ids
from ..library.schema import first_line
from ..library.yaml import decode_text, parse_yaml
from ..pages.front_matter import FRONT_MATTER
from ..pages.prose import CALL
from ..problems import AuthorError, ProblemsFoundError, counted
from ..records.models import referenced_ids
from .workspace import Workspace, stop_at_problems, write_files

QUOTED = re.compile(r"""(["'])([\w\s,-]+)\1""")


@click.command()
@click.argument("old")
@click.argument("new")
@click.pass_obj
def rename_command(workspace: Workspace, old: str, new: str) -> None:
    """Change the id OLD to NEW everywhere; add a redirect where readers may link to it."""
    library, data = workspace.library, workspace.data
    stop_at_problems(library.problems, "Nothing was changed: mentions in what is wrong would be missed.")
    library.get(old)
    run_all_pages(data.parent, library)  # none is changed while one cannot be read
    published, former = library.published, library.redirects.get(old, ())
    workspace.check_id(new, former)
    changed = {path: text for path, text in _replace_ids(workspace, old, new) if text != _read(path)}
    if old in published:
        changed[data / PUBLISHED] = dump_ids(dict.fromkeys([*published, new]))
    if old in published or former:
        changed[data / REDIRECTS] = redirect(_read(data / REDIRECTS), old, new, is_published=old in published)
    changed |= _locked(workspace, old, new)
    write_files(changed)
    workspace.renew_schemas()
    files = [path.relative_to(data.parent).as_posix() for path in sorted(changed)]
    click.echo("\n".join([*files, f"{old} is now {new}, in {counted(len(files), 'file')}"]))


def redirect(text: str, old: str, new: str, *, is_published: bool) -> str:
    """Return the redirects after the change: to the new id, from a published old one, too; none from the new."""
    text = re.sub(rf"""(?m)\A\{{\s*\}}\s*\Z|^(["']?){re.escape(new)}\1:.*(?:\n|\Z)""", "", text)
    text = re.sub(rf"""(?m)^(\S+: *["']?){re.escape(old)}(?=["']?\s*$)""", rf"\g<1>{new}", text)
    text = text.removesuffix("\n") or first_line(REDIRECTS)
    text += f"\n{old}: {new}\n" if is_published else "\n"
    try:
        found = parse_yaml(text.encode(), REDIRECTS).data
    except ProblemsFoundError:
        found = {}
    if new not in found.values() or old in found.values():
        raise AuthorError(f"{REDIRECTS}: give each former id its own line, as former-id: id; nothing was changed")
    return text


def _replace_ids(workspace: Workspace, old: str, new: str) -> Iterator[tuple[Path, str]]:
    """Yield each data file and page with its text after the change."""
    known = workspace.library.entries
    entries = known.values()
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")

    def renamed(setting: re.Match[bytes]) -> bytes:
        return word.sub(new, setting[0].decode()).encode()

    def in_list(text: re.Match[str]) -> str:
        ids = {each.strip() for each in text[2].split(",")} - {""}
        return word.sub(new, text[0]) if old in ids and ids <= known.keys() else text[0]

    for name in {entry.file for entry in entries}:
        path = workspace.data / Path(name).name
        lines = _read(path).split("\n")
        for entry in entries:
            if entry.file == name:
                mentions = [path for path, each, _ in referenced_ids(entry.record) if each == old]
                mentions += [("id",)] if entry.record.id == old else []
                places = [entry.place(path) for path in mentions]
                for line, column in sorted(places, reverse=True):  # the last first: no other moves
                    before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
                    lines[line - 1] = before + word.sub(new, after, count=1)
        yield path, "\n".join(lines)
    place = r"(?![\w-])|(?=-(?:paragraph|title|heading|byline|caption|credit|boilerplate)-\d)"  # of a source
    fragment = re.compile(rf"""(://[^\s()<>"']*)?#{re.escape(old)}(?:{place})""")  # not that of another site
    settings = re.compile(rb"(?m)^(?!title:|description:|own_words:)\w+:.*(?:\n[ \t-].*)*")
    root = workspace.data.parent
    docs, files = read_files(root)
    pages = (file.src_uri for file in files if file.is_documentation_page())  # drafts, and what is left out, too
    for path in (root / docs.name / name for name in pages):
        text = CALL.sub(lambda call: QUOTED.sub(in_list, call[0]), _read(path))
        text = FRONT_MATTER.sub(lambda front: settings.sub(renamed, front[0]), text.encode()).decode()
        yield path, fragment.sub(lambda link: link[0] if link[1] else f"#{new}", text)


def _locked(workspace: Workspace, old: str, new: str) -> dict[Path, str]:
    """Return the lock with the new id, if it changes: of a source, in the digest of each selector, too."""
    path = workspace.data / LOCK
    lock, digests = Lock.read(path), dict[str, str]()
    tables: list[dict[str, Any]] = [lock.sources, lock.coverage, lock.records]
    for table in (each for each in tables if old in each):
        table[new] = table.pop(old)
    for record in workspace.library.records.values():
        for passage in (each for each in record.passages if each.source == old):
            renamed = passage.model_copy(update={"source": new})
            before, after = (selector_digest(each, quoted=record.quoted) for each in (passage, renamed))
            digests[before] = after
    for name, locations in lock.records.items():
        lock.records[name] = [
            replace(
                each,
                source=new if each.source == old else each.source,
                digest=digests.get(each.digest, each.digest),
                named=tuple(new if name == old else name for name in each.named),
            )
            for each in locations
        ]
    text = lock.dumps()
    return {path: text} if path.is_file() and text != _read(path) else {}


def _read(path: Path) -> str:
    """Return a file's text with its line ends as they are; nothing where there is none."""
    raw = path.read_bytes() if path.is_file() else b""
    decode_text(raw, path.as_posix())
    return raw.decode()

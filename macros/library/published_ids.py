"""Published ids: each still names a record, or leads to one by a redirect.

`published.txt` lists them in the order of publishing, one a line; `redirects.yml` says what stands for a former
one. Neither need exist.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..problems import Problem, ProblemsFoundError, did_you_mean
from ..records.fields import Keys
from ..records.kinds import Correction
from .library import Library
from .yaml import Tree, decode_text, read_file, read_yaml

PUBLISHED = "published.txt"
REDIRECTS = "redirects.yml"


def read_published(folder: Path) -> list[str]:
    """Return the published ids, in the order of publishing. Raises ProblemsFoundError for what is not text."""
    path, name = folder / PUBLISHED, f"{folder.name}/{PUBLISHED}"
    return decode_text(read_file(path, name), name).split() if path.is_file() else []


def dump_ids(ids: Iterable[str]) -> str:
    """Return the list of published ids as text, one id a line."""
    return "".join(f"{name}\n" for name in ids)


def _read_redirects(folder: Path) -> Tree:
    """Return the map of former ids to what stands for each. Raises ProblemsFoundError where it is no such map."""
    path, name = folder / REDIRECTS, f"{folder.name}/{REDIRECTS}"
    tree = read_yaml(path, name) if path.is_file() else None
    if tree is None or tree.data == "":
        return Tree(name, {}, {})
    wrong: list[Keys] = [()]  # the whole of it
    if isinstance(tree.data, dict):
        wrong = [(old,) for old, new in tree.data.items() if not isinstance(new, str)]
    if wrong:
        text = 'should have a line for each former id, as "former-id: id"'
        raise ProblemsFoundError(tree.problem(path, text) for path in wrong)
    return tree


def check_published(library: Library, folder: Path) -> Iterator[Problem]:
    """Put the former ids of records into the library; yield each redirect to none, and each published id gone.

    Raises ProblemsFoundError where the redirects cannot be read.
    """
    withdrawn = {each.withdrawn: each.id for each in library.of(Correction) if each.withdrawn}
    known = {*library.entries, *library.broken, *withdrawn}
    redirects = _read_redirects(folder)
    for gone in withdrawn.keys() - {*library.published}:
        text = f'"{gone}" was never published; delete this correction'
        yield library.entries[withdrawn[gone]].problem(("withdrawn",), text)
    for old, new in redirects.data.items():
        if old in known:
            yield redirects.problem((old,), f'"{old}" is still the id of a record; delete the redirect')
        elif new in known:
            library.redirects.setdefault(new, []).append(old)
        elif not library.unread:
            yield redirects.problem((old,), f'no record "{new}" in {library.folder}/{did_you_mean(new, known)}')
    for number, name in enumerate(library.published, 1):
        if name not in known and name not in redirects.data and not library.unread:
            text = f'"{name}" was published and is gone; say in {redirects.file} what stands for it'
            yield Problem(f"{library.folder}/{PUBLISHED}", number, text=f"{text}, or withdraw it by a correction")

"""Published ids: each still names a record, or leads to one by a redirect.

`published.txt` lists them, one a line; `redirects.yml` says for a former id
which record stands for it now. Neither need exist.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from ..problems import Problem, ProblemsFoundError, did_you_mean
from .yaml import decode_text, read_file, read_yaml

PUBLISHED = "published.txt"
REDIRECTS = "redirects.yml"


def read_published(folder: Path) -> list[str]:
    """Return the published ids, in the order of the file; none of a file that is not text."""
    return _published(folder)[0]


def unreadable_lists(folder: Path) -> list[Problem]:
    """Return why the list of ids or that of redirects cannot be read, if one cannot."""
    return [*_published(folder)[1], *_redirects(folder)[1]]


def read_standing(folder: Path) -> set[str]:
    """Return the published ids that no redirect stands for."""
    return {*read_published(folder)} - {old for old, _, _ in _redirects(folder)[0]}


def dump_ids(ids: Iterable[str]) -> str:
    """Return the list of published ids as text: sorted, one id a line."""
    return "".join(f"{name}\n" for name in sorted(ids))


def read_redirects(folder: Path, known: Collection[str]) -> tuple[dict[str, list[str]], list[Problem]]:
    """Return the former ids of each of the `known` records, and a problem for each published id that is gone."""
    published, redirects = read_published(folder), _redirects(folder)[0]
    problems = []
    former: dict[str, list[str]] = {}
    place = f"{folder.name}/{REDIRECTS}"
    for old, new, line in redirects:
        if old in known:
            text = f'"{old}" is still the id of a record; delete the redirect, or rename the record'
            problems.append(Problem(place, line, 0, text))
        elif new in known:
            former.setdefault(new, []).append(old)
        else:
            text = f'no record "{new}" in {folder.name}/{did_you_mean(new, known)}'
            problems.append(Problem(place, line, 0, text))
    redirected = {old for old, _, _ in redirects}
    for number, name in enumerate(published, 1):
        if name not in known and name not in redirected:
            text = f'"{name}" was published and is gone; say in {place} what stands for it: "{name}: an-id"'
            text += ", or withdraw it by a correction"
            problems.append(Problem(f"{folder.name}/{PUBLISHED}", number, 0, text))
    return former, problems


def _published(folder: Path) -> tuple[list[str], list[Problem]]:
    path, name = folder / PUBLISHED, f"{folder.name}/{PUBLISHED}"
    try:
        return decode_text(read_file(path, name), name).split() if path.is_file() else [], []
    except ProblemsFoundError as error:
        return [], error.problems


def _redirects(folder: Path) -> tuple[list[tuple[str, str, int]], list[Problem]]:
    """Return former id, id and line of each redirect, and what is wrong with the others."""
    path, name = folder / REDIRECTS, f"{folder.name}/{REDIRECTS}"
    if not path.is_file():
        return [], []
    try:
        tree = read_yaml(path, name)
    except ProblemsFoundError as error:
        return [], error.problems
    if not isinstance(tree.data, dict):
        text = 'should have a line for each former id, as "former-id: id"'
        return [], [Problem(name, 1, 0, text)] if tree.data != "" else []
    pairs, problems = [], []
    for old, new in tree.data.items():
        line = tree.place((old,))[0]
        if isinstance(new, str):
            pairs.append((old, new, line))
        else:
            problems.append(Problem(name, line, 0, f'"{old}" should lead to one id, as "{old}: id"'))
    return pairs, problems

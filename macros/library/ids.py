"""Ids that are out in the world: each still names a record, or leads to one by a redirect.

`published.txt` lists them, one a line; `redirects.yml` says for a former id
which record stands for it now. Neither need exist.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from ..problems import Problem, ProblemsFoundError, did_you_mean
from .yaml import decode_text, read_file, read_yaml

PUBLISHED = "published.txt"
REDIRECTS = "redirects.yml"


def read_published(folder: Path) -> list[str]:
    """The published ids, in the order of the file; none of a file that is not text."""
    with suppress(ProblemsFoundError):
        return _listed(folder)
    return []


def read_standing(folder: Path) -> set[str]:
    """The published ids that no redirect stands for."""
    return {*read_published(folder)} - {old for old, _, _ in _pairs(folder)[0]}


def _listed(folder: Path) -> list[str]:
    path, name = folder / PUBLISHED, f"{folder.name}/{PUBLISHED}"
    return decode_text(read_file(path, name), name).split() if path.is_file() else []


def dump_ids(ids: Iterable[str]) -> str:
    """The list as text: sorted, one id a line."""
    return "".join(f"{name}\n" for name in sorted(ids))


def read_redirects(folder: Path, known: Collection[str]) -> tuple[dict[str, list[str]], list[Problem]]:
    """The former ids of each of the `known` records, and what is wrong: above all, what has disappeared."""
    pairs, problems = _pairs(folder)
    try:
        _listed(folder)
    except ProblemsFoundError as error:
        problems += error.problems
    former: dict[str, list[str]] = {}
    redirected = set()
    for old, new, line in pairs:
        place = f"{folder.name}/{REDIRECTS}"
        redirected.add(old)
        if old in known:
            text = f'"{old}" is still the id of a record; delete the redirect, or rename the record'
            problems.append(Problem(place, line, 0, text))
        elif new in known:
            former.setdefault(new, []).append(old)
        else:
            text = f'no record "{new}" in {folder.name}/{did_you_mean(new, known)}'
            problems.append(Problem(place, line, 0, text))
    for number, name in enumerate(read_published(folder), 1):
        if name not in known and name not in redirected:
            text = f'"{name}" was published and is gone; say in {folder.name}/{REDIRECTS} what stands for it: '
            problems.append(Problem(f"{folder.name}/{PUBLISHED}", number, 0, f'{text}"{name}: an-id"'))
    return former, problems


def _pairs(folder: Path) -> tuple[list[tuple[str, str, int]], list[Problem]]:
    """Former id, id and line of each redirect."""
    path, name = folder / REDIRECTS, f"{folder.name}/{REDIRECTS}"
    if not path.is_file():
        return [], []
    try:
        tree = read_yaml(path, name)
    except ProblemsFoundError as error:
        return [], error.problems
    if tree.data == "":
        return [], []
    if not isinstance(tree.data, dict):
        return [], [Problem(name, 1, 0, 'should have a line for each former id, as "former-id: id"')]
    pairs, problems = [], []
    for old, new in tree.data.items():
        line = tree.place((old,))[0]
        if isinstance(new, str):
            pairs.append((old, new, line))
        else:
            problems.append(Problem(name, line, 0, f'"{old}" should lead to one id, as "{old}: id"'))
    return pairs, problems

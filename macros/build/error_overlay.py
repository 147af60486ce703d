"""The error overlay: while serving, every page lists at its top what is wrong with the site and with itself."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from ..components.rendering import render_block
from ..problems import Problem
from .errors import problem_from_error

# What opens a file in the author's editor; empty for none.
EDITOR_LINK = "vscode://file/{path}:{line}:{column}"
BODY = re.compile(r"<body[^>]*>")
SHOWN = re.compile(r"<!--problems-->.*?<!--/problems-->", re.DOTALL)


def show_overlay(site: Path, problems: Sequence[Problem], addresses: Mapping[str, str], root: Path) -> None:
    """Put the overlay into the pages of a built site, in place of one that is there already.

    `addresses` says which file a page was written to: what is wrong with a page is shown there, all else on all.
    What only other pages show is counted, so that the number is that of the terminal.
    """
    for path in site.rglob("*.html") if problems else ():
        page = path.relative_to(site).as_posix()
        shown = [each for each in problems if addresses.get(each.file, page) == page]
        shown.sort(key=lambda each: each.file not in addresses)  # its own first
        elsewhere = [each.file for each in problems if each not in shown]
        before = path.read_text(encoding="utf-8")
        text = SHOWN.sub("", before)
        if shown:
            start = found.end() if (found := BODY.search(text)) else 0
            try:
                link = partial(_editor_link, root)
                overlay: Markup = render_block("overlay", mistakes=shown, elsewhere=elsewhere, link=link)
            except Exception:  # its own template is wrong, and is among the mistakes
                overlay = Markup(" ").join(map(str, shown))
            text = f"{text[:start]}<!--problems-->{overlay}<!--/problems-->{text[start:]}"
        if text != before:
            path.write_text(text, encoding="utf-8")


def overlay_problems(root: Path) -> Iterator[Problem]:
    """Yield what is wrong with the overlay's own templates."""
    for name in ("overlay", "problem"):
        try:
            render_block(name, mistakes=[], elsewhere=[], problems=[], link=str)
        except Exception as error:
            yield problem_from_error(error, root)


def _editor_link(root: Path, problem: Problem) -> str:
    """Return the address that opens the file of a problem at its line; empty where there is no such file."""
    path = root / problem.file
    pattern = os.environ.get("EDITOR_LINK", EDITOR_LINK) if path.is_file() else ""
    file = quote(path.as_posix().lstrip("/"))
    return pattern.format(path=file, line=problem.line or 1, column=problem.column or 1)

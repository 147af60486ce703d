"""Every page read without MkDocs: which records it shows and which it cites."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment

from .calls import Calls
from .components import MACROS
from .library import Library, read
from .pages import FRONT_MATTER, Page, page_url, read_site
from .problems import Problem


def survey(root: Path, texts: Path | None = None) -> tuple[Library, dict[str, Page]]:
    """Read the data and run the macros of all pages under a project's root; pages by their path in docs/."""
    library = read(root / "data", texts, accept_unlocked=True)
    site, _ = read_site(library, root / "docs")
    problems: list[Problem] = []
    calls = Calls(MACROS, problems.append)
    pages = {}
    for path in sorted((root / "docs").rglob("*.md")):
        name = path.relative_to(root / "docs").as_posix()
        page = pages[name] = Page(site, f"docs/{name}", page_url(name))
        jinja = Environment(comment_start_string="{##", comment_end_string="##}")
        jinja.globals.update(calls.macros)
        calls.run(page, FRONT_MATTER.sub(b"", path.read_bytes()).decode("utf-8"), jinja, {})
    return library, pages

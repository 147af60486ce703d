"""The template environment, which escapes every text, and the two ways to render a component."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..problems import CONFLICT, Problem, ProblemsFoundError, conflict_lines
from ..records.dates import Date

FOLDER = Path(__file__).parent
GROUPS = [each for each in sorted(FOLDER.iterdir()) if each.is_dir() and not each.name.startswith("_")]


class Templates(FileSystemLoader):
    """A loader that refuses a template with a conflict in it, or without any text."""

    def get_source(self, environment: Environment, template: str) -> Any:
        text, path, up_to_date = super().get_source(environment, template)
        name = f"macros/components/{Path(path or template).relative_to(FOLDER).as_posix()}"
        problems = [Problem(name, line, 0, CONFLICT) for line in conflict_lines(text)]
        if not text.strip():
            problems.append(Problem(name, 0, 0, "is empty; write it, or put it back"))
        if problems:
            raise ProblemsFoundError(problems)
        return text, path, up_to_date


def compiled_templates() -> FileSystemBytecodeCache:
    """Return where compiled templates are kept from one run to the next, each under the hash of its text."""
    folder = FOLDER.parent.parent / ".cache" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@lru_cache(maxsize=1)
def environment() -> Environment:
    env = Environment(
        loader=Templates(GROUPS),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled_templates(),
        auto_reload=False,  # within a build no template changes, and looking costs a twentieth of it
    )
    env.filters["date"] = say_date
    return env


@cache
def say_date(date: Date | None) -> Markup:
    """Return a date in English as `<time>`; empty for None. Cached, because pages repeat few dates many times."""
    return Markup("") if date is None else render_inline("date", date=date)


class Block(Markup):
    """The output of a component that stands alone; a placeholder stands for it until Markdown has run."""


def render_block(template: str, **context: Any) -> Block:
    """Render a template that stands alone: without indents and blank lines, which would end it for Markdown."""
    text = _template(template).render(context)
    return Block("\n".join(line for line in map(str.strip, text.splitlines()) if line))


def render_inline(template: str, **context: Any) -> Markup:
    """Render a template that fits in a sentence: one line, no space at either end."""
    text = _template(template).render(context)
    return Markup(re.sub(r"\s*\n\s*", "", text.strip()))


@cache
def _template(name: str) -> Any:
    return environment().get_template(f"{name}.html" if "/" in name else f"{name}/template.html")


def forget_templates() -> None:
    """Clear the caches, so that every template is read again after a change while serving."""
    for cached in (environment, say_date, _template):
        cached.cache_clear()

"""The template environment: whatever a text holds, it comes out as text."""

from __future__ import annotations

import re
import string
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .conflicts import LEFT, conflicts
from .dates import Date
from .problems import Problem, ProblemsFoundError

TEMPLATES = Path(__file__).parent / "templates"

# Inline output passes through Markdown, which reads meaning into far more than HTML's four
# characters: emphasis, attribute lists, tables, headings. A character reference means nothing to it.
PUNCTUATION = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation}


def encode(value: Any) -> Any:
    """Encode every ASCII punctuation mark of a text; markup from our own templates passes."""
    if isinstance(value, Markup):
        return value
    return Markup(str(value).translate(PUNCTUATION))


class Templates(FileSystemLoader):
    """Our templates, refused where Jinja would print what an author never meant, or nothing at all."""

    def get_source(self, environment: Environment, template: str) -> Any:
        text, *more = super().get_source(environment, template)
        name = f"macros/templates/{template}"
        problems = [Problem(name, line, 0, LEFT) for line in conflicts(text)]
        if not text.strip():
            problems.append(Problem(name, 0, 0, "is empty; write it, or put it back"))
        if problems:
            raise ProblemsFoundError(problems)
        return text, *more


@lru_cache(maxsize=1)
def environment() -> Environment:
    # `finalize` sees every value a template prints, so autoescape would only encode twice.
    env = Environment(
        loader=Templates(TEMPLATES),
        undefined=StrictUndefined,
        finalize=encode,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # within a build nothing changes, and to look costs a twentieth of it
    )
    env.filters["date"] = say_date
    return env


@cache
def say_date(date: Date | None) -> Markup:
    """A date in English, marked for machines; pages repeat few dates many times. Nothing, where one is missing."""
    return Markup("") if date is None else inline("parts/date", date=date)


class Block(Markup):
    """The output of a component that stands alone; kept out of Markdown's way until it has run."""


def block(template: str, **context: Any) -> Block:
    """Render a template that stands alone: no indentation and no blank line, which would end it for Markdown."""
    text = _template(template).render(context)
    return Block("\n".join(line for line in map(str.strip, text.splitlines()) if line))


def inline(template: str, **context: Any) -> Markup:
    """Render a template that fits in a sentence: one line, no space at either end."""
    text = _template(template).render(context)
    return Markup(re.sub(r"\s*\n\s*", "", text.strip()))


@cache
def _template(name: str) -> Any:
    return environment().get_template(f"{name}.html")

"""The registry of components, the environment of their templates, which escapes every text, and rendering.

A text that runs from right to left is isolated wherever it is printed, and so are such words in a sentence:
otherwise the marks and numbers beside them would change their places. Isolating characters do that until a
template is rendered, then `<bdi>` where it can.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from ..problems import CONFLICT, Problem, ProblemsFoundError, counted, find_conflict
from ..records.dates import Date
from ..records.fields import is_english
from ..records.word_boundaries import RIGHT_TO_LEFT, TURNED_WORDS

Macro = Callable[..., Markup]
Context = dict[str, Any]
View = TypeVar("View", bound=Macro)

MACROS: dict[str, Macro] = {}
"""Every macro that a page may call, by its name."""

FOLDER = Path(__file__).parent

FIRST_STRONG, POP = "\u2068", "\u2069"  # U+2068 and U+2069 isolate what stands between them
# What holds text alone, no elements: there isolating characters stay.
RAW = "svg|title|option|script|style|textarea"
# A tag, and all that it holds where that is text alone; or an isolating character.
PIECE = re.compile(
    rf"""(<(?:({RAW})\b|/?[\w-]+)(?:"[^"]*"|'[^']*'|[^"'>])*>)(?(2)(.*?)(?=</\2)|)|[{FIRST_STRONG}{POP}]""",
    re.DOTALL | re.IGNORECASE,
)
LABEL = re.compile(rf'( (?:aria-label|title|alt|data-name)="[^"]*")|[{FIRST_STRONG}{POP}]')
GROUPS = [each for each in sorted(FOLDER.iterdir()) if each.is_dir() and not each.name.startswith("_")]
HYPHENATED = re.compile(r"\b\w+(?:[-–]\w+)+\b")
UNBROKEN = 14  # letters of the longest hyphenated word that fits the narrowest column in one piece
NESTED = re.compile("“([^“”„]*)”")  # a quotation in a quotation, where no comma stands at the end either


class Templates(FileSystemLoader):
    """A loader that refuses a template with a conflict in it, or without any text."""

    def get_source(self, environment: Environment, template: str) -> Any:
        text, path, up_to_date = super().get_source(environment, template)
        name = f"macros/components/{Path(path or template).relative_to(FOLDER).as_posix()}"
        problems = [Problem(name, line, text=CONFLICT)] if (line := find_conflict(text)) else []
        if not text.strip():
            problems.append(Problem(name, text="is empty; write it, or put it back"))
        if problems:
            raise ProblemsFoundError(problems)
        return text, path, up_to_date


class Components(Environment):
    """The environment of the components' templates; the name of each that is used is added to `dependencies`."""

    dependencies: set[object]

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        self.dependencies.add(name)
        return super().get_template(name, parent, globals)

    def make_globals(self, d: object) -> MutableMapping[str, Any]:
        """Return the globals of all templates, as none has others: Jinja would chain two maps, slow to copy."""
        return self.globals


@cache
def environment() -> Components:
    """Return the environment; after `cache_clear()` every template is read again."""
    env = Components(
        loader=Templates(GROUPS),
        undefined=StrictUndefined,
        finalize=_isolated,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # within a build no template changes, and looking costs a twentieth of it
        cache_size=-1,  # without a limit, and so without a lock
    )
    env.dependencies = set()
    env.filters |= {
        "date": say_date,
        "nested": nested,
        "in_language": in_language,
        "linked": linked,
        "counted": counted,
        "unbroken": unbroken,
        "isolated": lambda text: escape(_isolated(text)),
    }
    return env


@cache  # pages repeat few dates many times
def say_date(date: Date | None) -> Markup:
    """Return a date in English, each machine-readable piece as `<time>`; empty for None."""
    time = Markup('<time datetime="{1}">{0}</time>')
    pieces = date.words if date else ()
    return Markup("").join(time.format(*each) if each.datetime else each.text for each in pieces)


def nested(words: str) -> str:
    """Return the words of a quotation as they stand between marks: inner ones are single, no comma ends them."""
    return NESTED.sub(r"‘\1’", words.removesuffix(","))


def in_language(text: str, language: str) -> Markup | str:
    """Return words of a source, marked with its language where that is not the page's."""
    if is_english(language):
        return text
    turned = 2 * len(RIGHT_TO_LEFT.findall(text)) > sum(map(str.isalpha, text))  # it may quote any script
    direction = "rtl" if turned else "ltr"
    return Markup('<span lang="{}" dir="{}">{}</span>').format(language, direction, text)


def linked(words: str, address: str) -> Markup:
    """Return words as a link to an address; as they are, where it is empty."""
    link = Markup('<a href="{}">{}</a>') if address else Markup("{1}")
    return link.format(address, _isolated(words))


def unbroken(title: str) -> Markup:
    """Return a title whose shorter hyphenated words stay on one line; what is marked up stays as it is."""
    if isinstance(title, Markup):
        return title

    def whole(word: re.Match[str]) -> str:
        return f'<span class="xp-unbroken">{word[0]}</span>' if len(word[0]) <= UNBROKEN else word[0]

    return Markup(HYPHENATED.sub(whole, escape(_isolated(title))))


def _isolated(value: Any) -> Any:
    """Return what a template prints, with isolating characters round what runs from right to left."""
    if type(value) is not str or value.isascii() or not (turned := RIGHT_TO_LEFT.findall(value)):
        return value
    if 4 * len(turned) > 3 * sum(map(str.isalpha, value)):  # else it is a sentence of ours, with a name or two
        return f"{FIRST_STRONG}{value}{POP}"
    return TURNED_WORDS.sub(rf"{FIRST_STRONG}\g<0>{POP}", value)


def _with_isolation(html: str) -> str:
    """Return HTML with `<bdi>` for isolating characters, which stay where text is alone, as in a label."""
    if FIRST_STRONG not in html:
        return html

    def placed(piece: re.Match[str]) -> str:
        if not piece[1]:
            return "<bdi>" if piece[0] == FIRST_STRONG else "</bdi>"
        return LABEL.sub(lambda each: each[1] or "", piece[1]) + (piece[3] or "")

    return PIECE.sub(placed, html)


def component(view: View) -> View:
    """Register a view as the macro of its name.

    Its first parameter is the page; its docstring is what authors read, and ends in "Block." or "Inline.".
    """
    MACROS[view.__name__] = view
    return view


class Block(Markup):
    """The output of a component that stands alone; a placeholder stands for it until Markdown has run."""


def render_block(template: str, **context: Any) -> Block:
    """Render a template that stands alone: without indents and blank lines, which would end it for Markdown."""
    return Block("\n".join(line for line in map(str.strip, _render(template, context).splitlines()) if line))


def render_inline(template: str, **context: Any) -> Markup:
    """Render a template that fits in a sentence: one line, no space at either end."""
    return Markup(re.sub(r"\s*\n\s*", "", _render(template, context).strip()))


def _render(name: str, context: Mapping[str, Any]) -> str:
    """Render the template of a component, or another of its folder, such as `foot/former`."""
    file = f"{name}.html" if "/" in name else f"{name}/template.html"
    return _with_isolation(environment().get_template(file).render(context))

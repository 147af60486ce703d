"""Examples of every component, and how each is rendered.

A component's folder holds `examples.yml`, its calls with the records they need, and
`snapshot.html`, what comes out; `cast.yml` here holds records that every example may name.
"""

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from macros.components.rendering import GROUPS, MACROS
from macros.evidence.selectors import Location
from macros.library.library import Entry, Library
from macros.library.yaml import read_yaml
from macros.pages.page import Page
from macros.pages.site import Site
from macros.records.kinds import KINDS, Source
from macros.records.models import Record

CAST = Path(__file__).parent / "cast.yml"

# References to these would change what a snapshot means if they were written out.
MEANT = '<>&"'

Fields = dict[str, Any]


def folder_of(component: str) -> Path:
    """The folder of a component."""
    return next(group / component for group in GROUPS if (group / component).is_dir())


@dataclass(frozen=True)
class Example:
    """One call of a component: on the page that is its records' home, or on another one."""

    component: str
    name: str
    arguments: Any = ()
    before: list[dict[str, list[str]]] = field(default_factory=list)
    home: bool = False
    records: dict[str, list[Fields]] = field(default_factory=dict)
    section: str = "A part of the text"

    @cached_property
    def library(self) -> Library:
        """The example's records and the cast, each passage in a paragraph of its own."""
        library = Library("data")
        numbers: dict[tuple[str, str], int] = {}
        for kind, entries in [*cast().items(), *self.records.items()]:
            for entry in entries:
                record = record_of(kind, entry)
                library.records[record.id] = record
                library.entries[record.id] = Entry(f"data/{record.file}", entry, {}, record=record)
                library.locations[record.id] = [
                    self._location(
                        passage.source, numbers.setdefault((passage.source, passage.exact), len(numbers))
                    )
                    for passage in record.passages
                ]
        return library

    def _location(self, source: str, number: int) -> Location:
        section = self.section if number else ""
        return Location(source, section, "paragraph", number + 1, 100 * number, 100 * number + 9, "text=words", "")

    def page(self) -> Page:
        """A page, as it is just before the call."""
        homes = {name: "here/" if self.home else "there/" for name, kind in KINDS.items() if kind.has_home}
        homes |= {source.id: homes["source"] for source in self.library.of(Source)}
        page = Page(Site(self.library, homes), "docs/here.md", "here/")
        for call in self.before:
            for macro, arguments in call.items():
                MACROS[macro](page, *arguments)
        return page

    def call(self, macro: Any, *first: Any) -> Any:
        """Call a macro with the example's arguments."""
        if isinstance(self.arguments, dict):
            return macro(*first, **self.arguments)
        return macro(*first, *self.arguments)

    def render(self) -> str:
        return str(self.call(MACROS[self.component], self.page()))

    @property
    def call_text(self) -> str:
        """The call as a page's author writes it."""

        def said(*args: str, **kwargs: str) -> str:
            return ", ".join(
                [*(f'"{each}"' for each in args), *(f'{key}="{each}"' for key, each in kwargs.items())]
            )

        return f"{self.component}({self.call(said)})"

    @property
    def title(self) -> str:
        return f"{self.name}: {self.call_text}, {'at home' if self.home else 'elsewhere'}"


_records: dict[int, tuple[Fields, Record]] = {}


def record_of(kind: str, entry: Fields) -> Record:
    """The record of an entry. It is made once, so an entry is never changed, but copied."""
    if id(entry) not in _records:
        _records[id(entry)] = entry, KINDS[kind].model_validate(entry)
    return _records[id(entry)][1]


@cache
def cast() -> dict[str, list[Fields]]:
    data = read_yaml(CAST, CAST.name).data
    assert isinstance(data, dict)
    return data  # type: ignore[return-value]


@cache
def examples(component: str) -> list[Example]:
    """The examples of a component; none when it has no file. They are read once: who changes one copies it."""
    path = folder_of(component) / "examples.yml"
    if not path.exists():
        return []
    data = read_yaml(path, path.name).data
    found = []
    for entry in data:
        assert isinstance(entry, dict)
        found.append(Example(component, **{**entry, "home": entry.get("home") == "true"}))  # type: ignore[arg-type]
    return found


def all_examples() -> Iterator[Example]:
    for component in MACROS:
        yield from examples(component)


def snapshot(component: str) -> str:
    """What the examples of a component look like, punctuation written out where that changes no meaning."""
    return "\n".join(f"<!-- {each.title} -->\n{legible(each.render())}\n" for each in examples(component))


def legible(html: str) -> str:
    """Write character references out, except those of the four characters that HTML reads meaning into."""

    def written(match: re.Match[str]) -> str:
        mark = chr(int(match[1]))
        return mark if mark in string.punctuation and mark not in MEANT else match[0]

    return re.sub(r"&#(\d+);", written, html)

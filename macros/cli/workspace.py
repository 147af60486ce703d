"""TODO"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from ..evidence.article import Article
from ..evidence.search import Hit, search_articles
from ..library.library import Library
from ..library.loader import find_texts_folder, load_library
from ..library.proof import articles_of
from ..problems import AuthorError, ProblemsFoundError, did_you_mean

# How many places are shown to choose from; words that stand in more say too little.
MOST = 9


@dataclass
class Workspace:
    """What lies on the desk: the records, the articles at hand, and whether there is somebody to ask."""

    data: Path
    texts: Path
    asks: bool

    def __post_init__(self) -> None:
        self.library: Library = load_library(self.data, self.texts, accept_unlocked=True)

    @property
    def articles(self) -> dict[str, Article]:
        found = articles_of(self.library, self.texts)
        if not found:
            raise click.ClickException(f"no article's text is in {self.texts}/; set SOURCES to their folder")
        return found

    def ask(self, name: str, line: str, given: str | None, default: str = "") -> str:
        """What the editor gave for a field, or gives when asked; the default where nobody can be asked."""
        if given is not None:
            return given
        if not self.asks:
            return default
        click.secho(line, dim=True)
        return str(click.prompt(name, default=default, show_default=bool(default))).strip()

    def choose(self, hits: list[Hit]) -> Hit:
        """The place that is meant, where words stand in several."""
        if len(hits) == 1:
            return hits[0]
        for number, hit in enumerate(hits[:MOST], 1):
            click.echo(f"{number}  {hit.place()}\n   {hit.words}")
        if len(hits) > MOST or not self.asks:
            raise click.ClickException(f"these words stand in {len(hits)} places; give more of them, or --source")
        number = click.prompt("Which", type=click.IntRange(1, len(hits)), default=1)
        return hits[int(number) - 1]


def somebody_is_there() -> bool:
    """Whether a question would be answered: at a terminal, and not in a script."""
    return sys.stdin.isatty()


def with_workspace(work: Callable[..., None]) -> Callable[..., None]:
    """Let a command work at the desk of the data folder it was called for; say a mistake in one sentence."""

    @click.pass_obj
    @wraps(work)
    def command(data: Path, /, *args: Any, **given: Any) -> None:
        try:
            work(Workspace(data, find_texts_folder(Path()), somebody_is_there()), *args, **given)
        except (AuthorError, ProblemsFoundError) as error:
            raise click.ClickException(str(error)) from None

    return command


def find_hits(desk: Workspace, words: str, source: str | None = None) -> list[Hit]:
    articles = desk.articles
    if source is not None and source not in articles:
        raise click.ClickException(f'no source "{source}" at hand{did_you_mean(source, articles)}')
    hits = search_articles([each for name, each in articles.items() if source in (None, name)], words)
    if not hits:
        raise click.ClickException(f"“{words}” is in no article, nor are all of these words in one sentence")
    return hits

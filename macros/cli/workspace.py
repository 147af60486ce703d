"""What every command works on: the folder of the records, the articles' texts, and a terminal for questions."""

import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import click

from ..evidence.article import Article, Paragraph
from ..evidence.search import Hit, search_articles
from ..evidence.selectors import Location
from ..library.library import Library
from ..library.loader import field_problems, load_library
from ..library.proof import articles_of
from ..library.schema import SCHEMAS, first_line, schema_texts
from ..pages.page import Page
from ..problems import AuthorError, Problem, counted, did_you_mean, listed
from ..records.kinds import KINDS, Source
from ..records.models import Record

MOST_SHOWN = 9  # of the places where words stand


@dataclass
class Workspace:
    """The folders a command works on. `interactive` tells whether there is somebody at a terminal to answer."""

    data: Path
    texts: Path
    interactive: bool

    @cached_property
    def library(self) -> Library:
        """The records; what the lock does not hold of them is searched for in the texts.

        Where a file cannot be read, its problems are printed and the command ends.
        """
        library = load_library(self.data, self.texts)
        stop_at_problems(library.unread)
        return library

    @cached_property
    def articles(self) -> dict[str, Article]:
        """The articles whose texts are at hand, by the id of their source."""
        found = articles_of(self.library, self.texts)
        if not found:
            raise click.ClickException(f"no article's text is in {self.texts}/; set SOURCES to their folder")
        return found

    def begin_data(self) -> None:
        """Write an empty file for each kind of record, where there is none of any kind yet."""
        if not any(self.data.glob("*.yml")):
            self.data.mkdir(exist_ok=True)
            write_files({self.data / kind.file: f"{first_line(kind.file)}\n\n[]\n" for kind in KINDS.values()})

    def renew_schemas(self) -> None:
        """Bring the schemas up to date after a change of the records, where a project has them."""
        del self.library
        if (self.data / SCHEMAS).is_dir() and not self.library.problems:
            renew_files(schema_texts(self.data / SCHEMAS, self.library))

    def ask(
        self, name: str, question: str, given: str | None, default: str = "", check: Callable[[str], object] = str
    ) -> str:
        """Return what was given for a field, or what is typed when asked; the default where nobody can answer.

        It is asked again while `check` raises AuthorError for an answer.
        """
        if given is not None:
            return given
        if not self.interactive:
            return default

        def checked(typed: str) -> str:
            try:
                check(typed.strip())
            except AuthorError as error:
                raise click.UsageError(str(error)) from None
            return typed.strip()

        with suppress(ImportError):  # where there is none, an arrow key is part of the answer
            import readline  # noqa: F401
        click.secho(question, dim=True)
        return str(click.prompt(name, default=default, show_default=bool(default), value_proc=checked))

    def check_id(self, name: str, former: Collection[str] = ()) -> None:
        """Raise AuthorError for what is no id, or is or was one; its own `former` ones a record may have again."""
        if wrong := field_problems(Source, "id", name):
            raise AuthorError("; ".join(wrong))
        taken = {*self.library.entries, *self.library.broken, *self.library.published}
        if name in taken.difference(former):
            raise AuthorError(f'"{name}" names a record already, or did once; an id is never reused')

    def find_hits(self, words: str, source: str | None = None) -> list[Hit]:
        """Return every place where the words are found, in one source or in all; at least one."""
        if not words.strip():
            raise AuthorError("no words are given; give a few of the passage, in --words for a new record")
        if source is not None and source not in self.articles:
            raise AuthorError(f'no source "{source}" at hand{did_you_mean(source, self.articles)}')
        hits = search_articles([each for name, each in self.articles.items() if source in (None, name)], words)
        if not hits:
            lost = [each.id for each in self.library.of(Source) if each.id not in self.articles]
            unread = f"; the text of {listed(lost)} is not at hand" if lost else ""
            raise AuthorError(f"“{words}” is in no article, nor are all of these words in one sentence{unread}")
        return hits

    def records_at(self, hit: Hit) -> list[Record]:
        """Return the records with a passage in the sentence of a hit."""
        found = self.library.locations.items()
        names = [id for id, each in found if any(one.overlaps(hit.article.name, hit.sentence) for one in each)]
        return [self.library.entries[name].record for name in names]

    def find_hit(self, words: str, source: str | None = None) -> Hit:
        """Return the one place where the words are found. Raises AuthorError where there is none, or several."""
        hit, *others = self.find_hits(words, source)
        if others:
            places = (f"{say_place(each.article.name, each.paragraph)}: {each.words}" for each in (hit, *others))
            what = f"these words stand in {len(others) + 1} places; give more of them, or --source"
            raise AuthorError("\n".join((what, *islice(places, MOST_SHOWN))))
        return hit


def write_files(texts: Mapping[Path, str]) -> None:
    """Write every file or none: each is written beside its place, and moved there once all are.

    Raises AuthorError where one cannot be written.
    """
    drafts = {path: path.with_name(f".{path.name}.new") for path in texts}
    try:
        for path, draft in drafts.items():
            draft.write_bytes(texts[path].encode())
    except OSError as error:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        what = f"{error.filename}: cannot be written ({error.strerror}); nothing was changed"
        raise AuthorError(what) from None
    for path, draft in drafts.items():
        draft.replace(path)


def renew_files(texts: Mapping[Path, str], *, check: bool = False) -> int:
    """Write each file that does not hold its text; return how many. To `check`, only name them: exit code 1."""
    outdated = {path: text for path, text in texts.items() if not path.exists() or path.read_text("utf-8") != text}
    if check:
        what = f"is out of date; run python -m macros {click.get_current_context().info_name} and commit it"
        stop_at_problems(Problem(str(path), text=what) for path in outdated)
    write_files(outdated)
    return len(outdated)


def option_name(field: str) -> str:
    """Return the option that gives a field: `--as-of`."""
    return f"--{field.replace('_', '-').lower()}"


def say_place(source: str, place: Paragraph | Location) -> str:
    """Return where words stand, for an author: source, paragraph and section."""
    section = f", “{place.section}”" if place.section else ""
    return f"{source}, {place.role} {place.number}{section}"


def find_pages_with(pages: Mapping[str, Page], name: str) -> dict[str, list[str]]:
    """Return the pages that show a record, and those that cite it alone."""
    shown = [path for path, page in pages.items() if name in page.shown_ids]
    cited = [path for path, page in pages.items() if name in page.cited_ids - page.shown_ids]
    return {"shown on": shown, "cited on": cited}


def stop_at_problems(problems: Iterable[Problem], conclusion: str = "") -> None:
    """Print every problem and their number or the conclusion, and end with exit code 1, if there is any."""
    found = list(problems)
    for problem in found:
        click.echo(problem, err=True)
    if found:
        click.echo(conclusion or counted(len(found), "problem"), err=True)
        sys.exit(1)

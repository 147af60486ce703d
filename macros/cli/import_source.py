"""The command `new source`: a saved page or text file becomes a source, with what its head says of itself.

Nothing is guessed: what the head of a page does not say stays empty, for the
author to give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import click

from ..evidence.article import Article
from ..evidence.typography import LINE_BREAK, loose, plain_lines, unwrap
from ..library.yaml import encoding_problem
from ..problems import AuthorError, ProblemsFoundError, counted
from ..records.fields import MAX_ANCHOR_WORDS
from ..records.kinds import Source
from ..records.models import field_descriptions
from .new import add_record, explain_use, suggest_id
from .workspace import Workspace, require_options, stop_at_problems

ROLES = {"h1": "title", "figcaption": "caption"} | {f"h{level}": "heading" for level in range(2, 7)}
BLOCKS = {*ROLES, "p", "li", "blockquote", "div", "section", "td", "pre", "aside"}
UNREAD = {"script", "style", "noscript", "nav", "footer", "form", "svg", "template", "button"}
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "base", "col", "embed", "track"}
WHY = {
    "title": "The headline",
    "caption": "Describes a picture",
    "boilerplate": "Repeats words of the text",
}
NAMES = {
    "og:title": "title",
    "og:site_name": "publisher",
    "og:url": "URL",
    "article:published_time": "issued",
    "citation_publication_date": "issued",
}
AUTHORS = ("author", "article:author", "citation_author", "dc.creator")

# A word in the name of a body, which is not split as a person's is.
BODY = re.compile(
    r"\b(agency|association|board|bureau|centre|center|college|commission|committee|company|council|desk|editors?|"
    r"foundation|government|group|institute|magazine|ministry|news|office|post|press|radio|service|society|staff|"
    r"team|times|university)\b",
    re.IGNORECASE,
)


@click.command("source")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--id", help=field_descriptions(Source)["id"])
@click.option("--title", help="The title as printed.")
@click.option("--publisher", help="Who published it first.")
@click.option("--issued", help="When it was published, as exactly as is known; n.d. when nothing tells.")
@click.option("--url", "URL", help="A verified https address.")
@click.option("--type", "type", default="article-newspaper", show_default=True, help="The CSL-JSON type.")
@click.pass_obj
def new_source_command(
    workspace: Workspace, /, file: Path, id: str | None, type: str, **given: str | None
) -> None:
    """Add a source from a saved page or text FILE: its text to the folder of the texts, its record to the data."""
    stop_at_problems(workspace.library.unread, "Nothing was written.")
    found = read_import(file)
    described = field_descriptions(Source)
    fields: dict[str, Any] = {
        name: workspace.ask(name, described[name], given[name], found.known.get(name, ""))
        for name in ("title", "publisher", "issued", "URL")
    }
    require_options(fields, ("title", "publisher", "issued"))
    fields["issued"] = fields["issued"].removeprefix("n.d.")
    suggested = suggest_id([], [fields["title"]], workspace.library.entries)
    name = workspace.ask("id", described["id"], id, suggested)
    text = workspace.texts / f"{name}.txt"
    is_new = text.resolve() != file.resolve()
    if is_new and text.exists():
        raise click.ClickException(f"{text} exists already; give another --id")
    fields |= {
        "id": name,
        "type": type,
        "author": [split_name(name, body=name == fields["publisher"]) for name in found.authors],
        "accessed": date.today().isoformat() if fields["URL"] else "",
        "language": found.known.get("language", "en"),
        "text": text.name,
        "sha256": Article(name, found.text).sha256,
        "furniture": found.furniture,
    }
    try:
        if is_new:
            text.parent.mkdir(parents=True, exist_ok=True)
            text.write_bytes(found.text.encode())
        add_record(workspace, Source, {each: fields[each] for each in Source.model_fields if fields.get(each)})
    except BaseException:
        if is_new:  # a refused source leaves nothing behind
            text.unlink(missing_ok=True)
        raise
    explain_use(workspace, Source, name, [])
    click.echo(
        f"  {counted(len(found.paragraphs), 'paragraph')} in {text}; a page is its home with home_of: [{name}]"
    )


@dataclass
class ImportedText:
    """A source's text as it is kept, its paragraphs, which of them are not prose, and what its head says of it.

    What is known has CSL-JSON's names.
    """

    text: str = ""
    paragraphs: list[str] = field(default_factory=list)
    furniture: list[dict[str, str]] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)

    def declare(self, words: str, role: str) -> None:
        """Declare a paragraph not to be prose; a heading needs no reason."""
        why = {"why": WHY[role]} if role in WHY else {}
        self.furniture.append({"starts": _start(words), "role": role} | why)


def read_import(path: Path) -> ImportedText:
    """Read the paragraphs of a saved page, or a text file as it is.

    Raises ProblemsFoundError for what is not UTF-8, and AuthorError for what holds no text.
    """
    raw = path.read_bytes()
    try:
        written = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemsFoundError([encoding_problem(raw, str(path), error)]) from None
    text = plain_lines(written)
    if path.suffix.lower() in (".html", ".htm", ".xhtml"):
        reader = _Reader(whole="<article" not in text)
        reader.feed(text)
        reader.close()
        found = reader.finish()
        found.text = "\n\n".join(found.paragraphs) + "\n"
    else:
        found = ImportedText(written)
        found.paragraphs = [line.strip() for line in unwrap(text).split("\n") if line.strip()]
        found.known["title"] = "".join(found.paragraphs[:1])
        found.declare(found.known["title"], "title")
    if not found.paragraphs:
        raise AuthorError(f"{path} holds no paragraph of text")
    return found


def _start(words: str) -> str:
    return " ".join(words.split()[:MAX_ANCHOR_WORDS])


def split_name(name: str, *, body: bool = False) -> dict[str, str]:
    """Return a name as CSL-JSON has it: that of a body whole, a person's with the family name apart."""
    if body or BODY.search(name):
        return {"literal": name}
    family, comma, given = name.partition(", ")
    if not comma and (parts := re.fullmatch(r"(.+?) ((?:[a-z]\S* )*\S+)", name)):  # as in Ana de la Cruz
        given, family = parts.groups()
    return {"family": family, "given": given} if given else {"family": family}


class _Reader(HTMLParser):
    """Parser that takes the paragraphs out of a page: of its article where it has one, else of its body."""

    def __init__(self, whole: bool) -> None:
        super().__init__()
        self.found = ImportedText()
        self.open: list[str] = []
        self.words = ""
        self.role = ""
        self.beside: list[tuple[int, str]] = []
        self.whole = whole

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        match tag:
            case "html":
                self._note("language", given.get("lang", ""))
            case "meta":
                name, value = given.get("property") or given.get("name") or "", given.get("content", "")
                self._note(NAMES.get(name, ""), value)
                if name.lower() in AUTHORS:
                    self._add_authors(value)
            case "link" if given.get("rel") == "canonical":
                self._note("URL", given.get("href", ""))
            case "br" if not self.words.endswith(LINE_BREAK):
                self.words += LINE_BREAK
            case "br":  # the second of two, which part paragraphs
                self._end_paragraph()
        if tag in BLOCKS:
            self._end_paragraph()
            self.role = ROLES.get(tag, "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_paragraph()
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        inside = {"article", "aside"} & {*self.open} or (self.whole and "body" in self.open)
        if inside and not UNREAD & {*self.open}:
            self.words += data

    def _note(self, name: str, value: str) -> None:
        if name == "issued":
            value = "".join(re.findall(r"^\d{4}-\d{2}-\d{2}", value.replace("/", "-")))
        if name == "URL" and not value.startswith(("https://", "http://")):
            return
        if name and value.strip():
            self.found.known.setdefault(name, value.strip())

    def _add_authors(self, names: str) -> None:
        """Add authors that a tag names; what says the same in another order, or is an address, adds none."""
        for name in re.split(r"\s*;\s*", re.sub(r"^by\s+", "", names.strip(), flags=re.IGNORECASE)):
            known = [sorted(loose(each).split()) for each in self.found.authors]
            if name and "://" not in name and sorted(loose(name).split()) not in known:
                self.found.authors.append(name)

    def _end_paragraph(self) -> None:
        lines = (" ".join(line.split()) for line in self.words.split(LINE_BREAK))
        words = LINE_BREAK.join(line for line in lines if line)
        if words and "aside" in self.open:
            self.beside.append((len(self.found.paragraphs), words))
        elif words:
            self.found.paragraphs.append(words)
            if self.role == "caption" or (self.role and words == _start(words)):  # a heading by all of its words
                self.found.declare(words, self.role)
            if self.role == "title":
                self._note("title", words)
        self.words, self.role = "", ""

    def finish(self) -> ImportedText:
        """Return what was found, with those of the texts beside the article that repeat words of it.

        A link to those words would stop at the first place on the page.
        """
        self._end_paragraph()
        words = loose("\n".join(self.found.paragraphs))
        for place, text in reversed(self.beside):
            if loose(text) in words:
                self.found.paragraphs.insert(place, text)
                self.found.declare(text, "boilerplate")
        return self.found

"""The command `new source`: a saved page or text file becomes a source, with what its head says of itself.

Nothing is guessed: what the head of a page does not say stays empty, for the
author to give.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import click

from ..evidence.article import Article
from ..evidence.typography import LINE_BREAK, loose, plain_lines, unwrap
from ..library.yaml import decode_utf8
from ..problems import AuthorError, counted
from ..records.fields import MAX_ANCHOR_WORDS
from ..records.kinds import Source
from ..records.models import field_descriptions
from .new import add_record, ask_id, explain_use
from .workspace import Workspace, require_options, stop_at_problems

ROLES = {"h1": "title", "figcaption": "caption", "aside": "boilerplate"}
ROLES |= {f"h{level}": "heading" for level in range(2, 7)}
BLOCKS = {*ROLES, "p", "li", "blockquote", "div", "section", "td", "pre"}
UNREAD = {"title", "script", "style", "noscript", "nav", "footer", "form", "svg", "template", "button"}
WHY = {
    "title": "The headline",
    "byline": "Names the author",
    "caption": "Describes a picture",
    "boilerplate": "Repeats words of the text",
}
# What is known by what a page's head says, by its name there, and the form of what is taken.
KNOWN = {
    "og:title": ("title", ".+"),
    "og:site_name": ("publisher", ".+"),
    "og:url": ("URL", "https?://.+"),
    "canonical": ("URL", "https?://.+"),
    "article:published_time": ("issued", r"\d{4}-\d{2}-\d{2}"),
    "citation_publication_date": ("issued", r"\d{4}[-/]\d{2}[-/]\d{2}"),
    "lang": ("language", ".+"),
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
    text, found = read_import(file)
    described = field_descriptions(Source)
    fields: dict[str, Any] = {
        name: workspace.ask(name, described[name], given[name], found.known.get(name, ""))
        for name in ("title", "publisher", "issued", "URL")
    }
    require_options(fields, ("title", "publisher", "issued"))
    fields["issued"] = fields["issued"].removeprefix("n.d.")
    name = ask_id(workspace, id, [], [fields["title"]])
    kept = workspace.texts / f"{name}.txt"
    is_new = kept.resolve() != file.resolve()
    if is_new and kept.exists():
        raise click.ClickException(f"{kept} exists already; give another --id")
    fields |= {
        "id": name,
        "type": type,
        "author": [split_name(name, body=name == fields["publisher"]) for name in found.authors.values()],
        "accessed": date.today().isoformat() if fields["URL"] else "",
        "language": found.known.get("language", "en"),
        "text": kept.name,
        "sha256": Article(name, text).sha256,
        "furniture": [*found.furniture()],
    }
    try:
        if is_new:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(text.encode())
        add_record(workspace, Source, {each: fields[each] for each in Source.model_fields if fields.get(each)})
    except BaseException:
        if is_new:  # a refused source leaves nothing behind
            kept.unlink(missing_ok=True)
        raise
    explain_use(workspace, Source, name, [])
    click.echo(
        f"  {counted(len(found.paragraphs), 'paragraph')} in {kept}; a page is its home with home_of: [{name}]"
    )


@dataclass
class ImportedText:
    """A source's paragraphs, each with its role, empty for prose; and what its head says, by CSL-JSON's names."""

    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    authors: dict[tuple[str, ...], str] = field(default_factory=dict)
    """By their words in one order, so that none is added twice."""

    def furniture(self) -> Iterator[dict[str, str]]:
        """Yield what declares a paragraph not to be prose; a title or heading is declared by all of its words."""
        for words, known in self.paragraphs:
            role = "byline" if words.removeprefix("By ") in self.authors.values() else known
            starts = " ".join(words.split()[:MAX_ANCHOR_WORDS])
            if role and (starts == words or role not in ("title", "heading")):
                yield {"starts": starts, "role": role} | ({"why": WHY[role]} if role in WHY else {})


def read_import(path: Path) -> tuple[str, ImportedText]:
    """Return the text to keep of a saved page, or of a text file as it is, and what is known of it.

    Raises ProblemsFoundError for what is not UTF-8, and AuthorError for what holds no text.
    """
    text = decode_utf8(path.read_bytes(), str(path))
    if path.suffix.lower() in (".html", ".htm", ".xhtml"):
        found = _read_page(plain_lines(text))
        text = "".join(f"{words}\n\n" for words, _ in found.paragraphs)[:-1]
    else:
        lines = filter(None, map(str.strip, unwrap(plain_lines(text)).split("\n")))
        found = ImportedText([(line, "" if number else "title") for number, line in enumerate(lines)])
    if not found.paragraphs:
        raise AuthorError(f"{path} holds no paragraph of text")
    titles = [words for words, role in found.paragraphs if role == "title"]
    return text, replace(found, known={"title": titles[0], **found.known} if titles else found.known)


def split_name(name: str, *, body: bool = False) -> dict[str, str]:
    """Return a name as CSL-JSON has it: that of a body whole, a person's with the family name apart."""
    if body or BODY.search(name):
        return {"literal": name}
    family, comma, given = name.partition(", ")
    if not comma:
        words = name.split()
        start = len(words) - 1
        while start > 1 and words[start - 1][0].islower():  # as in Ana de la Cruz
            start -= 1
        given, family = " ".join(words[:start]), " ".join(words[start:])
    return {"family": family, "given": given} if given else {"family": family}


def _read_page(html: str) -> ImportedText:
    """Read the paragraphs of a page, and the texts beside its article that repeat words of it.

    A link to those words would stop at the first place on the page.
    """
    reader = _Reader(whole="<article" not in html)
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    found = reader.found
    told = loose("\n".join(words for words, role in found.paragraphs if role != "boilerplate"))
    found.paragraphs = [each for each in found.paragraphs if each[1] != "boilerplate" or loose(each[0]) in told]
    return found


class _Reader(HTMLParser):
    """Parser that takes the paragraphs out of a page: those of its article and its asides, or all of them."""

    def __init__(self, whole: bool) -> None:
        super().__init__()
        self.whole = whole
        self.found = ImportedText()
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note("lang" if tag == "html" else "", given.get("lang", ""))
        self._note(given.get("property") or given.get("name") or "", given.get("content", ""))
        self._note(given.get("rel", ""), given.get("href", ""))
        if tag == "br":
            self.words += LINE_BREAK
        if tag in BLOCKS:
            self.end_paragraph()
        self.open.append(tag)  # one that is never closed ends with what holds it

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_paragraph()
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if (self.whole or {"article", "aside"} & {*self.open}) and not UNREAD & {*self.open}:
            self.words += data

    def end_paragraph(self) -> None:
        """Take the words so far for a paragraph, or for several, where two line breaks part them."""
        role = next((ROLES[tag] for tag in self.open if tag in ROLES), "")
        for part in re.split(rf"{LINE_BREAK}\s*{LINE_BREAK}", self.words):
            lines = (" ".join(line.split()) for line in part.split(LINE_BREAK))
            if words := LINE_BREAK.join(filter(None, lines)):
                self.found.paragraphs.append((words, role))
        self.words = ""

    def _note(self, name: str, said: str) -> None:
        """Note what the head says; of authors all, but none who is an address or known in another order."""
        if name.lower() in AUTHORS:
            for author in map(str.strip, re.sub(r"^by\s", "", said.strip(), flags=re.IGNORECASE).split(";")):
                if author and "://" not in author:
                    self.found.authors.setdefault(tuple(sorted(loose(author).split())), author)
        elif name in KNOWN:
            field, form = KNOWN[name]
            if found := re.match(form, said.strip()):
                self.found.known.setdefault(field, found[0].replace("/", "-") if field == "issued" else found[0])

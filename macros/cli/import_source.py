"""The command `new source`: a saved page or text file becomes a source, with what its head says of itself.

Nothing is guessed: what the head of a page does not say stays empty, for the
author to give.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import click

from ..evidence.article import Article
from ..evidence.figures import loose
from ..evidence.typography import LINE_BREAK, plain_lines, unwrap
from ..problems import counted
from ..records.fields import MAX_ANCHOR_WORDS
from ..records.kinds import Source
from ..records.models import field_descriptions
from .new import add_record, explain_use, suggest_id
from .workspace import Workspace, require_options

BLOCKS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "blockquote",
    "figcaption",
    "div",
    "section",
    "td",
    "pre",
    "aside",
}
UNREAD = {"script", "style", "noscript", "nav", "footer", "form", "svg", "template", "button"}
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "base", "col", "embed", "track"}
ROLES = {"h1": "title", "figcaption": "caption"} | {f"h{level}": "heading" for level in range(2, 7)}
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
    found = _read_source(file)
    described = field_descriptions(Source)
    fields: dict[str, Any] = {
        name: workspace.ask(name, described[name], given[name], found.known.get(name, ""))
        for name in ("title", "publisher", "issued", "URL")
    }
    require_options(fields, ("title", "publisher", "issued"))
    fields["issued"] = fields["issued"].removeprefix("n.d.")
    name = workspace.ask("id", described["id"], id, suggest_id([], [fields["title"]], workspace.library.entries))
    text = workspace.texts / f"{name}.txt"
    stored = _store_text(text, file, found)
    fields |= {
        "id": name,
        "type": type,
        "author": [split_name(name, body=name == fields["publisher"]) for name in found.authors],
        "accessed": date.today().isoformat() if fields["URL"] else "",
        "language": found.known.get("language", "en"),
        "text": text.name,
        "sha256": Article(name, text.read_bytes().decode("utf-8")).sha256,
        "furniture": found.furniture,
    }
    try:
        add_record(workspace, Source, {each: fields[each] for each in Source.model_fields if fields.get(each)})
    except BaseException:
        if stored:  # a refused source leaves nothing behind
            text.unlink()
        raise
    explain_use(workspace, Source, name, [])
    click.echo(
        f"  {counted(len(found.paragraphs), 'paragraph')} in {text}; a page is its home with home_of: [{name}]"
    )


def _read_source(file: Path) -> ImportedText:
    try:
        found = read_import(file)
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is not UTF-8; save it as UTF-8") from None
    if not found.paragraphs:
        raise click.ClickException(f"{file} holds no paragraph of text")
    return found


def _store_text(path: Path, file: Path, found: ImportedText) -> bool:
    """Write the text of a source where the texts are: a text file as it is, a page as its paragraphs.

    Return False for a file that stands there already.
    """
    if path.resolve() == file.resolve():
        return False
    if path.exists():
        raise click.ClickException(f"{path} exists already; give another --id")
    path.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix.lower() == ".txt":
        shutil.copyfile(file, path)
    else:
        path.write_text(found.text, encoding="utf-8")
    return True


@dataclass
class ImportedText:
    """The paragraphs of a source, which of them are not prose, and what is known of it, in CSL-JSON's names."""

    paragraphs: list[str] = field(default_factory=list)
    furniture: list[dict[str, str]] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs) + "\n"


def read_import(path: Path) -> ImportedText:
    """Read a saved page, or a text file as it is. Raises UnicodeDecodeError for what is not UTF-8."""
    text = plain_lines(path.read_bytes().decode("utf-8"))
    if path.suffix.lower() not in (".html", ".htm", ".xhtml"):
        paragraphs = [line.strip() for line in unwrap(text).split("\n") if line.strip()]
        title = paragraphs[0] if paragraphs else ""
        return ImportedText(paragraphs, [_furniture(title, "title")], {"title": title})
    reader = _Reader(whole="<article" not in text)
    reader.feed(text)
    reader.close()
    return reader.finish()


def _furniture(words: str, role: str) -> dict[str, str]:
    """Return the entry that declares a paragraph not to be prose; a heading needs no reason."""
    reasons = {
        "title": "The headline",
        "caption": "Describes a picture",
        "boilerplate": "Repeats words of the text",
    }
    why = reasons.get(role)
    return {"starts": _start(words), "role": role} | ({"why": why} if why else {})


def _start(words: str) -> str:
    return " ".join(words.split()[:MAX_ANCHOR_WORDS])


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold()))


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
        if tag == "html" and given.get("lang"):
            self.found.known["language"] = given["lang"]
        if tag == "meta":
            name, value = given.get("property") or given.get("name") or "", given.get("content", "")
            self._note(NAMES.get(name), value)
            if name.lower() in AUTHORS:
                self._add_authors(value)
        if tag == "link" and given.get("rel") == "canonical":
            self._note("URL", given.get("href", ""))
        if tag in BLOCKS:
            self._end_paragraph()
            self.role = ROLES.get(tag, "")
        if tag == "br" and self.words.endswith(LINE_BREAK):  # two of them part paragraphs
            self._end_paragraph()
        elif tag == "br":
            self.words += LINE_BREAK
        elif tag not in VOID:
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

    def _note(self, name: str | None, value: str) -> None:
        if name == "issued":
            value = "".join(re.findall(r"^\d{4}-\d{2}-\d{2}", value.replace("/", "-")))
        if name == "URL" and not value.startswith(("https://", "http://")):
            return
        if name and value.strip():
            self.found.known.setdefault(name, value.strip())

    def _add_authors(self, names: str) -> None:
        """Add authors that a tag names; what says the same in another order, or is an address, adds none."""
        known = {_words(name) for name in self.found.authors}
        for name in re.split(r"\s*;\s*", re.sub(r"^by\s+", "", names.strip(), flags=re.IGNORECASE)):
            if name and "://" not in name and _words(name) not in known:
                self.found.authors.append(name)

    def _end_paragraph(self) -> None:
        lines = (" ".join(line.split()) for line in self.words.split(LINE_BREAK))
        words = LINE_BREAK.join(line for line in lines if line)
        if words and "aside" in self.open:
            self.beside.append((len(self.found.paragraphs), words))
        elif words:
            self.found.paragraphs.append(words)
            whole = self.role in ("title", "heading")  # declared by all of its words, if they are not too many
            if self.role and not (whole and words != _start(words)):
                self.found.furniture.append(_furniture(words, self.role))
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
                self.found.furniture.append(_furniture(text, "boilerplate"))
        return self.found

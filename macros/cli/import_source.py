"""The command `new source`: a saved page or text file becomes a source, with what it says of itself.

Nothing is guessed: what neither the head of a page nor its JSON-LD says stays empty, for the author to give.
"""

import json
import re
from collections.abc import Iterator, Set
from contextlib import suppress
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import click
from selectolax.lexbor import LexborHTMLParser

from ..evidence.article import LINE_BREAK, NO_WIDTH, Article, plain_lines, unwrap
from ..evidence.typography import loose
from ..library.yaml import decode_utf8, parse_yaml
from ..pages.front_matter import FRONT_MATTER
from ..problems import AuthorError, counted
from ..records.fields import LANGUAGE_PATTERN, MAX_ANCHOR_WORDS
from ..records.kinds import Source
from .new import add_record, ask_fields, ask_id, field_options, in_order, to_go_on
from .workspace import Workspace

ROLES = {f"h{level}": "heading" for level in range(2, 7)}
ROLES |= {"h1": "title", "figcaption": "caption", "aside": "boilerplate"}
# What browsers set apart.
APART = "address article blockquote caption center dd details dialog div dt fieldset figure header hr legend li"
BLOCKS = {*ROLES, *APART.split(), "main", "p", "pre", "section", "summary", "td", "th"}
UNREAD = "audio button canvas footer form nav noscript rp rt script select style svg template textarea title video"
# Where the article stands: in the first of these that a page has, and in asides.
ARTICLE = ("article:has(h1)", "main", "article", "body")
# What no reader sees; what is hidden until-found, a search opens.
HIDDEN = "[hidden]:not([hidden=until-found]), dialog:not([open])"
HIDDEN += ", body [style*='display:none' i], body [style*='display: none' i]"
NOTE = 'sup > a[href*="#"], a[href*="#"]:has(> sup)'  # the number of a footnote
# What is known by what a page's head or JSON-LD says: its names there, and the form of what is taken.
KNOWN = {
    "title": ("og:title headline", ".+"),
    "publisher": ("og:site_name publisher", ".+"),
    "URL": ("og:url canonical", "https?://.+"),
    "issued": ("article:published_time citation_publication_date datePublished", r"\d{4}([-/])\d\d\1\d\d"),
    "language": ("lang inLanguage", LANGUAGE_PATTERN),
}
FAMILY_FIRST = re.compile("[\u3041-\u3096\u3400-\u9fff\uac00-\ud7a3]")  # kana, ideographs, Hangul
AUTHORS = ("author", "article:author", "citation_author", "dc.creator")

# A word in the name of a body, which is not split as a person's is.
BODY = re.compile(
    r"^the |\b(agen(?:ce|cy|cia|tur)|association|bank|board|bureau|centre|center|college|commission|committee|"
    r"company|contributors?|council|department|desk|editors?|for|foundation|government|group|institute|international|"
    r"magazine|ministry|monitoring|nations|news|of|office|organi[sz]ation|post|press|radio|r[eé]da[ckçz]\w+|reuters|"
    r"service|society|staff|team|times|union|university|watch|without)\b|(?-i:^(?:[A-Z]{2,5}|dpa)$)",
    re.IGNORECASE,
)
# What stands before an author, between two, and after one; what is no part of a name.
BY = re.compile(r"^(?:(?i:(?:\w+ )?by|por|par|text:|tekst:)|Von(?=(?:\s[^\s,]+){2}(?:$|,|\sund\s)))\s+")
AND = re.compile(r"(?:^|,?\s+)(?:and|avec|mit|with|&)\s+|\s+(?:und|et|y|e|i|och|og|en|и)\s+(?=[^\s,]+\s)")
COMMA = re.compile(r",\s+(?!(?:Jr|Sr|III?|IV)\b)")
TITLE = r"\b(?:Dr|Prof|Sir)\b\.? (?=[A-Z])|,? \b[MP]h?\.?D\b\.?(?=$|[,;/|]| and )"
UNNAMED = re.compile(rf",? ?\bhttps?://\S+| ?<[^<>]*>|{TITLE}")
SUFFIX = re.compile(r",?\s+((?:Jr|Sr|III?|IV)\b\.?)(?=,|$)")

# What other programs write: PDF, RTF, an archive, a page with its pictures in one file.
OF_PROGRAMS = re.compile(rb"\A(?:%PDF|\{\\rtf)|\0|\A[\w-]+: [\s\S]{0,2000}^MIME-Version:", re.MULTILINE)
MARKUP = re.compile(r"\s*<(?:!doctype html|html|\?xml|!--)", re.IGNORECASE)


@click.command("source", params=field_options(Source))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def new_source_command(workspace: Workspace, /, file: Path, **given: str | None) -> None:
    """Add a source from a saved page or text FILE: its text to the folder of the texts, its record to the data."""
    text, page = read_import(file)
    workspace.begin_data()  # an explainer begins with its first source
    with to_go_on(given, str(file)):
        answers = ask_fields(workspace, Source, given, page.known)
        bodies, names = {answers["publisher"], *page.bodies}, dict[str, Any]()
        for field, known in (("author", page.authors.values()), ("editor", ())):
            names[field] = answers.get(field, "")
            if isinstance(names[field], str):  # else it was given as YAML
                named = [*split_authors(names[field])] or known
                names[field] = [split_name(name, body=name in bodies) for name in named]
        name = ask_id(workspace, given["id"], [], [answers["title"]])
        kept = workspace.texts / f"{name}.txt"
        if kept.exists() and kept.resolve() != file.resolve():
            raise AuthorError(f"{kept} exists already; give another --id")
        authors = {*page.authors.values(), *split_authors(given["author"] or "")}
        fields = {
            "accessed": date.today().isoformat() if answers.get("URL") else "",
            **answers,
            **names,
            "id": name,
            "text": kept.name,
            "sha256": Article(name, text).sha256,
            "furniture": [*page.furniture(answers["title"], authors)],
        }
        add_record(workspace, Source, in_order(Source, fields), text)
    paragraphs = counted(len(page.paragraphs), "paragraph")
    click.echo(f"  {paragraphs} in {kept}; a page is its home with home_of: [{name}]")


def read_import(path: Path) -> tuple[str, "SavedPage"]:
    """Return the text to keep of a saved page, or of a text file as it is, and what is known of it.

    Raises ProblemsFoundError for what is not UTF-8, and AuthorError for what is or holds no text.
    """
    raw, name = path.read_bytes(), path.name.lower()
    if not raw.startswith((b"\xff\xfe", b"\xfe\xff")) and OF_PROGRAMS.search(raw):
        raise AuthorError(f"{path} is no text; save what it says as a web page (.html), or as text in UTF-8")
    front = FRONT_MATTER.match(raw) if name.endswith((".md", ".markdown")) else None
    told = parse_yaml(front[1], str(path)).data if front else None
    text = decode_utf8(raw[front.end() :] if front and isinstance(told, dict) else raw, str(path))
    if name.endswith((".html", ".htm", ".xhtml")) or MARKUP.match(plain_lines(text)):
        page = SavedPage(plain_lines(text))
        text = "".join(f"{words}\n\n" for words, _ in page.paragraphs)[:-1]
        titles = [words for words, role in page.paragraphs if role == "title"]
    else:
        page = SavedPage("")
        page.paragraphs = [(line.strip(), "") for line in unwrap(plain_lines(text)).split("\n") if line.strip()]
        titles = [str(told.get("title", ""))] if isinstance(told, dict) else []
        titles += [re.sub(r"^#+ ", "", line) for line, _ in page.paragraphs[:1]]
    if not page.paragraphs:
        raise AuthorError(f"{path} holds no paragraph of text")
    page.known.setdefault("title", next(filter(None, titles), ""))
    return text, page


def split_authors(said: str, *, turned: bool = False) -> Iterator[str]:
    """Yield each author that a text names; a comma parts names of two words, unless they may be `turned` round."""
    said = UNNAMED.sub("", " ".join(said.split()))
    for group in re.split(" ?[;|/•] ?", said):
        pieces = COMMA.split(BY.sub("", group))
        whole = turned or pieces[0][:1].islower() or BODY.search(pieces[0])
        apart = not whole and all(" " in each or BODY.search(each) for each in pieces)
        for piece in pieces if apart else [", ".join(pieces)]:
            names = [piece] if BODY.search(piece) else AND.split(piece)
            parted = COMMA if len(names) > 1 and "," not in names[-1] else re.compile(r"\s*\(.*\)$")
            yield from (each for name in names for each in parted.split(name) if each)


def split_name(name: str, *, body: bool = False) -> dict[str, str]:
    """Return a name as CSL-JSON has it: that of a body whole, a person's with the family name apart."""
    name = " ".join(name.split())
    if body or BODY.search(name):
        return {"literal": name}
    suffix = {"suffix": found[1]} if (found := SUFFIX.search(name)) else {}
    name = SUFFIX.sub("", name)
    turned = {"static-ordering": "true"} if FAMILY_FIRST.match(name) and "," not in name else {}
    family, comma, given = name.replace(" ", ", ", 1 if turned else 0).partition(", ")
    if not comma:
        words = name.split()
        start = len(words) - 1
        # as in Ana de la Cruz, José Ortega y Gasset
        while start > 1 and (words[start - 1][0].islower() or words[start] in ("y", "e", "i")):
            start -= 1
        given, family = " ".join(words[:start]), " ".join(words[start:])
    return ({"family": family, "given": given} if given else {"family": family}) | suffix | turned


class SavedPage:
    """The paragraphs of a page's article and asides, or of all of it, and what its head says, by CSL-JSON's names.

    Each paragraph has its role, empty for prose. Of texts beside the article those are taken that repeat words
    of it: a link to the words would stop at the first place on the page.
    """

    def __init__(self, html: str) -> None:
        self.known: dict[str, str] = {}
        self.bodies: set[str] = set()  # of the authors
        self.authors: dict[tuple[str, ...], str] = {}  # by their words in one order, so that none is added twice
        page = LexborHTMLParser(html)
        for each in page.css("html, meta, link"):
            given = {name: value or "" for name, value in each.attributes.items()}
            self._note("lang" if each.tag == "html" else "", given.get("lang", "").replace("_", "-"))
            self._note(given.get("property") or given.get("name") or "", given.get("content", ""))
            self._note(given.get("rel", ""), given.get("href", ""))
        for each in page.css("script[type='application/ld+json']"):
            with suppress(ValueError):
                self._note_linked(json.loads(each.text()))
        found = []
        for (_, role), texts in groupby(_texts(page), key=itemgetter(0, 1)):
            for part in re.split(rf"{LINE_BREAK}\s*{LINE_BREAK}", "".join(text for *_, text in texts)):
                lines = (" ".join(line.split()) for line in part.split(LINE_BREAK))
                if words := LINE_BREAK.join(filter(None, lines)):
                    found.append((words, role))
        told = loose("\n".join(words for words, role in found if role != "boilerplate"))
        self.paragraphs = [each for each in found if each[1] != "boilerplate" or loose(each[0]) in told]

    def furniture(self, title: str, authors: Set[str]) -> Iterator[dict[str, str]]:
        """Yield what declares a paragraph not to be prose; a title or heading is declared by all of its words."""
        for words, known in self.paragraphs:
            role = known or ("title" if loose(words) == loose(title) else "")
            named = {*split_authors(words)}
            role = "byline" if named and named <= authors else role
            starts = " ".join(words.split()[:MAX_ANCHOR_WORDS])
            if role and (starts == words or role not in ("title", "heading")):
                why = {} if role == "heading" else {"why": f"Only {role}, no prose"}
                yield {"starts": starts, "role": role, **why}

    def _note(self, name: str, said: str, is_body: bool = False) -> None:
        """Note what the page says; of authors all, but none who is an address or known in another order."""
        if name.lower() in AUTHORS:
            for author in [said] if is_body else split_authors(said, turned=name.lower() != "author"):
                self.authors.setdefault(tuple(sorted(loose(author).split())), author)
            self.bodies |= {said} if is_body else set()
        for field, (names, form) in KNOWN.items():
            if name in names.split() and (found := re.match(form, said.strip())):
                self.known.setdefault(field, found[0].replace("/", "-") if field == "issued" else found[0])

    def _note_linked(self, data: object) -> None:
        """Note what JSON-LD says of an article, wherever it stands in it."""
        for node in _nodes(data):
            self._note_linked(node.get("@graph"))
            for name, value in node.items() if "headline" in node else ():
                for each in _nodes(value):
                    self._note(name, str(each.get("name", "")), "Person" not in str(each.get("@type", "Person")))


def _nodes(value: object) -> list[dict[str, Any]]:
    """Return what JSON-LD gives for a property, one or several, each as a node; a text is the name of one."""
    values = value if isinstance(value, list) else [value]
    return [each if isinstance(each, dict) else {"name": each} for each in values if each]


def _texts(page: LexborHTMLParser) -> Iterator[tuple[int, str, str]]:
    """Yield each text to read, after the block that holds it and its role."""
    page.strip_tags(UNREAD.split())
    for node in page.css(f"{HIDDEN}, {NOTE}"):
        node.replace_with(NO_WIDTH if node.css_matches(NOTE) else "")
    # Of each element: its block, its role, whether it is read.
    around = {0: (0, "", False)}
    within = next(filter(None, map(page.css, ARTICLE)), [])
    roots = {each.mem_id for each in (*within, *page.css("aside"))}
    for node in page.root.traverse(include_text=True) if page.root else ():
        block, role, read = around[node.parent.mem_id if node.parent and node.parent.mem_id in around else 0]
        if node.is_text_node or node.tag == "br":
            if read:
                yield block, role, LINE_BREAK if node.tag == "br" else str(node.text_content)
            continue
        tag = str(node.tag)
        if tag in BLOCKS:
            block = node.mem_id
            yield block, "", ""  # an empty one, such as a line, parts what is beside it
        around[node.mem_id] = block, role or ROLES.get(tag, ""), read or node.mem_id in roots

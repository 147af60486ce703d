"""Where the output of a macro goes: a mark in a page's Markdown, and the output in place of the mark in its HTML.

A mark is a private character of Unicode, which Markdown hands on wherever it stands: in a heading, a list, code.
No slug keeps it, so the address of a heading does not hang on what a macro says.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from unicodedata import category, normalize

from markdown.extensions.toc import slugify
from markupsafe import Markup, escape

from ..pages.syntax_mistakes import VOID
from ..problems import find_line
from .rendering import Block

FIRST = 0xF0000  # of the private characters, of which there are more than a page has outputs
MARK = re.compile(f"[{chr(FIRST)}-{chr(0x10FFFD)}]")

PIECE = re.compile(
    rf"(?P<aside><!--.*?(?:-->|\Z))|(?P<tag><(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^\"'<>])*>)|{MARK.pattern}",
    re.DOTALL,
)
LINKING = re.compile(
    rf"\b(?:href|src|srcset|poster|data|action)\s*=\s*(?:\"[^\"]*|'[^']*|[^\s\"']*?){MARK.pattern}"
)
ANCHOR = re.compile(r' id="([^"]+)"')  # as our templates write it; no text holds such a mark unescaped
LINK = re.compile(r"""<a(?:rea)?\s[^<>]*?\bhref\s*=\s*["']?([^"'\s>]*)#([^"'\s>]+)""", re.IGNORECASE)
ID = re.compile(r"""\sid\s*=\s*["']?([^\s"'>]+)""")
# How the ids start that the page itself needs: no slug and no record's id holds two hyphens in a row.
OWN_IDS = "xp--"
EMPTY = re.compile(r"<p\b[^<>]*>\s*</p>")

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
CODE = {"code", "pre", "script", "style", "textarea"}
# Elements that hold words, and no block.
PHRASES = {
    *(*HEADINGS, "a", "abbr", "b", "button", "cite", "del", "em", "i", "ins", "kbd", "label", "mark", "q", "s"),
    *("small", "span", "strong", "sub", "summary", "sup", "time", "u"),
}

REMEDIES = {
    "the address of a link": "write the address out",
    "a comment": "write the comment between {## and ##}, where nothing runs",
    "code": "start its line at the margin, or put {% raw %} and {% endraw %} round the code",
}


@dataclass(frozen=True)
class Output:
    """What a macro gave, and its call; a box that tells a mistake has no name."""

    markup: Markup
    line: int
    macro: str

    @property
    def is_value(self) -> bool:
        """Whether it is words alone, which may stand in a heading, a link or a title."""
        return not isinstance(self.markup, Block) and "<a " not in self.markup


class Placeholders:
    """The outputs of one page's macros; `report` is told what stands where it cannot, and in which line."""

    def __init__(self, report: Callable[[str, int], object]) -> None:
        self.report = report
        self.outputs: list[Output] = []
        self.ids = Counter[str]()  # that the page's author has given, or Markdown
        self.links = set[tuple[str, str]]()  # its author's to places: the address of a page, and an id there

    def mark(self, markup: Markup, line: int, macro: str) -> Markup:
        """Keep an output until Markdown has run; return what stands for it."""
        self.outputs.append(Output(type(markup)(refer_to_marks(markup)), line, macro))
        return Markup(chr(FIRST + len(self.outputs) - 1))

    @cached_property
    def anchors(self) -> Counter[str]:
        """The ids that the outputs carry."""
        return Counter(name for each in self.outputs for name in ANCHOR.findall(each.markup))

    def id_problems(self, source: str) -> Iterator[tuple[str, int]]:
        """Yield what is wrong with the ids of a page that has been placed, and in which line of its `source`."""
        another = 'give it another, as in "## Title {#another}"'
        for name, times in sorted((self.ids + self.anchors).items()):
            if name in self.ids and name.startswith(OWN_IDS):
                what = f'the id "{name}" starts as those do that every page needs itself; {another}'
                yield what, _find_id(source, name)
            elif times > 1 and name in self.ids:
                yield f'the id "{name}" stands twice on this page; {another}', _find_id(source, name)
            elif times > 1:
                yield f'"#{name}" is the address of two things that this page shows; show one elsewhere', 0

    def words(self, text: str, place: str = "a title") -> str:
        """Return a text, or HTML, with the words of the outputs in it; what is more than words is reported."""
        return MARK.sub(lambda match: escape(self._words_of(self._output_of(match), place)), text)

    def omit(self, text: str) -> str:
        """Return a text with an ellipsis in place of each output that may hold words, as prose is read."""
        return MARK.sub(lambda match: "" if self._output_of(match).macro in ("cite", "references") else "…", text)

    def place_inline(self, html: str) -> str:
        """Return HTML with the outputs that stand in a sentence, and the marks of blocks outside paragraphs."""
        open_: list[str] = []  # the names of the elements around a piece

        def replaced(piece: re.Match[str]) -> str:
            if piece["aside"]:  # what its author says to others is not published
                comment = MARK.sub(lambda match: self._refuse(self._output_of(match), "a comment"), piece[0])
                return comment if CODE & {*open_} else ""
            if not piece["tag"]:
                return self._place_mark(piece, open_)
            name = piece["name"].lower()
            if not piece["end"] and name not in VOID:
                open_.append(name)
            elif piece["end"] and name in open_:
                while open_.pop() != name:  # what stands open in it is closed, too
                    pass
            return self._place_in_tag(piece[0])

        return EMPTY.sub("", PIECE.sub(replaced, html))

    def place_blocks(self, html: str) -> str:
        return MARK.sub(lambda match: self._output_of(match).markup, html)

    def _place_in_tag(self, tag: str) -> str:
        """Return a tag with the words of outputs in its attributes, and count its id."""
        self.ids.update(ID.findall(tag)[:1])
        self.links.update(LINK.findall(tag))
        if not MARK.search(tag):
            return tag
        for match in LINKING.finditer(tag):
            self._refuse(self._output_of(match), "the address of a link")
        return self.words(tag, "an attribute")

    def _place_mark(self, match: re.Match[str], open_: list[str]) -> str:
        """Return what stands in place of a mark, among the elements that are open."""
        output, around = self._output_of(match), {*open_}
        if CODE & around:
            return str(escape(self._words_of(output, "code")))
        if HEADINGS & around or {"a", "button"} & around:
            place = "a heading" if HEADINGS & around else f"the text of a {'link' if 'a' in around else 'button'}"
            return output.markup if output.is_value else self._refuse(output, place)
        if not isinstance(output.markup, Block):
            return output.markup
        if PHRASES & around:
            return self._refuse(output, "the middle of a phrase")
        return f"</p>{match[0]}<p>" if open_[-1:] == ["p"] else match[0]

    def _words_of(self, output: Output, place: str) -> str:
        return output.markup.striptags() if output.is_value else self._refuse(output, place)

    def _refuse(self, output: Output, place: str) -> str:
        if output.macro:  # else it is a mistake that is told already
            otherwise = "give it lines of its own" if isinstance(output.markup, Block) else "put it into the text"
            self.report(f"{output.macro}() stands in {place}; {REMEDIES.get(place, otherwise)}", output.line)
        return ""

    def _output_of(self, match: re.Match[str]) -> Output:
        """Return the output of a mark; nothing, for one that the page's author typed."""
        number = ord(match[0][-1]) - FIRST
        return self.outputs[number] if number < len(self.outputs) else Output(Markup(""), 0, "")


def refer_to_marks(text: str) -> str:
    """Return a text with a reference in place of each private character, which somebody has typed."""
    return MARK.sub(lambda typed: f"&#{ord(typed[0])};", text)


def heading_id(words: str, separator: str) -> str:
    """Return the address of a heading: in plain letters, but in its own where it would lose some."""
    plain = slugify(words, separator)
    kept = (each for each in normalize("NFKC", words) if category(each)[0] in "LMN" or each in "_- ")
    whole = re.sub(rf"[{separator} ]+", separator, "".join(kept).strip().lower().replace("i\u0307", "i"))  # of İ
    return plain if len(plain) == len(whole) else whole


def _find_id(source: str, name: str) -> int:
    """Return the line of a page's source that gives an element this id: an attribute, or a heading's words."""
    given = find_line(rf"""#{re.escape(name)}[ }}]|\sid\s*=\s*["']?{re.escape(name)}(?![\w-])""", source)
    headings = (heading_id(line.lstrip("# "), "-") == name for line in source.splitlines())
    return given or next((number for number, found in enumerate(headings, 1) if found), 0)

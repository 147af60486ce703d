"""The text of a source: its paragraphs and sections, and what stands between quotation marks."""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from unicodedata import category, east_asian_width, normalize

from ..records.kinds import Source
from ..records.parts import Furniture
from ..records.word_boundaries import HIDDEN, NO_APOSTROPHE, is_unspaced
from .typography import FOLDS, Span, find_quotations, fold, marks_of, outermost, split_at_speaker

# What a line break within a paragraph of a saved page is kept as: a browser finds no words across one.
LINE_BREAK = "\u2028"
NO_WIDTH = "\u2060"  # in place of the number of a note
LINE_ENDS = re.compile(f"[\r\v\f\x85{LINE_BREAK}\u2029]")
LONGEST_WRAPPED_LINE = 100

PROSE = "paragraph"
MAX_BYTES = 10 * 1024 * 1024  # of a text

# Of a folded text: all but spaces and line ends, one space between words, the line end after a paragraph.
KEPT = re.compile(r"[^ \n]|(?<=[^ \n]) (?= *[^ \n])|(?<=[^ \n]) *\n")

# A hyphen joins two words into one; a dash between words does not.
JOINERS = "-‐‑"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `number` counts the paragraphs of its role, from 1."""

    span: Span
    number: int
    role: str
    section: str


class Article:
    """The text of one source: `raw` in its own characters, composed and unwrapped, and `text` folded.

    `origins` holds, for each folded character, the offset of its original in `raw`. `undeclared` holds
    the folded beginnings of the declared `furniture` that fit no paragraph.
    """

    def __init__(
        self, name: str, raw: str, furniture: Iterable[Furniture] = (), marks: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.marks = marks or marks_of("en")
        lines = plain_lines(raw)
        self.sha256 = hashlib.sha256(lines.encode()).hexdigest()
        self.raw = unwrap(normalize("NFC", lines))
        self._build_text()
        self._build_paragraphs(furniture)

    def _build_text(self) -> None:
        """Fold line by line, so that no passage runs from one paragraph into the next."""
        folded = [
            (sign, offset)
            for offset, original in enumerate(self.raw + "\n")
            for sign in (original if original == "\n" else original.translate(FOLDS))
        ]
        signs = "".join(sign for sign, _ in folded)
        kept = [match.end() - 1 for match in KEPT.finditer(signs)]
        self.text = "".join(signs[at] for at in kept)
        self.origins = [folded[at][1] for at in kept]

    def _build_paragraphs(self, furniture: Iterable[Furniture]) -> None:
        """Give each paragraph the role that its words declare: all of them, or the longest beginning that fits.

        A title or a heading declares whole paragraphs only, and so does what is all of another paragraph.
        """
        roles = {fold(item.starts): item.role for item in furniture}
        self.undeclared = {*roles}
        wholes = {*self.text.split("\n"), *(start for start in roles if roles[start] in ("title", "heading"))}
        self.paragraphs: list[Paragraph] = []
        section, numbers = "", Counter[str]()
        for match in re.finditer(r"[^\n]+", self.text):
            span, words = Span(*match.span()), match[0]
            begins = max(filter(words.startswith, roles.keys() - wholes), key=len, default="")
            start = words if words in roles else begins
            role = roles.get(start, PROSE)
            self.undeclared.discard(start)
            if role == "heading":
                section = self.original(span)
            numbers[role] += 1
            self.paragraphs.append(Paragraph(span, numbers[role], role, section))

    def paragraph(self, offset: int) -> Paragraph:
        """Return the paragraph that holds the folded character at `offset`."""
        return self.paragraphs[bisect_right(self.paragraphs, offset, key=lambda each: each.span.start) - 1]

    def near(self, offset: int) -> str:
        """Return the folded text from the second paragraph of prose before `offset` to the end of its own."""
        here = self.paragraph(offset)
        before = [each for each in self.paragraphs if each.role == PROSE and each.span < here.span]
        first = [*before[-2:], here][0]
        return self.text[first.span.start : here.span.end]

    def original(self, span: Span) -> str:
        """Return the original characters of a stretch of folded text that are seen, on one line."""
        found = self.raw[self.origins[span.start] : self.origins[span.end - 1] + 1]
        return HIDDEN.sub("", LINE_ENDS.sub(" ", found))

    @cached_property
    def quotations(self) -> list[Span]:
        """What stands between quotation marks, without the marks and what they enclose in turn, in order.

        Where the source names the speaker within the marks, each piece is one.
        """
        return [piece for span in outermost(self.all_quotations) for piece in split_at_speaker(self.printed, span)]

    @cached_property
    def all_quotations(self) -> list[Span]:
        """What stands between quotation marks, also within a quotation, without the marks."""
        return [
            Span(begins + start, begins + end)
            for begins, ends in (paragraph.span for paragraph in self.paragraphs)
            for start, end in find_quotations(
                self.printed[begins:ends], self.marks, self.printed[ends + 1 : ends + 2]
            )
        ]

    @cached_property
    def printed(self) -> str:
        """The text with its marks and dashes in their own shapes, at the offsets of the folded one."""
        return "".join(self.raw[at : at + 1] or "\n" for at in self.origins)

    def occurrences(self, words: str) -> Iterator[Span]:
        """Yield each place where the folded `words` stand as whole words."""
        start = self.text.find(words) if words else -1
        while start >= 0:
            span = Span(start, start + len(words))
            if not self.joins(span.start) and not self.joins(span.end):
                yield span
            start = self.text.find(words, start + 1)

    def joins(self, offset: int) -> bool:
        """Tell whether a word or a number runs on across the boundary before `offset`."""
        before, after = self.text[offset - 1], self.text[offset]  # before the first stands the last line end
        if category(after)[0] == "M":  # a vowel sign or an accent belongs to the letter before it
            return True
        if before.isspace() or after.isspace() or is_unspaced(before) or is_unspaced(after):
            return False
        one_word = _is_of_word(before) and _is_of_word(after)
        return one_word or self._bridges(offset - 1) or self._bridges(offset)

    def _bridges(self, offset: int) -> bool:
        """Tell whether the character at `offset` holds two halves of one word or number together."""
        before, here, after = (self.text[offset + step] for step in (-1, 0, 1))
        if here in ".,":
            return before.isdigit() and after.isdigit()
        if here == "-":
            here = self.raw[self.origins[offset]]
        joiners = JOINERS if NO_APOSTROPHE.match(after) else JOINERS + "'"
        return here in joiners and _is_of_word(before) and _is_of_word(after)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or category(character)[0] == "M"


def plain_lines(text: str) -> str:
    """Return a text with line ends LF and without a byte order mark; its fingerprint is of this."""
    return re.sub("\r\n?", "\n", text).removeprefix("\ufeff")


def unwrap(text: str) -> str:
    """Return a text without the line ends that only wrap a paragraph.

    A text is wrapped where no line is longer than 100 characters and empty lines part the paragraphs. A line of
    it goes on in the next if that starts with a small letter, if the next word would have made it longer than
    the longest line, or if it is long and ends without a mark. A space takes the place of the line end, but in
    a word with a hyphen, and in scripts without spaces.
    """
    margin = re.sub(r"(?m)^[^\S\n]+(?=\S)", "", text)  # of a text that is set in from it, or centred
    width = max(len(line.rstrip()) for line in margin.split("\n"))
    if width > LONGEST_WRAPPED_LINE or not re.search(r"\S[^\S\n]*\n[^\S\n]*\n\s*\S", text):
        return text

    def end(match: re.Match[str]) -> str:
        line, word = match[1], match[2]
        wraps = word[0].islower() or len(f"{line} {word}") > width
        wraps |= len(line) > 0.8 * width and (line[-1].isalnum() or line[-1] in ",;-")
        if not wraps:
            return match[0]
        parted = line[-1] in "-‐\u00ad" and line[-2:-1].isalpha() and word[0].islower()
        return line if parted or (_is_set_solid(line[-1]) and _is_set_solid(word[0])) else f"{line} "

    return re.sub(r"(?m)^(.*\S)[^\S\n]*\n(?=(\S+))", end, margin)


def _is_set_solid(sign: str) -> bool:
    """Tell whether a letter or a mark is of a script that puts no spaces between words."""
    return is_unspaced(sign) or (not sign.isalnum() and east_asian_width(sign) in "WF")


def read_articles(folder: Path, sources: Iterable[Source]) -> dict[str, Article]:
    """Read the texts of these sources that are in the folder; return them by the id of their source."""
    articles = {}
    for source in sources:
        path, marks = folder / source.text, marks_of(source.language, source.quotation_marks)
        if path.is_file() and path.stat().st_size <= MAX_BYTES:
            text = path.read_bytes().decode("utf-8", errors="replace")
            articles[source.id] = Article(source.id, text, source.furniture, marks)
    return articles

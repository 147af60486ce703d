"""The text of a source: its paragraphs, its sections, its quotations, and the normalisation before any comparison.

One normalisation is applied before anything is compared, and no other: curly
and straight quotation marks, the variants of the dash, the ellipsis and the
space fold into one form each, and runs of white space into one space. Letters,
capitals, digits and all other punctuation stay.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ..records.kinds import Source
from ..records.models import Furniture

FOLDS = str.maketrans(
    dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("‘’‚‛′", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000\t\r\n", " ")
    | {"…": "..."}
)
SPACES = re.compile(" +")

PROSE = "paragraph"

# A hyphen joins two words into one; a dash between words does not.
JOINERS = "-‐‑"


def fold(text: str) -> str:
    """Fold the quotation marks, dashes, ellipses and spaces of `text`, and nothing else."""
    return SPACES.sub(" ", text.translate(FOLDS)).strip()


class Span(NamedTuple):
    """A stretch of an article's folded text; `end` is exclusive."""

    start: int
    end: int


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `number` counts the paragraphs of its role, from 1."""

    span: Span
    number: int
    role: str
    section: str


class Article:
    """The text of one source: `raw` as it is, `text` folded.

    `origins` holds, for each folded character, the offset of its original in `raw`. `undeclared` holds
    the folded beginnings of the declared `furniture` that fit no paragraph.
    """

    def __init__(self, name: str, raw: str, furniture: Iterable[Furniture] = ()) -> None:
        self.name = name
        self.raw = raw
        self._build_text()
        self._build_paragraphs(list(furniture))

    @property
    def sha256(self) -> str:
        """The fingerprint of the whole text, as 64 hexadecimal digits."""
        return hashlib.sha256(self.raw.encode()).hexdigest()

    def _build_text(self) -> None:
        """Fold line by line, so that no passage runs from one paragraph into the next."""
        characters: list[str] = []
        self.origins: list[int] = []
        for line in re.finditer(r"[^\n]+", self.raw):
            for offset, original in enumerate(line.group(), line.start()):
                for character in original.translate(FOLDS):
                    if character == " " and (not characters or characters[-1] in " \n"):
                        continue
                    characters.append(character)
                    self.origins.append(offset)
            while characters and characters[-1] == " ":
                del characters[-1], self.origins[-1]
            if characters and characters[-1] != "\n":
                characters.append("\n")
                self.origins.append(line.end())
        self.text = "".join(characters)

    def _build_paragraphs(self, furniture: list[Furniture]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.undeclared = {fold(item.starts) for item in furniture}
        section, numbers = "", Counter[str]()
        for match in re.finditer(r"[^\n]+", self.text):
            span, words = Span(*match.span()), match.group()
            role = self._role(words, furniture)
            if role == "heading":
                section = self.original(span)
            numbers[role] += 1
            self.paragraphs.append(Paragraph(span, numbers[role], role, section))

    def _role(self, words: str, furniture: list[Furniture]) -> str:
        """Return the declared role of a paragraph; the longest declaration that fits decides."""
        role, longest = PROSE, ""
        for item in furniture:
            start = fold(item.starts)
            whole = item.role in ("title", "heading")
            if (words == start if whole else words.startswith(start)) and len(start) > len(longest):
                role, longest = item.role, start
        self.undeclared.discard(longest)
        return role

    def paragraph(self, offset: int) -> Paragraph:
        """Return the paragraph that holds the folded character at `offset`."""
        starts = [paragraph.span.start for paragraph in self.paragraphs]
        return self.paragraphs[bisect_right(starts, offset) - 1]

    def original(self, span: Span) -> str:
        """Return the original characters of a stretch of folded text."""
        return self.raw[self.origins[span.start] : self.origins[span.end - 1] + 1]

    @cached_property
    def quotations(self) -> list[Span]:
        """What stands between double quotation marks, without the marks, in reading order."""
        found = []
        for paragraph in self.paragraphs:
            opening = None
            for offset in range(*paragraph.span):
                mark = self.raw[self.origins[offset]]
                if mark == "“" or (mark == '"' and opening is None):
                    opening = offset + 1
                elif mark in '”"' and opening is not None:
                    found.append(Span(opening, offset))
                    opening = None
            if opening is not None:  # a quotation that goes on in the next paragraph is not closed in this one
                found.append(Span(opening, paragraph.span.end))
        return [span for span in found if span.end > span.start]

    @cached_property
    def inner_quotations(self) -> list[Span]:
        """What stands between single quotation marks, without the marks."""
        return [Span(*match.span(1)) for match in re.finditer(r"(?<!\w)'([^'\n]+)'(?!\w)", self.text)]

    def occurrences(self, words: str) -> Iterator[Span]:
        """Yield each place where the folded `words` stand as whole words."""
        start = self.text.find(words) if words else -1
        while start >= 0:
            span = Span(start, start + len(words))
            if not self._joins(span.start) and not self._joins(span.end):
                yield span
            start = self.text.find(words, start + 1)

    def _joins(self, offset: int) -> bool:
        """Tell whether a word or a number runs on across the boundary before `offset`."""
        if not 0 < offset < len(self.text):
            return False
        before, after = self.text[offset - 1], self.text[offset]
        if before.isalnum() and after.isalnum():
            return True
        return self._bridges(offset - 1) or self._bridges(offset)

    def _bridges(self, offset: int) -> bool:
        """Tell whether the character at `offset` holds two halves of one word or number together."""
        if not 0 < offset < len(self.text) - 1:
            return False
        before, here, after = (self.text[offset + step] for step in (-1, 0, 1))
        if here in ".,":
            return before.isdigit() and after.isdigit()
        if here == "-":
            here = self.raw[self.origins[offset]]
        return here in JOINERS + "'" and before.isalnum() and after.isalnum()

    def between(self, first: Span, second: Span) -> str:
        """Return the folded text from the end of one stretch to the start of the next."""
        return self.text[first.end : second.start]

    def adjacent(self, spans: list[Span]) -> bool:
        """Tell whether the quotations follow one another in one paragraph, with no other between them."""
        if not all(span in self.quotations for span in spans):
            return False
        places = [self.quotations.index(span) for span in spans]
        paragraphs = {self.paragraph(span.start) for span in spans}
        return len(paragraphs) == 1 and all(b == a + 1 for a, b in pairwise(places))


def read_articles(folder: Path, sources: Iterable[Source]) -> dict[str, Article]:
    """Read the texts of these sources that are in the folder; return them by the id of their source."""
    return {
        source.id: Article(source.id, path.read_text(encoding="utf-8", errors="replace"), source.furniture)
        for source in sources
        if (path := folder / source.text).is_file()
    }

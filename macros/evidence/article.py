"""The text of a source: its paragraphs and sections, and what stands between quotation marks."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path
from unicodedata import category, normalize

from ..records.fields import is_unspaced
from ..records.kinds import Source
from ..records.models import Furniture
from .typography import (
    FOLDS,
    LINE_BREAK,
    MARKS,
    Span,
    find_quotations,
    fold,
    marks_of,
    outermost,
    plain_lines,
    unwrap,
)

PROSE = "paragraph"

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
        self, name: str, raw: str, furniture: Iterable[Furniture] = (), marks: Mapping[str, str] = MARKS
    ) -> None:
        self.name = name
        self.marks = marks
        lines = plain_lines(raw)
        self.sha256 = hashlib.sha256(lines.encode()).hexdigest()
        self.raw = unwrap(normalize("NFC", lines))
        self._build_text()
        self._build_paragraphs(list(furniture))

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
        whole = self.undeclared & {*self.text.split("\n")}  # what is all of a paragraph declares none that goes on
        section, numbers = "", Counter[str]()
        for match in re.finditer(r"[^\n]+", self.text):
            span, words = Span(*match.span()), match.group()
            role = self._role(words, furniture, whole)
            if role == "heading":
                section = self.original(span)
            numbers[role] += 1
            self.paragraphs.append(Paragraph(span, numbers[role], role, section))

    def _role(self, words: str, furniture: list[Furniture], whole: set[str]) -> str:
        """Return the declared role of a paragraph; the longest declaration that fits decides."""
        role, longest = PROSE, ""
        for item in furniture:
            start = fold(item.starts)
            exactly = item.role in ("title", "heading") or start in whole
            if (words == start if exactly else words.startswith(start)) and len(start) > len(longest):
                role, longest = item.role, start
        self.undeclared.discard(longest)
        return role

    def paragraph(self, offset: int) -> Paragraph:
        """Return the paragraph that holds the folded character at `offset`."""
        return self.paragraphs[bisect_right(self._starts, offset) - 1]

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.span.start for paragraph in self.paragraphs]

    def near(self, offset: int) -> str:
        """Return the folded text from the second paragraph of prose before `offset` to the end of its own."""
        here = bisect_right(self._starts, offset) - 1
        prose = (each for each in reversed(self.paragraphs[:here]) if each.role == PROSE)
        first = [self.paragraphs[here], *islice(prose, 2)][-1]
        return self.text[first.span.start : self.paragraphs[here].span.end]

    def original(self, span: Span) -> str:
        """Return the original characters of a stretch of folded text, on one line."""
        return self.raw[self.origins[span.start] : self.origins[span.end - 1] + 1].replace(LINE_BREAK, " ")

    @cached_property
    def quotations(self) -> list[Span]:
        """What stands between quotation marks, without the marks and what they enclose in turn, in order."""
        return outermost(self._quotations)

    @cached_property
    def inner_quotations(self) -> list[Span]:
        """What stands between quotation marks within a quotation, without the marks."""
        outer = {*self.quotations}
        return [span for span in self._quotations if span not in outer]

    @cached_property
    def _quotations(self) -> list[Span]:
        printed = "".join(
            self.raw[offset : offset + 1] or "\n" for offset in self.origins
        )  # the marks in their own shapes
        return [
            Span(start + span.start, end + span.start)
            for span in (paragraph.span for paragraph in self.paragraphs)
            for start, end in find_quotations(printed[span.start : span.end], self.marks)
        ]

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
        if not 0 < offset < len(self.text):
            return False
        before, after = self.text[offset - 1], self.text[offset]
        if category(after)[0] == "M":  # a vowel sign or an accent belongs to the letter before it
            return True
        if is_unspaced(before) or is_unspaced(after):
            return False
        if _is_of_word(before) and _is_of_word(after):
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
        return here in JOINERS + "'" and _is_of_word(before) and _is_of_word(after)

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


def _is_of_word(character: str) -> bool:
    return character.isalnum() or category(character)[0] == "M"


def read_articles(folder: Path, sources: Iterable[Source]) -> dict[str, Article]:
    """Read the texts of these sources that are in the folder; return them by the id of their source."""
    return {
        source.id: Article(
            source.id,
            path.read_bytes().decode("utf-8", errors="replace"),
            source.furniture,
            marks_of(source.language, source.quotation_marks),
        )
        for source in sources
        if (path := folder / source.text).is_file()
    }

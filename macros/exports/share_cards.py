"""Share cards, the pictures that shared links show: a page's title in the site's typefaces and colours.

Pillow draws them: it reads our woff2 files as they are, and needs neither a browser nor a network. Its basic
layout is used on purpose: the other depends on a library (FriBiDi) that a machine may lack, and the same
commit would give other bytes there.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cached_property
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import bidirectional, category, normalize
from xml.etree import ElementTree

from ..problems import AuthorError

if TYPE_CHECKING:  # Pillow takes a while to load, and a build that changed no title needs none of it
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

FACE = re.compile(r'@font-face\s*{[^}]*?font-family:\s*"?([^";]+)"?;\s*src:\s*url\("([^"]+)"\)')
COLOUR = re.compile(r"--xp-([\w-]+):\s*light-dark\((#[0-9a-f]+),\s*(#[0-9a-f]+)\)")
FAMILY = re.compile(r'--xp-([\w-]+):\s*"?([^",;]+)"?,')

WIDTH, HEIGHT = 1200, 630  # what the networks that show such pictures ask for
MARGIN = 72
COLUMN = 712  # of the text; the mark has the rest
CUT = 1064  # where the line through the mark stands
SCALE = 8.2  # of the mark, whose own sheet is 64 wide
NAME = [44, 36, 28]  # sizes in pixels, the preferred one first
LABEL = [38, 32, 26]
TITLE = [round(118 * 0.96**step) for step in range(40)]  # down to 24
LEADING = 1.06
TRACKING = -0.012  # in ems; the basic layout does not kern, and display sizes want it close

Point = tuple[float, float]


@dataclass(frozen=True)
class Tokens:
    """What a stylesheet names: `colours`, light and dark, as `#rrggbb`; the font file of each of our `faces`."""

    colours: dict[str, tuple[str, str]]
    faces: dict[str, Path]

    def light(self, name: str) -> str:
        """Return a colour of the light scheme. Raises AuthorError where there is none."""
        if name not in self.colours:
            raise AuthorError(f"no --xp-{name}: light-dark(#…, #…); name one")
        return self.colours[name][0]

    def face(self, name: str) -> Path:
        """Return the font file of a face. Raises AuthorError where there is none."""
        if name not in self.faces:
            raise AuthorError(f"no @font-face for the first family of --xp-{name}; write one")
        return self.faces[name]


def read_tokens(path: Path) -> Tokens:
    """Read custom properties and the first `@font-face` of each family from a stylesheet."""
    text = path.read_text(encoding="utf-8")
    files: dict[str, Path] = {}
    for family, address in FACE.findall(text):
        files.setdefault(family, (path.parent / address).resolve())
    return Tokens(
        {name: (light, dark) for name, light, dark in COLOUR.findall(text)},
        {name: files[family] for name, family in FAMILY.findall(text) if family in files},
    )


@dataclass(frozen=True)
class ShareCard:
    """The words on one picture; any of them may be empty."""

    site: str
    label: str
    title: str

    @property
    def said(self) -> str:
        """The words, for those who do not see the picture."""
        return " – ".join(filter(None, astuple(self)))


class ShareCards:
    """A painter of share cards, with a folder as its cache: a file's name is a hash of all that the card shows."""

    def __init__(self, stylesheet: Path, mark: Path, cache: Path) -> None:
        """Read the look from a stylesheet and an SVG. Raises AuthorError where a file lacks what a card needs."""
        for path in (stylesheet, mark):
            if not path.is_file():
                raise AuthorError(
                    f"no {path.name} to draw share cards from; fix extra.share_cards or theme.favicon"
                )
        self.tokens = read_tokens(stylesheet)
        self.curves = list(_read_loop(mark))
        self.cache = cache
        self.inputs = hashlib.sha256(version("pillow").encode())
        for path in (self.tokens.face("display"), self.tokens.face("sans"), stylesheet, mark, Path(__file__)):
            self.inputs.update(path.read_bytes())

    def choose_words(self, site: str, label: str, title: str) -> ShareCard:
        """Return a card with the texts that the faces can draw whole; without a title there is no label."""
        display, sans = self._faces
        faces = zip((display, sans, display), map(_drawn_letters, (site, label, title)), strict=True)
        site, label, title = (words if face.draws(words) else "" for face, words in faces)
        return ShareCard(site, label if title else "", title)

    def draw(self, card: ShareCard) -> bytes:
        """Return the picture as PNG."""
        digest = self.inputs.copy()
        digest.update("\0".join(astuple(card)).encode())
        path = self.cache / f"{digest.hexdigest()[:32]}.png"
        if not path.exists():
            self.cache.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self._png(card))
        return path.read_bytes()

    def _png(self, card: ShareCard) -> bytes:
        from PIL.Image import Dither

        image = self._ground.copy()
        for line in self.lines(card):
            line.draw_on(image)
        data = io.BytesIO()
        image.quantize(palette=self._palette, dither=Dither.NONE).save(data, "PNG", optimize=True)
        return data.getvalue()

    def lines(self, card: ShareCard) -> Iterator[Line]:
        """Yield every line of a card: the site's name at the top, the title at the bottom, the label above it."""
        display, sans = self._faces
        ink, soft = self.tokens.light("ink"), self.tokens.light("ink-soft")
        if card.site:
            size, (name, *_) = _fit_text(card.site, display, NAME, 60)
            yield Line(name, display, size, 104, ink)
        if not card.title:
            return
        size, title = _fit_text(card.title, display, TITLE, 350)
        last = HEIGHT - MARGIN
        first = last - round((len(title) - 1) * size * LEADING)
        if card.label:
            small, (label, *_) = _fit_text(card.label, sans, LABEL, 44)
            yield Line(label, sans, small, first - round(0.72 * size) - 32, soft)
        for number, line in enumerate(title):
            yield Line(line, display, size, first + round(number * size * LEADING), ink)

    @cached_property
    def _faces(self) -> tuple[Face, Face]:
        return Face(self.tokens.face("display")), Face(self.tokens.face("sans"), weight=600)

    @cached_property
    def _ground(self) -> Image:
        """The background of every card: the mark, larger than the card, and the cut from edge to edge."""
        from PIL import Image, ImageDraw

        fine = 3
        image = Image.new("RGB", (WIDTH * fine, HEIGHT * fine), self.tokens.light("paper"))
        draw = ImageDraw.Draw(image)
        for x, y in (point for curve in self.curves for point in _sample_curve(curve, 240)):
            centre = (CUT + (x - 32) * SCALE) * fine, (HEIGHT / 2 + (y - 32) * SCALE) * fine
            draw.circle(centre, 17 * fine, self.tokens.light("ink"))
        for name, half in (("paper", 42), ("limit", 12)):
            draw.rectangle(
                ((CUT - half) * fine, 0, (CUT + half) * fine - 1, HEIGHT * fine), self.tokens.light(name)
            )
        return image.reduce(fine)

    @cached_property
    def _palette(self) -> Image:
        """The palette of a card: the background shaded into each other colour; it makes a quarter of the bytes."""
        from PIL import Image, ImageColor

        palette = Image.new("P", (1, 1))
        paper = ImageColor.getrgb(self.tokens.light("paper"))
        shades = [
            round(light + (dark - light) * step / 20)
            for name in ("ink", "ink-soft", "limit")
            for step in range(21)
            for light, dark in zip(paper, ImageColor.getrgb(self.tokens.light(name)), strict=True)
        ]
        palette.putpalette(shades)
        return palette


class Face:
    """A font file, at any size."""

    def __init__(self, path: Path, weight: int = 0) -> None:
        self.path, self.weight = path, weight
        self._sizes: dict[int, FreeTypeFont] = {}
        self._advances: dict[str, float] = {}

    def at(self, size: int) -> FreeTypeFont:
        from PIL import ImageFont

        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(self.path, size, layout_engine=ImageFont.Layout.BASIC)
            if self.weight:
                self._sizes[size].set_variation_by_axes([self.weight])
        return self._sizes[size]

    def draws(self, text: str) -> bool:
        """Whether the face has every letter of a text, and the basic layout sets it right: none joins or turns.

        A face has the letters of ASCII: most titles need no font to be loaded.
        """
        return all(letter.isspace() or letter.isascii() or self._has(letter) for letter in set(text))

    def _has(self, letter: str) -> bool:
        plain = bidirectional(letter) not in ("R", "AL", "AN") and category(letter)[0] not in "MC"
        mask, missing = self.at(100).getmask(letter), self.at(100).getmask(chr(0x10FFFE))
        return plain and (mask.size, bytes(mask)) != (missing.size, bytes(missing))

    def advance(self, letter: str) -> float:
        """Return how far a letter moves the pen, in ems."""
        if letter not in self._advances:
            self._advances[letter] = self.at(1000).getlength(letter) / 1000 + TRACKING
        return self._advances[letter]

    def width(self, text: str) -> float:
        """Return how wide a text is, in ems."""
        return sum(map(self.advance, text))


@dataclass(frozen=True)
class Line:
    """One line of text, from the left margin; size and baseline in pixels."""

    words: str
    face: Face
    size: int
    baseline: int
    colour: str

    def draw_on(self, image: Image) -> None:
        from PIL import ImageDraw

        draw, x = ImageDraw.Draw(image), float(MARGIN)
        for letter in self.words:
            draw.text((x, self.baseline), letter, self.colour, self.face.at(self.size), anchor="ls")
            x += self.face.advance(letter) * self.size


def _drawn_letters(text: str) -> str:
    """Return a text with its marks joined to their letters, and without what is never seen."""
    return "".join(letter for letter in normalize("NFC", text) if category(letter) != "Cf")


def _fit_text(text: str, face: Face, sizes: list[int], height: int) -> tuple[int, list[str]]:
    """Break a text into lines, at the first size at which it has room in the column.

    At the last size, what has no room is cut off, with an ellipsis.
    """
    words = text.split()
    for size in sizes:
        width, rows = COLUMN / size, max(1, int(height / (size * LEADING)))
        lines = _wrap_words(words, face, width)
        if len(lines) <= rows and max(map(face.width, lines)) <= width:
            return size, _balance_lines(words, face, width)
    return size, list(_shorten_lines(lines, rows, face, width))


def _wrap_words(words: list[str], face: Face, width: float) -> list[str]:
    """Break words into lines of at most `width` ems; a word that is wider has a line of its own."""
    lines = words[:1]
    for word in words[1:]:
        if face.width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _balance_lines(words: list[str], face: Face, width: float) -> list[str]:
    """Return as few lines as `width` ems allow, and as even as that number can be."""
    lines = _wrap_words(words, face, width)
    while width > 0 and len(narrower := _wrap_words(words, face, width - 0.2)) == len(lines):
        lines, width = narrower, width - 0.2
    return lines


def _shorten_lines(lines: list[str], rows: int, face: Face, width: float) -> Iterator[str]:
    """Yield the first lines, each cut where it would leave the column."""
    for number, line in enumerate(lines[:rows], start=1):
        mark = "…" if number == rows < len(lines) else ""
        while face.width(line + mark) > width:
            line, mark = line[:-1], "…"
        yield line.rstrip() + mark


def _read_loop(mark: Path) -> Iterator[list[Point]]:
    """Yield the cubic curves, four points each, of the path whose class is `loop`. Raises AuthorError without."""
    paths = ElementTree.parse(mark).getroot().iter("{http://www.w3.org/2000/svg}path")
    drawn = next((path.get("d", "") for path in paths if path.get("class") == "loop"), "")
    if not re.fullmatch(r"M[\d. ]+(C[\d. ]+)+Z?", drawn):
        raise AuthorError(f'no path of class "loop" in {mark.name}; draw one, of M and C alone')
    numbers = [float(each) for each in re.findall(r"[\d.]+", drawn)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    for start in range(0, len(points) - 1, 3):
        yield points[start : start + 4]


def _sample_curve(curve: list[Point], steps: int) -> Iterator[Point]:
    """Yield points along a Bézier curve."""
    for step in range(steps):
        points = curve
        while len(points) > 1:
            share = step / steps
            points = [(a + (c - a) * share, b + (d - b) * share) for (a, b), (c, d) in pairwise(points)]
        yield points[0]

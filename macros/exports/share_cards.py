"""Share cards, the pictures that shared links show: a page's title in the site's typefaces, on its own picture.

Pillow draws them: it reads our woff2 files as they are, and needs neither a browser nor a network. Its basic
layout is used on purpose: the other depends on a library (FriBiDi) that a machine may lack, and the same
commit would give other bytes there.
"""

import io
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple, cast
from unicodedata import bidirectional, category, normalize

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont, Layout, truetype
from PIL.ImageText import Text

from ..problems import AuthorError

FACE = re.compile(r'@font-face\s*{[^}]*?font-family:\s*"?([^";]+)"?;\s*src:\s*url\("([^"]+)"\)')
COLOUR = re.compile(r"--xp-([\w-]+):\s*light-dark\((#[0-9a-f]+),\s*(#[0-9a-f]+)\)")
FAMILY = re.compile(r'--xp-([\w-]+):\s*"?([^",;]+)"?,')

WIDTH, HEIGHT = 1200, 630  # what the networks that show such pictures ask for
MARGIN = 72
COLUMN = 712  # of the text; the picture has the rest to itself
LEADING = 1.06
FOOT = "ld"  # Pillow's word for the left end of the line that descenders reach

# Sizes in pixels, the preferred one first, and how high the text may be.
NAME = range(44, 18, -2), 60
LABEL = range(38, 18, -2), 44
TITLE = range(118, 22, -4), 350

Face = Callable[[int], FreeTypeFont]  # a font, by its size


class ShareCard(NamedTuple):
    """The words on one picture; any of them may be empty."""

    site: str
    label: str
    title: str

    @property
    def said(self) -> str:
        """The words, for those who do not see the picture."""
        return " – ".join(filter(None, self))


class ShareCards:
    """The picture and the typefaces that share cards are drawn with."""

    def __init__(self, picture: Path, stylesheet: Path) -> None:
        """Read the picture to draw on, and the look. Raises AuthorError where one lacks what a card needs."""
        try:
            self.picture = Image.open(picture)
            self.picture.load()
        except OSError:
            raise AuthorError(f"{picture.name} is no picture that opens; put it back, or fix its name") from None
        if self.picture.size != (WIDTH, HEIGHT):
            raise AuthorError(f"{picture.name} should be {WIDTH} pixels wide and {HEIGHT} high; draw it so")
        self.in_colour = self.picture.convert("RGB")
        text = stylesheet.read_text("utf-8") if stylesheet.is_file() else ""
        colours, faces = read_colours(text), _read_faces(text)
        try:
            self.ink, self.soft = colours["ink"][0], colours["ink-soft"][0]
            font = stylesheet.parent / faces["display"]
            self.face: Face = cache(partial(truetype, font, layout_engine=Layout.BASIC))
        except KeyError as missing:
            what = f"no colour, or no face with an @font-face, --xp-{missing.args[0]} in {stylesheet.name}"
            raise AuthorError(f"{what}; write one") from None

    def choose_words(self, site: str, label: str, title: str) -> ShareCard:
        """Return a card with the texts that can be drawn whole; without a title there is no label."""
        rooms = ((site, NAME), (label, LABEL), (title, TITLE))
        site, label, title = (_drawable(text, self.face, *room) for text, room in rooms)
        return ShareCard(site, label if title else "", title)

    def draw(self, card: ShareCard) -> bytes:
        """Return the picture as PNG; in the colours of the site's own, if that has a palette."""
        image, data = self.in_colour.copy(), io.BytesIO()
        for place, text, colour in self.place_texts(card):
            ImageDraw.Draw(image).text(place, text, colour, anchor=FOOT)
        if self.picture.mode == "P":
            image = image.quantize(palette=self.picture, dither=Image.Dither.NONE)
        image.save(data, "PNG", compress_level=3)  # a fifth larger than by default, in less than half the time
        return data.getvalue()

    def place_texts(self, card: ShareCard) -> Iterator[tuple[tuple[float, float], Text[str], str]]:
        """Yield each text that has room: where the foot of its last line begins, the text in lines, its colour."""
        if name := _fit_text(card.site, self.face, *NAME):
            yield (MARGIN, 114), name, self.ink
        if title := _fit_text(card.title, self.face, *TITLE):
            foot = MARGIN, HEIGHT - 50
            yield foot, title, self.ink
            if label := _fit_text(card.label, self.face, *LABEL):
                yield (MARGIN, title.get_bbox(foot, FOOT)[1] - 20), label, self.soft


def read_colours(stylesheet: str) -> dict[str, tuple[str, str]]:
    """Return the colours that a stylesheet names, light and dark, as `#rrggbb`."""
    return {name: (light, dark) for name, light, dark in COLOUR.findall(stylesheet)}


def _read_faces(stylesheet: str) -> dict[str, str]:
    """Return the font file of the first family of each face that a stylesheet names."""
    files = dict(reversed(FACE.findall(stylesheet)))  # the first @font-face of a family is the upright one
    return {name: files[family] for name, family in FAMILY.findall(stylesheet) if family in files}


def _drawable(text: str, face: Face, *room: Any) -> str:
    """Return a text, composed and without what is never seen; empty where it cannot be drawn whole."""
    drawn = "".join(letter for letter in normalize("NFC", text) if category(letter) != "Cf")
    whole = all(letter.isspace() or letter.isascii() or _has(face, letter) for letter in drawn)
    return drawn if whole and _fit_text(drawn, face, *room) else ""


def _has(face: Face, letter: str) -> bool:
    """Tell whether a face has a letter that neither joins others nor turns, which the basic layout gets wrong."""
    plain = bidirectional(letter) not in ("R", "AL", "AN") and category(letter)[0] not in "MC"
    mask, missing = face(100).getmask(letter), face(100).getmask(chr(0x10FFFE))
    return plain and (mask.size, bytes(mask)) != (missing.size, bytes(missing))


@cache  # the site's name and a section's label stand on many cards
def _fit_text(words: str, face: Face, sizes: range, height: int) -> Text[str] | None:
    """Return a text in lines, as even as can be, at the first size at which it has room; None without room."""
    fitting = (_wrap_text(words, face(size), COLUMN, max(1, int(height / (size * LEADING)))) for size in sizes)
    text = next(filter(None, fitting), None) if words else None
    if text is None or "\n" not in text.text:
        return text
    font, rows = cast(FreeTypeFont, text.font), text.text.count("\n") + 1
    widths = range(int(font.getlength(words) / rows), COLUMN, 8)
    return next(filter(None, (_wrap_text(words, font, width, rows) for width in widths)), text)


def _wrap_text(words: str, font: FreeTypeFont, width: int, rows: int) -> Text[str] | None:
    """Return a text in lines of at most `width`; None where a word is wider, or `rows` are too few."""
    if font.getlength("".join(words.split())) > rows * (width + font.size):  # more than all lines could hold
        return None
    text = Text(words, font, spacing=font.size * LEADING - font.getbbox("A")[3])
    try:
        text.wrap(width)
    except ValueError:  # a word is wider
        return None
    return text if text.text.count("\n") < rows else None

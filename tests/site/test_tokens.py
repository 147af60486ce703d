"""The palette: text and graphics stand out from their ground; what differs in meaning differs for every eye."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from PIL import Image, ImageColor

from macros.exports.share_cards import read_colours

from ..support.builds import PROJECT

COLOURS = read_colours((PROJECT / "overrides" / "css" / "tokens.css").read_text("utf-8"))
GROUNDS = ("paper", "tint")
TEXTS = ("ink", "ink-soft", "limit", "against", "words", "deeds", "source-1", "source-2")
GRAPHICS = ("control", "focus")
PAIRS = (("words", "deeds"), ("limit", "against"), ("source-1", "source-2"))
SCHEMES = (0, 1)

Colour = tuple[float, float, float]

# Eyes that lack a cone, on linear RGB: Machado, Oliveira and Fernandes (2009), doi.org/10.1109/TVCG.2009.113.
EYES: dict[str, tuple[Colour, Colour, Colour]] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> Colour:
    """`#rrggbb` as linear RGB, IEC 61966-2-1."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def seen(colour: str, eye: str) -> Colour:
    """A colour as an eye sees it, in OKLab (bottosson.github.io/posts/oklab)."""
    red, green, blue = (
        max(0.0, sum(weight * part for weight, part in zip(row, linear(colour), strict=True))) for row in EYES[eye]
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def apart(one: str, other: str, eye: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(seen(one, eye), seen(other, eye), strict=True)) ** 0.5


def colours(scheme: int) -> Callable[[str], str]:
    return lambda name: COLOURS[name][scheme]


@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark"])
def test_text_and_graphics_stand_out_from_every_ground(scheme: int) -> None:
    colour = colours(scheme)
    faint = {
        (name, ground): found
        for names, least in ((TEXTS, 4.5), (GRAPHICS, 3))
        for name, ground in product(names, (*GROUNDS, "limit-tint", "against-tint"))
        if (found := contrast(colour(name), colour(ground))) < least
    }
    assert faint == {}
    assert contrast(colour("ink"), colour("mark")) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark"])
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_colours_that_differ_in_meaning_differ_for_every_eye_and_in_grey(
    scheme: int, one: str, other: str
) -> None:
    colour = colours(scheme)
    alike = {eye: found for eye in EYES if (found := apart(colour(one), colour(other), eye)) < 0.15}
    assert alike == {}
    assert contrast(colour(one), colour(other)) >= 1.4


def test_what_cannot_read_the_tokens_repeats_them_rightly() -> None:
    known = {colour for pair in COLOURS.values() for colour in pair}
    for path in ("overrides/base.html", "docs/images/favicon.svg"):
        named = re.findall(r"#[0-9a-f]{6}\b", (PROJECT / path).read_text(encoding="utf-8"))
        assert named
        assert set(named) <= known, path


def test_the_picture_that_share_cards_are_drawn_on_has_the_colours_of_the_tokens() -> None:
    with Image.open(PROJECT / "docs" / "images" / "share-card.png") as picture:
        colours = picture.getpalette() or []
    known = {tuple(colours[start : start + 3]) for start in range(0, len(colours), 3)}
    assert {ImageColor.getrgb(COLOURS[name][0]) for name in ("paper", "ink", "ink-soft", "limit")} <= known

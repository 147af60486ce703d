"""Hedges: the words with which a source says that a figure is not exact, and those that leave a statement open."""

import re
from typing import NamedTuple


class FigureHedge(NamedTuple):
    """Words that say the same of a figure, and signs of a source: the true one is `more`, `near`, or `less`."""

    true: str
    words: str
    signs: str = "(?!)"

    def said_in(self, text: str, signs: str = "(?!)") -> bool:
        """Tell whether one of the words, or of some signs, stands in a text, in any case."""
        return re.search(rf"\b(?<!no )(?:{self.words})\b|{signs}", text, re.IGNORECASE) is not None


MORE = "over|more than|at least|or more|and more|above|upwards of|no fewer than|no less than|a minimum of"
LESS = "under|less than|fewer than|at most|up to|or less|or fewer|below|as many as|no more than|a maximum of"
NEAR = "about|around|some|roughly|approximately|circa|close to|or so"
FIGURE_HEDGES = (
    FigureHedge("less", "nearly|almost|close to"),
    FigureHedge("near", NEAR, r"(?<!\w)[~≈]|(?<![\w.])ca?\.|\d-odd"),
    FigureHedge("more", MORE, r"(?<!\w)[>≥]|\d\+"),
    FigureHedge("less", LESS, r"(?<!\w)[<≤]"),
    FigureHedge("near", "an estimated|barely", r"\b(?:estimat|hardly|just|scarcely)"),
)
# Those that hedge a figure only directly before it, and some of other languages.
DIRECT = (
    "above|an estimated|as many as|barely|below|circa|close to|no (?:fewer|less|more) than|a m(?:in|ax)imum of|"
    "upwards of|etwa|mindestens|environ|presque|plus de|moins de|au moins|unos|unas|casi|más de|menos de|rund"
)
# A figure with its hedge.
HEDGED_FIGURE = re.compile(
    # words before it: “nearly 40”, “more than $1.2 billion”
    rf"\b(?!or |and |(?:{DIRECT})\b)({'|'.join(hedge.words for hedge in FIGURE_HEDGES)})\s+\D{{0,12}}\d[\d.,]*"
    r"(?: (?:hundred|thousand|[mbt]r?illion))?"
    # words after it: “40 barges or more”
    r"|\d[\w.,]*( \w+)? ((or|and) (more|less|fewer)|or so|at most)\b"
    # what stands directly before or after it: “~40”, “rund 40”, “40+”
    rf"|(?<![\w.])(?:[~≈<>≤≥]|ca?\. ?|(?:{DIRECT}) )[$€£]?\d[\d.,]*|\d[\d.,]*(?:\+(?!\w)|-odd\b)",
    re.IGNORECASE,
)
# The same in words, after those that are nothing but hedges: “more than a dozen”.
HEDGED_WORDS = re.compile(r"(?i)\b(nearly|almost|roughly|at least|(more|less|fewer) than|up to)( [a-z-]+){1,2}")

OPEN_WORDS = re.compile(  # in small letters: May is a month
    r"\b(almost|nearly|virtually|partly|perhaps|possibl\w+|probabl\w+|(?:un)?likely|may|might|could|seems?|seemed|"
    r"appears?|appeared|alleged\w*|reportedly|(?:are|been|is|was|were) (?P<stem>believ|rumou?r)ed)\b"
)
# Our own words may leave a statement open in more ways.
SOFTENED = re.compile(rf"{OPEN_WORDS.pattern}|\b(can|in effect|said to)\b")


def true_figure(qualifier: str | None) -> str:
    """Return whether the true figure is `more`, `near` or `less` by a qualifier; empty where it tells neither."""
    return next((hedge.true for hedge in FIGURE_HEDGES if hedge.said_in(qualifier or "")), "")

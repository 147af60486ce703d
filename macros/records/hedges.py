"""Hedges: the words with which a source says that a figure is not exact, and those that leave a statement open."""

import re
from typing import NamedTuple


class FigureHedge(NamedTuple):
    """Words that say the same of a figure: the true one is `more`, `near`, or `less`."""

    true: str
    words: tuple[str, ...]

    def said_in(self, text: str) -> bool:
        """Tell whether one of the words stands in a text, in any case."""
        return re.search(rf"\b(?:{'|'.join(self.words)})\b", text, re.IGNORECASE) is not None


FIGURE_HEDGES = (
    FigureHedge("less", ("nearly", "almost")),
    FigureHedge("near", ("about", "around", "some", "roughly", "approximately")),
    FigureHedge("more", ("over", "more than", "at least", "or more", "and more")),
    FigureHedge("less", ("under", "less than", "fewer than", "at most", "up to", "or less", "or fewer")),
)

_BEFORE = [word for hedge in FIGURE_HEDGES for word in hedge.words if not word.startswith(("or ", "and "))]
# A figure with its hedge: “nearly 40”, “more than $1.2 billion”, “40 barges or more”.
HEDGED_FIGURE = re.compile(
    rf"\b({'|'.join(_BEFORE)})\s+\D{{0,12}}\d[\d.,]*(?: (?:hundred|thousand|[mbt]r?illion))?"
    r"|\d[\w.,]*( \w+)? (or|and) (more|less|fewer)\b",
    re.IGNORECASE,
)

OPEN_WORDS = re.compile(
    r"\b(almost|nearly|virtually|partly|perhaps|possibl\w+|probabl\w+|likely|may|might|could|seems?|seemed|"
    r"appears?|appeared|alleged\w*|reportedly)\b"  # in small letters: May is a month
)
# Our own words may leave a statement open in more ways.
SOFTENED = re.compile(rf"{OPEN_WORDS.pattern}|\b(can|in effect|said to)\b")


def true_figure(qualifier: str | None) -> str:
    """Return whether the true figure is `more`, `near` or `less` by a qualifier; empty where it tells neither."""
    return next((hedge.true for hedge in FIGURE_HEDGES if hedge.said_in(qualifier or "")), "")

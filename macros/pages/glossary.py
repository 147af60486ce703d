"""The glossary: where prose first mentions a term, a page links it to its explanation, once.

Between quotation marks a term is linked only where it is all that they hold:
then it is the term itself, while a sentence somebody said stays as it was said.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from functools import cached_property

from markupsafe import Markup

from ..records.kinds import Term
from .page import Page

WORD = re.compile(r"\w+")
# Where a link would be wrong, confusing or in the way.
CLOSED = frozenset(("a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "label", "pre", "summary", "sup"))
TAG = re.compile(r"<(/?)(\w+)[^>]*>")
PIECE = r"(?P<tag><[^>]*>)|(?P<quoted>“(?P<inner>[^“”]*)”)"


class Mentions:
    """The terms of a library, to be found in the prose of pages."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = list(terms)

    @cached_property
    def names(self) -> dict[str, list[tuple[str, Term]]]:
        """Every name of a term, by its first word in small letters."""
        found: dict[str, list[tuple[str, Term]]] = {}
        for term in self.terms:
            for name in (term.name, *term.alternate_names):
                if match := WORD.search(name):
                    found.setdefault(match[0].lower(), []).append((name, term))
        return found

    def link(self, prose: str, page: Page, render: Callable[..., Markup]) -> str:
        """Return the HTML of a page's prose with the first mention of each term linked to its home."""
        if not self.terms:
            return prose
        words = self.names.keys() & set(WORD.findall(prose.lower()))
        # The longest name first, for one term's name may hold another's; all in an order that never varies.
        here = sorted(
            (each for word in words for each in self.names[word]), key=lambda each: (-len(each[0]), each[0])
        )
        here = [(name, term) for name, term in here if page.link(term) and not page.is_home(term)]
        return _Prose(here, page, render).link(prose) if here else prose


class _Prose:
    """A parser of one page's prose, which links its mentions of terms."""

    def __init__(self, names: list[tuple[str, Term]], page: Page, render: Callable[..., Markup]) -> None:
        self.page = page
        self.render = render
        self.terms = [term for _, term in names]
        self.mentioned: set[str] = set()
        self.depth = 0
        alternatives = "|".join(f"({_pattern(name)})" for name, _ in names)
        self.name = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")
        self.piece = re.compile(rf"{PIECE}|(?P<name>{self.name.pattern})")

    def link(self, prose: str) -> str:
        return self.piece.sub(self._linked, prose)

    def _linked(self, match: re.Match[str]) -> str:
        if match["name"] and not self.depth:
            return self._mention(match["name"])
        if match["quoted"] and not self.depth and self.name.fullmatch(match["inner"]):
            return f"“{self._mention(match['inner'])}”"
        for tag in TAG.finditer(match[0]):
            self._enter(*tag.groups())
        return match[0]

    def _enter(self, end: str, name: str) -> None:
        if name in CLOSED:
            self.depth += -1 if end else 1

    def _mention(self, words: str) -> str:
        match = self.name.fullmatch(words)
        assert match is not None
        assert match.lastindex is not None
        term = self.terms[match.lastindex - 1]
        if term.id in self.mentioned:
            return words
        self.mentioned.add(term.id)
        return self.render("mention", words=Markup(" ".join(words.split())), link=self.page.link(term))


def _pattern(name: str) -> str:
    """Return a pattern of a name; words that are not a proper name may begin with a capital or without."""
    first, rest = name[0], name[1:]
    exact = r"\s+".join(re.escape(html.escape(word, quote=False)) for word in name.split())
    if rest != rest.lower() or not first.isalpha():
        return exact
    return f"[{first.upper()}{first.lower()}]{exact[1:]}"

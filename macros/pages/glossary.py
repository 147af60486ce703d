"""The glossary: where prose first mentions a term, a page links it to its explanation, once.

Between quotation marks a term is linked only where they hold nothing else: what somebody said stays as it was.
"""

import html
import re
from collections.abc import Callable

from markupsafe import Markup

from ..library.library import Library, computed_once
from ..records.kinds import Term
from .page import Page

WORD = re.compile(r"\w+")
# Where a link would be wrong, confusing or in the way.
CLOSED = frozenset(("a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "label", "pre", "summary", "sup"))
TAG = re.compile(r"<(/?)(\w+)[^<>]*>")
APART = r"<[^<>]*>|“[^“”]*”"  # a tag, and all that stands between quotation marks


def link_terms(prose: str, page: Page, render: Callable[..., Markup]) -> str:
    """Return the HTML of a page's prose with the first mention of each term linked to its home."""
    words = set(WORD.findall(prose.lower()))
    found = [(name, term) for word, name, term in _names(page.library) if word in words]
    here = [(name, term) for name, term in found if page.link(term) and not page.is_home(term)]
    if not here:
        return prose
    any_name = re.compile(rf"(?<![\w-])(?:{'|'.join(f'({_pattern(name)})' for name, _ in here)})(?![\w-])")
    mentioned, depth = set(), 0

    def linked(match: re.Match[str]) -> str:
        nonlocal depth
        name = any_name.fullmatch(match[0].strip("“”"))
        if name and name.lastindex and not depth:
            term = here[name.lastindex - 1][1]
            if term.id not in mentioned:
                mentioned.add(term.id)
                link = render("mention", words=Markup(" ".join(name[0].split())), link=page.link(term))
                return match[0].replace(name[0], link)
        depth += sum(-1 if end else 1 for end, element in TAG.findall(match[0]) if element in CLOSED)
        return match[0]

    return re.sub(f"{APART}|{any_name.pattern}", linked, prose)


@computed_once
def _names(library: Library) -> list[tuple[str, str, Term]]:
    """Return every name of a term after its first word in small letters, the longest first: it may hold one."""
    names = [(name, term) for term in library.of(Term) for name in (term.name, *term.alternate_names)]
    names.sort(key=lambda named: (-len(named[0]), named[0]))
    return [(first[0].lower(), name, term) for name, term in names if (first := WORD.search(name))]


def _pattern(name: str) -> str:
    """Return a pattern of a name, which may begin with a capital or without."""
    exact = r"\s+".join(re.escape(html.escape(word, quote=False)) for word in name.split())
    exact = re.sub(r"\\-|[‐‑]", "[-‐‑]", re.sub("['’ʼ]", "(?:['’ʼ]|&rsquo;)", exact))  # as they may be typed
    return f"(?i:{exact[0]}){exact[1:]}" if name[0].isalpha() else exact

"""Terms where prose first mentions them: which words become a link, and which stay as they are."""

import re

import pytest

from macros.components.rendering import render_inline
from macros.library.library import Library
from macros.pages.glossary import link_terms
from macros.pages.page import Page
from macros.pages.site import Site

from ..support.library import Small

TERMS = """\
- {id: lock, name: Second lock, text: A gate., evidence: [{source: post, exact: stops at the second lock}]}
- {id: sea, name: Open Sea, alternate_names: [endless sea], text: F, evidence: [{source: post, exact: stops at}]}
- {id: sea-gate, name: Open Sea gate, text: Farther., evidence: [{source: post, exact: at the second lock}]}
- {id: o-law, name: O'Neill's law, text: A law., evidence: [{source: post, exact: stops at the}]}
- {id: two-way, name: two‑way lock, text: A lock., evidence: [{source: post, exact: stops at the}]}
- {id: c-and-d, name: C&D, text: A law., evidence: [{source: post, exact: stops at the}]}
"""


@pytest.fixture
def terms(small: Small) -> Library:
    return small.write({"glossary.yml": TERMS}).read()


def linked(found: Library, prose: str, url: str = "elsewhere/") -> str:
    """The prose with [id|words] where a term is linked."""
    page = Page(Site(found, {"term": "terms/"}), "docs/elsewhere.md", url)
    text = link_terms(prose, page, render_inline)
    return re.sub(r'<a class="xp-mention" href="[^"]*#([^"]*)">(.*?)</a>', r"[\1|\2]", text)


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("<p>A second lock, a second lock.</p>", "<p>A [lock|second lock], a second lock.</p>"),
        ("<p>Second\nlock</p>", "<p>[lock|Second lock]</p>"),
        ("<p>open sea, Open Sea</p>", "<p>open sea, [sea|Open Sea]</p>"),
        ("<p>endless sea and Open Sea</p>", "<p>[sea|endless sea] and Open Sea</p>"),
        ("<p>the Open Sea gate</p>", "<p>the [sea-gate|Open Sea gate]</p>"),
        ("<p>a second locksmith, a split-second lock</p>", None),
        ("<h2>Second lock</h2>", None),
        ('<p><a href="x"><em>second lock</em></a></p>', None),
        ('<p title="second lock">so</p>', None),
        ("<p>He saw “the second lock at Marle”.</p>", None),
        ("<p>He saw “<em>x</em> of the second lock”.</p>", None),
        ("<p>He said “second lock”.</p>", "<p>He said “[lock|second lock]”.</p>"),
        ('<p>“<a href="x">y” second lock</a></p>', None),
        ("<p>O’Neill’s law</p>", "<p>[o-law|O’Neill’s law]</p>"),
        ("<p>O&rsquo;Neill's law</p>", "<p>[o-law|O&rsquo;Neill's law]</p>"),
        ("<p>A two-way lock, a two\u2011way lock.</p>", "<p>A [two-way|two-way lock], a two\u2011way lock.</p>"),
        ("<p>By C&amp;D.</p>", "<p>By [c-and-d|C&amp;D].</p>"),
        (
            '<p>x<sup><a href="#1">1</a></sup> second lock</p>',
            '<p>x<sup><a href="#1">1</a></sup> [lock|second lock]</p>',
        ),
    ],
)
def test_the_first_mention_is_linked_and_nothing_else(prose: str, expected: str | None, terms: Library) -> None:
    assert linked(terms, prose) == (expected or prose)


def test_a_term_is_not_explained_on_its_own_page(terms: Library) -> None:
    assert linked(terms, "<p>second lock</p>", "terms/") == "<p>second lock</p>"

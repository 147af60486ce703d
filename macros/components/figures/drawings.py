"""Drawings of figures: each with its caveats, its data as a table, and the same data as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from ...components.citations.linking import cite_records, link_records
from ...components.rendering import Block, render_block
from ...exports.figures_csv import format_figures_csv, is_complete_figure
from ...library.library import BrokenRecordError
from ...pages.page import Page
from ...problems import AuthorError
from ...records.kinds import Fact
from .comparison import Bar, caption, caveats, drawing_key, marks_of

Row = tuple[Fact, str, list[Any], Markup]


def find_figure(page: Page, id: str) -> Fact:
    """Return a fact that has a figure. Raises AuthorError for one that has none, and BrokenRecordError."""
    record = page.library.get(id, Fact)
    if record.value is None:
        raise AuthorError(f'"{id}" has no figure; name a fact with a value')
    if not is_complete_figure(page.library, record):
        raise BrokenRecordError([])
    return record


def render_drawing(page: Page, template: str, title: str, bars: Sequence[Bar]) -> Block:
    """Render a drawing at its own address, named by its first figure, and publish its data beside the page."""
    facts = [bar.fact for bar in bars]
    name, again = facts[0].id, f"{facts[0].id}.csv" in page.files
    path = page.publish(f"{name}.csv", format_figures_csv(page.library, facts))
    drawn = [
        (bar, page.link(bar.fact), cite_records(page, bar.fact), marks_of(bar.fact), bar.said) for bar in bars
    ]
    return render_block(
        template,
        title=title,
        anchor="" if again else f"drawn-{name}",
        bars=drawn,
        one_title=len({fact.title for fact in facts}) == 1 and len(facts) > 1,
        one_period=len({fact.period for fact in facts}) == 1,
        unit=caption(facts[0]),
        caveats=list(caveats(facts)),
        key=list(drawing_key(bars)),
        rows=[figure_row(page, fact, Markup("")) for fact in facts],
        csv=path,
    )


def figure_row(page: Page, fact: Fact, cited: Markup) -> Row:
    """Return a row of a table of figures: the fact, its address, whose count or word it is, its citations."""
    return fact, page.link(fact), link_records(page, (*fact.counted_by, *fact.said_by)), cited

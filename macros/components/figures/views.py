"""Figures: in a sentence, drawn, and in tables."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ...components.citations.linking import cite_records
from ...components.lists.selection import chosen_records
from ...components.registry import component
from ...components.rendering import render_block, render_inline
from ...exports.figures_csv import FIGURES, list_figures
from ...pages.page import Page
from ...problems import AuthorError
from ...records.kinds import Fact
from .comparison import compare_figures, share_of_whole
from .drawings import Row, figure_row, find_figure, render_drawing


@component
def figure(page: Page, id: str) -> Markup:
    """Say the figure of a fact, with hedge and unit, in a sentence. Inline."""
    return render_inline("figure", record=find_figure(page, id))


@component
def bars(page: Page, title: str, *ids: str) -> Markup:
    """Draw figures of one unit to one scale, per month where their periods are unlike. Block."""
    if len(ids) < 2:
        raise AuthorError("bars() takes a title and two ids or more; show a single figure with fact() or share()")
    return render_drawing(page, "bars", title, compare_figures([find_figure(page, id) for id in ids]))


@component
def share(page: Page, id: str, title: str = "") -> Markup:
    """Draw one figure as part of its whole, under a title of the page’s or its own. Block."""
    record = find_figure(page, id)
    return render_drawing(page, "share", title or record.title or "", [share_of_whole(record)])


@component
def numbers(page: Page, *topics: str) -> Markup:
    """Show every figure, or those of a topic, in a table; for several topics a table each, and the rest. Block."""
    left = {each.id: each for each in list_figures(page.library)}
    tables = []
    for topic in topics or ("",):
        chosen = [left.pop(each.id) for each in chosen_records(page, Fact, topic) if each.id in left]
        tables.append((page.library.get(topic).label if len(topics) > 1 else "", chosen))
    tables = [(name, facts) for name, facts in tables if facts or not name]
    if len(topics) > 1 and left:
        tables.append(("Other figures", list(left.values())))
    shown = [(name, _rows(page, sorted(facts, key=page.library.order))) for name, facts in tables]
    return render_block("numbers", tables=shown, csv=page.relative(FIGURES))


def _rows(page: Page, facts: Iterable[Fact]) -> list[Row]:
    return [figure_row(page, each, cite_records(page, each)) for each in facts]

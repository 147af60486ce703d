"""The components that show figures, in a sentence, as a drawing or in a table."""

from __future__ import annotations

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
from .drawings import figure_row, find_figure, render_drawing


@component
def figure(page: Page, id: str) -> Markup:
    """Say the figure of a fact, with hedge and unit, in a sentence. Inline."""
    return render_inline("figure", record=find_figure(page, id))


@component
def bars(page: Page, title: str, *ids: str) -> Markup:
    """Draw figures of one unit to one scale; unlike periods, targets and hedges are said. Block."""
    if len(ids) < 2:
        raise AuthorError("bars() takes a title and two ids or more; show a single figure with fact() or share()")
    return render_drawing(page, "bars", title, compare_figures([find_figure(page, id) for id in ids]))


@component
def share(page: Page, id: str) -> Markup:
    """Draw one figure as part of its whole. Block."""
    record = find_figure(page, id)
    return render_drawing(page, "share", record.title or "", [share_of_whole(record)])


@component
def numbers(page: Page, topic: str = "") -> Markup:
    """Show every figure, or those of one topic, in a table: unit, period, as of when and by whose count. Block."""
    chosen = {each.id for each in chosen_records(page, Fact, topic)}
    rows = [
        figure_row(page, each, cite_records(page, each))
        for each in list_figures(page.library)
        if each.id in chosen
    ]
    return render_block("numbers", rows=rows, csv=page.relative(FIGURES))

"""Figures: in a sentence, drawn with their caveats and data, and in tables."""

from collections.abc import Sequence

from markupsafe import Markup

from ...exports.figures_csv import FIGURES, format_figures_csv, is_complete_figure, list_figures
from ...library.library import BrokenRecordError
from ...pages.page import Page
from ...problems import AuthorError
from ...records.kinds import Fact, Limit, Topic
from ..citations.views import cite_records
from ..rendering import Block, component, render_block, render_inline
from .comparison import Bar, compare_figures, share_of_whole


@component
def figure(page: Page, id: str) -> Markup:
    """Say the figure of a fact, with hedge and unit, in a sentence. Inline."""
    return render_inline("figure", record=_find_figure(page, id))


@component
def bars(page: Page, title: str, *ids: str) -> Markup:
    """Draw figures of one unit to one scale, per month where their periods are unlike. Block."""
    if len(ids) < 2:
        raise AuthorError("bars() takes a title and two ids or more; show a single figure with fact() or share()")
    return _render_drawing(page, "bars", title, compare_figures([_find_figure(page, id) for id in ids]))


@component
def share(page: Page, id: str, title: str = "") -> Markup:
    """Draw one figure as part of its whole, under a title of the page’s or its own. Block."""
    record = _find_figure(page, id)
    return _render_drawing(page, "share", title or record.title or "", [share_of_whole(record)])


@component
def numbers(page: Page, *topics: str) -> Markup:
    """Show every figure, or those of a topic, in a table; for several topics a table each, and the rest. Block."""
    left, tables = list_figures(page.library), []
    for topic in topics:
        heading = page.library.get(topic, Topic, Limit).label
        tables.append((heading if len(topics) > 1 else "", [each for each in left if topic in each.topics]))
        left = [each for each in left if topic not in each.topics]
    if len(topics) != 1:
        tables.append(("Other figures" if topics else "", left))
    shown = [(name, [(each, cite_records(page, each)) for each in facts]) for name, facts in tables if facts]
    return render_block("numbers", page=page, tables=shown, csv=page.relative(FIGURES))


def _find_figure(page: Page, id: str) -> Fact:
    """Return a fact that has a figure. Raises AuthorError for one that has none, and BrokenRecordError."""
    record = page.library.get(id, Fact)
    if record.value is None:
        raise AuthorError(f'"{id}" has no figure; name a fact with a value')
    if not is_complete_figure(page.library, record):
        raise BrokenRecordError([])
    return record


def _render_drawing(page: Page, template: str, title: str, bars: Sequence[Bar]) -> Block:
    """Render a drawing at its own address, named by its first figure, and publish its data beside the page."""
    facts = [bar.fact for bar in bars]
    name, again = facts[0].id, f"{facts[0].id}.csv" in page.files
    path = page.publish(f"{name}.csv", format_figures_csv(page.site, facts))
    return render_block(
        template,
        page=page,
        title=title,
        anchor="" if again else f"drawn-{name}",
        bars=[(bar, cite_records(page, bar.fact)) for bar in bars],
        rows=[(fact, "") for fact in facts],
        csv=path,
    )

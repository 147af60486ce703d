"""Drawings of figures: each with its caveats, its data as a table, and a file of the same for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from .cards import linked, marks
from .comparison import Bar, caption, caveats, key, marks_of, say
from .figures import is_whole, table
from .pages import BrokenRecordError, Page, find
from .problems import AuthorError
from .records import Fact
from .render import Block, block

Row = tuple[Fact, str, list[Any], Markup]


def find_figure(page: Page, id: str) -> Fact:
    """A fact that has a figure. Raises AuthorError for one that has none, and BrokenRecordError."""
    record = find(page.library, id, Fact)
    assert isinstance(record, Fact)
    if record.value is None:
        raise AuthorError(f'"{id}" has no figure; name a fact with a value')
    if not is_whole(page.library, record):
        raise BrokenRecordError([])
    return record


def draw(page: Page, template: str, title: str, bars: Sequence[Bar]) -> Block:
    """A drawing at its own address, with a file of its data beside the page. Named by its first figure."""
    facts = [bar.fact for bar in bars]
    name, again = facts[0].id, f"{facts[0].id}.csv" in page.files
    path = page.publish(f"{name}.csv", table(page.library, facts))
    drawn = [(bar, page.link(bar.fact), marks(page, bar.fact), marks_of(bar.fact), say(bar.fact)) for bar in bars]
    return block(
        template,
        title=title,
        anchor="" if again else f"drawn-{name}",
        bars=drawn,
        one_title=len({fact.title for fact in facts}) == 1 and len(facts) > 1,
        one_period=len({fact.period for fact in facts}) == 1,
        unit=caption(facts[0]),
        caveats=list(caveats(facts)),
        key=list(key(bars)),
        rows=[row(page, fact, Markup("")) for fact in facts],
        csv=path,
    )


def row(page: Page, fact: Fact, cited: Markup) -> Row:
    """A figure for a table: the fact, its address, whose count or word it is, its citations."""
    return fact, page.link(fact), linked(page, (*fact.counted_by, *fact.said_by)), cited

"""Who says what: every speaker against every limit, and the speakers of one capacity."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ...components.citations.linking import link_records
from ...components.citations.views import cite
from ...components.records.views import render_card
from ...components.registry import component
from ...components.rendering import render_block
from ...library.voices import CAPACITIES, UNNAMED, read_speakers
from ...pages.page import Page
from ...problems import AuthorError, did_you_mean
from ...records.kinds import Limit, Quote


@component
def voices(page: Page) -> Markup:
    """Draw every speaker against every limit, one mark a statement, each a link to it. Block."""
    listed = page.library.of(Limit)
    groups: dict[str, list[Any]] = {}
    silent = []
    for speaker in read_speakers(page.library):
        place = page.part(Quote.kind, speaker.key, f'{{{{ speakers("{speaker.capacity}") }}}}')
        if speaker.marks:
            marks = (speaker.marks.get(each.id, ()) for each in listed)
            cells = [[(mark, page.link(mark.record)) for mark in cell] for cell in marks]
            groups.setdefault(speaker.capacity, []).append((speaker, place, cells))
        else:
            silent.append((speaker, place))
    ordered = sorted(groups.items(), key=lambda group: CAPACITIES.index(group[0]))
    return render_block(
        "voices", limits=link_records(page, (each.id for each in listed)), groups=ordered, silent=silent
    )


@component
def speakers(page: Page, capacity: str) -> Markup:
    """Show every speaker in one capacity, or the words nobody is named for: roles, position, quotations. Block."""
    if capacity not in CAPACITIES:
        raise AuthorError(f'no capacity "{capacity}"{did_you_mean(capacity, CAPACITIES)}')
    rows = []
    for each in read_speakers(page.library):
        if each.capacity == capacity:
            shown = [render_card(page, quote) for quote in each.quotes]
            told = [] if shown else link_records(page, (fact.id for fact in each.facts))
            marks = cite(page, *each.position.rests_on) if each.position else ""
            names = link_records(page, (one.id for one in each.records))
            page.parts.add(each.key)
            rows.append((each, names, (each.position, marks), shown, told))
    rest = [quote for quote in page.library.of(Quote) if not quote.speaker] if capacity == UNNAMED else []
    unnamed = [render_card(page, quote) for quote in sorted(rest, key=page.library.order)]
    index = sorted((each for each, *_ in rows), key=lambda each: each.filed_under)
    return render_block("speakers", capacity=capacity, index=index, speakers=rows, unnamed=unnamed)

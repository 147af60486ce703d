"""Who says what: every speaker against every limit, and the speakers of one capacity."""

from typing import Any

from markupsafe import Markup

from ...library.speakers import CAPACITIES, UNNAMED, read_speakers
from ...pages.page import Page
from ...problems import AuthorError, did_you_mean
from ...records.kinds import Limit, Quote
from ..citations.views import cite
from ..records.views import render_cards
from ..rendering import component, render_block

# The groups of the picture: those who weigh the matter before those whose matter it is.
GROUPS = ("analyst", "official", "party", "other")


@component
def voices(page: Page) -> Markup:
    """Draw every speaker against every limit, one mark a statement, each a link to it. Block."""
    listed = page.library.of(Limit)
    groups: dict[str, list[Any]] = {capacity: [] for capacity in GROUPS}
    silent = []
    for speaker in read_speakers(page.library):
        place = page.link_quotations(speaker)
        if speaker.stances:
            cells = [speaker.stances.get(each.id, ()) for each in listed]
            groups[speaker.capacity].append((speaker, place, cells))
        else:
            silent.append((speaker, place))
    shown = [(capacity, rows) for capacity, rows in groups.items() if rows]
    return render_block("voices", page=page, limits=listed, groups=shown, silent=silent)


@component
def speakers(page: Page, capacity: str) -> Markup:
    """Show every speaker in one capacity, or the words nobody is named for: roles, position, quotations. Block."""
    if capacity not in CAPACITIES:
        raise AuthorError(f'no capacity "{capacity}"{did_you_mean(capacity, CAPACITIES)}')
    here, rows = {each.id for each in page.records(Quote)}, []
    for each in read_speakers(page.library):
        if each.capacity == capacity:
            page.speakers.add(each.key)
            shown = render_cards(page, (quote for quote in each.quotes if quote.id in here))
            citations = cite(page, *each.position.rests_on) if each.position else ""
            rows.append((each, citations, shown, [quote for quote in each.quotes if quote.id not in here]))
    rest = [quote for quote in page.records(Quote) if not quote.speaker] if capacity == UNNAMED else []
    unnamed = render_cards(page, sorted(rest, key=page.library.order))
    return render_block("speakers", page=page, capacity=capacity, speakers=rows, unnamed=unnamed)

"""The timeline: events in the order of their dates, as a list, and as a picture of eras."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ...components.lists.selection import chosen_records
from ...components.records.views import render_card
from ...components.registry import component
from ...components.rendering import render_block
from ...pages.page import Page
from ...problems import AuthorError
from ...records.dates import parse_date
from ...records.kinds import Event, Topic
from .axis_layout import Era, Moment, draw_axis
from .facet_lists import Facet, facet_keys, list_facets
from .later_deeds import later_deeds

# Where the events of a strand stand, and the picture's name for them all.
STRAND = "xp--strand"


@component
def timeline(page: Page, topic: str = "", eras: str = "", landmarks: str = "", strand: str = "") -> Markup:
    """List events by date, all or of a topic; with `eras` drawn too, the topic `strand` apart. Block."""
    events = _events(page, topic)
    if not eras:
        plain: list[Any] = [(each, render_card(page, each), [], []) for each in events]
        return render_block("timeline", groups=[(None, plain)], strand=None)
    if "xp--axis" in page.anchored:
        raise AuthorError("a timeline is drawn on this page already; leave out the eras of one")
    page.anchored.add("xp--axis")
    marked = {page.library.get(id.strip(), Event).id for id in landmarks.split(",") if id.strip()}
    apart = page.library.get(strand, Topic) if strand else None
    parts = [each for each in events if apart and apart.id in each.topics]
    moments = [Moment(each.id, each.date, each.act, each.title, each in parts) for each in events]
    if apart and parts:
        moments.append(_strand_moment(apart.label, parts))
        marked.add(STRAND)
    try:
        drawn = draw_axis(moments, eras, marked)
    except ValueError as error:
        raise AuthorError(str(error)) from None
    counts = {era.id: sum(one.id != STRAND for one in era.moments) for era in drawn}
    era_of = {one.id: era.id for era in drawn for one in era.moments}
    known = {each.id: each for each in events}
    groups = []
    for era in reversed(drawn):  # in reading order: that numbers the citations
        alone = [known[one.id] for one in era.moments if one.id in known and not one.part]
        groups.append((era, [_item(page, each, events, era.id) for each in alone]))
    return render_block(
        "timeline",
        groups=groups,
        strand=(apart, [_item(page, each, events, era_of[each.id]) for each in parts]) if parts else None,
        facets=[_facet_of_eras(drawn, counts), *list_facets(page.library, events)],
        counts=counts,
        links={STRAND: f"#{STRAND}"} | {each.id: page.link(each) for each in events},
    )


def _events(page: Page, topic: str) -> list[Event]:
    chosen = [each for each in chosen_records(page, Event, topic) if isinstance(each, Event)]
    return sorted(chosen, key=lambda each: each.date.sort_key)


def _strand_moment(name: str, parts: list[Event]) -> Moment:
    """Return one moment for all events of a strand, from the first year to the last."""
    first, last = min(each.date.earliest for each in parts), max(each.date.latest for each in parts)
    return Moment(STRAND, parse_date(f"{first[0]:04}/{last[0]:04}"), "state", f"{name}, {len(parts)} events")


def _facet_of_eras(drawn: list[Era], counts: dict[str, int]) -> Facet:
    eras = [(era.id, era.date.say(), counts[era.id]) for era in reversed(drawn) if counts[era.id]]
    return Facet("period", "periods", tuple(eras))


def _item(
    page: Page, event: Event, events: list[Event], era: str
) -> tuple[Event, Markup, list[tuple[str, str]], list[Any]]:
    """Return an event with its card, what it can be chosen by, and later deeds on its subject, with addresses."""
    followed = [
        (subject, [(deed, page.link(deed)) for deed in deeds])
        for subject, deeds in later_deeds(page.library, event, events)
    ]
    return event, render_card(page, event, 4), [("period", era), *facet_keys(event)], followed

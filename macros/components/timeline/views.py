"""The component that shows events in the order of their dates."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ...components.lists.selection import chosen_records
from ...components.records.views import render_card
from ...components.registry import component
from ...components.rendering import render_block
from ...pages.page import Page
from ...problems import AuthorError
from ...records.kinds import Event
from .axis_layout import Moment, draw_axis
from .facet_lists import facet_keys, list_facets
from .later_deeds import later_deeds


@component
def timeline(page: Page, topic: str = "", eras: str = "") -> Markup:
    """Show every event in the order of its date, or those of one topic; drawn too, when eras are given. Block."""
    events = _events(page, topic)
    if not eras:
        return render_block(
            "timeline", groups=[(None, [(each, render_card(page, each), [], []) for each in events])]
        )
    if "xp--axis-name" in page.anchored:
        raise AuthorError("a timeline is drawn on this page already; leave out the eras of one")
    page.anchored.add("xp--axis-name")
    try:
        drawn = draw_axis((Moment(each.id, each.date, each.act, each.title) for each in events), eras)
    except ValueError as error:
        raise AuthorError(str(error)) from None
    known = {each.id: each for each in events}
    groups = []
    for era in drawn:
        members = [known[moment.id] for moment in era.moments]
        groups.append((era, [_item(page, each, events) for each in members]))
    return render_block(
        "timeline", groups=groups, facets=list_facets(page.library, events), page=page, records=known
    )


def _events(page: Page, topic: str) -> list[Event]:
    chosen = [each for each in chosen_records(page, Event, topic) if isinstance(each, Event)]
    return sorted(chosen, key=lambda each: each.date.sort_key)


def _item(page: Page, event: Event, events: list[Event]) -> tuple[Event, Markup, list[Any], list[Any]]:
    """Return an event with its card, what it can be chosen by, and the later deeds with their addresses."""
    followed = [
        (subject, [(deed, page.link(deed)) for deed in deeds])
        for subject, deeds in later_deeds(page.library, event, events)
    ]
    return event, render_card(page, event, 4), facet_keys(event), followed

"""The timeline: events in the order of their dates, as a list to choose from, and as a picture of eras."""

from itertools import chain
from typing import Any

from markupsafe import Markup

from ...library.library import Library
from ...pages.page import Page
from ...problems import AuthorError, counted
from ...records.calendar import Day
from ...records.dates import Date
from ...records.kinds import Event, Limit, Organisation, Person, Source, Topic
from ...records.models import Record
from ..records.views import render_card
from ..rendering import component, render_block
from .axis_layout import Era, Moment, draw_axis

STRAND = "xp--strand"  # where the events of a strand stand, and the picture's name for them all

Key = tuple[str, str]
Facet = tuple[str, list[tuple[str, str]]]  # its name; id and words of each choice


@component
def timeline(page: Page, topic: str = "", eras: str = "", landmarks: str = "", strand: str = "") -> Markup:
    """List events by date, all or of a topic; with `eras` drawn too, the topic `strand` apart. Block."""
    events = sorted(page.records(Event, topic), key=lambda each: each.date.sort_key)
    if not eras:
        plain: list[Any] = [(each, render_card(page, each), []) for each in events]
        return render_block("timeline", groups=[(None, plain)], strand=None)
    if "xp--axis" in page.anchored_ids:
        raise AuthorError("a timeline is drawn on this page already; leave out the eras of one")
    page.anchored_ids.add("xp--axis")
    marked = {page.library.get(id.strip(), Event).id for id in landmarks.split(",") if id.strip()}
    apart = page.library.get(strand, Topic) if strand else None
    parts = [each for each in events if apart and apart.id in each.topics]
    moments = [
        Moment(each.id, each.date, each.act, each.title, page.link(each), each in parts, _told(page.library, each))
        for each in events
    ]
    if apart and parts:
        lasted = Date("", "interval", tuple(member for each in parts for member in each.date.members))
        name = f"{apart.label}: {counted(len(parts), 'event')}"
        moments.append(Moment(STRAND, lasted, "state", name, f"#{STRAND}"))
        marked.add(STRAND)
    try:
        drawn = draw_axis(moments, eras, marked)
    except ValueError as error:
        raise AuthorError(str(error)) from None
    era_of = {one.id: era.id for era in drawn for one in era.moments}
    keys = {each.id: _keys(each, era_of[each.id]) for each in events}

    def shown(event: Event) -> tuple[Any, ...]:
        return event, render_card(page, event, 4), keys[event.id]

    alone = [each for each in events if each not in parts]
    return render_block(
        "timeline",
        page=page,
        # In reading order: that numbers the citations.
        groups=[(era, [shown(each) for each in alone if era_of[each.id] == era.id]) for era in reversed(drawn)],
        strand=(name, [shown(each) for each in parts]) if parts else None,
        facets=_facets(page.library, drawn, {*chain(*keys.values())}),
    )


def _told(library: Library, event: Event) -> Day | None:
    """Return the last day of which the sources of an event can tell; None where one is undated."""
    issued = [library.get(passage.source, Source).issued for passage in event.evidence]
    return max(date.latest for date in issued if date) if all(issued) else None


def _keys(event: Event, era: str) -> list[Key]:
    """Return what an event can be chosen by, each with the name of its list."""
    sources = [passage.source for passage in event.evidence]
    lists = {"period": [era], "topic": event.topics, "actor": event.actors, "source": sources}
    return [(name, id) for name, ids in lists.items() for id in dict.fromkeys(ids)]


def _facets(library: Library, eras: list[Era], keys: set[Key]) -> list[Facet]:
    """Return the lists that events can be chosen by, of what any event has."""
    actors: list[Record] = [*library.of(Person), *library.of(Organisation)]
    choices = {
        "period": {era.id: era.date.say() for era in reversed(eras)},
        "topic": {each.id: each.label for each in (*library.of(Limit), *library.of(Topic))},
        "actor": {each.id: each.label for each in sorted(actors, key=lambda each: each.filed_under)},
        "source": {each.id: each.label for each in library.of(Source)},
    }
    return [
        (name, [(id, words) for id, words in named.items() if (name, id) in keys])
        for name, named in choices.items()
    ]

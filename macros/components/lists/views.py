"""Lists of records, of corrections and of what was counted, picked and put in order for a page."""

from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from ...library.library import BrokenRecordError, measures, newest_corrections
from ...pages.page import Page
from ...problems import AuthorError, did_you_mean
from ...records.kinds import KINDS, Event, Fact, Limit, Person, Quote, Source, Tension, Topic, kind_called
from ...records.models import Record
from ..records.views import render_cards
from ..rendering import component, render_block, render_inline

FOLDED = 8  # from how many groups on each is folded

# The headings of people by their capacities, in the order in which readers look for them.
STANDINGS = {
    "official": "Leaders and officials",
    "analyst": "Analysts",
    "party": "Parties to the matter",
    None: "Others who are named",
}


@component
def count(page: Page, kind: str) -> Markup:
    """Say how many records of a kind there are, in a sentence. Inline."""
    return render_inline("count", number=len(page.library.of(_kind_named(kind))))


@component
def records(page: Page, kind: str, topic: str = "") -> Markup:
    """Show every record of a kind, or those of one topic, grouped as a reader would look for them. Block."""
    chosen = page.records(_kind_named(kind), topic)
    placed = sorted(((_list_place(page, each), each) for each in chosen), key=lambda pair: pair[0].order)
    heads = []
    for head, under in groupby(placed, key=lambda pair: pair[0].head):
        groups = groupby(under, key=lambda pair: pair[0].group)
        heads.append((head, [(name, render_cards(page, (each for _, each in listed))) for name, listed in groups]))
    folded = sum(bool(name) for _, groups in heads for name, _ in groups) >= FOLDED
    return render_block("records", kind=kind, heads=heads, folded=folded)


@component
def remainder(page: Page, topic: str) -> Markup:
    """Show every quote and fact on a topic that the page has not shown yet. Block."""
    left = [
        [one for one in page.library.of(kind, topic) if one.id not in page.shown_ids] for kind in (Quote, Fact)
    ]
    quotes, facts = (render_cards(page, sorted(each, key=page.library.order)) for each in left)
    return render_block("remainder", topic=page.library.get(topic), quotes=quotes, facts=facts)


@component
def corrections(page: Page) -> Markup:
    """Show every correction, the newest first: what a record said, what it says now, and why. Block."""
    listed = newest_corrections(page.library)
    page.shown_ids |= {each.id for each in listed}
    return render_block("corrections", page=page, corrections=listed)


@component
def entry(page: Page, id: str) -> Markup:
    """Show a record as its data file holds it, in YAML, with file and line. Block."""
    record = page.library.get(id)
    place, text = page.library.written(record.id)
    return render_block("entry", record=record, place=place, lines=text.splitlines())


@component
def measured(page: Page, name: str) -> Markup:
    """Say a figure of the build itself: how many passages, paragraphs covered, and so on. Inline."""
    found = measures(page.library)
    if not page.library.proved:
        raise BrokenRecordError([])
    if name not in found:
        raise AuthorError(f'no measure "{name}"{did_you_mean(name, found)}')
    return render_inline("measured", number=found[name])


def _kind_named(name: str) -> type[Record]:
    if name not in KINDS:
        raise AuthorError(f'no kind "{name}"{did_you_mean(kind_called(name), KINDS)}')
    return KINDS[name]


class ListPlace(NamedTuple):
    """Where a record stands in the list of its kind: by its `order`, in a `group`, which stands under a `head`."""

    order: Any
    group: str = ""
    head: str = ""


def _list_place(page: Page, record: Record) -> ListPlace:
    """Return where a reader looks for a record: those of most kinds by name, or else as in their data file."""
    match record:
        case Fact():
            place = page.library.locate(record.id)[0]
            source = page.library.get(place.source, Source)
            opening = "Opening" if any(each.role == "heading" for each in source.furniture) else ""
            return ListPlace(page.library.order(record), place.section or opening, source.label)
        case Quote():
            speakers = [each for each, _ in page.links(record.speaker)]
            who = " and ".join(each.label for each in speakers) or "Unnamed voices"
            return ListPlace((not speakers, [each.filed_under for each in speakers], who), who)
        case Event():
            return ListPlace(record.date.sort_key)
        case Person():
            capacities = {None, *(role.capacity for role in record.roles)}
            rank = next(rank for rank, each in enumerate(STANDINGS) if each in capacities)
            return ListPlace((rank, record.filed_under), [*STANDINGS.values()][rank])
        case Tension(weight="minor", topics=(topic, *_)):
            subjects = [each.id for kind in (Limit, Topic) for each in page.library.of(kind)]
            return ListPlace((subjects.index(topic),), head=page.library.get(topic).label)
    return ListPlace(record.filed_under if record.label_field == "name" else ())

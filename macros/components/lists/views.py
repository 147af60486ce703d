"""Lists of records, of corrections and of what was counted, picked and put in order for a page."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from markupsafe import Markup

from ...components.records.views import render_card
from ...components.registry import component
from ...components.rendering import render_block, render_inline
from ...library.library import BrokenRecordError
from ...library.yaml import dump_entry
from ...pages.page import Page
from ...problems import AuthorError, did_you_mean
from ...records.kinds import Correction, Fact, Person, Quote
from ...records.models import Record
from .selection import chosen_records, kind_named


@component
def count(page: Page, kind: str) -> Markup:
    """Say how many records of a kind there are, in a sentence. Inline."""
    return render_inline("count", number=len(page.library.of(kind_named(kind))))


@component
def records(page: Page, kind: str, topic: str = "") -> Markup:
    """Show every record of a kind, or those of one topic, grouped as a reader would look for them. Block."""
    chosen = chosen_records(page, kind_named(kind), topic)
    name_of = GROUPS.get(kind, _no_group)
    ordered = sorted(chosen, key=lambda each: ORDERS.get(kind, _name)(page, each))
    parts = [(name, list(members)) for name, members in groupby(ordered, key=lambda each: name_of(page, each))]
    groups = [(name, [render_card(page, each) for each in members]) for name, members in parts]
    entries = [
        (*_entry(page, kind, name, each), page.link(each))
        for name, members in parts
        for each in members[: 1 if name and kind != Person.kind else None]
    ]
    index = [
        (head, [entry[1:] for entry in below]) for head, below in groupby(entries, key=lambda entry: entry[0])
    ]
    return render_block("records", kind=kind, groups=groups, index=index if len(entries) >= INDEXED else [])


@component
def remainder(page: Page, topic: str) -> Markup:
    """Show every quote and fact on a topic that the page has not shown yet. Block."""
    left = [
        [each for each in chosen_records(page, kind, topic) if each.id not in page.shown] for kind in (Quote, Fact)
    ]
    quotes, facts = (
        [render_card(page, each) for each in sorted(chosen, key=page.library.order)] for chosen in left
    )
    return render_block("remainder", topic=page.library.get(topic), quotes=quotes, facts=facts)


@component
def corrections(page: Page) -> Markup:
    """Show every correction, the newest first: what a record said, what it says now, and why. Block."""
    listed = sorted(page.library.of(Correction), key=lambda each: (each.date.edtf, each.id), reverse=True)
    page.shown |= {each.id for each in listed}
    rows = []
    for each in listed:
        corrected = page.library.get(each.record) if each.record else None
        rows.append((each, page.anchor(each), corrected, corrected and page.link(corrected)))
    return render_block("corrections", corrections=rows)


@component
def entry(page: Page, id: str) -> Markup:
    """Show a record as its data file holds it, in YAML, with file and line. Block."""
    record = page.library.get(id)
    lines = dump_entry(page.library.entries[record.id].fields).splitlines()
    return render_block("entry", record=record, place=page.library.place(record), lines=lines)


@component
def measured(page: Page, name: str) -> Markup:
    """Say a figure of the build itself: how many passages, paragraphs covered, and so on. Inline."""
    found = page.library.measures
    if not page.library.proved:
        raise BrokenRecordError([])
    if name not in found:
        raise AuthorError(f'no measure "{name}"{did_you_mean(name, found)}')
    return render_inline("measured", number=found[name])


def _no_group(page: Page, record: Record) -> str:
    return ""


def _name(page: Page, record: Record) -> str:
    """Return what records are sorted by unless ORDERS says more: the name, or nothing, as in the file."""
    return record.label.casefold() if record.label_field == "name" else ""


def _section(page: Page, record: Record) -> str:
    """Return the source and section of a record's first passage."""
    title, section = _place(page, record)
    return f"{title}: {section}" if section else title


def _place(page: Page, record: Record) -> tuple[str, str]:
    location = page.library.locations[record.id][0]
    return page.library.records[location.source].label, location.section


def _entry(page: Page, kind: str, name: str, record: Record) -> tuple[str, str]:
    """Return the heading that an entry of the list shares with others, and the entry's own words."""
    if GROUPS.get(kind) is _section:
        title, section = _place(page, record)
        return title, section or "Opening"
    return (name, record.label) if kind == Person.kind else ("", name or record.label)


def _speakers(page: Page, record: Record) -> str:
    assert isinstance(record, Quote)
    return " and ".join(page.library.get(id).label for id in record.speaker) or "Words nobody is named for"


def _speaker_order(page: Page, record: Record) -> tuple[bool, str]:
    assert isinstance(record, Quote)
    return not record.speaker, _speakers(page, record)


def _standing(page: Page, record: Record) -> str:
    """Return the capacity in which a person is named, as a heading."""
    assert isinstance(record, Person)
    capacities = {role.capacity for role in record.roles}
    return next(name for capacity, name in STANDINGS.items() if capacity in capacities or capacity is None)


def _person_order(page: Page, record: Record) -> tuple[int, str, str]:
    assert isinstance(record, Person)
    standing = list(STANDINGS.values()).index(_standing(page, record))
    return standing, record.surname.casefold(), record.name.casefold()


STANDINGS = {
    "official": "Leaders and officials",
    "analyst": "Analysts",
    "party": "Parties to the matter",
    None: "Others who are named",
}
"""The headings of people by their capacities, in the order in which readers look for them."""


GROUPS: dict[str, Callable[[Page, Record], str]] = {"fact": _section, "quote": _speakers, "person": _standing}

INDEXED = 8
"""From how many records or groups on a list of them stands first."""

ORDERS: dict[str, Callable[[Page, Record], Any]] = {
    "fact": lambda page, record: page.library.order(record),
    "quote": _speaker_order,
    "event": lambda page, record: record.date.sort_key,  # type: ignore[attr-defined]
    "person": _person_order,
}

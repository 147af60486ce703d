"""The menu: every macro a page may call.

Each function takes the page it is called on, picks and orders records, and
hands them to the template of its name. Its docstring is what authors read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from markupsafe import Markup

from .cards import card, cards, linked, marks, proof, voices, weigh
from .independence import kinds_of_evidence
from .pages import Page, find
from .problems import AuthorError, did_you_mean
from .records import (
    KINDS,
    Correction,
    Document,
    Event,
    Fact,
    Limit,
    Organisation,
    Person,
    Quote,
    Record,
    Source,
    Tension,
    Term,
    Topic,
)
from .render import block, inline


def fact(page: Page, id: str) -> Markup:
    """One fact, with its figure if it has one. Block."""
    return card(page, find(page.library, id, Fact))


def quote(page: Page, id: str) -> Markup:
    """One quotation, with speaker, role at the time and setting. Block."""
    return card(page, find(page.library, id, Quote))


def event(page: Page, id: str) -> Markup:
    """One event, with its date. Block."""
    return card(page, find(page.library, id, Event))


def person(page: Page, id: str) -> Markup:
    """One person, with the roles the sources state. Block."""
    return card(page, find(page.library, id, Person))


def organisation(page: Page, id: str) -> Markup:
    """One organisation, as the sources describe it. Block."""
    return card(page, find(page.library, id, Organisation))


def document(page: Page, id: str) -> Markup:
    """One document that the sources name. Block."""
    return card(page, find(page.library, id, Document))


def term(page: Page, id: str) -> Markup:
    """One term, explained. Block."""
    return card(page, find(page.library, id, Term))


def tension(page: Page, id: str) -> Markup:
    """One place where the sources pull apart, with both sides. Block."""
    return card(page, find(page.library, id, Tension))


def limit(page: Page, id: str) -> Markup:
    """One limit: the question, the short answer, how strong the evidence is. Block."""
    return card(page, find(page.library, id, Limit))


def source(page: Page, id: str) -> Markup:
    """One source, with its bibliographic record. Block."""
    return card(page, find(page.library, id, Source))


def cite(page: Page, *ids: str) -> Markup:
    """The numbers of the passages that one or more records rest on, linked to the list of references. Inline."""
    if not ids:
        raise AuthorError("cite() takes at least one id")
    return Markup("").join(marks(page, find(page.library, id)) for id in ids)


def references(page: Page) -> Markup:
    """The list of references of the page; the last macro on it. Block."""
    if page.citations.printed:
        raise AuthorError("references() stands on this page already; keep the last one")
    page.citations.printed = True
    listed = []
    for reference in page.citations.references.values():
        said_by = dict.fromkeys(voice for record in reference.records for voice in voices(page, record))
        homes = [(record, page.link(record)) for record in reference.records]
        listed.append((reference, proof(page, reference.passage, reference.location), list(said_by), homes))
    return block("references", references=listed)


def figure(page: Page, id: str) -> Markup:
    """The figure of a fact, with hedge and unit, for a sentence. Inline."""
    record = find(page.library, id, Fact)
    assert isinstance(record, Fact)
    if record.value is None:
        raise AuthorError(f'"{id}" has no figure; name a fact with a value')
    return inline("figure", record=record)


def count(page: Page, kind: str) -> Markup:
    """How many records of a kind there are, for a sentence. Inline."""
    return inline("count", number=len(page.library.of(_kind(kind))))


def numbers(page: Page, topic: str = "") -> Markup:
    """Every figure, or those of one topic, in a table: unit, period, as of when and by whose count. Block."""
    figures = [each for each in _chosen(page, Fact, topic) if isinstance(each, Fact) and each.value is not None]
    rows = [
        (each, page.link(each), linked(page, (*each.counted_by, *each.said_by)), marks(page, each))
        for each in sorted(figures, key=page.library.order)
    ]
    return block("numbers", rows=rows)


def timeline(page: Page, topic: str = "") -> Markup:
    """Every event in the order of its date, or those of one topic; words and deeds apart. Block."""
    return block("timeline", events=[card(page, each) for each in _by_date(_chosen(page, Event, topic))])


def limits(page: Page) -> Markup:
    """Every limit in brief, each a link to its page. Block."""
    for each in page.library.of(Limit):
        page.use(each)
    listed = [
        (each, page.link(each), weigh(page, each), cite(page, *each.rests_on) if each.rests_on else "")
        for each in page.library.of(Limit)
    ]
    return block("limits", limits=listed)


def words_and_deeds(page: Page, id: str) -> Markup:
    """What was said and what was done on one limit, side by side. Block."""
    record = find(page.library, id, Limit)
    assert isinstance(record, Limit)
    said, done = (cards(page, ids) for ids in (record.said, record.done))
    return block("words_and_deeds", record=record, said=said, done=done)


def sides(page: Page, id: str) -> Markup:
    """What shows one limit and what speaks against it, side by side, summed up by kind of evidence. Block."""
    record = find(page.library, id, Limit)
    assert isinstance(record, Limit)
    shows, against = (cards(page, ids) for ids in (record.shows, record.against))
    kinds = {name: kinds_of_evidence(page.library, getattr(record, name)) for name in ("shows", "against")}
    return block("sides", record=record, shows=shows, against=against, kinds=kinds)


def open_questions(page: Page, id: str) -> Markup:
    """What the sources leave open on one limit. Block."""
    return block("open_questions", record=find(page.library, id, Limit))


def records(page: Page, kind: str, topic: str = "") -> Markup:
    """Every record of a kind, or those of one topic, grouped as a reader would look for them. Block."""
    chosen = _chosen(page, _kind(kind), topic)
    name_of = GROUPS.get(kind, _no_group)
    ordered = sorted(chosen, key=lambda each: ORDERS.get(kind, _file_order)(page, each))
    groups = [
        (name, [card(page, each) for each in members])
        for name, members in groupby(ordered, key=lambda each: name_of(page, each))
    ]
    return block("records", kind=kind, groups=groups)


def remainder(page: Page, topic: str) -> Markup:
    """Every quote and fact on a topic that the page has not shown yet. Block."""
    left = [[each for each in _chosen(page, kind, topic) if each.id not in page.shown] for kind in (Quote, Fact)]
    quotes, facts = ([card(page, each) for each in sorted(chosen, key=page.library.order)] for chosen in left)
    return block("remainder", topic=find(page.library, topic), quotes=quotes, facts=facts)


def passages(page: Page, id: str) -> Markup:
    """A map of a source, and every record that rests on it, by section and paragraph, each a link. Block."""
    chosen = find(page.library, id, Source)
    resting = sorted(
        {
            (location.start, record.id): (location, record)
            for record in page.library.records.values()
            for location in page.library.locations[record.id]
            if location.source == chosen.id
        }.items()
    )
    located = [entry for _, entry in resting]
    sections = []
    for section, in_section in groupby(located, key=lambda entry: entry[0].section):
        paragraphs = []
        for place, members in groupby(in_section, key=lambda entry: (entry[0].role, entry[0].number)):
            seen = {record.id: (record, page.link(record)) for _, record in members}
            paragraphs.append((*place, list(seen.values())))
        sections.append((section, paragraphs))
    return block("passages", source=chosen, sections=sections)


def corrections(page: Page) -> Markup:
    """Every correction, the newest first: what a record said, what it says now, and why. Block."""
    listed = sorted(page.library.of(Correction), key=lambda each: (each.date.edtf, each.id), reverse=True)
    page.shown |= {each.id for each in listed}
    rows = []
    for each in listed:
        corrected = find(page.library, each.record)
        rows.append((each, page.anchor(each), corrected, page.link(corrected)))
    return block("corrections", corrections=rows)


def measured(page: Page, name: str) -> Markup:
    """A figure of the build itself, for a sentence: how many passages, paragraphs covered, and so on. Inline."""
    found = page.library.measures
    if name not in found:
        raise AuthorError(f'no measure "{name}"{did_you_mean(name, found)}')
    return inline("measured", number=found[name])


def _kind(name: str) -> type[Record]:
    if name not in KINDS:
        raise AuthorError(f'no kind "{name}"{did_you_mean(name, KINDS)}')
    return KINDS[name]


def _chosen(page: Page, kind: type[Record], topic: str) -> list[Record]:
    if topic:
        find(page.library, topic, Topic, Limit)
    return page.library.of(kind, topic)


def _by_date(events: Iterable[Record]) -> list[Record]:
    return sorted(events, key=lambda each: each.date.sort_key)  # type: ignore[attr-defined]


def _no_group(page: Page, record: Record) -> str:
    return ""


def _file_order(page: Page, record: Record) -> tuple[()]:
    return ()


def _section(page: Page, record: Record) -> str:
    """The source and section of a record's first passage."""
    location = page.library.locations[record.id][0]
    title = page.library.records[location.source].label
    return f"{title}: {location.section}" if location.section else title


def _speakers(page: Page, record: Record) -> str:
    assert isinstance(record, Quote)
    return " and ".join(find(page.library, id).label for id in record.speaker) or "Words nobody is named for"


def _speaker_order(page: Page, record: Record) -> tuple[bool, str]:
    assert isinstance(record, Quote)
    return not record.speaker, _speakers(page, record)


def _alphabet(page: Page, record: Record) -> str:
    return record.label.casefold()


def _surname(page: Page, record: Record) -> tuple[str, str]:
    assert isinstance(record, Person)
    return (record.family or record.name.split()[-1]).casefold(), record.name.casefold()


GROUPS: dict[str, Callable[[Page, Record], str]] = {"fact": _section, "quote": _speakers}

ORDERS: dict[str, Callable[[Page, Record], Any]] = {
    "fact": lambda page, record: page.library.order(record),
    "quote": _speaker_order,
    "event": lambda page, record: record.date.sort_key,  # type: ignore[attr-defined]
    "person": _surname,
    "organisation": _alphabet,
    "document": _alphabet,
    "term": _alphabet,
}

MACROS: dict[str, Callable[..., Markup]] = {
    macro.__name__: macro
    for macro in (
        fact,
        quote,
        event,
        person,
        organisation,
        document,
        term,
        tension,
        limit,
        source,
        cite,
        references,
        figure,
        count,
        numbers,
        timeline,
        limits,
        words_and_deeds,
        sides,
        open_questions,
        records,
        remainder,
        passages,
        corrections,
        measured,
    )
}

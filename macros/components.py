"""The menu: every macro a page may call.

Each function takes the page it is called on, picks and orders records, and
hands them to the template of its name. Its docstring is what authors read.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from markupsafe import Markup

from .axis import Moment
from .axis import draw as draw_axis
from .briefs import glance
from .cards import card, cards, credits_of, linked, marks, proof
from .comparison import compare, part
from .drawings import draw, find_figure, row
from .facets import facets, keys
from .figures import FIGURES, figures
from .independence import kinds_of_evidence
from .pages import BrokenRecordError, Page, find
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
from .sequel import sequel
from .speakers import CAPACITIES, UNNAMED, read_speakers
from .writing import dumps


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
    return marks(page, *(find(page.library, id) for id in ids))


def references(page: Page) -> Markup:
    """The list of references of the page; the last macro on it. Block."""
    if page.citations.printed:
        raise AuthorError("references() stands on this page already; keep the last one")
    page.citations.printed = True
    listed = []
    for reference in page.citations.references.values():
        said_by = dict.fromkeys(credit for record in reference.records for credit in credits_of(page, record))
        homes = [(record, page.link(record)) for record in reference.records]
        listed.append((reference, proof(page, reference.passage, reference.location), list(said_by), homes))
    return block("references", references=listed)


def figure(page: Page, id: str) -> Markup:
    """The figure of a fact, with hedge and unit, for a sentence. Inline."""
    return inline("figure", record=find_figure(page, id))


def bars(page: Page, title: str, *ids: str) -> Markup:
    """Figures of one unit, drawn to one scale; unlike periods, targets and hedges are said. Block."""
    if len(ids) < 2:
        raise AuthorError("bars() takes a title and two ids or more; show a single figure with fact() or share()")
    return draw(page, "bars", title, compare([find_figure(page, id) for id in ids]))


def share(page: Page, id: str) -> Markup:
    """One figure, drawn as part of its whole. Block."""
    record = find_figure(page, id)
    return draw(page, "share", record.title or "", [part(record)])


def count(page: Page, kind: str) -> Markup:
    """How many records of a kind there are, for a sentence. Inline."""
    return inline("count", number=len(page.library.of(_kind(kind))))


def numbers(page: Page, topic: str = "") -> Markup:
    """Every figure, or those of one topic, in a table: unit, period, as of when and by whose count. Block."""
    chosen = {each.id for each in _chosen(page, Fact, topic)}
    rows = [row(page, each, marks(page, each)) for each in figures(page.library) if each.id in chosen]
    return block("numbers", rows=rows, csv=page.relative(FIGURES).removesuffix("/"))


def timeline(page: Page, topic: str = "", eras: str = "") -> Markup:
    """Every event in the order of its date, or those of one topic; drawn as well, when eras are given. Block."""
    events = _events(page, topic)
    if not eras:
        return block("timeline", groups=[(None, [(each, card(page, each), [], []) for each in events])])
    if "axis-name" in page.anchored:
        raise AuthorError("a timeline is drawn on this page already; leave out the eras of one")
    page.anchored.add("axis-name")
    try:
        drawn = draw_axis((Moment(each.id, each.date, each.act, each.title) for each in events), eras)
    except ValueError as error:
        raise AuthorError(str(error)) from None
    known = {each.id: each for each in events}
    groups = []
    for era in drawn:
        members = [known[moment.id] for moment in era.moments]
        groups.append((era, [_item(page, each, events) for each in members]))
    return block("timeline", groups=groups, facets=facets(page.library, events), page=page, records=known)


def limits(page: Page) -> Markup:
    """The picture of the limits: what was said, what was done, and the evidence on both sides of each. Block."""
    rows = []
    for each in page.library.of(Limit):
        page.use(each)
        links = {part: page.link(each, f"-{part}") for part in ("said", "done", "shows", "against")}
        glances = glance(page, each.words), glance(page, each.deed)
        rows.append((each, page.link(each), links, *glances, _kinds(page, each)))
    return block("limits", limits=rows)


def words_and_deeds(page: Page, id: str) -> Markup:
    """What was said and what was done on one limit, side by side, with the one that stands for each. Block."""
    record = find(page.library, id, Limit)
    assert isinstance(record, Limit)
    words, said = glance(page, record.words), cards(page, record.said)  # in reading order, as they are numbered
    deed, done = glance(page, record.deed), cards(page, record.done)
    return block("words_and_deeds", record=record, words=words, deed=deed, said=said, done=done)


def sides(page: Page, id: str) -> Markup:
    """What shows one limit and what speaks against it, side by side, summed up by kind of evidence. Block."""
    record = find(page.library, id, Limit)
    assert isinstance(record, Limit)
    shows, against = (cards(page, ids) for ids in (record.shows, record.against))
    return block("sides", record=record, shows=shows, against=against, kinds=_kinds(page, record))


def open_questions(page: Page, id: str) -> Markup:
    """What the sources leave open on one limit. Block."""
    return block("open_questions", record=find(page.library, id, Limit))


def records(page: Page, kind: str, topic: str = "") -> Markup:
    """Every record of a kind, or those of one topic, grouped as a reader would look for them. Block."""
    chosen = _chosen(page, _kind(kind), topic)
    name_of = GROUPS.get(kind, _no_group)
    ordered = sorted(chosen, key=lambda each: ORDERS.get(kind, _file_order)(page, each))
    parts = [(name, list(members)) for name, members in groupby(ordered, key=lambda each: name_of(page, each))]
    groups = [(name, [card(page, each) for each in members]) for name, members in parts]
    entries = [
        (*_entry(page, kind, name, each), page.link(each))
        for name, members in parts
        for each in members[: 1 if name else None]
    ]
    index = [
        (head, [entry[1:] for entry in below]) for head, below in groupby(entries, key=lambda entry: entry[0])
    ]
    return block("records", kind=kind, groups=groups, index=index if len(entries) >= INDEXED else [])


def voices(page: Page) -> Markup:
    """Who sees what: every speaker against every limit, one mark a statement, each a link to it. Block."""
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
    return block("voices", limits=linked(page, (each.id for each in listed)), groups=ordered, silent=silent)


def speakers(page: Page, capacity: str) -> Markup:
    """Every speaker in one capacity, or the words nobody is named for: roles, position, quotations. Block."""
    if capacity not in CAPACITIES:
        raise AuthorError(f'no capacity "{capacity}"{did_you_mean(capacity, CAPACITIES)}')
    rows = []
    for each in read_speakers(page.library):
        if each.capacity == capacity:
            shown = [card(page, quote) for quote in each.quotes]
            told = [] if shown else linked(page, (fact.id for fact in each.facts))
            marks = cite(page, *each.position.rests_on) if each.position else ""
            names = linked(page, (one.id for one in each.records))
            page.parts.add(each.key)
            rows.append((each, names, (each.position, marks), shown, told))
    rest = [quote for quote in page.library.of(Quote) if not quote.speaker] if capacity == UNNAMED else []
    unnamed = [card(page, quote) for quote in sorted(rest, key=page.library.order)]
    index = sorted((each for each, *_ in rows), key=lambda each: each.filed_under)
    return block("speakers", capacity=capacity, index=index, speakers=rows, unnamed=unnamed)


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


def entry(page: Page, id: str) -> Markup:
    """A record as its data file holds it, in YAML, with file and line. Block."""
    record = find(page.library, id)
    written = page.library.entries[record.id]
    line = written.tree.place((written.index,))[0]
    lines = dumps(written.fields).splitlines()
    return block("entry", record=record, place=f"{written.tree.file}:{line}", lines=lines)


def measured(page: Page, name: str) -> Markup:
    """A figure of the build itself, for a sentence: how many passages, paragraphs covered, and so on. Inline."""
    found = page.library.measures
    if not page.library.proved:
        raise BrokenRecordError([])
    if name not in found:
        raise AuthorError(f'no measure "{name}"{did_you_mean(name, found)}')
    return inline("measured", number=found[name])


def _kinds(page: Page, limit: Limit) -> dict[str, list[tuple[str, int]]]:
    return {side: kinds_of_evidence(page.library, getattr(limit, side)) for side in ("shows", "against")}


def _kind(name: str) -> type[Record]:
    if name not in KINDS:
        raise AuthorError(f'no kind "{name}"{did_you_mean(name, KINDS)}')
    return KINDS[name]


def _chosen(page: Page, kind: type[Record], topic: str) -> list[Record]:
    if topic:
        find(page.library, topic, Topic, Limit)
    return page.library.of(kind, topic)


def _events(page: Page, topic: str) -> list[Event]:
    chosen = [each for each in _chosen(page, Event, topic) if isinstance(each, Event)]
    return sorted(chosen, key=lambda each: each.date.sort_key)


def _item(page: Page, event: Event, events: list[Event]) -> tuple[Event, Markup, list[Any], list[Any]]:
    """An event with its card, what it can be chosen by, and the deeds that followed on it with their addresses."""
    followed = [
        (subject, [(deed, page.link(deed)) for deed in deeds])
        for subject, deeds in sequel(page.library, event, events)
    ]
    return event, card(page, event, 4), keys(event), followed


def _no_group(page: Page, record: Record) -> str:
    return ""


def _file_order(page: Page, record: Record) -> tuple[()]:
    return ()


def _section(page: Page, record: Record) -> str:
    """The source and section of a record's first passage."""
    title, section = _place(page, record)
    return f"{title}: {section}" if section else title


def _place(page: Page, record: Record) -> tuple[str, str]:
    location = page.library.locations[record.id][0]
    return page.library.records[location.source].label, location.section


def _entry(page: Page, kind: str, name: str, record: Record) -> tuple[str, str]:
    """What stands over entries of the list that share it, and the entry's own words."""
    if GROUPS.get(kind) is _section:
        title, section = _place(page, record)
        return title, section or "Opening"
    return "", name or record.label


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
    return record.surname.casefold(), record.name.casefold()


GROUPS: dict[str, Callable[[Page, Record], str]] = {"fact": _section, "quote": _speakers}

INDEXED = 8
"""From how many records or groups on a list of them stands first."""

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
        bars,
        share,
        numbers,
        timeline,
        limits,
        words_and_deeds,
        sides,
        open_questions,
        records,
        voices,
        speakers,
        remainder,
        passages,
        corrections,
        measured,
        entry,
    )
}

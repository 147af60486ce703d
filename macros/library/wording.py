"""Rules of wording: what a sentence of ours must keep of the passage it rests on.

They know English and no subject. None can tell whether a sentence is fair; each
catches one way in which a fair sentence goes wrong unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..evidence.article import fold
from ..problems import Problem
from ..records.dates import MONTHS, Date
from ..records.kinds import Document, Entity, Event, Fact, Limit, Quote, Source
from ..records.models import Passage, Record
from .validation import Entries, Entry

# Which year a source means, counted from the year it was published.
RELATIVE_YEARS = {"last year": -1, "earlier this year": 0, "later this year": 0, "this year": 0, "next year": 1}

FIGURE_HEDGE = re.compile(
    r"\b(nearly|almost|about|around|some|roughly|over|more than|less than|at least|at most|up to)"
    r"\s+\D{0,12}\d[\d.,]*"
    r"|\d[\w.,]*( \w+)? or (more|less)\b",
    re.IGNORECASE,
)
HEDGE = re.compile(
    r"\b(almost|nearly|virtually|partly|perhaps|possibl\w+|probabl\w+|likely|may|might|could|seems?|seemed|"
    r"appears?|appeared|alleged\w*|reportedly)\b"  # in small letters: May is a month
)

# Our own words may hedge in more ways.
SOFTENED = re.compile(rf"{HEDGE.pattern}|\b(can|in effect|said to)\b")

AIM = re.compile(r"\b(target|aim|goal|plan)", re.IGNORECASE)


def relative_years_are_resolved(entries: Entries) -> Iterator[Problem]:
    """A date worked out from a phrase like “last year” lies in the year that the source means."""
    issued = {source.id: source.issued.earliest[0] for _, source in entries.of(Source)}
    for entry, record in [*_statements(entries), *entries.of(Quote)]:
        quoted = fold(record.derived or "").casefold()
        phrase = next((each for each in RELATIVE_YEARS if f'"{each}' in quoted), None)
        year = issued.get(record.evidence[0].source) if record.evidence else None
        if phrase is None or year is None:
            continue
        meant = year + RELATIVE_YEARS[phrase]
        if not any(date.earliest[0] <= meant <= date.latest[0] for date in _dates(record)):
            text = f"“{phrase}” in a source of {year} is {meant}, and no date here lies in it"
            yield entry.problem(("derived",), f"{text}; mend the date, or what it is derived from")


def relative_years_are_explained(entries: Entries) -> Iterator[Problem]:
    """A dated statement whose passage says “last year” says how the year was worked out."""
    for entry, record in _statements(entries):
        said = " ".join(fold(passage.exact).casefold() for passage in record.evidence)
        found = next((phrase for phrase in RELATIVE_YEARS if re.search(rf"\b{phrase}\b", said)), None)
        if found and _dates(record) and not record.derived:
            yield entry.problem((), f'"{record.id}" rests on “{found}”; say in "derived" which year that is')


def figures_keep_their_hedge(entries: Entries) -> Iterator[Problem]:
    """A figure that the source hedges, with “nearly” or “more than”, keeps a qualifier."""
    for entry, fact in entries.of(Fact):
        for index, passage in enumerate(fact.evidence):
            hedge = FIGURE_HEDGE.search(passage.exact)
            if (
                fact.value is not None
                and hedge
                and not fact.qualifier
                and str(fact.value) in _plain(hedge, passage)
            ):
                text = f'the source says “{hedge[0]}”; keep the hedge in "qualifier"'
                yield entry.problem(("evidence", index, "exact"), text)


def hedges_stay(entries: Entries) -> Iterator[Problem]:
    """A statement whose passage hedges, with “may” or “seems”, hedges too."""
    for entry, record in _statements(entries):
        ours = " ".join(getattr(record, name, None) or "" for name in ("text", "title", "summary", "qualifier"))
        for index, passage in enumerate(record.evidence):
            hedge = HEDGE.search(passage.exact)
            if hedge and not SOFTENED.search(ours) and not FIGURE_HEDGE.search(passage.exact):
                text = f"the source says “{hedge[0]}”, and the statement says it flatly; keep the hedge"
                yield entry.problem(("evidence", index, "exact"), text)


def hedges_stay_in_positions(entries: Entries) -> Iterator[Problem]:
    """A position that rests on a passage that hedges, with “may” or “seems”, hedges too."""
    records = entries.by_id()
    for entry in entries.entries:
        position = getattr(entry.record, "position", None)
        if position is None or SOFTENED.search(position.text):
            continue
        for index, record in enumerate(map(records.get, position.rests_on)):
            passages = record.passages() if record else ()
            hedge = next((found for _, each in passages if (found := HEDGE.search(each.exact))), None)
            if hedge:
                text = f"what it rests on says “{hedge[0]}”, and the position says it flatly; keep the hedge"
                yield entry.problem(("position", "rests_on", index), text)


def positions_are_no_later_than_their_sources(entries: Entries) -> Iterator[Problem]:
    """A position is not dated later than the sources it rests on."""
    records = entries.by_id()
    for entry in entries.entries:
        position = getattr(entry.record, "position", None)
        if position is None or position.as_of is None:
            continue
        statements = [records.get(name) for name in position.rests_on]
        passages = [each for record in statements if record for _, each in record.passages()]
        issued = [
            source.issued.latest for each in passages if isinstance(source := records.get(each.source), Source)
        ]
        complete = None not in statements and len(issued) == len(passages) > 0
        if complete and position.as_of.earliest > max(issued):
            text = f"the position is of {position.as_of.say()}, later than every source it rests on; mend the date"
            yield entry.problem(("position", "as_of"), text)


def targets_are_called_targets(entries: Entries) -> Iterator[Problem]:
    """A figure that is aimed at has the status target, and its sentence says so."""
    for entry, fact in entries.of(Fact):
        if fact.value is None:
            continue
        aimed = any(re.search(r"\btarget", passage.exact, re.IGNORECASE) for passage in fact.evidence)
        if aimed and fact.status != "target":
            yield entry.problem(("value",), 'the source calls the figure a target; write "status: target"')
        if fact.status == "target" and not AIM.search(fact.text):
            yield entry.problem(("text",), "the figure is a target; the sentence should call it one")


def parts_of_a_year_are_said(entries: Entries) -> Iterator[Problem]:
    """A figure for part of a year names the months in its sentence."""
    months = re.compile("|".join(("month", "quarter", *MONTHS)))
    for entry, fact in entries.of(Fact):
        period = fact.period
        if fact.value is None or period is None or period.form != "interval":
            continue
        whole = period.earliest[1:] == (1, 1) and period.latest[1:] == (12, 31)
        if not whole and not months.search(fact.text):
            said = f"the figure covers {period.say()}, not a whole year; say so in the sentence"
            yield entry.problem(("text",), said)


def speakers_stand_in_the_source(entries: Entries) -> Iterator[Problem]:
    """An organisation or document that speaks is named in the source of the quotation."""
    records = entries.by_id()
    for entry, quote in entries.of(Quote):
        for speaker in (records.get(name) for name in quote.speaker):
            sources = {passage.source for passage in getattr(speaker, "evidence", ())}
            if isinstance(speaker, Entity) and quote.evidence and quote.evidence[0].source not in sources:
                text = (
                    f'"{speaker.id}" is not named in "{quote.evidence[0].source}"; name another, or add evidence'
                )
                yield entry.problem(("speaker",), text)


def documents_speak_on_their_date(entries: Entries) -> Iterator[Problem]:
    """A quotation from a document that has a date carries the same date."""
    records = entries.by_id()
    for entry, quote in entries.of(Quote):
        for document in (records.get(name) for name in quote.speaker):
            if not isinstance(document, Document) or not document.issued or not quote.date:
                continue
            if quote.date.earliest > document.issued.latest or quote.date.latest < document.issued.earliest:
                text = f'"{document.id}" is of {document.issued.say()}, the quotation of {quote.date.say()}'
                yield entry.problem(("date",), f"{text}; mend the date or the speaker")


def briefs_keep_to_their_record(entries: Entries) -> Iterator[Problem]:
    """A record in a few words keeps its hedges, and quotes only what its passages say."""
    records = entries.by_id()
    for entry, limit in entries.of(Limit):
        for name in ("words", "deed"):
            brief = getattr(limit, name)
            record = records.get(brief.record) if brief else None
            if record is None:
                continue
            if brief.text:
                for fault in _unfaithful(brief.text, record):
                    yield entry.problem((name, "text"), fault)
            elif not isinstance(record, Quote) or record.form != "phrase":
                yield entry.problem((name,), f'"{record.id}" is no phrase; give it in "text", in a few words')


def _unfaithful(text: str, record: Record) -> Iterator[str]:
    """What a few words lose of their record, or add to it."""
    passages = " ".join(fold(passage.exact) for _, passage in record.passages())
    quoted = re.findall('"([^"]+)"', fold(text))
    if isinstance(record, Quote) and not quoted:
        yield f'"{record.id}" is a quotation; quote of it, between “ and ”'
    for words in quoted:
        if words not in passages:
            yield f'“{words}” is not in the passages of "{record.id}"; quote it word for word'
    ours = " ".join(getattr(record, name, None) or "" for name in ("text", "title"))
    hedge = HEDGE.search(ours)
    if hedge and not SOFTENED.search(text):
        yield f'"{record.id}" says “{hedge[0]}”; keep the hedge'
    if isinstance(record, Fact) and record.value is not None:
        if record.qualifier and str(record.value) in text and record.qualifier not in text:
            yield f"the figure is “{record.qualifier} {record.value}”; keep the hedge"
        if record.status == "target" and not AIM.search(text):
            yield "the figure is a target; call it one"


def _statements(entries: Entries) -> Iterator[tuple[Entry, Fact | Event]]:
    """What we say ourselves; a quotation has no wording of ours."""
    yield from entries.of(Fact)
    yield from entries.of(Event)


def _dates(record: Record) -> list[Date]:
    dates = (getattr(record, name, None) for name in ("date", "period", "as_of"))
    return [date for date in dates if date is not None]


def _plain(hedge: re.Match[str], passage: Passage) -> str:
    """What follows the hedge, without the separators of thousands."""
    return passage.exact[hedge.start() :].replace(",", "")


WORDING_RULES = (
    relative_years_are_resolved,
    relative_years_are_explained,
    figures_keep_their_hedge,
    hedges_stay,
    hedges_stay_in_positions,
    positions_are_no_later_than_their_sources,
    targets_are_called_targets,
    parts_of_a_year_are_said,
    speakers_stand_in_the_source,
    documents_speak_on_their_date,
    briefs_keep_to_their_record,
)

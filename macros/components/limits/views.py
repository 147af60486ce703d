"""The components of limits: the picture of the line, the limits in rows, and the parts of a limit's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from ...components.citations.linking import cite_records
from ...components.records.views import Context, record_component
from ...components.registry import component
from ...components.rendering import render_block, render_inline
from ...library.voices import capacity, role_of
from ...pages.page import Page
from ...records.dates import Date
from ...records.kinds import LINE, Event, Limit, Person, Quote, Source
from ...records.models import Brief, Record
from .verdicts import Voice, reach_verdict, source_of, whose_word


@dataclass(frozen=True)
class Glance:
    """A record in a few words: whose word it is, `where` they are printed or empty, when, and its citations."""

    text: str
    voice: str
    where: str
    date: Date | None
    marks: Markup


@record_component(Limit)
def limit(page: Page, record: Limit) -> Context:
    """Show one limit: the question, the answer, a pair of words and deed, the verdict and why. Block."""
    marks = cite_records(page, *(page.library.get(id) for id in record.rests_on))
    glances = _glances(page, record, "words", "deed", "counter")
    return {"answer_marks": marks, "verdict": reach_verdict(page.library, record), "glances": glances}


@component
def limits(page: Page) -> Markup:
    """Show every limit in a row: question, answer, verdict, and the strongest thing on each side. Block."""
    rows = []
    for each in page.library.of(Limit):
        page.use(each)
        marks = cite_records(page, *(page.library.get(id) for id in each.rests_on))
        glances = _glances(page, each, "words", "deed", "strongest", "counter")
        rows.append((each, page.link(each), marks, reach_verdict(page.library, each), glances))
    return render_block("limits", limits=rows)


@component
def line(page: Page) -> Markup:
    """Draw where the line runs: what crosses it, is contested, and stops at it, over all limits. Block."""
    groups = []
    for place in LINE:
        items = []
        for each in page.library.of(Limit):
            for brief in getattr(each, place):
                items.append((summarise(page, brief), page.link(each)))
        groups.append((place, items))
    return render_block("line", groups=groups)


@component
def verdict(page: Page, id: str) -> Markup:
    """Say the verdict on one limit in its one word, for a sentence. Inline."""
    record = page.library.get(id, Limit)
    page.use(record)
    return render_inline("verdict", verdict=reach_verdict(page.library, record), record=record)


@component
def sides(page: Page, id: str) -> Markup:
    """Set what shows one limit and what speaks against it side by side, by whose word it is. Block."""
    record = page.library.get(id, Limit)
    shows, against = (_by_voice(page, ids) for ids in (record.shows, record.against))
    return render_block("sides", record=record, shows=shows, against=against)


@component
def open_questions(page: Page, id: str) -> Markup:
    """List what the sources leave open on one limit. Block."""
    return render_block("open_questions", record=page.library.get(id, Limit))


def _glances(page: Page, limit: Limit, *names: str) -> dict[str, Glance | None]:
    """Summarise what a limit names, in the order in which a reader meets it: that numbers the citations."""
    pair = {"words": limit.pair.words, "deed": limit.pair.deed} if limit.pair else {}
    briefs = {"strongest": limit.strongest, "counter": limit.counter, **pair}
    return {name: summarise(page, briefs.get(name)) for name in names}


def summarise(page: Page, brief: Brief | None) -> Glance | None:
    """Return a brief as a page shows it, cited; None where a limit has none."""
    if brief is None:
        return None
    record = page.library.get(brief.record)
    voice, source = whose_word(page.library, record), source_of(page.library, record)
    own = record.date if isinstance(record, Quote | Event) else None
    where = "" if own or voice.records == (source,) else source.publisher
    lone = voice.records[0] if len(voice.records) == 1 else None
    analyst = isinstance(lone, Person) and capacity(lone, record) == "analyst"
    by = f"{voice.name}, analyst" if analyst else voice.name
    text = brief.text or f"“{record.label}”"
    return Glance(text, by, where, own or source.issued, cite_records(page, record))


def _by_voice(page: Page, ids: Iterable[str]) -> list[Context]:
    """Group statements by whose word they are and what prints them, in the order of the list."""
    groups: dict[tuple[Voice, Source], list[Record]] = {}
    for record in map(page.library.get, ids):
        key = whose_word(page.library, record), source_of(page.library, record)
        groups.setdefault(key, []).append(record)
    found = []
    for (voice, source), records in groups.items():
        page.shown.update(each.id for each in records)
        roles = [role_of(each, records[0]) for each in voice.records]
        found.append(
            {
                "voice": voice,
                "source": source,
                "reported": voice.records != (source,),
                "roles": [each.role for each in roles if each],
                "statements": [(each, cite_records(page, each)) for each in records],
            }
        )
    return found

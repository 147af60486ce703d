"""The components that show a limit and the evidence on its sides."""

from __future__ import annotations

from markupsafe import Markup

from ...components.citations.linking import cite_records
from ...components.records.views import Context, record_component, render_cards
from ...components.registry import component
from ...components.rendering import render_block
from ...library.voices import kinds_of_evidence
from ...pages.page import Page
from ...records.kinds import Limit
from .summary import summarise


@record_component(Limit)
def limit(page: Page, record: Limit) -> Context:
    """Show one limit: the question, the short answer, how strong the evidence is. Block."""
    return {"answer_marks": cite_records(page, *(page.library.get(id) for id in record.rests_on))}


@component
def limits(page: Page) -> Markup:
    """Draw the picture of the limits: what was said, what was done, the evidence on both sides of each. Block."""
    rows = []
    for each in page.library.of(Limit):
        page.use(each)
        links = {part: page.link(each, f"-{part}") for part in ("said", "done", "shows", "against")}
        glances = summarise(page, each.words), summarise(page, each.deed)
        rows.append((each, page.link(each), links, *glances, evidence_on_sides(page, each)))
    return render_block("limits", limits=rows)


@component
def words_and_deeds(page: Page, id: str) -> Markup:
    """Show what was said and what was done on one limit, side by side, and what stands for each. Block."""
    record = page.library.get(id, Limit)
    words, said = (
        summarise(page, record.words),
        render_cards(page, record.said),
    )  # in reading order, as they are numbered
    deed, done = summarise(page, record.deed), render_cards(page, record.done)
    return render_block("words_and_deeds", record=record, words=words, deed=deed, said=said, done=done)


@component
def sides(page: Page, id: str) -> Markup:
    """Show what shows one limit and what speaks against it, side by side, summed up by kind of evidence. Block."""
    record = page.library.get(id, Limit)
    shows, against = (render_cards(page, ids) for ids in (record.shows, record.against))
    return render_block(
        "sides", record=record, shows=shows, against=against, kinds=evidence_on_sides(page, record)
    )


@component
def open_questions(page: Page, id: str) -> Markup:
    """Show what the sources leave open on one limit. Block."""
    return render_block("open_questions", record=page.library.get(id, Limit))


def evidence_on_sides(page: Page, limit: Limit) -> dict[str, list[tuple[str, int]]]:
    return {side: kinds_of_evidence(page.library, getattr(limit, side)) for side in ("shows", "against")}

"""Citations in the text, the list of references at its end, and what rests on a source."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from markupsafe import Markup

from ...components.registry import component
from ...components.rendering import render_block
from ...pages.page import Page
from ...problems import AuthorError
from ...records.kinds import Source
from .linking import cite_records, credits_of, link_proof


@component
def cite(page: Page, *ids: str) -> Markup:
    """Cite records: the numbers of the passages they rest on, linked to the list of references. Inline."""
    if not ids:
        raise AuthorError("cite() takes at least one id")
    return cite_records(page, *(page.library.get(id) for id in ids))


@component
def references(page: Page) -> Markup:
    """Show the references of the page, by source; the last macro on it. Block."""
    if page.citations.printed:
        raise AuthorError("references() stands on this page already; keep the last one")
    page.citations.printed = True
    groups: dict[str, list[Any]] = {source.id: [] for source in page.library.of(Source)}
    for reference in page.citations.references.values():
        said_by = dict.fromkeys(credit for record in reference.records for credit in credits_of(page, record))
        homes = [(record, page.link(record)) for record in reference.records]
        proof = link_proof(page, reference.passage, reference.location)
        groups[reference.source.id].append((reference, proof, list(said_by), homes))
    listed = [(source, page.link(source), groups[source.id]) for source in page.library.of(Source)]
    return render_block("references", groups=[each for each in listed if each[-1]])


@component
def passages(page: Page, id: str) -> Markup:
    """Show a map of a source, and every record that rests on it, by section and paragraph, each a link. Block."""
    chosen = page.library.get(id, Source)
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
    return render_block("passages", source=chosen, sections=sections)

"""Links from a page to evidence: citation numbers, proofs, credits, and the homes of records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from ...components.rendering import render_inline
from ...evidence.selectors import Location
from ...pages.citations import Reference, source_address
from ...pages.page import Page
from ...problems import AuthorError
from ...records.kinds import Fact, Quote, Source
from ...records.models import Passage, Record


@dataclass(frozen=True)
class Proof:
    """A passage with its source, the source's address at the passage, and its place on the source's page.

    `nth` says which of all sources it is, from 1.
    """

    source: Source
    passage: Passage
    location: Location
    address: str
    link: str
    nth: int


def cite_records(page: Page, *records: Record) -> Markup:
    """Cite the passages that records rest on: one run of numbers, each once, the lowest first."""
    run: dict[int, tuple[Reference, list[Record]]] = {}
    for record in records:
        page.cited.add(record.id)
        for passage, location in page.library.evidence(record):
            cited = page.library.get(passage.source, Source)
            reference = page.citations.refer(cited, passage, location, record)
            _, resting = run.setdefault(reference.number, (reference, []))
            if record not in resting:
                resting.append(record)
    if page.citations.printed and run:
        raise AuthorError(f'"{records[0].id}" is cited after references(); move references() to the end')
    numbers = sorted(run)
    return Markup("").join(
        _mark(page, *run[number], _place(numbers, index)) for index, number in enumerate(numbers)
    )


def _mark(page: Page, reference: Reference, records: list[Record], place: str) -> Markup:
    anchor = reference.cite()
    for record in records:
        page.use(record, anchor)
    return render_inline("cite", records=records, reference=reference, anchor=anchor, place=place)


def _place(numbers: list[int], index: int) -> str:
    """Return where a number stands in its run: first, next, or within three or more consecutive ones."""
    if index == 0:
        return "first"
    number = numbers[index]
    within = numbers[index - 1 : index + 2] == [number - 1, number, number + 1]
    return "within" if within else "next"


def link_proof(page: Page, passage: Passage, location: Location) -> Proof:
    cited = page.library.get(passage.source, Source)
    nth = 1 + [source.id for source in page.library.of(Source)].index(cited.id)
    return Proof(cited, passage, location, source_address(cited, location), page.link(cited, location.place), nth)


@dataclass(frozen=True)
class Credit:
    """Who says a passage: a record's name and address, or a description of somebody who is not named."""

    verb: str
    name: str
    link: str


def credits_of(page: Page, record: Record) -> list[Credit]:
    """Return who says what a record rests on; nobody, where it is the article itself."""
    if isinstance(record, Quote | Fact) and record.unattributed:
        return [Credit("", record.unattributed, "")]
    if isinstance(record, Quote):
        return [Credit("Words of", each.label, link) for each, link in link_records(page, record.speaker)]
    if isinstance(record, Fact):
        return [Credit("According to", each.label, link) for each, link in link_records(page, record.said_by)]
    return []


def link_records(page: Page, ids: Iterable[str]) -> list[tuple[Record, str]]:
    """Return records with their addresses relative to the page."""
    return [(record, page.link(record)) for record in (page.library.get(id) for id in ids)]

"""Citations, proofs and credits: a passage with its source, its place and its addresses, seen from a page."""

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
    """Cite the passages that records rest on: one link for all of them, the numbers in rising order."""
    found: dict[int, Reference] = {}
    for record in records:
        page.cited.add(record.id)
        for passage, location in page.library.evidence(record):
            cited = page.library.get(passage.source, Source)
            reference = page.citations.refer(cited, passage, location, record)
            found[reference.number] = reference
    if not found:
        return Markup("")
    if page.citations.printed:
        raise AuthorError(f'"{records[0].id}" is cited after references(); move references() to the end')
    run = [found[number] for number in sorted(found)]
    anchor = page.citations.cite(run)
    for record in records:
        page.use(record, anchor)
    return render_inline("cite", records=records, run=run, anchor=anchor, said=_say_numbers([*sorted(found)]))


def _say_numbers(numbers: list[int]) -> str:
    """Write rising numbers as a reader expects them: a range from three on, 1, 4–6."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][-1] == number - 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    words = (f"{each[0]}–{each[-1]}" if len(each) > 2 else ", ".join(map(str, each)) for each in ranges)
    return ", ".join(words)


def link_proof(page: Page, passage: Passage, location: Location) -> Proof:
    cited = page.library.get(passage.source, Source)
    address, link = source_address(cited, location), page.link(cited, location.place)
    return Proof(cited, passage, location, address, link, page.library.source_numbers[cited.id])


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

"""Citations in the text, the list of references at its end, what rests on a source, and the proofs of a record."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from markupsafe import Markup

from ...evidence.selectors import Location
from ...library.library import resting_on
from ...pages.page import Page
from ...problems import AuthorError
from ...records.kinds import Quote, Source
from ...records.models import Record
from ..rendering import component, render_block, render_inline


@component
def cite(page: Page, *ids: str) -> Markup:
    """Cite records: the numbers of the passages they rest on, linked to the list of references. Inline."""
    if not ids:
        raise AuthorError("cite() takes at least one id")
    records = [*map(page.library.get, ids)]
    for record in records:
        if not record.passages:
            raise AuthorError(f'"{record.id}" rests on no passage of its own; cite what it rests on')
    return cite_records(page, *records)


@component
def references(page: Page) -> Markup:
    """Show the references of the page, by source; the last macro on it. Block."""
    if page.citations.printed:
        raise AuthorError("references() stands on this page already; keep the last one")
    page.citations.printed = True
    groups: dict[str, list[Any]] = {}
    for reference in page.citations.references.values():
        credits = dict.fromkeys(each for record in reference.records for each in _credits(page, record))
        groups.setdefault(reference.proof.source.id, []).append((reference, credits))
    listed = [(source, groups[source.id]) for source in page.library.of(Source) if source.id in groups]
    return render_block("references", page=page, groups=listed)


@component
def passages(page: Page, id: str) -> Markup:
    """Show a map of a source, and every record that rests on it, by section and paragraph, each a link. Block."""
    chosen = page.library.get(id, Source)
    page.mapped.add(chosen.id)
    sections = []
    resting = sorted(resting_on(page.library).get(chosen.id, ()), key=lambda pair: (pair[0].start, pair[1]))
    located = [(location, page.library.get(name)) for location, name in resting]
    for section, members in groupby(located, key=lambda pair: pair[0].section):
        paragraphs: dict[str, tuple[Location, dict[str, Record]]] = {}
        for location, record in members:
            paragraphs.setdefault(location.place, (location, {}))[1][record.id] = record
        sections.append((section, paragraphs.values()))
    return render_block("passages", page=page, source=chosen, sections=sections)


def cite_records(page: Page, *records: Record) -> Markup:
    """Cite the passages that records rest on: one link for all of them, the numbers in rising order."""
    page.cited_ids.update(each.id for each in records)
    proofs = [(record, proof) for record in records for proof in page.proofs(record)]
    if not proofs:
        return Markup("")
    if page.citations.printed:
        raise AuthorError(f'"{records[0].id}" is cited after references(); move references() to the end')
    anchor, run = page.citations.cite(proofs)
    for record in records:
        page.use(record, anchor)
    said = _say_numbers([reference.number for reference in run])
    return render_inline("cite", records=records, run=run, anchor=anchor, said=said)


def _say_numbers(numbers: list[int]) -> str:
    """Write rising numbers as a reader expects them: a range from three on, 1, 4–6."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])  # the same within a range
    ranges = [[number for _, number in run] for _, run in runs]
    return ", ".join(f"{each[0]}–{each[-1]}" if len(each) > 2 else ", ".join(map(str, each)) for each in ranges)


def _credits(page: Page, record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield who says what a record rests on, a verb before and an address after; none of the article itself."""
    verb = "Words of" if isinstance(record, Quote) else "According to"
    if unattributed := getattr(record, "unattributed", None):
        yield "" if isinstance(record, Quote) else verb, unattributed, ""
        return
    yield from ((verb, each.label, link) for each, link in page.links(record.sayers))

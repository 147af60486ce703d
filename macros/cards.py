"""How each kind of record is shown: what its template needs, gathered from the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from .bibliography import FORMATS, path, plain, quotation
from .citations import Reference, address
from .evidence import Location
from .independence import capacity, independence, role_of
from .pages import Page, find
from .problems import AuthorError
from .records import (
    Document,
    Event,
    Fact,
    Limit,
    Organisation,
    Passage,
    Person,
    Quote,
    Record,
    Source,
    Tension,
)
from .render import Block, block, inline
from .speakers import UNNAMED, read_speakers


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


def card(page: Page, record: Record, level: int = 3) -> Markup:
    """The component of a record: with its proofs at home, with numbered citations elsewhere.

    `level` is that of the card's heading, if it has one.
    """
    home, again = page.is_home(record), record.id in page.shown
    page.shown.add(record.id)
    page.use(record)
    anchor = page.anchor(record)
    context = {
        "record": record,
        "again": again,
        "level": level,
        "page": page,
        "anchor": anchor,
        "home": home,
        "link": page.link(record),
        "proofs": [proof(page, *each) for each in page.library.evidence(record)] if home else [],
        "marks": Markup("") if home else marks(page, record),
        "standing": _standing(page, record) if anchor else None,
        "words": _words(page, record) if anchor and isinstance(record, Person | Organisation | Document) else [],
        "corrections": page.library.corrections.get(record.id, ()) if anchor else (),
        "report": report_link(page, record) if anchor else "",
    }
    shown = block(record.kind, **context, **DETAILS.get(record.kind, _no_details)(page, record))
    former = page.library.redirects.get(record.id) if anchor else None
    return Block(block("parts/former", ids=former) + "\n" + shown) if former else shown


def report_link(page: Page, record: Record) -> str:
    """Where a reader reports an error in a record, filled in with which; empty when there is nowhere."""
    report = page.site.report
    if not report:
        return ""
    place = f"{page.site.address}{page.url}#{record.id}"
    if report.startswith("mailto:"):
        body = f"{place}\n{record.label}\n\n"
        return f"{report}?subject={quote(f'Error in {record.id}')}&body={quote(body)}"
    return report.replace("{record}", quote(record.id)).replace("{address}", quote(place, safe=""))


def cards(page: Page, ids: Iterable[str]) -> list[Markup]:
    return [card(page, find(page.library, id)) for id in ids]


def marks(page: Page, *records: Record) -> Markup:
    """The citations of the passages that records rest on: one run of numbers, each once, the lowest first."""
    run: dict[int, tuple[Reference, list[Record]]] = {}
    for record in records:
        page.cited.add(record.id)
        for passage, location in page.library.evidence(record):
            cited = find(page.library, passage.source, Source)
            assert isinstance(cited, Source)
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
    return inline("cite", records=records, reference=reference, anchor=anchor, place=place)


def _place(numbers: list[int], index: int) -> str:
    """Where a number stands in its run: first, next, or within three or more that follow on one another."""
    if index == 0:
        return "first"
    number = numbers[index]
    within = numbers[index - 1 : index + 2] == [number - 1, number, number + 1]
    return "within" if within else "next"


def proof(page: Page, passage: Passage, location: Location) -> Proof:
    cited = find(page.library, passage.source, Source)
    assert isinstance(cited, Source)
    nth = 1 + [source.id for source in page.library.of(Source)].index(cited.id)
    return Proof(cited, passage, location, address(cited, location), page.link(cited, location.place), nth)


@dataclass(frozen=True)
class Credit:
    """Who says a passage: a record's name and address, or a description of somebody who is not named."""

    verb: str
    name: str
    link: str


def credits_of(page: Page, record: Record) -> list[Credit]:
    """Who says what a record rests on, where it is not the article itself."""
    if isinstance(record, Quote | Fact) and record.unattributed:
        return [Credit("", record.unattributed, "")]
    if isinstance(record, Quote):
        return [Credit("Words of", each.label, link) for each, link in linked(page, record.speaker)]
    if isinstance(record, Fact):
        return [Credit("According to", each.label, link) for each, link in linked(page, record.said_by)]
    return []


def linked(page: Page, ids: Iterable[str]) -> list[tuple[Record, str]]:
    """Records with their addresses, seen from the page."""
    return [(record, page.link(record)) for record in (find(page.library, id) for id in ids)]


def _words(page: Page, record: Record) -> list[tuple[str, str]]:
    """With whom somebody is quoted, empty when alone, and the address of those words."""
    return [
        (
            " and ".join(each.label for each in speaker.records if each is not record),
            page.part(Quote.kind, speaker.key, f'{{{{ speakers("{speaker.capacity}") }}}}'),
        )
        for speaker in read_speakers(page.library)
        if record in speaker.records and Quote.kind in page.site.homes
    ]


def _standing(page: Page, record: Record) -> dict[str, object]:
    """How independent a statement's evidence is, and who has a stake, for the foot of the record."""
    rests = independence(page.library, record)
    return {"rests": rests, "stakes": linked(page, rests.stakes) if rests else []}


def _fact_details(page: Page, record: Record) -> dict[str, object]:
    assert isinstance(record, Fact)
    return {
        "said_by": linked(page, record.said_by),
        "counted_by": linked(page, record.counted_by),
        "topics": linked(page, record.topics),
    }


def _quote_details(page: Page, record: Record) -> dict[str, object]:
    assert isinstance(record, Quote)
    return {
        "speakers": [(each, link, role_of(each, record)) for each, link in linked(page, record.speaker)],
        "capacity": capacity(find(page.library, record.speaker[0]), record) if record.speaker else UNNAMED,
        "reported_by": linked(page, record.reported_by),
        "topics": linked(page, record.topics),
        "copied": _quotation(page, record) if page.is_home(record) else "",
    }


def _quotation(page: Page, quoted: Quote) -> str:
    """A quotation with everything that belongs to it, in one sentence."""
    speakers = [find(page.library, name) for name in quoted.speaker]
    roles = [(each, role_of(each, quoted)) for each in speakers]
    by = [f"{each.label}, as {role.role}" if role else each.label for each, role in roles]
    when = (quoted.setting or "", quoted.date.say() if quoted.date else "")
    location = page.library.locations[quoted.id][0]
    source = find(page.library, location.source, Source)
    assert isinstance(source, Source)
    return quotation(quoted.evidence, by or [quoted.unattributed or ""], when, source, location)


def _source_details(page: Page, record: Record) -> dict[str, object]:
    assert isinstance(record, Source)
    formats = [
        (name, page.relative(path(record, ending)).removesuffix("/")) for ending, (name, _) in FORMATS.items()
    ]
    return {"copied": plain(record), "formats": formats}


def _event_details(page: Page, record: Record) -> dict[str, object]:
    assert isinstance(record, Event)
    return {"actors": linked(page, record.actors), "topics": linked(page, record.topics)}


def _person_details(page: Page, record: Record) -> dict[str, object]:
    assert isinstance(record, Person)
    proofs = iter(page.library.evidence(record))
    roles = [(role, [proof(page, *next(proofs)) for _ in role.evidence]) for role in record.roles]
    return {"roles": roles}


def _limit_details(page: Page, record: Record) -> dict[str, object]:
    assert isinstance(record, Limit)
    return {"answer_marks": marks(page, *(find(page.library, id) for id in record.rests_on))}


def _tension_details(page: Page, record: Record) -> dict[str, object]:
    assert isinstance(record, Tension)
    return {"one": cards(page, record.one), "other": cards(page, record.other)}


def _no_details(page: Page, record: Record) -> dict[str, object]:
    return {}


DETAILS: dict[str, Callable[[Page, Record], dict[str, object]]] = {
    "fact": _fact_details,
    "quote": _quote_details,
    "event": _event_details,
    "person": _person_details,
    "source": _source_details,
    "limit": _limit_details,
    "tension": _tension_details,
}

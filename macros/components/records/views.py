"""The components that show one record: a view for each kind returns what its template needs besides the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from markupsafe import Markup

from ...components.citations.linking import cite_records, link_proof, link_records
from ...components.registry import RECORD_VIEWS, component
from ...components.rendering import Block, render_block
from ...exports.citation_formats import FORMATS, citation_path, format_quotation
from ...exports.citation_styles import format_chicago
from ...library.voices import UNNAMED, capacity, independence, read_speakers, role_of
from ...pages.page import Page
from ...records.kinds import KINDS, Document, Event, Fact, Organisation, Person, Quote, Source, Tension
from ...records.models import Record

Context = dict[str, object]
AnyRecord = TypeVar("AnyRecord", bound=Record)


def record_component(
    kind: type[AnyRecord],
) -> Callable[[Callable[[Page, AnyRecord], Context]], Callable[[Page, AnyRecord], Context]]:
    """Register the view of a kind of record, and the macro of its name, which shows one record by its id."""

    def register(view: Callable[[Page, AnyRecord], Context]) -> Callable[[Page, AnyRecord], Context]:
        def macro(page: Page, id: str) -> Markup:
            return render_card(page, page.library.get(id, kind))

        macro.__name__, macro.__doc__ = kind.kind, view.__doc__ or f"Show one {kind.kind}. Block."
        component(macro)
        RECORD_VIEWS[kind] = view
        return view

    return register


def render_card(page: Page, record: Record, level: int = 3) -> Markup:
    """Render a record: with its proofs at home, with numbered citations elsewhere.

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
        "proofs": [link_proof(page, *each) for each in page.library.evidence(record)] if home else [],
        "marks": Markup("") if home else cite_records(page, record),
        "standing": _standing(page, record) if anchor else None,
        "words": _words(page, record) if anchor and isinstance(record, Person | Organisation | Document) else [],
        "corrections": page.library.corrections.get(record.id, ()) if anchor else (),
        "report": page.site.report_link(record.id, f"{page.url}#{record.id}", record.label) if anchor else "",
    }
    shown = render_block(record.kind, **context, **RECORD_VIEWS[type(record)](page, record))
    former = page.library.redirects.get(record.id) if anchor else None
    return Block(render_block("foot/former", ids=former) + "\n" + shown) if former else shown


def render_cards(page: Page, ids: Iterable[str]) -> list[Markup]:
    return [render_card(page, page.library.get(id)) for id in ids]


def _words(page: Page, record: Record) -> list[tuple[str, str]]:
    """Return the address of somebody's quotations, each after whom they are quoted with, empty when alone."""
    return [
        (
            " and ".join(each.label for each in speaker.records if each is not record),
            page.part(Quote.kind, speaker.key, f'{{{{ speakers("{speaker.capacity}") }}}}'),
        )
        for speaker in read_speakers(page.library)
        if record in speaker.records and Quote.kind in page.site.homes
    ]


def _standing(page: Page, record: Record) -> dict[str, object]:
    """Return how independent a statement's evidence is, and who has a stake, for the foot of the record."""
    rests = independence(page.library, record)
    return {"rests": rests, "stakes": link_records(page, rests.stakes) if rests else []}


@record_component(Fact)
def fact(page: Page, record: Fact) -> Context:
    """Show one fact, with its figure if it has one. Block."""
    return {
        "said_by": link_records(page, record.said_by),
        "counted_by": link_records(page, record.counted_by),
        "topics": link_records(page, record.topics),
    }


@record_component(Quote)
def quote(page: Page, record: Quote) -> Context:
    """Show one quotation, with speaker, role at the time and setting. Block."""
    return {
        "speakers": [(each, link, role_of(each, record)) for each, link in link_records(page, record.speaker)],
        "capacity": capacity(page.library.get(record.speaker[0]), record) if record.speaker else UNNAMED,
        "reported_by": link_records(page, record.reported_by),
        "topics": link_records(page, record.topics),
        "copied": format_quotation(page.library, record) if page.is_home(record) else "",
    }


@record_component(Source)
def source(page: Page, record: Source) -> Context:
    """Show one source, with its bibliographic record. Block."""
    formats = [(name, page.relative(citation_path(record, ending))) for ending, (name, _) in FORMATS.items()]
    return {"copied": format_chicago(record), "formats": formats}


@record_component(Event)
def event(page: Page, record: Event) -> Context:
    """Show one event, with its date. Block."""
    return {"actors": link_records(page, record.actors), "topics": link_records(page, record.topics)}


@record_component(Person)
def person(page: Page, record: Person) -> Context:
    """Show one person, with the roles the sources state. Block."""
    proofs = iter(page.library.evidence(record))
    roles = [(role, [link_proof(page, *next(proofs)) for _ in role.evidence]) for role in record.roles]
    return {"roles": roles}


@record_component(Tension)
def tension(page: Page, record: Tension) -> Context:
    """Show one place where the sources pull apart, with both sides. Block."""
    return {"one": render_cards(page, record.one), "other": render_cards(page, record.other)}


def _no_more(page: Page, record: Record) -> Context:
    return {}


for kind in KINDS.values():  # one that needs no view of its own
    if kind not in RECORD_VIEWS and (Path(__file__).parent / kind.kind).is_dir():
        record_component(kind)(_no_more)

"""The components that show one record, and the macro of each kind that has one.

A view in RECORD_VIEWS returns what the template of its kind needs besides what all get; most need no more.
"""

from collections.abc import Iterable

from markupsafe import Markup

from ...components.citations.views import cite_records
from ...components.registry import RECORD_VIEWS, Context, component
from ...components.rendering import GROUPS, Block, render_block
from ...exports.citation_formats import FORMATS, citation_path, format_quotation
from ...exports.citation_styles import format_chicago
from ...library.voices import UNNAMED, capacity, read_speakers, role_of
from ...pages.page import Page
from ...records.kinds import KINDS, Document, Event, Fact, Organisation, Person, Quote, Source, Tension
from ...records.models import Record


def _register_macro(kind: type[Record]) -> None:
    def macro(page: Page, id: str) -> Markup:
        return render_card(page, page.library.get(id, kind))

    macro.__name__, macro.__doc__ = kind.kind, f"Show one {kind.kind}. Block."
    component(macro)


for each in KINDS.values():
    if any((group / each.kind).is_dir() for group in GROUPS):
        _register_macro(each)


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
        "proofs": page.proofs(record) if home else [],
        "marks": Markup("") if home else cite_records(page, record),
        "rests": _sources(page, record) if anchor and isinstance(record, Fact | Quote | Event) else [],
        "words": _words(page, record) if anchor and isinstance(record, Person | Organisation | Document) else [],
        "corrections": page.library.corrections.get(record.id, ()) if anchor else (),
        "report": page.site.report_link(record.id, f"{page.url}#{record.id}", record.label) if anchor else "",
    }
    if view := RECORD_VIEWS.get(type(record)):
        context |= view(page, record)
    shown = render_block(record.kind, **context)
    former = page.library.redirects.get(record.id) if anchor else None
    return Block(render_block("foot/former", ids=former) + "\n" + shown) if former else shown


def render_cards(page: Page, records: Iterable[Record]) -> list[Markup]:
    return [render_card(page, each) for each in records]


def _sources(page: Page, record: Record) -> list[Source]:
    return list(dict.fromkeys(page.library.get(passage.source, Source) for passage in record.passages))


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


def _view_quote(page: Page, record: Quote) -> Context:
    speakers = [(each, link, role_of(each, record)) for each, link in page.links(record.speaker)]
    return {
        "speakers": speakers,
        "capacity": capacity(speakers[0][0], record) if speakers else UNNAMED,
        "copied": format_quotation(page.library, record) if page.is_home(record) else "",
    }


RECORD_VIEWS |= {
    Quote: _view_quote,
    Source: lambda page, source: {
        "copied": format_chicago(source),
        "formats": [(name, page.relative(citation_path(source, end))) for end, (name, _) in FORMATS.items()],
    },
    Person: lambda page, person: {"roles": dict.fromkeys((each.role, each.at) for each in person.roles)},
    Tension: lambda page, tension: {
        side: render_cards(page, map(page.library.get, getattr(tension, side))) for side in ("one", "other")
    },
}

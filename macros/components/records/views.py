"""The components that show one record, and the macro of each kind that has one."""

from collections.abc import Iterable

from markupsafe import Markup

from ...exports.citation_formats import FORMATS, citation_path, format_quotation
from ...exports.citation_styles import format_entry
from ...library.library import corrections_by_record
from ...library.speakers import UNNAMED, capacity_of, read_speakers, role_of
from ...pages.page import Page
from ...records.kinds import KINDS, Document, Limit, Organisation, Person, Quote, Source, Tension
from ...records.models import Record
from ..citations.views import cite_records
from ..limits.views import ways_to_describe
from ..rendering import GROUPS, Block, Context, component, render_block


def _register_macro(kind: type[Record]) -> None:
    def macro(page: Page, id: str) -> Markup:
        return render_card(page, page.library.get(id, kind))

    macro.__name__, macro.__doc__ = kind.kind, f"Show one {kind.kind}. Block."
    component(macro)


for each in KINDS.values():
    if any((group / each.kind).is_dir() for group in GROUPS):
        _register_macro(each)


def render_card(page: Page, record: Record, level: int = 3) -> Markup:
    """Render a record, its heading of some level: with its proofs at home, with numbered citations elsewhere."""
    home, again = page.is_home(record), record.id in page.shown_ids
    page.shown_ids.add(record.id)
    page.use(record)
    anchor = page.claim_anchor(record)
    context = {
        "record": record,
        "again": again,
        "level": level,
        "page": page,
        "anchor": anchor,
        "home": home,
        "proofs": page.proofs(record) if home else [],
        "citations": Markup("") if home else cite_records(page, record),
        "words": _words(page, record) if anchor and isinstance(record, Person | Organisation | Document) else [],
        "corrections": corrections_by_record(page.library).get(record.id, ()) if anchor else (),
        **_particulars(page, record),
    }
    shown = render_block(record.kind, **context)
    former = page.library.redirects.get(record.id) if anchor else None
    return Block(render_block("foot/former", ids=former) + "\n" + shown) if former else shown


def render_cards(page: Page, records: Iterable[Record]) -> list[Markup]:
    return [render_card(page, each) for each in records]


def _words(page: Page, record: Record) -> list[tuple[str, str]]:
    """Return the address of somebody's quotations, each after whom they are quoted with, empty when alone."""
    return [
        (" and ".join(each.label for each in speaker.records if each is not record), link)
        for speaker in read_speakers(page.library)
        if record in speaker.records and (link := page.link_quotations(speaker))
    ]


def _particulars(page: Page, record: Record) -> Context:
    """Return what the template of a kind needs besides what all get; most need no more."""
    match record:
        case Quote():
            speakers = [(each, link, role_of(each, record)) for each, link in page.links(record.speaker)]
            voice = capacity_of(speakers[0][0], record) if speakers else UNNAMED
            copied = format_quotation(page.library, record) if page.is_home(record) else ""
            return {"speakers": speakers, "capacity": voice, "copied": copied}
        case Source():
            formats = [(name, page.relative(citation_path(record, end))) for end, (name, _) in FORMATS.items()]
            return {"copied": format_entry("chicago", record), "formats": formats}
        case Person():
            return {"roles": dict.fromkeys((each.role, each.at) for each in record.roles)}
        case Tension():
            one, other = (render_cards(page, map(page.library.get, ids)) for ids in (record.one, record.other))
            return {"one": one, "other": other}
        case Limit():
            return ways_to_describe(page)
    return {}

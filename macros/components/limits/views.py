"""The components of limits: the picture of the line, the limits in rows, and the parts of a limit's page."""

from collections.abc import Iterable
from functools import partial

from markupsafe import Markup

from ...library.speakers import roles_of
from ...pages.page import Page
from ...problems import AuthorError
from ...records.kinds import LINE, Event, Limit, Person, Quote
from ...records.models import Record
from ...records.parts import Brief
from ..citations.views import cite_records
from ..rendering import Context, component, in_language, nested, render_block, render_inline
from .verdicts import Voice, reach_verdict, whose_word


@component
def limits(page: Page) -> Markup:
    """Show every limit in a row: question, answer, verdict, and the strongest thing on each side. Block."""
    listed = page.library.of(Limit)
    for each in listed:
        page.use(each)
    return render_block("limits", page=page, limits=listed, **ways_to_describe(page))


@component
def line(page: Page) -> Markup:
    """Draw where the line runs: what stops at it, is contested, and crosses it, over all limits. Block."""
    listed = page.library.of(Limit)
    groups = [
        (place, [(_glance(page, brief), each) for each in listed for brief in getattr(each, place)])
        for place in LINE
    ]
    return render_block("line", page=page, groups=groups)


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
    record = page.library.get(id, Limit)
    if not record.open:
        raise AuthorError(f'"{id}" has nothing under "open"; add a question, or delete the call')
    return render_block("open_questions", record=record)


def ways_to_describe(page: Page) -> Context:
    """Return what templates of limits call, so that they cite in the order of reading."""
    return {
        "cite": lambda ids: cite_records(page, *map(page.library.get, ids)),
        "glance_at": partial(_glance, page),
        "verdict_on": partial(reach_verdict, page.library),
    }


def _glance(page: Page, brief: Brief) -> Context:
    """Return what glance/template.html shows of a brief: whose word it is, where it is printed, when."""
    record = page.library.get(brief.record)
    voice = whose_word(page.library, record)
    own = record.date if isinstance(record, Quote | Event) else None
    roles = roles_of(voice.records, record) if all(isinstance(each, Person) for each in voice.records) else ()
    role = roles[0] if len(roles) == 1 else None
    return {
        "text": brief.text or in_language(f"“{nested(record.label)}”", voice.source.language),
        "voice": f"{voice.name}, {role.short or role.role}" if role else voice.name,
        "where": "" if own or voice.records == (voice.source,) else voice.source.publisher,
        "date": own or voice.source.issued,
        "citations": cite_records(page, record),
    }


def _by_voice(page: Page, ids: Iterable[str]) -> list[Context]:
    """Group statements by whose word they are and what prints them, in the order of the list."""
    groups: dict[Voice, list[Record]] = {}
    for record in map(page.library.get, ids):
        page.shown_ids.add(record.id)
        groups.setdefault(whose_word(page.library, record), []).append(record)
    return [
        {
            "voice": voice,
            "reported": voice.records != (voice.source,),
            "roles": roles_of(voice.records, records[0]),
            "statements": [(each, cite_records(page, each)) for each in records],
        }
        for voice, records in groups.items()
    ]

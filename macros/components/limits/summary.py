"""A record in a few words, with whose words it is and when that was so: one side of a limit at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ...components.citations.linking import cite_records
from ...library.library import Library
from ...pages.page import Page
from ...records.dates import Date
from ...records.kinds import Event, Fact, Person, Quote, Source
from ...records.models import Brief, Record


@dataclass(frozen=True)
class Glance:
    """What stands for a side: its few words, who says so, and the date with the words that lead to it."""

    text: str
    voice: str
    lead: str
    date: Date | None
    marks: Markup


def summarise(page: Page, brief: Brief | None) -> Glance | None:
    """Return a brief as a page shows it, cited; None where a limit has none."""
    if brief is None:
        return None
    record = page.library.get(brief.record)
    text = brief.text or f"“{record.label}”"
    return Glance(text, _voice(page.library, record), *_when(page.library, record), cite_records(page, record))


def _voice(library: Library, record: Record) -> str:
    """Return whose word it is: the speakers', those who say or count it, else the source's publisher's."""
    names: tuple[str, ...] = ()
    if isinstance(record, Quote):
        names = record.speaker
    elif isinstance(record, Fact):
        names = record.said_by or record.counted_by
    if not names:
        return getattr(record, "unattributed", None) or _source(library, record).publisher
    if len(names) > 2:
        people = [name for name in names if isinstance(library.get(name), Person)]
        return f"{library.get((people or names)[0]).label} and others"
    first, *others = (library.get(name).label for name in names)
    spoken = " and ".join([first, *others])
    speaker = library.get(names[0])
    analyst = isinstance(speaker, Person) and any(role.capacity == "analyst" for role in speaker.roles)
    return f"{spoken}, analyst" if analyst and not others else spoken


def _when(library: Library, record: Record) -> tuple[str, Date | None]:
    """Return the time a record is about, else the time as of which it is true, else that of its source."""
    if isinstance(record, Fact):
        if record.value is not None and record.period:
            return "", record.period
        if record.as_of:
            return "as of ", record.as_of
    elif isinstance(record, Quote | Event) and record.date:
        return "", record.date
    issued = _source(library, record).issued
    return "reported " if issued else "", issued


def _source(library: Library, record: Record) -> Source:
    source = library.get(library.locations[record.id][0].source, Source)
    return source

"""How each kind of record appears in schema.org and in the search index: one function or row a kind.

Nothing here says what a record does not: a date that ISO 8601 cannot express is
left out, and what a record lacks is not filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from ..library.library import Library
from ..records.dates import Date
from ..records.kinds import (
    Document,
    Entity,
    Event,
    Fact,
    Limit,
    Organisation,
    Person,
    Quote,
    Source,
    Tension,
    Term,
)
from ..records.models import Name, Record
from .citation_formats import SOURCE_TYPES, iso_date
from .jsonld import Node, View, drop_empty_fields


def describe_source(view: View, source: Source) -> Node:
    """Return a source as schema.org describes it, with its @id: pages cite it, wherever its home is."""
    carrier = {"@type": "CreativeWork", "name": source.container_title} if source.container_title else None
    node = {
        "@type": SOURCE_TYPES[source.type].schema_org,
        **view.reference(source.id),
        "name": source.title,
        "headline": source.title,
        "author": [_describe_name(each) for each in source.author],
        "publisher": {"@type": "Organization", "name": source.publisher},
        "isPartOf": carrier,
        "datePublished": iso_date(source.issued),
        "url": source.link,
        "inLanguage": source.language,
    }
    return drop_empty_fields(node)


def _describe_name(name: Name) -> Node:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    parts = {"name": name.full, "familyName": name.family, "givenName": name.given, "honorificSuffix": name.suffix}
    return drop_empty_fields({"@type": "Person", **parts})


def _describe_fact(view: View, fact: Fact) -> Node:
    return {
        "@type": "Claim" if fact.said_by or fact.unattributed else "Statement",
        "text": fact.text,
        "author": view.references(fact.said_by),
        "creditText": fact.unattributed,
        "temporalCoverage": _coverage(fact.period or fact.as_of),
    }


def _coverage(date: Date | None) -> str:
    """Return a date as schema.org writes what it covers: `1931`, `1931/1934`, `1931/..`, or empty."""
    start, end = date.iso if date else ("", "")
    if date and date.form == "interval":
        end = end or (".." if date.edtf.endswith("/..") else "")
        return f"{start}/{end}" if start and end else ""
    return start


def _describe_quote(view: View, quote: Quote) -> Node:
    records = view.site.library.records
    documents = [each for each in quote.speaker if isinstance(records.get(each), Document)]
    return {
        "@type": "Quotation",
        "text": quote.label,
        "spokenByCharacter": view.references(each for each in quote.speaker if each not in documents),
        "isPartOf": view.references(documents),  # a document that speaks is no speaker
        "creditText": quote.unattributed,
        "dateCreated": iso_date(quote.date),
    }


def _describe_event(view: View, event: Event) -> Node:
    start, end = event.date.iso
    said = event.date.say()
    dated = "" if start else f"{said[0].upper()}{said[1:]}: "
    return {
        "@type": "Event",
        "name": event.title,
        "description": f"{dated}{event.summary or event.title}" if dated or event.summary else None,
        "startDate": start,
        "endDate": end,
        "about": view.references(event.actors),
    }


def _describe_person(view: View, person: Person) -> Node:
    roles = [f"{each.role}, {each.at.say()}" if each.at else each.role for each in person.roles]
    return {
        "@type": "Person",
        "name": person.name,
        "alternateName": list(person.alternate_names),
        "description": "; ".join(dict.fromkeys(roles)),
    }


def _describe_entity(schema_type: str, view: View, entity: Entity) -> Node:
    found: Node = {
        "@type": schema_type,
        "name": entity.name,
        "alternateName": list(entity.alternate_names),
        "description": entity.text,
    }
    if isinstance(entity, Document):
        found |= {"author": view.references(entity.author), "dateCreated": iso_date(entity.issued)}
    return found


def _describe_limit(view: View, limit: Limit) -> Node:
    answer = {
        "@type": "Answer",
        "@id": view.local_id(f"{limit.id}-answer"),
        "text": limit.answer,
        "isBasedOn": view.references(limit.rests_on),
    }
    return {
        "@type": "Question",
        "name": limit.title,
        "text": limit.question,
        "acceptedAnswer": drop_empty_fields(answer),
    }


def _describe_tension(view: View, tension: Tension) -> Node:
    return {
        "@type": "Statement",
        "name": tension.title,
        "text": tension.text,
        "about": view.references((*tension.one, *tension.other)),
    }


# The schema.org node of a record; a kind that is not listed has none.
NODES: dict[type[Record], Callable[[View, Any], Node]] = {
    Source: describe_source,
    Fact: _describe_fact,
    Quote: _describe_quote,
    Event: _describe_event,
    Person: _describe_person,
    Organisation: partial(_describe_entity, "Organization"),
    Document: partial(_describe_entity, "CreativeWork"),
    Term: partial(_describe_entity, "DefinedTerm"),
    Limit: _describe_limit,
    Tension: _describe_tension,
}


def _labels(library: Library, ids: Iterable[str]) -> str:
    return ", ".join(library.records[name].label for name in ids if name in library.records)


def _say(date: Date | None) -> str:
    return date.say() if date else ""


def _entity_words(library: Library, entity: Any) -> list[str | None]:
    position = getattr(entity, "position", None)
    return [*entity.alternate_names, entity.text, position and position.text]


# What a record is found by besides its kind and its label.
SEARCH_WORDS: dict[type[Record], Callable[[Library, Any], list[str | None]]] = {
    Source: lambda _, source: [
        *(name.full for name in source.author),
        *(source.publisher, _say(source.issued)),
    ],
    Fact: lambda library, fact: [
        _labels(library, (*fact.said_by, *fact.counted_by)) or fact.unattributed,
        _say(fact.as_of),
    ],
    Quote: lambda library, quote: [
        _labels(library, quote.speaker) or quote.unattributed,
        *(quote.role, quote.setting, _say(quote.date)),
    ],
    Event: lambda _, event: [event.date.say(), event.summary],
    Person: lambda _, person: [
        *person.alternate_names,
        *dict.fromkeys(role.role for role in person.roles),
        person.position and person.position.text,
    ],
    **dict.fromkeys((Organisation, Document, Term), _entity_words),
    Limit: lambda _, limit: [limit.question, limit.answer],
    Tension: lambda _, tension: [tension.text, tension.why],
}

"""The facets by which a reader may choose events: topic, actor, source, each with its number of events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ...library.library import Library
from ...records.kinds import Event, Limit, Source, Topic
from ...records.models import Record


@dataclass(frozen=True)
class Facet:
    """One list to choose from: its name, the word for its members, and each member with its number of events."""

    name: str
    plural: str
    choices: tuple[tuple[Record, int], ...]


def list_facets(library: Library, events: Iterable[Event]) -> list[Facet]:
    """Return limits and topics in the order of their files, actors by name, sources; those that events have."""
    counts = Counter(key for each in events for key in facet_keys(each))
    topics = [*library.of(Limit), *library.of(Topic)]
    named = (library.records.get(id) for name, id in counts if name == "actor")
    actors = sorted((each for each in named if each), key=_alphabet)
    lists = (("topic", "topics", topics), ("actor", "actors", actors), ("source", "sources", library.of(Source)))
    return [
        Facet(name, plural, tuple((each, counts[name, each.id]) for each in members if counts[name, each.id]))
        for name, plural, members in lists
    ]


def facet_keys(event: Event) -> list[tuple[str, str]]:
    """Return what an event can be chosen by, each with the name of its list."""
    sources = dict.fromkeys(passage.source for passage in event.evidence)
    lists = (("topic", event.topics), ("actor", event.actors), ("source", sources))
    return [(name, id) for name, ids in lists for id in dict.fromkeys(ids)]


def _alphabet(record: Record) -> str:
    return record.label.casefold()

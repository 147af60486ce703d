"""By what a reader may choose events: period, topic, actor, source, each with how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ...library.library import Library
from ...records.kinds import Event, Limit, Organisation, Person, Source, Topic
from ...records.models import Record


@dataclass(frozen=True)
class Facet:
    """One list to choose from: its name, the word for its members; the id, name and number of events of each."""

    name: str
    plural: str
    choices: tuple[tuple[str, str, int], ...]


def list_facets(library: Library, events: Iterable[Event]) -> list[Facet]:
    """List what the events have: limits and topics by file, people and organisations by name, sources."""
    counts = Counter(key for each in events for key in facet_keys(each))
    topics = [*library.of(Limit), *library.of(Topic)]
    named = (library.records.get(id) for name, id in counts if name == "actor")
    actors = sorted((each for each in named if isinstance(each, Person | Organisation)), key=_alphabet)
    lists = (("topic", "topics", topics), ("actor", "actors", actors), ("source", "sources", library.of(Source)))
    return [
        Facet(
            name,
            plural,
            tuple((each.id, each.label, counts[name, each.id]) for each in members if counts[name, each.id]),
        )
        for name, plural, members in lists
    ]


def facet_keys(event: Event) -> list[tuple[str, str]]:
    """Return what an event can be chosen by, each with the name of its list."""
    sources = dict.fromkeys(passage.source for passage in event.evidence)
    lists = (("topic", event.topics), ("actor", event.actors), ("source", sources))
    return [(name, id) for name, ids in lists for id in dict.fromkeys(ids)]


def _alphabet(record: Record) -> str:
    return record.label.casefold()

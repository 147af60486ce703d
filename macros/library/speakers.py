"""Speakers: who speaks, in which capacity, on which side of each limit, by the lists of the limits alone.

What a speaker reports of others' views is told apart: nobody holds what they report.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, get_args

from ..records.fields import Capacity
from ..records.kinds import Document, Fact, Limit, Person, Quote
from ..records.models import Record
from ..records.parts import Position, Role
from .library import Library, computed_once

UNNAMED = "unnamed"
SIDES = ("shows", "against")
STANDS = (*SIDES, "reports", "said")
CAPACITIES = (*get_args(Capacity), UNNAMED)


class Stance(NamedTuple):
    """A statement on a limit: it `shows` it, speaks `against` it, is `said` on it, or `reports` others' views."""

    record: Quote | Fact
    stands: str


@dataclass(frozen=True)
class Speaker:
    """Those who say something together, in one capacity, and their statements in the order of the sources.

    `verdicts` are the limits whose verdicts rest on their words: none of whoever has a stake in the matter.
    """

    capacity: str
    records: tuple[Record, ...]
    quotes: tuple[Quote, ...]
    facts: tuple[Fact, ...]
    roles: tuple[Role, ...]
    stances: dict[str, list[Stance]]
    verdicts: tuple[str, ...]
    position: Position | None

    @property
    def key(self) -> str:
        """The id of the place that shows them; no record's id holds two hyphens."""
        return "--".join((self.capacity, *(record.id for record in self.records)))

    @property
    def name(self) -> str:
        return " and ".join(record.label for record in self.records)

    @property
    def weight(self) -> tuple[int, int, int, list[str]]:
        """The sort key: first on whose words most verdicts rest, then whose stand on a side of most limits.

        Limits are counted, not statements: nobody weighs more for being cut into more records.
        """
        sides = [stances for stances in self.stances.values() if any(stance.stands in SIDES for stance in stances)]
        names = [record.filed_under for record in self.records]
        return -len(self.verdicts), -len(sides), -len(self.stances), names


@computed_once
def read_speakers(library: Library) -> list[Speaker]:
    """Return everybody named whose words a quotation or a fact gives, the weightiest first."""
    quoted = {name for quote in library.of(Quote) for name in quote.speaker}
    said: dict[tuple[str, tuple[str, ...]], list[Quote | Fact]] = defaultdict(list)
    statements: list[Quote | Fact] = [*library.of(Quote), *library.of(Fact)]
    for record in sorted(statements, key=library.order):
        if names := _names(library, record, quoted):
            said[capacity_of(library.get(names[0]), record), names].append(record)
    stands = _stands(library)
    found = [_speaker(library, who, records, stands) for who, records in said.items()]
    return sorted(found, key=lambda speaker: speaker.weight)


def _speaker(
    library: Library, who: tuple[str, tuple[str, ...]], said: list[Quote | Fact], stands: dict[str, dict[str, str]]
) -> Speaker:
    capacity, names = who
    people, ids = tuple(map(library.get, names)), {record.id for record in said}
    roles = chain.from_iterable(roles_of(people, record) for record in said)
    stances = {
        limit: [Stance(record, side) for side in STANDS for record in said if here.get(record.id) == side]
        for limit, here in stands.items()
    }
    has_stake = any(getattr(person, "stake", None) for person in people)
    verdicts = [limit.id for limit in library.of(Limit) if ids & {*limit.upheld_by, *limit.disputed_by}]
    sayers = sorted({name for record in said for name in record.sayers} - {*names})
    positions = [getattr(library.records.get(name), "position", None) for name in (*names, *sayers)]
    return Speaker(
        capacity,
        people,
        tuple(record for record in said if isinstance(record, Quote)),
        tuple(record for record in said if isinstance(record, Fact)),
        tuple({role.role: role for role in roles}.values()),
        {limit: found for limit, found in stances.items() if found},
        () if has_stake else tuple(verdicts),
        next((position for position in positions if position and ids.issuperset(position.rests_on)), None),
    )


def _names(library: Library, record: Quote | Fact, quoted: set[str]) -> tuple[str, ...]:
    """Return who says a statement: of a person and a document that a fact names, the one who is quoted."""
    if isinstance(record, Quote):
        return record.speaker
    named = [library.records.get(name) for name in record.said_by]
    return tuple(
        [name for name in record.said_by if name in quoted]
        or [name for each in named if isinstance(each, Document) for name in each.author if name in quoted]
        or [record.id for record in named if isinstance(record, Person)]
        or record.said_by
    )


def _stands(library: Library) -> dict[str, dict[str, str]]:
    """Return where each statement stands to each limit, by the id of the limit and its own."""
    told = [place for quote in library.of(Quote) if quote.voice == "others" for place in library.locate(quote.id)]
    located = ((name, place) for name, places in library.locations.items() for place in places)
    reports = {name for name, place in located if any(place.overlaps(report.source, report) for report in told)}
    return {
        limit.id: {
            name: "reports" if name in reports else side
            for side in ("said", "shows", "against")
            for name in getattr(limit, side)
        }
        for limit in library.of(Limit)
    }


def capacity_of(speaker: Record, record: Record) -> str:
    """Return in what capacity a speaker speaks: for a person, by the role that the statement's source states."""
    return getattr(role_of(speaker, record) or speaker, "capacity", None) or "other"


def role_of(speaker: Record, record: Record) -> Role | None:
    """Return what a person was by the source of a statement: the role the statement names, or the first."""
    if not isinstance(speaker, Person):
        return None
    if len(speaker.roles) == 1:  # as most have: and a build after a save asks for thousands
        return speaker.roles[0]
    sources = {passage.source for passage in record.passages}
    there = [role for role in speaker.roles if any(passage.source in sources for passage in role.evidence)]
    named = [role for role in there if role.role == getattr(record, "role", None)]
    return (named or there or list(speaker.roles))[0]


def roles_of(speakers: Iterable[Record], record: Record) -> list[Role]:
    """Return what those who say a statement together were by its source: a role that they share in the plural."""
    found: dict[str, Role] = {}
    for role in filter(None, (role_of(each, record) for each in speakers)):
        shared = role.plural if role.role in found else None
        found[role.role] = role.model_copy(update={"role": shared, "short": None}) if shared else role
    return [*found.values()]

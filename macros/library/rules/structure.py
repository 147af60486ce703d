"""Rules of structure: which records there must be, what each must name, and what goes together."""

from collections.abc import Iterable, Iterator
from typing import get_args

from ...evidence.selectors import selector_digest
from ...evidence.typography import fold
from ...problems import did_you_mean, listed
from ...records.fields import Capacity, Keys, Ref
from ...records.kinds import KINDS, Correction, Event, Fact, Limit, Person, Quote, Source, SpeakingEntity, Tension
from ...records.models import Record, referenced_ids, values_in
from ..library import Library, computed_once
from .rule import Found, field_name, rule

Stating = Source | Quote | Fact | Event


@rule
def references_exist(record: Record, library: Library) -> Found:
    """A record only names records that exist, of a kind that fits."""
    yield from wrong_references(referenced_ids(record), library)


def wrong_references(ids: Iterable[tuple[Keys, str, Ref]], library: Library) -> Found:
    """Yield what is wrong with some of the ids that a record names."""
    for path, name, ref in ids:
        named = library.records.get(name)
        if named is None and not library.is_known(name):
            files = listed(f"{library.folder}/{KINDS[kind].file}" for kind in ref.kinds)
            known = [record.id for record in library.records.values() if record.kind in ref.kinds]
            near = did_you_mean(name, known) or did_you_mean(name.rpartition("-")[2], known)  # a surname
            yield path, f'no "{name}" in {files}{near}'
        elif named and named.kind not in ref.kinds:
            what = f'the {named.kind} "{name}" is no {listed(ref.kinds)}'
            yield path, f'{what}; "{field_name(path)}" takes no other kind'


@rule
def lists_name_a_record_once(record: Record, library: Library) -> Found:
    """A list does not name a record twice, nor a passage, an author or anything else."""
    seen: set[tuple[Keys, object]] = set()
    for path, value in values_in(record, object):
        if isinstance(path[-1], int) and (path[:-1], value) in seen:
            what = f'"{value}"' if isinstance(value, str) else "the same"
            yield path, f'{what} stands twice in "{field_name(path)}"; remove one'
        seen.add((path[:-1], value))


@rule
def numbers_have_unit_period_and_as_of(fact: Fact, library: Library) -> Found:
    """A figure says what it counts, over which time, and when that was so."""
    for name in ("title", "unit", "out_of", "qualifier", "status", "counted_by"):
        if fact.value is None and getattr(fact, name):
            yield (name,), f'"{name}" is given without a "value"; give the figure, or delete it'
    needed = [f'"{name}"' for name in ("unit", "period", "as_of") if getattr(fact, name) is None]
    if fact.value is not None and needed:
        yield ("value",), f"a figure needs {' and '.join(needed)}; add {'it' if len(needed) == 1 else 'them'}"


@rule
def a_share_is_part_of_its_whole(fact: Fact, library: Library) -> Found:
    """A share is no less than nothing and no more than its whole, which is something."""
    if fact.value is not None and fact.out_of is not None and not 0 <= fact.value <= fact.out_of > 0:
        yield ("out_of",), f'{fact.value} is no part of {fact.out_of}; fix one, or delete "out_of"'


@rule
def every_quote_has_a_speaker(record: Quote | Fact, library: Library) -> Found:
    """A quote names its speaker, or says why nobody can be named; no statement does both."""
    if record.sayers and record.unattributed:
        yield ("unattributed",), f'"unattributed" does not go with "{record.sayer_field}"; delete one'
    if isinstance(record, Quote) and not record.speaker and not record.unattributed:
        yield (), f'"{record.id}" has no "speaker"; name one, or say in "unattributed" what is known'


@rule
def every_speaker_stands_in_the_source(quote: Quote, library: Library) -> Found:
    """Whoever speaks is named in the quote's own source; of a person, it states the role at the time."""
    source = quote.evidence[0].source
    for speaker in map(library.records.get, quote.speaker):
        if isinstance(speaker, SpeakingEntity) and all(passage.source != source for passage in speaker.evidence):
            yield ("speaker",), f'"{speaker.id}" is not named in "{source}"; name another, or add evidence'
        if isinstance(speaker, Person):
            roles = [role.role for role in speaker.roles if any(proof.source == source for proof in role.evidence)]
            if not roles:
                yield ("speaker",), f'"{speaker.id}" has no role in "{source}"; add one to its "roles"'
            elif quote.role not in roles and (quote.role or len(roles) > 1):
                names = listed(f'"{role}"' for role in roles)
                yield ("role",), f'say in "role" what "{speaker.id}" is in "{source}": {names}'


@rule
def every_speaker_has_a_capacity(record: Person | SpeakingEntity, library: Library) -> Found:
    """Whoever speaks, in a quote or a fact, does so in a stated capacity."""
    if record.id in _attributed(library):
        for path, capacity in _capacities(record):
            if capacity is None:
                yield path, f'"{record.id}" speaks, and has no "capacity"; add {listed(get_args(Capacity))}'


@computed_once
def _attributed(library: Library) -> set[str]:
    """Return the ids of all who speak in a record, or counted its figure."""
    return {name for entry in library.entries.values() for name in entry.record.attributed_to}


def _capacities(record: Record) -> Iterator[tuple[Keys, str | None]]:
    """Yield each capacity in which somebody may speak, after its place: for a person, that of each role."""
    if isinstance(record, Person):
        yield from ((("roles", index), role.capacity) for index, role in enumerate(record.roles))
    elif isinstance(record, SpeakingEntity):
        yield (), record.capacity


@rule
def whoever_takes_a_side_has_a_position(limit: Limit, library: Library) -> Found:
    """Of whoever's words stand on a side of a limit, a position says what they hold."""
    for path, name, _ in referenced_ids(limit):
        statement = library.records.get(name) if path[0] in ("shows", "against") else None
        named = map(library.records.get, statement.sayers if statement else ())
        sayers = [record for record in named if isinstance(record, Person | SpeakingEntity)]
        if sayers and not any(sayer.position for sayer in sayers):
            yield path, f'"{name}" is said by "{sayers[0].id}", who has no "position"; say there what they hold'


@rule
def phrases_stand_alone(quote: Quote, library: Library) -> Found:
    """A phrase is one piece; phrases are never joined into a sentence nobody spoke."""
    if quote.form == "phrase" and len(quote.evidence) > 1:
        yield ("form",), "a phrase has one part; make a record of each part"


@rule
def nothing_is_recorded_twice(record: Stating, library: Library) -> Found:
    """No two sources have one text, no two quotes one passage, and no fact or event is recorded twice."""
    twice = _stated_twice(library)
    for path, stated in _stated(record) if twice else ():
        first = twice.get(stated, record.id)
        if first != record.id:
            yield path, f'"{first}" is the same; keep one of the two, or say what sets them apart'


def _stated(record: Stating) -> Iterator[tuple[Keys, tuple[str, ...]]]:
    """Yield what is a record's alone, after its place: text, passages of a quote, else label and evidence."""
    digests = [selector_digest(each, quoted=record.quoted) for each in record.passages]
    if isinstance(record, Source):
        yield ("sha256",), (record.sha256,)
    elif isinstance(record, Quote):
        yield from ((("evidence", index), (digest,)) for index, digest in enumerate(digests))
    else:
        yield (record.label_field,), (fold(record.label).casefold(), *digests)


@computed_once
def _stated_twice(library: Library) -> dict[tuple[str, ...], str]:
    """Return of all that several records state the id of the first."""
    first, twice = dict[tuple[str, ...], str](), dict[tuple[str, ...], str]()
    for kind in get_args(Stating):
        for record in library.of(kind):
            for _, stated in _stated(record):
                if first.setdefault(stated, record.id) != record.id:
                    twice[stated] = first[stated]
    return twice


@rule
def both_sides_are_given(record: Limit | Tension, library: Library) -> Found:
    """A limit names what shows it and what speaks against it, a tension its two sides; nothing stands on both."""
    one, other = ("shows", "against") if isinstance(record, Limit) else ("one", "other")
    here, there = getattr(record, one), getattr(record, other)
    for name, side in ((one, here), (other, there)):
        if not side:
            yield (), f'"{record.id}" names nothing in "{name}"; give both sides'
    for both in sorted({*here} & {*there}):
        text = f'"{both}" stands on both sides; decide for one, or split the statement'
        yield (other, there.index(both)), text


@rule
def parts_of_a_side_stand_on_it(limit: Limit, library: Library) -> Found:
    """What upholds a limit is among what shows it, and what disputes it among what speaks against it."""
    for side, *parts in (("shows", "upheld_by", "strongest"), ("against", "disputed_by", "counter")):
        for path, name, _ in referenced_ids(limit):
            if path[0] in parts and name in library.records and name not in getattr(limit, side):
                yield path, f'"{name}" is not in "{side}"; add it there, or take another'


@rule
def words_and_deed_are_a_pair(limit: Limit, library: Library) -> Found:
    """Words are set against a deed only where they are a party's own and came first."""
    if not limit.pair:
        return
    words, deed = ("pair", "words", "record"), ("pair", "deed", "record")
    said, done = (library.records.get(brief.record) for brief in (limit.pair.words, limit.pair.deed))
    if not said or not isinstance(done, Fact | Event):
        return
    for path, record in ((words, said), (deed, done)):
        if isinstance(record, Event) and (record.act == "words") != (path == words):
            yield path, f'"{record.id}" is an event of "act: {record.act}"; "{path[1]}" takes another'
    speakers = said.actors if isinstance(said, Event) else said.sayers
    if not speakers or not all(_is_party(library, speaker) for speaker in speakers):
        yield words, f'"{said.id}" is not a party’s own words; take those of an official or a party'
    spoken, acted = (getattr(record, "date", None) or getattr(record, "as_of", None) for record in (said, done))
    if spoken is None or acted is None or spoken.sort_key[0] > acted.sort_key[1]:
        yield words, f'"{said.id}" is not known to be earlier than "{done.id}"; take words that are'


def _is_party(library: Library, name: str) -> bool:
    speaker = library.records.get(name)  # where there is none, that is told
    return not speaker or any(capacity in ("official", "party") for _, capacity in _capacities(speaker))


@rule
def a_source_is_seen_when_it_is_there(source: Source, library: Library) -> Found:
    """A source is not seen years before it is issued; on its cover it may be dated some months ahead."""
    if source.accessed and source.issued and source.accessed.sort_key[1] + 10**8 < source.issued.sort_key[0]:
        yield ("accessed",), 'it was "accessed" before it was "issued"; fix one of the two dates'


@rule
def furniture_says_why(source: Source, library: Library) -> Found:
    """A paragraph that needs no record, other than a heading, says why."""
    for index, item in enumerate(source.furniture):
        if item.role != "heading" and not item.why:
            yield ("furniture", index), '"why" is missing; say why no record need rest on it'


@rule
def corrections_name_a_day_and_a_change(correction: Correction, library: Library) -> Found:
    """A correction is of one day; it says what a record says since, or withdraws one that is gone."""
    if not correction.date.is_one_day:
        yield ("date",), "a correction is made on one day; write it like 2022-02-04"
    if correction.withdrawn:
        if correction.record or correction.now or not correction.withdrawn_kind:
            yield ("withdrawn",), 'a withdrawn record has a "withdrawn_kind", and no "record" or "now"; fix it'
        if correction.withdrawn in library.records:
            yield ("withdrawn",), f'"{correction.withdrawn}" is still a record; delete it, or give it another id'
        if [other.withdrawn for other in library.of(Correction)].count(correction.withdrawn) > 1:
            yield ("withdrawn",), f'"{correction.withdrawn}" is withdrawn twice; keep one of the two'
    elif not (correction.record and correction.now):
        yield (), 'a correction names a "record" and what it says "now", or what is "withdrawn"'
    if correction.was == correction.now:
        yield ("now",), '"now" says what "was" says; give what the record says since'

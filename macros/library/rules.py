"""The rules of the data: each says in its docstring what must be true, and yields what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

from ..problems import Problem, did_you_mean, listed
from ..records.fields import Capacity, Keys
from ..records.kinds import KINDS, Correction, Document, Event, Fact, Limit, Organisation, Person, Quote, Tension
from ..records.models import Record, referenced_ids
from .validation import Entries, Entry
from .wording import WORDING_RULES


def ids_are_unique(entries: Entries) -> Iterator[Problem]:
    """An id names one record, across all files."""
    first: dict[str, Entry] = {}
    for entry in entries.entries:
        other = first.setdefault(entry.record.id, entry)
        if other is not entry:
            line = other.tree.place((other.index, "id"))[0]
            text = f'"{entry.record.id}" is already the id at {other.tree.file}:{line}; choose another'
            yield entry.problem(("id",), text)


def references_exist(entries: Entries) -> Iterator[Problem]:
    """A record only names records that exist, of a kind that fits."""
    records = entries.by_id()
    ids: dict[tuple[str, ...], list[str]] = {}
    for entry in entries.entries:
        for path, name, ref in referenced_ids(entry.record):
            if name in entries.broken:
                continue
            if name not in records:
                files = listed(f"{entries.folder}/{KINDS[kind].file}" for kind in ref.kinds)
                known = ids.setdefault(ref.kinds, [key for key, one in records.items() if one.kind in ref.kinds])
                yield entry.problem(path, f'no "{name}" in {files}{did_you_mean(name, known)}')
            elif records[name].kind not in ref.kinds:
                text = f'"{name}" is a {records[name].kind}; "{_field(path)}" takes a {listed(ref.kinds)}'
                yield entry.problem(path, text)


def lists_name_a_record_once(entries: Entries) -> Iterator[Problem]:
    """A list does not name a record twice."""
    for entry in entries.entries:
        seen: set[tuple[str, str]] = set()
        for path, name, _ in referenced_ids(entry.record):
            if isinstance(path[-1], int) and (str(path[:-1]), name) in seen:
                yield entry.problem(path, f'"{name}" stands twice in "{_field(path)}"; remove one')
            seen.add((str(path[:-1]), name))


def every_statement_has_evidence(entries: Entries) -> Iterator[Problem]:
    """Every fact, quote and event rests on a passage."""
    for entry in entries.entries:
        if isinstance(entry.record, Fact | Quote | Event) and not entry.record.evidence:
            yield entry.problem((), f'"{entry.record.id}" has no evidence; give the source and its exact words')


def numbers_have_unit_period_and_as_of(entries: Entries) -> Iterator[Problem]:
    """A figure says what it counts, over which time, and when that was so."""
    for entry, fact in entries.of(Fact):
        for name in ("title", "unit", "out_of", "qualifier", "status", "counted_by"):
            if fact.value is None and getattr(fact, name):
                yield entry.problem((name,), f'"{name}" is given without a "value"; give the figure, or delete it')
        for name in ("unit", "period", "as_of"):
            if fact.value is not None and getattr(fact, name) is None:
                yield entry.problem(("value",), f'a figure needs "{name}"; add it')


def a_share_is_part_of_its_whole(entries: Entries) -> Iterator[Problem]:
    """A share is no less than nothing and no more than its whole."""
    for entry, fact in entries.of(Fact):
        if fact.value is not None and fact.out_of is not None and not 0 <= fact.value <= fact.out_of:
            yield entry.problem(
                ("out_of",), f'{fact.value} is no part of {fact.out_of}; mend one, or delete "out_of"'
            )


def every_quote_has_a_speaker(entries: Entries) -> Iterator[Problem]:
    """A quote names its speaker, or says why nobody can be named; no statement does both."""
    for entry, quote in entries.of(Quote):
        if not quote.speaker and not quote.unattributed:
            yield entry.problem(
                (), f'"{quote.id}" has no "speaker"; name one, or say in "unattributed" what is known'
            )
        if quote.speaker and quote.unattributed:
            yield entry.problem(("unattributed",), '"unattributed" does not go with "speaker"; delete one')
    for entry, fact in entries.of(Fact):
        if fact.said_by and fact.unattributed:
            yield entry.problem(("unattributed",), '"unattributed" does not go with "said_by"; delete one')


def every_speaker_has_a_role(entries: Entries) -> Iterator[Problem]:
    """A person who speaks has a role at the time, as the quote's own source states it."""
    records = entries.by_id()
    for entry, quote in entries.of(Quote):
        if not quote.evidence:
            continue
        source = quote.evidence[0].source
        for person in (records.get(name) for name in quote.speaker):
            if not isinstance(person, Person):
                continue
            roles = [role.role for role in person.roles if any(proof.source == source for proof in role.evidence)]
            if not roles:
                text = f'"{person.id}" has no role in "{source}"; add what that source calls them'
                yield entry.problem(("speaker",), f"{text} to {entries.folder}/{Person.file}")
            elif quote.role and quote.role not in roles:
                near = did_you_mean(quote.role, roles)
                yield entry.problem(("role",), f'"{person.id}" is not "{quote.role}" in "{source}"{near}')
            elif not quote.role and len(roles) > 1:
                names = listed(f'"{role}"' for role in roles)
                yield entry.problem(
                    (), f'"{person.id}" has several roles in "{source}"; say in "role" which: {names}'
                )


def every_speaker_has_a_capacity(entries: Entries) -> Iterator[Problem]:
    """Whoever speaks, in a quote or a fact, does so in a stated capacity."""
    records = entries.by_id()
    speaking = {
        name
        for entry in entries.entries
        for field in ("speaker", "said_by", "counted_by")
        for name in getattr(entry.record, field, ())
    }
    for entry in entries.entries:
        if entry.record.id not in speaking or records[entry.record.id] is not entry.record:
            continue
        allowed = listed(get_args(Capacity))
        if isinstance(entry.record, Person):
            for index, role in enumerate(entry.record.roles):
                if role.capacity is None:
                    text = f'"{entry.record.id}" speaks, and this role has no "capacity"; add {allowed}'
                    yield entry.problem(("roles", index), text)
        elif isinstance(entry.record, Organisation | Document) and entry.record.capacity is None:
            yield entry.problem((), f'"{entry.record.id}" speaks, and has no "capacity"; add {allowed}')


def positions_rest_on_words_of_their_holder(entries: Entries) -> Iterator[Problem]:
    """A position rests on quotations of its holder, and on facts that name the holder as who says them."""
    records = entries.by_id()
    for entry in entries.entries:
        position = getattr(entry.record, "position", None)
        for index, name in enumerate(position.rests_on if position else ()):
            record = records.get(name)
            if record and entry.record.id not in _sayers(record):
                text = f'"{name}" is not said by "{entry.record.id}"; name what is, or add the speaker there'
                yield entry.problem(("position", "rests_on", index), text)


def whoever_takes_a_side_has_a_position(entries: Entries) -> Iterator[Problem]:
    """Of whoever's words stand on a side of a limit, a position says what they hold."""
    records = entries.by_id()
    for entry, limit in entries.of(Limit):
        for side in ("shows", "against"):
            for index, name in enumerate(getattr(limit, side)):
                sayers = [records[each] for each in _sayers(records.get(name)) if each in records]
                if sayers and not any(getattr(each, "position", None) for each in sayers):
                    who, file = sayers[0].id, f"{entries.folder}/{sayers[0].file}"
                    text = f'"{name}" is said by "{who}", who has no "position"; say in {file} what they hold'
                    yield entry.problem((side, index), text)


def phrases_stand_alone(entries: Entries) -> Iterator[Problem]:
    """A phrase is one piece; phrases are never joined into a sentence nobody spoke."""
    for entry, quote in entries.of(Quote):
        if quote.form == "phrase" and len(quote.evidence) > 1:
            yield entry.problem(("form",), "a phrase has one part; make a record of each part")


def each_limit_has_evidence_on_both_sides(entries: Entries) -> Iterator[Problem]:
    """A limit names what shows it and what speaks against it, and nothing stands on both sides."""
    for entry, limit in entries.of(Limit):
        for name in ("shows", "against"):
            if not getattr(limit, name):
                yield entry.problem((), f'"{limit.id}" names nothing in "{name}"; give both sides')
        for both in sorted(set(limit.shows) & set(limit.against)):
            path = ("against", limit.against.index(both))
            yield entry.problem(path, f'"{both}" stands on both sides; decide for one, or split the statement')


def briefs_stand_on_their_side(entries: Entries) -> Iterator[Problem]:
    """The words of a limit are among what was said, and its deed among what was done."""
    records = entries.by_id()
    for entry, limit in entries.of(Limit):
        for name, side in (("words", "said"), ("deed", "done")):
            brief = getattr(limit, name)
            record = records.get(brief.record) if brief else None
            if record is None:
                continue
            if record.id not in getattr(limit, side):
                yield entry.problem(
                    (name, "record"), f'"{record.id}" is not in "{side}"; add it there, or take another'
                )
            if isinstance(record, Event) and record.act != name:
                text = f'"{record.id}" is an event of "act: {record.act}"; "{name}" takes another'
                yield entry.problem((name, "record"), text)


def each_tension_has_two_sides(entries: Entries) -> Iterator[Problem]:
    """A tension names at least one record on each side."""
    for entry, tension in entries.of(Tension):
        for name in ("one", "other"):
            if not getattr(tension, name):
                yield entry.problem((), f'"{tension.id}" names nothing in "{name}"; give both sides')


def furniture_says_why(entries: Entries) -> Iterator[Problem]:
    """A paragraph that needs no record, other than a heading, says why."""
    for entry in entries.entries:
        for index, item in enumerate(getattr(entry.record, "furniture", ())):
            if item.role != "heading" and not item.why:
                yield entry.problem(("furniture", index), '"why" is missing; say why no record need rest on it')


def corrections_name_a_day_and_a_change(entries: Entries) -> Iterator[Problem]:
    """A correction is of one day, and what it put right is not what was wrong."""
    for entry, correction in entries.of(Correction):
        if correction.date.form != "point" or len(correction.date.edtf) != len("2000-01-01"):
            yield entry.problem(("date",), "a correction is made on one day; write it like 2022-02-04")
        if correction.was == correction.now:
            yield entry.problem(("now",), '"now" says what "was" says; give what the record says since')


def _sayers(record: Record | None) -> tuple[str, ...]:
    """Whose words a statement gives."""
    if isinstance(record, Quote):
        return record.speaker
    return record.said_by if isinstance(record, Fact) else ()


def _field(path: Keys) -> str:
    return str(next(step for step in reversed(path) if isinstance(step, str)))


Rule = Callable[[Entries], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    ids_are_unique,
    references_exist,
    lists_name_a_record_once,
    every_statement_has_evidence,
    numbers_have_unit_period_and_as_of,
    a_share_is_part_of_its_whole,
    every_quote_has_a_speaker,
    every_speaker_has_a_role,
    every_speaker_has_a_capacity,
    positions_rest_on_words_of_their_holder,
    whoever_takes_a_side_has_a_position,
    phrases_stand_alone,
    each_limit_has_evidence_on_both_sides,
    briefs_stand_on_their_side,
    each_tension_has_two_sides,
    furniture_says_why,
    corrections_name_a_day_and_a_change,
    *WORDING_RULES,
)


def apply_rules(entries: Entries, rules: tuple[Rule, ...] = RULES) -> Iterator[Problem]:
    """Apply every rule to all records."""
    for rule in rules:
        yield from rule(entries)

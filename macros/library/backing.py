"""Rules of backing: what a record states to the letter stands in what it rests on.

A figure, a date, a unit or quoted words of a record are found in its passages or those of the records it
names, in what `derived` says, or in a name. A state of affairs may also be as of the day its source was
published. What a record says beside its statement (a setting, a note) is held to the whole of its sources,
and only where their texts are at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, cached_property
from itertools import chain

from ..evidence.figures import MAGNITUDES, holds, loose, only_scaled, quoted_in, read_figures
from ..evidence.selectors import Location
from ..evidence.typography import fold
from ..records.date_words import MONTHS
from ..records.dates import Date, Point
from ..records.fields import Keys, word_edges
from ..records.kinds import Correction, Entity, Event, Fact, Limit, Person, Quote, Source, SpeakingEntity, Tension
from ..records.models import Model, Record, annotation_parts, nested_model, referenced_ids
from .rules import Found, rule
from .validation import Entries
from .wording import RELATIVE_YEARS

# The fields whose words are held to what the record rests on.
STATED = ("text", "title", "summary", "question", "answer", "open", "why", "role", "qualifier", "unit")
BESIDE = ("setting", "derived", "attribution", "unattributed", "note", "stake")
SIGNS = {
    **{"$": "us dollars", "€": "euros", "£": "pounds", "¥": "yen yuan", "₽": "roubles rubles"},
    **{"₹": "rupees", "₩": "won", "₴": "hryvnias", "₺": "liras"},
}
OF_NO_UNIT = re.compile(r"\b(an?|the|of|to|[io]n|at|by|for|from|than|per|and|s)\b")
POWERS = frozenset(Decimal(10) ** power for power in MAGNITUDES.values())
LEAST_SPELLED = 3  # “one of them” and “the two countries” count nothing
LEAST_REASONED = 10  # “three analysts” counts what a limit names itself
DERIVE = 'say in "derived" how it was worked out'
MISSING = f"is in no passage of it; give the passage, or {DERIVE}"


class Backing:
    """What a record rests on: its passages, those of the statements it names, and what says how they are read."""

    def __init__(self, record: Record, records: Mapping[str, Record]) -> None:
        self.record, self.records = record, records

    @property
    def complete(self) -> bool:
        """Whether every record that it names could be read; else nothing can be said of what it rests on."""
        return all(name in self.records for _, name, _ in referenced_ids(self.record))

    @cached_property
    def others(self) -> list[Record]:
        """The records that it names."""
        named = (self.records.get(name) for _, name, _ in referenced_ids(self.record))
        return [each for each in named if each and not isinstance(each, Source)]

    @cached_property
    def passages(self) -> list[tuple[str, Source | None]]:
        """The words it rests on, each with its source."""
        stating = [self.record, *(each for each in self.others if isinstance(each, Fact | Quote | Event))]
        found = ((each.exact, self.records.get(each.source)) for one in stating for _, each in one.passages())
        return [(words, source if isinstance(source, Source) else None) for words, source in found]

    @cached_property
    def derived(self) -> str:
        return "\n".join(getattr(each, "derived", None) or "" for each in (self.record, *self.others))

    @cached_property
    def named(self) -> str:
        """The names and dates of the records that it names."""
        found = [words for each in self.others for words in _names(each)]
        found += [date.say() for each in self.others for _, date in _dates(each)]
        return "\n".join(found)

    @cached_property
    def published(self) -> list[Date]:
        sources = {id(each): each for _, each in self.passages if each}
        return [source.issued for source in sources.values() if source.issued]

    @cached_property
    def figures(self) -> frozenset[Decimal]:
        """The figures of all of it, the sums and differences of two that `derived` states, and relative years."""
        stated = read_figures(self.derived)
        found = [read_figures(words, source.language if source else "en") for words, source in self.passages]
        worked_with = stated
        if isinstance(self.record, Limit | Tension):  # “ten years apart”, of two years that it names
            worked_with |= read_figures("\n".join(text for _, text in _stated(self.record)))
        sums = {abs(a + sign * b) for a in worked_with for b in worked_with for sign in (1, -1) if a != b}
        steps = [step for phrase, step in RELATIVE_YEARS.items() if phrase in fold(self.derived).casefold()]
        relative = {Decimal(date.earliest[0] + step) for date in self.published for step in steps}
        return frozenset(chain(*found, stated, sums, relative))

    def lacks(self, figures: frozenset[Decimal]) -> frozenset[Decimal]:
        """Return those figures that are in none of it, nor in its own dates, which have checks of their own."""
        if left := figures and figures - self.figures:
            dates = (*(date for _, date in _dates(self.record)), *self.published)
            left -= read_figures("\n".join((self.named, *(date.say() for date in dates))))
        return left

    @cached_property
    def words(self) -> str:
        """The words of all of it, to look for others in."""
        return "\n".join(map(loose, (*(words for words, _ in self.passages), self.derived, self.named)))

    def quotes(self, words: str) -> bool:
        """Tell whether quoted words stand in it; what weighs other records may quote any quotation on record."""
        weighs = isinstance(self.record, Limit | Tension)
        others = (loose(each.label) for each in self.records.values() if weighs and isinstance(each, Quote))
        return holds(self.words, words) or any(holds(each, words) for each in others)


@cache
def _stating_fields(model: type[Model]) -> list[str]:
    """Return the fields of a model that state something, or hold models that may."""
    fields = model.model_fields.items()
    return [name for name, field in fields if name in STATED or nested_model(field.annotation)]


def _stated(model: Model, path: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Yield the texts of a record that state something, with their paths."""
    for name in _stating_fields(type(model)):
        value = getattr(model, name)
        for index, item in enumerate(value) if isinstance(value, tuple) else ((None, value),):
            place = (*path, name) if index is None else (*path, name, index)
            if isinstance(item, str):
                yield place, item
            elif isinstance(item, Model):
                yield from _stated(item, place)


def _dates(record: Record) -> Iterator[tuple[Keys, Date]]:
    """Yield the dates of a record, with their paths."""
    yield from (((name,), date) for name in _date_fields(type(record)) if (date := getattr(record, name)))
    if isinstance(record, Person | SpeakingEntity) and record.position and record.position.as_of:
        yield ("position", "as_of"), record.position.as_of
    for number, role in enumerate(record.roles if isinstance(record, Person) else ()):
        if role.at:
            yield ("roles", number, "at"), role.at


@cache
def _date_fields(model: type[Model]) -> list[str]:
    return [name for name, field in model.model_fields.items() if Date in annotation_parts(field.annotation)]


def _names(record: Record) -> tuple[str, ...]:
    return (record.label, *(record.alternate_names if isinstance(record, Person | Entity) else ()))


@rule
def what_is_stated_is_backed(record: Record, entries: Entries) -> Found:
    """Every figure, date, unit and quoted word of a statement is found in what it rests on."""
    backing = Backing(record, entries.records)
    if isinstance(record, Source | Correction) or not backing.complete:
        return
    least = LEAST_REASONED if isinstance(record, Limit | Tension) else LEAST_SPELLED
    for path, text in _stated(record):
        stated, quoted = read_figures(entries.numbered_names.sub("", text), least=least), quoted_in(text)
        if (stated or quoted) and not backing.passages:
            return  # that it rests on nothing is told already
        for figure in sorted(backing.lacks(stated - POWERS if path[-1] == "unit" else stated)):
            yield path, f"{figure.normalize():f} {MISSING}"
        for words in quoted:
            if not backing.quotes(words):
                yield path, f"“{words}” is in no passage of it; quote word for word, or give the passage"
    if isinstance(record, Fact) and record.value is not None and backing.passages:
        yield from _unbacked_value(record, record.value, backing)
    if isinstance(record, Event) and backing.passages:
        yield from _unbacked_date(record.date, backing)


def _unbacked_value(fact: Fact, value: Decimal, backing: Backing) -> Found:
    """Yield the figure, its whole and the words of its unit that are in none of its passages."""
    unit, shares = _unit_words(fact.unit or ""), "%" in (fact.unit or "")
    power = next((MAGNITUDES[word] for word in unit if word in MAGNITUDES), 0)
    for name, number in (("value", value), ("out_of", None if shares and fact.out_of == 100 else fact.out_of)):
        if number is None:
            continue
        if not {abs(number), abs(number).scaleb(power)} & backing.figures:
            yield (name,), f"{number.normalize():f} {MISSING}"
        elif name == "value" and not power and only_scaled(number, [words for words, _ in backing.passages]):
            yield ("unit",), f"{number.normalize():f} is of thousands or millions in its passage; name them here"
    known = {*_unit_words("\n".join((*(words for words, _ in backing.passages), backing.derived, backing.named)))}
    for word in dict.fromkeys(unit):
        scaled = word in MAGNITUDES and value.scaleb(power) in backing.figures
        if not scaled and not any(_is_form_of(word, each) for each in known):
            text = f"“{word}” is in no passage of it; take the source’s own unit"
            yield ("unit",), f'{text}, or say in "derived" how it follows'


def _unbacked_date(date: Date, backing: Backing) -> Found:
    """Yield the year, the month or the day of an event that is in none of its passages."""
    months = {word[:3] for word in re.findall(r"[a-z]{3,}", backing.words)}
    told = "\n".join(words for words, _ in backing.passages)

    def in_digits(point: Point) -> bool:
        day, month = (number.lstrip("0") for number in (point.day, point.month))
        either = rf"(0?{day}[/.]0?{month}|0?{month}[/.]0?{day})[/.]{point.year}"
        return bool(re.search(rf"(?<!\d)({point.year}-0?{month}-0?{day}|{either})(?!\d)", told))

    english = all(source and source.language.startswith("en") for _, source in backing.passages)
    for point in date.points:
        month = MONTHS[int(point.month) - 1] if re.fullmatch("0[1-9]|1[0-2]", point.month) else ""
        if not _year_is_among(point.year, backing.figures) and not _year_is_among(
            point.year, read_figures(backing.named)
        ):
            yield ("date",), f"the year {point.year} {MISSING}"
        elif point.day.isdigit() and Decimal(point.day) not in backing.figures:
            yield ("date",), f"the day {int(point.day)} of {date.edtf} {MISSING}"
        elif month and english and month[:3].lower() not in months and not in_digits(point):
            yield ("date",), f"the month {month} of {date.edtf} {MISSING}"


def unlocated(record: Record, records: Mapping[str, Record], locations: Sequence[Location]) -> Found:
    """Yield what a record says of its passages that their paragraphs, and the two before each, do not.

    That is the years of its dates, unless its passages or the day of the source give them, and who says it.
    """
    backing = Backing(record, records)
    if not backing.complete:
        return
    years = frozenset(Decimal(year) for location in locations for year in location.years)
    for path, date in _dates(record) if not isinstance(record, Event) else ():
        for year in (point.year for point in date.points):
            published = frozenset(
                Decimal(day[0]) for date in backing.published for day in (date.earliest, date.latest)
            )
            if not (_year_is_among(year, years | published) or _year_is_among(year, backing.figures)):
                yield path, f"the year {year} is not in its passages, nor near them; fix it, or {DERIVE}"
    named = {name for location in locations for name in location.named}
    field = "speaker" if isinstance(record, Quote) else "said_by"
    for name in record.sayers if not getattr(record, "attribution", None) else ():
        if name in records and name not in named and not named & {*getattr(records.get(name), "author", ())}:
            text = f'"{name}" is not named in the paragraph of these words or the two before'
            yield (field,), f'{text}; name who is, or say in "attribution" how it is known'


def unsourced(record: Record, records: Mapping[str, Record], told: str, figures: frozenset[Decimal]) -> Found:
    """Yield the figures and quoted words that a record has beside its statement and that no source holds.

    `told` holds the words of all sources at hand, `figures` their figures.
    """
    for name in BESIDE:
        text = getattr(record, name, None) or ""
        for figure in Backing(record, records).lacks(read_figures(text, least=LEAST_SPELLED) - figures):
            yield (name,), f"{figure.normalize():f} is in no source at hand; fix it"
        for words in quoted_in(text):
            if not holds(told, words):
                yield (name,), f"“{words}” is in no source at hand; quote word for word"


def is_named(record: Record, text: str, source: str) -> bool:
    """Tell whether a folded text from a source names a record: by a name, or as its passages from there do."""
    names = [*_names(record), *([record.surname] if isinstance(record, Person) else ())]
    start, end = word_edges(text)
    return any(re.search(f"{start}{re.escape(fold(name))}{end}", text) for name in names) or any(
        fold(passage.exact) in text for _, passage in record.passages() if passage.source == source
    )


def _year_is_among(year: str, figures: frozenset[Decimal]) -> bool:
    """Tell whether one of the figures is a year, its decade or its century; `-0043` is 44 before Christ."""
    digits = year.lstrip("-")
    if "X" not in digits:
        number = Decimal(year)
        return abs(number) in figures or (number <= 0 and 1 - number in figures)
    century = re.fullmatch(r"(\d+)XX", digits)
    if not digits.strip("X") or (century and Decimal(century[1]) + 1 in figures):
        return True
    return any(re.fullmatch(digits.replace("X", r"\d"), f"{figure:0>{len(digits)}f}") for figure in figures)


def _unit_words(text: str) -> list[str]:
    """Return the words of a text as those of a unit, in small letters, with signs such as $ spelled out."""
    words = re.sub(r"\b((?:\w\.){2,})", lambda short: short[0].replace(".", ""), fold(text).casefold())
    words = re.sub(r"per ?cent|pct\b|in a hundred|％", "%", words)
    words = re.sub(f"[{''.join(SIGNS)}]", lambda sign: f" {sign[0]} {SIGNS[sign[0]]} ", words)
    return re.findall(f"[^\\W\\d_]+|[%{''.join(SIGNS)}]", OF_NO_UNIT.sub(" ", words))


def _is_form_of(word: str, other: str) -> bool:
    """Tell whether two words differ in their endings only: visits and visited, defence and defense."""
    most = max(len(word), len(other))
    return word == other or (
        min(len(word), len(other)) > 2 and word[: max(3, most - 3)] == other[: max(3, most - 3)]
    )

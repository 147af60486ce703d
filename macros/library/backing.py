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

from ..evidence.figures import MAGNITUDES, loose, read_figures
from ..evidence.selectors import Location
from ..evidence.typography import find_quotations, fold, outermost
from ..records.dates import MONTHS, Date
from ..records.fields import AFTER_WORD, BEFORE_WORD, Keys
from ..records.kinds import Correction, Entity, Event, Fact, Limit, Person, Quote, Source, SpeakingEntity, Tension
from ..records.models import Model, Record, annotation_parts, nested_model, referenced_ids
from .rules import Found, rule
from .validation import Entries
from .wording import RELATIVE_YEARS

# The fields whose words are held to what the record rests on.
STATED = ("text", "title", "summary", "question", "answer", "strength", "open", "why", "qualifier", "unit")
BESIDE = ("setting", "derived", "attribution", "unattributed", "note", "stake")
SIGNS = {
    "$": "us dollars",
    "€": "euros",
    "£": "pounds",
    "¥": "yen yuan",
    "₽": "roubles rubles",
}
OF_NO_UNIT = frozenset(
    ("a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "than", "per", "and", "s")
)
LEAST_SPELLED = 3  # “one of them” and “the two countries” count nothing
LEAST_REASONED = 10  # “three analysts” counts what a limit names itself
DERIVE = 'say in "derived" how it was worked out'
MISSING = f"is in no passage of it; give the passage, or {DERIVE}"
POINT = re.compile(r"[~?%]*(Y?-?[\dX]{3,}(?:E\d+)?)[~?%]*(?:-[~?%]*(0\d|1[0-2])[~?%]*(?:-[~?%]*(\d\d))?)?")


class Backing:
    """What a record rests on: its passages, those of the statements it names, and what says how they are read."""

    def __init__(self, record: Record, records: Mapping[str, Record]) -> None:
        self.record, self.records = record, records

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
        """Return those figures that are in none of it; what costs most is looked at last."""
        left = figures - self.figures if figures else figures
        return left - read_figures(self.named) if left else left

    @cached_property
    def words(self) -> str:
        """The words of all of it, to look for others in."""
        return "\n".join(map(loose, (*(words for words, _ in self.passages), self.derived, self.named)))

    def holds(self, words: str) -> bool:
        """Tell whether words, or each piece of them between ellipses, stand in one of its texts.

        What weighs other records may also quote any quotation on record.
        """
        pieces = [loose(piece) for piece in fold(words).split("...") if piece.strip()]
        weighs = isinstance(self.record, Limit | Tension)
        others = (loose(each.label) for each in self.records.values() if weighs and isinstance(each, Quote))
        return all(piece in self.words for piece in pieces) or any(
            all(piece in each for piece in pieces) for each in others
        )


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
def figures_and_quoted_words_are_backed(record: Record, entries: Entries) -> Found:
    """Every figure and every quoted word of a statement is found in what it rests on."""
    if isinstance(record, Source | Correction):
        return
    backing = entries.derive(Backing, record)
    least = LEAST_REASONED if isinstance(record, Limit | Tension) else LEAST_SPELLED
    for path, text in _stated(record):
        stated = read_figures(entries.numbered_names.sub("", text), least=least)
        if path[-1] == "unit":
            stated -= {Decimal(10) ** power for power in MAGNITUDES.values()}
        if not backing.passages:
            return  # told already
        left = backing.lacks(stated)
        for figure in sorted(left - _dated(backing)) if left else ():
            yield path, f"{_plain(figure)} {MISSING}"
        for span in outermost(find_quotations(text)):
            words = text[slice(*span)]
            if not backing.holds(words):
                yield path, f"“{words}” is in no passage of it; quote word for word, or give the passage"


def _dated(backing: Backing) -> frozenset[Decimal]:
    """Return the figures in the dates of a record, which have checks of their own, and of its sources."""
    dates = [*(date for _, date in _dates(backing.record)), *backing.published]
    return read_figures("\n".join(date.say() for date in dates))


@rule
def values_and_units_are_backed(fact: Fact, entries: Entries) -> Found:
    """A figure, its whole and each word of its unit are found in the passages of the fact."""
    if fact.value is None:
        return
    backing = entries.derive(Backing, fact)
    unit = _unit_words(fact.unit or "")
    power = next((MAGNITUDES[word] for word in unit if word in MAGNITUDES), 0)
    for name in ("value", "out_of"):
        value = getattr(fact, name)
        whole = name == "out_of" and value == 100 and "%" in (fact.unit or "")
        forms = (
            frozenset()
            if value is None or whole or not backing.passages
            else frozenset((abs(value), abs(value).scaleb(power)))
        )
        if backing.lacks(forms) != forms or not forms:
            continue
        yield (name,), f"{_plain(value)} {MISSING}"
    known = {*_unit_words("\n".join((*(words for words, _ in backing.passages), backing.derived, backing.named)))}
    for word in dict.fromkeys(unit):
        scaled = word in MAGNITUDES and fact.value.scaleb(power) in backing.figures
        if not scaled and not any(_is_form_of(word, each) for each in known):
            text = f"“{word}” is in no passage of it; take the source’s own unit"
            yield ("unit",), f'{text}, or say in "derived" how it follows'


@rule
def events_happened_on_their_date(event: Event, entries: Entries) -> Found:
    """The year of an event, its month and its day are found in its passages."""
    backing = entries.derive(Backing, event)
    months = {word[:3] for word in re.findall(r"[a-z]{3,}", backing.words)}
    english = all(source and source.language.startswith("en") for _, source in backing.passages)
    for year, month, day in _points(event.date) if backing.passages else ():
        if not _year_is_among(year, backing.figures) and not _year_is_among(year, read_figures(backing.named)):
            yield ("date",), f"the year {year} {MISSING}"
        elif day and Decimal(day) not in backing.figures:
            yield ("date",), f"the day {int(day)} of {event.date.edtf} {MISSING}"
        elif month and english and MONTHS[int(month) - 1][:3].lower() not in months:
            yield ("date",), f"the month {MONTHS[int(month) - 1]} of {event.date.edtf} {MISSING}"


def unlocated(record: Record, records: Mapping[str, Record], locations: Sequence[Location]) -> Found:
    """Yield what a record says of its passages that their paragraphs, and the two before each, do not.

    That is the years of its dates, unless its passages or the day of the source give them, and who says it.
    """
    backing = Backing(record, records)
    years = frozenset(Decimal(year) for location in locations for year in location.years)
    for path, date in _dates(record) if not isinstance(record, Event) else ():
        for year, _, _ in _points(date):
            published = frozenset(Decimal(each[0]) for day in backing.published for each in day.sort_key)
            if not (_year_is_among(year, years | published) or _year_is_among(year, backing.figures)):
                yield path, f"the year {year} is not in its passages, nor near them; fix it, or {DERIVE}"
    named = {name for location in locations for name in location.named}
    field = "speaker" if isinstance(record, Quote) else "said_by"
    for name in record.sayers if not getattr(record, "attribution", None) else ():
        if name in records and name not in named and not named & {*getattr(records.get(name), "author", ())}:
            text = f'"{name}" is not named in the paragraph of these words or the two before'
            yield (field,), f'{text}; name who is, or say in "attribution" how it is known'


def misquoted(record: Record, told: str) -> Found:
    """Yield the words that a record quotes beside its statement and that its sources do not hold.

    `told` holds all the words of those sources.
    """
    for name in BESIDE:
        text = getattr(record, name, None) or ""
        for span in outermost(find_quotations(text)):
            words = text[slice(*span)]
            if not all(loose(piece) in told for piece in fold(words).split("...") if piece.strip()):
                yield (name,), f"“{words}” is in none of its sources; quote word for word"


def is_named(record: Record, text: str) -> bool:
    """Tell whether a folded text names a person, a body or a document: by a name, or as its own passages do."""
    names = [*_names(record), *([record.surname] if isinstance(record, Person) else ())]
    return any(re.search(rf"{BEFORE_WORD}{re.escape(fold(name))}{AFTER_WORD}", text) for name in names) or any(
        fold(passage.exact) in text for _, passage in record.passages()
    )


def _points(date: Date) -> Iterator[tuple[str, str, str]]:
    """Yield year, month and day of each end of a date as EDTF writes them; empty where it gives none."""
    for match in POINT.finditer(date.edtf):
        yield match[1], match[2] or "", match[3] or ""


def _year_is_among(year: str, figures: frozenset[Decimal]) -> bool:
    """Tell whether one of the figures is a year, its decade or its century; `-0043` is 44 before Christ."""
    digits = year.lstrip("Y-").partition("E")[0]
    if "X" not in digits:
        number = Decimal(year.lstrip("Y"))
        return abs(number) in figures or (number <= 0 and 1 - number in figures)
    century = re.fullmatch(r"(\d+)XX", digits)
    if not digits.strip("X") or (century and Decimal(century[1]) + 1 in figures):
        return True
    return any(re.fullmatch(digits.replace("X", r"\d"), f"{figure:0>{len(digits)}f}") for figure in figures)


def _unit_words(text: str) -> list[str]:
    """Return the words of a text as those of a unit, in small letters, with signs such as $ spelled out."""
    words = re.sub(r"\b((?:\w\.){2,})", lambda short: short[0].replace(".", ""), fold(text).casefold())
    words = re.sub(r"per ?cent|in a hundred", "%", words)
    words = re.sub(f"[{''.join(SIGNS)}]", lambda sign: f" {sign[0]} {SIGNS[sign[0]]} ", words)
    return [each for each in re.findall(f"[^\\W\\d_]+|[%{''.join(SIGNS)}]", words) if each not in OF_NO_UNIT]


def _is_form_of(word: str, other: str) -> bool:
    """Tell whether two words differ in their endings only: visits and visited, defence and defense."""
    most = max(len(word), len(other))
    return word == other or (
        min(len(word), len(other)) > 2 and word[: max(3, most - 3)] == other[: max(3, most - 3)]
    )


def _plain(figure: Decimal) -> str:
    return f"{figure.normalize():f}"

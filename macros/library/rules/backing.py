"""Rules of backing: what a record states to the letter stands in what it rests on.

A figure, a date, a unit or quoted words of a record are found in its passages or those of the records it
names, in what `derived` says, or in a name. A state of affairs may also be as of the day its source was
published. What a record says beside its statement (a setting, a note) is held to the whole of its sources,
and only where their texts are at hand.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain
from unicodedata import category

from ...evidence.numerals import MAGNITUDES, only_scaled, read_figures, read_multiples
from ...evidence.selectors import Location
from ...evidence.typography import fold, holds, loose, quoted_in
from ...evidence.units import is_form_of, names_another_month, unit_names, unit_words
from ...records.date_words import MONTHS, NTH, SEASONS, forms_of, ordinal
from ...records.dates import Date, Point
from ...records.fields import Keys
from ...records.hedges import FIGURE_HEDGES
from ...records.kinds import Correction, Event, Fact, Limit, Quote, Source, Tension
from ...records.models import Record, referenced_ids, values_in
from ..library import Library, computed_once
from .rule import Found, field_name, rule
from .wording import RELATIVE_YEARS

# The fields of any kind whose words are held to its sources, and those that state nothing; the words of all others
# are held to what the record rests on.
BESIDE = ("setting", "derived", "attribution", "unattributed", "note", "stake")
UNSTATED = ("id", "name", "family", "alternate_names", "exact", "prefix", "suffix", "locator")
# The codes of quarters, thirds and halves of a year, and the words for which of them it is.
PARTS_OF_YEAR = {
    str(first + number): f"{NTH[number]} {ordinal(number + 1)} {letter}{number + 1}"
    for first, parts, letter in ((33, 4, "q"), (37, 3, "t"), (40, 2, "h"))
    for number in range(parts)
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# May is a month beside a number; any other could be a verb.
DAYS_AND_MONTHS = "|".join((*MONTHS, *DAYS)).replace("May", "May(?= [0-9])|(?<=[0-9] )May")
NAMED_TIMES = re.compile(
    rf"\b(?:{DAYS_AND_MONTHS}|summer|autumn|winter|(?:(?<=\b[Ii]n )|(?<=\bearly )|(?<=\blate ))spring)\b"
)
MONTH = "|".join(MONTHS)
DAY = re.compile(
    rf"\b(?:(\d\d?)(?:st|nd|rd|th)? (?:of )?({MONTH})|({MONTH}) (\d\d?)(?:st|nd|rd|th)?(?=[,.;)]|$| \d{{4}}))\b"
)
# Numbers that count nothing exactly: vague ones, times of day, decades.
UNCOUNTED = re.compile(
    r"\b(?:(?:several|many|a few|a couple of) (?:dozen|hundred|thousand|[mbt]r?illion)s?"
    r"|(?:([\w.,]+) )?(?:tens|scores|dozens|hundreds|thousands|[mbt]r?illions)"
    r"|\d\d?:\d\d|\d+0s)\b",
    re.IGNORECASE,
)
POWERS = frozenset(Decimal(10) ** power for power in MAGNITUDES.values())
LAST_DAY = 31
LEAST_SPELLED = 3  # “one of them” and “the two countries” count nothing
LEAST_REASONED = 10  # “three analysts” counts what a limit names itself
MISSING = "is in no passage of it; give the passage"
FAR = "is not in its passages, nor near them; fix it"
DERIVE = ', or say in "derived" how it was worked out'


@dataclass(frozen=True)
class Grounds:
    """What a record rests on: its passages, those of the statements it names, and what says how they are read.

    All of it is worked out when asked for; most records state no figure.
    """

    record: Record
    library: Library

    @cached_property
    def named(self) -> list[Record | None]:
        """The records that it names, None for one that is not there."""
        return [self.library.records.get(name) for _, name, _ in referenced_ids(self.record)]

    @cached_property
    def others(self) -> list[Record]:
        """The records that it names and that are there, besides its sources."""
        return [each for each in self.named if each and not isinstance(each, Source)]

    @cached_property
    def passages(self) -> list[tuple[str, Source | None]]:
        """The words it rests on, each with its source."""
        stating = [self.record, *(each for each in self.named if isinstance(each, Fact | Quote | Event))]
        found = ((each.exact, self.library.records.get(each.source)) for one in stating for each in one.passages)
        return [(words, source if isinstance(source, Source) else None) for words, source in found]

    @property
    def known(self) -> bool:
        """Whether all that it names could be read, and there are passages: else only those faults are told."""
        return all(self.named) and bool(self.passages) and all(source for _, source in self.passages)

    @property
    def told(self) -> list[str]:
        """The words of its passages alone."""
        return [words for words, _ in self.passages]

    @property
    def derive(self) -> str:
        """The end of a remedy, where the record can say how something was worked out."""
        return DERIVE if "derived" in type(self.record).model_fields else ""

    @cached_property
    def derived(self) -> str:
        return "\n".join(vars(each).get("derived") or "" for each in (self.record, *self.others))

    @cached_property
    def names(self) -> str:
        """The names and dates of the records that it names."""
        dates = (date.say() for each in self.others for _, date in values_in(each, Date))
        return "\n".join(chain(*map(names_of, self.others), dates))

    @cached_property
    def published(self) -> set[Date]:
        return {source.issued for _, source in self.passages if source and source.issued}

    @cached_property
    def own_dates(self) -> str:
        """Its own dates, which have checks of their own, and the days on which its sources were published."""
        own = (date for _, date in values_in(self.record, Date))
        return "\n".join(date.say() for date in (*own, *self.published))

    @cached_property
    def figures(self) -> frozenset[Decimal]:
        """The figures of all of it."""
        return self._read(str)

    @cached_property
    def counts(self) -> frozenset[Decimal]:
        """Those of its figures that count something."""
        return self._read(lambda words: UNCOUNTED.sub(_exact, DAY.sub(" ", words)))

    def _read(self, left: Callable[[str], str]) -> frozenset[Decimal]:
        """Return the figures of what is left of each passage, and of what says how they are read."""
        found = (read_figures(left(words), source.language if source else "en") for words, source in self.passages)
        return frozenset(chain(self.worked_out, *found))

    @cached_property
    def worked_out(self) -> frozenset[Decimal]:
        """The figures that `derived` states, the sums and differences of two of them, and relative years."""
        stated = worked_with = read_figures(self.derived)
        if isinstance(self.record, Limit | Tension):  # “ten years apart”, of two years that it names
            own = "\n".join(text for _, text in _statements(self.record))
            worked_with |= read_figures(own, least=LEAST_REASONED)
        sums = {abs(a + sign * b) for a in worked_with for b in worked_with for sign in (1, -1) if a != b}
        derived = fold(self.derived).casefold()
        steps = [step for phrase, step in RELATIVE_YEARS.items() if phrase in derived]
        relative = {Decimal(date.earliest[0] + step) for date in self.published for step in steps}
        return frozenset(chain(stated, sums, relative))

    def lacks(self, figures: frozenset[Decimal]) -> frozenset[Decimal]:
        """Return those figures that are in none of it, and are no years of its own dates."""
        if left := figures and figures - self.figures:
            own = {each for each in read_figures(self.own_dates) if each > LAST_DAY}
            left -= own | read_figures(self.names)
        return left

    def without_own_days(self, text: str) -> str:
        """Return a text without days, such as `3 May`, that are those of its own dates."""

        def left(day: re.Match[str]) -> str:
            number, month = day[1] or day[4], day[2] or day[3]
            return " " if Decimal(number) in read_figures(self.own_dates) and month in self.own_dates else day[0]

        return DAY.sub(left, text)

    @cached_property
    def words(self) -> str:
        """The words of all of it, to look for others in."""
        return "\n".join(map(loose, (*self.told, self.derived, self.names)))

    @cached_property
    def units(self) -> set[str]:
        """The words of all of it that may be units."""
        times = ("times",) if any(map(read_multiples, self.told)) else ()  # “doubled” is two times
        return {*unit_words("\n".join((*self.told, self.derived, self.names))), *times}

    def counts_in(self, names: Iterable[str]) -> bool:
        """Tell whether it counts in a unit of one of these names."""
        return any(is_form_of(name, each) for name in names for each in self.units)

    @cached_property
    def is_english(self) -> bool:
        """Whether the words of all its passages are."""
        return all(source and source.language.startswith("en") for _, source in self.passages)

    def tells(self, name: str) -> bool:
        """Tell whether a month, a day of the week or a season is named.

        Where not all is English, any may be, unless another month is named in its place.
        """
        if not self.is_english:
            languages = {source.language for _, source in self.passages if source} if name in MONTHS else ()
            return not any(names_another_month(self.words, each, MONTHS.index(name) + 1) for each in languages)
        words = name.casefold().replace("autumn", "autumn fall")
        forms = forms_of(words) if name in (*MONTHS, *DAYS) else rf"(?:{words.replace(' ', '|')})\w*"
        return re.search(f" ({forms}) ", self.words) is not None

    def quotes(self, words: str) -> bool:
        """Tell whether quoted words stand in it; what weighs other records may quote any quotation on record."""
        others = self.library.of(Quote) if isinstance(self.record, Limit | Tension) else ()
        return holds(self.words, words) or any(holds(loose(each.label), words) for each in others)


def _statements(record: Record) -> Iterator[tuple[Keys, str]]:
    """Yield the texts of a record that state something, at any depth, after their places."""
    ids = {path for path, _, _ in referenced_ids(record)}
    for path, text in values_in(record, str):
        if path not in ids and field_name(path) not in (*BESIDE, *UNSTATED):
            yield path, text


def names_of(record: Record) -> tuple[str, ...]:
    """Return the names of a record."""
    return (record.label, *getattr(record, "alternate_names", ()))


@computed_once
def _numbered_names(library: Library) -> re.Pattern[str]:
    """Return a pattern of every name that holds a figure, such as “Highway 61”."""
    named = [entry.record for entry in library.entries.values() if entry.record.label_field == "name"]
    names = {re.escape(name) for each in named for name in names_of(each) if re.search(r"\d", name)}
    found = sorted(names, key=lambda each: (-len(each), each))
    if library.broken or library.unread:  # whose names nobody knows: none is taken for a figure
        found.append(r"\b[^\W\d_a-z]\w* \d+(?:[.,]\d+)*(?!\d|[/–-]\d)")
    return re.compile("|".join(found) or r"(?!)")


@rule
def what_is_stated_is_backed(record: Record, library: Library) -> Found:
    """Every figure, date, unit and quoted word of a statement is found in what it rests on."""
    grounds = Grounds(record, library)
    if not isinstance(record, Source | Correction) and (found := [*_unbacked(record, grounds)]) and grounds.known:
        yield from found


def _unbacked(record: Record, grounds: Grounds) -> Found:
    """Yield what a record states and does not rest on."""
    least = LEAST_REASONED if isinstance(record, Limit | Tension) else LEAST_SPELLED
    names = _numbered_names(grounds.library)
    for path, text in _statements(record):
        unnamed = grounds.without_own_days(names.sub("", text))
        stated = read_figures(unnamed, least=least, known=grounds.figures) | read_multiples(unnamed)
        for figure in sorted(grounds.lacks(stated - POWERS if path[-1] == "unit" else stated)):
            yield path, f"{figure.normalize():f} {MISSING}{grounds.derive}"
        for name in NAMED_TIMES.findall(text) if least < LEAST_REASONED else ():
            if not grounds.tells(name) and name not in grounds.own_dates:
                yield path, f"{name} {MISSING}{grounds.derive}"
        for sign in sorted({each for each in text if category(each) == "Sc"}):
            if not grounds.counts_in(unit_words(sign)):
                yield path, f"{sign} {MISSING}{grounds.derive}"
        for words in quoted_in(text):
            if not grounds.quotes(words):
                yield path, f"“{words}” is in no passage of it; quote word for word, or give the passage"
    if isinstance(record, Fact) and record.value is not None:
        yield from _unbacked_value(record, record.value, grounds)
    for path, date in values_in(record, Date):
        confused = [*_seasons_for_years(date, grounds)]
        yield from ((path, fault) for fault in confused)
        if isinstance(record, Event) and not confused:
            parts = _unbacked_parts(date.points, grounds, read_figures(grounds.names))
            yield from ((path, f"{part} {MISSING}{grounds.derive}") for part in parts)


def _unbacked_value(fact: Fact, value: Decimal, grounds: Grounds) -> Found:
    """Yield the figure, its whole and the words of its unit that are in none of its passages."""
    unit, whole = unit_words(fact.unit or ""), fact.out_of
    power = next((MAGNITUDES[word] for word in unit if word in MAGNITUDES), 0)
    for name, number in (("value", value), ("out_of", None if "%" in unit and whole == 100 else whole)):
        if number is None:
            continue
        if not {abs(number), abs(number).scaleb(power)} & grounds.counts:
            yield (name,), f"{number.normalize():f} {MISSING}{grounds.derive}"
        elif name == "value" and not power and only_scaled(number, grounds.told):
            yield ("unit",), f"{number.normalize():f} is of thousands or millions in its passage; name them here"
    languages = frozenset(source.language for _, source in grounds.passages if source)
    for word in dict.fromkeys(unit):
        scaled = word in MAGNITUDES and value.scaleb(power) in grounds.figures
        if not scaled and not grounds.counts_in([word]) and not grounds.counts_in(unit_names(word, languages)):
            yield ("unit",), f"“{word}” {MISSING}{grounds.derive}"
    for hedge in FIGURE_HEDGES if grounds.is_english else ():
        if hedge.said_in(fact.qualifier or "") and not hedge.said_in(grounds.words):
            yield ("qualifier",), f"“{fact.qualifier}” is in no passage of it; take the source’s own hedge"


def _seasons_for_years(date: Date, grounds: Grounds) -> Iterator[str]:
    """Yield a season that stands for two years, such as `2021-22`."""
    for point in date.points:
        if not re.fullmatch("2[1-9]|3[0-2]", point.month) or grounds.tells(_name_of_month(point)):
            continue
        if any(re.search(rf"\b{point.year}[-/]{point.month}\b", fold(words)) for words in grounds.told):
            yield f'"{date.edtf}" is {date.say()}; for two years write {point.year}/{point.year[:2]}{point.month}'


def _name_of_month(point: Point) -> str:
    """Return what a source calls the month, season or part of a year, where a date has one."""
    if re.fullmatch("0[1-9]|1[0-2]", point.month):
        return MONTHS[int(point.month) - 1]
    season = re.fullmatch("2[1-9]|3[0-2]", point.month)
    return SEASONS[int(point.month) % 4 - 1] if season else PARTS_OF_YEAR.get(point.month, "")


def _unbacked_parts(
    points: Iterable[Point], grounds: Grounds, years: Set[Decimal], near: Set[str] = frozenset()
) -> Iterator[str]:
    """Yield the year, month, day or time of each point that is in none of its passages, nor `near` them.

    `years` are those that are known besides. Figures of passages are read last: most dates stand near them.
    """
    told = {Decimal(each) for each in near if each.isdigit()}
    for point in points:
        date, name = "-".join(filter(None, (point.year, point.month, point.day))), _name_of_month(point)
        if not (_year_is_among(point.year, years | told) or _year_is_among(point.year, grounds.figures)):
            yield f"the year {point.year}"
        elif point.day.isdigit() and not (Decimal(point.day) in told or Decimal(point.day) in grounds.figures):
            yield f"the day {int(point.day)} of {date}"
        elif point.time and not _is_hour_among(point.time, told | grounds.figures):
            yield f"the time {point.time}"
        elif name and not (name[:3] in near or grounds.tells(name) or _is_in_digits(point, grounds.told)):
            yield f"{name.partition(' ')[0]} of {date}"


def _is_published(point: Point, grounds: Grounds) -> bool:
    """Tell whether a source was published on a day or in a month, season or year."""
    return any(point.earliest <= day.earliest and day.latest <= point.latest for day in grounds.published)


def _is_hour_among(time: str, figures: Set[Decimal]) -> bool:
    """Tell whether figures hold a time of day, such as 22:30: its hour, of 24 or 12, minutes and seconds."""
    hour, *parts = map(Decimal, re.split("[Z+-]", time)[0].split(":"))
    return bool({hour, hour - 12} & figures) and all(not part or part in figures for part in parts)


def _is_in_digits(point: Point, told: Iterable[str]) -> bool:
    """Tell whether a day or a month is told in digits, such as 3.5.1936, 5/3/1936, 1936-05-03 or 05/1936."""
    day, month = (number.lstrip("0") or r"\d\d?" for number in (point.day, point.month))
    either = (
        rf"(0?{day}[/.-]0?{month}|0?{month}[/.-]0?{day})[/.-]{point.year}|{point.year}[/.-]0?{month}[/.-]0?{day}"
    )
    either += "" if point.day else rf"|0?{month}[/.]{point.year}|{point.year}/0?{month}"
    return any(re.search(rf"(?<!\d)({either})(?![\d/-])", words) for words in told)


def unlocated(record: Record, library: Library, locations: Sequence[Location]) -> Found:
    """Yield what a record says of its passages that their paragraphs, and the two before each, do not.

    That is its dates, unless its passages or the day of the source give them, and who says it.
    """
    grounds = Grounds(record, library)
    near = {part for location in locations for part in location.dated}
    issued = {Decimal(day[0]) for each in grounds.published for day in (each.earliest, each.latest)}
    for path, date in values_in(record, Date) if grounds.known and not isinstance(record, Event) else ():
        points = (each for each in date.points if not _is_published(each, grounds))
        parts = _unbacked_parts(points, grounds, issued, near)
        yield from ((path, f"{part} {FAR}{grounds.derive}") for part in parts)
    named = {name for location in locations for name in location.named}
    for name in record.sayers if not getattr(record, "attribution", None) else ():
        authors = getattr(library.records.get(name), "author", ())
        if not named & {name, *authors} and grounds.known:
            text = f'"{name}" is not named in the paragraph of these words or the two before'
            yield (record.sayer_field,), f'{text}; name who is, or say in "attribution" how it is known'


def unsourced(record: Record, library: Library, told: str, figures: frozenset[Decimal]) -> Found:
    """Yield the figures and quoted words that a record has beside its statement and that no source holds.

    `told` holds the words of all sources at hand, `figures` their figures.
    """
    grounds = Grounds(record, library)
    for path, text in values_in(record, str):
        if field_name(path) not in BESIDE:
            continue
        for figure in grounds.lacks(read_figures(grounds.without_own_days(text), least=LEAST_SPELLED) - figures):
            yield path, f"{figure.normalize():f} is in no source at hand; fix it"
        for words in quoted_in(text):
            if not holds(told, words):
                yield path, f"“{words}” is in no source at hand; quote word for word"


def _exact(uncounted: re.Match[str]) -> str:
    """Return nothing in place of a vague number, and one with an exact multiplier, `five millions`, as it is."""
    return uncounted[0] if uncounted[1] and read_figures(uncounted[1]) else " "


def _year_is_among(year: str, figures: Set[Decimal]) -> bool:
    """Tell whether one of the figures is a year, its decade or its century; `-0043` is 44 before Christ."""
    digits = year.lstrip("-")
    if "X" not in digits:
        number = Decimal(year)
        return (number if number > 0 else 1 - number) in figures or (number <= -10_000 and -number in figures)
    century = re.fullmatch(r"(\d+)XX", digits)
    if not digits.strip("X") or (century and Decimal(century[1]) + 1 in figures):
        return True
    return any(re.fullmatch(digits.replace("X", r"\d"), f"{figure:0>{len(digits)}f}") for figure in figures)

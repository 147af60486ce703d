"""Rules of backing: what a record states to the letter stands in what it rests on.

A figure, a date, a unit or quoted words of a record are found in its passages or those of the records it
names, in what `derived` says, or in a name. A state of affairs may also be as of the day its source was
published. What a record says beside its statement (a setting, a note) is held to the whole of its sources,
and only where their texts are at hand.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from decimal import Decimal
from unicodedata import category

from ...evidence.numerals import MAGNITUDES, only_scaled, read_figures, read_multiples
from ...evidence.selectors import Location
from ...evidence.texts import BEFORE_CHRIST, NAMED_TIMES, Texts
from ...evidence.typography import fold, quoted_in
from ...evidence.units import counted_measures, is_unit, unit_words
from ...records.calendar import SEASONS, month_words
from ...records.dates import Date, Point
from ...records.hedges import FIGURE_HEDGES
from ...records.kinds import Correction, Event, Fact, Limit, Source, Tension
from ...records.models import Record, values_in
from ..library import Library, computed_once
from .rule import Found, field_name, rule
from .supporting_texts import DERIVE, HELD_TO_SOURCES, LEAST_REASONED, SupportingTexts, names_of

SHORT_DECADE = re.compile(r"(?<!\w)['’‘](\d)0s\b")
POWERS = frozenset(Decimal(10) ** power for power in MAGNITUDES.values())
IS_BEFORE = re.compile(r"\b(?:B\.? ?C|BP\b|ago\b|[Bb]efore (?:Christ|the (?i:common|current) (?i:era)))")
SCALED = "is of thousands or millions in its passage; name them here"
NOTHING = Texts(())
LEAST_SPELLED = 3  # “one of them” and “the two countries” count nothing


@computed_once
def _numbered_names(library: Library) -> re.Pattern[str]:
    """Return a pattern of every name that holds a figure, such as “Highway 61”."""
    named = [entry.record for entry in library.entries.values() if entry.record.label_field == "name"]
    names = {re.escape(name) for record in named for name in names_of(record) if re.search(r"\d", name)}
    found = sorted(names, key=lambda name: (-len(name), name))
    if library.broken or library.unread:  # whose names nobody knows: none is taken for a figure
        found.append(r"\b[^\W\d_a-z]\w* \d+(?:[.,]\d+)*(?!\d|[/–-]\d)")
    return re.compile("|".join(found) or r"(?!)")


@rule
def what_is_stated_is_backed(record: Record, library: Library) -> Found:
    """Every figure, date, unit and quoted word of a statement is found in what it rests on."""
    support = SupportingTexts(record, library)
    if isinstance(record, Source | Correction) or not support.known:
        return
    least = LEAST_REASONED if isinstance(record, Limit | Tension) else LEAST_SPELLED
    names = _numbered_names(library)

    def without_told(decade: re.Match[str]) -> str:
        years = (f"{year:f}" for year in support.figures if year >= 1000)
        return " " if any(year[:-1].endswith(decade[1]) for year in years) else decade[0]

    largest = max(support.figures, default=Decimal(0))
    for path, text in support.statements:
        unnamed = support.without_own_days(SHORT_DECADE.sub(without_told, names.sub("", text)))
        stated = read_figures(unnamed, least=least, known=support.figures) | read_multiples(unnamed)
        for figure in sorted(support.lacks(stated - POWERS if path[-1] == "unit" else stated)):
            number = f"{figure.normalize():f}"
            name = re.search(rf"\b[A-Z][a-z]{{3,}} {number}(?![\w.,%]*\d|%)", unnamed)
            do = f", or make a term of “{name[0]}”, if that is a name" if name else ""
            yield path, f"{number} {support.missing}{do}"
        for figure in sorted(stated - support.worked_out - read_figures(support.names)):
            could = 100 * figure <= largest and not read_figures(unnamed) & POWERS
            if could and only_scaled(figure, support.passages):
                yield path, f"{figure.normalize():f} {SCALED}"
        for name in NAMED_TIMES.findall(text) if least < LEAST_REASONED else ():
            if not support.names_time(name) and not support.own_dates.names_time(name):
                yield path, f"{name} {support.missing}"
        for sign in sorted({sign for sign in text if category(sign) == "Sc"}):
            if sign not in "".join(support.texts) and not support.counts_in(unit_words(sign)):
                yield path, f"{sign} {support.missing}"
        for measure in counted_measures(text):
            if not all(map(support.has_unit, unit_words(measure))):
                yield path, f"“{measure}” {support.missing}"
        for words in quoted_in(text):
            if not support.quotes(words):
                yield path, f"“{words}” is in no passage of it; quote word for word, or give the passage"
    if isinstance(record, Fact) and record.value is not None:
        yield from _unbacked_value(record, record.value, support)
    for path, date in values_in(record, Date):
        confused = [*_seasons_for_years(date, support), *_other_eras(date, support)]
        yield from ((path, fault) for fault in confused)
        if isinstance(record, Event) and not confused:
            parts = _unbacked_parts(date.points, support, read_figures(support.names))
            yield from ((path, f"{part} {support.missing}") for part in parts)


def _unbacked_value(fact: Fact, value: Decimal, support: SupportingTexts) -> Found:
    """Yield the figure, its whole and the words of its unit that are in none of its passages."""
    unit, whole = unit_words(fact.unit or ""), fact.out_of
    power = next((MAGNITUDES[word] for word in unit if word in MAGNITUDES), 0)
    scaled = power or any(
        only_scaled(Decimal(1), [(f"1 {(fact.unit or '').lstrip('$£€¥')}", each)]) for each in support.languages
    )
    for name, number in (("value", value), ("out_of", None if "%" in unit and whole == 100 else whole)):
        if number is None:
            continue
        if not {abs(number), abs(number).scaleb(power)} & support.counts:
            yield (name,), f"{number.normalize():f} {support.missing}"
        elif name == "value" and not scaled and only_scaled(abs(number), support.passages, fact.unit or "\n"):
            yield ("unit",), f"{number.normalize():f} {SCALED}"
    for word in dict.fromkeys(unit):
        if word in MAGNITUDES and value.scaleb(power) in support.figures:
            continue
        known = support.is_english or is_unit(word)  # nobody tells what another language calls a hive
        unread = word in MAGNITUDES and not support.is_english  # a German Billion
        if unread or (known and not support.has_unit(word)):
            yield ("unit",), f"“{word}” {support.missing}"
    hedges = [hedge for hedge in FIGURE_HEDGES if hedge.said_in(fact.qualifier or "")]
    told = fold("\n".join(support.texts))
    if hedges and support.is_english and not any(hedge.said_in(told, hedge.signs) for hedge in hedges):
        yield ("qualifier",), f"“{fact.qualifier}” is in no passage of it; take the source’s own hedge"


def _seasons_for_years(date: Date, support: SupportingTexts) -> Iterator[str]:
    """Yield what is wrong with a season that stands for two years, such as `2021-22`."""
    for point in date.points:
        two_years = rf"\b{point.year}[-/]{point.month}\b"
        if not re.fullmatch("2[1-9]|3[0-2]", point.month) or support.names_time(month_words(point.month)):
            continue
        if any(re.search(two_years, fold(words)) for words in support.passage_words):
            yield f'"{date.edtf}" is {date.say()}; for two years write {point.year}/{point.year[:2]}{point.month}'


def _other_eras(date: Date, support: SupportingTexts) -> Iterator[str]:
    """Yield what is wrong with a year or a century that its passages count from the other side of the year 1."""
    told = fold("\n".join(support.texts))
    before = {figure for each in BEFORE_CHRIST.finditer(told) for figure in read_figures(each[1])}
    if not before and not any(point.year.startswith("-") for point in date.points):
        return  # as of nearly every date: the figures of all its texts need not be read
    after = read_figures(BEFORE_CHRIST.sub(" ", told))
    for point in date.points:
        digits = point.year.lstrip("-")
        century, is_before = re.fullmatch(r"(\d+)XX", digits), digits != point.year
        if not (century or digits.isdigit()):
            continue
        number = int(century[1]) + 1 if century else int(digits)
        if is_before and not century and number in before - after and number + 1 not in before:
            yield f'"{date.edtf}" is {date.say()}; for {number} BCE write -{number - 1:04}'
        elif not is_before and number in before - after:
            right = digits if century else f"{number - 1:04}"
            yield f'"{date.edtf}" is {date.say()}, and its passage says BC; write -{right}'
        elif is_before and support.is_english and isinstance(support.record, Event) and not IS_BEFORE.search(told):
            yield f'"{date.edtf}" is {date.say()}, and no passage of it says BC; fix it{DERIVE}'


def _unbacked_parts(
    points: Iterable[Point], support: SupportingTexts, years: Set[Decimal], near: Texts = NOTHING
) -> Iterator[str]:
    """Yield the year, month, day or time of each point that is in none of its passages, nor `near` them.

    `years` are those that are known besides.
    """
    figures = support.figures | near.figures
    for point in points:
        date, name = "-".join(filter(None, (point.year, point.month, point.day))), month_words(point.month)
        if not _year_is_among(point.year, figures | years):
            yield f"the year {point.year}"
        elif point.day.isdigit() and Decimal(point.day) not in figures:
            yield f"the day {int(point.day)} of {date}"
        elif point.time and not support.has_clock_time([point.clock], near.texts):
            yield f"the time {point.time}"
        elif name and not (
            near.names_time(name) or support.names_time(name) or _is_in_digits(point, support.passage_words)
        ):
            season = SEASONS.get(point.month)
            yield f"{season.name} of {point.year}" if season else f"{name} of {date}"


def _is_in_digits(point: Point, told: Iterable[str]) -> bool:
    """Tell whether a day or a month is told in digits, such as 3.5.1936, 5/3/1936, 1936-05-03 or 05/1936."""
    day, month = (number.lstrip("0") or r"\d\d?" for number in (point.day, point.month))
    either = (
        rf"(0?{day}[/.-]0?{month}|0?{month}[/.-]0?{day})[/.-]{point.year}|{point.year}[/.-]0?{month}[/.-]0?{day}"
    )
    either += "" if point.day else rf"|0?{month}[/.]{point.year}|{point.year}/0?{month}"
    return any(re.search(rf"(?<!\d)({either})(?![\d/-])", words) for words in told)


def not_stated_nearby(record: Record, library: Library, locations: Sequence[Location]) -> Found:
    """Yield what a record says of its passages that their paragraphs, and the two before each, do not.

    That is its dates, unless its passages or the day of the source give them, and who says or counted it.
    """
    support = SupportingTexts(record, library)
    if not support.known:
        return
    near = Texts(sorted({part for location in locations for part in location.dated}))
    days = [(date.earliest, date.latest) for date in support.published]
    issued = {Decimal(day[0]) for pair in days for day in pair}
    for path, date in values_in(record, Date) if not isinstance(record, Event) else ():
        # The day of a source need not stand in it.
        points = (p for p in date.points if not any(p.earliest <= day <= last <= p.latest for day, last in days))
        parts = _unbacked_parts(points, support, issued, near)
        yield from ((path, f"{part} {support.far}") for part in parts)
    named = {name for location in locations for name in location.named}
    for name in record.attributed_to if not getattr(record, "attribution", None) else ():
        authors = getattr(library.records.get(name), "author", ())
        if not named & {name, *authors}:
            text = f'"{name}" is not named in the paragraph of these words or the two before'
            field = record.sayer_field if name in record.sayers else "counted_by"
            yield (field,), f'{text}; name who is, or say in "attribution" how it is known'


def not_stated_in_sources(record: Record, library: Library, texts: Texts) -> Found:
    """Yield the figures and quoted words that a record has beside its statement and that no source holds.

    `texts` is of the texts of all sources at hand, with the dates on which these were published.
    """
    support = SupportingTexts(record, library)
    for path, text in values_in(record, str):
        if field_name(path) not in HELD_TO_SOURCES:
            continue
        stated = read_figures(support.without_own_days(text), least=LEAST_SPELLED)
        for figure in support.lacks(stated - texts.figures):
            yield path, f"{figure.normalize():f} is in no source at hand; fix it"
        for words in quoted_in(text):
            if not texts.quotes(words):
                yield path, f"“{words}” is in no source at hand; quote word for word"


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

"""Comparison of figures: which may be drawn to one scale, how long each is drawn, and what must be said of them.

A scale starts at zero, and the greatest figure ends it. Figures of unlike units
are refused. Unlike periods are not, because sources print them side by side:
then words say so, as they do of every target and estimate.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...problems import AuthorError
from ...records.dates import Date
from ...records.kinds import Fact

# How a hedge is drawn: the figure may be more, is somewhere near, or is not quite reached.
ENDS = {
    **dict.fromkeys(("more than", "at least", "over"), "open"),
    **dict.fromkeys(("some", "about", "around", "roughly", "approximately"), "near"),
    **dict.fromkeys(("nearly", "almost", "just under"), "short"),
}

MOST_MARKS = 20  # above this, a share of a countable whole is a strip and not one mark for each


@dataclass(frozen=True)
class Bar:
    """A figure to draw: `length` in per cent of the scale, and how it ends.

    Where the periods are unlike parts of years, `year` says of each month
    whether the figure covers it, and `shorter` that another covers more.
    """

    fact: Fact
    length: Decimal
    year: tuple[bool, ...] = ()
    shorter: bool = False

    @property
    def end(self) -> str:
        return ENDS.get(self.fact.qualifier or "", "")


def compare_figures(facts: Sequence[Fact]) -> list[Bar]:
    """Return figures as bars to one scale. Raises AuthorError for those that no scale can hold."""
    first = facts[0]
    for fact in facts:
        if fact.unit != first.unit:
            text = f'"{first.id}" counts {first.unit}, "{fact.id}" counts {fact.unit}'
            raise AuthorError(f"{text}; draw figures of one unit together")
        if _value(fact) < 0:
            raise AuthorError(f'"{fact.id}" is below zero, where a bar starts; show it with fact()')
        if facts.count(fact) > 1:
            raise AuthorError(f'"{fact.id}" stands twice; name it once')
    scale = max(map(_value, facts)) or Decimal(1)
    years = [_months(fact.period) for fact in facts]
    longest = max(map(sum, years))
    if not all(years) or {sum(year) for year in years} == {longest}:
        return [Bar(fact, _percent(_value(fact), scale)) for fact in facts]
    return [
        Bar(fact, _percent(_value(fact), scale), year, shorter=sum(year) < longest)
        for fact, year in zip(facts, years, strict=True)
    ]


def share_of_whole(fact: Fact) -> Bar:
    """Return a figure as a bar of its whole. Raises AuthorError for one that is not part of a whole."""
    if fact.out_of is None:
        raise AuthorError(f'"{fact.id}" is no share; give it "out_of", the whole it is part of, or use fact()')
    return Bar(fact, _percent(_value(fact), fact.out_of))


def marks_of(fact: Fact) -> list[bool]:
    """Return, for each unit of a small whole, whether the figure counts it; nothing for any other."""
    value, whole = _value(fact), fact.out_of or Decimal(0)
    countable = whole <= MOST_MARKS and value % 1 == whole % 1 == 0
    return [number < value for number in range(int(whole))] if countable else []


def caveats(facts: Sequence[Fact]) -> Iterator[str]:
    """Yield what a reader must know before comparing the figures, a sentence each."""
    periods = list(dict.fromkeys(fact.period for fact in facts if fact.period))
    lengths: dict[str, list[str]] = {}
    for period in periods:
        lengths.setdefault(_length(period) or "a time not known exactly", []).append(period.say())
    if len(lengths) > 1:
        covered = "; ".join(f"{length} for {_listed(said)}" for length, said in lengths.items())
        yield f"Unlike periods: {covered}. Amounts counted over unlike periods do not compare."
    for period in periods:
        if period.start is None:
            yield f"The count runs {period.say()}; from when on is not said."
    for fact in facts:
        if fact.status == "target":
            yield f"“{say_figure(fact)}” is a target: it is aimed at, and is not a result."
        if fact.status == "estimate":
            yield f"“{say_figure(fact)}” is an estimate, and is not a result."
    if len({frozenset(fact.counted_by) for fact in facts}) > 1:
        yield "Not all were counted by the same; the table says who counted."


def drawing_key(bars: Sequence[Bar]) -> Iterator[str]:
    """Yield what the signs in a drawing mean, a sentence each."""
    ends = {bar.end for bar in bars}
    if "open" in ends:
        yield "A pointed end: so much or more."
    if ends & {"near", "short"}:
        yield "A soft end: about so much; the source does not say how near."
    if any(bar.fact.status in ("target", "estimate") for bar in bars):
        yield "A dashed outline: not a result."
    if any(bar.year for bar in bars):
        yield "Twelve boxes: the months of a year, filled where counted. A paler bar: fewer months than another."


def caption(fact: Fact) -> str:
    """Return the unit of a figure as the heading of a scale: Billion dollars."""
    unit = fact.unit or ""
    return f"Per cent{unit[1:]}" if f"{unit} ".startswith("% ") else unit[:1].upper() + unit[1:]


def say_figure(fact: Fact) -> str:
    """Return a figure with its hedge, without its unit: at least 200."""
    return f"{fact.qualifier or ''} {_value(fact):,}".strip()


def _value(fact: Fact) -> Decimal:
    assert fact.value is not None
    return fact.value


def _percent(value: Decimal, whole: Decimal) -> Decimal:
    return round(100 * value / whole, 2)


def _length(period: Date) -> str:
    """Return how long a period is, in words; empty where its ends are open, hedged or not known."""
    if period.form == "within" or not (period.start and period.end):
        return ""
    if period.start.qualifier or period.end.qualifier:
        return ""
    (year, month, day), (last_year, last_month, last_day) = period.earliest, period.latest
    if day == 1 and last_day == calendar.monthrange(last_year, last_month)[1]:
        months = 12 * (last_year - year) + last_month - month + 1
        return _counted(months // 12, "year") if months > 12 and months % 12 == 0 else _counted(months, "month")
    return _counted((date(*period.latest) - date(*period.earliest)).days + 1, "day")


def _months(period: Date | None) -> tuple[bool, ...]:
    """Return the months of its year that a period covers; empty when it is not whole months of one year."""
    if period is None or not _length(period).endswith(("month", "months")):
        return ()
    if period.earliest[0] != period.latest[0]:
        return ()
    return tuple(period.earliest[1] <= month <= period.latest[1] for month in range(1, 13))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _listed(parts: list[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last

"""Comparison of figures: which may be drawn to one scale, and how long each is drawn.

A scale starts at zero, and the greatest figure ends it. Figures of unlike periods are drawn per month, where
every period is so many whole months; else, and where units are unlike, they are refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...problems import AuthorError
from ...records.calendar import month_length
from ...records.dates import Date
from ...records.hedges import true_figure
from ...records.kinds import Fact

ENDS = {"more": "open", "near": "near", "less": "short"}  # how a bar ends, by where the true figure is


@dataclass(frozen=True)
class Bar:
    """A figure to draw: `value`, per month where it covers several `months`; `length` in per cent of the scale."""

    fact: Fact
    value: Decimal
    length: Decimal
    months: int = 0

    @property
    def unit(self) -> str:
        """What is counted, as a heading."""
        unit = re.sub("^%(?= |$)", "per cent", self.fact.unit or "")
        return unit[:1].upper() + unit[1:]

    @property
    def end(self) -> str:
        """How the bar ends, by the hedge on its figure; empty for an exact one."""
        return ENDS.get(true_figure(self.fact.qualifier), "")

    @property
    def said(self) -> str:
        """The figure drawn, with its hedge; one per month is rounded to three digits, or to a whole number."""
        said = f"{self.value:,}"
        if self.months:
            said = f"{round(self.value, max(0, 2 - self.value.adjusted())).normalize():,f} a month"
        return f"{self.fact.qualifier or ''} {said}".strip()


def compare_figures(facts: Sequence[Fact]) -> list[Bar]:
    """Return figures as bars to one scale. Raises AuthorError for those that no scale can hold."""
    first, values = facts[0], [fact.value or Decimal(0) for fact in facts]
    for fact, value in zip(facts, values, strict=True):
        if len({re.sub("per ?cent", "%", each.unit or "") for each in (first, fact)}) > 1:
            text = f'"{first.id}" counts {first.unit}, "{fact.id}" counts {fact.unit}'
            raise AuthorError(f"{text}; draw figures of one unit together")
        if value < 0:
            raise AuthorError(f'"{fact.id}" is below zero, where a bar starts; show it with fact()')
        if facts.count(fact) > 1:
            raise AuthorError(f'"{fact.id}" stands twice; name it once')
    periods = [fact.period for fact in facts if fact.period]
    months = [_whole_months(period) for period in periods]
    if len({_length(period) for period in periods}) == 1:
        months = [0] * len(facts)
    elif 0 in months:
        text = f'"{facts[months.index(0)].id}" covers no whole months, and another figure another time'
        raise AuthorError(f"{text}; unlike periods share no scale: draw it apart")
    drawn = [value / (number or 1) for value, number in zip(values, months, strict=True)]
    scale = max(drawn) or Decimal(1)
    bars = zip(facts, drawn, months, strict=True)
    return [Bar(fact, value, round(100 * value / scale, 2), number) for fact, value, number in bars]


def share_of_whole(fact: Fact) -> Bar:
    """Return a figure as a bar of its whole. Raises AuthorError for one that is not part of a whole."""
    if fact.out_of is None:
        raise AuthorError(f'"{fact.id}" is no share; give it "out_of", the whole it is part of, or use fact()')
    value = fact.value or Decimal(0)
    return Bar(fact, value, round(100 * value / fact.out_of, 2))


def _length(period: Date) -> str:
    """Return how long a period is; the period itself, where its ends are open, hedged or not known."""
    if months := _whole_months(period):
        return f"{months} months"
    return "a day" if period.is_one_day else period.edtf


def _whole_months(period: Date) -> int:
    """Count the months a period covers, from the first day of one to the last of another; 0 for any other."""
    if period.form not in ("point", "interval") or not (period.start and period.end):
        return 0
    (year, month, day), (last_year, last_month, last_day) = period.earliest, period.latest
    sharp = not (period.start.qualifier or period.end.qualifier)
    whole = sharp and day == 1 and last_day == month_length(last_year, last_month)
    return 12 * (last_year - year) + last_month - month + 1 if whole else 0

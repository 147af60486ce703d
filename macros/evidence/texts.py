"""What texts state to the letter: figures, dates, names of times, quoted words."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import chain

from ..records.calendar import ANY_MONTH, MONTHS, WEEKDAYS, forms_of
from .numerals import read_figures
from .times_of_day import Time, read_times
from .typography import holds, loose

# May is a month beside a number; any other could be a verb.
DAYS_AND_MONTHS = "|".join((*MONTHS, *WEEKDAYS)).replace("May", "May(?= [0-9])|(?<=[0-9] )May")
# Cut short, they could be names: what stands beside them tells.
SHORT = f"(?:Sept|Tues|Thurs?|{'|'.join(name[:3] for name in (*MONTHS, *WEEKDAYS) if name != 'May')})"
DAYS_AND_MONTHS += rf"|(?:(?<=\b[IiOo]n )|(?<=\d )){SHORT}|{SHORT}(?=\.? \d)"
DAY_OR_MONTH = re.compile(rf"\b(?:{DAYS_AND_MONTHS})\b")
NAMED_TIMES = re.compile(
    rf"\b(?:{DAYS_AND_MONTHS}|summer|autumn|winter|(?:(?<=\b[Ii]n )|(?<=\bearly )|(?<=\blate ))spring)\b"
)
LAST_DAY = 31
TIME = re.compile(r"\d\d?(?::\d\d\b)?(?:(?:\.\d\d)? ?[ap]\.?m\b|(?<=:\d\d))")
# Days, months and times of day in digits: where the dates of a record stand, and nowhere else.
DATED = re.compile(
    r"(?<![\d.,])\d\d?(?:st|nd|rd|th)?(?:(?:,| and| or| to|–|-) ?\d\d?(?:st|nd|rd|th)?){0,3} (?:of )?"
    rf"(?:{ANY_MONTH})|(?:{ANY_MONTH}) \d\d?(?:(?: and| or| to|–|-) ?\d\d?){{0,3}}(?!\d| [a-z]{{3,}}s\b)"
    rf"|\d{{4}}-\d\d(?!\d)(?:-\d\d)?|\d\d?[./]\d\d?[./]\d{{4}}|\d{{4}}[./]\d\d[./]\d\d|{TIME.pattern}"
)
# What is counted before the year 1, in some words: “from 478 to 404 BC”, “the 3rd century B.C.”; no BC Ferries.
BEFORE_CHRIST = re.compile(r"(?<![\w.-])((?:[\w.-]+ ){0,2}[\w.-]+) (?:BCE?\b|B\.\s?C\.(?:\s?E\.)?)(?! [A-Z][a-z])")
AFTER_CHRIST = re.compile(r"\b(?:AD|A\.D\.) (\d+)|(?<!\d)(\d+) (?:AD\b|A\.D\.|CE\b|C\.E\.)")


class Texts:
    """Some texts as one body, and what it states to the letter; `dates`, in words, are of what it is about."""

    def __init__(self, texts: Sequence[str], dates: Sequence[str] = ()) -> None:
        self.texts, self.dates = texts, dates

    @cached_property
    def words(self) -> str:
        """The words of all of them, and of the dates, to look for others in."""
        return "\n".join(map(loose, (*self.texts, *self.dates)))

    @cached_property
    def figures(self) -> frozenset[Decimal]:
        """The figures of all of them, and of the dates."""
        return frozenset(chain.from_iterable(map(read_figures, (*self.texts, *self.dates))))

    def has_figure(self, figure: Decimal, within: str = "") -> bool:
        """Tell whether one of them has a figure, or a date has; no more of them are read than that takes."""
        return any(figure in read_figures(text) for text in self.texts) or self.is_dated(figure, within)

    def is_dated(self, figure: Decimal, within: str = "") -> bool:
        """Tell whether one of the dates has a figure: a year, or a day `within` a date of that month.

        3 May counts no things.
        """
        dates = [date for date in self.dates if figure in read_figures(date)]
        months = re.findall(ANY_MONTH, within)
        return any(figure > LAST_DAY or (within and (not months or months[0] in date)) for date in dates)

    def names_time(self, name: str) -> bool:
        """Tell whether a month, a day of the week, a season or a part of a year is named."""
        full = next((each for each in (*MONTHS, *WEEKDAYS) if each.startswith(name)), "")
        words = name.casefold().replace("autumn", "autumn fall").replace(" ", "|")
        pattern = forms_of(full.casefold()) if full else rf"(?:{words})\w*"
        return re.search(f" (?:{pattern}) ", self.words) is not None

    def has_clock_time(self, asked: Iterable[Time], besides: Sequence[str] = ()) -> bool:
        """Tell whether one of some times is told, here or `besides`, or its parts by figures of no other."""
        told, rest = read_times("\n".join((*self.texts, *self.dates, *besides)))
        figures = read_figures(rest)
        by_figures = (({hour, hour - 12} & figures and {*parts} <= figures | {0}) for hour, *parts in asked)
        return not told.isdisjoint(asked) or any(by_figures)

    def quotes(self, words: str) -> bool:
        """Tell whether quoted words stand in one of them."""
        return holds(self.words, words)

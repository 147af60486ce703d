"""What a record rests on: its passages, those of the statements it names, and what says how they are read."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from itertools import chain

from ...evidence.names import names_another_month
from ...evidence.numerals import read_figures, read_multiples, without_vague_numbers
from ...evidence.texts import DATED, Texts
from ...evidence.typography import fold, holds, loose
from ...evidence.units import is_form_of, unit_names, unit_words
from ...records.calendar import MONTHS
from ...records.dates import Date
from ...records.fields import Keys, is_english
from ...records.kinds import Event, Fact, Limit, Quote, Source, Tension
from ...records.models import Record, referenced_ids, values_in
from ..library import Library
from .rule import field_name
from .wording import RELATIVE_YEARS

# The fields of any kind whose words are held to its sources, and those that state nothing; the words of all others
# are held to what the record rests on.
HELD_TO_SOURCES = ("setting", "derived", "attribution", "unattributed", "note", "stake")
HELD_TO_NOTHING = ("id", "name", "family", "alternate_names", "exact", "prefix", "suffix", "locator")
# What a group is a number of, by the words for it.
GROUPS = {
    "people": "audience|crew|crowd|delegation|inhabitants|persons|population|residents|staff|team|workforce",
    "workers": "staff|workforce",
    "soldiers": "army|garrison|troops",
    "members": "membership",
    "deaths": "dead|died|killed|toll",
    "pupils": "enrolment|enrollment",
}
FALLEN = re.compile(
    r"(?i)-\d|below|col[dl]|cut|de[cf]|down|drop|f[ae]ll|few|les|los|low|minus|nega|redu|shr|sl[iu]|under"
)
WORKED_OUT = re.compile(r"(?m)(?:^|[.;:] |\()([\w-]+) (?:years? \w+|times) ([1-9]\d*) is (\d+)(?=[.;)](?!\d)|$)")
LEAST_REASONED = 10  # “three analysts” counts what a limit names itself
DERIVE = ', or name it in "derived", with how it was worked out'


class SupportingTexts(Texts):
    """The texts that a record rests on, and what they state.

    `known` tells whether all that it names could be read, and there are passages: else only those faults are told.
    `missing` and `far` say what is wrong with what is not told, in its passages or near them.
    """

    def __init__(self, record: Record, library: Library) -> None:
        self.record, self.library = record, library
        named = [library.records.get(name) for _, name, _ in referenced_ids(record)]
        others = [other for other in named if other and not isinstance(other, Source)]
        stating = [record, *(other for other in others if isinstance(other, Fact | Quote | Event))]
        passages = [passage for statement in stating for passage in statement.passages]
        found = [(passage.exact, library.records.get(passage.source)) for passage in passages]
        self.passages = [(words, source.language) for words, source in found if isinstance(source, Source)]
        self.known = all(named) and 0 < len(self.passages) == len(found)
        self.passage_words = [words for words, _ in self.passages]
        self.languages = frozenset(language for _, language in self.passages)
        self.is_english = all(map(is_english, self.languages))
        self.published = {source.issued for _, source in found if isinstance(source, Source) and source.issued}
        derive = DERIVE if "derived" in type(record).model_fields else ""
        self.missing = f"is in no passage of it; give the passage{derive}"
        self.far = f"is not in its passages, nor near them; fix it{derive}"
        self.derived = "\n".join(vars(each).get("derived") or "" for each in (record, *others))
        dates = (date.say() for other in others for _, date in values_in(other, Date))
        self.names = "\n".join(chain(*map(names_of, others), dates))
        own = [date for _, date in values_in(record, Date)]  # which have checks of their own
        self.own_dates = Texts((), [date.say() for date in (*own, *self.published)])
        super().__init__([*self.passage_words, self.derived, self.names])

    @cached_property
    def statements(self) -> list[tuple[Keys, str]]:
        """The texts of the record that state something, at any depth, after their places."""
        ids = {path for path, _, _ in referenced_ids(self.record)}
        texts, apart = values_in(self.record, str), (*HELD_TO_SOURCES, *HELD_TO_NOTHING)
        return [(path, text) for path, text in texts if path not in ids and field_name(path) not in apart]

    @cached_property
    def figures(self) -> frozenset[Decimal]:
        return self._read(self.passage_words)

    @cached_property
    def counts(self) -> frozenset[Decimal]:
        """Those of its figures that count something; none below zero, unless the record goes down as well."""
        falls = FALLEN.search(f"{vars(self.record)['value']} {' '.join(text for _, text in self.statements)}")
        below = r"(?!)" if falls or not self.is_english else r"(?<![\w)%])[-−–]\d[\d.,]*|\b[Mm]inus [\w.,]+"
        left = (DATED.sub(" ", re.sub(below, " ", words)) for words in self.passage_words)
        return self._read(map(without_vague_numbers, left))

    def _read(self, told: Iterable[str]) -> frozenset[Decimal]:
        """Return the figures of what is left of the passages, and of what says how they are read."""
        return self.worked_out.union(*map(read_figures, told, (language for _, language in self.passages)))

    @cached_property
    def worked_out(self) -> frozenset[Decimal]:
        """The figures that `derived` states, but no wrong results, sums and differences of two, relative years."""
        done = WORKED_OUT.findall(self.derived)
        results = [(read_figures(a) or {1}, int(b), int(c)) for a, b, c in done]  # “a year”
        wrong = {Decimal(c) for steps, b, c in results if not {abs(c - b), c / b} & steps}
        stated = worked_with = read_figures(self.derived) - wrong
        if isinstance(self.record, Limit | Tension):  # “ten years apart”, of two years that it names
            worked_with |= read_figures("\n".join(text for _, text in self.statements), least=LEAST_REASONED)
        sums = {abs(a + sign * b) for a in worked_with for b in worked_with for sign in (1, -1) if a != b}
        steps = [step for phrase, step in RELATIVE_YEARS.items() if phrase in fold(self.derived).casefold()]
        relative = {Decimal(date.earliest[0] + step) for date in self.published for step in steps}
        return frozenset(chain(stated, sums, relative))

    def lacks(self, figures: frozenset[Decimal]) -> frozenset[Decimal]:
        """Return those figures that are in none of it, and are no years of its own dates."""
        left = figures - self.figures - read_figures(self.names)
        return frozenset(each for each in left if not self.own_dates.is_dated(each))

    def without_own_days(self, text: str) -> str:
        """Return a text without days, such as `3 May`, that are those of its own dates."""

        def left(day: re.Match[str]) -> str:
            own = (self.own_dates.is_dated(number, day[0]) for number in read_figures(day[0]))
            return " " if all(own) else day[0]

        return DATED.sub(left, text)

    @cached_property
    def units(self) -> set[str]:
        """The words of all of it that may be units."""
        times = ("times",) if any(map(read_multiples, self.passage_words)) else ()  # “doubled” is two times
        groups = (counted for counted, words in GROUPS.items() if re.search(rf" (?:{words}) ", self.words))
        return {*unit_words("\n".join(self.texts)), *times, *groups}

    def counts_in(self, names: Iterable[str]) -> bool:
        """Tell whether it counts in a unit of one of these names."""
        phrases = filter(None, map(unit_words, names))
        return any(all(any(is_form_of(word, unit) for unit in self.units) for word in each) for each in phrases)

    def has_unit(self, word: str) -> bool:
        """Tell whether it counts in a unit that has a word in its name; a fraction, such as half, is a share."""
        shares = word == "%" and any(0 < figure < 1 for figure in self.figures)
        return shares or self.counts_in([word]) or self.counts_in(unit_names(word, self.languages))

    def names_time(self, name: str) -> bool:
        """Tell whether a month, a day of the week or a season is named.

        Where not all is English, any may be, unless another month is named in its place.
        """
        if not self.is_english:
            number = MONTHS.index(name) + 1 if name in MONTHS and not super().names_time(name) else 0
            return not (number and any(names_another_month(self.words, each, number) for each in self.languages))
        return super().names_time(name)

    def quotes(self, words: str) -> bool:
        """Tell whether quoted words stand in it; what weighs other records may quote any quotation on record."""
        others = self.library.of(Quote) if isinstance(self.record, Limit | Tension) else ()
        told = (self.words.replace("\n", " "), *(loose(quote.label) for quote in others))
        return any(holds(each, words) for each in told)


def names_of(record: Record) -> tuple[str, ...]:
    """Return the label of a record and its alternate names."""
    return (record.label, *getattr(record, "alternate_names", ()))

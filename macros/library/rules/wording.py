"""Rules of wording: what a sentence of ours must keep of the passage it rests on; they know no subject.

None can tell whether a sentence is fair; each catches one way in which it becomes unfair without anybody noticing.
"""

import re
from collections.abc import Iterator
from itertools import chain

from ...evidence.numerals import comma_mistakes, read_figures
from ...evidence.typography import fold, quoted_in
from ...records.calendar import MONTHS
from ...records.dates import Date
from ...records.hedges import HEDGED_FIGURE, HEDGED_WORDS, OPEN_WORDS, SOFTENED
from ...records.kinds import Document, Event, Fact, Limit, Person, Quote, Source, SpeakingEntity
from ...records.models import Record, values_in
from ...records.parts import Brief
from ..library import Library
from .rule import Found, rule

# Which year a source means, counted from the year it was published.
RELATIVE_YEARS = {"last year": -1, "earlier this year": 0, "later this year": 0, "this year": 0, "next year": 1}

# HTML, references to signs, Markdown and marks of LaTeX, but in what is copied from a source.
MARKUP = re.compile(
    r"&(?:[a-z]{2}\w*|#\w+);|</?(?:a|b|blockquote|br|code|em|i|q|s|small|span|strong|su[bp]|u)\b[^<>]*>|`"
    r"|(?<!\w)\*+\w|(?<![\w_])_[^\W_](?:[^_]*[^\W_])?_(?![\w_])|~~|\[\^|\]\([^()\s]+\)|\{[{%]",
    re.IGNORECASE,
)
NOTHING = re.compile(r"(?i)none|n\.?/?a\.?|nil|null|tb[acd]|x{3,}|[-–—?.…]+|(?:todo|fixme)\b.*")
VERBATIM = ("exact", "prefix", "suffix", "starts", "URL", "archived")

AIMED = re.compile(r"\btarget|\b(?:(?:aim|plan)s? for|goals? (?:is|was|of)) [$€£]?\d[\d.,]*", re.IGNORECASE)
AIM = re.compile(r"\b(target|aim|goal|plan)", re.IGNORECASE)
PART_OF_YEAR = re.compile("|".join(("month", "quarter", *MONTHS)))


@rule
def texts_hold_no_markup(record: Record, library: Library) -> Found:
    """A text holds no markup, which would be printed as it stands, and is more than a sign that there is none."""
    for path, text in values_in(record, str):
        copied = path[-1] in VERBATIM or (isinstance(record, Source) and path == ("title",) and "&" not in text)
        if not copied and (found := MARKUP.search(text)):
            yield path, f"“{found[0]}” is printed as it stands; write plain text, with signs such as “ and é"
        elif not copied and path[0] not in ("id", "name") and NOTHING.fullmatch(text):
            yield path, f"“{text}” says nothing; write what is so, or delete the field"


@rule
def decimals_have_a_point(record: Record, library: Library) -> Found:
    """In a text of ours a comma groups the digits of a number by thousands, and a point comes before decimals."""
    for path, text in values_in(record, str) if not isinstance(record, Source) else ():
        if path[-1] not in (*VERBATIM, "locator"):
            yield from ((path, wrong) for wrong in comma_mistakes(text))


@rule
def relative_years_are_derived(record: Fact | Event, library: Library) -> Found:
    """What is dated by a phrase like “last year” says in `derived` which year that is."""
    said = " ".join(fold(passage.exact).casefold() for passage in record.evidence)
    phrase = next((phrase for phrase in RELATIVE_YEARS if re.search(rf"\b{phrase}\b", said)), None)
    if phrase and any(values_in(record, Date)) and not record.derived:
        yield (), f'"{record.id}" rests on “{phrase}”; say in "derived" which year that is'


@rule
def relative_years_are_resolved(record: Fact | Event | Quote, library: Library) -> Found:
    """What is derived from a phrase like “last year” lies in the year that the source means."""
    quoted = fold(record.derived or "").casefold()
    phrase = next((phrase for phrase in RELATIVE_YEARS if f'"{phrase}' in quoted), None)
    source = library.records.get(record.evidence[0].source)
    if phrase and isinstance(source, Source) and source.issued:
        year = source.issued.earliest[0]
        meant = year + RELATIVE_YEARS[phrase]
        if not any(date.earliest[0] <= meant <= date.latest[0] for _, date in values_in(record, Date)):
            yield ("derived",), f"“{phrase}” in a source of {year} is {meant}; fix the date, or how it is derived"


@rule
def figures_keep_their_hedge(fact: Fact, library: Library) -> Found:
    """A figure that the source hedges, with “nearly” or “more than”, keeps a qualifier."""
    if fact.value is None or fact.qualifier:
        return
    for index, passage in enumerate(fact.evidence):
        for hedged in (*HEDGED_FIGURE.finditer(passage.exact), *HEDGED_WORDS.finditer(passage.exact)):
            if fact.value in read_figures(hedged[0]):
                yield ("evidence", index, "exact"), f'the source says “{hedged[0]}”; keep the hedge in "qualifier"'


@rule
def hedges_stay(record: Fact | Event, library: Library) -> Found:
    """A statement whose passage hedges, with “may” or “seems”, hedges too."""
    ours = " ".join(vars(record).get(name) or "" for name in ("text", "title", "summary", "qualifier"))
    for index, passage in enumerate(record.evidence):
        if hedge := _lost_hedge(HEDGED_FIGURE.sub("", passage.exact), ours):
            yield ("evidence", index, "exact"), f"the source says “{hedge}”; keep the hedge in the statement"


def _lost_hedge(told: str, ours: str) -> str:
    """Return the hedge of words that ours, which rest on them, do not keep; empty where nothing is lost."""
    hedge = OPEN_WORDS.search(told)
    if not hedge or SOFTENED.search(ours) or (hedge["stem"] and hedge["stem"] in ours):
        return ""
    return hedge[0]


@rule
def positions_keep_to_what_they_rest_on(record: Person | SpeakingEntity, library: Library) -> Found:
    """A position rests on words of its holder, hedges where they do, and is no later than their sources."""
    if not (position := record.position):
        return
    statements = [library.records.get(name) for name in position.rests_on]
    passages = [statement.passages if statement else () for statement in statements]
    for index, statement in enumerate(statements):
        place = ("position", "rests_on", index)
        if statement and record.id not in statement.sayers:
            yield place, f'"{statement.id}" is not said by "{record.id}"; name what is, or add the speaker there'
        if hedge := _lost_hedge("\n".join(passage.exact for passage in passages[index]), position.text):
            yield place, f"what it rests on says “{hedge}”; keep the hedge in the position"
    sources = [library.records.get(passage.source) for passage in chain(*passages)]
    dates = [source.issued if isinstance(source, Source) else None for source in sources]
    latest = max((date.latest for date in dates if date), default=None)
    if position.as_of and latest and all((*statements, *dates)) and position.as_of.earliest > latest:
        yield ("position", "as_of"), f"{position.as_of.say()} is later than every source it rests on; fix it"


@rule
def targets_are_called_targets(fact: Fact, library: Library) -> Found:
    """A figure that is aimed at has the status target, and its sentence says so."""
    if fact.value is None:
        return
    aims = [found[0] for passage in fact.evidence for found in AIMED.finditer(passage.exact)]
    aimed = any(aim.casefold() == "target" or fact.value in read_figures(aim) for aim in aims)
    if aimed and fact.status != "target":
        yield ("value",), 'the source calls the figure a target; write "status: target"'
    if fact.status == "target" and not AIM.search(fact.text):
        yield ("text",), "the figure is a target; the sentence should call it one"


@rule
def parts_of_a_year_are_said(fact: Fact, library: Library) -> Found:
    """A figure for part of a year names the months in its sentence."""
    period = fact.period
    if fact.value is None or period is None or period.form != "interval":
        return
    whole = period.earliest[1:] == (1, 1) and period.latest[1:] == (12, 31)
    if not whole and not PART_OF_YEAR.search(fact.text):
        yield ("text",), f"the figure covers {period.say()}, not a whole year; name its months here"


@rule
def documents_speak_on_their_date(quote: Quote, library: Library) -> Found:
    """A quotation from a document that has a date carries the same date."""
    for document in map(library.records.get, quote.speaker):
        if not isinstance(document, Document) or not document.issued or not quote.date:
            continue
        if quote.date.earliest > document.issued.latest or quote.date.latest < document.issued.earliest:
            yield ("date",), f'"{document.id}" is of {document.issued.say()}; fix the date or the speaker'


@rule
def briefs_keep_to_their_record(limit: Limit, library: Library) -> Found:
    """A record in a few words keeps its hedges, and quotes only what its passages say."""
    for path, brief in values_in(limit, Brief):
        record = library.records.get(brief.record)
        if record and brief.text:
            for fault in _unfaithful(brief.text, record):
                yield (*path, "text"), fault
        elif record and not (isinstance(record, Quote) and record.form == "phrase"):
            yield path, f'"{record.id}" is no phrase; give it in "text", in a few words'


def _unfaithful(text: str, record: Record) -> Iterator[str]:
    """Yield what a few words lose of their record, or add to it."""
    passages = " ".join(fold(passage.exact) for passage in record.passages)
    quoted = quoted_in(text)
    if isinstance(record, Quote) and not quoted:
        yield f'"{record.id}" is a quotation; quote of it, between “ and ”'
    for words in quoted:
        if fold(words) not in passages:
            yield f'“{words}” is not in the passages of "{record.id}"; quote it word for word'
    if not isinstance(record, Quote) and (hedge := _lost_hedge(record.label, text)):
        yield f'"{record.id}" says “{hedge}”; keep the hedge'
    if isinstance(record, Fact) and record.value is not None:
        if record.qualifier and str(record.value) in text and record.qualifier not in text:
            yield f"the figure is “{record.qualifier} {record.value}”; keep the hedge"
        if record.status == "target" and not AIM.search(text):
            yield "the figure is a target; call it one"

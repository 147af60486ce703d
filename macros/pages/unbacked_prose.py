"""Prose that no record backs: figures, names and quoted words that a page states and does not cite.

What a page's author writes between the macros is checked, word for word, against the records that the page cites
or shows. That cannot judge a sentence; it finds the slip of a digit, the wrong name, the quotation from memory.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from decimal import Decimal
from functools import partial

from ..evidence.numerals import (
    ABBREVIATED,
    MAGNITUDES,
    SPACED,
    comma_mistakes,
    read_figures,
    without_vague_numbers,
    years_in_full,
)
from ..evidence.texts import AFTER_CHRIST, BEFORE_CHRIST, DATED, DAY_OR_MONTH, TIME, Texts
from ..evidence.times_of_day import read_times
from ..evidence.typography import loose
from ..library.library import Library, computed_once
from ..problems import Problem, find_line
from ..records.kinds import Correction, Document, Organisation, Person, Source
from ..records.models import referenced_ids
from .page import Page
from .prose import find_quoted, read_prose
from .site import Site

# A number and the word it starts: 5 300, 5G, 24/7, 14:30, 5.5.1901, 2 3/4.
NUMBER = re.compile(rf"{SPACED.pattern}|(?<![\w.])\d\w*(?:[/:]\w+|[.,]\d\w*)*(?: [1-7]/[2-8](?![\d/]))?")
WHOLES = "|".join(MAGNITUDES)
SCALED = re.compile(rf"(?<!\d)(?<!\d[.,])(\d[\d.,]*)[ -]?({WHOLES}|[mbt]n|k|(?<=\d)[mbt])\b", re.IGNORECASE)
# Words that tell a share or a multiple.
SMALL = "(?:one|two|three|four|five|six|seven|eight|nine|ten)"
SHARE = re.compile(
    rf"(?i)\b{SMALL}(?:-?fold\b| times (?:as|larger|less|more|that|the)\b|(?: in| out of|-in-) ?{SMALL}\b)"
    r"|\b(?:(?:doubl|tripl|trebl|quadrupl|halv)(?:ed|ing)\b|half (?:of|the|its|their|all)\b"
    r"|(?:(?:an?|one)[ -](?:third|quarter)|two[ -]thirds)(?: (?:of|more|less|fewer|as)\b|[.,;:]|$))"
)
# A decade, and what counts a century, or the first of two.
PERIOD = re.compile(
    r"\b(\d{3}0)s\b|\b([\w-]*(?:st|nd|rd|th))(?=(?:,? (?:and|or|to) [\w-]+)?[ -]centur(?:y|ies)\b)", re.IGNORECASE
)

LEAST_SPELLED = 11  # “seven limits” and “three authors” count what the page itself names

UNBACKED = (
    "is in no record that this page cites; cite one that says so, change the words, "
    'or name them under "own_words" at the top of the page'
)
TEXTS = (
    *("text", "title", "summary", "derived", "setting", "question", "answer", "name", "role", "value"),
    *("publisher", "container_title"),
)
SEASON_CODE = re.compile(r"(?<=\d\d\d\d)-(?:2[1-9]|3\d|4[01])(?!\d)")


def unbacked_on_page(
    page: Page, source: str, text: str, code: str, titles: Mapping[str, str], own_words: object
) -> Iterator[Problem]:
    """Yield a problem for everything on a page that no record backs, of those that it cites or shows.

    `source` is its file, of which `text` is what comes after the front matter; `code` is what its own code
    makes of that, and `titles` are those of its settings.
    """
    unbacked = partial(find_unbacked, page.site, ids=page.cited_ids | page.shown_ids, own_words=own_words)
    offset, told = source.rstrip().count("\n") - text.rstrip().count("\n"), set()
    for line, what in unbacked(text):
        told.add(what)
        yield Problem(page.path, line + offset, text=what)
    yield from (Problem(page.path, text=what) for _, what in unbacked(code) if what not in told)
    for name, said in titles.items():
        line = find_line(f"(?m)^{name}:", source)
        yield from (Problem(page.path, line, text=f'"{name}": {what}') for _, what in unbacked(said))


def find_unbacked(site: Site, text: str, ids: Iterable[str], own_words: object = ()) -> Iterator[tuple[int, str]]:
    """Yield the line and a sentence for everything in a page's text that the records `ids` do not back.

    `text` is the page as written, without front matter; lines count from 1. Its `own_words`, a text or
    several, need no record; the sources back on every page what they say of themselves, but the dates of
    those alone that the page names or rests on.
    """
    prose, backing = read_prose(text, own_words), {*ids}
    told = _read_records(site, backing, prose)
    for line, quoted in find_quoted(prose):
        if not told.quotes(quoted):
            yield line, f"“{quoted}” {UNBACKED}"
    named = {name: min(ids) for name, ids in _bearers(site.library).items() if name in prose}
    strange = {name: bearer for name, bearer in named.items() if loose(name) not in told.words}
    for line, sentence in enumerate(map(years_in_full, prose.split("\n")), 1):
        yield from ((line, f"{stated} {UNBACKED}") for stated in _unbacked_figures(sentence, told))
        yield from ((line, wrong) for wrong in comma_mistakes(sentence))
        for name, bearer in strange.items():
            if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", sentence):
                yield line, f"“{name}” names the {site.library.records[bearer].kind} {bearer}, and {UNBACKED}"


@computed_once
def _bearers(library: Library) -> dict[str, set[str]]:
    """Return every name a sentence may use, with the ids of the records that bear it."""
    of, bearers = library.of, dict[str, set[str]]()
    records: list[Person | Organisation | Document] = [*of(Person), *of(Organisation), *of(Document)]
    for record in records:
        for name in {record.name, *record.alternate_names, *getattr(record, "names", ())}:
            if name[0].isupper() and len(name) > 1:
                bearers.setdefault(name, set()).add(record.id)
    return bearers


def _read_records(site: Site, backing: set[str], prose: str) -> Texts:
    """Return what some records and all sources tell the prose of a page."""
    library, words_of_page = site.library, loose(prose)
    rested_on = {passage.source for name in backing for passage in library.records[name].passages}
    for source in library.of(Source):
        names = map(loose, filter(None, (source.publisher, source.container_title, source.title)))
        if any(name in words_of_page for name in names):
            rested_on.add(source.id)
    read = sorted(backing.union(source.id for source in library.of(Source)))
    told = {name: site.remember(_say, name) for name in read}  # a title of the menu is held to all records
    return Texts(
        [said for said, _ in told.values()],
        [dates for name, (_, dates) in told.items() if name in backing | rested_on],
    )


def _say(site: Site, record_id: str) -> tuple[str, str]:
    """Return what a record says, with the names it refers to, and its dates, in words."""
    records = site.library.records
    record = records[record_id]
    label = (record.now or "") if isinstance(record, Correction) else record.label  # what it was is wrong
    said = [label, *getattr(record, "alternate_names", ())]
    said += [str(vars(record).get(name) or "") for name in TEXTS]
    told = [passage.exact for passage in record.passages if not record.quoted]  # whose label they are
    said += [*told, *(passage.locator or "" for passage in record.passages)]
    for _, name, _ in referenced_ids(record):
        if other := records.get(name):
            said += [other.label, *(role.role for role in getattr(other, "roles", ()))]
    dates = (f"{date.say()}\n{SEASON_CODE.sub('', date.edtf).replace('-', ' ')}" for date in record.dates)
    return "\n".join(said), "\n".join(dates)


def _unbacked_figures(sentence: str, told: Texts) -> Iterator[str]:
    """Yield each figure, day and month of a sentence that is not told."""
    sentence = PERIOD.sub(lambda each: each[0] if told.figures.isdisjoint(_years_of(each)) else " ", sentence)
    dates = {at: date[0] for date in DATED.finditer(sentence) for at in range(*date.span())}
    for number in NUMBER.finditer(sentence):
        date = dates.get(number.start(), "")
        scaled = SCALED.match(sentence, number.start())
        time = TIME.match(sentence, number.start())
        if time and told.has_clock_time(read_times(time[0])[0]):
            continue
        if not any(all(told.has_figure(figure, date) for figure in figures) for figures in _readings(number)):
            yield (scaled or number)[0]
    for era in (*BEFORE_CHRIST.finditer(sentence), *AFTER_CHRIST.finditer(sentence)):
        for number in re.findall(r"\d+", era[0])[-1:]:
            eras = re.findall(rf" {number}(?:st|nd|rd|th)? (?:century )?(b ?c)?", told.words)
            if era.re == BEFORE_CHRIST and not any(eras):
                yield era[0][era[0].rindex(number) :]
            elif era.re == AFTER_CHRIST and eras and all(eras):
                yield era[0]
    for name in DAY_OR_MONTH.findall(sentence):
        if not told.names_time(name):
            yield name
    words = without_vague_numbers(re.sub(r"[\d₀-₉][¼-¾⅐-⅞]?", "", SCALED.sub("", sentence)))
    shares = read_figures("\n".join(each[0] for each in SHARE.finditer(words))) - {Decimal(1)}
    for figure in sorted(read_figures(words, least=LEAST_SPELLED) | shares):
        if not told.has_figure(figure):
            yield f"{figure:f}"


def _readings(number: re.Match[str]) -> Iterator[Set[Decimal]]:
    """Yield the figures that a number states, in each way to read it."""
    figures = read_figures(re.sub(r"(?<=\d)[\s'](?=\d{3})", "", number[0]))
    if scaled := SCALED.match(number.string, number.start()):
        power = Decimal(10) ** (ABBREVIATED | MAGNITUDES)[scaled[2].lower()]
        for figure in read_figures(scaled[1]):  # or as in 5 to 10 million, or in 5m deep
            yield from ({figure * power}, {figure, power}, {figure})[: 3 if scaled[2] in "mbtMBT" else 2]
        return
    yield figures


def _years_of(period: re.Match[str]) -> range:
    """Return the years of a decade, such as the 1990s, or of a century."""
    if period[1]:
        return range(first := int(period[1]), first + (10 if first % 100 else 100))
    century = int(max(read_figures(period[2]), default=0))
    return range(100 * (century - 1), 100 * century + 1)

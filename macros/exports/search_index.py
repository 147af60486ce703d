"""The search index: an entry for each section of a page and for each record, found by their words.

It is split, so that a search loads a few small files, however large the site. The first says at which word each
file of words begins; those have the numbers of each word's entries; files of entries have what is shown of them.
The blocks that a page shows are no text of the page: a record has an entry of its own.

Pagefind 1.5.2 was tried instead. It writes other bytes in each run; at 10,000 records it needs 200 KB for a first
result, and always WebAssembly, which the policy stops; it does not find lodz, strasse, mueller, ICC or 合作.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple
from unicodedata import normalize

from markupsafe import Markup

from ..pages.site import Site
from ..records.calendar import BEGINNING, END, say_year
from ..records.dates import Date
from ..records.kinds import KINDS
from ..records.models import Record
from ..records.parts import Name, Position, Role
from ..records.word_boundaries import PLAIN, UNSPACED, plain_letters
from .records_json import dump_json

FILE_OF_WORDS = 8_000  # numbers of entries at which one is full: some 10 KB compressed
WORD_ITSELF = 8  # numbers that take as much as a word
FILE_OF_ENTRIES = 8

LONG = 100  # years; a record of a longer time is filtered by its first year and its last alone
# Those whose titles are names, for what bears the name that is looked for comes first.
NAMED = {"source", "limit", "page", *(name for name, kind in KINDS.items() if kind.label_field == "name")}
INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_]")

# What is no text of a page: the number of a reference, a heading's link to itself.
UNSEARCHED = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1>|\Z)"
    r"|<sup class=\"xp-cite.*?</sup>|<a class=\"headerlink.*?</a>",
    re.DOTALL,
)
HEADING = re.compile(
    r"""<h([1-6])\b[^<>]*?\sid=["']?([^"'\s>]+)[^<>]*>((?:(?!<h[1-6]).)*?)</h\1>""", re.DOTALL | re.IGNORECASE
)
# Every tag but those of elements that stand inside a sentence.
OUTSIDE_SENTENCES = re.compile(
    r"<(?!/?(?:a|abbr|b|bdi|cite|code|em|i|mark|q|small|span|strong|sub|sup)\b)[^<>]*>", re.IGNORECASE
)

# How a text is cut into words; js/search.js does so with what is typed.
# Letters with a mark that some write as two.
SPELLED_OUT = {"ä": "ae", "ö": "oe", "ø": "oe", "ü": "ue", "å": "aa"}
WRITTEN = str.maketrans({form: out for each, out in SPELLED_OUT.items() for form in (each, each.upper())})

SMALL = "²³¹¼-¾⁰-₉⅐-⅟"  # powers and fractions
LETTER = rf"[^\W\d_{SMALL}]"
# Between the digits of a thousand, and between letters that stand for words, as in U.S.; the nasal of हिन्दी.
DROPPED = re.compile(
    r"[ङञणनम]\u094d(?=[क-ह])|(?<=\d)[,\u00a0\u202f’'](?=(?:\d\d,)*\d{3}(?!\d))|"
    rf"(?<=(?<!{LETTER}){LETTER})\.(?: (?={LETTER}\.)|(?={LETTER}(?!{LETTER})))"
)
# Between the digits of a thousand in other languages, where it may be a decimal point, or part two numbers.
THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:([. ])\d{3})(?:\1\d{3})*(?!\1?\d)")
WORD = re.compile(rf"([{UNSPACED}]+)|[^\W_{UNSPACED}]+(?:[-'’\"״][^\W_{UNSPACED}]+)*")
JOINT = re.compile(r"[-'’\"״]")
SEAM = re.compile(r"(?<=\d)(?=\D)|(?<=\D)(?=\d)")


class Filter(NamedTuple):
    """What narrows a search to some records, such as to those of a year."""

    name: str
    order: str | int  # where its value stands among those of the same name
    value: str


PLURALS = {**{kind.kind: kind.plural for kind in KINDS.values()}, "page": "pages"}
# The filter of each kind. The order is that of results.
KIND_FILTERS = {kind: Filter("Kind", order, name.title()) for order, (kind, name) in enumerate(PLURALS.items())}


@dataclass(frozen=True)
class Entry:
    """What can be found."""

    location: str  # where it stands, from the site's root
    title: str
    text: str
    page: str  # the title of the page that a section is of
    kind: str  # that of a record, or "page"
    filters: tuple[Filter, ...] = ()  # besides that of its kind

    @cached_property
    def words(self) -> dict[str, int]:
        """The words that it is found by, with points: most for a name, and for a short one more.

        A filter is one of them, with the colon before it that no word of a text has.
        """
        filters = (KIND_FILTERS[self.kind], *self.filters)
        named = [each.value for each in filters if each.name in ("Kind", "Who", "Topic")]
        also = " ".join([self.kind, *named, re.split("[/#]", self.location.strip("/"))[-1]])
        ranked = dict.fromkeys([*(f":{each.name}:{each.value}" for each in filters), *count_words(also)], 1)
        ranked |= {word: 1 + min(count, 3) for word, count in count_words(self.text).items()}
        if self.kind not in NAMED:
            return ranked | dict.fromkeys(count_words(self.title), 6)
        initials = "".join(each for each in INITIAL.findall(self.title) if each.isupper())
        name = count_words(f"{self.title} {initials if len(initials) > 1 else ''}")
        return ranked | dict.fromkeys(name, 10 + 120 // (1 + len(self.title.split())))


def page_entries(url: str, title: str, html: str) -> list[Entry]:
    """Return the entries of a page's sections that hold words; `url` from the site's root, `html` its content."""
    before, *parts = HEADING.split(UNSEARCHED.sub("", html))
    whole = Entry(url, title, _words(before), "", "page")
    sections = [whole]
    for level, anchor, heading, text in zip(*[iter(parts)] * 4, strict=True):
        place, page = (url, "") if level == "1" else (f"{url}#{anchor}", title)
        sections.append(Entry(place, _words(heading) or title, _words(text), page, "page"))
    entries = [each for each in sections if each.text]
    return entries if any(each.location == url for each in entries) else [whole, *entries]


def record_entries(site: Site) -> Iterator[Entry]:
    """Yield an entry for each record that has a home: its label, its words, its address, what narrows a search."""
    for record in site.library.records.values():
        if address := site.record_address(record):
            yield site.remember(_record_entry, record.id, address)


def _record_entry(site: Site, name: str, address: str) -> Entry:
    records = site.library.records
    record = records[name]
    names = ", ".join(records[each].label for each in record.attributed_to if each in records)
    words = (names, *(_say(getattr(record, each)) for each in record.searched))
    text = re.sub(r"(?<=[.?!…])\. ", " ", ". ".join(filter(None, words)))
    title = f"“{record.label}”" if record.quoted else record.label
    return Entry(address, title, text, "", record.kind, tuple(filters_of(records, record)))


def filters_of(records: Mapping[str, Record], record: Record) -> Iterator[Filter]:
    """Yield who speaks or acts in a record, its topics, its sources, and the years it is about."""
    named = {
        "Who": (*record.attributed_to, *getattr(record, "actors", ())),
        "Topic": getattr(record, "topics", ()),
        "Source": {passage.source for passage in record.passages},
    }
    for name, ids in named.items():
        for each in (records[value] for value in ids if value in records):
            yield Filter(name, each.filed_under, each.label)
    for date in record.dates:
        ends = sorted({date.earliest[0], date.latest[0]} - {BEGINNING[0], END[0]})
        years = range(ends[0], ends[-1] + 1) if ends else ()
        yield from (Filter("Year", -year, say_year(year)) for year in (ends if len(years) > LONG else years))


def _say(value: object) -> str:
    """Return the value of a field in words."""
    match value:
        case tuple():
            return ". ".join(dict.fromkeys(map(_say, value)))
        case Date():
            return value.say()
        case Name():
            return value.full
        case Role():
            return value.role
        case Position():
            return value.text
    return str(value or "")


def _words(html: str) -> str:
    """Return HTML as words on one line: what a block holds is apart from what is beside it."""
    return Markup(OUTSIDE_SENTENCES.sub(" ", html)).striptags()


def index_files(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file of the index.

    Entries are numbered by kind, then by length: of two that a search ranks alike, the shorter comes first. A file
    of words says, for each word and its points, by how much each number is above the one before.
    """
    found = sorted(entries, key=lambda each: (KIND_FILTERS[each.kind].order, len(each.title) + len(each.text)))
    first_of_kind: dict[str, int] = {}
    postings: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    filters: set[Filter] = set()
    for number, entry in enumerate(found):
        first_of_kind.setdefault(PLURALS[entry.kind], number)
        filters.update((KIND_FILTERS[entry.kind], *entry.filters))
        for word, points in entry.words.items():
            postings[word][points].append(number)
    files: dict[int, dict[str, dict[int, list[int]]]] = defaultdict(dict, {0: {}})
    size = 0
    for word in sorted(postings):
        steps = {points: [to - of for of, to in pairwise([0, *each])] for points, each in postings[word].items()}
        files[size // FILE_OF_WORDS][word] = steps
        size += WORD_ITSELF + sum(map(len, steps.values()))
    parts = [*files.values()]
    words = ["", *(next(iter(each)) for each in parts[1:])]
    index = {"words": words, "entries": FILE_OF_ENTRIES, "kinds": first_of_kind}
    yield "search/index.json", dump_json({**index, "plain": PLAIN, "spelled_out": SPELLED_OUT})
    offered = groupby(sorted(filters), key=lambda each: each.name)
    yield "search/filters.json", dump_json({name: [each.value for each in listed] for name, listed in offered})
    for number, part in enumerate(parts):
        yield f"search/words-{number}.json", dump_json(part)
    for number in range(0, len(found), FILE_OF_ENTRIES):
        listed_here = found[number : number + FILE_OF_ENTRIES]
        shown = [(each.location, each.title, each.text, each.page) for each in listed_here]
        yield f"search/entries-{number // FILE_OF_ENTRIES}.json", dump_json(shown)


def count_words(text: str) -> Counter[str]:
    """Return how often a text has each word, in small letters without marks.

    A word is there in each spelling: whole and in parts where it holds digits, a hyphen or an apostrophe; a number
    without what groups its digits; of a script without spaces, each two letters.
    """
    text = re.sub(rf"(?<=\d)(?=[{SMALL}])", " ", DROPPED.sub("", normalize("NFC", text)))
    text = " ".join((text, *(re.sub(r"\D", "", each[0]) for each in THOUSANDS.finditer(text))))
    found, spelled_out = Counter(_cut(text)), text.translate(WRITTEN)
    return found if spelled_out == text else found | Counter(_cut(spelled_out))


def _cut(text: str) -> Iterator[str]:
    for match in WORD.finditer(plain_letters(text)):
        word = match[0]
        if match[1]:
            yield from (word[at : at + 2] for at in range(len(word)))
        elif word.isalpha():
            yield word
        else:
            parts = {*JOINT.split(word), JOINT.sub("", word)}
            yield from parts.union(*map(SEAM.split, parts))

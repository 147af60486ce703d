"""Search finds each record by itself, in its own words, and leads to it."""

import json
import re
from collections.abc import Iterable
from itertools import accumulate

import pytest

from macros.exports.search_index import (
    FILE_OF_ENTRIES,
    FILE_OF_WORDS,
    Entry,
    filters_of,
    index_files,
    page_entries,
)
from macros.records.dates import parse_date
from macros.records.kinds import KINDS, Event, Quote

from ..support.builds import EXPLAINER, PROJECT, Built, built
from ..support.library import Small


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def read_entries(site: Built) -> list[Entry]:
    """The entries as the search reads them."""
    folder, kinds = site.site / "search", {kind.plural: kind.kind for kind in KINDS.values()} | {"pages": "page"}
    index, found = json.loads((folder / "index.json").read_text("utf-8")), []
    for number in range(len([*folder.glob("entries-*.json")])):
        for shown in json.loads((folder / f"entries-{number}.json").read_text("utf-8")):
            plural = [each for each, first in index["kinds"].items() if first <= len(found)][-1]
            found.append(Entry(*shown, kinds[plural]))
    return found


def read_words(files: dict[str, str]) -> dict[str, dict[int, int]]:
    """The words of an index: by entry, with how many points each is found."""
    found: dict[str, dict[int, int]] = {}
    for path, text in files.items():
        for word, steps in json.loads(text).items() if "words-" in path else ():
            found[word] = {number: int(points) for points, all_ in steps.items() for number in accumulate(all_)}
    return found


def test_each_record_has_one_entry_with_its_words_that_leads_to_it(site: Built) -> None:
    found: dict[str, list[str]] = {}
    for entry in read_entries(site):
        found.setdefault(entry.location, []).append(entry.title)
    for name, page in site.homes.items():
        record = site.library.records[name]
        assert not record.label.endswith(","), "a comma of the article's own sentence"
        title = f"“{record.label}”" if record.quoted else record.label
        assert found[f"{page.removesuffix('index.html')}#{name}"] == [title]


def test_every_entry_leads_to_a_place_that_exists(site: Built) -> None:
    for entry in read_entries(site):
        path, _, place = entry.location.partition("#")
        assert not place or place in site.pages[f"{path}index.html"].ids, entry.location


def test_no_entry_repeats_a_record_beside_its_own(site: Built) -> None:
    """The pages that list records keep their titles and their prose only."""
    texts: dict[str, str] = {}
    homes = {f"{page.removesuffix('index.html')}#{name}" for name, page in site.homes.items()}
    for entry in read_entries(site):
        if entry.location not in homes:
            page = f"{entry.location.partition('#')[0]}index.html"
            texts[page] = f"{texts.get(page, '')} {entry.text}"
    for name, page in site.homes.items():
        record = site.library.records[name]
        if record.kind in ("fact", "quote", "event") and len(record.label.split()) > 5:
            assert record.label not in texts.get(page, ""), name


def test_a_page_that_asks_for_it_is_not_searched() -> None:
    found = {each.location.partition("#")[0] for each in read_entries(built(EXPLAINER)) if each.kind == "page"}
    assert found == {"", "winter/"}


def test_no_section_without_words_is_listed(site: Built) -> None:
    sections = [entry for entry in read_entries(site) if entry.kind == "page" and "#" in entry.location]
    assert [entry.location for entry in sections if not entry.text] == []


def test_a_page_is_divided_at_its_headings_and_tells_its_words_once() -> None:
    found = page_entries(
        "a/",
        "A",
        '<p>First<sup class="xp-cite"><a>1</a></sup></p><div data-block="0"></div>'
        '<h2 id="b">B <em>c</em><a class="headerlink" href="#b">¶</a></h2><p>Two<br>three</p><td>4</td><td>5</td>'
        "<!-- six --><p>R&amp;D</p>"
        '<h3 id="empty">Empty</h3><script>no</script><H2 class=x id=d>D</H2>eight',
    )
    assert found == [
        Entry("a/", "A", "First", "", "page"),
        Entry("a/#b", "B c", "Two three 4 5 R&D", "A", "page"),
        Entry("a/#d", "D", "eight", "A", "page"),
    ]


def test_what_is_said_of_a_record_is_told_in_sentences(site: Built) -> None:
    joined = [entry.text for entry in read_entries(site) if re.search(r"[.?!]\. ", entry.text)]
    assert joined == []


def test_a_page_without_words_is_found_by_its_title() -> None:
    assert page_entries("", "A", '<h1 id="a">A</h1>') == [Entry("", "A", "", "", "page")]


def test_a_record_is_found_by_its_kind_topics_and_actors_and_by_what_filters_offer(site: Built) -> None:
    files = {f"search/{path.name}": path.read_text("utf-8") for path in (site.site / "search").iterdir()}
    offered = json.loads(files["search/filters.json"])
    entries, words = read_entries(site), read_words(files)
    numbers = {entry.location.rpartition("#")[2]: number for number, entry in enumerate(entries)}

    def labels(ids: Iterable[str]) -> list[str]:
        return [site.library.records[each].label for each in ids]

    for record in (*site.library.of(Event), *site.library.of(Quote)):
        who, topics = labels((*record.sayers, *getattr(record, "actors", ()))), labels(record.topics)
        written = {word.lower() for each in (*who, *topics) for word in each.split() if word.isalpha()}
        chosen = {"Who": who, "Topic": topics, "Source": labels(each.source for each in record.passages)}
        for name, values in chosen.items():
            assert set(values) <= set(offered[name])
        filters = {f":{name}:{value}" for name, values in chosen.items() for value in values}
        for word in written | filters | {record.kind, record.plural}:
            assert numbers[record.id] in words[word], (record.id, word)


@pytest.mark.parametrize(
    ("date", "years"),
    [
        ("1935-05", ["1935"]),
        ("1937/1939", ["1939", "1938", "1937"]),
        ("196X", [str(year) for year in range(1969, 1959, -1)]),
        ("-0043/0001", ["1 CE", *(f"{year} BCE" for year in range(1, 45))]),
        ("2010/..", ["2010"]),
        ("../2010", ["2010"]),
        ("1600/1900", ["1900", "1600"]),
        ("Y-66000000", ["66 million years ago"]),
    ],
)
def test_a_record_is_of_each_of_its_years_and_of_a_long_time_of_its_ends(
    small: Small, date: str, years: list[str]
) -> None:
    library = small.read()
    event = library.of(Event)[0].model_copy(update={"date": parse_date(date)})
    found = sorted(each for each in filters_of(library.records, event) if each.name == "Year")
    assert [each.value for each in found] == years


def test_a_word_is_found_with_its_hyphens_and_apostrophes_or_without() -> None:
    found = Entry("a/", "", "Sinéad O’Connor's well-read d'Este", "", "fact").words
    assert {"sinead", "connor", "oconnors", "well", "wellread", "este", "deste"} <= found.keys()


@pytest.mark.parametrize("text", ["12.500 km", "12 500 km", "12\u202f500 km", "12,500 km", "12.500,75 km"])
def test_a_number_is_found_without_what_stands_between_its_thousands(text: str) -> None:
    assert "12500" in Entry("a/", "", text, "", "fact").words
    assert "12500" not in Entry("a/", "", "2012 500, 12.5001, 1.12.500.1", "", "fact").words


@pytest.mark.parametrize(
    ("text", "found", "lost"),
    [
        ("3½ miles", {"3", "1", "2"}, {"312", "12", "3½"}),
        ("10⁶ of CO₂", {"10", "6", "co2"}, {"106"}),
        ("1,50,000 and 12,34,56,789", {"150000", "123456789"}, {"50000"}),
        ("٣٠٠ ۳۰۱ ३०२", {"300", "301", "302"}, {"٣٠٠"}),
        ("ایران مدرسة على عـربي", {"ايران", "مدرسه", "علي", "عربي"}, set()),
        ("Hawaiʻi, Об’єднання", {"hawaii", "обєднання"}, {"hawaiʻi"}),
        ("हिन्दी", {"हद"}, {"हनद"}),
        ("J. K. Rowe of the U. S.; vitamin C. A dose", {"jk", "us", "c", "a"}, {"ca"}),
        ("A 3m wall at 8am, the F35", {"3m", "3", "m", "8am", "am", "f35", "35"}, set()),
        ('צה״ל, צה"ל', {"צהל", "צה"}, set()),
    ],
)
def test_a_word_is_found_in_each_way_it_is_written(text: str, found: set[str], lost: set[str]) -> None:
    words = Entry("a/", "", text, "", "fact").words
    assert (found - words.keys(), lost & words.keys()) == (set(), set())


def test_names_have_most_points_and_short_ones_more() -> None:
    def points(kind: str, title: str, text: str = "") -> int:
        return Entry("a/", title, text, "", kind).words["lock"]

    ranked = [
        points("fact", "A", "lock"),
        points("fact", "A", "lock lock"),
        points("fact", "The lock"),
        points("person", "A man of the lock"),
        points("page", "The lock"),
        points("term", "Lock"),
    ]
    assert ranked == sorted(set(ranked))


def test_the_index_is_split_into_files_of_one_size_and_loses_nothing() -> None:
    entries = [
        Entry(f"a/#{n}", f"Barge {n}", f"the canal carried {n} barges", "", kind)
        for n, kind in enumerate(["page", "fact", "person"] * 1_600)
    ]
    files = dict(index_files(entries))
    index = json.loads(files["search/index.json"])
    assert index["kinds"] == {"people": 0, "facts": 1_600, "pages": 3_200}
    assert max(len(text) for path, text in files.items() if "entries" in path) < 200 * FILE_OF_ENTRIES
    parts = {path: json.loads(text) for path, text in files.items() if "words" in path}
    sizes = [sum(len(steps) for word in part.values() for steps in word.values()) for part in parts.values()]
    assert len(parts) > 3
    assert max(sizes) <= FILE_OF_WORDS + len(entries), "more than one word over"
    words = read_words(files)
    assert len(words["canal"]) == len(entries)
    shown = [each for path, text in files.items() if "entries" in path for each in json.loads(text)]
    for word, title in {"4711": "Barge 4711", "17": "Barge 17"}.items():
        assert [shown[number][1] for number in words[word]] == [title]

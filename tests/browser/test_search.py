"""Search, in a browser: what is found by which words, in which order, and what it takes to load."""

import gzip
import random
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from macros.exports.search_index import Entry, Filter, index_files
from macros.records.kinds import Fact

from ..support.browser import until, visiting
from ..support.builds import PROJECT, built

TRADE = Filter("Topic", "trade", "Trade")
ENTRIES = [
    *(Entry(f"facts/#{n}", f"Putin said {n}", "Putin, Putin", "", "fact") for n in range(108)),
    Entry("who/#putin", "Vladimir Putin", "President", "", "person"),
    Entry("who/#putin-jr", "Vladimir Putin Junior", "A namesake", "", "person"),
    Entry("who/#artem", "Artem", "", "", "person"),
    Entry("who/#art", "Art House", "", "", "organisation"),
    Entry("who/#court", "International Criminal Court", "", "", "organisation"),
    Entry("facts/#goods", "5,300 goods", "Łódź Straße İs\u00adtanbul, 90% of them", "", "fact"),
    Entry(
        "facts/#weir", "The lock at Weir 900", "53000 barges", "", "fact", (TRADE, Filter("Year", -1934, "1934"))
    ),
    Entry("who/#court-us", "The U.S. court", "Müller, of Ærø", "", "quote"),
    Entry("facts/#used", "What the court used", "By Mr Mueller", "", "fact"),
    Entry("facts/#deal", "A pact", "Co-operation of Russia–China firms", "", "quote", (TRADE,)),
    Entry("facts/#talk", "A talk", "cooperation at last", "", "fact", (Filter("Topic", "trades", "Trades"),)),
    Entry("facts/#isle", "J. K. Rowe at 8am", "", "", "fact"),
    Entry("facts/#sea", "D’Este’s sea", "", "", "fact"),
    Entry("facts/#han", "两国合作没有上限", "", "", "quote"),
    Entry("facts/#thai", "ไม่มีขีดจำกัด", "", "", "quote"),
    Entry("facts/#half", "3½ of 10⁶", "٣٠٧ boats, 1,50,000 crowns, of Hawaiʻi, हिन्दी, ایران", "", "fact"),
    Entry("arms/", "Arms", "R&D <b>", "", "page"),
    Entry("arms/#sides", "Both sides", "of it", "Arms", "page"),
]
HINT = "A name, a year, any words, in any order."
NEAREST = "Nothing has exactly these words. Nearest to them:"
# Words, and the titles of the first that are found.
CASES = {
    "putin": ["Vladimir Putin", "Vladimir Putin Junior", "Putin said 0"],
    "put": ["Vladimir Putin", "Vladimir Putin Junior", "Putin said 0"],
    "ICC": ["International Criminal Court"],
    "5300": ["5,300 goods"],
    "5,300": ["5,300 goods"],
    "90%": ["Putin said 90", "5,300 goods"],
    "53000": ["The lock at Weir 900"],
    "lodz": ["5,300 goods"],
    "Łódź": ["5,300 goods"],
    "strasse": ["5,300 goods"],
    "istanbul": ["5,300 goods"],
    "US": ["The U.S. court"],
    "US court": ["The U.S. court"],
    "u.s.": ["The U.S. court"],
    "muller": ["The U.S. court"],
    "mueller": ["What the court used", "The U.S. court"],
    "müller": ["The U.S. court", "What the court used"],
    "aeroe": ["The U.S. court"],
    "ærø": ["The U.S. court"],
    "cooperation": ["A talk", "A pact"],
    "cooperation russia": ["A pact"],
    "co-operation last": ["A talk"],
    "firms-china": ["A pact"],
    "trade facts": ["The lock at Weir 900"],
    "trade": ["The lock at Weir 900", "A talk", "A pact"],
    "topic": [],
    "d'este": ["D’Este’s sea"],
    "destes sea": ["D’Este’s sea"],
    "合作": ["两国合作没有上限"],
    "上限 合作": ["两国合作没有上限"],
    "限": ["两国合作没有上限"],
    "作合": [],
    "ขีด": ["ไม่มีขีดจำกัด"],
    "3½": ["3½ of 10⁶"],
    "10⁶": ["3½ of 10⁶"],
    "307": ["3½ of 10⁶"],
    "۳۰۷": ["3½ of 10⁶"],
    "150000": ["3½ of 10⁶"],
    "1,50,000": ["3½ of 10⁶"],
    "hawaii": ["3½ of 10⁶"],
    "hawaiʻi": ["3½ of 10⁶"],
    "हिंदी": ["3½ of 10⁶"],
    "ايران": ["3½ of 10⁶"],
    "J.K. Rowe": ["J. K. Rowe at 8am"],
    "J. K. Rowe": ["J. K. Rowe at 8am"],
    "8 am": ["J. K. Rowe at 8am"],
    "hawai'i": ["3½ of 10⁶"],
    "r&d": ["Arms"],
    "art": ["Art House", "Artem"],
    "pacts": ["A pact"],
    "arms": ["Arms"],
    "unheard": [],
    "?": [],
}


class Search:
    """The search of a page, opened, over some entries."""

    def __init__(self, page: Page, entries: list[Entry]) -> None:
        self.page, self.loaded, self.broken = page, 0, False
        self.files = dict(index_files(entries))
        self.words = page.get_by_role("searchbox")
        self.status = page.locator(".xp-search__status")
        self.links = page.locator(".xp-search__results").get_by_role("link")
        page.route("**/search/*.json", self.answer)

    def answer(self, route: Route) -> None:
        body = self.files[urlsplit(route.request.url).path[1:]]
        self.loaded += len(gzip.compress(body.encode(), 6))
        route.fulfill(status=404, body="<p>") if self.broken else route.fulfill(body=body)

    @contextmanager
    def index_held(self) -> Iterator[None]:
        """Give the index only after what is done meanwhile, and once the dialog is open."""
        held: list[Route] = []
        self.page.route("**/search/index.json", lambda route: held.append(route))
        yield
        until(self.page, "document.querySelector('dialog[open]') !== null")
        for route in held:
            self.answer(route)

    def finds(self, words: str, *titles: str) -> None:
        """Look for words, and wait for the first that are found; nothing, where no titles are given."""
        if not titles:
            self.finds("arms", "Arms")
        self.words.fill(words)
        for place, title in enumerate(titles):
            expect(self.links.nth(place)).to_have_text(title)
        if not titles:
            expect(self.links).to_have_count(0)
            expect(self.status).to_have_text("Nothing found." if words[-1].isalpha() else HINT)


@contextmanager
def searching(browser: Browser, address: str, entries: list[Entry]) -> Iterator[Search]:
    with visiting(browser) as visit:
        search = Search(visit.page, entries)
        visit.page.goto(address)
        visit.page.click("#xp--search-open")
        yield search


def test_search_finds_a_record_in_its_own_words_and_lands_on_it(browser: Browser, address: str) -> None:
    record = max(built(PROJECT).library.of(Fact), key=lambda each: len(each.text))
    with visiting(browser) as visit:
        visit.page.goto(address)
        visit.page.click("#xp--search-open")
        visit.page.get_by_role("searchbox").fill(record.text)
        link = visit.page.locator(".xp-search__result a").first
        expect(link).to_have_text(record.text)
        link.click()
        visit.page.wait_for_url(f"**#{record.id}")
        assert visit.page.locator(f"#{record.id}:target").is_visible()
        visit.assert_quiet(address)


def test_names_come_first_and_words_are_found_in_any_spelling(browser: Browser, address: str) -> None:
    with searching(browser, address, ENTRIES) as search:
        for words, titles in CASES.items():
            search.finds(words, *titles)


def test_where_nothing_has_all_of_the_words_the_nearest_are_shown_and_told_apart(
    browser: Browser, address: str
) -> None:
    with searching(browser, address, ENTRIES) as search:
        for words, title, count in (
            ("what did the court use", "What the court used", 1),
            ("putin unheard 53000", "The lock at Weir 900", 1),  # the rarer of the two words that are there
            ("unheard cooperation", "A talk", 2),
        ):
            search.words.fill(words)
            expect(search.status).to_have_text(NEAREST)
            expect(search.links.first).to_have_text(title)
            expect(search.links).to_have_count(count)
        search.finds("court used", "What the court used")
        expect(search.status).to_have_text("1 found")
        search.words.fill("unheard unseen")
        expect(search.status).to_have_text("Nothing found.")


def test_a_word_with_one_letter_wrong_finds_the_word_that_is_meant(browser: Browser, address: str) -> None:
    with searching(browser, address, ENTRIES) as search:
        marks = search.page.locator(".xp-search__results mark")
        for words, marked in {
            "presdent": "President",  # one left out
            "presiident": "President",  # one too many
            "presidant": "President",  # another
            "presidetn": "President",  # two exchanged
            "putn": "Putin",
            "istanbull": "İs\u00adtanbul",
            "russiaa goods": "Russia",
        }.items():
            search.words.fill(words)
            expect(search.status).to_have_text(NEAREST)
            expect(marks.first).to_have_text(marked)
        for words in ("presdant", "arz", "53001", "rpesident"):  # two wrong, short, a number, the beginning
            search.words.fill(words)
            expect(search.status).to_have_text("Nothing found.")


def test_what_is_found_is_marked_grouped_and_reached_to_the_last(browser: Browser, address: str) -> None:
    with searching(browser, address, ENTRIES) as search:
        page, marks = search.page, search.page.locator(".xp-search__results mark")
        search.finds("sides", "Both sides")
        assert page.locator(".xp-search__page").text_content() == "Arms"
        for words, marked in {
            "lodz": ["Łódź"],
            "istanbul": ["İs\u00adtanbul"],
            "u.s. müller": ["Müller"],
            "90 goods": ["90"],
            "cooperation": ["cooperation", "Co-operation"],
        }.items():
            search.words.fill(words)
            expect(marks).to_have_text(marked)
        search.finds("putin", "Vladimir Putin")
        expect(search.status).to_have_text("110 found")
        assert page.locator(".xp-search__kind").all_text_contents() == ["People", "Facts"]
        assert search.links.count() == 7
        page.get_by_role("button", name="Show 100 more of 108 facts").click()
        expect(search.links).to_have_count(107)
        assert page.evaluate("document.activeElement.textContent") == "Putin said 5"
        page.get_by_role("button", name="Show all 108 facts").click()
        expect(search.links).to_have_count(110)
        assert page.evaluate("document.activeElement.textContent") == "Putin said 105"
        assert page.get_by_role("button", name="Show").count() == 0


def test_lists_narrow_what_is_found_and_find_without_words(browser: Browser, address: str) -> None:
    with searching(browser, address, ENTRIES) as search:
        page, summary = search.page, search.page.locator(".xp-search__narrow summary")
        search.finds("putin", "Vladimir Putin")
        assert page.get_by_role("combobox").count() == 0, "no tab stop until it is asked for"
        summary.focus()
        page.keyboard.press("Enter")
        lists = {name: page.get_by_role("combobox", name=name, exact=True) for name in ("Kind", "Topic", "Year")}
        expect(lists["Kind"].locator("option")).to_have_text(
            ["All", "People", "Organisations", "Facts", "Quotes", "Pages"]
        )
        expect(lists["Topic"].locator("option")).to_have_text(["All", "Trade", "Trades"])
        found = Axe().run(page, "#xp--search")
        assert found.violations_count == 0, found.generate_report()
        for words, chosen, said, first in (
            ("putin", {"Kind": "Facts"}, "108 found", "Putin said 0"),
            ("putin", {"Kind": "People"}, "2 found", "Vladimir Putin"),
            ("", {"Kind": "People"}, "3 found", "Artem"),
            ("", {}, HINT, ""),
            ("", {"Topic": "Trade"}, "2 found", "The lock at Weir 900"),
            ("", {"Topic": "Trade", "Kind": "Quotes"}, "1 found", "A pact"),
            ("", {"Topic": "Trade", "Year": "1934"}, "1 found", "The lock at Weir 900"),
            ("pact", {"Topic": "Trade"}, "1 found", "A pact"),
            ("pact", {"Topic": "Trade", "Year": "1934"}, "Nothing found.", ""),
            ("pact", {}, "1 found", "A pact"),
        ):
            search.words.fill(words)
            for name, list_ in lists.items():
                list_.select_option(chosen.get(name, "All"))
            expect(search.status).to_have_text(said)
            expect(search.links.first).to_have_text(first) if first else expect(search.links).to_have_count(0)
            narrowed = ", ".join(chosen[name] for name in lists if name in chosen)
            expect(summary).to_have_text(f"Narrow the search: {narrowed}" if narrowed else "Narrow the search")


# Types a text, and tells whether the entry is found soon.
FOUND = """async ([typed, place]) => {
    const words = document.querySelector("#xp--search input")
    words.value = typed
    words.dispatchEvent(new Event("input"))
    for (let tries = 0; tries < 60; tries++) {
        await new Promise(requestAnimationFrame)
        if (document.querySelector(".xp-search__result a")?.href.endsWith(place)) return true
    }
    return false
}"""


def test_words_are_cut_by_the_page_as_by_the_index(browser: Browser, address: str) -> None:
    """Whatever stands in an entry finds it, typed as it stands."""
    letters = random.Random(7)
    signs = (
        "aAzéÉüÜöøØåßæŁđıİσςΣіЙñ-‐‑–'’.,., \u00a0\u202f\u00ad\u200d\u03010159½²⁶٣३"
        "合作上がカﾊ限한국عربکـہिनन्दीไทยﬁ&_%ʻ"
    )
    texts = ["".join(letters.choices(signs, k=letters.randint(1, 12))) for _ in range(400)]
    texts = ["U.S.A", "1,234,567", "1234,567", "v1,234", "12,34", "a.b c.d", "-a-", "合作2023年", *texts]
    entries = [Entry(f"facts/#entry{n}x", "", text, "", "fact") for n, text in enumerate(texts)]
    with searching(browser, address, entries) as search:
        typed = [[f"{text} entry{n}x", f"#entry{n}x"] for n, text in enumerate(texts)]
        assert [each for each in typed if not search.page.evaluate(FOUND, each)] == []


def test_an_index_that_cannot_be_loaded_is_told_and_asked_for_again(browser: Browser, address: str) -> None:
    with searching(browser, address, ENTRIES) as search:
        search.broken = True
        search.words.fill("putin")
        expect(search.status).to_have_text("The index could not be loaded.")
        search.broken = False
        search.finds("puti", "Vladimir Putin")


def test_what_is_found_late_does_not_show_once_something_else_is_asked_for(browser: Browser, address: str) -> None:
    with searching(browser, address, ENTRIES) as search:
        with search.index_held():
            search.words.fill("putin")
            search.words.fill("")
        search.page.wait_for_timeout(500)
        expect(search.links).to_have_count(0)
        expect(search.status).to_have_text(HINT)


def test_search_opens_and_takes_words_before_its_script_is_there(browser: Browser, address: str) -> None:
    with visiting(browser) as visit:
        search, held = Search(visit.page, ENTRIES), list[Route]()
        visit.page.route("**/js/search.js", lambda route: held.append(route))
        visit.page.goto(address)
        visit.page.click("#xp--search-open")
        visit.page.keyboard.type("junior")
        expect(search.words).to_have_value("junior")
        held[0].continue_()
        expect(search.links.first).to_have_text("Vladimir Putin Junior")
        visit.page.keyboard.press("Escape")
        visit.page.click("#xp--search-open")
        visit.page.keyboard.type("arms")
        expect(search.words).to_have_value("arms")
        expect(search.links.first).to_have_text("Arms")


def test_enter_leads_to_the_first_however_late_the_index_comes(browser: Browser, address: str) -> None:
    with searching(browser, address, ENTRIES) as search:
        with search.index_held():
            search.words.press_sequentially("junior")
            search.words.press("Enter")
            search.page.wait_for_timeout(100)
        search.page.wait_for_url("**/who/#putin-jr")


def test_a_first_result_of_ten_thousand_records_costs_little(browser: Browser, address: str) -> None:
    facts = built(PROJECT).library.of(Fact)
    draw = random.Random(7)
    words = [word for fact in facts for word in fact.text.split()]

    def sentence(length: int) -> str:
        """As many words of this site, in its order, one in twelve of which is in few other records."""
        start = draw.randrange(len(words) - length)
        chosen = words[start : start + length]
        return " ".join(each if draw.randrange(12) else f"weir{int(draw.paretovariate(0.5))}" for each in chosen)

    kinds = ["fact", "fact", "fact", "quote", "event", "tension", "person", "organisation", "term", "page"]
    entries = [
        Entry(f"a/#record-{n}", sentence(draw.randint(2, 20)), sentence(25), "", kinds[n % 10])
        for n in range(10_000)
    ]
    with searching(browser, address, entries) as search:
        costs = {}
        for typed in ("china", "weir", "russian oil", "us"):
            search.page.goto(address)
            search.page.click("#xp--search-open")
            search.loaded = 0
            search.words.fill(typed)
            search.links.first.wait_for()
            costs[typed] = search.loaded
        assert max(costs.values()) <= 150_000, costs

"""Reading: how far and how long, what a link leads to, the reader's place, the way back, paper, errors."""

import functools
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from macros.pages.page import reading_minutes
from macros.records.kinds import Limit, Term

from ..support.browser import PHONE, SHIFTS, until, visiting
from ..support.builds import EXPLAINER, PROJECT, Built, Page, build, built, copy_project, new_folder, run, text_of
from .test_previews import LONGER_THAN_IT_WAITS, by_keyboard, is_open, preview, reading

LOADED = 3_000
ARRIVED = """link => {
    const { top } = link.getBoundingClientRect()
    return document.activeElement === link && top >= 0 && top <= innerHeight
}"""
SEEN = """new MutationObserver(() => { if (document.querySelector(".xp-place")) window.offered = true })
    .observe(document, { subtree: true, childList: true })"""


class Host(SimpleHTTPRequestHandler):
    """Answers as a host does that has an error page."""

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(Path(self.directory, "404.html").read_bytes())


@pytest.fixture(scope="module")
def site() -> Built:
    return built(PROJECT)


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    handler = functools.partial(Host, directory=str(site.site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def limits(site: Built) -> dict[str, Page]:
    """The home of each limit, in the order of the menu."""
    return {each.id: site.pages[site.homes[each.id]] for each in site.library.of(Limit)}


@pytest.fixture(scope="module")
def most(site: Built) -> str:
    """The address of the long page that cites most."""
    long = {name: page for name, page in site.content.items() if list(page.of_class("xp-contents"))}
    cited = {name: len(list(page.of_class("xp-references__item"))) for name, page in long.items()}
    return max(cited, key=lambda name: cited[name]).removesuffix("index.html")


def first(page: Page, name: str) -> str:
    return text_of(next(page.of_class(name)))


def test_minutes_are_counted_from_the_words_that_are_read_through() -> None:
    folded = f"<details>{'word ' * 999}</details><ol class='xp-references'>"
    listed = f'<ol class="xp-references" data-x>{"word " * 999}</ol>'
    assert reading_minutes(f"<p>{'word ' * 690}<sup>1 2 3</sup></p>{folded}{listed}") == 3
    assert reading_minutes("<p>word</p>") == 1


def test_a_page_of_the_argument_says_how_long_it_takes_and_which_of_the_limits_it_is(
    limits: dict[str, Page],
) -> None:
    for number, page in enumerate(limits.values(), start=1):
        said = first(page, "xp-path__reading")
        assert said.startswith(f"{number} of {len(limits)}, about "), said
        assert re.search(r"about \d+ minutes?\b", said)
        progress = list(page.of_class("xp-progress"))
        assert [each.get("aria-hidden") for each in progress] == ["true"]


def test_the_next_limit_is_announced_with_its_question(site: Built, limits: dict[str, Page]) -> None:
    names = list(limits)
    for this, after in pairwise(names):
        link = next(limits[this].of_class("xp-pagination__link--next"))
        record = site.library.records[after]
        assert isinstance(record, Limit)
        assert limits[this].target(link.get("href", ""))[0] == limits[after].name
        assert text_of(link) == f"Next limit {record.title} {record.question}"
    last = next(limits[names[-1]].of_class("xp-pagination__link--next"))
    assert not text_of(last).startswith("Next limit")
    assert limits[names[-1]].target(last.get("href", ""))[0] in site.content


def test_the_bar_is_full_where_the_references_begin_and_moves_nothing(
    browser: Browser, address: str, limits: dict[str, Page]
) -> None:
    name = next(iter(limits.values())).name.removesuffix("index.html")
    with reading(browser, address + name) as page:
        width = "document.querySelector('.xp-progress').getBoundingClientRect().width / innerWidth"
        assert page.evaluate(width) == pytest.approx(0, abs=0.01)
        page.evaluate(
            "document.querySelector('.xp-references').scrollIntoView({ block: 'end', behavior: 'instant' })"
        )
        page.wait_for_timeout(100)
        assert page.evaluate(width) == pytest.approx(1, abs=0.01)
        # Of the root, every element inherits it: a tap on a fold would style the whole page again.
        assert page.evaluate("document.documentElement.style.length") == 0
        page.emulate_media(media="print")
        assert page.locator(".xp-progress:visible").count() == 0


@pytest.mark.parametrize("project", [PROJECT, EXPLAINER], ids=["this site", "another explainer"])
def test_a_term_is_explained_once_a_page_where_prose_first_mentions_it(project: Path) -> None:
    site, seen = built(project), 0
    for page in site.content.values():
        targets = [page.target(link.get("href", "")) for link in page.of_class("xp-mention")]
        assert len(targets) == len(set(targets)), page.name
        for name, anchor in targets:
            assert isinstance(site.library.records[anchor], Term)
            assert name == site.homes[anchor] != page.name
        seen += len(targets)
    assert seen


def hover(page: Tab, selector: str) -> str:
    """The words of the preview of the first link that a selector finds in sight."""
    link = page.locator(f"{selector} >> visible=true").first
    link.evaluate("link => link.scrollIntoView({ block: 'center', behavior: 'instant' })")
    link.hover()
    preview(page).wait_for(timeout=LOADED)
    return " ".join(preview(page).inner_text().split())


def test_a_link_to_a_record_or_a_page_shows_what_it_leads_to_and_asks_for_it_then(
    site: Built, browser: Browser, address: str, limits: dict[str, Page]
) -> None:
    page_name = next(iter(limits.values())).name.removesuffix("index.html")
    with reading(browser, address + page_name) as page:
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: "/images/" in request.url or asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        home = site.homes[next(each.id for each in site.library.of(Term))].removesuffix("index.html")
        selector = f".xp-mention[href*='{home}'], .xp-prose a[href*='{home}#']"
        page.wait_for_timeout(LONGER_THAN_IT_WAITS)
        assert asked == []
        anchor = str(page.locator(f"{selector} >> visible=true").first.get_attribute("href")).partition("#")[2]
        assert site.library.records[anchor].label in hover(page, selector)
        assert asked == [f"{address}{home}"]
        page.keyboard.press("Escape")
        page.mouse.move(5, 5)
        page.locator(".xp-limit__reached summary").click()
        overview = hover(page, ".xp-foot a[href='../']")
        assert overview.startswith(first(site.content["limits/index.html"], "xp-prose").partition("¶")[0][:5])
        assert preview(page).locator("[id]").count() == 0
        assert page.locator(".xp-preview").count() == 1
        assert said == []


def test_a_link_whose_page_cannot_be_had_shows_nothing_and_still_leads_there(
    browser: Browser, address: str, most: str
) -> None:
    with reading(browser, address + most) as page:
        page.route("**/*", lambda route: route.abort())
        link = page.locator(".xp-mention:visible").first
        link.evaluate("link => link.scrollIntoView({ block: 'center', behavior: 'instant' })")
        link.hover()
        assert not is_open(page)
        page.unroute("**/*")
        by_keyboard(page, link)
        assert preview(page).wait_for(timeout=LOADED) is None
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: most not in url)


def test_a_tap_explains_a_term_and_follows_any_other_link(browser: Browser, address: str, most: str) -> None:
    options = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    with reading(browser, address + most, **options) as page:
        term = page.locator(".xp-mention:visible").first
        term.evaluate("link => link.scrollIntoView({ block: 'center', behavior: 'instant' })")
        term.tap()
        preview(page).wait_for(timeout=LOADED)
        assert page.url == address + most
        home = str(term.get_attribute("href")).replace("../", "")
        term.tap()
        page.wait_for_url(f"**/{home}")
    with reading(browser, address + most, **options) as page:
        page.locator(".xp-prose .xp-quote__speaker a:visible").first.tap()
        page.wait_for_url(lambda url: url != address + most)


def cited_thrice(site: Built) -> tuple[str, str]:
    """A page, and a reference that three citations or more in its open text lead to."""
    for name, page in site.content.items():
        links = [
            each for each in page.of_class("xp-cite__link") if "details" not in {up.tag for up in page.above(each)}
        ]
        targets = [each.get("href", "") for each in links]
        if found := [each for each in targets if targets.count(each) > 2]:
            return name.removesuffix("index.html"), found[0]
    raise AssertionError("no reference is cited three times")


def test_the_way_back_leads_to_the_number_that_was_pressed_with_the_focus(
    site: Built, browser: Browser, address: str
) -> None:
    name, first = cited_thrice(site)
    with reading(browser, address + name) as page:
        several = page.locator(first)
        link, other = (page.locator(f".xp-cite__link[href='{first}']:visible").nth(each) for each in (1, 2))
        own, others = (f"#{each.locator('..').get_attribute('id')}" for each in (link, other))
        for back, focused in ((own, link), (others, other), ("Back", link)):
            link.focus()
            page.keyboard.press("Enter")
            page.wait_for_url(f"**#{several.get_attribute('id')}")
            assert several.locator(".xp-references__came").get_attribute("href") == own
            page.keyboard.press("Tab")
            if back == "Back":
                page.go_back()
            else:
                several.locator(f"a[href='{back}']").click()
                page.wait_for_url(f"**{back}")
            until(page, ARRIVED, focused.element_handle())


def test_a_run_is_one_link_to_its_first_reference_and_says_all_its_numbers(site: Built) -> None:
    runs = 0
    for each in site.content.values():
        for mark in each.of_class("xp-cite"):
            (link,) = mark.iter("a")
            numbers = (link.get("data-run") or link.get("href", "").rpartition("-")[2]).split()
            assert link.get("href") == f"#xp--ref-{numbers[0]}"
            said = text_of(mark).replace("\u2060", "")
            assert link.get("aria-label") == f"Reference{'s' if len(numbers) > 1 else ''} {said}"
            ends = [part.split("–") for part in said.split(", ")]
            spelt = [str(number) for part in ends for number in range(int(part[0]), int(part[-1]) + 1)]
            assert spelt == numbers
            runs += len(numbers) > 2
    assert runs


def test_a_citation_at_the_end_of_a_paragraph_leaves_no_empty_line(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}limits/") as page:
        empty = """() => [...document.querySelectorAll(".xp-prose > p > .xp-cite:last-child")].filter(each => {
            if (each.nextSibling?.textContent.trim()) return false
            const line = parseFloat(getComputedStyle(each.parentElement).lineHeight)
            const end = each.parentElement.getBoundingClientRect().bottom
            return end - [...each.getClientRects()].at(-1).top > 1.6 * line
        }).length"""
        for width in range(320, 1280, 16):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate(empty) == 0, width


def test_the_place_on_a_long_page_is_offered_again_and_never_against_an_address(
    browser: Browser, address: str, most: str
) -> None:
    with reading(browser, address + most) as page:
        heading = page.locator(".xp-prose h2[id]").nth(1)
        heading.evaluate("each => each.scrollIntoView({ behavior: 'instant' })")
        until(page, "localStorage.getItem('places')?.includes('\"')")
        page.wait_for_timeout(LONGER_THAN_IT_WAITS)
        page.add_init_script(SEEN)
        page.goto(address)
        page.go_back()
        assert not page.evaluate("window.offered"), "whoever goes back has a place already"
        assert page.evaluate("scrollY") > 0, "the browser's own place is lost"
        page.goto(address)
        page.goto(f"{address}{most}#xp--content")
        assert page.locator(".xp-place").count() == 0
        page.goto(address)
        page.add_init_script(SHIFTS)
        page.goto(address + most)
        page.locator(".xp-place").wait_for()
        page.wait_for_timeout(LONGER_THAN_IT_WAITS)
        assert page.evaluate("window.shifts") == []
        page.locator(".xp-place a").click()
        assert page.locator(".xp-place").count() == 0
        assert page.evaluate("scrollY") > 0
        page.evaluate("localStorage.setItem('places', JSON.stringify({ [location.pathname]: ['references', 0] }))")
        page.goto(address)
        page.goto(address + most)
        assert page.locator(".xp-place").count() == 0, "a place is offered for ever"


def test_a_wrong_address_is_answered_with_what_was_meant(site: Built, browser: Browser, address: str) -> None:
    term = next(each for each in site.library.of(Term) if len(each.label) > 8)
    for scripts in (True, False):
        with reading(browser, f"{address}nowhere/{term.id}/x.html", java_script_enabled=scripts) as page:
            guesses = page.locator(".xp-guess a:visible")
            if scripts:
                guesses.first.wait_for()
                assert any(term.id in str(each.get_attribute("href")) for each in guesses.all())
            links = page.locator(".xp-prose > ul a:visible")
            assert links.count() > 5
            links.nth(1).click()
            assert page.locator("h1").inner_text() != ""
            assert page.locator(".xp-guess").count() == 0


def test_a_wrong_address_of_unknown_words_leads_to_the_search(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}xyzzy/") as page:
        page.get_by_role("button", name="Search for others").click()
        assert page.get_by_role("searchbox").input_value() == "xyzzy"


class BelowPath(Host):
    """Answers for a site below /repo/ alone."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/repo") if path.startswith("/repo/") else "/nowhere")


def test_below_a_path_previews_search_and_the_error_page_work(browser: Browser) -> None:
    folder = copy_project(EXPLAINER, new_folder() / "project")
    done = run(folder, "mkdocs", "build", SITE_URL="https://example.org/repo/")
    assert done.returncode == 0, done.stderr
    handler = functools.partial(BelowPath, directory=str(folder / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, visiting(browser) as visit:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page, address = visit.page, f"http://127.0.0.1:{server.server_port}/repo/"
        page.goto(f"{address}winter/")
        page.locator(".xp-prose .xp-cite a").first.hover()
        page.locator(".xp-preview:visible").wait_for()
        page.click("#xp--search-open")
        page.fill("#xp--search input", "never misses")
        page.locator(".xp-search__result a[href*='#never-misses']").first.click()
        page.wait_for_url(re.compile(rf"{address}.*#never-misses"))
        page.goto(f"{address}nowhere/at/all")
        assert page.locator("h1").inner_text() == "There is nothing at this address"
        page.locator(".xp-prose > ul a").last.click()
        page.wait_for_load_state()
        assert page.url.startswith(address)
        assert page.locator(".xp-guess").count() == 0
        assert [each for each in visit.refused if each.endswith(("/", ".css", ".js", ".json", ".woff2"))] == []
        server.shutdown()
    shutil.rmtree(folder)


def test_on_paper_a_page_says_where_it_is_from_and_shows_no_tools(
    browser: Browser, address: str, most: str
) -> None:
    with reading(browser, address + most) as page:
        page.emulate_media(media="print")
        assert f"{address}{most}" in page.locator(".xp-printed").inner_text()
        tools = "button, .xp-menu, .xp-search, .xp-skip, .xp-pagination, .xp-contents, .xp-progress"
        assert page.locator(tools).locator("visible=true").count() == 0
        uncut = "found => found.filter(each => getComputedStyle(each).breakInside !== 'avoid').length"
        cards = ".xp-prose :is(article, figure)[data-record], .xp-references__item"
        assert page.locator(cards).evaluate_all(uncut) == 0


def test_a_page_can_leave_the_glossary_out() -> None:
    folder = copy_project(EXPLAINER, new_folder() / "project")
    for path in (folder / "docs").rglob("*.md"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("---\n", "---\nglossary: false\n", 1), "utf-8")
    assert build(folder).returncode == 0
    assert "xp-mention" not in "".join(path.read_text("utf-8") for path in (folder / "site").rglob("*.html"))
    shutil.rmtree(folder)


def test_on_a_phone_names_are_an_index_that_opens_without_a_script_and_is_whole_on_paper(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{address}who/")
    texts = page.locator(".xp-records .xp-fold__line > h3 + span")
    widths = "all => all.map(each => each.getBoundingClientRect().width)"
    assert texts.count() > 100
    assert max(texts.evaluate_all(widths)) <= 1
    assert page.evaluate("document.documentElement.scrollHeight") < 5000
    page.locator(".xp-records .xp-fold__line").first.click()
    assert texts.first.evaluate("each => each.getBoundingClientRect().width") > 1
    page.emulate_media(media="print")
    assert min(texts.evaluate_all(widths)) > 1
    page.emulate_media(media="screen")
    last = page.locator(".xp-records .xp-term").last
    page.goto(f"{address}who/#{last.get_attribute('id')}")
    assert last.locator("h3 + span").evaluate("each => each.getBoundingClientRect().width") > 1
    assert last.locator(".xp-proofs").is_visible()
    page.close()

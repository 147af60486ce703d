"""The site in a browser: a reader follows a citation there and back, and nobody follows the reader."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from .browser import chromium
from .builds import PROJECT, built

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The site as a host would serve it."""
    handler = functools.partial(Quiet, directory=str(built(PROJECT).site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def limit() -> str:
    """The first page of a limit that cites something."""
    pages = sorted(path for path in (PROJECT / "docs" / "limits").glob("*.md") if path.stem != "index")
    cited = [path.stem for path in pages if "references()" in path.read_text(encoding="utf-8")]
    assert cited, "no page in docs/limits/ lists references yet"
    return f"limits/{cited[0]}/"


@dataclass
class Visit:
    """A page in the browser, and what was said and asked behind the reader's back."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", self._ask)
        self.page.on("response", self._answer)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def _ask(self, request: Request) -> None:
        self.asked.append(request.url)

    def _answer(self, response: Response) -> None:
        if response.status >= 400:
            self.refused.append(response.url)

    def assert_quiet(self, address: str) -> None:
        host = urlsplit(address).netloc
        assert self.asked
        assert [url for url in self.asked if urlsplit(url).scheme != "data" and urlsplit(url).netloc != host] == []
        assert self.refused == []
        assert self.said == []


@contextmanager
def visiting(browser: Browser, **options: object) -> Iterator[Visit]:
    context: BrowserContext = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
    context.set_default_timeout(5_000)
    try:
        yield Visit(context.new_page())
    finally:
        context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_first_page_leads_to_a_limit_and_nobody_else_is_asked(
    scripts: bool, browser: Browser, address: str, limit: str
) -> None:
    with visiting(browser, java_script_enabled=scripts) as visit:
        visit.page.goto(address, wait_until="networkidle")
        assert visit.page.locator("h1:visible").count() == 1
        visit.page.locator(f'main a[href*="{limit}"]:visible, article a[href*="{limit}"]:visible').first.click()
        visit.page.wait_for_url(f"{address}{limit}*")
        assert visit.page.locator("h1:visible").count() == 1
        visit.assert_quiet(address)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_citation_leads_to_its_reference_and_the_reference_leads_back(
    scripts: bool, browser: Browser, address: str, limit: str
) -> None:
    with visiting(browser, java_script_enabled=scripts) as visit:
        page = visit.page
        page.goto(f"{address}{limit}", wait_until="networkidle")
        link = page.locator("article .xp-cite a").first
        number, target = link.inner_text(), str(link.get_attribute("href"))
        link.scroll_into_view_if_needed()
        link.click()
        page.wait_for_url(f"**{target}")
        reference = page.locator(target)
        assert in_sight(reference), "the reference is not in sight"
        back = reference.locator("a[href^='#cite-']").first
        assert number in str(back.get_attribute("aria-label"))
        home = str(back.get_attribute("href"))
        back.click()
        page.wait_for_url(f"**{home}")
        assert in_sight(page.locator(home)), "the citation is not in sight"
        assert page.locator(home).inner_text().strip() == number
        visit.assert_quiet(address)


def test_a_citation_can_be_followed_by_keyboard(browser: Browser, address: str, limit: str) -> None:
    with visiting(browser) as visit:
        page = visit.page
        page.goto(f"{address}{limit}", wait_until="networkidle")
        link = page.locator("article .xp-cite a").first
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{link.get_attribute('href')}")
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.closest('.xp-references li')?.id")
        assert f"#{focused}" == link.get_attribute("href")


def in_sight(locator: object) -> bool:
    """Whether an element's beginning is inside the window, and nothing lies over it."""
    return bool(
        locator.evaluate(  # type: ignore[attr-defined]
            """element => {
                const box = element.getClientRects()[0]
                const x = box.left + Math.min(box.width, 8) / 2, y = box.top + Math.min(box.height, 8) / 2
                if (box.top < 0 || y > innerHeight) return false
                const top = document.elementFromPoint(x, y)
                return top !== null && (element.contains(top) || top.contains(element))
            }"""
        )
    )


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(
    scheme: str, viewport: dict[str, int], browser: Browser, address: str, limit: str
) -> None:
    with visiting(browser, viewport=viewport, color_scheme=scheme) as visit:
        for path in ("", limit):
            visit.page.goto(f"{address}{path}", wait_until="networkidle")
            found = Axe().run(visit.page)
            assert found.violations_count == 0, f"/{path}: {found.generate_report()}"
        visit.assert_quiet(address)


TOO_WIDE = """() => {
    const scrolls = element => element &&
        (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
    return [...document.querySelectorAll("main *")]
        .filter(element => element.checkVisibility() && element.getBoundingClientRect().width > 1)
        .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element))
        .map(element => element.outerHTML.slice(0, 90))
}"""


@pytest.mark.parametrize("path", ["first", "limit"])
def test_nothing_on_a_page_is_cut_off_by_the_edge_of_a_phone(
    path: str, browser: Browser, address: str, limit: str
) -> None:
    with visiting(browser, viewport=PHONE) as visit:
        visit.page.goto(address + (limit if path == "limit" else ""), wait_until="networkidle")
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert visit.page.evaluate(TOO_WIDE) == []


def test_every_link_to_the_article_opens_it_at_the_words(browser: Browser, address: str, limit: str) -> None:
    with visiting(browser) as visit:
        visit.page.goto(f"{address}{limit}", wait_until="domcontentloaded")
        links = visit.page.locator(".xp-references a.xp-address")
        addresses = [links.nth(number).get_attribute("href") for number in range(links.count())]
        assert addresses
        assert [each for each in addresses if ":~:text=" not in str(each)] == []


def test_a_quotation_is_copied_with_one_click_and_selected_where_that_is_refused(
    browser: Browser, address: str
) -> None:
    for granted, answer in (["clipboard-read", "clipboard-write"], "Copied."), ([], "Selected:"):
        context = browser.new_context(viewport=PHONE)
        context.grant_permissions(granted)
        page = context.new_page()
        if not granted:
            page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
        page.goto(f"{address}voices/")
        card = page.locator(".xp-copied").first
        page.locator("details", has=card).locator("summary").first.click()
        card.get_by_role("button", name="Copy").click()
        card.get_by_text(answer).wait_for()
        taken = "navigator.clipboard.readText()" if granted else "getSelection().toString()"
        assert page.evaluate(taken).strip() == card.locator("[data-copy]").inner_text().strip()
        context.close()

"""No page, in no state of it, breaks a rule of accessibility that axe knows, wide or narrow, light or dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from .browser import DESKTOP, PHONE, visiting
from .builds import PROJECT, Built, built

# Contrast is the dear one, by ten to one. Elements whose ancestors have the same names and classes have the same
# colours, for no page has a style of its own: one of each kind is looked at.
AXE = """async whole => {
    const states = element => element.getAttributeNames().filter(name => /^aria-c|^open$|^data-s/.test(name))
    const kind = element => element === document.documentElement ? ""
        : [kind(element.parentElement), element.tagName, element.getAttribute("class"), ...states(element)].join()
    const kinds = new Map()
    for (const element of document.body.querySelectorAll("*")) {
        if (![...element.childNodes].some(each => each.nodeType === 3 && each.data.trim())) continue
        const box = element.getClientRects()[0]
        if (box?.width && !kinds.has(kind(element))) kinds.set(kind(element), element)
    }
    const only = (...values) => ({ runOnly: { type: "rule", values }, resultTypes: ["violations"] })
    const results = [await axe.run({ include: [...kinds.values()] }, only("color-contrast", "link-in-text-block"))]
    if (whole) results.push(await axe.run(document, {
        rules: { "color-contrast": { enabled: false }, "target-size": { enabled: true } },
        resultTypes: ["violations"],
    }))
    const told = id => ({ target, failureSummary }) => [id, target.join(" "), failureSummary].join(": ")
    return results.flatMap(({ violations }) => violations).flatMap(({ id, nodes }) => nodes.map(told(id)))
}"""


@pytest.fixture(scope="module")
def site() -> Built:
    return built(PROJECT)


def breaches(page: Page, whole: bool = True) -> list[str]:
    """What axe finds wrong with a page as it is; with `whole` false, with its colours only."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(AXE, whole)  # type: ignore[no-any-return]


def in_both_schemes(page: Page) -> list[str]:
    """A scheme changes colours and nothing else, so that in the dark only they are looked at."""
    page.emulate_media(color_scheme="light")
    found = breaches(page)
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {each}" for each in breaches(page, whole=False)]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_page_breaks_a_rule(viewport: dict[str, int], browser: Browser, address: str, site: Built) -> None:
    found = {}
    with visiting(browser, viewport=viewport) as visit:
        for name in site.pages:
            visit.page.goto(address + name)
            if broken := in_both_schemes(visit.page):
                found[name] = broken
        visit.assert_quiet(address)
    assert found == {}


def the_search(page: Page) -> None:
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox").fill("a")
    page.locator("dialog a").first.wait_for()


def the_menu(page: Page) -> None:
    page.get_by_role("button", name="Menu").click()


def a_reference(page: Page) -> None:
    page.keyboard.press("Tab")
    page.locator(".xp-cite__link:visible").first.focus()
    page.locator(".xp-preview").wait_for()


def all_details(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")


STATES: list[tuple[Callable[[Page], None], dict[str, int], str]] = [
    (the_search, DESKTOP, ""),
    (the_search, PHONE, ""),
    (the_menu, PHONE, ""),
    (a_reference, DESKTOP, "limits/"),
    (a_reference, PHONE, "limits/"),
    (all_details, DESKTOP, "voices/"),
    (all_details, PHONE, "method/"),
]


@pytest.mark.parametrize(
    ("opened", "viewport", "path"),
    STATES,
    ids=[f"{opened.__name__}, {viewport['width']}" for opened, viewport, _ in STATES],
)
def test_what_opens_breaks_no_rule(
    opened: Callable[[Page], None], viewport: dict[str, int], path: str, browser: Browser, address: str
) -> None:
    with visiting(browser, viewport=viewport) as visit:
        visit.page.goto(address + path)
        opened(visit.page)
        assert in_both_schemes(visit.page) == []


FAULTS = {
    "color-contrast": "p => { p.classList.add('new'); p.innerHTML = '<font color=#999>pale</font>' }",
    "dark: color-contrast": "p => { p.innerHTML = '<font color=#444>pale</font>' }",
    "link-name": "p => { p.innerHTML = '<a href=\"#x\"></a>' }",
    "target-size": "p => { p.innerHTML = '<button>.</button><button>.</button>' }",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_scanner_would_find(fault: str, browser: Browser, address: str) -> None:
    with visiting(browser, bypass_csp=True) as visit:
        visit.page.goto(address)
        visit.page.add_style_tag(content="main p button { padding: 0; border: 0; font-size: 8px }")
        visit.page.locator("main p").last.evaluate(FAULTS[fault])
        assert any(each.startswith(fault) for each in in_both_schemes(visit.page))

"""No page, in no state of it, breaks a rule of accessibility that axe knows, wide or narrow, light or dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from .browser import DESKTOP, PHONE, visiting
from .builds import PROJECT, Built, built

# A page may show two hundred records that are built alike, and axe takes minutes to say the same of each. Of parts
# with the same names, classes, attributes and nesting, in the same place, two stay.
THIN = """() => {
    const mark = each => [each.tagName, each.getAttribute("class"), each.getAttributeNames().sort()].join()
    const shape = element => mark(element) + "(" + [...element.childNodes].map(node =>
        node.nodeType === 1 ? shape(node) : node.nodeType === 3 && node.data.trim() ? "text" : "").join("") + ")"
    const seen = new Map()
    const thin = (element, path) => {
        for (const child of [...element.children]) {
            const kind = path + shape(child), times = seen.get(kind) ?? 0
            seen.set(kind, times + 1)
            if (times < 2) thin(child, path + mark(child))
            else if (child.matches("li, article, section, tr, p, dt, dd, details, figure, div, g, path"))
                child.remove()
        }
    }
    thin(document.body, "")
}"""

# The number of a reference is part of a sentence, whose line gives it its height, and has room of its own around
# it, which axe does not see.
AXE = """async rules => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"], ...rules })
    const number = target => document.querySelector(target.at(-1)).matches(".xp-cite__link")
    return violations.flatMap(({ id, nodes }) => nodes
        .filter(({ target }) => id !== "target-size" || !number(target))
        .map(({ target, failureSummary }) => [id, target.join(" "), failureSummary].join(": ")))
}"""
EVERY_RULE = {"rules": {"target-size": {"enabled": True}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.fixture(scope="module")
def site() -> Built:
    return built(PROJECT)


def breaches(page: Page) -> list[str]:
    """What axe finds wrong with a page as it is; a scheme changes colours and nothing else."""
    page.evaluate(THIN)
    page.evaluate(AXE_SCRIPT)
    found = []
    for scheme, rules in ("light", EVERY_RULE), ("dark", COLOURS):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {each}" for each in page.evaluate(AXE, rules)]
    return found


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_page_breaks_a_rule(viewport: dict[str, int], browser: Browser, address: str, site: Built) -> None:
    found = {}
    with visiting(browser, viewport=viewport) as visit:
        for name in site.pages:
            visit.page.goto(address + name)
            if broken := breaches(visit.page):
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
        assert breaches(visit.page) == []


FAULTS = {
    "light: color-contrast": "p => { p.classList.add('new'); p.innerHTML = '<font color=#999>pale</font>' }",
    "dark: color-contrast": "p => { p.innerHTML = '<font color=#444>pale</font>' }",
    "light: link-name": "p => { p.innerHTML = '<a href=\"#x\"></a>' }",
    "light: target-size": "p => { p.innerHTML = '<button>.</button><button>.</button>' }",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_scanner_would_find(fault: str, browser: Browser, address: str) -> None:
    with visiting(browser, bypass_csp=True) as visit:
        visit.page.goto(address)
        visit.page.add_style_tag(content="main p button { padding: 0; border: 0; font-size: 8px }")
        visit.page.locator("main p").last.evaluate(FAULTS[fault])
        assert any(each.startswith(fault) for each in breaches(visit.page))

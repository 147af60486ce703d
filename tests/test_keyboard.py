"""The site by keyboard alone: every stop is seen and marked, in the order of the eye, and nothing traps."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .browser import DESKTOP, PHONE, visiting
from .builds import PROJECT, Built, built

each_width = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])

# Where the focus is: its name and place, and what is wrong with how it shows.
STOP = """element => {
    const boxes = [...element.getClientRects()].filter(({ width, height }) => width > 1 && height > 1)
    const box = element.getBoundingClientRect(), style = getComputedStyle(element)
    const inside = ({ left, top, right, bottom }) =>
        left < innerWidth && top < innerHeight && right > 0 && bottom > 0
    const seen = ({ left, top, width, height }) => [0.1, 0.5, 0.9].some(part => {
        const [from, to] = [Math.max(top, 0), Math.min(top + height, innerHeight)]
        const hit = document.elementFromPoint(left + width * part, (from + to) / 2)
        return hit && (element.contains(hit) || hit.contains(element) && hit !== document.documentElement)
    })
    const wrong = !boxes.length ? "has no size" : !boxes.some(inside) ? "is out of sight"
        : !boxes.some(seen) ? "lies under something"
        : style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2 ? "is not marked" : ""
    const name = (element.ariaLabel || element.textContent).trim().replace(/\\s+/g, " ").slice(0, 60)
    const place = [box.left, box.top, box.right, box.bottom].map(each => Math.round(each))
    return { name: `${element.tagName.toLowerCase()} "${name}"`, wrong,
        place: [place[0] + scrollX, place[1] + scrollY, place[2] + scrollX, place[3] + scrollY],
        over: Boolean(element.closest("dialog, :popover-open")) || style.position === "absolute" }
}"""

# A preview would open for some of them; the tour by keyboard sees those.
EVERY_STOP = f"""() => {{
    const describe = {STOP}
    const quietly = event => event.stopImmediatePropagation()
    for (const name of ["focus", "focusin", "blur"]) addEventListener(name, quietly, {{ capture: true }})
    const found = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
        .filter(each => each.checkVisibility({{ visibilityProperty: true }}))
        .filter(each => each.tabIndex >= 0 && !each.disabled)
    return found.map(element => {{
        element.focus({{ focusVisible: true }})
        if (!element.matches(":focus")) return {{ name: element.outerHTML, wrong: "takes no focus" }}
        return describe(element)
    }}).filter(({{ wrong }}) => wrong).map(({{ name, wrong }}) => `${{name}} ${{wrong}}`)
}}"""


@pytest.fixture(scope="module")
def site() -> Built:
    return built(PROJECT)


def stop(page: Page) -> dict[str, Any] | None:
    """Where the focus is now; None when it has left the page."""
    return page.evaluate(f"""() => {{
        const element = document.activeElement
        return !element || element.matches("html, body") ? null : ({STOP})(element)
    }}""")


def tour(page: Page, most: int = 400) -> list[dict[str, Any]]:
    """Tab from where the focus is until it leaves the page."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        here = stop(page)
        if here is None:
            return stops
        stops.append(here)
    raise AssertionError(f"after {most} stops the focus is still on the page: {stops[-3:]}")


def backwards(stops: list[dict[str, Any]]) -> list[str]:
    """The stops that stand above the one before, in the same column or to its left."""
    found = []
    for before, here in pairwise(each for each in stops if not each["over"]):
        (left, _, _, bottom), (_, top, right, _) = here["place"], before["place"]
        if bottom <= top and left < right:
            found.append(f"{before['name']} → {here['name']}")
    return found


@each_width
def test_wherever_the_focus_can_be_it_is_seen_and_marked(
    viewport: dict[str, int], browser: Browser, address: str, site: Built
) -> None:
    found = {}
    with visiting(browser, viewport=viewport) as visit:
        for name in site.pages:
            visit.page.goto(address + name)
            if wrong := visit.page.evaluate(EVERY_STOP):
                found[name] = wrong
    assert found == {}


@each_width
@pytest.mark.parametrize("path", ["", "limits/", "404.html"])
def test_the_keys_lead_from_the_skip_link_through_the_page_in_the_order_of_the_eye_and_out_again(
    path: str, viewport: dict[str, int], browser: Browser, address: str
) -> None:
    with visiting(browser, viewport=viewport) as visit:
        page = visit.page
        page.goto(address + path)
        stops = tour(page)
        assert [f"{each['name']} {each['wrong']}" for each in stops if each["wrong"]] == []
        assert backwards(stops) == []
        assert stops[0]["name"].startswith('a "Skip')
        page.keyboard.press("Shift+Tab")
        assert stop(page), "the way back is shut"
        page.goto(address + path)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null"), "the skip link leads nowhere"


def test_the_keys_lead_through_search_and_back(browser: Browser, address: str) -> None:
    with visiting(browser) as visit:
        page = visit.page
        page.goto(address)
        opener = page.get_by_role("button", name="Search")
        opener.focus()
        page.keyboard.press("Enter")
        page.get_by_role("dialog").wait_for()
        page.keyboard.type("a")
        page.locator("dialog a").first.wait_for()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        here = stop(page)
        assert here
        assert here["name"].startswith("a ")
        assert not here["wrong"]
        page.keyboard.press("Escape")
        assert page.get_by_role("dialog").count() == 0
        assert opener.evaluate("each => each === document.activeElement")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+A")
        page.keyboard.type("arms")
        page.locator("dialog a").first.wait_for()
        target = str(page.locator("dialog a").first.get_attribute("href"))
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{target.rpartition('..')[2]}")


def test_the_keys_open_the_menu_of_a_phone_walk_it_and_close_it(browser: Browser, address: str) -> None:
    with visiting(browser, viewport=PHONE) as visit:
        page = visit.page
        page.goto(address)
        opener = page.get_by_role("button", name="Menu")
        links = page.get_by_role("navigation", name="Pages").get_by_role("link")
        assert links.count() == 0
        opener.focus()
        for way in ("Enter", "Space"):
            page.keyboard.press(way)
            assert opener.get_attribute("aria-expanded") == "true"
            assert links.count() > 5
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('nav') !== null")
            page.keyboard.press("Escape")
            assert opener.get_attribute("aria-expanded") == "false"
            assert links.count() == 0
            assert opener.evaluate("each => each === document.activeElement"), "the focus is lost with the menu"
        page.keyboard.press("Enter")
        names = links.all_inner_texts()
        walked = []
        for _ in range(len(names) + 1):
            page.keyboard.press("Tab")
            here = stop(page)
            assert here
            assert not here["wrong"], here
            walked.append(re.sub(r'^\\w+ "|"$', "", here["name"]))
        assert [name for name in names if not any(name in each for each in walked)] == []
        links.last.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url != address)


@pytest.mark.parametrize("path", ["", "timeline/", "voices/"])
def test_no_single_key_does_anything(path: str, browser: Browser, address: str) -> None:
    with visiting(browser) as visit:
        page = visit.page
        page.goto(address + path)
        for key in "abcdefghijklmnopqrstuvwxyz0123456789/?.,;[]-=":
            page.keyboard.press(key)
        assert page.url == address + path
        assert page.get_by_role("dialog").count() == 0
        assert stop(page) is None
        assert page.evaluate("scrollY") == 0

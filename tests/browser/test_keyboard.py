"""The site by keyboard alone: every stop is seen and marked, in the order of the eye, and nothing traps."""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ..support.browser import DESKTOP, PHONE, visiting

each_width = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])

# What is wrong with how an element shows, and with how it shows that it has the focus; its name and place.
TELL = """
    const unseen = element => {
        const boxes = [...element.getClientRects()].filter(({ width, height }) => width > 1 && height > 1)
        const inside = ({ left, top, right, bottom }) =>
            left < innerWidth && top < innerHeight && right > 0 && bottom > 0
        const seen = ({ left, top, width, height }) => [0.1, 0.5, 0.9].some(part => {
            const [from, to] = [Math.max(top, 0), Math.min(top + height, innerHeight)]
            const hit = document.elementFromPoint(left + width * part, (from + to) / 2)
            return hit && (element.contains(hit) || hit.contains(element) && hit !== document.documentElement)
        })
        return !boxes.length ? "has no size" : !boxes.some(inside) ? "is out of sight"
            : !boxes.some(seen) ? "lies under something" : ""
    }
    const unmarked = element => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element)
        return outlineStyle === "none" || parseFloat(outlineWidth) < 2 ? "is not marked" : ""
    }
    const named = element => {
        const words = (element.ariaLabel || element.textContent).trim().replace(/\\s+/g, " ").slice(0, 60)
        return `${element.tagName.toLowerCase()} "${words}"`
    }
    const placed = element => {
        const { left, top, right, bottom } = element.getBoundingClientRect()
        // who says a quotation stands beside its words, and is read after them
        const beside = element.closest("dialog, :popover-open, .xp-quote__who")
        return {
            place: [left + scrollX, top + scrollY, right + scrollX, bottom + scrollY].map(Math.round),
            beside: Boolean(beside) || getComputedStyle(element).position === "absolute",
            inside: element.closest(".xp-prose") !== null,
        }
    }
"""

# Where the focus is now, and whether it has been there before; null when it has left the page. There is one
# preview, to which the focus comes after each link where it scrolls.
STOP = f"""() => {{ {TELL}
    const element = document.activeElement, been = window.been ??= new WeakSet()
    if (!element || element.matches("html, body")) return null
    const again = been.has(element) && element.id !== "xp--preview"
    been.add(element)
    return {{ name: named(element), wrong: unseen(element) || unmarked(element), again, ...placed(element) }}
}}"""

# Wherever the focus can be. To give it and look at once is slow; so all are marked first, then looked at, and only
# what is not seen then is given the focus and looked at again. A preview would open for some of them; the tour by
# keyboard sees those.
EVERY_STOP = f"""() => {{ {TELL}
    const quietly = event => event.stopImmediatePropagation()
    for (const name of ["focus", "focusin", "blur"]) addEventListener(name, quietly, {{ capture: true }})
    const focus = (element, preventScroll) => {{
        element.focus({{ focusVisible: true, preventScroll }})
        return element.matches(":focus") ? "" : "takes no focus"
    }}
    const found = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter(each => each.checkVisibility({{ visibilityProperty: true }}))
        .filter(each => each.tabIndex >= 0 && !each.disabled)
    // The contents at the side come after the text, where a style says so
    const flows = getComputedStyle(document.querySelector("main")).readingFlow !== "normal"
    const late = each => flows && each.closest(".xp-contents")
    const inside = found.filter(each => each.closest("main"))
    const inTurn = [...inside.filter(each => !late(each)), ...inside.filter(late)]
    found.splice(found.indexOf(inside[0]), inside.length, ...inTurn)
    const faults = found.map(each => each.tabIndex ? "is out of turn" : focus(each, true) || unmarked(each))
    document.activeElement.blur()
    return found.map((element, at) => {{
        element.scrollIntoView({{ block: "nearest" }})
        const wrong = faults[at] || unseen(element) && (focus(element, false), unseen(element))
        return {{ name: named(element), wrong, ...placed(element) }}
    }})
}}"""


def stop(page: Page) -> dict[str, Any] | None:
    return page.evaluate(STOP)


def tour(page: Page) -> list[dict[str, Any]]:
    """Tab from where the focus is until it leaves the page."""
    stops = []
    while True:
        page.keyboard.press("Tab")
        here = stop(page)
        if here is None:
            return stops
        assert not here["again"], f"the focus goes in a circle, and comes to {here['name']} once more"
        assert len(stops) < 2000, f"the focus does not leave the page: {stops[-3:]}"
        stops.append(here)


def faults(stops: list[dict[str, Any]]) -> list[str]:
    return [f"{each['name']} {each['wrong']}" for each in stops if each["wrong"]] + backwards(stops)


def backwards(stops: list[dict[str, Any]]) -> list[str]:
    """The stops that stand above the one before, in the same column or to its left."""
    found = []
    for before, here in pairwise(each for each in stops if not each["beside"]):
        (left, _, _, bottom), (_, top, right, _) = here["place"], before["place"]
        if bottom <= top and left < right:
            found.append(f"{before['name']} → {here['name']}")
    return found


@each_width
@pytest.mark.parametrize("path", ["", "limits/", "404.html"])
def test_the_keys_lead_from_the_skip_link_through_the_page_in_the_order_of_the_eye_and_out_again(
    path: str, viewport: dict[str, int], browser: Browser, address: str
) -> None:
    with visiting(browser, viewport=viewport) as visit:
        page = visit.page
        page.goto(address + path)
        stops = tour(page)
        assert faults(stops) == []
        assert stops[0]["name"].startswith('a "Skip')
        assert any(each["inside"] for each in stops), "the text is passed over"
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
        assert page.evaluate("document.activeElement.textContent") == "Narrow the search"
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
        expect(page.locator("dialog a").first).to_have_text("Arms")
        target = page.locator("dialog a").first.evaluate("each => each.href")
        page.keyboard.press("Enter")
        page.wait_for_url(target)


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
            expect(opener).to_have_attribute("aria-expanded", "true")
            assert links.count() > 5
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('nav') !== null")
            page.keyboard.press("Escape")
            expect(opener).to_have_attribute("aria-expanded", "false")
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

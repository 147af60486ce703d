"""What a reader asked of the machine: no movement, colours of their own, no scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from .browser import PHONE, visiting
from .builds import PROJECT, Built, built

# Whatever would move for longer than an eye can see
MOVES = """() => {
    const found = document.getAnimations().filter(each => each.effect.getComputedTiming().activeDuration > 10)
        .map(each => `${each.effect.target.outerHTML.slice(0, 80)} is moving`)
    if (getComputedStyle(document.documentElement).scrollBehavior !== "auto") found.push("html scrolls smoothly")
    for (const element of document.querySelectorAll("*")) for (const part of ["", "::before", "::after", "::backdrop"]) {
        const { transitionDuration, animationDuration, animationName } = getComputedStyle(element, part || null)
        const longest = times => Math.max(...times.split(",").map(each => parseFloat(each)))
        if (longest(transitionDuration) > 0.01 || animationName !== "none" && longest(animationDuration) > 0.01)
            found.push(`${element.outerHTML.slice(0, 80)}${part} would move`)
    }
    return [...new Set(found)].slice(0, 8)
}"""

# Boxes without words that stand out by their ground alone; colours of the reader's own take the ground away.
GROUNDS = """() => {
    const probe = document.createElement("div")
    probe.textContent = ""
    document.body.append(probe)
    const ground = (element, part) => {
        for (let each = element, first = part; each; each = first ? each : each.parentElement, first = "") {
            const { backgroundColor } = getComputedStyle(each, first || null)
            if (!/, 0\\)$|transparent/.test(backgroundColor)) return backgroundColor
        }
        return "none"
    }
    const found = []
    for (const element of document.querySelectorAll("body *")) for (const part of ["", "::before", "::after"]) {
        const style = getComputedStyle(element, part || null)
        if (part && !/^["']/.test(style.content) || part && /[^\\s"']/.test(style.content)) continue
        if (!element.checkVisibility() || element instanceof SVGElement && element.tagName !== "svg") continue
        const [width, height] = [parseFloat(style.width), parseFloat(style.height)]
        if (!(width >= 3 && height >= 1) || !part && (element.innerText ?? "").trim() || element.matches("dialog *, input")) continue
        const outer = part ? ground(element, "") : ground(element.parentElement ?? element, "")
        const drawn = style.backgroundImage !== "none" || style.boxShadow !== "none" && style.boxShadow
            || !/, 0\\)$|transparent/.test(style.backgroundColor) && style.backgroundColor !== outer
        const edged = ["Top", "Right", "Bottom", "Left"].some(side => parseFloat(style[`border${side}Width`]) > 0
            && style[`border${side}Style`] !== "none" && style[`border${side}Color`] !== outer)
            || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
        const name = `${element.tagName.toLowerCase()}.${element.getAttribute("class")}${part}`
        if (drawn || edged) found.push(name)
    }
    probe.remove()
    return [...new Set(found)]
}"""

# Shapes whose paint is the colour of the ground
PAINTS = """() => {
    const canvas = getComputedStyle(document.documentElement).backgroundColor
    const kinds = "path, rect, circle, ellipse, line, polyline, polygon, text"
    return [...new Set([...document.querySelectorAll(kinds)].filter(each => {
        const { fill, stroke, strokeWidth } = getComputedStyle(each)
        const blank = paint => paint === "none" || paint === canvas
        return each.checkVisibility() && !/gap|ground/.test(each.getAttribute("class"))
            && blank(fill) && (blank(stroke) || !parseFloat(strokeWidth))
    }).map(each => each.outerHTML.slice(0, 100)))]
}"""


@pytest.fixture(scope="module")
def site() -> Built:
    return built(PROJECT)


def test_nothing_moves_for_a_reader_who_asked_for_rest(browser: Browser, address: str, site: Built) -> None:
    found = {}
    with visiting(browser, viewport=PHONE, reduced_motion="reduce") as visit:
        for name in site.pages:
            visit.page.goto(address + name)
            visit.page.get_by_role("button", name="Menu").click()
            if moving := visit.page.evaluate(MOVES):
                found[name] = moving
    assert found == {}


def test_nothing_essential_vanishes_in_a_reader_s_own_colours(browser: Browser, address: str, site: Built) -> None:
    found = {}
    with visiting(browser) as visit:
        for name in site.pages:
            visit.page.emulate_media(forced_colors="none")
            visit.page.goto(address + name)
            drawn = visit.page.evaluate(GROUNDS)
            visit.page.emulate_media(forced_colors="active")
            left = visit.page.evaluate(GROUNDS)
            lost = sorted({*(set(drawn) - set(left)), *visit.page.evaluate(PAINTS)})
            if lost:
                found[name] = lost
    assert found == {}


def test_buttons_and_the_focus_are_seen_in_a_reader_s_own_colours(browser: Browser, address: str) -> None:
    with visiting(browser, viewport=PHONE, forced_colors="active") as visit:
        visit.page.goto(address)
        canvas = visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Tab")
        outline = visit.page.evaluate("getComputedStyle(document.activeElement).outlineColor")
        assert outline != canvas
        for button in visit.page.get_by_role("button").all():
            assert button.evaluate("each => getComputedStyle(each).color") != canvas


# Words of the page that a reader without scripts cannot get at, and buttons that do nothing for them.
BARRED = """() => {
    const found = []
    const shut = element => element.closest("details:not([open])")?.querySelector(":scope > summary:not(:empty)")
    for (const element of document.querySelectorAll("body *:not(script)")) {
        const own = [...element.childNodes].some(each => each.nodeType === 3 && each.data.trim())
        if (!own || element.checkVisibility({ visibilityProperty: true }) || shut(element)) continue
        if (element.closest("dialog, button, [popover], title, desc, template, nav, [aria-hidden=true], .headerlink")) continue
        found.push(`hidden: ${element.outerHTML.slice(0, 100)}`)
    }
    for (const button of document.querySelectorAll("button, input, select, [role=button], [role=tab], [role=slider]"))
        if (button.checkVisibility() && !button.popoverTargetElement) found.push(`does nothing: ${button.outerHTML.slice(0, 100)}`)
    return found.slice(0, 10)
}"""


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desktop", "phone"])
def test_without_scripts_every_page_is_complete_and_no_button_is_dead(
    viewport: dict[str, int] | None, browser: Browser, address: str, site: Built
) -> None:
    found = {}
    options = {"viewport": viewport} if viewport else {}
    with visiting(browser, java_script_enabled=False, **options) as visit:
        for name in site.pages:
            visit.page.goto(address + name)
            if barred := visit.page.evaluate(BARRED):
                found[name] = barred
        visit.assert_quiet(address)
    assert found == {}


def reached(page: Page, address: str) -> set[str]:
    """The pages that the links in sight lead to."""
    links = page.locator("a[href]:visible").evaluate_all("all => all.map(each => each.href)")
    return {re.sub(r"#.*", "", each).removeprefix(address) for each in links if each.startswith(address)}


def test_without_scripts_every_page_of_the_menu_is_one_step_from_a_phone(
    browser: Browser, address: str, site: Built
) -> None:
    with visiting(browser, viewport=PHONE, java_script_enabled=False) as visit:
        visit.page.goto(address)
        before = reached(visit.page, address)
        visit.page.get_by_role("button", name="Menu").click()
        pages = {name.removesuffix("index.html") for name in site.content} - {"authors/"}
        assert pages - reached(visit.page, address) - before == set()
        visit.page.get_by_role("button", name="Close").click()
        assert visit.page.locator(":popover-open").count() == 0

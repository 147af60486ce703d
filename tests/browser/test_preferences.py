"""What a reader asked of the machine: no movement, colours of their own, no scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page

from ..support.browser import PHONE, visiting
from ..support.builds import PROJECT, Built, built

# Whatever would move for longer than an eye can see
MOVES = """() => {
    const found = document.getAnimations().filter(each => each.effect.getComputedTiming().activeDuration > 10)
        .map(each => `${each.effect.target.outerHTML.slice(0, 80)} is moving`)
    if (getComputedStyle(document.documentElement).scrollBehavior !== "auto") found.push("html scrolls smoothly")
    const longest = times => Math.max(...times.split(",").map(each => parseFloat(each)))
    const parts = ["", "::before", "::after", "::backdrop"]
    for (const element of document.querySelectorAll("*")) for (const part of parts) {
        const { transitionDuration, animationDuration, animationName } = getComputedStyle(element, part || null)
        if (longest(transitionDuration) > 0.01 || animationName !== "none" && longest(animationDuration) > 0.01)
            found.push(`${element.outerHTML.slice(0, 80)}${part} would move`)
    }
    return [...new Set(found)].slice(0, 8)
}"""

# Boxes without words that stand out by their ground or an edge; a reader's own colours take the ground away.
BOXES = """() => {
    const none = colour => /^rgba.*, 0\\)$|\\/ 0\\)$|transparent/.test(colour)
    const ground = element => {
        const { backgroundColor } = getComputedStyle(element)
        return none(backgroundColor) && element.parentElement ? ground(element.parentElement) : backgroundColor
    }
    const sides = ["Top", "Right", "Bottom", "Left"]
    const found = new Set()
    for (const element of document.querySelectorAll("body *:not(dialog *, input, svg *)")) {
        if (!element.checkVisibility()) continue
        for (const part of ["", "::before", "::after"]) {
            const style = getComputedStyle(element, part || null)
            if (part ? style.content !== '""' : (element.innerText ?? "").trim()) continue
            if (!(parseFloat(style.width) >= 3 && parseFloat(style.height) >= 1)) continue
            const outer = ground(part ? element : element.parentElement)
            const filled = style.backgroundImage !== "none" || style.boxShadow !== "none"
                || !none(style.backgroundColor) && style.backgroundColor !== outer
            const edged = style.outlineStyle !== "none" || sides.some(side =>
                parseFloat(style[`border${side}Width`])
                && style[`border${side}Style`] !== "none" && style[`border${side}Color`] !== outer)
            if (filled || edged) found.add(`${element.tagName}.${element.getAttribute("class")}${part}`)
        }
    }
    return [...found]
}"""

# Shapes without any paint but that of the ground. What is drawn elsewhere by reference takes its paint there; what
# cuts a gap is meant to be of the ground.
SHAPES = """() => {
    const canvas = getComputedStyle(document.documentElement).backgroundColor
    const found = [...document.querySelectorAll("path, rect, circle, ellipse, line, polyline, polygon, text")]
        .filter(each => each.checkVisibility() && !each.closest("defs, symbol, pattern, marker, mask, clipPath"))
        .filter(each => !/gap|paper/.test(each.getAttribute("class")))
        .filter(each => !parseFloat(getComputedStyle(each.ownerSVGElement).borderTopWidth))
        .filter(each => {
            const { fill, stroke, strokeWidth } = getComputedStyle(each)
            const blank = paint => paint === "none" || paint === canvas
            return blank(fill) && (blank(stroke) || !parseFloat(strokeWidth))
        })
    return [...new Set(found.map(each => each.outerHTML.slice(0, 100)))]
}"""


# The words in sight, each with the class of what holds them; but those of controls, and those that tell how to use
# a control, which is not there without scripts
WORDS = """() => {
    const told = [...document.querySelectorAll("body :is(button, input, [role=slider])[aria-describedby]")]
        .map(each => `#${each.getAttribute("aria-describedby")}`)
    const control = ["button", "form", "label", ...told].join()
    return [...document.querySelectorAll("body *:not(script, option)")]
        .filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
        .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.closest(control))
        .map(each => `${each.getAttribute("class")}: ${each.textContent.trim().replace(/\\s+/g, " ")}`)
}"""

IDLE = """() => [...document.querySelectorAll("button, input, select, [role=button], [role=tab], [role=slider]")]
    .filter(each => each.checkVisibility() && !each.popoverTargetElement)
    .map(each => each.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def site() -> Built:
    return built(PROJECT)


def vanishing(page: Page) -> list[str]:
    """What is drawn in our colours, and not in a reader's own."""
    drawn = page.evaluate(BOXES)
    page.emulate_media(forced_colors="active")
    lost = {*drawn} - {*page.evaluate(BOXES)} | {*page.evaluate(SHAPES)}
    page.emulate_media(forced_colors="none")
    return sorted(lost)


def moving(page: Page) -> list[str]:
    """What moves or would, with the menu of a phone open."""
    page.get_by_role("button", name="Menu").click()
    found = page.evaluate(MOVES)
    page.evaluate("document.querySelector(':popover-open').hidePopover()")
    return found


def lost_without_scripts(page: Page, plain: Page, *, words: bool) -> list[str]:
    """What a page has in sight and lacks without scripts, where `words` are compared; idle buttons there."""
    missing = {*page.evaluate(WORDS)} - {*plain.evaluate(WORDS)} if words else set()
    return sorted(missing) + plain.evaluate(IDLE)


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


def test_a_heading_is_underlined_in_no_colours_for_it_leads_nowhere_else(browser: Browser, address: str) -> None:
    for colours in ("none", "active"):
        with visiting(browser, forced_colors=colours) as visit:
            visit.page.goto(address)
            headings = visit.page.locator(".toclink")
            lines = headings.evaluate_all("all => all.map(each => getComputedStyle(each).textDecorationLine)")
            assert lines == ["none"] * headings.count() != []

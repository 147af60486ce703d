"""No page, in no state of it, breaks a rule of accessibility that axe knows, wide or narrow, light or dark."""

from collections import Counter
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from ..support.browser import DESKTOP, PHONE, visiting

# A page may show two hundred records that are built alike, and pages show the same kinds of parts; axe takes
# minutes to say the same of each. Of parts with the same nesting, classes, roles and attributes (but empty ones),
# in the same place, two stay in all the pages of a visit. What others need for their name stays whole, what they
# need for their order is thinned inside, and what has the focus stays.
THIN = """seen => {
    const { ids, times } = JSON.parse(seen)
    let size = Object.keys(ids).length
    const id = text => ids[text] ??= size++
    const told = /^(class|role|type|dir|lang|aria-(current|expanded|hidden))$/
    const mark = element => element.tagName + [...element.attributes].map(({ name, value }) =>
        ` ${name}${told.test(name) ? `=${value}` : value.trim() ? "" : "="}`).sort().join("")
    const shapes = new Map()
    const draw = element => mark(element) + "(" + [...element.childNodes].map(node =>
        node.nodeType === 1 ? shape(node) : node.nodeType === 3 && node.data.trim() ? "text" : "").join() + ")"
    const shape = element => shapes.get(element) ?? shapes.set(element, id(draw(element))).get(element)
    const NAMES = "h1, h2, h3, h4, h5, h6, th, caption, legend, label, a, button, summary, option"
    const FRAMES = "header, main, nav, footer, aside, dialog, form, fieldset, table, thead, tbody, figcaption, "
        + "input, select"
    const thin = (element, path) => {
        if (element.matches(NAMES)) return
        for (const child of [...element.children]) {
            const kind = `${path}>${shape(child)}`, before = times[kind] ?? 0
            const needed = child.matches(`${NAMES}, ${FRAMES}`) && !child.matches("a")
            if (before > 1 && !needed && !child.contains(document.activeElement)) child.remove()
            else thin(child, id(`${path}/${mark(child)}`))
            times[kind] = before + 1
        }
    }
    thin(document.body, "")
    return JSON.stringify({ ids, times })
}"""
NOTHING = '{"ids": {}, "times": {}}'

AXE = """async rules => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"], ...rules })
    return violations.flatMap(({ id, nodes }) => nodes
        .map(({ target, failureSummary }) => [id, target.join(" "), failureSummary].join(": ")))
}"""

# Axe takes long to look at neighbours. What is large enough needs no look, nor does what keeps its distance,
# with a pixel to spare: no other target touches a circle 24 pixels wide around its middle, and no small one's
# circle does. The number of a reference is part of a sentence, whose line gives it its height, and has room of
# its own around it, which axe does not see.
SIZES = """async () => {
    const targets = "a, button, input, select, textarea, summary, label, [tabindex], [role]"
    const boxes = [...document.querySelectorAll(targets)].filter(each => each.checkVisibility())
        .map(each => [each, each.getBoundingClientRect()]).filter(([, { width, height }]) => width && height)
        .map(([each, { left, top, right, bottom, width, height }]) => ({
            each, left, top, right, bottom, x: left + width / 2, y: top + height / 2,
            small: Math.min(width, height) < 24, focusable: each.tabIndex >= 0
        }))
    const close = (one, other) => other.small
        ? Math.hypot(other.x - one.x, other.y - one.y) < 26
        : Math.hypot(Math.max(other.left - one.x, one.x - other.right, 0),
            Math.max(other.top - one.y, one.y - other.bottom, 0)) < 14
    const stops = boxes.filter(({ focusable }) => focusable)
    const include = boxes.filter(one => one.small && !one.each.matches(".xp-cite__link")
        && stops.some(other => other !== one && close(one, other))).map(({ each }) => each)
    if (!include.length) return []
    const { violations } = await axe.run({ include }, { runOnly: ["target-size"], resultTypes: ["violations"] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}"""

# Sizes depend on what stands near, so they are measured on the whole page. A scheme changes colours, nothing else.
SCHEMES = {
    "light": {"rules": {"target-size": {"enabled": False}}},
    "dark": {"runOnly": ["color-contrast", "link-in-text-block"]},
}


def with_axe(page: Page, look: str, arg: object = None) -> list[str]:
    """What a look by axe finds. Its script is large, and stays until a page is loaded again."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(look, arg)


def too_small(page: Page) -> list[str]:
    """What axe finds too small to be hit, and too close to another, on a whole page in its window."""
    return with_axe(page, SIZES)


def breaches(page: Page) -> list[str]:
    """What else axe finds wrong with a page in its window; it is left in the light scheme."""
    found = []
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {each}" for each in with_axe(page, AXE, rules)]
    page.emulate_media(color_scheme="light")
    return found


def seen_closed(page: Page) -> str:
    """What axe has seen of a page as it is loaded, in the test of every page; the page is loaded again."""
    page.evaluate("document.querySelectorAll('dialog, details, [popover]').forEach(each => each.remove())")
    seen = page.evaluate(THIN, NOTHING)
    page.reload()
    return seen


def breaches_opened(page: Page, seen: str) -> list[str]:
    """What axe finds wrong with a page where something is open, apart from what was seen before."""
    found = [f"sizes: {each}" for each in too_small(page)]
    page.evaluate(THIN, seen)
    return found + breaches(page)


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
        seen = seen_closed(visit.page)
        opened(visit.page)
        assert breaches_opened(visit.page, seen) == []


# By the tags, and as the browser tells them to a screen reader. A style that makes blocks of a table may lose it.
CELLS = {"table": "table", "tr": "row", "th": "columnheader", "td": "cell"}


def told_of_tables(page: Page) -> dict[str, int]:
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(node["role"]["value"] for node in nodes if not node["ignored"])
    return {role: roles[role] + (roles["rowheader"] if role == "columnheader" else 0) for role in CELLS.values()}


@pytest.mark.parametrize("path", ["numbers/", "voices/"])
def test_a_table_is_told_as_one_at_every_width(path: str, browser: Browser, address: str) -> None:
    with visiting(browser) as visit:
        visit.page.goto(address + path)
        all_details(visit.page)
        for width in (320, 1280):
            visit.page.set_viewport_size({"width": width, "height": 800})
            shown = {role: visit.page.locator(f"{tag}:visible").count() for tag, role in CELLS.items()}
            assert told_of_tables(visit.page) == shown
        visit.page.locator("main table").first.evaluate("table => table.role = 'group'")
        assert told_of_tables(visit.page) != shown


FAULTS = {
    "light: color-contrast": "p => { p.classList.add('new'); p.innerHTML = '<font color=#999>pale</font>' }",
    "dark: color-contrast": "p => { p.innerHTML = '<font color=#444>pale</font>' }",
    "light: link-name": "p => { p.innerHTML = '<a href=\"#x\"></a>' }",
    "sizes: target-size": "p => { p.innerHTML = '<button>.</button><button>.</button>' }",
}


@pytest.fixture(scope="module")
def found(browser: Browser, address: str) -> list[str]:
    """What the scanner finds on a page that has each of these faults in a paragraph of its own."""
    with visiting(browser, bypass_csp=True) as visit:
        visit.page.goto(address)
        visit.page.add_style_tag(content="main p button { padding: 0; border: 0; font-size: 8px }")
        for change in FAULTS.values():
            add = f"last => {{ const p = document.createElement('p'); last.before(p); ({change})(p) }}"
            visit.page.locator("main p:visible").last.evaluate(add)
        return breaches_opened(visit.page, NOTHING)


@pytest.mark.parametrize("fault", FAULTS)
def test_the_scanner_would_find(fault: str, found: list[str]) -> None:
    assert any(each.startswith(fault) for each in found), found

"""However small the window or wide the spaces: nothing is cut off, lies over another, or scrolls both ways."""

import pytest
from playwright.sync_api import Browser

from ..support.browser import DESKTOP, PHONE, visiting
from ..support.builds import PROJECT, Built, built

# 1280 by 1024 pixels, enlarged to 400 %
ENLARGED = {"width": 320, "height": 256}

# What the success criterion on text spacing asks a page to bear.
SPACED = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }
"""

# What is wrong with the page as it stands. Only a table or figure may scroll sideways, and only by itself.
FAULTS = """() => {
    const found = [], root = document.documentElement
    const said = element => element.outerHTML.replace(/\\s+/g, " ").slice(0, 90)
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide`)
    const within = test => {  // whether it is true of an element or of one around it
        const known = new Map([[null, false], [root, false]])
        const any = element => known.get(element) ??
            known.set(element, test(getComputedStyle(element)) || any(element.parentElement)).get(element)
        return any
    }
    const scrolls = within(style => /auto|scroll/.test(style.overflowX))
    const clipped = within(style => /inset/.test(style.clipPath))
    const aside = element => element.closest(".xp-skip, [popover]:not(:popover-open), svg *") || clipped(element)
    const MAY = "figure, [role=region], :has(> table), pre, svg, input"
    const texts = []
    for (const element of document.body.querySelectorAll("*")) {
        if (!element.checkVisibility({ visibilityProperty: true }) || aside(element)) continue
        const box = element.getBoundingClientRect(), style = getComputedStyle(element)
        if (box.width <= 1) continue
        const tell = what => found.push(`${what}: ${said(element)}`)
        const wide = element.scrollWidth > element.clientWidth + 2
        const high = element.scrollHeight > element.clientHeight + 2
        const cuts = value => /hidden|clip/.test(value) && element.tagName !== "svg"
        if ((box.right > root.clientWidth + 1 || box.left < -1) && !scrolls(element)) tell("cut off")
        if (cuts(style.overflowX) && wide || cuts(style.overflowY) && high) tell("clips")
        if (/auto|scroll/.test(style.overflowX) && wide && !element.matches(MAY)) tell("scrolls")
        // Chromium gives a cell more than it asks for where nobody else does; WebKit takes it at its word.
        const asked = element.matches("th, td") && element.computedStyleMap().get("width")
        if (asked?.unit === "px" && asked.value < 24 && box.width > asked.value) tell("asks for too little")
        for (const node of element.childNodes) {
            if (node.nodeType !== 3 || !node.data.trim() || scrolls(element)) continue
            const range = document.createRange()
            range.selectNodeContents(node)
            for (const { left, top, right, bottom } of range.getClientRects()) {
                const trim = (bottom - top) / 4  // a line's box is taller than its letters
                if (right - left > 2) texts.push({ left, top: top + trim, right, bottom: bottom - trim, element })
            }
        }
    }
    texts.sort((one, other) => one.top - other.top)
    texts.forEach((one, at) => {
        for (let next = at + 1; next < texts.length && texts[next].top < one.bottom - 2; next++) {
            const other = texts[next]
            const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left)
            const both = one.element !== other.element && wide > 3
            if (both) found.push(`over: ${said(one.element)}, ${said(other.element)}`)
        }
    })
    return found.slice(0, 12)
}"""


@pytest.fixture(scope="module")
def site() -> Built:
    return built(PROJECT)


VIEWPORTS = {"enlarged to 400 %": ENLARGED, "phone": PHONE, "desktop": DESKTOP}


@pytest.mark.long
@pytest.mark.parametrize("half", [0, 1])  # two processes share it
def test_nothing_is_cut_off_or_lies_over_another(half: int, browser: Browser, address: str, site: Built) -> None:
    found = {}
    with visiting(browser, viewport=ENLARGED, bypass_csp=True) as visit:
        for name in [*site.pages][half::2]:
            visit.page.goto(address + name)
            visit.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            for spacing, windows in ("as we set it", VIEWPORTS), ("spaced", reversed(VIEWPORTS)):
                if spacing == "spaced":
                    visit.page.add_style_tag(content=SPACED)
                for window in windows:
                    visit.page.set_viewport_size(VIEWPORTS[window])
                    if faults := visit.page.evaluate(FAULTS):
                        found[name, window, spacing] = faults
    assert found == {}


@pytest.mark.parametrize("button", ["Search", "Menu"])
def test_what_opens_fits_an_enlarged_window(button: str, browser: Browser, address: str) -> None:
    with visiting(browser, viewport=ENLARGED, bypass_csp=True) as visit:
        visit.page.goto(address)
        visit.page.add_style_tag(content=SPACED)
        visit.page.get_by_role("button", name=button).click()
        box = "({ left, right, top } = each.getBoundingClientRect(), left >= 0 && right <= innerWidth && top >= 0)"
        opened = visit.page.locator("dialog[open], :popover-open")
        assert opened.evaluate(f"each => {{ let left, right, top; return {box} }}")
        assert opened.get_by_role("button", name="Close").is_visible()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("h1.style.width = '400px'", "wide"),
        ("h1.style.height = '8px'; h1.style.overflow = 'hidden'", "clips:"),
        ("h1.style.marginBottom = '-90px'", "over:"),
        (
            "h1.innerHTML = '<table><th>A</table>'; h1.querySelector('th').style.width = '1px'",
            "asks for too little:",
        ),
        ("h1.style.whiteSpace = 'nowrap'; h1.style.width = '40px'; h1.style.overflow = 'auto'", "scrolls:"),
    ],
)
def test_the_look_at_a_page_would_find(change: str, said: str, browser: Browser, address: str) -> None:
    with visiting(browser, viewport=ENLARGED, bypass_csp=True) as visit:
        visit.page.goto(address + "method/")
        visit.page.evaluate(f"() => {{ const h1 = document.querySelector('h1'); {change} }}")
        assert any(said in each for each in visit.page.evaluate(FAULTS))

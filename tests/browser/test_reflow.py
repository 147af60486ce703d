"""However small the window or wide the spaces: nothing is cut off, lies over another, or scrolls both ways."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from ..support.browser import DESKTOP, PHONE, visiting

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


# A sheet that a script makes breaks no policy, and goes again.
SPACE = """spaced => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(spaced)
    document.adoptedStyleSheets = [sheet]
}"""


def out_of_place(page: Page) -> Iterator[tuple[str, list[str]]]:
    """What does not fit a page with all unfolded, by spacing and window; it is left so, on a desktop."""
    page.evaluate("window.folded = [...document.querySelectorAll('details:not([open])')]")
    page.evaluate("folded.forEach(each => each.open = true)")
    for spaced, windows in ("", [PHONE, ENLARGED]), (SPACED, [ENLARGED, PHONE, DESKTOP]), ("", [DESKTOP]):
        page.evaluate(SPACE, spaced)
        for window in windows:
            page.set_viewport_size(window)
            yield f"{'spaced' if spaced else 'as we set it'}, {window['width']} px wide", page.evaluate(FAULTS)


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

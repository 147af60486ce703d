"""The preview beside a citation: all of the reference, on hover, focus and tap, and gone when it is not wanted."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import pytest
from playwright.sync_api import Browser, Locator, Page

from macros.records.kinds import Source

from ..support.browser import DESKTOP, PHONE, serving, until
from ..support.builds import PROJECT, Built, built, text_of
from ..support.builds import Page as SitePage
from .test_access import breaches_opened, seen_closed

LONGER_THAN_IT_WAITS = 400

# The page may still be scrolling to the number that has the focus.
IN_SIGHT = """() => {
    const box = document.querySelector(".xp-preview").getBoundingClientRect()
    const { left, top, right, bottom, height } = box
    return height > 100 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
}"""


@pytest.fixture(scope="module")
def site() -> Built:
    return built(PROJECT)


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    """The page that cites most where nothing is folded."""

    def cited(page: SitePage) -> int:
        return sum(all(each.tag != "details" for each in page.above(mark)) for mark in page.of_class("xp-cite"))

    most = max(site.content.values(), key=cited)
    with serving(site.site) as host:
        yield host + most.name


@contextmanager
def reading(browser: Browser, address: str, **options: object) -> Iterator[Page]:
    context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
    context.set_default_timeout(5_000)
    try:
        page = context.new_page()
        page.goto(address, wait_until="load")
        yield page
    finally:
        context.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with reading(browser, address) as opened:
        yield opened


def citation(page: Page, having: str = ".xp-references__voice", number: int = 0, run: str = "") -> Locator:
    """A citation in sight whose first reference has something in particular; `run` is a condition on the link."""
    ids = page.locator(f".xp-references__item:has({having})").evaluate_all("found => found.map(each => each.id)")
    links = [f".xp-cite__link{run}[href='#{id}']:visible" for id in ids]
    in_sight = (each for each in links if page.locator(each).count())
    link = page.locator(next(islice(in_sight, number, None))).first
    link.evaluate("link => link.scrollIntoView({ block: 'center', behavior: 'instant' })")
    return link


def by_keyboard(page: Page, link: Locator) -> None:
    page.keyboard.press("Tab")
    link.focus()


def preview(page: Page) -> Locator:
    return page.locator(".xp-preview:visible")


def is_open(page: Page) -> bool:
    page.wait_for_timeout(LONGER_THAN_IT_WAITS)
    return preview(page).count() == 1


def test_every_reference_is_complete_without_a_script(site: Built) -> None:
    """The words, the place, the way there and the records; who says it, for the quotations; the source once."""
    seen, said = 0, 0
    for each in site.content.values():
        for listed in each.of_class("xp-references"):
            (verified,) = [part for part in listed.iter() if part.get("class") == "xp-references__verified"]
            assert "verified against the text" in text_of(verified)
        for group in each.of_class("xp-references__group"):
            cited = {part.get("class") for part in group.iter()}
            assert "xp-citation" in cited
            assert "xp-address" in cited or "xp-address xp-address--none" in cited
        for item in each.of_class("xp-references__item"):
            parts = {name: element for element in item.iter() for name in element.get("class", "").split()}
            assert {"xp-references__words", "xp-references__place"} <= set(parts)
            records = [link for link in item.iter("a") if "xp-references__record" in link.get("class", "")]
            assert records, f"{each.name}#{item.get('id')} leads to no record"
            quoted = [link for link in records if text_of(link).startswith("Go to the quote")]
            assert not quoted or "xp-references__voice" in parts, f"{each.name}#{item.get('id')}: who says it?"
            assert "xp-address" not in parts or ":~:text=" in parts["xp-address"].get("href", "")
            seen, said = seen + 1, said + bool(quoted)
    assert seen > said > 0


def test_every_link_of_a_reference_to_a_record_leads_to_that_record(site: Built) -> None:
    for each in site.content.values():
        for link in each.of_class("xp-references__record"):
            name, anchor = each.target(link.get("href", ""))
            kind = text_of(link).removeprefix("Go to the ").partition(":")[0]
            assert site.library.records[anchor].kind == kind
            assert anchor in site.pages[name].ids


def test_every_link_to_an_article_says_what_it_was_and_when(site: Built) -> None:
    """Robust Links: the address and the day, for whoever must look in an archive."""
    known = {source.URL: source for source in site.library.of(Source) if source.URL}
    seen = 0
    for each in site.content.values():
        for link in each.having("rel"):
            original = link.get("href", "").partition("#")[0]
            if original in known:
                assert link.get("data-originalurl") == original
                assert link.get("data-versiondate", "") == known[original].version_date
                seen += 1
    assert seen


def test_a_citation_stands_in_no_other_control(site: Built) -> None:
    for each in site.content.values():
        for mark in each.of_class("xp-cite"):
            inside = {above.tag for above in list(each.above(mark))[1:]}
            assert not inside & {"a", "button", "summary", "label", "h1", "h2"}, each.name


def test_the_preview_shows_all_of_the_reference_but_the_way_back(page: Page) -> None:
    for having in (".xp-references__voice", ".xp-address[href]", ":not(:has(.xp-address))"):
        page.mouse.move(5, 5)
        link = citation(page, ".xp-references__words" if having[0] == ":" else having)
        link.hover()
        item = page.locator(str(link.get_attribute("href")))
        words = str(item.locator(".xp-references__words").text_content())
        assert preview(page).locator(".xp-references__words").first.inner_text() == words
        assert "Radio Free Asia" in preview(page).locator(".xp-references__from").first.inner_text()
        assert preview(page).locator(".xp-references__record").count() >= 1
        assert preview(page).locator(".xp-references__back").count() == 0
        assert preview(page).locator("a, button").evaluate_all("all => all.every(each => each.checkVisibility())")
        page.keyboard.press("Escape")


def test_the_preview_of_a_run_holds_every_reference_of_it(page: Page) -> None:
    link = citation(page, ".xp-references__words", run="[data-run]")
    numbers = str(link.get_attribute("data-run")).split()
    link.hover()
    shown = preview(page).locator(".xp-references__words").all_inner_texts()
    listed = [page.locator(f"#xp--ref-{number} .xp-references__words").text_content() for number in numbers]
    assert shown == listed
    assert len(shown) > 1


def test_a_preview_is_as_narrow_as_its_words_and_keeps_off_the_headline(browser: Browser, site: Built) -> None:
    with serving(site.site) as host, reading(browser, host) as page:
        box = (
            "each => (({ left, top, right, bottom }) => [left, top, right, bottom])(each.getBoundingClientRect())"
        )
        for link in page.locator(".xp-prose a[href*='limits/']:visible").all()[:12]:
            link.scroll_into_view_if_needed()
            link.hover()
            page.wait_for_timeout(LONGER_THAN_IT_WAITS)
            if not preview(page).count():
                continue
            left, top, right, bottom = preview(page).evaluate(box)
            x, y, across, down = page.locator("h1").evaluate(box)
            assert bottom - top <= 1.2 * (right - left)
            assert not (left < across and x < right and top < down and y < bottom), link.inner_text()
            page.mouse.move(2, 2)
            page.wait_for_timeout(LONGER_THAN_IT_WAITS)


def test_the_links_of_a_preview_are_no_stops_until_the_arrow_goes_into_it(page: Page) -> None:
    link = citation(page)
    by_keyboard(page, link)
    assert is_open(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.xp-preview a') === null")
    by_keyboard(page, link)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.xp-preview a') !== null")


def test_the_pointer_can_enter_the_preview_and_leaving_it_puts_it_away(page: Page) -> None:
    link = citation(page)
    link.hover()
    preview(page).locator(".xp-references__words").first.hover()
    assert is_open(page)
    page.mouse.move(5, 5)
    assert not is_open(page)


def test_the_preview_stays_while_the_pointer_is_on_the_number(page: Page) -> None:
    citation(page).hover()
    page.wait_for_timeout(1_000)
    assert is_open(page)


def test_the_preview_stays_with_the_focus_when_the_pointer_leaves(page: Page) -> None:
    link = citation(page)
    by_keyboard(page, link)
    link.hover()
    page.mouse.move(5, 5)
    assert is_open(page)


def test_escape_puts_the_preview_away_and_moves_neither_pointer_nor_focus(page: Page) -> None:
    link = citation(page)
    link.hover()
    assert is_open(page)
    page.keyboard.press("Escape")
    assert not is_open(page)
    page.mouse.move(5, 5)
    by_keyboard(page, link)
    assert is_open(page)
    page.keyboard.press("Escape")
    assert not is_open(page)
    assert link.evaluate("link => document.activeElement === link")


def test_the_keyboard_enters_the_preview_and_escape_leads_back_to_the_number(page: Page) -> None:
    link = citation(page)
    by_keyboard(page, link)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.xp-preview a') !== null")
    assert is_open(page)
    page.keyboard.press("Escape")
    assert not is_open(page)
    assert link.evaluate("link => document.activeElement === link")


def test_the_preview_goes_when_the_focus_has_passed_through_it(page: Page) -> None:
    by_keyboard(page, citation(page))
    stops = preview(page).locator("a, button:not([hidden])").count()
    page.keyboard.press("ArrowDown")
    for _ in range(stops - 1):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.xp-preview a') !== null")
    own = preview(page).get_attribute("aria-label")
    page.keyboard.press("Tab")
    page.wait_for_timeout(LONGER_THAN_IT_WAITS)
    assert preview(page).count() == 0 or preview(page).get_attribute("aria-label") != own


def test_there_is_one_preview_and_no_citation_in_it(page: Page) -> None:
    citation(page).hover()
    citation(page, number=1).hover()
    assert page.locator(".xp-preview").count() == 1
    assert preview(page).locator(".xp-cite, [id]").count() == 0


def test_a_tap_opens_the_preview_and_a_second_one_goes_to_the_reference(browser: Browser, address: str) -> None:
    with reading(browser, address, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        link = citation(page)
        link.tap()
        assert is_open(page)
        assert page.url == address
        preview(page).locator(".xp-references__words").first.tap()
        assert is_open(page), "a tap on its words puts it away"
        link.tap()
        page.wait_for_url(f"**{link.get_attribute('href')}")
        assert not is_open(page)


def test_a_tap_elsewhere_puts_the_preview_away(browser: Browser, address: str) -> None:
    with reading(browser, address, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        citation(page).tap()
        assert is_open(page)
        page.touchscreen.tap(2, PHONE["height"] - 100)
        assert not is_open(page)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_preview_is_in_sight_and_breaks_no_rule(
    viewport: dict[str, int], browser: Browser, address: str
) -> None:
    with reading(browser, address, viewport=viewport, reduced_motion="no-preference") as page:
        seen = seen_closed(page)
        link = citation(page, number=5)
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        by_keyboard(page, link)
        until(page, IN_SIGHT)
        assert breaches_opened(page, seen) == []
        until(page, IN_SIGHT)


def test_what_helps_to_find_a_source_without_an_address_is_copied_with_one_click(
    browser: Browser, address: str
) -> None:
    with reading(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        group = page.locator(".xp-references__group:has(.xp-address--none)").first
        group.locator("summary").click()
        words = " ".join(group.locator(".xp-citation").inner_text().split())
        group.locator(".xp-copy").click()
        page.locator(".xp-said", has_text="Copied").wait_for(state="attached")
        assert page.evaluate("navigator.clipboard.readText()") == words


def test_without_scripts_no_button_is_shown_and_the_text_is_there(browser: Browser, address: str) -> None:
    with reading(browser, address, java_script_enabled=False) as page:
        item = page.locator(".xp-references__group:has(.xp-address--none)").first
        item.locator("summary").click()
        assert item.locator(".xp-citation").is_visible()
        assert page.locator(".xp-copy:visible").count() == 0


def test_on_paper_a_reference_is_complete_with_its_address_and_nothing_lies_over_it(page: Page) -> None:
    citation(page).hover()
    assert is_open(page)
    page.emulate_media(media="print")
    assert preview(page).count() == 0
    printed = page.locator(".xp-references a.xp-address").evaluate_all(
        "links => links.map(link => [getComputedStyle(link, '::after').content, link.dataset.originalurl])"
    )
    assert printed
    assert [each for each in printed if not each[1] or each[1] not in each[0]] == []
    for part in ("words", "source", "verified"):
        assert page.locator(f".xp-references .xp-references__{part}").first.is_visible()
    assert page.locator(".xp-references .xp-copy:visible, .xp-references__record:visible").count() == 0

"""The timeline in a browser: a reader walks through the marks, chooses, and sees what followed on words."""

from __future__ import annotations

from itertools import combinations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from macros.records.kinds import Event

from ..support.browser import PHONE, visiting
from ..support.builds import PROJECT, built


def timeline(page: Page, site: str, query: str = "") -> None:
    page.goto(f"{site}timeline/{query}", wait_until="networkidle")


def listed(page: Page) -> list[str]:
    return page.eval_on_selector_all("[data-event]:not([hidden])", "all => all.map(each => each.dataset.event)")


def chosen(page: Page) -> set[str]:
    return set(page.eval_on_selector_all(".xp-stroke--chosen", "all => all.map(each => each.hash.slice(1))"))


UNCOVERED = """each => {
  const { left, top, height } = each.getBoundingClientRect()
  return each.contains(document.elementFromPoint(left + 4, top + height / 2))
}"""


def test_the_picture_is_one_stop_and_the_arrows_walk_through_every_event(
    browser: Browser,
    address: str,
) -> None:
    with visiting(browser) as visit:
        page = visit.page
        timeline(page, address)
        assert page.locator(".xp-axis a:not([tabindex='-1'])").count() == 0
        page.locator(".xp-axis__zoom input:checked").focus()
        page.keyboard.press("Tab")
        slider, events = page.locator(".xp-axis [role=slider]"), listed(page)
        assert slider.evaluate("each => each === document.activeElement")
        assert chosen(page) == {events[0]}
        page.keyboard.press("ArrowRight")
        assert chosen(page) == {events[1]}
        page.keyboard.press("End")
        assert chosen(page) == {events[-1]}
        page.keyboard.press("ArrowRight")
        assert slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax") == str(len(events))
        page.keyboard.press("Home")
        card = page.locator(f"[id='{events[0]}']")
        assert card.locator(".xp-event__title").inner_text() in str(slider.get_attribute("aria-valuetext"))
        assert card.locator(".xp-event__date").inner_text() in page.locator(".xp-axis__told").inner_text()
        page.keyboard.press("Enter")
        assert page.url.endswith(f"#{events[0]}")
        assert card.evaluate("each => each === document.activeElement")
        assert card.locator(".xp-event__title").evaluate(UNCOVERED), (
            "something lies over the event that was opened"
        )
        slider.focus()
        page.keyboard.press("Escape")
        assert chosen(page) == set()
        assert not slider.evaluate("each => each === document.activeElement")
        visit.assert_quiet(address)


def test_what_is_chosen_acts_on_picture_and_list_and_stands_in_the_address(
    browser: Browser,
    address: str,
) -> None:
    with visiting(browser) as visit:
        page = visit.page
        timeline(page, address)
        every = listed(page)
        page.select_option("[name=topic]", index=1)
        page.select_option("[name=source]", index=1)
        kept = listed(page)
        assert 0 < len(kept) < len(every)
        clear = page.eval_on_selector_all(
            ".xp-axis__band--plain .xp-stroke:not(.xp-stroke--out)", "all => all.map(each => each.hash.slice(1))"
        )
        assert set(clear) == set(kept)
        told = page.locator(".xp-facets [role=status]")
        assert str(len(kept)) in told.inner_text()
        assert str(len(every)) in told.inner_text()
        page.locator(".xp-axis__zoom input").nth(1).check()
        shared = page.url
        page.goto("about:blank")
        page.goto(shared, wait_until="networkidle")
        assert listed(page) == kept
        assert page.locator(".xp-axis__era:visible").count() == 1
        hidden = next(each for each in every if each not in kept)
        page.evaluate("id => location.hash = id", hidden)
        page.locator(f"[data-event='{hidden}']:not([hidden])").wait_for()
        page.select_option("[name=topic]", index=1)
        page.locator(".xp-facets__reset").click()
        page.wait_for_url(lambda url: "topic" not in url)
        assert listed(page) == every


def test_words_point_to_the_deeds_that_followed(browser: Browser, address: str) -> None:
    with visiting(browser) as visit:
        timeline(visit.page, address)
        item = visit.page.locator("[data-event]:has([data-follows])").first
        followed = set(item.locator("[data-follows]").evaluate_all("all => all.map(each => each.dataset.follows)"))
        stroke = f".xp-axis__band--plain a[href='#{item.get_attribute('data-event')}']"
        visit.page.locator(stroke).first.hover()
        marked = visit.page.eval_on_selector_all(".xp-stroke--after", "all => all.map(each => each.hash.slice(1))")
        assert set(marked) == followed
        assert visit.page.locator(".xp-axis__after").inner_text().startswith(str(len(followed)))


BOXES = """
  [...document.querySelectorAll(".xp-axis__band--labelled text")].map(each => each.getBoundingClientRect())
  .filter(box => box.width).map(box => [box.left, box.top, box.right, box.bottom])"""


def overlap(one: list[float], other: list[float]) -> bool:
    """Whether two boxes lie on each other; the air above and below letters does not count."""
    return one[0] < other[2] and other[0] < one[2] and one[1] + 3 < other[3] and other[1] + 3 < one[3]


@pytest.mark.parametrize("width", [704, 992])
def test_no_label_lies_on_another(width: int, browser: Browser, address: str) -> None:
    with visiting(browser, viewport={"width": width + 80, "height": 900}) as visit:
        timeline(visit.page, address)
        for era in visit.page.locator(".xp-axis__zoom input").all()[1:]:
            era.check()
            boxes = visit.page.evaluate(BOXES)
            assert boxes
            assert [(one, other) for one, other in combinations(boxes, 2) if overlap(one, other)] == []
            left, right = visit.page.locator(".xp-axis").evaluate(
                "each => [each.getBoundingClientRect().left, each.getBoundingClientRect().right]"
            )
            assert all(left - 1 <= each[0] and each[2] <= right + 1 for each in boxes)


def test_a_finger_tells_first_and_opens_then(browser: Browser, address: str) -> None:
    with visiting(browser, viewport=PHONE, has_touch=True) as visit:
        page = visit.page
        timeline(page, address)
        stroke = page.locator(".xp-axis__band--plain .xp-stroke--dot").last
        stroke.locator(".xp-stroke__hit").tap()
        target = str(stroke.get_attribute("href"))
        assert chosen(page) == {target[1:]}
        assert "#" not in page.url
        stroke.locator(".xp-stroke__hit").tap()
        page.wait_for_url(f"**{target}")


def test_without_scripts_the_list_is_whole_and_nothing_is_offered_that_does_not_work(
    browser: Browser,
    address: str,
) -> None:
    with visiting(browser, java_script_enabled=False) as visit:
        timeline(visit.page, address)
        count = len(built(PROJECT).library.of(Event))
        assert visit.page.locator("[data-event]:visible").count() == count
        assert visit.page.locator(":is(.xp-facets, .xp-axis__zoom, .xp-axis__told):visible").count() == 0


def test_the_picture_in_use_has_no_fault_a_scanner_finds(browser: Browser, address: str) -> None:
    with visiting(browser) as visit:
        timeline(visit.page, address)
        visit.page.locator(".xp-axis [role=slider]").focus()
        visit.page.keyboard.press("End")
        found = Axe().run(visit.page, context=".xp-axis")
        assert found.violations_count == 0, found.generate_report()

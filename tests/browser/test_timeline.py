"""The timeline in a browser: each mark has its label; what is chosen narrows picture, list and counts."""

from itertools import combinations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from macros.records.kinds import Event

from ..support.browser import PHONE, visiting
from ..support.builds import PROJECT, built
from .test_access import NOTHING, THIN


def timeline(page: Page, site: str, query: str = "") -> None:
    page.goto(f"{site}timeline/{query}", wait_until="networkidle")


def listed(page: Page) -> list[str]:
    return page.eval_on_selector_all("[data-event]:not([hidden])", "all => all.map(each => each.dataset.event)")


def test_what_is_chosen_narrows_picture_list_and_counts_and_stands_in_the_address(
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
        marks = page.eval_on_selector_all(
            ".xp-axis__era[open] > .xp-axis__drawing .xp-stroke:not(.xp-stroke--out)",
            "all => all.map(each => each.href.baseVal.slice(1))",
        )
        assert set(marks) == set(kept)
        told = page.locator(".xp-facets [role=status]").inner_text()
        assert told == f"{len(kept)} of {len(every)} events shown"
        counts = page.locator("[name=period] option").evaluate_all(
            "all => all.slice(1).map(each => Number(each.textContent.match(/\\((\\d+)\\)$/)[1]))"
        )
        assert sum(counts) == len(kept)
        era = page.locator("[name=period] option:not(:disabled)").nth(1)
        page.select_option("[name=period]", value=str(era.get_attribute("value")))
        within = listed(page)
        assert 0 < len(within) <= len(kept)
        assert page.locator(".xp-axis__era:visible").count() == 1
        assert page.locator(".xp-axis__count:visible").inner_text().split()[0] == str(len(within))
        shared = page.url
        page.goto("about:blank")
        page.goto(shared, wait_until="networkidle")
        assert listed(page) == within
        hidden = next(each for each in every if each not in within)
        page.evaluate("id => location.hash = id", hidden)
        page.locator(f"[data-event='{hidden}']:not([hidden]) details[open]").first.wait_for()
        page.select_option("[name=topic]", index=1)
        page.locator(".xp-facets__reset").click()
        page.wait_for_url(lambda url: "topic" not in url)
        assert listed(page) == every
        visit.assert_quiet(address)


def test_actors_are_people_and_organisations(browser: Browser, address: str) -> None:
    records = built(PROJECT).library.records
    with visiting(browser) as visit:
        timeline(visit.page, address)
        values = visit.page.eval_on_selector_all("[name=actor] option", "all => all.map(each => each.value)")
        assert {records[each].kind for each in values if each} == {"person", "organisation"}


def test_an_address_of_an_event_opens_it_where_it_is_folded_and_its_title_opens_the_rest(
    browser: Browser, address: str
) -> None:
    with visiting(browser) as visit:
        page = visit.page
        timeline(page, address)
        folded = str(page.locator(".xp-timeline__strand [data-event]").nth(1).get_attribute("data-event"))
        timeline(page, address, f"#{folded}")
        assert page.locator(f"[id='{folded}'] .xp-event__side").is_visible()
        timeline(page, address)
        page.goto("about:blank")
        timeline(page, address)
        event = page.locator("[data-event]").first
        assert not event.locator(".xp-event__side").is_visible()
        event.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert event.locator(".xp-proofs").is_visible()
        assert event.evaluate("each => each.clientWidth > each.parentElement.clientWidth - 9")


BOXES = """[...document.querySelectorAll(".xp-axis .xp-stroke__label")].filter(each => each.checkVisibility())
  .map(each => each.getBoundingClientRect()).map(box => [box.left, box.top, box.right, box.bottom])"""


def overlap(one: list[float], other: list[float]) -> bool:
    """Whether two boxes lie on each other; the air above and below letters does not count."""
    return one[0] < other[2] and other[0] < one[2] and one[1] + 3 < other[3] and other[1] + 3 < one[3]


@pytest.mark.parametrize("width", [704, 992])
@pytest.mark.parametrize("scripts", [True, False], ids=["filtered", "as built"])
def test_every_mark_has_a_label_that_lies_on_no_other(
    scripts: bool, width: int, browser: Browser, address: str
) -> None:
    viewport = {"width": width + 80, "height": 900}
    with visiting(browser, viewport=viewport, java_script_enabled=scripts) as visit:
        page = visit.page
        timeline(page, address, "?source=rfa-2023-limits" if scripts else "")
        marks = page.locator(".xp-axis a.xp-stroke:visible").count()
        boxes = page.evaluate(BOXES)
        assert len(boxes) == marks > 20
        assert [(one, other) for one, other in combinations(boxes, 2) if overlap(one, other)] == []
        left, right = page.locator(".xp-axis").evaluate(
            "each => [each.getBoundingClientRect().left, each.getBoundingClientRect().right]"
        )
        assert all(left - 1 <= each[0] and each[2] <= right + 1 for each in boxes)


def test_on_a_phone_words_stand_left_of_the_line_and_all_else_right(browser: Browser, address: str) -> None:
    with visiting(browser, viewport=PHONE) as visit:
        timeline(visit.page, address)
        assert visit.page.locator(".xp-axis").is_hidden()
        middle = PHONE["width"] / 2
        items = visit.page.locator(".xp-timeline__item:visible")
        sides = items.evaluate_all(
            """all => all.map(each => [each, each.getBoundingClientRect()])
               .map(([{ className }, { left, right }]) => [className, left, right])"""
        )
        assert len(sides) > 50
        for name, left, right in sides:
            assert right < middle if "--words" in name else left > middle


def test_without_scripts_the_list_is_whole_and_nothing_is_offered_that_does_not_work(
    browser: Browser,
    address: str,
) -> None:
    with visiting(browser, java_script_enabled=False) as visit:
        timeline(visit.page, address)
        count = len(built(PROJECT).library.of(Event))
        visit.page.locator(".xp-timeline__strand > summary").click()
        assert visit.page.locator("[data-event]:visible").count() == count
        assert visit.page.locator(".xp-facets:visible").count() == 0


def test_the_picture_in_use_has_no_fault_a_scanner_finds(browser: Browser, address: str) -> None:
    with visiting(browser) as visit:
        timeline(visit.page, address, "?source=rfa-2023-limits")
        visit.page.evaluate(THIN, NOTHING)
        found = Axe().run(visit.page, context=".xp-timeline")
        assert found.violations_count == 0, found.generate_report()

"""Voices in a browser: a quotation opened by its address, and a picture that can be hit."""

import pytest
from playwright.sync_api import Browser

from macros.records.kinds import Limit, Quote

from ..support.browser import DESKTOP, PHONE
from ..support.builds import PROJECT, built


@pytest.mark.parametrize("view", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_a_quotation_opened_by_its_address_is_framed_with_speaker_and_source(
    browser: Browser, address: str, view: dict[str, int]
) -> None:
    quote = max(
        (each for each in built(PROJECT).library.of(Quote) if each.speaker), key=lambda each: len(each.label)
    )
    page = browser.new_page(viewport=view, java_script_enabled=False, reduced_motion="reduce")
    page.goto(f"{address}voices/#{quote.id}")
    framed = page.locator(f"#{quote.id}")
    frame = framed.bounding_box()
    assert frame
    assert 0 <= frame["x"] <= view["width"] - frame["width"]
    for part in ("words", "speaker", "role", "source", "site"):
        box = framed.locator(f".xp-quote__{part}").first.bounding_box()
        assert box, f"{part} is not shown"
        assert frame["x"] <= box["x"] <= frame["x"] + frame["width"] - box["width"]
        assert frame["y"] <= box["y"] <= frame["y"] + frame["height"] - box["height"]
    others = page.locator(".xp-speakers__words .xp-quote:not(:target) .xp-quote__who")
    assert not others.first.is_visible()
    page.close()


def test_the_picture_is_a_table_at_every_width_and_each_mark_can_be_hit(browser: Browser, address: str) -> None:
    for width in (320, 1280):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(f"{address}voices/")
        table = page.get_by_role("table").first
        rows, heads = table.get_by_role("row").count(), table.get_by_role("columnheader").count()
        assert rows > heads == len(built(PROJECT).library.of(Limit)) + 1
        boxes = [each.bounding_box() for each in table.locator(".xp-voices__link").all()]
        assert all(box and box["width"] >= 24 and box["height"] >= 24 for box in boxes)
        assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
        page.close()


def test_the_preview_of_a_mark_lies_over_no_heading_of_its_column(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(f"{address}voices/")
    page.locator(".xp-voices").evaluate("each => each.scrollIntoView({ block: 'center', behavior: 'instant' })")
    page.locator(".xp-voices__link").first.hover()
    preview = page.locator(".xp-preview")
    preview.wait_for()
    heads = page.locator(".xp-voices__limit").first.bounding_box()
    shown = preview.bounding_box()
    assert heads
    assert shown
    assert shown["y"] >= heads["y"] + heads["height"]
    page.close()

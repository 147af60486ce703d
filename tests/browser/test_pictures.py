"""Every component looks as it did when somebody last looked: at three widths, and in the dark."""

import shutil
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from ..support import sheets
from ..support.builds import PROJECT, built


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    drawn_by, here = sheets.VERSION.read_text(encoding="utf-8").strip(), sheets.major(browser)
    if here != drawn_by:
        pytest.skip(
            f"the pictures were drawn by Chromium {drawn_by}, here is {here}; run make pictures and compare"
        )
    shutil.rmtree(sheets.REJECTED, ignore_errors=True)
    page = sheets.opened(browser, built(PROJECT).site)
    yield page
    page.context.close()


@pytest.mark.parametrize("component", sheets.drawn())
def test_a_component_looks_as_its_pictures(component: str, page: Page) -> None:
    found = {}
    for name, new in sheets.draw(component, page):
        if told := sheets.compare(name, new):
            found[name] = told
    assert found == {}, f"look at {sheets.REJECTED}; make pictures accepts what is there now"


def test_every_picture_is_of_a_component() -> None:
    known = {f"{component}-{width}-{scheme}" for component in sheets.drawn() for width, scheme in sheets.VIEWS}
    assert {path.stem for path in sheets.PICTURES.glob("*.png")} == known


CHANGES = {
    "a margin of two pixels more": ".xp-quote__words { margin-top: 2px }",
    "a block one pixel to the right": ".xp-quote__words { position: relative; left: 1px }",
    "another colour of letters": ":root { --xp-ink: #2a2a2a }",
    "a rule that is gone": ".xp-capacity::before { border: 0 !important }",
    "a mark that is gone": ".xp-capacity { visibility: hidden }",
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_would_be_seen(change: str, page: Page) -> None:
    page.goto(f"{sheets.HOST}quote")
    page.set_viewport_size({"width": 1280, "height": 800})
    before = sheets.shot(page)
    page.add_style_tag(content=CHANGES[change])
    assert sheets.difference(before, sheets.shot(page))[0]


def test_pictures_of_two_sizes_are_not_the_same() -> None:
    assert sheets.difference(Image.new("RGB", (2, 2)), Image.new("RGB", (2, 3)))[0] == "2 × 2 before, 2 × 3 now"

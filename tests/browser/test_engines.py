"""What readers do most, in Firefox and in WebKit: reading, citations, previews, search, the timeline, paper.

The other tests of this folder run in Chromium. What is not installed is not checked; `.ci/run` installs both.
"""

import re
from collections.abc import Iterator

import pytest
from pypdfium2 import PdfDocument

from macros.records.kinds import Fact, Limit, Person

from ..support.builds import PROJECT, built
from ..support.webdriver import BROWSERS, Driven, missing_programs
from .test_print import essence

pytestmark = pytest.mark.long

HEADINGS = "[...document.querySelectorAll('h1')].filter(each => each.checkVisibility()).length"
FITS = "document.documentElement.scrollWidth <= innerWidth"
IN_SIGHT = """(({ top, bottom, left, right, height }) =>
    height > 0 && top >= -1 && left >= -1 && right <= innerWidth + 1 && top < innerHeight
)(document.querySelector(arguments[0])?.getBoundingClientRect() ?? {})"""


@pytest.fixture(scope="module", params=BROWSERS)
def browser(request: pytest.FixtureRequest) -> Iterator[Driven]:
    if missing := missing_programs(request.param):
        pytest.skip(f"{request.param} is not checked: no {' and no '.join(missing)}")
    with BROWSERS[request.param][0]() as started:
        yield started


@pytest.fixture
def tab(browser: Driven) -> Driven:
    browser.open("about:blank")
    browser.resize(1280, 900)
    return browser


def limit_page(address: str) -> str:
    return f"{address}limits/{built(PROJECT).library.of(Limit)[0].id}/"


def test_every_page_is_laid_out_within_the_window(tab: Driven, address: str) -> None:
    widths = [1280, 460]
    for name in built(PROJECT).content:
        tab.open(address + name)
        for width in widths:
            tab.resize(width, 900)
            # Firefox makes no window narrower than 500 pixels
            tab.wait("arguments[0] <= innerWidth && innerWidth <= Math.max(arguments[0], 500)", width)
            assert tab.run(HEADINGS) == 1, f"{name} at {width} px"
            assert tab.run(FITS), f"{name} is wider than {width} px"
        assert tab.run("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"'), name
        widths.reverse()  # the next page begins as this one ends, and is laid out twice, not three times


def test_a_citation_leads_to_its_reference_and_back(tab: Driven, address: str) -> None:
    tab.open(limit_page(address))
    link = "article .xp-cite__link"
    target = tab.run("document.querySelector(arguments[0]).getAttribute('href')", link)
    tab.point(link, click=True)
    tab.wait("location.hash === arguments[0]", target)
    tab.wait(IN_SIGHT, target)
    back = f"{target} a[href^='#xp--cite-']"
    home = tab.run("document.querySelector(arguments[0]).getAttribute('href')", back)
    tab.point(back, click=True)
    tab.wait("location.hash === arguments[0]", home)
    tab.wait(IN_SIGHT, home)


def test_a_preview_opens_beside_a_citation_and_goes(tab: Driven, address: str) -> None:
    tab.open(limit_page(address))
    tab.point("article .xp-cite__link")
    tab.wait("document.querySelector('.xp-preview')?.checkVisibility()")
    tab.wait(IN_SIGHT, ".xp-preview")
    words = tab.run("document.querySelector('.xp-preview').textContent.trim()")
    assert len(words) > 20
    tab.press("Escape")
    tab.wait("!document.querySelector('.xp-preview')?.checkVisibility()")


def test_search_finds_a_person_by_name_and_leads_there(tab: Driven, address: str) -> None:
    person = built(PROJECT).library.of(Person)[0]
    tab.open(address)
    tab.point("#xp--search-open", click=True)
    tab.wait("document.activeElement === document.querySelector('#xp--search input')")
    tab.press(person.name)
    first = "document.querySelector('.xp-search__result a')"
    tab.wait(f"{first}?.textContent.trim() === arguments[0]", person.name)
    tab.point(".xp-search__result a", click=True)
    tab.wait("location.hash === arguments[0]", f"#{person.id}")
    tab.wait(IN_SIGHT, f"#{person.id}")


def test_the_timeline_is_narrowed_by_a_topic(tab: Driven, address: str) -> None:
    tab.open(f"{address}timeline/")
    shown = "[...document.querySelectorAll('[data-event]:not([hidden])')].length"
    every = tab.wait(shown)
    choose = """(select => {
        select.selectedIndex = 1
        select.dispatchEvent(new Event("change", { bubbles: true }))
    })(document.querySelector("[name=topic]"))"""
    tab.wait("document.readyState === 'complete'")
    tab.run(choose)
    tab.wait(f"0 < {shown} && {shown} < arguments[0]", every)
    assert "topic=" in tab.wait("location.search")


@pytest.mark.parametrize("browser", ["Firefox"], indirect=True)  # WebKit's driver has no command to print
def test_paper_shows_every_fact(tab: Driven, address: str) -> None:
    tab.open(f"{address}facts/")
    sheets = PdfDocument(tab.print())
    printed = without_ligatures(" ".join(sheet.get_textpage().get_text_bounded() for sheet in sheets))
    facts = built(PROJECT).library.of(Fact)
    assert [each.id for each in facts if without_ligatures(each.text) not in printed] == []


def without_ligatures(text: str) -> str:
    """Firefox draws ligatures without saying which letters they are."""
    return essence(re.sub("ff[il]?|f[il]", "", text))

"""The end of every page: until when it covers, how to cite and keep it, who made it; with scripts and without."""

import pytest
from playwright.sync_api import Browser

from ..support.browser import visiting
from ..support.builds import PROJECT, Built, built, text_of

STYLES = ["APA 7", "Chicago 18", "MLA 9", "BibTeX", "CSL-JSON", "RIS"]


@pytest.fixture(scope="module")
def site() -> Built:
    return built(PROJECT)


def test_every_page_says_what_it_covers_when_it_was_revised_who_made_it_and_how_to_cite_it(site: Built) -> None:
    for page in site.content.values():
        (end,) = page.of_class("xp-colophon")
        said = text_of(end)
        for words in ("Covers what was reported until May 2024", "Last revised on 14 November 2023", "Made by"):
            assert words in said, page.name
        assert [text_of(each) for each in end.iter("dt")] == STYLES, page.name
        assert "corrections" in said.casefold()


def test_a_citation_names_the_page_that_it_stands_on(site: Built) -> None:
    for page in site.content.values():
        title = " ".join(text_of(next(page.root.iter("h1"))).split())
        (end,) = page.of_class("xp-colophon")
        words = title.replace("“", "‘").replace("”", "’").casefold()[:40]
        said = text_of(end).replace("“", "‘").replace("”", "’").casefold()
        assert words in said, page.name


def test_the_address_is_a_link_without_scripts_and_a_button_with_them(browser: Browser, address: str) -> None:
    for scripts in (True, False):
        with visiting(browser, java_script_enabled=scripts) as visit:
            visit.page.goto(f"{address}limits/arms/")
            end = visit.page.locator(".xp-colophon")
            link, button = end.locator(".xp-colophon__address"), end.locator("button[data-copies=address]")
            assert (link.is_visible(), button.is_visible()) == (not scripts, scripts)
            visit.page.locator(".xp-colophon__cite summary").click()
            assert visit.page.locator(".xp-colophon__styles dd").last.is_visible()


def test_print_opens_the_print_dialog(browser: Browser, address: str) -> None:
    with visiting(browser) as visit:
        visit.page.add_init_script("window.print = () => { window.printed = true }")
        visit.page.goto(address)
        visit.page.get_by_role("button", name="Print").click()
        assert visit.page.evaluate("window.printed")

"""An address for everything, in a browser: a reader finds a record, lands on it, and takes its address along."""

from __future__ import annotations

from playwright.sync_api import Browser

from macros.records.kinds import Fact

from ..support.browser import DESKTOP
from ..support.builds import PROJECT, built


def test_search_finds_a_record_in_its_own_words_and_lands_on_it(browser: Browser, address: str) -> None:
    record = max(built(PROJECT).library.of(Fact), key=lambda each: len(each.text))
    page = browser.new_page(viewport=DESKTOP)
    page.goto(address)
    page.click("#xp--search-open")
    page.fill("#xp--search input", record.text)
    link = page.locator(".xp-search__result a").first
    assert link.text_content() == record.text
    link.click()
    page.wait_for_url(f"**#{record.id}")
    assert page.locator(f"#{record.id}:target").is_visible()
    page.close()


def test_a_record_s_address_is_copied_and_is_a_link_without_scripts(browser: Browser, address: str) -> None:
    site = built(PROJECT)
    record = site.library.of(Fact)[0]
    home = address + site.homes[record.id].removesuffix("index.html")
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(home)
    foot = page.locator(f"#{record.id} .xp-foot")
    foot.get_by_role("button", name="Copy link").click()
    foot.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{home}#{record.id}"
    context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home)
    foot = page.locator(f"#{record.id} .xp-foot")
    assert foot.get_by_role("button").count() == 0
    foot.get_by_role("link", name="Link to this record").click()
    assert page.url == f"{home}#{record.id}"
    context.close()

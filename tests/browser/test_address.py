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


INDEX = {
    "kinds": {
        "page": "pages",
        "person": "people",
        "organisation": "organisations",
        "fact": "facts",
        "quote": "quotes",
    },
    "docs": [
        *(
            {"location": f"facts/#{n}", "title": f"Putin said {n}", "text": "Putin, Putin", "kind": "fact"}
            for n in range(8)
        ),
        {"location": "who/#putin", "title": "Vladimir Putin", "text": "President", "kind": "person"},
        {"location": "who/#court", "title": "International Criminal Court", "text": "", "kind": "organisation"},
        {
            "location": "facts/#goods",
            "title": "5,300 goods",
            "text": "Łódź Straße İs\u00adtanbul",
            "kind": "fact",
        },
        {"location": "who/#court-us", "title": "The U.S. court", "text": "Müller, of Ærø", "kind": "quote"},
        {
            "location": "facts/#deal",
            "title": "A pact",
            "text": "Co-operation of Russia–China firms",
            "kind": "quote",
        },
        {"location": "facts/#talk", "title": "A talk", "text": "cooperation at last", "kind": "fact"},
        {"location": "facts/#han", "title": "两国合作没有上限", "text": "", "kind": "quote"},
        {"location": "arms/", "title": "Arms", "text": "R&D <b>", "kind": "page"},
        {"location": "arms/#sides", "title": "Both sides", "text": "of it", "kind": "page"},
    ],
}


def test_search_finds_names_first_and_words_in_any_spelling(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.route("**/search/index.json", lambda route: route.fulfill(json=INDEX))
    page.goto(address)
    page.click("#xp--search-open")
    results = page.locator(".xp-search__results")
    for words, first in {
        "putin": "Vladimir Putin",
        "ICC": "International Criminal Court",
        "5300": "5,300 goods",
        "5,300": "5,300 goods",
        "lodz": "5,300 goods",
        "strasse": "5,300 goods",
        "istanbul": "5,300 goods",
        "US court": "The U.S. court",
        "u.s.": "The U.S. court",
        "mueller": "The U.S. court",
        "muller": "The U.S. court",
        "müller": "The U.S. court",
        "aeroe": "The U.S. court",
        "cooperation russia": "A pact",
        "co-operation last": "A talk",
        "firms-china": "A pact",
        "合作": "两国合作没有上限",
        "r&d": "Arms",
    }.items():
        page.fill("#xp--search input", words)
        results.get_by_role("link", name=first, exact=True).wait_for()
        assert results.get_by_role("link").first.text_content() == first, words
    page.fill("#xp--search input", "sides")
    assert results.locator(".xp-search__page").text_content() == "Arms"
    page.fill("#xp--search input", "lodz")
    assert results.locator("mark").all_text_contents() == ["Łódź"]
    page.fill("#xp--search input", "cooperation")
    assert sorted(results.locator("mark").all_text_contents()) == ["Co-operation", "cooperation"]
    page.fill("#xp--search input", "putin")
    assert results.locator("h2").all_text_contents() == ["People", "Facts"]
    results.get_by_role("button", name="Show all 8 facts").click()
    assert results.get_by_role("link").count() == 9
    assert page.evaluate("document.activeElement.textContent").startswith("Putin said")
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

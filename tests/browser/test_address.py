"""An address for everything, in a browser: a reader lands on a record, and takes its address along."""

from playwright.sync_api import Browser

from macros.records.kinds import Fact

from ..support.builds import PROJECT, built


def test_an_address_opens_its_record_and_from_there_address_and_citation_are_copied(
    browser: Browser, address: str
) -> None:
    site = built(PROJECT)
    record = site.library.of(Fact)[0]
    home = address + site.homes[record.id].removesuffix("index.html")
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(home)
    foot = page.locator(f"#{record.id} .xp-foot")
    assert not foot.is_visible()
    page.goto(f"{home}#{record.id}")
    foot.get_by_role("button", name="Copy link").click()
    foot.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{home}#{record.id}"
    foot.get_by_role("button", name="Cite").click()
    foot.locator(".xp-copied__words").wait_for()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes(' “'))")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“" + record.text.replace("“", "‘").replace("”", "’"))
    assert "“Facts.”" in copied
    assert copied.endswith(f" {home}#{record.id}.")
    page.locator(f"#{record.id} summary").click()
    assert not foot.is_visible()
    context.close()


def test_without_scripts_an_address_opens_its_record_and_stands_under_it(browser: Browser, address: str) -> None:
    site = built(PROJECT)
    record = site.library.of(Fact)[0]
    home = address + site.homes[record.id].removesuffix("index.html")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}#{record.id}")
    foot = page.locator(f"#{record.id} .xp-foot")
    assert foot.get_by_role("button").count() == 0
    foot.get_by_role("link", name="Link to this record").click()
    assert page.url == f"{home}#{record.id}"
    context.close()


def test_an_address_that_names_nothing_stops_no_script(browser: Browser, address: str) -> None:
    for home in ("facts/", "timeline/"):
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))  # noqa: B023 -- of the page of this turn
        page.goto(f"{address}{home}#100%")
        page.wait_for_load_state("networkidle")
        assert errors == [], home
        page.close()

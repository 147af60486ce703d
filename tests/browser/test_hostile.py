"""Nothing that hostile texts hold is run or asked for: on any page, in what search finds, in a preview."""

from playwright.sync_api import Browser

from ..build.test_hostile import build_harmless
from ..support.browser import serving, until, visiting


def test_no_hostile_text_runs_or_asks_for_anything(browser: Browser) -> None:
    site = build_harmless()
    with serving(site.site) as address, visiting(browser) as visit:
        tab, dialogs = visit.page, []
        tab.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        for name in site.content:
            tab.goto(address + name)
            assert tab.evaluate("window.hacked") is None, name
        tab.goto(address + "record/")
        assert "window.hacked" in tab.inner_text("main")
        tab.hover("main a[href*='#']:visible >> nth=0")
        tab.click("#xp--search-open")
        until(tab, "document.activeElement.type === 'search'")  # its script is loaded when it is first used
        tab.keyboard.type("hacked")
        until(tab, "document.querySelectorAll('dialog[open] a').length > 3")
        assert "window.hacked" in tab.inner_text("dialog[open]")
        assert tab.evaluate("window.hacked") is None
        assert dialogs == []
        visit.assert_quiet(address)

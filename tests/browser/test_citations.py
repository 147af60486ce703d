"""The site in a browser: a reader follows a citation there and back, and nobody follows the reader."""

import pytest
from playwright.sync_api import Browser

from ..support.browser import PHONE, visiting
from ..support.builds import PROJECT


@pytest.fixture(scope="module")
def limit() -> str:
    """The first page of a limit that cites something."""
    pages = sorted(path for path in (PROJECT / "docs" / "limits").glob("*.md") if path.stem != "index")
    cited = [path.stem for path in pages if "references()" in path.read_text(encoding="utf-8")]
    assert cited, "no page in docs/limits/ lists references yet"
    return f"limits/{cited[0]}/"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_first_page_leads_to_a_limit_and_nobody_else_is_asked(
    scripts: bool, browser: Browser, address: str, limit: str
) -> None:
    with visiting(browser, java_script_enabled=scripts) as visit:
        visit.page.goto(address, wait_until="networkidle")
        assert visit.page.locator("h1:visible").count() == 1
        visit.page.locator(f'main a[href*="{limit}"]:visible, article a[href*="{limit}"]:visible').first.click()
        visit.page.wait_for_url(f"{address}{limit}*")
        assert visit.page.locator("h1:visible").count() == 1
        visit.assert_quiet(address)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_citation_leads_to_its_reference_and_the_reference_leads_back(
    scripts: bool, browser: Browser, address: str, limit: str
) -> None:
    with visiting(browser, java_script_enabled=scripts) as visit:
        page = visit.page
        page.goto(f"{address}{limit}", wait_until="networkidle")
        link = page.locator("article .xp-cite a").first
        number, target = link.inner_text(), str(link.get_attribute("href"))
        first = target.rpartition("-")[2]
        link.scroll_into_view_if_needed()
        link.click()
        page.wait_for_url(f"**{target}")
        reference = page.locator(target)
        assert in_sight(reference), "the reference is not in sight"
        back = reference.locator("a[href^='#xp--cite-']").first
        assert f"citation {first}" in str(back.get_attribute("aria-label"))
        home = str(back.get_attribute("href"))
        back.click()
        page.wait_for_url(f"**{home}")
        assert in_sight(page.locator(home)), "the citation is not in sight"
        assert page.locator(home).inner_text().strip() == number
        visit.assert_quiet(address)


def test_what_is_copied_from_a_text_has_no_number_of_a_citation(
    browser: Browser, address: str, limit: str
) -> None:
    with visiting(browser) as visit:
        visit.page.goto(f"{address}{limit}", wait_until="networkidle")
        text = visit.page.locator(".xp-prose > p:has(.xp-cite)").first
        alone = text.evaluate(
            "p => { p = p.cloneNode(true); p.querySelectorAll('sup').forEach(s => s.remove()); "
            "return p.textContent }"
        )
        copied = text.evaluate("p => { getSelection().selectAllChildren(p); return `${getSelection()}` }")
        assert copied.split() == alone.split()
        assert text.inner_text().split() != alone.split()


def test_a_citation_can_be_followed_by_keyboard(browser: Browser, address: str, limit: str) -> None:
    with visiting(browser) as visit:
        page = visit.page
        page.goto(f"{address}{limit}", wait_until="networkidle")
        link = page.locator("article .xp-cite a").first
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{link.get_attribute('href')}")
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.closest('.xp-references li')?.id")
        assert f"#{focused}" == link.get_attribute("href")


def in_sight(locator: object) -> bool:
    """Whether an element's beginning is inside the window, and nothing lies over it."""
    return bool(
        locator.evaluate(  # type: ignore[attr-defined]
            """element => {
                const box = element.getClientRects()[0]
                const x = box.left + Math.min(box.width, 8) / 2, y = box.top + Math.min(box.height, 8) / 2
                if (box.top < 0 || y > innerHeight) return false
                const top = document.elementFromPoint(x, y)
                return top !== null && (element.contains(top) || top.contains(element))
            }"""
        )
    )


def test_every_link_to_the_article_opens_it_at_the_words(browser: Browser, address: str, limit: str) -> None:
    with visiting(browser) as visit:
        visit.page.goto(f"{address}{limit}", wait_until="domcontentloaded")
        links = visit.page.locator(".xp-references__item a.xp-address")
        addresses = [links.nth(number).get_attribute("href") for number in range(links.count())]
        assert addresses
        assert [each for each in addresses if ":~:text=" not in str(each)] == []


def test_a_quotation_is_copied_with_one_click_and_selected_where_that_is_refused(
    browser: Browser, address: str
) -> None:
    for granted, answer in (["clipboard-read", "clipboard-write"], "Copied."), ([], "Selected:"):
        context = browser.new_context(viewport=PHONE)
        context.grant_permissions(granted)
        page = context.new_page()
        if not granted:
            page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
        page.goto(f"{address}voices/")
        card = page.locator(".xp-copied").first
        page.locator("details", has=card).evaluate_all("all => all.forEach(each => each.open = true)")
        card.get_by_role("button", name="Copy").click()
        card.get_by_text(answer).wait_for()
        taken = "navigator.clipboard.readText()" if granted else "getSelection().toString()"
        assert page.evaluate(taken).strip() == card.locator("[data-copy]").inner_text().strip()
        context.close()

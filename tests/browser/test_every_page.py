"""Every page, for every reader; each is loaded once for all looks at it, since loading and layout take longest."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from ..support.browser import DESKTOP, PHONE, visiting
from ..support.builds import PROJECT, built
from .test_access import NOTHING, THIN, breaches, too_small
from .test_keyboard import EVERY_STOP, faults
from .test_preferences import lost_without_scripts, moving, vanishing
from .test_reflow import out_of_place


@pytest.mark.long
def test_every_page_can_be_read_however_one_reads(browser: Browser, address: str) -> None:
    """Without scripts or movement, in colours of one's own, by keyboard, however small the window or wide the
    spaces; and it breaks no rule that axe knows, wide or narrow, light or dark.
    """
    site, found, seen = built(PROJECT), list[str](), NOTHING
    with visiting(browser) as scripted, visiting(browser, java_script_enabled=False) as plain:
        for name in site.pages:
            for visit in (scripted, plain):
                visit.page.set_viewport_size(DESKTOP)
                visit.page.goto(address + name)
            looks = [*wrong_for_readers(scripted.page, plain.page, words=name in site.content)]
            seen = scripted.page.evaluate(THIN, seen)  # what is alike is left out from here on
            scripted.page.evaluate("folded.forEach(each => each.open = false)")
            looks += [*breaches_by_width(scripted.page)]
            found += [f"{name}, {look}: {each}" for look, told in looks for each in told]
        for visit in (scripted, plain):
            visit.assert_quiet(address)
    assert not found, "\n".join(found)


def wrong_for_readers(page: Page, plain: Page, *, words: bool) -> Iterator[tuple[str, list[str]]]:
    """What is wrong with a whole page, by the way of reading; `plain` is the same without scripts."""
    yield "in a reader's own colours", vanishing(page)
    for window in (DESKTOP, PHONE):
        for each in (page, plain):
            each.set_viewport_size(window)
        width = f"{window['width']} px wide"
        yield f"without scripts, {width}", lost_without_scripts(page, plain, words=words)
        yield f"what is pressed, {width}", too_small(page)
        yield f"by keyboard, {width}", faults(page.evaluate(EVERY_STOP))
    yield "at rest", moving(page)
    yield from out_of_place(page)


def breaches_by_width(page: Page) -> Iterator[tuple[str, list[str]]]:
    """What else axe finds on a page that is thinned."""
    for window in (DESKTOP, PHONE):
        page.set_viewport_size(window)
        yield f"axe, {window['width']} px wide", breaches(page)

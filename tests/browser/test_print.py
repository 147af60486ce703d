"""On paper: each record of a page is there, with references and addresses, and nothing that needs a screen."""

import re
from collections.abc import Iterator
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page
from pypdfium2 import PdfDocument

from macros.records.kinds import Fact, Limit, Quote
from macros.records.models import Record

from ..support.browser import serving, visiting
from ..support.builds import EXPLAINER, PROJECT, Built, built, text_of


@pytest.fixture(scope="module")
def site() -> Built:
    return built(PROJECT)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with visiting(browser, bypass_csp=True) as visit:
        yield visit.page


def printed(page: Page) -> str:
    """The letters and digits of a page as it is printed on A4.

    Ligatures are taken apart; spaces, hyphens and other signs are left out, for paper breaks lines where it likes.
    """
    sheets = PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    return essence(" ".join(sheet.get_textpage().get_text_bounded() for sheet in sheets))


def essence(text: str) -> str:
    return re.sub(r"[\W_]", "", normalize("NFKC", text))


def words_of(record: Record) -> list[str]:
    """What a reader has to find of a record."""
    match record:
        case Quote():
            return [part.exact for part in record.evidence]
        case Fact():
            return [record.text]
        case Limit():
            return [record.question, record.answer]
        case _:
            return [record.label]


def missing(name: str, site: Built, page: Page) -> list[str]:
    """What a printed page lacks: records at home there, references, addresses that a reader would type."""
    text = printed(page)
    records = [record for record in site.library.records.values() if site.homes.get(record.id) == name]
    told = {record.id: words_of(record) for record in records}
    for reference in site.pages[name].of_class("xp-references__item"):
        words = [each for each in reference.iter() if each.get("class") == "xp-references__words"]
        told[reference.get("id", "")] = [text_of(each) for each in words] or ["its words"]
    addresses = {
        each.get("href", "").partition("#")[0]
        for each in site.pages[name].of_class("xp-address")
        if each.get("href", "").startswith("https://")
    }
    lost = [name for name, words in told.items() if any(essence(each) not in text for each in words)]
    return lost + [address for address in sorted(addresses) if essence(address) not in text]


def test_the_first_sheet_of_the_front_page_holds_answer_and_picture(site: Built, address: str, page: Page) -> None:
    page.goto(address)
    first = PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))[0]
    text = essence(first.get_textpage().get_text_bounded())
    parts = page.locator(".xp-line__link, .xp-front__note").all_inner_texts()
    assert [each for each in parts if essence(each) not in text] == []
    assert len(parts) > 1


CONTROLS = """() => [...document.querySelectorAll("button, select, input, [popover], dialog")]
    .filter(each => each.checkVisibility()).map(each => each.outerHTML.slice(0, 80))"""


@pytest.mark.long
@pytest.mark.parametrize("half", [0, 1])  # two processes share it
def test_a_printed_page_holds_every_record_reference_and_address_and_no_control(
    half: int, site: Built, address: str, page: Page
) -> None:
    found = {}
    for name in [*site.pages][half::2]:
        page.goto(address + name)
        lost = missing(name, site, page) if name in site.content else []
        page.emulate_media(media="print")
        if wrong := [*lost, *page.evaluate(CONTROLS)]:
            found[name] = wrong
        page.emulate_media(media="null")
    assert found == {}


def test_a_control_that_is_printed_would_be_seen(address: str, page: Page) -> None:
    page.goto(address)
    page.emulate_media(media="print")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    page.add_style_tag(content="@media print { button { display: block !important } }")
    assert page.evaluate(CONTROLS) != []
    page.emulate_media(media="null")


@pytest.mark.parametrize(
    "style",
    [".xp-fact { display: none }", ".xp-references { display: none }", ".xp-address::after { content: none }"],
)
def test_what_is_not_printed_would_be_missed(style: str, site: Built, address: str, page: Page) -> None:
    name = "facts/index.html" if "fact" in style else "limits/energy/index.html"
    page.goto(address + name)
    page.add_style_tag(content=f"@media print {{ {style} }}")
    assert missing(name, site, page)


TITLES = ("The board", "On the quay", "How many days?")  # of two tabs and of details, in winter.md


def test_the_title_of_a_block_is_never_the_last_line_of_a_sheet(page: Page) -> None:
    with serving(built(EXPLAINER).site) as address:
        page.goto(f"{address}winter/")
        page.evaluate("document.querySelector('.admonition').before(document.createElement('div'))")
        stranded = set()
        for height in range(0, 1_000, 25):  # somewhere each title comes to stand at the foot
            page.add_style_tag(content=f"@media print {{ div:has(+ .admonition) {{ height: {height}px }} }}")
            for sheet in PdfDocument(page.pdf(format="A4", prefer_css_page_size=True)):
                text = essence(sheet.get_textpage().get_text_bounded()).strip("0123456789")
                stranded |= {title for title in TITLES if text.endswith(essence(title))}
    assert stranded == set()

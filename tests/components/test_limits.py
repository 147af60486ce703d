"""The picture of the limits on the built sites: said, done, shows and against, each with a link that holds it."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import pytest

from macros.records.kinds import Limit

from ..support.builds import EXPLAINER, PROJECT, Built, Page, built, text_of

SIDES = ("said", "done", "shows", "against")


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def pictures(site: Built) -> list[tuple[Page, Element]]:
    found = [(page, picture) for page in site.pages.values() for picture in page.of_class("xp-limits__table")]
    assert found
    return found


def rows(picture: Element) -> dict[str, Element]:
    return {row.get("data-record", ""): row for row in picture.iter("tr") if row.get("data-record")}


def test_the_picture_has_a_row_for_each_limit_and_a_cell_under_each_heading(site: Built) -> None:
    for _, picture in pictures(site):
        assert list(rows(picture)) == [each.id for each in site.library.of(Limit)]
        headings = [each for each in picture.iter("th") if each.get("scope") == "col"]
        for row in rows(picture).values():
            assert next(each.get("scope") for each in row) == "row"
            assert len(list(row)) == len(headings)


def test_each_part_of_a_row_leads_to_the_records_it_stands_for(site: Built) -> None:
    for page, picture in pictures(site):
        for name, row in rows(picture).items():
            limit = site.library.records[name]
            links = [link for link in row.iter("a") if "xp-cite__link" not in link.get("class", "")]
            targets = [page.target(link.get("href", "")) for link in links]
            sides = [side for side in SIDES if getattr(limit, side) or side in ("shows", "against")]
            assert targets == [(site.homes[name], name), *((site.homes[name], f"{name}-{side}") for side in sides)]
            for side in sides:
                assert shown_beside(site.pages[site.homes[name]], f"{name}-{side}") == list(getattr(limit, side))


def shown_beside(page: Page, heading: str) -> list[str]:
    """The records of the section that a heading names."""
    section = next(each for each in page.having("aria-labelledby") if each.get("aria-labelledby") == heading)
    return [each.get("data-record", "") for each in section.iter() if each.get("data-record")]


def test_the_evidence_is_counted_and_drawn_alike(site: Built) -> None:
    for _, picture in pictures(site):
        for name, row in rows(picture).items():
            limit = site.library.records[name]
            told = [int(number) for each in of_class(row, "xp-limits__count") for number in digits(each)]
            drawn = [len(of_class(each, "xp-tally__mark")) for each in of_class(row, "xp-tally")]
            kinds = [sum(digits(each)) for each in of_class(row, "xp-limits__kinds")]
            assert told == drawn == kinds == [len(getattr(limit, side)) for side in ("shows", "against")]


def test_words_and_deed_of_the_real_site_are_there_and_cited() -> None:
    for _, picture in pictures(built(PROJECT)):
        for row in rows(picture).values():
            words, by = (of_class(row, f"xp-glance__{part}") for part in ("text", "by"))
            assert len(words) == len(by) == 2
            assert all(text_of(each) for each in words + by)
            assert all(of_class(each, "xp-cite") for each in by)


def of_class(element: Element, name: str) -> list[Element]:
    return [each for each in element.iter() if name in each.get("class", "").split()]


def digits(element: Element) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text_of(element))]

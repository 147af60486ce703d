"""Limits on the built sites: the rows, the picture of the line, the sides, each with what its record names."""

from xml.etree.ElementTree import Element

import pytest

from macros.components.limits.verdicts import reach_verdict
from macros.records.kinds import LINE, Limit

from ..support.builds import EXPLAINER, PROJECT, Built, Page, built, text_of


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def shown(site: Built, name: str) -> list[tuple[Page, Element]]:
    found = [(page, each) for page in site.pages.values() for each in page.of_class(name)]
    assert found
    return found


def of_class(element: Element, name: str) -> list[Element]:
    return [each for each in element.iter() if name in each.get("class", "").split()]


def test_each_limit_has_a_row_that_leads_to_it_with_its_verdict(site: Built) -> None:
    for page, element in shown(site, "xp-limits"):
        rows = {row.get("data-record", ""): row for row in of_class(element, "xp-limits__row")}
        assert list(rows) == [each.id for each in site.library.of(Limit)]
        for name, row in rows.items():
            (link,) = of_class(row, "xp-limits__link")
            assert page.target(link.get("href", "")) == (site.homes[name], name)
            (word,) = of_class(row, "xp-verdict")
            assert text_of(word) == reach_verdict(site.library, site.library.get(name, Limit)).word


def test_a_row_names_and_cites_the_strongest_thing_on_each_side(site: Built) -> None:
    for _, row in shown(site, "xp-limits__row"):
        limit = site.library.get(row.get("data-record", ""), Limit)
        for brief, side in ((limit.strongest, "shows"), (limit.counter, "against")):
            parts = of_class(row, f"xp-limits__side--{side}")
            assert len(parts) == bool(brief)
            for part in parts:
                assert text_of(of_class(part, "xp-glance__by")[0]).strip()
                assert of_class(part, "xp-cite")
        assert len(of_class(row, "xp-pair")) == bool(limit.pair)


def test_the_picture_shows_each_thing_where_its_limit_puts_it_cited_and_linked(site: Built) -> None:
    for page, picture in shown(site, "xp-line"):
        for place in LINE:
            items = of_class(picture, f"xp-line__item--{place}")
            told = [(each, brief) for each in site.library.of(Limit) for brief in getattr(each, place)]
            assert len(items) == len(told)
            for item, (limit, brief) in zip(items, told, strict=True):
                (link,) = of_class(item, "xp-line__link")
                assert page.target(link.get("href", "")) == (site.homes[limit.id], limit.id)
                assert text_of(link).strip("“”") == (brief.text or site.library.get(brief.record).label).strip(
                    "“”"
                )
                assert of_class(item, "xp-cite")


def test_each_statement_stands_once_on_its_side_under_a_name(site: Built) -> None:
    for _, sides in shown(site, "xp-sides"):
        limit = site.library.get(sides.get("data-limit", ""), Limit)
        for column, ids in zip(sides, (limit.shows, limit.against), strict=True):
            voices = of_class(column, "xp-sides__voice")
            assert all(text_of(of_class(each, "xp-sides__name")[0]) for each in voices)
            records = [
                each.get("data-record") for voice in voices for each in of_class(voice, "xp-sides__statement")
            ]
            assert sorted(map(str, records)) == sorted(ids)

"""Both ways: from each record to the pages that use it and back, from each mark of a map to its paragraph."""

from collections import Counter

import pytest

from macros.components.rendering import render_block
from macros.pages.page import Page, fill_uses, find_uses
from macros.pages.site import Site
from macros.records.kinds import Correction, Source

from ..support.builds import EXPLAINER, PROJECT, Built, build, built, copy_project, text_of
from ..support.components import examples


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def menu(site: Built) -> list[str]:
    """The pages in the reader's menu, in its order; on no other is a record used."""
    home = site.pages["index.html"]
    links = (each for each in home.having("href") if each.get("class", "").startswith("xp-menu__"))
    return [home.target(each.get("href", ""))[0] for each in links]


def uses(site: Built) -> set[tuple[str, str]]:
    """From each page to the records that it shows or cites, away from their homes."""
    return {
        (name, page.name)
        for page in map(site.pages.__getitem__, menu(site))
        for attribute in ("data-record", "data-cites")
        for each in page.having(attribute)
        for name in each.get(attribute, "").split()
        if site.homes.get(name) not in (None, page.name)
    }


def test_the_links_to_uses_and_the_uses_are_the_same(site: Built) -> None:
    listed = []
    for page in site.content.values():
        for each in page.of_class("xp-foot__uses"):
            record = next(above for above in page.above(each) if above.get("data-record"))
            assert record.get("id"), "a record shows its uses only at home"
            listed += [
                (record.get("data-record", ""), page.target(link.get("href", ""))[0]) for link in each.iter("a")
            ]
    assert set(listed) == uses(site)
    assert len(listed) == len(set(listed))
    assert listed


def test_every_record_at_home_says_where_it_is_used_if_anywhere(site: Built) -> None:
    said = Counter(
        next(above.get("id") for above in page.above(each) if above.get("data-record"))
        for page in site.content.values()
        for each in page.of_class("xp-foot__uses")
    )
    cited = {
        name
        for page in map(site.pages.__getitem__, menu(site))
        for mark in page.having("data-cites")
        for name in mark.get("data-cites", "").split()
        if site.homes.get(name) != page.name
    }
    used = [name for name in site.homes if not isinstance(site.library.records[name], Correction)]
    assert said.keys() <= {*used}
    assert {name: said[name] for name in used if name in cited} == {name: 1 for name in used if name in cited}


def test_a_link_to_a_use_leads_to_the_first_citation_of_that_record(site: Built) -> None:
    firsts = {
        name: {
            cited: mark.get("id")
            for mark in reversed([*page.having("data-cites")])
            for cited in mark.get("data-cites", "").split()
        }
        for name, page in site.content.items()
    }
    for page in site.content.values():
        for each in page.of_class("xp-foot__uses"):
            record = next(above.get("id") for above in page.above(each) if above.get("data-record"))
            for link in each.iter("a"):
                name, place = page.target(link.get("href", ""))
                assert place == firsts[name].get(record, "")


def test_uses_stand_in_the_order_of_the_menu(site: Built) -> None:
    order = menu(site)
    for page in site.content.values():
        for each in page.of_class("xp-foot__uses"):
            places = [order.index(page.target(link.get("href", ""))[0]) for link in each.iter("a")]
            assert places == sorted(places)


def test_a_page_title_is_shown_as_text() -> None:
    example = next(each for each in examples("fact") if each.home)
    here, there = example.page(), Page(Site(example.library, {}), "docs/there.md", "there/")
    there.use(example.library.records[example.arguments[0]])
    found = find_uses([("Here", here), ("<b>A & B</b>", there)])
    html = fill_uses(f'<div data-uses="{example.arguments[0]}"></div>', here, found, render_block)
    assert "<b>" not in html
    assert 'href="../there/"' in html


def test_each_mark_of_a_map_leads_to_its_paragraph_and_counts_what_rests_on_it(site: Built) -> None:
    for source in site.library.of(Source):
        page = site.pages[site.homes[source.id]]
        passages = next(each for each in page.having("data-source") if each.get("data-source") == source.id)
        marks = {}
        for mark in passages.iter("a"):
            if "xp-passages__mark" in mark.get("class", ""):
                strokes = len(list(mark.iter("i")))
                said = mark.get("aria-label", "")
                assert said.endswith(f": {strokes} " + ("entry" if strokes == 1 else "entries"))
                assert text_of(mark) in said, "the words that are seen are among those that are heard"
                marks[mark.get("href", "")[1:]] = strokes
        resting: dict[str, set[str]] = {}
        for name, found in site.library.locations.items():
            for location in found:
                if location.source == source.id:
                    resting.setdefault(source.id + location.place, set()).add(name)
        assert marks == {place: len(names) for place, names in resting.items()}


def test_an_id_that_has_moved_lands_just_before_the_record_that_stands_for_it() -> None:
    site = built(EXPLAINER)
    page = site.pages[site.homes["never-misses"]]
    landing = next(each for each in page.having("id") if each.get("id") == "ferry-misses-no-crossing")
    around = list(page.parents[landing])
    assert around[around.index(landing) + 1].get("id") == "never-misses"


def test_a_withdrawn_record_is_told_of_at_its_old_address() -> None:
    site = built(EXPLAINER)
    page = site.pages[site.homes["crossings-2020"]]
    told = next(each for each in page.having("id") if each.get("id") == "ferry-sank-once")
    assert text_of(told) == "Withdrawn on 1 May 2022: The ferry sank once. No source says so."


def test_a_published_id_that_disappears_ends_the_build(tmp_path: object) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")  # type: ignore[operator]
    (folder / "data" / "redirects.yml").unlink()
    done = build(folder)
    assert done.returncode == 1
    lines = (folder / "data" / "published.txt").read_text(encoding="utf-8").splitlines()
    line = lines.index("ferry-misses-no-crossing") + 1
    assert f'data/published.txt:{line}: "ferry-misses-no-crossing" was published and is gone' in done.stderr
    assert not (folder / "site").exists()

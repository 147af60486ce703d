"""Lists of records: what they are grouped by."""

import pytest

from macros.records.kinds import Fact, Source

from ..support.builds import EXPLAINER, PROJECT, Built, built, text_of


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def test_facts_stand_under_the_sections_of_their_source_if_it_has_any(site: Built) -> None:
    sections: dict[str, list[str]] = {}
    for fact in sorted(site.library.of(Fact), key=site.library.order):
        place = site.library.locate(fact.id)[0]
        source = site.library.get(place.source, Source)
        opening = ["Opening"] if any(each.role == "heading" for each in source.furniture) else []
        under = sections.setdefault(source.title, [])
        under += [each for each in ([place.section] if place.section else opening) if each not in under]
    shown: dict[str, list[str]] = {}
    listed = [each for page in site.content.values() for each in page.of_class("xp-records--fact")]
    for each in (each for one in listed for each in one.iter()):
        if "xp-records__head" in each.get("class", ""):
            groups = shown.setdefault(text_of(each), [])
        elif "xp-records__group" in each.get("class", ""):
            groups.append(text_of(each))
    assert shown == sections

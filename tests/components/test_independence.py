"""At its home, each statement says on how many sources it rests."""

import pytest

from macros.records.kinds import Event, Fact, Quote

from ..support.builds import EXPLAINER, PROJECT, Built, built, text_of

NUMBERS = {2: "two", 3: "three", 4: "four"}


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def test_every_statement_says_at_home_on_how_many_sources_it_rests(site: Built) -> None:
    said = {}
    for page in site.content.values():
        for each in page.of_class("xp-foot__rests"):
            record = next(above.get("id") for above in page.above(each) if above.get("data-record"))
            said[record] = text_of(each)
    statements = [each for kind in (Fact, Quote, Event) for each in site.library.of(kind)]
    assert set(said) == {each.id for each in statements}
    for each in statements:
        sources = {passage.source for passage in each.evidence}
        publishers = {site.library.records[source].publisher for source in sources}
        if len(sources) == 1:
            assert said[each.id].startswith("Rests on one source alone."), each.id
        else:
            assert said[each.id].startswith(f"Rests on {NUMBERS[len(sources)]} sources of "), each.id
            assert ("not independent of each other" in said[each.id]) == (len(publishers) == 1), each.id
        for voice in each.attributed_to:
            stake = getattr(site.library.records[voice], "stake", None)
            assert not stake or stake in said[each.id], each.id

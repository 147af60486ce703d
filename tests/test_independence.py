"""How independent evidence is, and of what kind, in words: on a small library, and at each record's home."""

from __future__ import annotations

import pytest

from macros.components.rendering import render_block
from macros.library.voices import (
    KINDS_OF_EVIDENCE,
    Independence,
    independence,
    kind_of_evidence,
    kinds_of_evidence,
)
from macros.records.kinds import Event, Fact, Limit, Quote

from .builds import EXPLAINER, PROJECT, Built, built, text_of


def test_each_record_is_of_one_kind(small):
    library = small.change(
        "people.yml", "a miller\n      capacity: party", "a miller\n      capacity: analyst"
    ).read()
    assert library.problems == []
    expected = {
        "cost-a-mile": "figure",
        "dig": "official",
        "ditch": "analyst",
        "asked": "official",
        "alike": "text",
        "endless-promised": "unnamed",
        "lock-closes": "account",
    }
    assert {name: kind_of_evidence(library, library.records[name]) for name in expected} == expected


def test_a_person_speaks_in_the_role_that_the_source_of_the_words_states(small):
    library = small.read()
    kinds = [kind_of_evidence(library, library.records[name]) for name in ("ditch", "asked")]
    assert kinds == ["party", "official"]


def test_a_person_s_words_in_a_document_are_not_an_official_text(small):
    small.change("facts.yml", "counted_by: board", "counted_by: board\n  said_by: [charter, brook]")
    small.change("facts.yml", "  value: 4100.5\n  unit: crowns a mile\n  qualifier: nearly\n", "")
    small.change("facts.yml", "  counted_by: board\n", "")
    library = small.read()
    assert kind_of_evidence(library, library.records["cost-a-mile"]) == "official"


def test_kinds_are_counted_in_a_fixed_order(small):
    library = small.read()
    assert kinds_of_evidence(library, ["lock-closes", "dig", "asked", "alike"]) == [
        ("text", 1),
        ("official", 2),
        ("account", 1),
    ]


def test_sources_publishers_and_stakes_are_counted(small):
    small.change("people.yml", "  name: Ada Brook\n", "  name: Ada Brook\n  stake: She digs.\n")
    small.change(
        "timeline.yml", "evidence:\n", "evidence:\n    - {source: post, exact: a third more than planned}\n"
    )
    library = small.read()
    assert independence(library, library.records["dig"]) == Independence(1, ("The Lorne Post",), ("brook",))
    both = independence(library, library.records["lock-closes"])
    assert both == Independence(2, ("The Lorne Post", "The Marle Gazette"), ())
    assert both.number == "two"
    assert independence(library, library.records["water"]) is None


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
            assert ("not independent of each other" in said[each.id]) == (len(publishers) == 1), each.id
        for speaker in getattr(each, "speaker", ()):
            stake = getattr(site.library.records[speaker], "stake", None)
            assert not stake or stake in said[each.id], each.id


def test_each_side_of_a_limit_sums_its_evidence_up_by_kind(site: Built) -> None:
    found = 0
    for page in site.content.values():
        for sides in page.having("data-limit"):
            if sides.get("class") != "xp-sides":
                continue
            limit = site.library.records[sides.get("data-limit", "")]
            assert isinstance(limit, Limit)
            for ids, column in zip((limit.shows, limit.against), sides, strict=True):
                listed = [each for each in column.iter("ul") if each.get("class") == "xp-sides__kinds"]
                counts = [int(text_of(item).split()[0]) for item in listed[0]]
                assert sum(counts) == len(ids), limit.id
                found += 1
    assert found


def test_every_kind_of_evidence_has_words() -> None:

    for kind in KINDS_OF_EVIDENCE:
        assert render_block("sides/kinds", kinds=[(kind, 1), (kind, 2)])

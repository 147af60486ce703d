"""How independent evidence is, and of what kind: on a small library."""

from __future__ import annotations

from macros.components.rendering import render_block
from macros.library.voices import (
    KINDS_OF_EVIDENCE,
    Independence,
    independence,
    kind_of_evidence,
    kinds_of_evidence,
)


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


def test_every_kind_of_evidence_has_words() -> None:

    for kind in KINDS_OF_EVIDENCE:
        assert render_block("sides/kinds", kinds=[(kind, 1), (kind, 2)])

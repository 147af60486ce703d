"""How independent evidence is: on a small library."""

from __future__ import annotations

from macros.library.voices import Independence, independence


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

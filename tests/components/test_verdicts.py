"""Which verdict the voices on a limit lead to: on a small library."""

import pytest

from macros.components.limits.verdicts import Verdict, reach_verdict
from macros.records.kinds import Limit

PERSON = ("people.yml", "  name: Ada Brook\n", "  name: Ada Brook\n  stake: She digs.\n")
PUBLISHER = ("sources.yml", "The Marle Gazette", "The Lorne Post")
ACCOUNT = ("facts.yml", "  counted_by: board\n", "")
ANALYSIS = ("documents.yml", "capacity: official\n  author: board", "capacity: analyst\n  author: [board, brook]")

CASES = {
    "two voices and nobody against": ((), ["lock-closes", "asked"], [], "firm", "The Marle Gazette; Tom Reed"),
    "one voice, twice": ((), ["dig", "secret"], [], "thin", "Ada Brook"),
    "nobody": ((), [], ["dig"], "thin", ""),
    "one who is not named": ((), ["dig", "endless-promised"], [], "thin", "Ada Brook"),
    "one with a stake": ((PERSON,), ["dig", "asked"], [], "thin", "Tom Reed"),
    "a figure, by whose count it is": ((), ["cost-a-mile", "dig"], [], "firm", "Lorne Canal Board; Ada Brook"),
    "two publishers in their own voice": (
        (ACCOUNT,),
        ["cost-a-mile", "lock-closes"],
        [],
        "firm",
        "The Lorne Post; The Marle Gazette",
    ),
    "one publisher with two sources": (
        (ACCOUNT, PUBLISHER),
        ["cost-a-mile", "lock-closes"],
        [],
        "thin",
        "The Lorne Post",
    ),
    "an analyst and the analyst’s document": ((ANALYSIS,), ["alike", "dig"], [], "thin", "Ada Brook"),
    "somebody against": ((), ["lock-closes", "asked"], ["dig"], "contested", "The Marle Gazette; Tom Reed"),
    "against it, nobody who is named": (
        (),
        ["lock-closes", "asked"],
        ["endless-promised"],
        "firm",
        "The Marle Gazette; Tom Reed",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_verdict_follows_from_independent_voices(case, small):
    changes, upheld, disputed, word, names = CASES[case]
    for change in changes:
        small.change(*change)
    small.change(
        "limits.yml",
        "  shows: [lock-closes]\n  against: [endless-promised]\n",
        f"  upheld_by: {upheld}\n  disputed_by: {disputed}\n"
        f"  shows: {upheld or ['lock-closes']}\n  against: {disputed or ['ditch']}\n",
    )
    library = small.read()
    found = reach_verdict(library, library.get("reach", Limit))
    assert (found.word, "; ".join(found.upheld)) == (word, names)
    assert bool(found.disputed) == (word == "contested" or case == "nobody")
    assert isinstance(found, Verdict)

"""Prose that no record backs is found, and prose that one backs is left alone."""

from __future__ import annotations

import pytest

from macros.pages.unbacked_prose import Backing

from ..support.library import Small

ALL = ["cost-a-mile", "dig", "lock-closes", "reach"]


@pytest.mark.parametrize(
    ("text", "ids", "found"),
    [
        ("The board counted 4,100.5 crowns.", ["cost-a-mile"], []),
        ("The board counted 4,200 crowns.", ["cost-a-mile"], [(1, "4,200")]),
        ("It closed on 3 May 1936.", ["lock-closes"], []),
        ("It closed on 3 May 1937.", ["lock-closes"], [(1, "1937")]),
        ("They said “we will dig until the sea”.", ["dig"], []),
        ("They said “we will dig to the sea”.", ["dig"], [(1, "“we will dig to the sea”")]),
        ("So said Brook.", ["dig"], []),
        ("So said Reed.", ["dig"], [(1, "Reed")]),
        ("Fine.\n\nThe Lorne Charter\n\nand 77.", ["dig"], [(3, "Lorne Charter"), (5, "77")]),
    ],
)
def test_figures_names_and_quoted_words_need_a_record(
    small: Small, text: str, ids: list[str], found: list[tuple[int, str]]
) -> None:
    says = sorted(Backing(small.read()).unbacked(text, ids))
    assert says == sorted((line, f"{what} is in no record that this page cites") for line, what in found)


@pytest.mark.parametrize(
    "text",
    [
        '{{ cite("a-1984") }}',
        "[a link](page-1984.md)",
        "`code 1984`",
        '<b title="1984">bold</b>',
        "1984. the item of a list",
        "```\n1984\n```",
        "## A heading {#reed-1984}",
    ],
)
def test_what_is_not_prose_is_left_alone(small: Small, text: str) -> None:
    assert not list(Backing(small.read()).unbacked(text, []))


def test_the_sources_back_what_they_say_of_themselves(small: Small) -> None:
    assert not list(Backing(small.read()).unbacked("The Lorne Post printed it in May 1934.", []))

"""Hedges on figures, and words that leave a statement open."""

import pytest

from macros.records.hedges import FIGURE_HEDGES, HEDGED_FIGURE, true_figure


@pytest.mark.parametrize("word", [word for hedge in FIGURE_HEDGES for word in hedge.words.split("|")])
def test_each_hedge_is_found_beside_a_figure_and_says_where_the_true_one_is(word: str) -> None:
    text = f"there were 40 barges {word}" if word.startswith(("or ", "and ")) else f"there were {word} 40 barges"
    assert HEDGED_FIGURE.search(text)
    assert true_figure(word) in ("more", "near", "less")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *((f"it sank {each} here", each) for each in ("~40", "c. 40", "ca. 40", ">40", "≥40", "40+")),
        *((f"it sank {each} here", each) for each in ("40-odd", "40 barges or so", "40 at most")),
        *(
            (f"{each} barges", each)
            for each in ("Etwa 40", "Environ 40", "Unos 40", "no more than 40", "Close to $40")
        ),
        *((text, "") for text in ("p<0.001", "in D.C. 40 barges", "40+2 barges", "three or more of the 40 locks")),
        *((text, "") for text in ("above the 40 locks", "close to Marle 40 locks", "unos y 40")),
    ],
)
def test_a_figure_may_be_hedged_by_signs_and_in_other_languages(text: str, found: str) -> None:
    hedged = HEDGED_FIGURE.search(text)
    assert (hedged[0] if hedged else "") == found


@pytest.mark.parametrize("word", [None, "", "exactly", "all of", "overall", "somewhere"])
def test_what_is_no_hedge_says_nothing_of_the_true_figure(word: str | None) -> None:
    assert true_figure(word) == ""


def test_a_hedged_figure_is_taken_with_its_magnitude() -> None:
    assert [found[0] for found in HEDGED_FIGURE.finditer("nearly 1.2 billion in 1933, and over 30 ships")] == [
        "nearly 1.2 billion",
        "over 30",
    ]

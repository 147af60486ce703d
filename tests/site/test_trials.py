"""The trial of wrong quotations that the method page tells of: its numbers are true."""

import json

import pytest

from macros.library.library import measures
from macros.library.proof import articles_of

from ..support.builds import PROJECT, TEXTS, built, real_library, text_of, texts_at_hand
from ..support.trials import PATH, count, written


@pytest.mark.long
@texts_at_hand
def test_the_numbers_of_the_trial_are_those_of_the_texts() -> None:
    counts = count(articles_of(real_library(), TEXTS).values())
    assert PATH.read_text(encoding="utf-8") == written(counts), "run python -m tests.support.trials"


def test_every_wrong_quotation_was_refused() -> None:
    counts = json.loads(PATH.read_text(encoding="utf-8"))
    assert counts["wrong quotations tried"] == counts["wrong quotations refused"] > 10_000


def test_the_method_page_shows_the_build_s_own_figures() -> None:
    site = built(PROJECT)
    told = text_of(site.pages["method/index.html"].root)
    counted = measures(site.library)
    assert set(counted) >= {"records", "passages", "paragraphs covered", "wrong quotations refused"}
    for name in (
        "records",
        "passages",
        "paragraphs",
        "paragraphs covered",
        "quotations",
        *json.loads(PATH.read_text()),
    ):
        assert f" {counted[name]:,} " in told.replace(" one ", " "), name

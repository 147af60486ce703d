"""Times of day as sources write them."""

import pytest

from macros.evidence.times_of_day import read_times

TIMES = {
    "at 8 a.m.": [(8, 0, 0)],
    "at 8:05:20 PM": [(20, 5, 20)],
    "at 12:30 am, and at 12 p.m.": [(0, 30, 0), (12, 0, 0)],
    "at 5.45pm": [(17, 45, 0)],
    "at 3:15": [(3, 15, 0), (15, 15, 0)],
    "at 20h30, not 8 h 05": [(8, 5, 0), (20, 5, 0), (20, 30, 0)],
    "um 15 Uhr; um 16.30 Uhr": [(15, 0, 0), (16, 30, 0)],
    "at 0930 hours": [(9, 30, 0), (21, 30, 0)],
    "at noon": [(12, 0, 0)],
    "à midi; a medianoche": [(0, 0, 0), (12, 0, 0)],
    "half past three": [(3, 30, 0), (15, 30, 0)],
    "a quarter to nine in the evening": [(20, 45, 0)],
    "twenty-five minutes past ten in the morning": [(10, 25, 0)],
    "at ten o’clock at night": [(10, 0, 0), (22, 0, 0)],
    "at seven in the morning": [(7, 0, 0)],
    "seven of them, in 1931, 4,100.5 crowns and two hours": [],
}


@pytest.mark.parametrize("text", TIMES)
def test_a_text_tells_these_times(text: str) -> None:
    assert sorted(read_times(text)[0]) == TIMES[text]


def test_what_is_no_time_is_left_for_other_figures() -> None:
    assert read_times("On 3 May, at 8 p.m.")[1] == "on 3 may, at  ."

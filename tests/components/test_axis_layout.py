"""What is drawn is what the dates say: no more exact, in order, and nothing hidden."""

import re
from dataclasses import replace
from datetime import date as Calendar
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.components.timeline.axis_layout import BEYOND, MARGIN, Era, Moment, Stroke, draw_axis, place_day
from macros.components.timeline.views import timeline
from macros.records.dates import parse_date

from ..support.components import examples

ERAS = "1900/1959, 1960/2009, 2010/2024-05"
SPANS = [parse_date(each.strip()) for each in ERAS.split(",")]

days = st.dates(Calendar(1900, 1, 1), Calendar(2020, 12, 31))
hedges = st.sampled_from(["", "~", "?", "%"])


@st.composite
def points(draw_one: st.DrawFn) -> str:
    day = draw_one(days)
    forms = [day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y}"[:3] + "X", f"{day:%Y}-22"]
    return draw_one(st.sampled_from(forms)) + draw_one(hedges)


@st.composite
def dates(draw_one: st.DrawFn) -> str:
    first, last = sorted((draw_one(points()), draw_one(points())), key=lambda point: parse_date(point).earliest)
    # From 202X on a decade would outlast the last era
    safe = [each if parse_date(each).latest <= (2024, 5, 31) else "2020" for each in (first, last)]
    first, last = sorted(safe, key=lambda point: parse_date(point).earliest)
    forms = [first, f"{first}/{last}", f"[{first}..{last}]", f"{first}/..", f"../{last}", f"{first}/", f"/{last}"]
    return draw_one(st.sampled_from(forms))


Record = list[tuple[str, str, int]]
records = st.lists(
    st.tuples(dates(), st.sampled_from(["words", "deed", "state"]), st.integers(1, 70)), max_size=12
)


def drawn(record: Record, eras: str = ERAS) -> list[Era]:
    return draw_axis(
        (Moment(f"e{n}", parse_date(d), act, "m" * wide) for n, (d, act, wide) in enumerate(record)), eras
    )


def every_event_is_drawn_in_each_era_it_reaches_and_begins_in_one(record: Record, eras: list[Era]) -> None:
    for number, (edtf, _, _) in enumerate(record):
        when = parse_date(edtf)
        found = [each for era in eras for each in era.whole if each.moment.id == f"e{number}"]
        assert sum(each.id == f"e{number}" for era in eras for each in era.moments) == 1
        unknown = edtf.startswith("/") or edtf.endswith("/")
        reached = [era for era in SPANS if when.earliest <= era.latest and when.latest >= era.earliest]
        assert unknown or len(found) == len(reached)


def a_mark_stays_in_its_era_unless_it_is_cut_at_the_break(record: Record, eras: list[Era]) -> None:
    for era in eras:
        for each in era.whole:
            start, end = (edge == "cut" for edge in each.edges)
            assert each.left == -BEYOND if start else each.left >= MARGIN
            assert each.right == 100 + BEYOND if end else each.right <= 100 - MARGIN
            assert each.left <= each.right
            place, anchor = each.label_place
            wide = 6 * len(each.moment.label) / 7
            assert wide > 100 or (place >= 0 if anchor == "start" else place - wide >= -0.01)
            assert wide > 100 or (place + wide <= 100.01 if anchor == "start" else place <= 100)


def no_mark_or_label_hides_another(record: Record, eras: list[Era]) -> None:
    for era in eras:
        for side in sides(era):
            for lane in {each.lane for each in side}:
                boxes = sorted(box(each) for each in side if each.lane == lane)
                assert all(one[1] <= other[0] + 0.01 for one, other in pairwise(boxes))


def sides(era: Era) -> list[list[Stroke]]:
    """The strokes above the line, and those below it."""
    return [[each for each in era.whole if (each.moment.act == "words") == words] for words in (True, False)]


def box(stroke: Stroke) -> tuple[float, float]:
    """What a mark and its label cover on the narrowest drawing, 700 pixels wide, without the mark's edges."""
    radius = 5 if stroke.shape == "dot" else 0
    wide, (place, anchor) = 6 * len(stroke.moment.label), stroke.label_place
    start = place * 7 - (wide if anchor == "end" else 0)
    return min(7 * stroke.left - radius, start), max(7 * stroke.right + radius, start + wide)


def test_older_eras_have_a_strip_of_their_landmarks_and_parts_of_a_strand_are_not_drawn() -> None:
    moments = [
        Moment(name, parse_date(edtf), "deed", name, part=name == "part")
        for name, edtf in {"old": "1912", "mark": "1913", "part": "1914", "new": "2020"}.items()
    ]
    old, _, new = draw_axis(moments, ERAS, {"mark", "new", "part"})
    assert [each.id for each in old.moments] == ["old", "mark", "part"]
    assert [each.moment.id for each in old.whole] == ["old", "mark"]
    assert old.strip
    assert [each.moment.id for each in old.strip] == ["mark"]
    assert new.strip == []


def test_what_had_not_ended_is_drawn_up_to_the_day_it_was_told() -> None:
    last = 2015, 12, 31
    moments = [Moment(f"{told}", parse_date("2012/.."), "state", "", told=told) for told in (None, last)]
    *_, era = draw_axis(moments, ERAS)
    undated, told = era.whole
    assert told.edges == undated.edges == ("sharp", "open")
    assert told.right == place_day(SPANS[-1], last, whole=True) < undated.right


def what_certainly_came_first_begins_first(record: Record, eras: list[Era]) -> None:
    for era in eras:
        for one in era.whole:
            for other in era.whole:
                if one.moment.date.latest < other.moment.date.earliest:
                    assert one.left <= other.left


def a_bar_is_as_long_as_its_date_within_the_era(record: Record, eras: list[Era]) -> None:
    for era, span in zip(eras, SPANS, strict=True):
        whole = count(span.earliest, span.latest)
        for each in era.whole:
            when = each.moment.date
            if each.shape == "dot" or "cut" in each.edges or not (when.start and when.end):
                continue
            shown = each.width / (100 - 2 * MARGIN) * whole
            assert shown == pytest.approx(count(when.earliest, when.latest), abs=whole / 4000)


TRUE = (
    every_event_is_drawn_in_each_era_it_reaches_and_begins_in_one,
    a_mark_stays_in_its_era_unless_it_is_cut_at_the_break,
    no_mark_or_label_hides_another,
    what_certainly_came_first_begins_first,
    a_bar_is_as_long_as_its_date_within_the_era,
)


@settings(max_examples=200)
@given(records)
def test_whatever_the_dates_what_is_drawn_is_what_they_say(record: Record) -> None:
    eras = drawn(record)
    for each in TRUE:
        each(record, eras)


def test_a_month_is_as_wide_as_its_days() -> None:
    [era] = drawn([("2020-03", "deed", 9)], "2020/2020")
    [march] = era.whole
    assert march.width == pytest.approx((100 - 2 * MARGIN) * 31 / 366, abs=0.02)


def count(first: tuple[int, int, int], last: tuple[int, int, int]) -> int:
    return (Calendar(*last) - Calendar(*first)).days + 1


FORMS = {
    "2015": ("bar", ("sharp", "sharp")),
    "2015-03-04": ("dot", ("sharp", "sharp")),
    "2015~": ("bar", ("soft", "soft")),
    "2015?": ("bar", ("soft", "soft")),
    "2015-03-04%": ("dot", ("soft", "soft")),
    "201X": ("bar", ("sharp", "sharp")),
    "2012~/2015": ("bar", ("soft", "sharp")),
    "[2012..2015?]": ("within", ("sharp", "soft")),
    "2012/..": ("bar", ("sharp", "open")),
    "2012/": ("bar", ("sharp", "soft")),
    "/2012": ("bar", ("soft", "sharp")),
    "../2012": ("bar", ("open", "sharp")),
    "2001/2012": ("bar", ("cut", "sharp")),
    "2012/2030": ("bar", ("sharp", "cut")),
    "[2012,2015]": ("within", ("sharp", "sharp")),
    "{2012,2015~}": ("within", ("sharp", "soft")),
    "[2012..]": ("within", ("sharp", "open")),
    "2015-03-04T10:00": ("dot", ("sharp", "sharp")),
    "2015-24": ("bar", ("sharp", "sharp")),
    "-0043-03-15": ("dot", ("sharp", "sharp")),
    "Y17000": ("bar", ("sharp", "sharp")),
}


@pytest.mark.parametrize("edtf", FORMS)
def test_a_date_is_drawn_as_exact_as_it_is(edtf: str) -> None:
    spans = {"2001/2012": "2000/2009, 2010/2019", "2012/2030": "2010/2019, 2020/2030"}
    spans |= {"-0043-03-15": "-0060/0010", "Y17000": "Y16990/Y17010"}
    eras = drawn([(edtf, "deed", 9)], spans.get(edtf, "2010/2019"))
    era = eras[1] if edtf == "2001/2012" else eras[0]
    [stroke] = era.whole
    assert (stroke.shape, stroke.edges) == FORMS[edtf]


@pytest.mark.parametrize(
    ("eras", "second"),
    [
        ("2000/2004", "Jul"),
        ("1890/2031", "1900"),
        ("-9999/0300", "6000 BCE"),
        ("5000/Y15000", "8000"),
        ("Y-66000000/Y-10001", "40 million years ago"),
    ],
)
def test_the_names_of_ticks_are_round_and_stand_apart(eras: str, second: str) -> None:
    [era] = draw_axis([], eras)
    places, names = zip(*era.ticks, strict=True)
    assert names[1] == second
    assert all(
        7 * (after - before) >= 5.5 * len(name)
        for (before, after), name in zip(pairwise(places), names[1:], strict=True)
    )


REFUSED = {
    "2012": "an era has a beginning and an end",
    "2010/..": "an era has a beginning and an end",
    "2010/2014, 2014/2019": "begins before",
    "2016/2019": '"e0" (2015) begins in no era',
    "2010/2015-06": '"e0" (2015) begins in no era, or ends after the last',
}


@pytest.mark.parametrize("eras", REFUSED)
def test_eras_that_do_not_hold_the_record_are_refused(eras: str) -> None:
    with pytest.raises(ValueError, match=re.escape(REFUSED[eras])):
        drawn([("2015", "deed", 9)], eras)


def test_a_strand_of_one_event_is_counted_in_the_singular() -> None:
    example = replace(next(each for each in examples("timeline") if "strand" in each.arguments))
    del example.library.entries["silence"], example.library.records["silence"]
    assert timeline(example.page(), **example.arguments).count("Weather: 1 event<") == 2

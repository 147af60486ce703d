"""Figures drawn: to scale, with every caveat in words, and their data beside them."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.components.rendering import MACROS
from macros.exports.figures_csv import list_figures
from macros.library.library import BrokenRecordError
from macros.problems import AuthorError
from macros.records.kinds import Fact

from ..support.builds import EXPLAINER, PROJECT, Built, Page, built, text_of
from ..support.components import Example
from ..support.html import parse_html

Fields = dict[str, Any]


def figure(name: str, **fields: object) -> Fields:
    told = {"text": f"The {name}.", "value": "5", "unit": "trips", "period": "2020", "as_of": "2020"}
    return {"id": name, "evidence": [{"source": "report", "exact": name}], **told, **fields}


def drawn(macro: str, *facts: Fields, ids: tuple[str, ...] = ()) -> Element:
    """What a drawing of the facts, or of those named, comes to."""
    names = ids or tuple(each["id"] for each in facts)
    arguments = ("A title", *names) if macro == "bars" else names
    example = Example(macro, "here", arguments=arguments, records={"fact": list(facts)})
    return parse_html(example.render())


def of_class(root: Element, name: str) -> Iterator[Element]:
    return (each for each in root.iter() if name in each.get("class", "").split())


def caveats(*facts: Fields) -> str:
    return " ".join(map(text_of, of_class(drawn("bars", *facts), "xp-drawing__caveats")))


# What a page's author asks for and gets told.
REFUSED: dict[str, tuple[str, list[Fields], str]] = {
    "unlike units": (
        "bars",
        [figure("a"), figure("b", unit="% of trips")],
        '"a" counts trips, "b" counts % of trips; draw figures of one unit together',
    ),
    "a share beside points of it": (
        "bars",
        [figure("a", unit="per cent"), figure("b", unit="percentage points")],
        '"a" counts per cent, "b" counts percentage points; draw figures of one unit together',
    ),
    "below zero": (
        "bars",
        [figure("a"), figure("b", value="-1")],
        '"b" is below zero, where a bar starts; show it with fact()',
    ),
    "one bar": (
        "bars",
        [figure("a")],
        "bars() takes a title and two ids or more; show a single figure with fact() or share()",
    ),
    "unlike periods, one not of whole months": (
        "bars",
        [figure("a"), figure("b", period="2021~")],
        '"b" covers no whole months, and another figure another time; '
        "unlike periods share no scale: draw it apart",
    ),
    "one twice": ("bars", [figure("a"), figure("a")], '"a" stands twice; name it once'),
    "no figure": (
        "bars",
        [figure("a"), {"id": "b", "text": "B.", "evidence": [{"source": "report", "exact": "b"}]}],
        '"b" has no figure; name a fact with a value',
    ),
    "part of nothing": (
        "share",
        [figure("a")],
        '"a" is no share; give it "out_of", the whole it is part of, or use fact()',
    ),
}


@pytest.mark.parametrize("mistake", REFUSED)
def test_figures_that_no_scale_can_hold_are_refused(mistake: str) -> None:
    macro, facts, message = REFUSED[mistake]
    with pytest.raises(AuthorError) as refused:
        drawn(macro, *facts)
    assert str(refused.value) == message


def test_per_cent_is_one_unit_however_it_is_written() -> None:
    root = drawn("bars", figure("a", unit="%"), figure("b", unit="per cent"))
    assert len([*of_class(root, "xp-drawing__bar")]) == 2


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("%", "Per cent"),
        ("% of all", "Per cent of all"),
        ("%points", "%points"),
        ("crowns a mile", "Crowns a mile"),
    ],
)
def test_every_drawing_is_headed_by_what_it_counts(unit: str, said: str) -> None:
    bars = drawn("bars", figure("a", unit=unit), figure("b", unit=unit))
    share = drawn("share", figure("a", unit=unit, out_of="100"))
    for root in (bars, share):
        (heading,) = of_class(root, "xp-drawing__unit")
        assert text_of(heading).startswith(f"{said}, ")


def test_a_second_drawing_that_begins_with_the_same_figure_is_refused_and_the_same_again_is_not() -> None:
    facts = [figure("a"), figure("b"), figure("c")]
    page = Example("bars", "here", records={"fact": facts}).page()
    first = MACROS["bars"](page, "A title", "a", "b")
    again = MACROS["bars"](page, "A title", "a", "b")
    assert ('id="drawn-a"' in first, 'id="drawn-a"' in again) == (True, False)
    with pytest.raises(AuthorError) as refused:
        MACROS["bars"](page, "A title", "a", "c")
    assert str(refused.value) == 'the page has another "a.csv"; begin this drawing with another figure'


@pytest.mark.parametrize("missing", ["unit", "period", "as_of"])
def test_a_figure_that_lacks_something_breaks_no_file_and_no_drawing(missing: str) -> None:
    fields = {name: value for name, value in figure("a").items() if name != missing}
    example = Example("bars", "here", arguments=("A title", "a", "b"), records={"fact": [fields, figure("b")]})
    assert [each.id for each in list_figures(example.library)] == ["b"]
    with pytest.raises(BrokenRecordError):
        example.render()


values = st.decimals(0, 10**9, places=1).map(str)


@given(st.lists(values, min_size=2, max_size=6))
def test_a_bar_is_as_long_as_its_figure_from_zero(chosen: list[str]) -> None:
    root = drawn("bars", *(figure(f"f-{number}", value=value) for number, value in enumerate(chosen)))
    lengths = [Decimal(bar.get("width", "").removesuffix("%")) for bar in of_class(root, "xp-drawing__bar")]
    greatest = max(map(Decimal, chosen)) or Decimal(1)
    assert [abs(length - 100 * Decimal(value) / greatest) <= Decimal("0.005") for length, value in
            zip(lengths, chosen, strict=True)] == [True] * len(chosen)  # fmt: skip


@given(st.integers(1, 200).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_is_drawn_as_so_much_of_its_whole(share: tuple[int, int]) -> None:
    value, whole = share
    root = drawn("share", figure("a", value=str(value), out_of=str(whole)))
    parts, rest = (len(list(of_class(root, f"xp-share__{name}"))) for name in ("part", "rest"))
    strips = [Decimal(bar.get("width", "").removesuffix("%")) for bar in of_class(root, "xp-drawing__bar")]
    if strips:
        assert len(strips) == 1
        assert abs(strips[0] - Decimal(100 * value) / whole) <= Decimal("0.005")
    assert (parts, parts + rest) == ((0, 0) if strips else (value, whole))


SAID: dict[str, tuple[Fields, Fields, list[str]]] = {
    "no beginning": (
        {"period": "../2020"},
        {"period": "../2020"},
        ["The count runs until 2020; from when on is not said."],
    ),
    "a target": (
        {},
        {"status": "target", "qualifier": "at least"},
        ["“at least 5” is a target: it is aimed at, and is not a result."],
    ),
    "an estimate": ({"status": "estimate"}, {}, ["“5” is an estimate, and is not a result."]),
    "two counts": ({"counted_by": "quay-society"}, {}, ["Not all were counted by the same"]),
}


@pytest.mark.parametrize("case", SAID)
def test_what_keeps_figures_from_comparing_is_said_in_words(case: str) -> None:
    one, other, sentences = SAID[case]
    said = caveats(figure("a", **one), figure("b", **other))
    assert [sentence for sentence in sentences if sentence not in said] == []


@pytest.mark.parametrize(
    "periods", [("2020", "2021"), ("2020-01", "2021-07"), ("2020-05-03", "2020-05-04"), ("2020", "2020")]
)
def test_nothing_is_said_of_periods_of_one_length(periods: tuple[str, str]) -> None:
    assert caveats(*(figure(name, period=each) for name, each in zip("ab", periods, strict=True))) == ""


@pytest.mark.parametrize(
    ("one", "other", "figures", "worked"),
    [
        ({"value": "1200"}, {"value": "134.1", "period": "2021-01/2021-07"},
         ["100", "19.2"], ["1,200 ÷ 12", "134.1 ÷ 7"]),
        ({"value": "0"}, {"value": "5", "period": "2021-02"}, ["0", "5"], ["0 ÷ 12", "5 ÷ 1"]),
        ({"value": "2400000"}, {"period": "2011/2020"}, ["200,000", "0.0417"], ["2,400,000 ÷ 12", "5 ÷ 120"]),
    ],
)  # fmt: skip
def test_figures_of_unlike_periods_are_drawn_per_month_with_the_division(
    one: Fields, other: Fields, figures: list[str], worked: list[str]
) -> None:
    root = drawn("bars", figure("a", **one), figure("b", **other))
    assert [text_of(each) for each in of_class(root, "xp-bars__figure")] == [f"{each} a month" for each in figures]
    said = [text_of(each) for each in of_class(root, "xp-bars__worked")]
    assert [each in text for each, text in zip(worked, said, strict=True)] == [True, True]
    assert "divided each figure by its months" in text_of(next(of_class(root, "xp-drawing__key")))


@pytest.mark.parametrize(
    ("hedge", "end", "key"),
    [
        ("at least", "open", "A pointed end"),
        ("some", "near", "A soft end"),
        ("nearly", "short", "A soft end"),
        ("up to", "short", "A soft end"),
        ("fewer than", "short", "A soft end"),
    ],
)
def test_a_hedge_stands_in_the_figure_shapes_the_end_and_is_in_the_key(hedge: str, end: str, key: str) -> None:
    root = drawn("bars", figure("a", qualifier=hedge), figure("b"))
    assert [text_of(each) for each in of_class(root, "xp-bars__figure")] == [f"{hedge} 5", "5"]
    shapes = [each.get("class", "").split()[1:] for each in of_class(root, "xp-drawing__end")]
    assert shapes == [[] if end == "open" else [f"xp-drawing__end--{end}"]]
    assert key in text_of(next(of_class(root, "xp-drawing__key")))


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def facts_of(site: Built) -> dict[str, Fact]:
    return {each.id: each for each in site.library.of(Fact) if each.value is not None}


def drawings(site: Built) -> Iterator[tuple[Page, Element]]:
    for page in site.content.values():
        for drawing in page.of_class("xp-drawing"):
            yield page, drawing


def test_every_drawing_has_a_file_and_a_table_of_just_its_figures_and_cites_each(site: Built) -> None:
    found = 0
    for page, drawing in drawings(site):
        rows = [row.get("data-record") for row in of_class(drawing, "xp-numbers__row")]
        (link,) = [each for each in drawing.iter("a") if each.get("type") == "text/csv"]
        assert "CSV" in text_of(link)
        file = site.site / page.target(link.get("href", ""))[0]
        assert [row["id"] for row in read(file.read_bytes().decode("utf-8"))] == rows
        cited = {name for each in drawing.iter() for name in each.get("data-cites", "").split()}
        assert cited == set(rows) != set()
        found += 1
    assert found >= 2

"""The picture of a record in time: eras, each on a scale of its own, and a stroke for every date.

A place is a percentage of an era's width, so that one drawing serves every
screen; a height is in units of the drawing. A stroke is as wide as its date is
vague: a year covers its year. Where an event reaches into several eras it is
drawn in each, cut at the breaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ...records.dates import MONTHS, Date, Day, Point, parse_date

Shape = Literal["bar", "dot", "within"]
Edge = Literal["sharp", "soft", "open", "cut"]

MARGIN = 4.0  # of an era's width, at each end: edges that dissolve need it
BEYOND = 3.0  # how far a stroke that is cut runs out of the drawing
SHORTEST = 1.5  # what would be narrower is drawn as a dot
EDGES: dict[Edge, float] = {"sharp": 3, "soft": 13, "open": 11, "cut": 0}  # pixels beyond a stroke's end
NAME = 36  # pixels from one tick to the next, for its name
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000)  # months between two ticks
MEASURES = ((1 / 12, "1 month"), (1, "1 year"), (10, "10 years"), (100, "100 years"), (1000, "1000 years"))


@dataclass(frozen=True)
class Moment:
    """What is drawn: an id, a date, the side of the axis, and the words of its label."""

    id: str
    date: Date
    act: str
    label: str


@dataclass(frozen=True)
class Stroke:
    """One moment in one era: from where to where, its lane from the axis outwards, and how it ends."""

    moment: Moment
    shape: Shape
    left: float
    right: float
    edges: tuple[Edge, Edge]
    first: bool
    lane: int = 0
    y: int = 0

    @property
    def width(self) -> float:
        return round(self.right - self.left, 2)

    @property
    def text(self) -> tuple[float, str]:
        """Where the label stands, and which end of it: it never leaves the drawing."""
        left = max(self.left, 0.0)
        if left + LABELLED.label(self) <= 100:
            return left, "start"
        right = min(self.right, 100.0)
        return (right if right >= LABELLED.label(self) else 100.0), "end"


@dataclass(frozen=True)
class Scale:
    """How a drawing is laid out: the narrowest it may be shown, in pixels, and the height of a lane."""

    narrowest: float
    lane: int
    letter: float = 0  # the width of one letter of a label, on the safe side

    def label(self, stroke: Stroke) -> float:
        return 100 * self.letter * len(stroke.moment.label) / self.narrowest

    def extent(self, stroke: Stroke) -> tuple[float, float]:
        """Return what a stroke covers with its edges and its label, and some space."""
        pixel = 100 / self.narrowest
        radius = 6 if stroke.shape == "dot" else 0
        before, after = (max(EDGES[edge] + radius, 2) * pixel for edge in stroke.edges)
        left, right = stroke.left - before, stroke.right + after
        if self.letter:
            place, anchor = stroke.text
            wide = self.label(stroke)
            ends = (place, place + wide) if anchor == "start" else (place - wide, place)
            left, right = min(left, ends[0]), max(right, ends[1] + 10 * pixel)
        return left, right


LABELLED = Scale(700, 34, 6.4)


@dataclass(frozen=True)
class Tick:
    """A moment on the axis and its name."""

    place: float
    name: str


@dataclass(frozen=True)
class Drawing:
    """An era at one scale: strokes above the axis, strokes below, ticks."""

    words: tuple[Stroke, ...]
    deeds: tuple[Stroke, ...]
    ticks: tuple[Tick, ...]
    lane: int

    @property
    def heights(self) -> tuple[int, int]:
        above, below = ([stroke.lane for stroke in strokes] for strokes in (self.words, self.deeds))
        return (max(above, default=-1) + 1) * self.lane, (max(below, default=-1) + 1) * self.lane


@dataclass(frozen=True)
class Era:
    """A stretch of time on a scale of its own."""

    date: Date
    moments: tuple[Moment, ...]
    share: int
    plain: Drawing
    labelled: Drawing
    measure: tuple[float, str]

    @property
    def id(self) -> str:
        return "from-" + self.date.edtf.partition("/")[0]


def draw_axis(moments: Iterable[Moment], spans: str) -> list[Era]:
    """Draw moments in eras, given as EDTF intervals with commas between them, the earliest first.

    Raises ValueError, with a sentence for the author, for spans that overlap or leave an moment out.
    """
    eras = list(_read(spans))
    ordered = sorted(moments, key=lambda each: each.date.sort_key)
    members: list[list[Moment]] = [[] for _ in eras]
    for moment in ordered:
        members[_home(moment, eras)].append(moment)
    fair = len(ordered) / len(eras)
    return [_draw(index, eras, ordered, members[index], fair) for index in range(len(eras))]


def _read(spans: str) -> Iterator[Date]:
    before: Date | None = None
    for span in spans.split(","):
        era = parse_date(span.strip())
        if era.form != "interval" or not (era.start and era.end):
            raise ValueError(f'an era has a beginning and an end, like 1960/1990, not "{span.strip()}"')
        if before and era.earliest <= before.latest:
            raise ValueError(f'the era "{era.edtf}" begins before "{before.edtf}" has ended; set them apart')
        yield era
        before = era


def _home(moment: Moment, eras: list[Date]) -> int:
    """Return the era a moment begins in: the first for one without a beginning."""
    begins, ends, edges = _reach(moment.date)
    if ends > eras[-1].latest and edges[1] != "open":
        raise ValueError(f'"{moment.id}" ends after the last era; make it longer')
    if edges[0] == "open":
        return 0
    for index, era in enumerate(eras):
        if era.earliest <= begins <= era.latest:
            return index
    raise ValueError(f'"{moment.id}" ({moment.date.edtf}) begins in no era; widen one')


def _draw(index: int, eras: list[Date], ordered: list[Moment], members: list[Moment], fair: float) -> Era:
    era, share = eras[index], 2 if len(members) >= 1.5 * fair else 1
    strokes = list(_strokes(era, ordered, {each.id for each in members}, index == 0, index == len(eras) - 1))
    plain = Scale(130 * share, 16)
    years = _days(era) / 365.25
    length, name = next((each for each in reversed(MEASURES) if each[0] <= years / 2), MEASURES[0])
    return Era(
        era,
        tuple(members),
        share,
        _drawing(strokes, plain, _ticks(era, plain)),
        _drawing(strokes, LABELLED, _ticks(era, LABELLED)),
        (round((100 - 2 * MARGIN) * min(length / years, 1), 2), name),
    )


def _strokes(era: Date, ordered: list[Moment], members: set[str], first: bool, last: bool) -> Iterator[Stroke]:
    for moment in ordered:
        begins, ends, edges = _reach(moment.date)
        if ends < era.earliest or begins > era.latest:
            continue
        left, right = place(era, begins), place(era, ends, whole=True)
        start, end = edges
        if begins < era.earliest:
            start, left = ("open", MARGIN) if first and start == "open" else ("cut", -BEYOND)
        if ends > era.latest:
            end, right = ("open", 100 - MARGIN) if last and end == "open" else ("cut", 100 + BEYOND)
        shape: Shape = "within" if moment.date.form == "within" else "bar"
        if right - left < SHORTEST:
            left = right = round((left + right) / 2, 2)
            shape = "dot"
        yield Stroke(moment, shape, left, right, (start, end), moment.id in members)


def _reach(when: Date) -> tuple[Day, Day, tuple[Edge, Edge]]:
    """Return from when to when a stroke runs, and how it ends; it stops at the last day that is known."""
    begins, ends = when.earliest, when.latest
    start, end = _edge(when.start), _edge(when.end)
    if when.edtf.endswith("/") and when.start:
        ends, end = when.start.latest, "soft"
    if when.edtf.startswith("/") and when.end:
        begins, start = when.end.earliest, "soft"
    return begins, ends, (start, end)


def _edge(point: Point | None) -> Edge:
    if point is None:
        return "open"
    return "soft" if point.qualifier else "sharp"


def place(era: Date, day: Day, whole: bool = False) -> float:
    """Return where a day stands in an era, in per cent of its width: its beginning, or its end with `whole`."""
    held = min(max(day, era.earliest), era.latest)
    passed = date(*held).toordinal() - date(*era.earliest).toordinal() + whole
    return round(MARGIN + (100 - 2 * MARGIN) * passed / _days(era), 2)


def _days(era: Date) -> int:
    return date(*era.latest).toordinal() - date(*era.earliest).toordinal() + 1


def _drawing(strokes: list[Stroke], scale: Scale, ticks: tuple[Tick, ...]) -> Drawing:
    words = _stack([stroke for stroke in strokes if stroke.moment.act == "words"], scale)
    deeds = _stack([stroke for stroke in strokes if stroke.moment.act != "words"], scale)
    top = max((stroke.lane for stroke in words), default=0)
    above = [_at(stroke, (top - stroke.lane) * scale.lane) for stroke in words]
    return Drawing(
        tuple(above), tuple(_at(stroke, stroke.lane * scale.lane) for stroke in deeds), ticks, scale.lane
    )


def _stack(strokes: list[Stroke], scale: Scale) -> list[Stroke]:
    """Give each stroke the lane nearest to the axis that is free; no two strokes of a lane meet."""
    filled: list[float] = []
    stacked = []
    for left, right, stroke in sorted(
        ((*scale.extent(stroke), stroke) for stroke in strokes), key=lambda each: each[0]
    ):
        lane = next((index for index, end in enumerate(filled) if end <= left), len(filled))
        filled[lane : lane + 1] = [right]
        stacked.append(Stroke(**{**vars(stroke), "lane": lane}))
    order = {stroke.moment.id: index for index, stroke in enumerate(strokes)}
    return sorted(stacked, key=lambda stroke: order[stroke.moment.id])


def _at(stroke: Stroke, y: int) -> Stroke:
    return Stroke(**{**vars(stroke), "y": y})


def _ticks(era: Date, scale: Scale) -> tuple[Tick, ...]:
    """Yield the beginnings of round years or months, as many as leave room for their names."""
    (year, month, _), (last, end, _) = era.earliest, era.latest
    first, final = 12 * year + month - 1, 12 * last + end - 1
    least = NAME * (final + 1 - first) / ((100 - 2 * MARGIN) / 100 * scale.narrowest)
    step = next((each for each in STEPS if each >= least), STEPS[-1])
    months = range(-(-first // step) * step, final + 1, step)
    return tuple(
        Tick(place(era, (each // 12, each % 12 + 1, 1)), MONTHS[each % 12][:3] if each % 12 else str(each // 12))
        for each in months
        if (each // 12, each % 12 + 1, 1) >= era.earliest
    )

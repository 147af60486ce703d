"""The picture of a record in time: eras, each on a scale of its own, and a stroke with its label for every date.

A place is a percentage of an era's width, so that one drawing serves every
screen; a height is in units of the drawing. A stroke is as wide as its date is
vague: a year covers its year. Where an event reaches into several eras it is
drawn in each, cut at the breaks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ...records.date_words import MONTHS, say_year
from ...records.dates import Date, Point, parse_date
from ...records.days import Day, day_number

Shape = Literal["bar", "dot", "within"]
Edge = Literal["sharp", "soft", "open", "cut"]

MARGIN = 4.0  # of an era's width, at each end: edges that dissolve need it
BEYOND = 3.0  # how far a stroke that is cut runs out of the drawing
SHORTEST = 1.5  # what would be narrower is drawn as a dot
EDGES: dict[Edge, float] = {"sharp": 3, "soft": 13, "open": 11, "cut": 0}  # pixels beyond a stroke's end
NAME = 36  # pixels from one tick to the next, for its name
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000)  # months between two ticks
NARROWEST = 700.0  # pixels that a drawing needs
LETTER = 6.4  # the width of one letter of a label, on the safe side
LANE = 34  # the height of a label with its stroke


@dataclass(frozen=True)
class Moment:
    """What is drawn, unless it is part of another: an id, a date, a side of the axis, the words of its label."""

    id: str
    date: Date
    act: str
    label: str
    part: bool = False


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
        if left + self.label <= 100:
            return left, "start"
        right = min(self.right, 100.0)
        return (right if right >= self.label else 100.0), "end"

    @property
    def label(self) -> float:
        """How wide the label is."""
        return 100 * LETTER * len(self.moment.label) / NARROWEST

    @property
    def extent(self) -> tuple[float, float]:
        """What the stroke covers with its edges and its label, and a little air."""
        pixel = 100 / NARROWEST
        radius = 6 if self.shape == "dot" else 0
        before, after = (max(EDGES[edge] + radius, 2) * pixel for edge in self.edges)
        place, anchor = self.text
        ends = (place, place + self.label) if anchor == "start" else (place - self.label, place)
        return min(self.left - before, ends[0]), max(self.right + after, ends[1] + 10 * pixel)


@dataclass(frozen=True)
class Tick:
    """A moment on the axis and its name."""

    place: float
    name: str


@dataclass(frozen=True)
class Drawing:
    """Some strokes of an era: words above the axis, what was done and what was so below, and ticks."""

    words: tuple[Stroke, ...]
    deeds: tuple[Stroke, ...]
    ticks: tuple[Tick, ...]
    lane: int = LANE

    @property
    def heights(self) -> tuple[int, int]:
        above, below = ([stroke.lane for stroke in strokes] for strokes in (self.words, self.deeds))
        return (max(above, default=-1) + 1) * self.lane, (max(below, default=-1) + 1) * self.lane


@dataclass(frozen=True)
class Era:
    """A stretch of time on its own scale: the moments that begin in it, all drawn, and its landmarks alone."""

    date: Date
    moments: tuple[Moment, ...]
    whole: Drawing
    strip: Drawing | None

    @property
    def id(self) -> str:
        return "from-" + self.date.edtf.partition("/")[0]


def draw_axis(moments: Iterable[Moment], spans: str, landmarks: Collection[str] = ()) -> list[Era]:
    """Draw moments in eras, given as EDTF intervals with commas between them, the earliest first.

    Every era but the last has a strip of its landmarks too, moments named by their ids, if it has any.
    Raises ValueError, with a sentence for the author, for spans that overlap or leave a moment out.
    """
    eras = list(_read(spans))
    ordered = sorted(moments, key=lambda each: each.date.sort_key)
    members: list[list[Moment]] = [[] for _ in eras]
    for moment in ordered:
        members[_home(moment, eras)].append(moment)
    return [_draw(index, eras, ordered, members[index], landmarks) for index in range(len(eras))]


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


def _draw(
    index: int, eras: list[Date], ordered: list[Moment], members: list[Moment], landmarks: Collection[str]
) -> Era:
    era, last = eras[index], index == len(eras) - 1
    strokes = list(_strokes(era, ordered, {each.id for each in members}, index == 0, last))
    chosen = [stroke for stroke in strokes if stroke.moment.id in landmarks]
    strip = _drawing(era, chosen) if chosen and not last else None
    return Era(era, tuple(members), _drawing(era, strokes), strip)


def _strokes(era: Date, ordered: list[Moment], members: set[str], first: bool, last: bool) -> Iterator[Stroke]:
    for moment in ordered:
        begins, ends, edges = _reach(moment.date)
        if moment.part or ends < era.earliest or begins > era.latest:
            continue
        left, right = place(era, begins), place(era, ends, whole=True)
        start, end = edges
        if begins < era.earliest:
            start, left = ("open", MARGIN) if first and start == "open" else ("cut", -BEYOND)
        if ends > era.latest:
            end, right = ("open", 100 - MARGIN) if last and end == "open" else ("cut", 100 + BEYOND)
        shape: Shape = "bar" if moment.date.form in ("point", "interval") else "within"
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
    passed = day_number(held) - day_number(era.earliest) + whole
    return round(MARGIN + (100 - 2 * MARGIN) * passed / _days(era), 2)


def _days(era: Date) -> int:
    return day_number(era.latest) - day_number(era.earliest) + 1


def _drawing(era: Date, strokes: list[Stroke]) -> Drawing:
    words = _stack([stroke for stroke in strokes if stroke.moment.act == "words"])
    deeds = _stack([stroke for stroke in strokes if stroke.moment.act != "words"])
    top = max((stroke.lane for stroke in words), default=0)
    above = [_at(stroke, (top - stroke.lane) * LANE) for stroke in words]
    return Drawing(tuple(above), tuple(_at(stroke, stroke.lane * LANE) for stroke in deeds), _ticks(era))


def _stack(strokes: list[Stroke]) -> list[Stroke]:
    """Give each stroke the lane nearest to the axis that is free; no two strokes of a lane meet."""
    filled: list[float] = []
    stacked = []
    for stroke in sorted(strokes, key=lambda each: each.extent[0]):
        left, right = stroke.extent
        lane = next((index for index, end in enumerate(filled) if end <= left), len(filled))
        filled[lane : lane + 1] = [right]
        stacked.append(replace(stroke, lane=lane))
    order = {stroke.moment.id: index for index, stroke in enumerate(strokes)}
    return sorted(stacked, key=lambda stroke: order[stroke.moment.id])


def _at(stroke: Stroke, y: int) -> Stroke:
    return replace(stroke, y=y)


def _ticks(era: Date) -> tuple[Tick, ...]:
    """Return the beginnings of round years or months, as many as leave room for their names."""
    (year, month, _), (last, end, _) = era.earliest, era.latest
    first, final = 12 * year + month - 1, 12 * last + end - 1
    least = NAME * (final + 1 - first) / ((100 - 2 * MARGIN) / 100 * NARROWEST)
    step = next((each for each in STEPS if each >= least), STEPS[-1])
    months = range(-(-first // step) * step, final + 1, step)
    return tuple(
        Tick(
            place(era, (each // 12, each % 12 + 1, 1)),
            MONTHS[each % 12][:3] if each % 12 else say_year(each // 12),
        )
        for each in months
        if (each // 12, each % 12 + 1, 1) >= era.earliest
    )

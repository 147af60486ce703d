"""The picture of a record in time: eras, each on a scale of its own, and a stroke with its label for every date.

A place is a percentage of an era's width, so that one drawing serves every screen. A stroke is as wide as its date
is vague: a year covers its year. Where an event reaches into several eras it is drawn in each, cut at the breaks.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ...records.calendar import MONTHS, Day, day_number, say_year
from ...records.dates import Date, Point, parse_date

Shape = Literal["bar", "dot", "within"]
Edge = Literal["sharp", "soft", "open", "cut"]

MARGIN = 4.0  # of an era's width, at each end: edges that dissolve need it
BEYOND = 3.0  # how far a stroke that is cut runs out of the drawing
SHORTEST = 1.5  # what would be narrower is drawn as a dot
EDGES: dict[Edge, float] = {"sharp": 3, "soft": 13, "open": 11, "cut": 0}  # pixels beyond a stroke's end
NAME = 36  # pixels from one tick to the next, for its name
STEPS = (1, 3, 6, *(12 * n * 10**power for power in range(9) for n in (1, 2, 5)))  # months between two ticks
NARROWEST = 700.0  # pixels that a drawing needs
LETTER = 6.4  # the width of one letter of a label, on the safe side


@dataclass(frozen=True)
class Moment:
    """What is drawn, unless it is part of another: an id, a date, a side of the axis, a label and its address."""

    id: str
    date: Date
    act: str
    label: str
    link: str = ""
    part: bool = False
    told: Day | None = None  # the last day of which anything is known: one without an end is drawn up to it


@dataclass
class Stroke:
    """One moment in one era: from where to where, how it ends, and its lane, counted from the top."""

    moment: Moment
    shape: Shape
    left: float
    right: float
    edges: tuple[Edge, Edge]
    lane: int = 0

    @property
    def width(self) -> float:
        return round(self.right - self.left, 2)

    @property
    def label_place(self) -> tuple[float, str]:
        """Where the label stands, and which end of it: it never leaves the drawing."""
        left, right = max(self.left, 0.0), min(self.right, 100.0)
        if left + self.label_width <= 100:
            return left, "start"
        return (right if right >= self.label_width else 100.0), "end"

    @property
    def label_width(self) -> float:
        """In per cent of the era's width, as all places are."""
        return 100 * LETTER * len(self.moment.label) / NARROWEST

    @property
    def extent(self) -> tuple[float, float]:
        """What the stroke covers with its edges and its label, and a little air."""
        pixel = 100 / NARROWEST
        radius = 6 if self.shape == "dot" else 0
        before, after = (max(EDGES[edge] + radius, 2) * pixel for edge in self.edges)
        place, anchor = self.label_place
        ends = (place, place + self.label_width) if anchor == "start" else (place - self.label_width, place)
        return min(self.left - before, ends[0]), max(self.right + after, ends[1] + 10 * pixel)


@dataclass(frozen=True)
class Era:
    """A stretch of time on its own scale: what begins in it, the strokes of all, and those of its landmarks."""

    date: Date
    moments: list[Moment]
    whole: list[Stroke]
    strip: list[Stroke]

    @property
    def id(self) -> str:
        return "from-" + self.date.edtf.partition("/")[0]

    @property
    def ticks(self) -> Iterator[tuple[float, str]]:
        """The beginnings of round years or months, as many as leave room for their names."""
        (year, month, day), (last, end, _) = self.date.earliest, self.date.latest
        first, final = 12 * year + month - 1 + (day > 1), 12 * last + end - 1
        longest = max(map(len, map(say_year, (year, last))))
        room = (100 - 2 * MARGIN) / 100 * NARROWEST / max(NAME, LETTER * longest)
        step = next((each for each in STEPS if each >= (final + 1 - first) / room), STEPS[-1])
        for number in range(-(-first // step) * step, final + 1, step):
            counted = -120_000 < number <= 0  # before the year 1, 2000 BCE is round, and not 2001
            year = number // 12 + (counted and step > 12)
            name = MONTHS[number % 12][:3] if number % 12 else say_year(year)
            yield place_day(self.date, (year, number % 12 + 1, 1)), name


def draw_axis(moments: Iterable[Moment], spans: str, landmarks: Collection[str] = ()) -> list[Era]:
    """Draw moments in eras, given as EDTF intervals with commas between them; the last has no strip of landmarks.

    Raises ValueError, with a sentence for the author, for spans that overlap or leave a moment out.
    """
    eras = _read_eras(spans)
    ordered = sorted(moments, key=lambda each: each.date.sort_key)
    begun: dict[Date, list[Moment]] = {era: [] for era in eras}
    for moment in ordered:
        begun[_first_era(moment, eras)].append(moment)
    marked = [each for each in ordered if each.id in landmarks]
    return [
        Era(era, begun[era], _strokes(era, eras, ordered), _strokes(era, eras, marked) if era != eras[-1] else [])
        for era in eras
    ]


def _read_eras(spans: str) -> list[Date]:
    eras = [parse_date(span.strip()) for span in spans.split(",")]
    for era in eras:
        if era.form != "interval" or not (era.start and era.end):
            raise ValueError(f'an era has a beginning and an end, like 1960/1990, not "{era.edtf}"')
    for before, era in pairwise(eras):
        if era.earliest <= before.latest:
            raise ValueError(f'the era "{era.edtf}" begins before "{before.edtf}" has ended; set them apart')
    return eras


def _first_era(moment: Moment, eras: list[Date]) -> Date:
    """Return the era a moment begins in: the first for one without a beginning."""
    begins, ends, (start, end) = _reach(moment.date)
    if ends <= eras[-1].latest or end == "open":
        for era in eras:
            if start == "open" or era.earliest <= begins <= era.latest:
                return era
    raise ValueError(f'"{moment.id}" ({moment.date.edtf}) begins in no era, or ends after the last; widen one')


def _strokes(era: Date, eras: list[Date], moments: Iterable[Moment]) -> list[Stroke]:
    """Return the strokes of an era, each in the highest lane of its side that is free; no two of a lane meet."""
    strokes = []
    for moment in moments:
        begins, ends, (start, end) = _reach(moment.date)
        if end == "open" and moment.told:
            ends = max(moment.told, begins)
        if moment.part or ends < era.earliest or begins > era.latest:
            continue
        left, right = place_day(era, begins), place_day(era, ends, whole=True)
        if begins < era.earliest and era != eras[0]:
            start, left = "cut", -BEYOND
        if ends > era.latest and era != eras[-1]:
            end, right = "cut", 100 + BEYOND
        shape: Shape = "bar" if moment.date.form in ("point", "interval") else "within"
        if right - left < SHORTEST:
            left = right = round((left + right) / 2, 2)
            shape = "dot"
        strokes.append(Stroke(moment, shape, left, right, (start, end)))
    filled: dict[bool, list[float]] = {True: [], False: []}  # how far the lanes of words and of deeds are filled
    for stroke in sorted(strokes, key=lambda each: each.extent[0]):
        (left, right), lanes = stroke.extent, filled[stroke.moment.act == "words"]
        stroke.lane = next((index for index, end in enumerate(lanes) if end <= left), len(lanes))
        lanes[stroke.lane : stroke.lane + 1] = [right]
    return strokes


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
    return "open" if point is None else "soft" if point.qualifier else "sharp"


def place_day(era: Date, day: Day, whole: bool = False) -> float:
    """Return where a day stands in an era, in per cent of its width: its beginning, or its end with `whole`."""
    first, last = day_number(era.earliest), day_number(era.latest)
    passed = day_number(min(max(day, era.earliest), era.latest)) - first + whole
    return round(MARGIN + (100 - 2 * MARGIN) * passed / (last - first + 1), 2)

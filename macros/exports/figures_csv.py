"""Figures as a table for machines: RFC 4180, UTF-8, one figure a row, the same bytes for the same records."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ..evidence.selectors import Location
from ..library.library import Library
from ..records.kinds import Fact

FIGURES = "figures.csv"

COLUMNS = (
    *("id", "statement", "value", "unit", "out_of", "qualifier", "status", "period", "as_of"),
    *("counted_by", "said_by", "source", "section", "paragraph"),
)


def list_figures(library: Library) -> list[Fact]:
    """Every fact with a figure, in the order of the sources; without those that a rule has found wanting."""
    return sorted((each for each in library.of(Fact) if is_whole(library, each)), key=library.order)


def is_whole(library: Library, fact: Fact) -> bool:
    """Whether a figure has all that a row needs; a build says what is missing, a preview goes on without it."""
    return None not in (fact.value, fact.unit, fact.period, fact.as_of) and bool(library.locations[fact.id])


def figures_csv(library: Library, facts: Iterable[Fact]) -> str:
    """Facts with their figures as CSV; dates in EDTF.

    A cell with several names, or the places of several passages, has them in
    the order of the record, with "; " between.
    """
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    for fact in facts:
        rows.writerow(_row(library, fact))
    return written.getvalue()


def _row(library: Library, fact: Fact) -> list[str]:
    places = library.locations[fact.id]
    assert fact.period
    assert fact.as_of
    return [
        *(fact.id, fact.text, str(fact.value), fact.unit or "", str(fact.out_of or ""), fact.qualifier or ""),
        *(fact.status or "result", fact.period.edtf, fact.as_of.edtf),
        _labels(library, fact.counted_by),
        _labels(library, fact.said_by),
        _labels(library, (place.source for place in places)),
        "; ".join(place.section for place in places),
        "; ".join(map(_paragraph, places)),
    ]


def _labels(library: Library, ids: Iterable[str]) -> str:
    return "; ".join(library.records[each].label if each in library.records else each for each in ids)


def _paragraph(place: Location) -> str:
    return str(place.number) if place.role == "paragraph" else f"{place.role} {place.number}"

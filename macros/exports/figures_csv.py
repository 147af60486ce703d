"""Figures as CSV (RFC 4180, UTF-8): one figure a row, the same bytes for the same records."""

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
    """Return every fact with a complete figure, in the order of the sources."""
    return sorted((each for each in library.of(Fact) if is_complete_figure(library, each)), key=library.order)


def is_complete_figure(library: Library, fact: Fact) -> bool:
    """Return whether a fact has all that a row needs; rules report what is missing, and serving goes on."""
    return None not in (fact.value, fact.unit, fact.period, fact.as_of) and bool(library.locations[fact.id])


def format_figures_csv(library: Library, facts: Iterable[Fact]) -> str:
    """Return facts with their figures as CSV; dates in EDTF.

    A cell with several names, or the places of several passages, has them in
    the order of the record, separated by "; ".
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

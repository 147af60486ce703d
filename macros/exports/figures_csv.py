"""Figures as CSV (RFC 4180, UTF-8): one figure a row, the same bytes for the same records."""

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

from ..library.library import Library, computed_once
from ..pages.site import Site
from ..records.kinds import Fact

FIGURES = "figures.csv"


def _labels(library: Library, ids: Iterable[str]) -> str:
    return "; ".join(library.records[each].label if each in library.records else each for each in ids)


# What stands in each column. Several names, or the places of several passages, are separated by "; ".
COLUMNS: dict[str, Callable[[Library, Any], object]] = {
    "id": lambda library, fact: fact.id,
    "statement": lambda library, fact: fact.text,
    "value": lambda library, fact: fact.value,
    "unit": lambda library, fact: fact.unit,
    "out_of": lambda library, fact: fact.out_of,
    "qualifier": lambda library, fact: fact.qualifier,
    "status": lambda library, fact: fact.status or "result",
    "period": lambda library, fact: fact.period.edtf,
    "as_of": lambda library, fact: fact.as_of.edtf,
    "counted_by": lambda library, fact: _labels(library, fact.counted_by),
    "said_by": lambda library, fact: _labels(library, fact.said_by),
    "source": lambda library, fact: _labels(library, (each.source for each in library.locate(fact.id))),
    "section": lambda library, fact: "; ".join(each.section for each in library.locate(fact.id)),
    "paragraph": lambda library, fact: "; ".join(
        f"{each.role} {each.number}".removeprefix("paragraph ") for each in library.locate(fact.id)
    ),
}


@computed_once
def list_figures(library: Library) -> list[Fact]:
    """Return every fact with a complete figure, in the order of the sources."""
    return sorted((each for each in library.of(Fact) if is_complete_figure(library, each)), key=library.order)


def is_complete_figure(library: Library, fact: Fact) -> bool:
    """Return whether a fact has all that a row needs; rules report what is missing, and serving goes on."""
    return None not in (fact.value, fact.unit, fact.period, fact.as_of) and bool(library.locate(fact.id))


def format_figures_csv(site: Site, facts: Iterable[Fact]) -> str:
    """Return facts with their figures as CSV; dates in EDTF."""
    return "".join([_format_row(COLUMNS), *(site.remember(_row, fact.id) for fact in facts)])


def _row(site: Site, name: str) -> str:
    fact = site.library.get(name, Fact)
    return _format_row(value_of(site.library, fact) for value_of in COLUMNS.values())


def _format_row(values: Iterable[object]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(values)
    return written.getvalue()

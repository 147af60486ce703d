"""How to cite: a source as plain text, BibTeX, CSL-JSON and RIS; a quotation as a sentence to copy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ..evidence.selectors import Location
from ..records.dates import Date, Point
from ..records.kinds import Source
from ..records.models import Name, Passage


class SourceType(NamedTuple):
    """What a type of source in CSL-JSON is called elsewhere."""

    schema_org: str
    ris: str
    bibtex: str


SOURCE_TYPES = {
    "article-newspaper": SourceType("NewsArticle", "NEWS", "article"),
    "article-magazine": SourceType("Article", "MGZN", "article"),
    "article-journal": SourceType("ScholarlyArticle", "JOUR", "article"),
    "report": SourceType("Report", "RPRT", "techreport"),
    "webpage": SourceType("WebPage", "ELEC", "misc"),
    "book": SourceType("Book", "BOOK", "book"),
    "speech": SourceType("CreativeWork", "HEAR", "misc"),
}

BIBTEX_SIGNS = {sign: f"\\{sign}" for sign in "&%$#_{}"}
BIBTEX_SIGNS |= {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def iso_point(point: Point | None) -> str:
    """Return one end of a date in ISO 8601, where that says neither more nor less than the source."""
    return point.datetime if point and not point.qualifier else ""


def iso_date(date: Date | None) -> str:
    """Return a date that is one point in ISO 8601; empty for all that ISO cannot say."""
    return iso_point(date.start) if date and date.form == "point" else ""


def format_plain(source: Source) -> str:
    """Return a source as one sentence: Ada Brook, “A canal without end”, The Lorne Post, May 1934. https://…"""
    parts = [*(name.full for name in source.author), f"“{source.title}”", *_carriers(source)]
    address = f" {source.URL}" if source.URL else ""
    return f"{', '.join([*parts, source.issued.say()])}.{address}"


def format_quotation(
    words: Iterable[Passage], by: Iterable[str], when: Iterable[str], source: Source, location: Location
) -> str:
    """Return a quotation with who said it and where it is quoted; parts the source interrupts stay apart."""
    said = " […] ".join(f"“{passage.exact}”" for passage in words)
    told = [" and ".join(each for each in by if each), ", ".join(each for each in when if each)]
    section = f", section “{location.section}”" if location.section else ""
    parts = [*(name.full for name in source.author), f"“{source.title}”", *_carriers(source)]
    quoted = f"Quoted in {', '.join([*parts, source.issued.say()])}{section}, {location.role} {location.number}"
    address = f" {source.URL}" if source.URL else ""
    return f"{'. '.join(each for each in (f'{said} — {told[0]}', told[1], quoted) if each)}.{address}"


def format_bibtex(source: Source) -> str:
    """Return a source in BibTeX, for biber or for BibTeX proper."""
    entry = SOURCE_TYPES[source.type].bibtex
    fields = {
        "title": f"{{{_tex(source.title)}}}",
        "author": " and ".join(_bibtex_name(name) for name in source.author),
        "journal": _tex(source.container_title or source.publisher) if entry == "article" else "",
        "institution": _tex(source.publisher) if entry == "techreport" else "",
        "publisher": _tex(source.publisher),
        "howpublished": _tex(source.container_title or "") if entry == "misc" else "",
        "year": _year(source.issued),
        "date": iso_date(source.issued),
        "url": source.URL or "",
        "urldate": iso_date(source.accessed),
        "langid": source.language,
        "note": "" if iso_date(source.issued) else _tex(f"Published {source.issued.say()}"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{entry}{{{source.id},", *lines, "}"]) + "\n"


def format_csl_json(source: Source) -> str:
    """Return a source in CSL-JSON: a list of one item."""
    found = {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "author": [name.model_dump(exclude_none=True) for name in source.author],
        "container-title": source.container_title,
        "publisher": source.publisher,
        "issued": _csl_date(source.issued),
        "accessed": _csl_date(source.accessed) if source.accessed else None,
        "URL": source.URL,
        "language": source.language,
    }
    item = {name: value for name, value in found.items() if value}
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def format_ris(source: Source) -> str:
    """Return a source in RIS: two letters a field, lines that end with CRLF."""
    fields = [
        ("TY", SOURCE_TYPES[source.type].ris),
        ("ID", source.id),
        ("TI", source.title),
        *(("AU", _ris_name(name)) for name in source.author),
        ("T2", source.container_title or ""),
        ("PB", source.publisher),
        ("PY", _year(source.issued)),
        ("DA", iso_date(source.issued).replace("-", "/")),
        ("N1", "" if iso_date(source.issued) else f"Published {source.issued.say()}"),
        ("UR", source.URL or ""),
        ("Y2", iso_date(source.accessed).replace("-", "/")),
        ("LA", source.language),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value or tag == "ER")


# The formats a reader may download, by the ending of the file.
FORMATS: dict[str, tuple[str, Callable[[Source], str]]] = {
    "txt": ("Plain text", lambda source: format_plain(source) + "\n"),
    "bib": ("BibTeX", format_bibtex),
    "json": ("CSL-JSON", format_csl_json),
    "ris": ("RIS", format_ris),
}


def citation_path(source: Source, ending: str) -> str:
    """Return the path of a source's citation from the site's root."""
    return f"cite/{source.id}.{ending}"


def _carriers(source: Source) -> list[str]:
    carried = f"in {source.container_title}" if source.container_title else ""
    return [part for part in (source.publisher, carried) if part]


def _year(date: Date) -> str:
    years = {iso_point(end)[:4] for end in (date.start, date.end)}
    return years.pop() if len(years) == 1 else ""


def _csl_date(date: Date) -> dict[str, Any]:
    """Return a date as CSL's numbers where they are true, else in words."""
    parts = [[int(part) for part in iso_point(end).split("-")] for end in (date.start, date.end) if iso_point(end)]
    if date.form == "point" and parts:
        return {"date-parts": parts[:1]}
    if date.form == "interval" and len(parts) == 2:
        return {"date-parts": parts}
    return {"literal": date.say()}


def _tex(text: str) -> str:
    return re.sub(r"[&%$#_{}\\~^]", lambda match: BIBTEX_SIGNS[match[0]], text)


def _bibtex_name(name: Name) -> str:
    if name.literal:
        return f"{{{_tex(name.literal)}}}"
    return ", ".join(_tex(part) for part in (name.family, name.given) if part)


def _ris_name(name: Name) -> str:
    return name.literal or ", ".join(part for part in (name.family, name.given) if part)

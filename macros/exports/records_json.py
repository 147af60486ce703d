"""Records as JSON: all of them in one file, and how every export writes JSON."""

import json
from typing import Any

from ..pages.site import Site
from ..records.kinds import KINDS


def dump_json(value: object) -> str:
    """Return JSON on one line, the same bytes for the same value, that cannot end the script that holds it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def format_records_json(site: Site) -> str:
    """Return every record as JSON, by kind and in the order of its file, one record a line."""
    kinds = []
    for name, kind in KINDS.items():
        rows = ",\n".join(site.remember(_row, each.id) for each in site.library.of(kind))
        kinds.append(f"{json.dumps(name)}: [\n{rows}\n]" if rows else f"{json.dumps(name)}: []")
    return "{\n" + ",\n".join(kinds) + "\n}\n"


def _row(site: Site, name: str) -> str:
    """Return a record as it was written, with its address and the place of each passage."""
    record = site.library.records[name]
    row: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True, exclude={"furniture"})
    if address := site.record_address(record):
        row["address"] = f"{site.address}{address}"
    places = [
        {"source": each.source, "section": each.section, each.role: each.number}
        for each in site.library.locate(name)
    ]
    return dump_json({**row, "places": places} if places else row)

"""All records as one JSON file."""

import json

from ..pages.site import Site
from ..records.kinds import KINDS
from .schema_org import Node, dump_json


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
    row: Node = record.model_dump(mode="json", exclude_defaults=True, exclude={"furniture"})
    if address := site.record_address(record):
        row["address"] = f"{site.address}{address}"
    places = [
        {"source": each.source, "section": each.section, each.role: each.number}
        for each in site.library.locate(name)
    ]
    return dump_json({**row, "places": places} if places else row)

"""All records as one JSON file, and the list of every file that other programs may read."""

import json
from collections.abc import Iterator

from ..pages.site import Site
from ..records.kinds import KINDS, Source
from ..records.models import Record
from .atom import FEED, format_corrections_feed
from .citation_formats import FORMATS, citation_path
from .figures_csv import FIGURES, format_figures_csv, list_figures
from .schema_org import DATA, Node, SchemaOrg, dump_json


def list_exports(graph: SchemaOrg) -> Iterator[tuple[str, str]]:
    """Yield each file beside the pages: its path from the site's root, and its text."""
    site = graph.site
    yield DATA, format_records_json(site)
    yield FEED, format_corrections_feed(site)
    yield FIGURES, format_figures_csv(site.library, list_figures(site.library))
    for source in site.library.of(Source):
        for ending, (_, format_source) in FORMATS.items():
            yield citation_path(source, ending), format_source(source)
    yield from graph.files()


def format_records_json(site: Site) -> str:
    """Return every record as JSON, by kind and in the order of its file, one record a line."""
    kinds = []
    for name, kind in KINDS.items():
        rows = ",\n".join(dump_json(_row(site, record)) for record in site.library.of(kind))
        kinds.append(f"{json.dumps(name)}: [\n{rows}\n]" if rows else f"{json.dumps(name)}: []")
    return "{\n" + ",\n".join(kinds) + "\n}\n"


def _row(site: Site, record: Record) -> Node:
    """Return a record as it was written, with its address and the place of each passage."""
    row = record.model_dump(mode="json", exclude_defaults=True, exclude={"furniture"})
    if address := site.record_address(record):
        row["address"] = f"{site.address}{address}"
    places = [
        {"source": each.source, "section": each.section, each.role: each.number}
        for each in site.library.locations.get(record.id, ())
    ]
    return {**row, "places": places} if places else row

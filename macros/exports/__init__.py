"""Exports, the records for machines: a module for each format, and here the files that a build writes of them."""

from collections.abc import Iterator

from ..pages.site import Site
from ..records.kinds import Source
from .atom import FEED, format_corrections_feed
from .citation_formats import FORMATS, citation_path
from .figures_csv import FIGURES, format_figures_csv, list_figures
from .records_json import format_records_json
from .schema_org import DATA, list_graphs


def list_exports(site: Site) -> Iterator[tuple[str, str]]:
    """Yield each file beside the pages: its path from the site's root, and its text."""
    yield DATA, format_records_json(site)
    yield FEED, format_corrections_feed(site)
    yield FIGURES, format_figures_csv(site, list_figures(site.library))
    for source in site.library.of(Source):
        for ending, (_, format_source) in FORMATS.items():
            yield citation_path(source, ending), format_source(source)
    yield from list_graphs(site)

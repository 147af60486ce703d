"""The corrections as an Atom feed (RFC 4287)."""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from jinja2 import StrictUndefined, Template

from ..library.library import newest_corrections
from ..pages.site import Site
from ..records.kinds import Correction

FEED = "corrections.xml"


def format_corrections_feed(site: Site) -> str:
    """Return the feed as XML; without an address of the site, its ids are URNs and its links relative."""
    library = site.library
    found = [each for each in newest_corrections(library) if each.withdrawn or each.record in library.records]
    text, strict = Path(__file__).with_suffix(".j2").read_text("utf-8"), StrictUndefined
    template: Template = Template(text, autoescape=True, undefined=strict, trim_blocks=True, lstrip_blocks=True)
    given = {"site": site, "file": FEED, "corrections": found, "describe": describe_correction}
    return template.render(given, urn=lambda *parts: uuid5(NAMESPACE_URL, "\n".join(parts)).urn) + "\n"


def describe_correction(correction: Correction) -> str:
    """Return what a correction changed, and why, as sentences."""
    now = f"it says “{correction.now}”" if correction.now else "it was withdrawn"
    return f"It said “{correction.was}”; {now}. {correction.why}"

"""The corrections as an Atom feed (RFC 4287)."""

from __future__ import annotations

import uuid
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..pages.site import Site
from ..records.kinds import Correction

FEED = "corrections.xml"
ATOM = "http://www.w3.org/2005/Atom"


def format_corrections_feed(site: Site) -> str:
    """Return the feed as XML, the newest correction first.

    Where there is none, its date is that of the build. Without an address of the
    site, ids are URNs made from its name, and links are relative.
    """
    records, known, name = site.library.records, site.address, site.name
    found = [each for each in site.library.of(Correction) if each.withdrawn or each.record in records]
    found.sort(key=lambda each: (each.date.edtf, each.id), reverse=True)
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(root, "id", f"{known}{FEED}" if known else _urn(name, FEED))
    _add(root, "title", f"Corrections – {name}")
    newest = found[0].date.edtf if found else site.built or "1970-01-01"
    _add(root, "updated", f"{newest}T00:00:00Z")
    _add(_add(root, "author"), "name", site.author or name)
    _add(root, "link", rel="self", href=f"{known}{FEED}", type="application/atom+xml")
    _add(root, "link", rel="alternate", href=known or "./", type="text/html")
    for each in found:
        entry, place = _add(root, "entry"), site.record_address(each) or "./"
        _add(entry, "id", f"{known}{place}" if known else _urn(name, each.id))
        _add(entry, "title", records[each.record].label if each.record else f"Withdrawn: {each.withdrawn}")
        _add(entry, "updated", f"{each.date.edtf}T00:00:00Z")
        _add(entry, "link", rel="alternate", href=f"{known}{place}", type="text/html")
        thanks = f" Noticed by {each.noticed_by}." if each.noticed_by else ""
        _add(entry, "content", f"{describe_correction(each)}{thanks}", type="text")
    indent(root)
    return tostring(root, encoding="unicode") + "\n"


def describe_correction(correction: Correction) -> str:
    """Return what a correction changed, and why, as sentences."""
    now = f"it says “{correction.now}”" if correction.now else "it was withdrawn"
    return f"It said “{correction.was}”; {now}. {correction.why}"


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    element = SubElement(parent, tag, attributes)
    element.text = text or None
    return element


def _urn(*parts: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(parts)).urn

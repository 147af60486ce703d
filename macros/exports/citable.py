"""What a reader may cite besides a source: a page of this site, and a record at its address."""

from __future__ import annotations

from markupsafe import Markup, escape

from ..pages.site import Site
from ..records.fields import id_like
from ..records.models import Record, Work
from .citation_formats import FORMATS
from .citation_styles import STYLES


def cite_page(site: Site, url: str, title: str) -> Work:
    """Return a page as a work to cite: by whoever made the site, as it stood when it was built."""
    return _on_this_site(site, id_like(url) or id_like(site.name), title, url)


def cite_record(site: Site, record: Record) -> Work:
    """Return a record as a work to cite: a source as itself, any other as what stands at its address."""
    if isinstance(record, Work):
        return record
    home = site.home(record)
    return _on_this_site(site, record.id, record.label, "" if home is None else f"{home}#{record.id}")


def citation_texts(work: Work) -> dict[str, Markup]:
    """Return how to cite a work, by the name of each style and format: prose with italics, then plain text."""
    prose = {name: format_style(work) for name, format_style in STYLES.items()}
    return prose | {name: escape(format_work(work)) for name, format_work in FORMATS.values()}


def _on_this_site(site: Site, key: str, title: str, place: str) -> Work:
    return Work.model_validate(
        {
            "id": key,
            "type": "webpage",
            "title": title,
            "author": [{"literal": site.author}] if site.author else [],
            "publisher": site.name,
            **({"issued": site.built} if site.built else {}),
            **({"URL": f"{site.address}{place}"} if site.address else {}),
        }
    )

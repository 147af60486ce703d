"""Pages and records in schema.org's vocabulary, as JSON-LD for the head of each page.

Nothing here says what a record does not: a date that ISO 8601 cannot express is left out, and what a record
lacks is not filled in.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..library.library import corrections_by_record
from ..pages.page import Page
from ..pages.site import Site, relative_address, url_beside
from ..records.kinds import Correction, Document, Entity, Fact, Person, Quote, Source
from ..records.models import Record
from ..records.parts import Name
from .atom import describe_correction
from .citation_formats import SOURCE_TYPES, iso_date
from .figures_csv import FIGURES
from .records_json import dump_json

CONTEXT = "https://schema.org"
DATA = "data.json"
GRAPH = "records.jsonld"

# Above this many bytes the records of a page go into a file of their own, and the page stays light.
MOST_INLINE = 6_000

# What a page may say it is, under `schema` in its front matter.
PAGE_TYPES = (
    *("WebPage", "AboutPage", "CollectionPage", "FAQPage", "Article", "BackgroundNewsArticle"),
    *("AnalysisNewsArticle", "Dataset"),
)

# Types that are no creative works: their sources have them as a subject, and they are based on none.
NO_WORKS = ("Event", "Person", "Organization", "DefinedTerm")

Node = dict[str, Any]


@dataclass(frozen=True)
class View:
    """The site as seen from the page at `url`: addresses are relative to it unless the site's own is known."""

    site: Site
    url: str

    def address(self, target: str) -> str:
        """Return the address of a page or file, given by its path from the site's root."""
        known = self.site.address
        return f"{known}{target}" if known else relative_address(target, self.url)

    def reference(self, name: str) -> Node:
        """Return a record as its @id alone; a blank node for one without a home."""
        record = self.site.library.records.get(name)  # none for a record with problems, while serving
        home = self.site.home(record) if record else None
        return {"@id": f"_:{name}" if home is None else f"{self.address(home)}#{name}"}

    def references(self, names: Iterable[str]) -> list[Node]:
        return [self.reference(each) for each in names]


def _name(name: Name) -> Node:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    parts = {"name": name.full, "familyName": name.family, "givenName": name.given}
    return {"@type": "Person", **parts, "honorificSuffix": name.suffix}


def _entity(schema_type: str, entity: Entity | Person, description: str) -> Node:
    names = {"name": entity.name, "alternateName": list(entity.alternate_names)}
    return {"@type": schema_type, **names, "description": description}


def _quote(view: View, quote: Quote) -> Node:
    records = view.site.library.records
    documents = [each for each in quote.speaker if isinstance(records.get(each), Document)]
    return {
        "@type": "Quotation",
        "text": quote.label,
        "spokenByCharacter": view.references(each for each in quote.speaker if each not in documents),
        "isPartOf": view.references(documents),  # a document that speaks is no speaker
        "creditText": quote.unattributed,
        "dateCreated": iso_date(quote.date),
    }


# The schema.org node of a record, by its kind; a kind that is not listed has none.
NODES: dict[str, Callable[[View, Any], Node]] = {
    "source": lambda view, source: {
        "@type": SOURCE_TYPES[source.type].schema_org,
        "name": source.title,
        "headline": source.title,
        "author": [_name(each) for each in source.author],
        "editor": [_name(each) for each in source.editor],
        "genre": source.genre,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "isPartOf": source.container_title and {"@type": "CreativeWork", "name": source.container_title},
        "datePublished": iso_date(source.issued),
        "url": source.link,
        "inLanguage": source.language,
    },
    "fact": lambda view, fact: {
        "@type": "Claim" if fact.said_by or fact.unattributed else "Statement",
        "text": fact.text,
        "author": view.references(fact.said_by),
        "creditText": fact.unattributed,
        "temporalCoverage": "/".join(filter(None, fact.period.iso)) if fact.period else iso_date(fact.as_of),
    },
    "quote": _quote,
    "event": lambda view, event: {
        "@type": "Event",
        "name": event.title,
        "description": f"{event.date.say()}: {event.summary or event.title}",
        "startDate": event.date.iso[0],
        "endDate": event.date.iso[1],
        "about": view.references(event.actors),
    },
    "person": lambda view, person: _entity(
        "Person", person, "; ".join(dict.fromkeys(each.role for each in person.roles))
    ),
    "organisation": lambda view, body: _entity("Organization", body, body.text),
    "document": lambda view, document: {
        **_entity("CreativeWork", document, document.text),
        "author": view.references(document.author),
        "dateCreated": iso_date(document.issued),
    },
    "term": lambda view, term: _entity("DefinedTerm", term, term.text),
    "limit": lambda view, limit: {
        "@type": "Question",
        "name": limit.title,
        "text": limit.question,
        "acceptedAnswer": {
            "@type": "Answer",
            "@id": f"{view.reference(limit.id)['@id']}-answer",
            "text": limit.answer,
            "isBasedOn": view.references(limit.rests_on),
        },
    },
    "tension": lambda view, tension: {
        "@type": "Statement",
        "name": tension.title,
        "text": tension.text,
        "about": view.references((*tension.one, *tension.other)),
    },
}


def format_graph(site: Site, url: str) -> str:
    """Return the nodes of the records at home on a page, as JSON; the URL is from the site's root."""
    return site.remember(_format_graph, url, *site.residents.get(url, ()))


def is_apart(site: Site, url: str) -> bool:
    """Tell whether the records at home on a page are too many for the page itself."""
    return len(format_graph(site, url)) > MOST_INLINE


def list_graphs(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the file of each page whose records stand apart: its path from the site's root, and its text."""
    for url in (each for each in site.residents if is_apart(site, each)):
        yield url_beside(url, GRAPH), f'{{"@context":{dump_json(CONTEXT)},"@graph":{format_graph(site, url)}}}\n'


def describe_page(page: Page, title: str, description: str, schema: str) -> Node:
    """Return what a page is, what it cites and, where they are few, the records at home on it."""
    site, library, view = page.site, page.library, View(page.site, page.url)
    cited = [library.records[each] for each in sorted(page.cited_ids | page.shown_ids)]
    sources = {each.source for record in cited for each in library.locate(record.id)}
    sources |= {each.id for each in cited if isinstance(each, Source) and not page.is_home(each)}
    fixes = corrections_by_record(library)
    fixed = sorted({fix for each in cited for fix in fixes.get(each.id, ())}, key=lambda fix: fix.id)
    node = {
        "@type": schema,
        "@id": view.address(page.url),
        "url": view.address(page.url),
        "name": title,
        "headline": title,
        "description": description,
        "inLanguage": "en",
        "dateModified": max([site.built, *(each.date.edtf for each in fixed)]),
        "isPartOf": {"@type": "WebSite", "@id": view.address(""), "name": site.name},
        "author": {"@type": "Person", "name": site.author} if site.author else None,
        "citation": [_describe_record(view, each) for each in library.of(Source) if each.id in sources],
        "correction": _describe_corrections(view, fixed),
        **(_describe_figures(view, cited) if schema == "Dataset" else {}),
    }
    graph = [] if is_apart(site, page.url) else json.loads(format_graph(site, page.url))
    return {"@context": CONTEXT, "@graph": [_without_empty_fields(node), *graph]}


def _format_graph(site: Site, url: str, *ids: str) -> str:
    records = [each for each in map(site.library.get, ids) if each.kind in NODES]
    return dump_json([_without_empty_fields(_describe_record(View(site, url), each)) for each in records])


def _without_empty_fields(value: Any) -> Any:
    """Return a node, and each within it, without empty fields; a list of one entry becomes that entry."""
    if isinstance(value, list):
        found = [_without_empty_fields(each) for each in value]
        return found[0] if len(found) == 1 else found
    if not isinstance(value, dict):
        return value
    fields = ((name, _without_empty_fields(each)) for name, each in value.items())
    return {name: each for name, each in fields if each not in (None, "", [], {})}


def _describe_record(view: View, record: Record) -> Node:
    """Return a record with its @id, what it is based on and how it was corrected."""
    library, node = view.site.library, NODES[record.kind](view, record)
    based = view.references(dict.fromkeys(each.source for each in library.locate(record.id)))
    node = {"@type": node.pop("@type"), **view.reference(record.id), **node}
    if node["@type"] in NO_WORKS:
        return {**node, "subjectOf": based}
    fixes = _describe_corrections(view, corrections_by_record(library).get(record.id, ()))
    return {**node, "isBasedOn": based, "correction": fixes}


def _describe_corrections(view: View, corrections: Iterable[Correction]) -> list[Node]:
    return [
        {
            "@type": "CorrectionComment",
            **view.reference(each.id),
            "text": describe_correction(each),
            "datePublished": each.date.edtf,
        }
        for each in corrections
    ]


def _describe_figures(view: View, cited: Iterable[Record]) -> Node:
    """Return what a page of figures is: the files with all of them, and what those on the page count."""
    return {
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": view.address(DATA)},
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": view.address(FIGURES)},
        ],
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": each.text,
                "value": json.loads(str(each.value)),  # a whole number stays one
                "unitText": each.unit,
                "url": view.reference(each.id)["@id"],
            }
            for each in cited
            if isinstance(each, Fact) and each.value is not None
        ],
    }

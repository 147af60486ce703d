"""Pages and records in schema.org's vocabulary, as JSON-LD for the head of each page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from ..pages.page import Page
from ..pages.site import Site, url_beside
from ..records.kinds import Correction, Fact, Source
from ..records.models import Record
from .atom import describe_correction
from .figures_csv import FIGURES
from .jsonld import Node, View, drop_empty_fields, dump_json
from .mappings import NODES, describe_source

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


@dataclass(eq=False)
class SchemaOrg:
    """The graphs of a site."""

    site: Site

    @cached_property
    def graphs(self) -> dict[str, list[Node]]:
        """The nodes of the records at home on each page, by its URL from the site's root."""
        records = self.site.library.records
        return {
            url: [node for each in ids if (node := _describe_record(View(self.site, url), records[each]))]
            for url, ids in self.site.residents.items()
        }

    @cached_property
    def apart(self) -> dict[str, int]:
        """The pages whose records are too many for the page itself, with the bytes of each."""
        weights = {url: len(dump_json(graph)) for url, graph in self.graphs.items()}
        return {url: weight for url, weight in weights.items() if weight > MOST_INLINE}

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the file of each page whose records stand apart: its path from the site's root, and its text."""
        for url in self.apart:
            yield url_beside(url, GRAPH), dump_json({"@context": CONTEXT, "@graph": self.graphs[url]}) + "\n"

    def page(self, page: Page, title: str, description: str, schema: str) -> Node:
        """Return what a page is, what it cites and, where they are few, the records at home on it."""
        library, view = self.site.library, View(self.site, page.url)
        cited = [library.records[each] for each in sorted(page.cited | page.shown)]
        sources = {each.source for record in cited for each in library.locations.get(record.id, ())}
        sources |= {each.id for each in cited if isinstance(each, Source) and not page.is_home(each)}
        fixes = {fix.id: fix for each in cited for fix in library.corrections.get(each.id, ())}
        fixed = [fixes[name] for name in sorted(fixes)]
        node = {
            "@type": "WebPage" if schema == "Dataset" else schema,
            "@id": view.address(page.url),
            "url": view.address(page.url),
            "name": title,
            "headline": title,
            "description": description,
            "inLanguage": "en",
            "dateModified": max([self.site.built, *(each.date.edtf for each in fixed)]),
            "isPartOf": {"@type": "WebSite", "@id": view.address(""), "name": self.site.name},
            "author": {"@type": "Person", "name": self.site.author} if self.site.author else None,
            "citation": [describe_source(view, each) for each in library.of(Source) if each.id in sources],
            "correction": _describe_corrections(view, fixed),
        }
        graph = [drop_empty_fields(node)]
        if schema == "Dataset":
            graph[0]["mainEntity"] = view.local_id("dataset")
            graph.append(_describe_dataset(view, title, description, cited))
        if page.url not in self.apart:
            graph += self.graphs.get(page.url, [])
        return {"@context": CONTEXT, "@graph": graph}


def _describe_record(view: View, record: Record) -> Node:
    """Return the node of a record; empty for a kind that schema.org has no word for."""
    if type(record) not in NODES:
        return {}
    library = view.site.library
    node = NODES[type(record)](view, record)
    based = view.references(dict.fromkeys(each.source for each in library.locations.get(record.id, ())))
    works = node["@type"] not in NO_WORKS
    fixes = _describe_corrections(view, library.corrections.get(record.id, ())) if works else []
    node = {"@type": node.pop("@type"), "@id": view.local_id(record.id), **node}
    return drop_empty_fields({**node, "isBasedOn" if works else "subjectOf": based, "correction": fixes})


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


def _describe_dataset(view: View, title: str, description: str, cited: Iterable[Record]) -> Node:
    """Return the figures a page shows, each with what it counts, and over which time."""
    figures = [each for each in cited if isinstance(each, Fact) and each.value is not None]
    located = view.site.library.locations
    sources = dict.fromkeys(place.source for each in figures for place in located.get(each.id, ()))
    node = {
        "@type": "Dataset",
        "@id": view.local_id("dataset"),
        "name": title,
        "description": description,
        "isBasedOn": view.references(sources),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": encoding, "contentUrl": view.address(path)}
            for path, encoding in ((DATA, "application/json"), (FIGURES, "text/csv"))
        ],
        "variableMeasured": [_describe_figure(view, each) for each in figures],
    }
    return drop_empty_fields(node)


def _describe_figure(view: View, fact: Fact) -> Node:
    assert fact.value is not None
    place = view.reference(fact.id)["@id"]
    terms = (
        *(fact.qualifier, fact.status),
        f"for {fact.period.say()}" if fact.period else "",
        f"as of {fact.as_of.say()}" if fact.as_of else "",
    )
    node = {
        "@type": "PropertyValue",
        "@id": f"{place}-figure",
        "name": fact.text,
        "value": float(fact.value) if fact.value % 1 else int(fact.value),
        "unitText": fact.unit,
        "description": "; ".join(filter(None, terms)),
        "url": place,
    }
    return drop_empty_fields(node)


def format_build_date(epoch: str) -> str:
    """Return the ISO date of SOURCE_DATE_EPOCH; empty when none is known, because the clock is no evidence."""
    return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch.strip("0").isdigit() else ""

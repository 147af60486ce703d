"""The same records for machines: JSON, schema.org, citations for reference managers, a feed of corrections.

Nothing here says what a record does not: a date that ISO cannot write is left
out, a document that speaks is no speaker, and what a record lacks is not filled
in. Addresses are relative to the page they stand on unless the site's is known.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

from ..library.library import Library
from ..pages.page import Page
from ..pages.site import Site
from ..records.dates import Date
from ..records.kinds import KINDS, Correction, Document, Entity, Event, Fact, Limit, Person, Quote, Source, Tension
from ..records.models import Name, Record
from .citation_formats import FORMATS, citation_path, iso_date, iso_point
from .figures_csv import FIGURES, figures_csv, list_figures

Node = dict[str, Any]

CONTEXT = "https://schema.org"
DATA = "data.json"
FEED = "corrections.xml"
GRAPH = "records.jsonld"
ATOM = "http://www.w3.org/2005/Atom"

# Above this many bytes the records of a page stand in a file of their own, and the page stays light.
MOST_INLINE = 6_000

# What a page may say it is, under `schema` in its front matter.
PAGE_TYPES = (
    *("WebPage", "AboutPage", "CollectionPage", "FAQPage", "Article", "BackgroundNewsArticle"),
    *("AnalysisNewsArticle", "Dataset"),
)

SOURCE_TYPES = {
    "article-newspaper": "NewsArticle",
    "article-magazine": "Article",
    "article-journal": "ScholarlyArticle",
    "report": "Report",
    "webpage": "WebPage",
    "book": "Book",
    "speech": "CreativeWork",
}


class Exports:
    """Everything machines may take from one build. `built` is the day of the commit, as ISO 8601; or empty."""

    def __init__(self, site: Site, name: str, author: str = "", built: str = "") -> None:
        self.site = site
        self.library: Library = site.library
        self.name = name
        self.author = author
        self.built = built

    # Files

    def files(self) -> Iterator[tuple[str, str]]:
        """Each file's path from the site's root, and its text."""
        yield DATA, self.data()
        yield FEED, self.feed()
        yield FIGURES, figures_csv(self.library, list_figures(self.library))
        for source in self.library.of(Source):
            for ending, (_, written) in FORMATS.items():
                yield citation_path(source, ending), written(source)
        for url in self.apart:
            yield f"{url}{GRAPH}", dump_json({"@context": CONTEXT, "@graph": self.graphs[url]}) + "\n"

    def data(self) -> str:
        """Every record, by kind and in the order of its file, one record a line."""
        kinds = []
        for name, kind in KINDS.items():
            rows = ",\n".join(dump_json(self.row(record)) for record in self.library.of(kind))
            kinds.append(f"{json.dumps(name)}: [\n{rows}\n]" if rows else f"{json.dumps(name)}: []")
        return "{\n" + ",\n".join(kinds) + "\n}\n"

    def row(self, record: Record) -> Node:
        """A record as it was written, with its address and the place of each passage."""
        row = record.model_dump(mode="json", exclude_defaults=True, exclude={"furniture"})
        if (home := self.site.home(record)) is not None:
            row["address"] = f"{self.site.address}{home}#{record.id}"
        places = [
            {"source": each.source, "section": each.section, each.role: each.number}
            for each in self.library.locations.get(record.id, ())
        ]
        return {**row, "places": places} if places else row

    def feed(self) -> str:
        """The corrections as an Atom feed, the newest first."""
        found = [each for each in self.library.of(Correction) if each.record in self.library.records]
        found.sort(key=lambda each: (each.date.edtf, each.id), reverse=True)
        known = self.site.address
        root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})

        def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
            element = ElementTree.SubElement(parent, tag, attributes)
            element.text = text or None
            return element

        add(root, "id", f"{known}{FEED}" if known else _urn(self.name, FEED))
        add(root, "title", f"Corrections – {self.name}")
        newest = found[0].date.edtf if found else self.built or "1970-01-01"
        add(root, "updated", f"{newest}T00:00:00Z")
        add(add(root, "author"), "name", self.author or self.name)
        add(root, "link", rel="self", href=f"{known}{FEED}", type="application/atom+xml")
        add(root, "link", rel="alternate", href=known or "./", type="text/html")
        for each in found:
            entry = add(root, "entry")
            home = self.site.home(each)
            place = "./" if home is None else f"{home}#{each.id}"
            add(entry, "id", f"{known}{place}" if known else _urn(self.name, each.id))
            add(entry, "title", self.library.records[each.record].label)
            add(entry, "updated", f"{each.date.edtf}T00:00:00Z")
            add(entry, "link", rel="alternate", href=f"{known}{place}", type="text/html")
            thanks = f" Noticed by {each.noticed_by}." if each.noticed_by else ""
            add(entry, "content", f"{_change(each)}{thanks}", type="text")
        ElementTree.indent(root)
        return ElementTree.tostring(root, encoding="unicode", xml_declaration=False) + "\n"

    # schema.org

    @cached_property
    def graphs(self) -> dict[str, list[Node]]:
        """The records at home on each page, as schema.org sees them."""
        records = self.library.records
        return {
            url: [node for each in ids if (node := self.node(records[each], url))]
            for url, ids in self.site.residents.items()
        }

    @cached_property
    def apart(self) -> dict[str, int]:
        """The pages whose records are too many for the page itself, with the weight of each."""
        weights = {url: len(dump_json(graph)) for url, graph in self.graphs.items()}
        return {url: weight for url, weight in weights.items() if weight > MOST_INLINE}

    def page(self, page: Page, title: str, description: str, schema: str) -> Node:
        """What a page is, what it cites and, where they are few, the records at home on it."""
        cited = [self.library.records[each] for each in sorted(page.cited | page.shown)]
        sources = {each.source for record in cited for each in self.library.locations.get(record.id, ())}
        sources |= {each.id for each in cited if isinstance(each, Source) and not page.is_home(each)}
        fixed = sorted({fix.id: fix for each in cited for fix in self.library.corrections.get(each.id, ())})
        node = {
            "@type": "WebPage" if schema == "Dataset" else schema,
            "@id": self._address(page.url, page.url),
            "url": self._address(page.url, page.url),
            "name": title,
            "headline": title,
            "description": description,
            "inLanguage": "en",
            "dateModified": max([self.built, *(self._correction(each).date.edtf for each in fixed)]),
            "isPartOf": {"@type": "WebSite", "@id": self._address("", page.url), "name": self.name},
            "author": {"@type": "Person", "name": self.author} if self.author else None,
            "citation": [self._source(each, page.url) for each in self.library.of(Source) if each.id in sources],
            "correction": [
                {"@type": "CorrectionComment", **self._fixed(self._correction(each), page.url)} for each in fixed
            ],
        }
        graph = [compact(node)]
        if schema == "Dataset":
            graph[0]["mainEntity"] = self._id(page.url, "dataset")
            graph.append(self._dataset(page, title, description, cited))
        if page.url in self.graphs and page.url not in self.apart:
            graph += self.graphs[page.url]
        return {"@context": CONTEXT, "@graph": graph}

    def node(self, record: Record, url: str) -> Node:
        """A record, seen from the page at `url`; empty for a kind that schema.org has no word for."""
        describe = NODES.get(type(record))
        if describe is None:
            return {}
        node = describe(self, record, url)
        sources = dict.fromkeys(each.source for each in self.library.locations.get(record.id, ()))
        based = [self._ref(each, url) for each in sources]
        fixes = [
            {"@type": "CorrectionComment", **self._fixed(each, url)}
            for each in self.library.corrections.get(record.id, ())
        ]
        works = not isinstance(record, Event | Person | Source) and node["@type"] not in (
            "Organization",
            "DefinedTerm",
        )
        return compact(
            {
                "@type": node.pop("@type"),
                "@id": self._id(url, record.id),
                **node,
                "isBasedOn" if works else "subjectOf": based,
                "correction": fixes if works or isinstance(record, Source) else [],
            }
        )

    def _dataset(self, page: Page, title: str, description: str, cited: Iterable[Record]) -> Node:
        """The figures a page shows, each with what it counts, over which time."""
        figures = [each for each in cited if isinstance(each, Fact) and each.value is not None]
        sources = dict.fromkeys(
            place.source for each in figures for place in self.library.locations.get(each.id, ())
        )
        return compact(
            {
                "@type": "Dataset",
                "@id": self._id(page.url, "dataset"),
                "name": title,
                "description": description,
                "isBasedOn": [self._ref(each, page.url) for each in sources],
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "encodingFormat": encoding,
                        "contentUrl": self._address(path, page.url),
                    }
                    for path, encoding in ((DATA, "application/json"), (FIGURES, "text/csv"))
                ],
                "variableMeasured": [
                    compact(
                        {
                            "@type": "PropertyValue",
                            "@id": f"{self._ref(each.id, page.url)['@id']}-figure",
                            "name": each.text,
                            "value": float(each.value) if each.value % 1 else int(each.value),
                            "unitText": each.unit,
                            "description": self._terms(each),
                            "url": self._ref(each.id, page.url)["@id"],
                        }
                    )
                    for each in figures
                    if each.value is not None
                ],
            }
        )

    @staticmethod
    def _terms(fact: Fact) -> str:
        """The hedge, the standing and the time of a figure, in words."""
        parts = [
            fact.qualifier or "",
            fact.status or "",
            f"for {fact.period.say()}" if fact.period else "",
            f"as of {fact.as_of.say()}" if fact.as_of else "",
        ]
        return "; ".join(part for part in parts if part)

    def _correction(self, name: str) -> Correction:
        found = self.library.records[name]
        assert isinstance(found, Correction)
        return found

    def _fixed(self, each: Correction, url: str) -> Node:
        fixed = {"text": _change(each), "datePublished": each.date.edtf}
        return {**self._ref(each.id, url), **fixed}

    def _address(self, target: str, url: str) -> str:
        """The address of a page or file of the site, from the page at `url`."""
        if self.site.address:
            return f"{self.site.address}{target}"
        if target == url:
            return "./"
        return "../" * url.count("/") + target or "./"

    def _id(self, url: str, name: str) -> str:
        """The @id of something at home on the page at `url`, seen from there."""
        return f"{self._address(url, url)}#{name}"

    def _ref(self, name: str, url: str) -> Node:
        """A record by its @id alone, seen from the page at `url`; one without a home by its name."""
        record = self.library.records.get(name)  # a record with problems is set aside, while serving
        home = self.site.home(record) if record else None
        if home is None:
            return {"@id": f"_:{name}"}
        return {"@id": f"{self._address(home, url)}#{name}"}

    def _refs(self, names: Iterable[str], url: str) -> list[Node]:
        return [self._ref(each, url) for each in names]

    # One kind each

    def _source(self, source: Source, url: str) -> Node:
        authors = [_name(each) for each in source.author]
        carrier = {"@type": "CreativeWork", "name": source.container_title} if source.container_title else None
        return compact(
            {
                "@type": SOURCE_TYPES[source.type],
                **self._ref(source.id, url),
                "name": source.title,
                "headline": source.title,
                "author": authors,
                "publisher": {"@type": "Organization", "name": source.publisher},
                "isPartOf": carrier,
                "datePublished": iso_date(source.issued),
                "url": source.URL,
                "inLanguage": source.language,
            }
        )

    def _fact(self, fact: Fact, url: str) -> Node:
        return {
            "@type": "Claim" if fact.said_by or fact.unattributed else "Statement",
            "text": fact.text,
            "author": self._refs(fact.said_by, url),
            "creditText": fact.unattributed,
            "temporalCoverage": _covered(fact.period or fact.as_of),
        }

    def _quote(self, quote: Quote, url: str) -> Node:
        records = self.library.records
        documents = [each for each in quote.speaker if isinstance(records.get(each), Document)]
        return {
            "@type": "Quotation",
            "text": quote.label,
            "spokenByCharacter": self._refs((each for each in quote.speaker if each not in documents), url),
            "isPartOf": self._refs(documents, url),
            "creditText": quote.unattributed,
            "dateCreated": iso_date(quote.date),
        }

    def _event(self, event: Event, url: str) -> Node:
        start, end = span(event.date)
        said = event.date.say()
        dated = "" if start else f"{said[0].upper()}{said[1:]}: "
        return {
            "@type": "Event",
            "name": event.title,
            "description": f"{dated}{event.summary or event.title}" if dated or event.summary else None,
            "startDate": start,
            "endDate": end,
            "about": self._refs(event.actors, url),
        }

    def _person(self, person: Person, url: str) -> Node:
        roles = [f"{each.role}, {each.at.say()}" if each.at else each.role for each in person.roles]
        return {
            "@type": "Person",
            "name": person.name,
            "alternateName": list(person.alternate_names),
            "description": "; ".join(dict.fromkeys(roles)),
        }

    def _entity(self, entity: Entity, url: str) -> Node:
        types = {"organisation": "Organization", "document": "CreativeWork", "term": "DefinedTerm"}
        found: Node = {
            "@type": types[entity.kind],
            "name": entity.name,
            "alternateName": list(entity.alternate_names),
            "description": entity.text,
        }
        if isinstance(entity, Document):
            found |= {"author": self._refs(entity.author, url), "dateCreated": iso_date(entity.issued)}
        return found

    def _limit(self, limit: Limit, url: str) -> Node:
        answer = {
            "@type": "Answer",
            "@id": self._id(url, f"{limit.id}-answer"),
            "text": limit.answer,
            "isBasedOn": self._refs(limit.rests_on, url),
        }
        return {
            "@type": "Question",
            "name": limit.title,
            "text": limit.question,
            "acceptedAnswer": compact(answer),
        }

    def _tension(self, tension: Tension, url: str) -> Node:
        return {
            "@type": "Statement",
            "name": tension.title,
            "text": tension.text,
            "about": self._refs((*tension.one, *tension.other), url),
        }


NODES: dict[type[Record], Callable[[Exports, Any, str], Node]] = {
    Source: Exports._source,
    Fact: Exports._fact,
    Quote: Exports._quote,
    Event: Exports._event,
    Person: Exports._person,
    Limit: Exports._limit,
    Tension: Exports._tension,
    **{KINDS[name]: Exports._entity for name in ("organisation", "document", "term")},
}


def span(date: Date) -> tuple[str, str]:
    """When something began and ended, as ISO 8601 where that is true; a moment within a span has neither."""
    if date.form == "within":
        return "", ""
    if date.form == "point":
        return iso_date(date), ""
    return iso_point(date.start), iso_point(date.end)


def built_on(epoch: str) -> str:
    """The day that SOURCE_DATE_EPOCH names; empty when it is not set, because the clock is no evidence."""
    return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch.isdigit() else ""


def dump_json(value: object) -> str:
    """JSON on one line, the same bytes for the same value, that nothing inside can end as a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def compact(node: Mapping[str, object]) -> Node:
    """A node without what is empty; a list of one stands alone."""
    found = {name: value for name, value in node.items() if value not in (None, "", [], {})}
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 and name[0] != "@" else value
        for name, value in found.items()
    }


def _covered(date: Date | None) -> str:
    """A span as schema.org wants it: `1931/1934`; empty for all that ISO cannot say."""
    if date is None or date.form == "within":
        return ""
    if date.form == "point":
        return iso_date(date)
    start, end = iso_point(date.start), iso_point(date.end)
    return f"{start}/{end}" if start and end else ""


def _change(correction: Correction) -> str:
    return f"It said “{correction.was}”; it says “{correction.now}”. {correction.why}"


def _name(name: Name) -> Node:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    parts = {"name": name.full, "familyName": name.family, "givenName": name.given}
    return compact({"@type": "Person", **parts})


def _urn(*parts: str) -> str:
    """A name for ever, for a site whose address is not known."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(parts)).urn

"""The records in the vocabulary of schema.org, as JSON-LD that a library expands."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from macros.exports.atom import format_corrections_feed
from macros.exports.citation_formats import SOURCE_TYPES
from macros.exports.records_json import dump_json
from macros.exports.schema_org import CONTEXT, PAGE_TYPES, describe_page
from macros.pages.site import Site
from macros.records.dates import parse_date
from macros.records.kinds import Document, Quote, Source

from ..support.builds import EXPLAINER, PROJECT, Built, built
from ..support.components import examples
from ..support.html import parse_html

SCHEMA = "https://schema.org/"


BASE = "https://site.example/"


# Every type and property we use; schema.org has them all, and a slip of the pen has not.
TYPES = {
    *("Answer", "Book", "Claim", "CorrectionComment", "CreativeWork", "DataDownload", "Dataset", "DefinedTerm"),
    *("Event", "Organization", "Person", "PropertyValue", "Question", "Quotation", "Statement", "WebSite"),
    *("NewsArticle", "Article", "ScholarlyArticle", "Report", *PAGE_TYPES),
}


PROPERTIES = {
    *("about", "acceptedAnswer", "alternateName", "author", "citation", "contentUrl", "correction"),
    *("creditText", "dateCreated", "dateModified", "datePublished", "description", "distribution"),
    *("encodingFormat", "endDate", "familyName", "givenName", "headline", "inLanguage", "isBasedOn", "isPartOf"),
    *("mainEntity", "name", "publisher", "spokenByCharacter", "startDate", "subjectOf", "temporalCoverage"),
    *("text", "unitText", "url", "value", "variableMeasured"),
}


ADDRESSES = ("url", "contentUrl", "mainEntity")


KIND_TYPES = {
    "fact": {"Claim", "Statement"},
    "quote": {"Quotation"},
    "event": {"Event"},
    "person": {"Person"},
    "organisation": {"Organization"},
    "document": {"CreativeWork"},
    "term": {"DefinedTerm"},
    "limit": {"Question"},
    "tension": {"Statement"},
    "source": {each.schema_org for each in SOURCE_TYPES.values()},
}


ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def load(url: str, options: object) -> dict[str, Any]:
    """schema.org, as far as we need it, without a network."""
    assert url == CONTEXT
    terms: dict[str, Any] = {name: {"@type": "@id"} for name in ADDRESSES}
    context = {"@vocab": SCHEMA, **{name: {"@id": SCHEMA + name, **value} for name, value in terms.items()}}
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": context}}


def expand(text: str, base: str) -> list[dict[str, Any]]:
    """What a machine makes of JSON-LD that stands at an address."""
    from pyld import jsonld  # it takes a tenth of a second, and each test process imports this module

    return jsonld.expand(json.loads(text), {"base": base, "documentLoader": load})  # type: ignore[no-any-return]


def nodes(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "@value" not in value:
            yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def inline(site: Built, name: str) -> str:
    """The data block of a page; there is one."""
    scripts = [
        script for script in site.pages[name].root.iter("script") if script.get("type") == "application/ld+json"
    ]
    assert len(scripts) == 1, name
    return scripts[0].text or ""


@cache
def graphs(site: Built) -> dict[str, list[dict[str, Any]]]:
    """Everything each page says of itself and its records, inline and in the file it names."""
    found = {}
    for name, page in site.content.items():
        url = BASE + name.removesuffix("index.html")
        found[name] = expand(inline(site, name), url)
        for link in page.having("href"):
            if link.get("rel") == "alternate" and link.get("type") == "application/ld+json":
                file = page.target(link.get("href", ""))[0]
                found[name] += expand((site.site / file).read_text(encoding="utf-8"), BASE + file)
    return found


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def test_every_page_says_what_it_is_in_words_that_schema_org_has(site: Built) -> None:
    for name, graph in graphs(site).items():
        page = graph[0]
        assert page["@id"] == BASE + name.removesuffix("index.html")
        assert page["@type"][0].removeprefix(SCHEMA) in PAGE_TYPES, name
        for node in nodes(graph):
            assert {each.removeprefix(SCHEMA) for each in node.get("@type", ())} <= TYPES, name
            known = {key.removeprefix(SCHEMA) for key in node if not key.startswith("@")}
            assert known <= PROPERTIES, name
            assert all(key.startswith(("@", SCHEMA)) for key in node), name


def test_every_record_stands_in_the_graph_of_its_home_once_under_its_own_address(site: Built) -> None:
    found: dict[str, list[str]] = {}
    for graph in graphs(site).values():
        for node in graph:
            if node["@id"].startswith(BASE):
                found.setdefault(node["@id"], []).append(node["@type"][0].removeprefix(SCHEMA))
    for record in site.library.records.values():
        if record.id in site.homes and record.kind != "correction":
            types = found[f"{BASE}{site.homes[record.id].removesuffix('index.html')}#{record.id}"]
            assert len(types) == 1
            assert set(types) <= KIND_TYPES[record.kind], record.id


def test_every_id_that_a_graph_names_is_a_place_on_the_site(site: Built) -> None:
    derived = ("-answer", "-figure", "#dataset")
    for graph in graphs(site).values():
        for node in nodes(graph):
            address = node.get("@id", "")
            if address.startswith(BASE) and not address.endswith(derived) and "#" in address:
                page, _, fragment = address.removeprefix(BASE).partition("#")
                assert fragment in site.pages[f"{page}index.html"].ids, address


def test_a_page_cites_the_sources_of_what_it_shows(site: Built) -> None:
    sources = {source.id for source in site.library.of(Source)}
    for name, page in site.content.items():
        marks = [one.attrib[tag] for tag in ("data-record", "data-cites") for one in page.having(tag)]
        shown = {each for mark in marks for each in mark.split()}
        expected = {each.source for one in shown for each in site.library.locate(one)}
        expected |= {each for each in shown & sources if site.homes[each] != name}
        cited = {node["@id"].rpartition("#")[2] for node in graphs(site)[name][0].get(SCHEMA + "citation", ())}
        assert cited == expected, name


def test_a_page_is_of_the_type_it_says_and_a_dataset_tells_each_of_its_figures() -> None:
    found = graphs(built(EXPLAINER))
    assert found["record/index.html"][0]["@type"] == [SCHEMA + "BackgroundNewsArticle"]
    (data,) = [node for node in found["index.html"] if SCHEMA + "Dataset" in node["@type"]]
    measured = {each[SCHEMA + "url"][0]["@id"].partition("#")[2] for each in data[SCHEMA + "variableMeasured"]}
    assert measured == {"crossings-2020", "crossings-made-2020", "crossings-aimed-at", "harbour-days-2012"}
    assert all(SCHEMA + "value" in each for each in data[SCHEMA + "variableMeasured"])


def test_a_quotation_has_its_words_its_speaker_and_its_source(site: Built) -> None:
    found = {node["@id"].rpartition("#")[2]: node for graph in graphs(site).values() for node in graph}
    for quote in site.library.of(Quote):
        node = found[quote.id]
        assert node[SCHEMA + "text"] == [{"@value": quote.label}]
        based = [each["@id"].rpartition("#")[2] for each in node[SCHEMA + "isBasedOn"]]
        assert based == [quote.evidence[0].source]
        speakers = [each["@id"].rpartition("#")[2] for each in node.get(SCHEMA + "spokenByCharacter", ())]
        assert speakers == [each for each in quote.speaker if not isinstance(site.library.records[each], Document)]


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("1936-05-03", ("1936-05-03", "")),
        ("1936", ("1936", "")),
        ("1936~", ("", "")),
        ("1936-21", ("", "")),
        ("193X", ("", "")),
        ("1931/1934-02", ("1931", "1934-02")),
        ("1931~/1934", ("", "1934")),
        ("1931/..", ("1931", "")),
        ("../1934", ("", "1934")),
        ("[1931..1934]", ("", "")),
        ("[1931,1934]", ("", "")),
        ("{1931,1934}", ("", "")),
        ("1936-05-03T10:00-04", ("1936-05-03T10:00-04:00", "")),
        ("1936-05-~03", ("", "")),
        ("1936-XX-03", ("", "")),
        ("1936-1X", ("", "")),
        ("-0043-03-15", ("-0043-03-15", "")),
        ("0988/1002", ("0988", "1002")),
        ("Y17000", ("", "")),
    ],
)
def test_an_event_begins_and_ends_only_where_iso_can_say_so(edtf: str, expected: tuple[str, str]) -> None:
    assert parse_date(edtf).iso == expected


def test_every_date_in_a_graph_is_iso(site: Built) -> None:
    for graph in graphs(site).values():
        for node in nodes(graph):
            for name in ("startDate", "endDate", "dateCreated", "datePublished", "dateModified"):
                for value in node.get(SCHEMA + name, ()):
                    assert ISO.fullmatch(value["@value"])


def test_nothing_in_a_data_block_can_end_it() -> None:
    text = dump_json({"a": "</script><!-- \u2028 &amp; ]]>"})
    assert "<" not in text
    assert "\u2028" not in text
    page = parse_html(f'<script type="application/ld+json">{text}</script>')
    (script,) = page.iter("script")
    assert json.loads(script.text or "") == {"a": "</script><!-- \u2028 &amp; ]]>"}


def test_a_site_with_an_address_says_all_of_its_addresses_in_full() -> None:
    example = examples("quote")[0]
    page = replace(example, home=True).page()
    page.site.address = "https://ferry.example/"
    told = describe_page(page, "Here", "Words", "WebPage")
    found = {node["@id"] for node in nodes(told) if "@id" in node}
    assert {each for each in found if not each.startswith("https://ferry.example/")} == set()


def test_a_feed_of_no_known_day_has_none_of_the_clock_and_without_corrections_no_entry() -> None:
    empty = format_corrections_feed(Site(examples("fact")[0].library, name="Never misses?"))
    assert "1970-01-01T00:00:00Z" in empty
    assert "<entry" not in empty

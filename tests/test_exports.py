"""The records for machines: JSON-LD that a library expands, citations that parse back, a feed that is one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from pyld import jsonld

from macros.components.records.views import report_link
from macros.exports.atom import ATOM, FEED, format_corrections_feed
from macros.exports.citation_formats import (
    FORMATS,
    SOURCE_TYPES,
    citation_path,
    format_bibtex,
    format_csl_json,
    format_plain,
    format_ris,
)
from macros.exports.jsonld import dump_json
from macros.exports.kinds import iso_span
from macros.exports.schema_org import CONTEXT, DATA, PAGE_TYPES, SchemaOrg, format_build_date
from macros.pages.page import Page
from macros.pages.site import Site
from macros.records.dates import parse_date
from macros.records.kinds import Correction, Document, Quote, Source

from .builds import EXPLAINER, PROJECT, Built, built, copy_project, run
from .components import examples

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


def test_a_page_cites_the_sources_of_what_it_shows() -> None:
    cited = {
        name: {node["@id"].rpartition("#")[2] for node in graph[0].get(SCHEMA + "citation", ())}
        for name, graph in graphs(built(PROJECT)).items()
    }
    both = {source.id for source in built(PROJECT).library.of(Source)}
    assert [name for name, found in cited.items() if name.startswith("limits/") and found != both] == []
    assert cited["history/index.html"] == both


def test_prose_is_a_background_article_and_the_numbers_are_a_dataset() -> None:
    found = graphs(built(PROJECT))
    assert found["history/index.html"][0]["@type"] == [SCHEMA + "BackgroundNewsArticle"]
    (data,) = [node for node in found["numbers/index.html"] if SCHEMA + "Dataset" in node["@type"]]
    assert len(data[SCHEMA + "variableMeasured"]) >= 20
    assert all(SCHEMA + "value" in each for each in data[SCHEMA + "variableMeasured"])


def test_a_quotation_has_its_words_its_speaker_and_its_source() -> None:
    library = built(PROJECT).library
    found = {node["@id"].rpartition("#")[2]: node for node in graphs(built(PROJECT))["voices/index.html"]}
    for quote in library.of(Quote):
        node = found[quote.id]
        assert node[SCHEMA + "text"] == [{"@value": quote.label}]
        assert [each["@id"].rpartition("#")[2] for each in node[SCHEMA + "isBasedOn"]] == [
            quote.evidence[0].source
        ]
        speakers = [each["@id"].rpartition("#")[2] for each in node.get(SCHEMA + "spokenByCharacter", ())]
        assert speakers == [each for each in quote.speaker if not isinstance(library.records[each], Document)]


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
    ],
)
def test_an_event_begins_and_ends_only_where_iso_can_say_so(edtf: str, expected: tuple[str, str]) -> None:
    assert iso_span(parse_date(edtf)) == expected


def test_every_date_in_a_graph_is_iso(site: Built) -> None:
    for graph in graphs(site).values():
        for node in nodes(graph):
            for name in ("startDate", "endDate", "dateCreated", "datePublished", "dateModified"):
                for value in node.get(SCHEMA + name, ()):
                    assert ISO.fullmatch(value["@value"])


def test_a_correction_stands_on_the_record_the_page_and_the_feed() -> None:
    site = built(EXPLAINER)
    (fix,) = site.library.of(Correction)
    graph = graphs(site)["record/index.html"]
    fixed = [node for node in nodes(graph) if SCHEMA + "CorrectionComment" in node.get("@type", ())]
    assert {node["@id"] for node in fixed} == {f"{BASE}record/#{fix.id}"}
    assert SCHEMA + "correction" in graph[0]
    on_record = list(site.pages["record/index.html"].having("data-correction"))
    assert [each.get("data-correction") for each in on_record] == [fix.id]
    (entry,) = feed(site).findall(f"{{{ATOM}}}entry")
    assert fix.was in entry.findtext(f"{{{ATOM}}}content", "")
    assert fix.now in entry.findtext(f"{{{ATOM}}}content", "")


def feed(site: Built) -> ElementTree.Element:
    return ElementTree.parse(site.site / FEED).getroot()


def test_the_feed_has_all_that_atom_asks_of_one(site: Built) -> None:
    root = feed(site)
    assert root.tag == f"{{{ATOM}}}feed"
    for element in [root, *root.findall(f"{{{ATOM}}}entry")]:
        for tag in ("id", "title", "updated"):
            assert element.findtext(f"{{{ATOM}}}{tag}"), tag
        assert re.match(r"(urn:uuid:|https://)", element.findtext(f"{{{ATOM}}}id", ""))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.findtext(f"{{{ATOM}}}updated", ""))
    assert root.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name")
    assert {link.get("rel") for link in root.findall(f"{{{ATOM}}}link")} == {"self", "alternate"}


def test_without_a_correction_the_method_page_says_so_and_the_feed_is_empty() -> None:
    site = built(PROJECT)
    if not site.library.of(Correction):
        assert "No correction so far." in "".join(site.pages["method/index.html"].root.itertext())
        assert feed(site).findall(f"{{{ATOM}}}entry") == []


def test_every_record_is_in_the_json_file_with_its_address_and_places(site: Built) -> None:
    data = json.loads((site.site / DATA).read_text(encoding="utf-8"))
    rows = {row["id"]: row for found in data.values() for row in found}
    assert set(rows) == set(site.library.records)
    for name, home in site.homes.items():
        assert rows[name]["address"] == f"{home.removesuffix('index.html')}#{name}"
        assert len(rows[name].get("places", ())) == len(site.library.locations[name])


def test_nothing_in_a_data_block_can_end_it() -> None:
    text = dump_json({"a": "</script><!-- \u2028 &amp; ]]>"})
    assert "<" not in text
    assert "\u2028" not in text
    page = html5lib.parse(f'<script type="application/ld+json">{text}</script>', namespaceHTMLElements=False)
    (script,) = page.iter("script")
    assert json.loads(script.text or "") == {"a": "</script><!-- \u2028 &amp; ]]>"}


def test_a_reference_manager_finds_title_date_and_language_on_every_page(site: Built) -> None:
    for name, page in site.content.items():
        meta = {each.get("name"): each.get("content") for each in page.root.iter("meta")}
        assert meta["citation_title"], name
        assert re.fullmatch(r"\d{4}/\d\d/\d\d", meta["citation_online_date"] or ""), name
        assert meta["citation_language"] == "en", name


# How to cite


HOSTILE = Source.model_validate(
    {
        "id": "signs",
        "type": "article-journal",
        "title": r"50% of {a} \b & #c $d_e ^f ~g “Größe”",
        "author": [{"family": "de la O’Neil", "given": "Ana, M."}, {"literal": "Ink and Sons"}],
        "publisher": "A & B",
        "issued": "2020~",
        "URL": "https://signs.example/a_b~c?d=1&e=%20#f",
        "text": "signs.txt",
        "sha256": "0" * 64,
    }
)


def sources() -> list[Source]:
    return [*built(PROJECT).library.of(Source), *built(EXPLAINER).library.of(Source), HOSTILE]


each_source = pytest.mark.parametrize("source", sources(), ids=lambda source: source.id)


def read_bibtex(text: str) -> dict[str, str]:
    """Fields of one entry, read by counting braces as BibTeX does; escapes undone."""
    head = re.match(r"@\w+\{([^,]+),\n", text)
    assert head
    fields, at = {"ID": head[1]}, head.end()
    while field := re.compile(r"\s*(\w+) = \{").match(text, at):
        depth, start, at = 1, field.end(), field.end()
        while depth:
            step = 2 if text[at] == "\\" and text[at + 1] in "{}" else 1
            depth += {"{": 1, "}": -1}.get(text[at], 0) if step == 1 else 0
            at += step
        fields[field[1]] = text[start : at - 1]
        assert text[at] == ","
        at += 1
    assert text[at:].strip() == "}"
    return fields


@each_source
def test_bibtex_parses_back(source: Source) -> None:
    fields = read_bibtex(format_bibtex(source))
    assert fields["ID"] == source.id
    title = fields["title"]
    assert title[0] == "{"
    assert title[-1] == "}"
    assert untex(title[1:-1]) == source.title
    assert fields.get("url") == source.URL
    if source.issued.edtf[-1] in "~?%":
        assert "date" not in fields
        assert "year" not in fields


def untex(text: str) -> str:
    names = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}
    pattern = r"\\text\w+\{\}|\\[&%$#_{}]"
    return re.sub(pattern, lambda match: names.get(match[0], match[0][1:]), text)


def test_a_literal_name_with_and_in_it_stays_one_name_in_bibtex() -> None:
    assert read_bibtex(format_bibtex(HOSTILE))["author"] == "de la O’Neil, Ana, M. and {Ink and Sons}"


@each_source
def test_csl_json_parses_back(source: Source) -> None:
    (item,) = json.loads(format_csl_json(source))
    assert (item["id"], item["type"], item["title"]) == (source.id, source.type, source.title)
    assert item.get("URL") == source.URL
    assert item.get("container-title") == source.container_title
    assert len(item.get("author", ())) == len(source.author)
    assert set(item["issued"]) in ({"date-parts"}, {"literal"})


@each_source
def test_ris_parses_back(source: Source) -> None:
    lines = format_ris(source).split("\r\n")
    assert lines[0].startswith("TY  - ")
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    fields = [(line[:2], line[6:]) for line in lines[:-1]]
    assert ("TI", source.title) in fields
    assert [value for tag, value in fields if tag == "UR"] == ([source.URL] if source.URL else [])
    assert len([tag for tag, _ in fields if tag == "AU"]) == len(source.author)


@each_source
def test_plain_text_says_who_what_where_and_when(source: Source) -> None:
    text = format_plain(source)
    for part in (source.title, source.publisher, source.issued.say(), *(name.full for name in source.author)):
        assert part in text
    assert text.endswith(f". {source.URL}" if source.URL else ".")


def test_every_source_s_files_stand_where_its_card_links_to(site: Built) -> None:
    for source in site.library.of(Source):
        page = site.pages[site.homes[source.id]]
        linked = {page.target(each.get("href", ""))[0] for each in page.having("download")}
        for ending, (_, written) in FORMATS.items():
            name = citation_path(source, ending)
            assert name in linked
            assert (site.site / name).read_bytes().decode() == written(source)


def test_a_quotation_to_copy_says_who_when_and_where_it_is_quoted(site: Built) -> None:
    for quote in site.library.of(Quote):
        page = site.pages[site.homes[quote.id]]
        (card,) = [each for each in page.having("data-record") if each.get("id") == quote.id]
        (text,) = ["".join(each.itertext()) for each in card.iter() if each.get("data-copy") is not None]
        assert all(f"“{part.exact}”" in text for part in quote.evidence)
        source = site.library.records[quote.evidence[0].source]
        assert isinstance(source, Source)
        assert source.title in text
        for name in quote.speaker:
            assert site.library.records[name].label in text


# Report an error


def reporting(report: str, address: str = "") -> tuple[Page, str]:
    example = replace(examples("fact")[0], home=True)
    page = example.page()
    page.site.report, page.site.address = report, address
    return page, report_link(page, example.library.records["lay-in-harbour"])


def test_a_report_is_filled_in_and_there_is_none_without_an_address() -> None:
    assert reporting("")[1] == ""
    assert reporting("mailto:desk@ferry.example", "https://ferry.example/")[1] == (
        "mailto:desk@ferry.example?subject=Error%20in%20lay-in-harbour"
        "&body=https%3A//ferry.example/here/%23lay-in-harbour%0AThe%20ferry%20lay%20in%20harbour.%0A%0A"
    )
    assert reporting("https://desk.example/?r={record}&a={address}")[1] == (
        "https://desk.example/?r=lay-in-harbour&a=here%2F%23lay-in-harbour"
    )


def test_every_record_at_home_has_a_link_to_report_an_error_where_an_address_is_set() -> None:
    site = built(EXPLAINER)
    links = [each.get("href", "") for page in site.content.values() for each in page.of_class("xp-desk__report")]
    reported = [re.sub(r".*record=([^&]*)&.*", r"\1", each) for each in links]
    known = {name for name in site.homes if site.library.records[name].kind != "correction"}
    assert sorted(reported) == sorted(known)
    assert [page.name for page in built(PROJECT).pages.values() if list(page.of_class("xp-desk__report"))] == []


def test_an_address_for_reports_that_is_none_and_a_type_of_page_that_is_none_fail_the_build(
    tmp_path: Path,
) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("https://desk.example", "javascript:alert(1)//"), "utf-8")
    page = folder / "docs" / "winter.md"
    page.write_text(page.read_text(encoding="utf-8").replace("---\n", "---\nschema: Blog\n", 1), encoding="utf-8")
    done = run(folder, "mkdocs", "build")
    assert done.returncode == 1
    assert 'mkdocs.yml: extra.report is "javascript:alert(1)//' in done.stderr
    assert 'docs/winter.md: "schema" should be WebPage, ' in done.stderr


def test_a_site_with_an_address_says_all_of_its_addresses_in_full() -> None:
    example = examples("quote")[0]
    page = replace(example, home=True).page()
    page.site.address = "https://ferry.example/"
    told = SchemaOrg(page.site, "Never misses?").page(page, "Here", "Words", "WebPage")
    found = {node["@id"] for node in nodes(told) if "@id" in node}
    assert {each for each in found if not each.startswith("https://ferry.example/")} == set()


def test_the_day_of_the_build_is_the_commit_s_and_never_the_clock_s() -> None:
    assert format_build_date("1700000000") == "2023-11-14"
    assert format_build_date("") == ""
    empty = format_corrections_feed(Site(examples("fact")[0].library), "Never misses?")
    assert "1970-01-01T00:00:00Z" in empty

"""The feed of corrections is a feed, and empty without one."""

import re
from xml.etree import ElementTree

import pytest

from macros.exports.atom import FEED, format_corrections_feed
from macros.records.kinds import Correction

from ..support.builds import EXPLAINER, PROJECT, Built, built
from ..support.components import examples
from .test_schema_org import BASE, SCHEMA, graphs, nodes

ATOM = "http://www.w3.org/2005/Atom"


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def test_a_correction_stands_on_the_record_the_page_and_the_feed() -> None:
    site = built(EXPLAINER)
    fix, withdrawal = site.library.of(Correction)
    graph = graphs(site)["record/index.html"]
    fixed = [node for node in nodes(graph) if SCHEMA + "CorrectionComment" in node.get("@type", ())]
    assert {node["@id"] for node in fixed} == {f"{BASE}record/#{fix.id}"}
    assert SCHEMA + "correction" in graph[0]
    on_record = list(site.pages["record/index.html"].having("data-correction"))
    assert [each.get("data-correction") for each in on_record] == [fix.id]
    newest, entry = feed(site).findall(f"{{{ATOM}}}entry")
    assert fix.was in entry.findtext(f"{{{ATOM}}}content", "")
    assert fix.now in entry.findtext(f"{{{ATOM}}}content", "")
    assert newest.findtext(f"{{{ATOM}}}title") == f"Withdrawn: {withdrawal.withdrawn}"
    assert "it was withdrawn" in newest.findtext(f"{{{ATOM}}}content", "")


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


def test_no_words_of_a_correction_are_marks_of_the_feed() -> None:
    site = examples("corrections")[-1].page().site
    site.name = "Ferries & <Boats>"
    root = ElementTree.fromstring(format_corrections_feed(site))
    assert root.findtext(f"{{{ATOM}}}title") == "Corrections – Ferries & <Boats>"
    (fix,) = site.library.of(Correction)
    assert f"It said “{fix.was}”" in root.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}content", "")

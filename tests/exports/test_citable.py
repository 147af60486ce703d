"""What a reader may cite: a page of the site, a record at its address, a source as itself."""

from __future__ import annotations

from macros.exports.citable import citation_texts, cite_page, cite_record
from macros.records.kinds import Fact, Source

from ..support.components import examples


def test_a_page_and_a_record_are_cited_as_works_of_the_site_with_their_address_and_day() -> None:
    site = examples("fact")[0].page().site
    site.name, site.author = "Never misses?", "Ines Aldo"
    site.address, site.built = "https://ferry.example/", "2026-11-29"
    page = cite_page(site, "limits/fares/", "Is it dear?")
    assert (page.id, page.URL) == ("limits-fares", "https://ferry.example/limits/fares/")
    assert str(citation_texts(page)["APA 7"]) == (
        "Ines Aldo. (2026, November 29). <i>Is it dear?</i> Never misses? https://ferry.example/limits/fares/"
    )
    fact = site.library.of(Fact)[0]
    site.homes["fact"] = "facts/"
    record = cite_record(site, fact)
    assert (record.id, record.title, record.URL) == (fact.id, fact.text, f"https://ferry.example/facts/#{fact.id}")
    assert cite_page(site, "", "Never misses?").id == "never-misses"


def test_a_source_is_cited_as_itself_in_every_style_and_format() -> None:
    site = examples("fact")[0].page().site
    source = site.library.of(Source)[0]
    assert cite_record(site, source) is source
    texts = citation_texts(source)
    assert list(texts) == ["APA 7", "Chicago 18", "MLA 9", "BibTeX", "CSL-JSON", "RIS"]
    assert all(source.publisher in text or source.container_title in text for text in texts.values())

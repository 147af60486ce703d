"""Search finds each record by itself, in its own words, and leads to it."""

from __future__ import annotations

import json

import pytest

from macros.exports.search_index import page_entries

from ..support.builds import EXPLAINER, PROJECT, Built, built


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def docs(site: Built) -> list[dict[str, str]]:
    return json.loads((site.site / "search" / "index.json").read_text(encoding="utf-8"))["docs"]


def test_each_record_has_one_entry_with_its_words_that_leads_to_it(site: Built) -> None:
    found: dict[str, list[str]] = {}
    for entry in docs(site):
        found.setdefault(entry["location"], []).append(entry["title"])
    for name, page in site.homes.items():
        assert found[f"{page.removesuffix('index.html')}#{name}"] == [site.library.records[name].label]


def test_every_entry_leads_to_a_place_that_exists(site: Built) -> None:
    for entry in docs(site):
        path, _, place = entry["location"].partition("#")
        assert not place or place in site.pages[f"{path}index.html"].ids, entry["location"]


def test_no_entry_repeats_a_record_beside_its_own(site: Built) -> None:
    """The pages that list records keep their titles and their prose only."""
    texts: dict[str, str] = {}
    homes = {f"{page.removesuffix('index.html')}#{name}" for name, page in site.homes.items()}
    for entry in docs(site):
        if entry["location"] not in homes:
            page = f"{entry['location'].partition('#')[0]}index.html"
            texts[page] = f"{texts.get(page, '')} {entry['text']}"
    for name, page in site.homes.items():
        record = site.library.records[name]
        if record.kind in ("fact", "quote", "event") and len(record.label.split()) > 5:
            assert record.label not in texts.get(page, ""), name


def test_a_page_that_asks_for_it_is_not_searched() -> None:
    found = {entry["location"].partition("#")[0] for entry in docs(built(PROJECT))}
    assert "method/" in found
    assert "authors/" not in found


def test_no_section_without_words_is_listed(site: Built) -> None:
    sections = [entry for entry in docs(site) if entry["kind"] == "page" and "#" in entry["location"]]
    assert [entry["location"] for entry in sections if not entry["text"]] == []


def test_the_index_is_no_larger_than_the_records_and_the_prose_need() -> None:
    path = built(PROJECT).site / "search" / "index.json"
    assert path.stat().st_size < 256 * 1024


def test_a_page_is_divided_at_its_headings_and_tells_its_words_once() -> None:
    found = page_entries(
        "a/",
        "A",
        '<p>First<sup class="xp-cite"><a>1</a></sup></p><div data-block="0"></div>'
        '<h2 id="b">B <em>c</em><a class="headerlink" href="#b">¶</a></h2><p>Two<br>three</p><td>4</td><td>5</td>'
        "<!-- six --><p>R&amp;D</p>"
        '<h3 id="empty">Empty</h3><script>no</script><H2 class=x id=d>D</H2>eight',
    )
    assert found == [
        {"location": "a/", "title": "A", "text": "First", "kind": "page"},
        {"location": "a/#b", "title": "B c", "text": "Two three 4 5 R&D", "kind": "page"},
        {"location": "a/#d", "title": "D", "text": "eight", "kind": "page"},
    ]


def test_a_page_without_words_is_found_by_its_title() -> None:
    assert page_entries("", "A", '<h1 id="a">A</h1>') == [
        {"location": "", "title": "A", "text": "", "kind": "page"}
    ]

"""Search finds each record by itself, in its own words, and leads to it."""

from __future__ import annotations

import html
import json

import pytest

from ..support.builds import EXPLAINER, PROJECT, Built, built


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def docs(site: Built) -> list[dict[str, str]]:
    return json.loads((site.site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]


def test_each_record_has_one_entry_with_its_words_that_leads_to_it(site: Built) -> None:
    found: dict[str, list[str]] = {}
    for entry in docs(site):
        found.setdefault(entry["location"], []).append(html.unescape(entry["title"]))
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
            texts[page] = f"{texts.get(page, '')} {html.unescape(entry['text'])}"
    for name, page in site.homes.items():
        record = site.library.records[name]
        if record.kind in ("fact", "quote", "event") and len(record.label.split()) > 5:
            assert record.label not in texts.get(page, ""), name


def test_no_section_without_words_is_listed(site: Built) -> None:
    assert [entry["location"] for entry in docs(site) if not entry["text"] and "#" in entry["location"]] == []


def test_the_index_is_no_larger_than_the_records_and_the_prose_need() -> None:
    path = built(PROJECT).site / "search" / "search_index.json"
    assert path.stat().st_size < 256 * 1024

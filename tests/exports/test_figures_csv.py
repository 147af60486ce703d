"""The file of all figures says what the records say."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.exports.figures_csv import COLUMNS, FIGURES, format_figures_csv, list_figures
from macros.pages.site import Site
from macros.records.kinds import Fact

from ..support.builds import EXPLAINER, PROJECT, Built, built
from ..support.components import Example

Fields = dict[str, Any]


def figure(name: str, **fields: object) -> Fields:
    told = {"text": f"The {name}.", "value": "5", "unit": "trips", "period": "2020", "as_of": "2020"}
    return {"id": name, "evidence": [{"source": "report", "exact": name}], **told, **fields}


@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1), min_size=1, max_size=4))
def test_any_text_comes_back_from_the_file(texts: list[str]) -> None:
    facts = [figure(f"f-{number}", text=f"x{text}") for number, text in enumerate(texts)]
    library = Example("numbers", "here", records={"fact": facts}).library
    written = format_figures_csv(Site(library), list_figures(library))
    assert [each["statement"] for each in read(written)] == [each.text for each in list_figures(library)]


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def facts_of(site: Built) -> dict[str, Fact]:
    return {each.id: each for each in site.library.of(Fact) if each.value is not None}


def test_the_file_of_all_figures_says_what_the_records_say(site: Built) -> None:
    written = (site.site / FIGURES).read_bytes()
    text = written.decode("utf-8")
    assert written.count(b"\r\n") == written.count(b"\n") == len(facts_of(site)) + 1
    rows = read(text)
    assert list(rows[0]) == list(COLUMNS)
    labels = {each.id: each.label for each in site.library.records.values()}
    for row in rows:
        fact = facts_of(site)[row["id"]]
        assert (row["statement"], row["value"], row["unit"]) == (fact.text, str(fact.value), fact.unit)
        assert (row["out_of"], row["qualifier"]) == (str(fact.out_of or ""), fact.qualifier or "")
        assert row["status"] == (fact.status or "result")
        assert fact.period
        assert fact.as_of
        assert (row["period"], row["as_of"]) == (fact.period.edtf, fact.as_of.edtf)
        for field in ("counted_by", "said_by"):
            assert row[field] == "; ".join(labels[each] for each in getattr(fact, field))
        places = site.library.locations[fact.id]
        assert row["source"] == "; ".join(labels[each.source] for each in places)
        assert row["section"] == "; ".join(each.section for each in places)
        numbers = [f"{each.role} {each.number}".removeprefix("paragraph ") for each in places]
        assert row["paragraph"] == "; ".join(numbers)
    assert sorted(row["id"] for row in rows) == sorted(facts_of(site))

"""Every record is in one JSON file, with its address and places."""

import json

import pytest

from macros.exports.schema_org import DATA

from ..support.builds import EXPLAINER, PROJECT, Built, built


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def test_every_record_is_in_the_json_file_with_its_address_and_places(site: Built) -> None:
    data = json.loads((site.site / DATA).read_text(encoding="utf-8"))
    rows = {row["id"]: row for found in data.values() for row in found}
    assert set(rows) == set(site.library.records)
    for name, home in site.homes.items():
        assert rows[name]["address"] == f"{home.removesuffix('index.html')}#{name}"
        assert len(rows[name].get("places", ())) == len(site.library.locations[name])

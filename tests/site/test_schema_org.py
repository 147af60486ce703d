"""What this site's pages say of themselves to machines."""

from macros.records.kinds import Source

from ..exports.test_schema_org import SCHEMA, graphs
from ..support.builds import PROJECT, built


def test_limits_and_history_cite_both_sources() -> None:
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

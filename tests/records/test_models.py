"""Models: every field is described, none is unknown, and the ids a record names are found."""

import pytest
from pydantic import ValidationError

from macros.library.yaml import parse_yaml
from macros.records.kinds import Fact, Person
from macros.records.models import Anchor, Passage, Record, all_models, field_descriptions, referenced_ids

from ..support.library import FILES

MODELS = sorted(set(all_models()), key=lambda model: model.__name__)


NAMES = [model.__name__ for model in MODELS]


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_every_field_has_one_line_of_description(model):
    lines = field_descriptions(model)
    assert set(lines) == set(model.model_fields)
    for name, line in lines.items():
        assert "\n" not in line.strip(), name
        assert line.endswith("."), name
    assert model.__doc__


def good(kind: type[Record]) -> dict:
    return parse_yaml(FILES[kind.file].encode(), kind.file).data[0]


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_no_model_takes_a_field_it_does_not_know(model):
    with pytest.raises(ValidationError) as caught:
        model.model_validate({"never-heard-of": "x"})
    assert ("never-heard-of",) in [
        error["loc"] for error in caught.value.errors() if error["type"] == "extra_forbidden"
    ]


def test_the_ids_a_record_names_are_found_with_their_places_and_kinds():
    fact = Fact.model_validate(good(Fact))
    assert [(path, name, ref.kinds) for path, name, ref in referenced_ids(fact)] == [
        (("counted_by", 0), "board", ("person", "organisation", "document")),
        (("topics", 0), "reach", ("topic", "limit")),
        (("evidence", 0, "source"), "post", ("source",)),
    ]
    person = Person.model_validate(good(Person))
    assert [(path, name) for path, name, _ in referenced_ids(person)] == [
        (("roles", 0, "evidence", 0, "source"), "post")
    ]


def test_a_changed_copy_of_a_record_names_its_own_ids_and_passages():
    fact = Fact.model_validate(good(Fact))
    assert fact.passages[0].source == "post"
    copy = fact.model_copy(update={"topics": (), "evidence": ()})
    assert [name for _, name, _ in referenced_ids(copy)] == ["board"]
    assert not copy.passages


def test_an_anchor_has_at_most_fifteen_words_and_a_quotation_as_many_as_it_needs():
    words = " ".join(["word"] * 16)
    assert Passage(source="post", exact=words).exact == words
    assert Anchor(source="post", exact=words[5:])
    with pytest.raises(ValidationError, match="has 16 words; an anchor has at most 15, so shorten it"):
        Anchor(source="post", exact=words)


def test_the_dates_of_a_record_are_those_of_what_it_is_about(small):
    found = {each.id: [date.edtf for date in each.dates] for each in small.read().records.values()}
    assert found["lock-closes"] == ["1936-05-03"]
    assert found["cost-a-mile"] == ["1931/1934", "1934-21"]

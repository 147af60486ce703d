"""The kinds of record: each has a file and a name, is frozen, and comes back as it was written."""

import json

import pytest
from pydantic import ValidationError

from macros.library.yaml import parse_yaml
from macros.records.kinds import KINDS, Person, Quote, Source
from macros.records.models import Record

from ..support.library import FILES


def test_every_kind_has_a_file_and_a_name_of_its_own():
    assert len({kind.file for kind in KINDS.values()}) == len(KINDS)
    assert all(name == kind.kind == kind.__name__.lower() for name, kind in KINDS.items())
    assert set(FILES) == {kind.file for kind in KINDS.values()}, (
        "a kind needs a small good entry in support/library.py"
    )


def good(kind: type[Record]) -> dict:
    return parse_yaml(FILES[kind.file].encode(), kind.file).data[0]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_small_entry_of_every_kind_is_read_and_has_a_label(kind):
    assert kind.model_validate(good(kind)).label


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_record_cannot_be_changed(kind):
    record = kind.model_validate(good(kind))
    with pytest.raises(ValidationError, match="frozen"):
        record.id = "another"
    for passage in record.passages:
        with pytest.raises(ValidationError, match="frozen"):
            passage.exact = "other words"
    assert all(not isinstance(value, list | dict | set) for _, value in record)
    assert hash(record) == hash(kind.model_validate(good(kind)))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_record_written_out_is_read_back_the_same(kind):
    record = kind.model_validate(good(kind))
    written = json.loads(record.model_dump_json(exclude_defaults=True))
    assert kind.model_validate(written) == record


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_a_json_schema_that_allows_no_other_field(kind):
    schema = kind.model_json_schema(mode="validation")
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == {field.alias or name for name, field in kind.model_fields.items()}


def test_one_actor_may_stand_without_a_list():
    evidence = [{"source": "post", "exact": "a third"}]
    quote = Quote(id="a", speaker="brook", evidence=evidence)
    assert quote.speaker == ("brook",)
    assert quote == Quote(id="a", speaker=["brook"], evidence=evidence)


def test_a_text_is_named_without_its_folder():
    good = parse_yaml(FILES["sources.yml"].encode(), "sources.yml").data[0]
    assert Source.model_validate(good)
    with pytest.raises(ValidationError, match="without its folder"):
        Source.model_validate(good | {"text": "../post.txt"})


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Ada Brook", "Brook"),
        ("Tom Watson Jr.", "Watson"),
        ("Tom Watson, Sr", "Watson"),
        ("Charles III", "Charles"),
        ("Pius V", "Pius"),
        ("Malcolm X", "X"),
        ("Jr.", "Jr."),
    ],
)
def test_a_person_is_filed_by_the_last_word_that_is_a_name(name, surname):
    person = Person.model_construct(name=name)
    assert person.surname == surname
    assert person.filed_under.startswith(surname.casefold().rstrip("."))

"""The vocabulary: every field is described, records are frozen, and values are what they say."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from macros.library.yaml import HIDDEN, parse_yaml
from macros.records import fields
from macros.records.fields import Date, Number, Text, Url
from macros.records.kinds import KINDS, Fact, Person, Quote, Source
from macros.records.models import Anchor, Name, Passage, Record, all_models, field_descriptions, referenced_ids

from .conftest import FILES

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


def test_every_kind_has_a_file_and_a_name_of_its_own():
    assert len({kind.file for kind in KINDS.values()}) == len(KINDS)
    assert all(name == kind.kind == kind.__name__.lower() for name, kind in KINDS.items())
    assert set(FILES) == {kind.file for kind in KINDS.values()}, "a kind needs a small good entry in conftest.py"


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
    for _, passage in record.passages():
        with pytest.raises(ValidationError, match="frozen"):
            passage.exact = "other words"
    assert all(not isinstance(value, list | dict | set) for _, value in record)
    assert hash(record) == hash(kind.model_validate(good(kind)))


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_no_model_takes_a_field_it_does_not_know(model):
    with pytest.raises(ValidationError) as caught:
        model.model_validate({"never-heard-of": "x"})
    assert ("never-heard-of",) in [
        error["loc"] for error in caught.value.errors() if error["type"] == "extra_forbidden"
    ]


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


def test_one_actor_may_stand_without_a_list():
    quote = Quote(id="a", speaker="brook", evidence=[])
    assert quote.speaker == ("brook",)
    assert quote == Quote(id="a", speaker=["brook"], evidence=[])


def test_a_name_is_said_in_full():
    assert Name(family="Brook", given="Ada").full == "Ada Brook"
    assert Name(family="Brook").full == "Brook"
    assert Name(literal="The Board").full == "The Board"


# Values: what each type takes, what it makes of it, and what it refuses.

TAKEN = {
    "Id": [("a", "a"), ("a-good-name", "a-good-name"), ("2022-visit", "2022-visit")],
    "Text": [("no", "no"), (" a\n  b\t c ", "a b c"), ("<b>*x*</b>", "<b>*x*</b>"), ("a\u00a0b", "a\u00a0b")],
    "Number": [("0", Decimal(0)), ("-12", Decimal(-12)), ("140.70", Decimal("140.70")), ("007", Decimal(7))],
    "Url": [
        ("https://post.example", "https://post.example"),
        ("https://post.example/a%20b?c=d&e=f#g", "https://post.example/a%20b?c=d&e=f#g"),
        ("https://post.example/a_(b)", "https://post.example/a_(b)"),
    ],
    "Language": [
        ("en", "en"),
        ("en-US", "en-US"),
        ("zh-Hant", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("yue", "yue"),
    ],
}

REFUSED = {
    "Id": ["", "A", "a b", "a_b", "-a", "a-", "a--b", "é", "a\n", "a/b", "a.b", "#a", ["a"], {"a": "b"}, 1, None],
    "Text": ["", " ", "\n\t", ["a"], {"a": "b"}, 1, 1.5, True, None, b"a"],
    "Number": [
        *(
            "",
            "1,000",
            "1 000",
            "1e3",
            "1.",
            ".5",
            "1.2.3",
            "+1",
            "--1",
            "0x1",
            "five",
            "5%",
            "nan",
            "inf",
            " 1",
            "1\n",
        ),
        *("١", "１", "²", "1_000", 1, 1.5, True, None, ["1"]),
    ],
    "Url": [
        *(
            "http://post.example",
            "HTTPS://post.example",
            "//post.example",
            "post.example",
            "/a",
            "mailto:a@b.example",
        ),
        *("javascript:alert(1)", "data:text/html,a", "https:post.example", "https://", "https:///a", "https://?a"),
        *("https://post.example/a b", "https://po st.example", "https://post.example/\u00a0a", "https://#a"),
        *(
            'https://post.example/"a',
            "https://post.example/<a>",
            "https://post.example/'a",
            "https://post.example\\a",
        ),
        *(" javascript:https://post.example", "ftp://post.example", "", ["https://post.example"], None),
    ],
    "Language": ["", "English", "EN", "en_US", "en-us", "e", "en-", "en-US-x", "zh-hant", ["en"], None],
    "Date": ["", "May 1936", "1936-13", "86400", 86400, 1936, None, True, ["1936"], {"start": "1936"}],
}


@pytest.mark.parametrize(
    ("name", "typed", "value"), [(name, *pair) for name, pairs in TAKEN.items() for pair in pairs], ids=repr
)
def test_a_good_value_is_taken(name, typed, value):
    taken = TypeAdapter(getattr(fields, name)).validate_python(typed)
    assert taken == value
    assert str(taken) == str(value)


@pytest.mark.parametrize(
    ("name", "typed"), [(name, typed) for name, all_typed in REFUSED.items() for typed in all_typed], ids=repr
)
def test_a_wrong_value_is_refused(name, typed):
    with pytest.raises(ValidationError):
        TypeAdapter(getattr(fields, name)).validate_python(typed)


def test_a_date_is_read_as_edtf_and_written_as_it_was_typed():
    date = TypeAdapter(Date)
    assert date.validate_python(" 1934-05~ ").say() == "about May 1934"
    assert date.dump_python(date.validate_python("../196X")) == "../196X"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_a_number_keeps_every_digit_that_was_typed(number):
    typed = f"{number:f}"
    assert str(TypeAdapter(Number).validate_python(typed)) == typed


@given(st.text(max_size=30))
def test_an_address_that_is_taken_can_leave_no_attribute_and_names_no_script(typed):
    url = TypeAdapter(Url)
    for address in (typed, f"https://post.example/{typed}", f"https://{typed}"):
        try:
            taken = url.validate_python(address)
        except ValidationError:
            continue
        assert taken.startswith("https://")
        assert not set(taken) & set(" \"'<>\\\n\t\r")


@given(st.text(st.characters(codec="utf-8")).filter(lambda text: not HIDDEN.search(text)))
def test_a_text_keeps_its_characters_and_only_folds_white_space(typed):
    try:
        taken = TypeAdapter(Text).validate_python(typed)
    except ValidationError:
        taken = ""
    assert taken.split() == typed.split()


def test_an_anchor_has_at_most_fifteen_words_and_a_quotation_as_many_as_it_needs():
    words = " ".join(["word"] * 16)
    assert Passage(source="post", exact=words).exact == words
    assert Anchor(source="post", exact=words[5:])
    with pytest.raises(ValidationError, match="has 16 words; an anchor has at most 15, so shorten it"):
        Anchor(source="post", exact=words)


def test_a_text_is_named_without_its_folder():
    good = parse_yaml(FILES["sources.yml"].encode(), "sources.yml").data[0]
    assert Source.model_validate(good)
    with pytest.raises(ValidationError, match="without its folder"):
        Source.model_validate(good | {"text": "../post.txt"})

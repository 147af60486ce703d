"""What records are made of says itself in words."""

import pytest
from pydantic import ValidationError

from macros.records.parts import Name, Work

WORK = {"id": "a", "type": "book", "title": "Water", "publisher": "Weir"}


def test_a_name_is_said_in_full():
    assert Name(family="Brook", given="Ada").full == "Ada Brook"
    assert Name(family="Brook").full == "Brook"
    assert Name(literal="The Board").full == "The Board"
    assert Name(**{"family": "Li", "given": "Wei", "static-ordering": "true"}).full == "Li Wei"
    assert Name(**{"family": "李", "given": "伟", "static-ordering": "true"}).full == "李伟"


@pytest.mark.parametrize("name", [{"family": "Brook, Ada"}, {"family": "Brook", "given": "Ada, Jr."}])
def test_a_part_of_a_name_has_no_comma(name):
    with pytest.raises(ValidationError, match='has a comma in "family" or "given"'):
        Name(**name)


@pytest.mark.parametrize("field", ["volume", "issue", "page"])
def test_a_page_or_a_volume_is_given_without_the_word_for_it(field):
    for typed in ("12-19", "e123", "P12", "XII", "3, suppl. 2", "Nov 3", "S12-S14", "12 (suppl.)"):
        assert getattr(Work.model_validate(WORK | {field: typed}), field) == typed
    for typed in (
        "p. 12",
        "pp. 12-19",
        "Page 3",
        "vol. 3",
        "Volume 3",
        "no. 2",
        "No 2",
        "issue 4",
        "p12",
        "S. 12",
        "Bd. 3",
        "12(3)",
        "#4",
    ):
        with pytest.raises(ValidationError, match="should be the number alone, like 12-19"):
            Work.model_validate(WORK | {field: typed})

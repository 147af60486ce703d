"""What records are made of says itself in words."""

from macros.records.parts import Name


def test_a_name_is_said_in_full():
    assert Name(family="Brook", given="Ada").full == "Ada Brook"
    assert Name(family="Brook").full == "Brook"
    assert Name(literal="The Board").full == "The Board"

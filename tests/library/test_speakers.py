"""Who speaks in which role and capacity, by the source of the statement."""

import pytest

from macros.library.speakers import capacity, role_of
from macros.records.kinds import Organisation, Person, Quote


def evidence(source: str) -> list[dict[str, str]]:
    return [{"source": source, "exact": "words"}]


ROLES = {"miller": ("post", "party"), "mayor": ("gazette", "official"), "clerk": ("gazette", None)}
REED = Person.model_validate(
    {
        "id": "reed",
        "name": "Tom Reed",
        "roles": [
            {"role": role, "capacity": capacity, "evidence": evidence(source)}
            for role, (source, capacity) in ROLES.items()
        ],
    }
)
BOARD = Organisation.model_validate(
    {"id": "board", "name": "Board", "text": "It digs.", "capacity": "party", "evidence": evidence("post")}
)


@pytest.mark.parametrize(
    ("source", "named", "role", "speaks_as"),
    [
        ("post", None, "miller", "party"),
        ("gazette", None, "mayor", "official"),
        ("gazette", "clerk", "clerk", "other"),
        ("gazette", "miller", "mayor", "official"),
        ("letter", None, "miller", "party"),
    ],
)
def test_a_person_speaks_in_the_role_that_the_source_states(source, named, role, speaks_as):
    quote = Quote.model_validate({"id": "a", "role": named, "evidence": evidence(source)})
    found = role_of(REED, quote)
    assert found
    assert (found.role, capacity(REED, quote)) == (role, speaks_as)
    assert role_of(BOARD, quote) is None
    assert capacity(BOARD, quote) == "party"

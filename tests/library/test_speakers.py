"""Who speaks in which role and capacity, by the source of the statement."""

import pytest

from macros.library.speakers import Speaker, capacity_of, read_speakers, role_of, roles_of
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
    assert (found.role, capacity_of(REED, quote)) == (role, speaks_as)
    assert role_of(BOARD, quote) is None
    assert capacity_of(BOARD, quote) == "party"


def test_a_role_that_several_share_is_said_once_in_the_plural():
    quote = Quote.model_validate({"id": "a", "evidence": evidence("post")})

    def person(name, **role):
        return Person.model_validate(
            {"id": name, "name": name, "roles": [{"short": "diver", "evidence": evidence("post"), **role}]}
        )

    ann, bo = (person(name, role="deep diver", plural="deep divers") for name in ("ann", "bo"))
    carl, dan = (person(name, role="cook") for name in ("carl", "dan"))

    def said(*people):
        return [(each.role, each.short) for each in roles_of(people, quote)]

    assert said(ann) == [("deep diver", "diver")]
    assert said(ann, bo) == [("deep divers", None)]
    assert said(ann, BOARD, carl) == [("deep diver", "diver"), ("cook", "diver")]
    assert said(carl, dan) == [("cook", "diver")]


OTHERS = "  voice: others\n  attribution: By a letter"
PAPER = """\
- id: paper
  name: The paper
  capacity: party
  author: brook
  text: It was written.
  evidence: [{source: post, exact: The board had counted}]
"""
LAW = """\
- id: law
  title: Law
  question: Whose is it?
  answer: All’s.
  shows: [alike, asked]
  upheld_by: [alike]
  against: [dig]
  disputed_by: [dig]
"""
FACTS = """\
- id: toll
  text: It is dear.
  said_by: [board, brook]
  evidence: [{source: post, exact: a third more than planned}]
- id: wish
  text: They are friends.
  said_by: [brook, reed]
  attribution: By a letter
  evidence: [{source: post, exact: friends of the river}]
- id: named
  text: It stops.
  said_by: [board, charter]
  attribution: By a letter
  evidence: [{source: post, exact: stops at the second lock}]
- id: counted
  text: It was counted.
  said_by: [board]
  evidence: [{source: post, exact: a mile — a third}]
- id: written
  text: It was written.
  said_by: [paper]
  attribution: By a letter
  evidence: [{source: post, exact: The board had counted}]
"""


def spoken(speaker: Speaker) -> tuple[object, ...]:
    """What a speaker says, by the ids of the records."""
    stances = {
        name: [f"{each.record.id} {each.stands}" for each in found] for name, found in speaker.stances.items()
    }
    said = [record.id for record in (*speaker.quotes, *speaker.facts)]
    return (
        speaker.key,
        said,
        [role.role for role in speaker.roles],
        stances,
        speaker.verdicts,
        bool(speaker.position),
    )


def test_a_speaker_has_what_is_said_in_one_capacity_and_stands_where_the_limits_put_it(small):
    small.change("limits.yml", "shows: [lock-closes]", "upheld_by: [asked]\n  shows: [lock-closes, asked]")
    small.change("limits.yml", "against: [endless-promised]", "against: [dig, toll, wish]\n  said: [secret]")
    small.change("people.yml", "- id: brook", "- id: brook\n  position: {text: She digs., rests_on: [dig]}")
    small.change("people.yml", "- id: reed", "- id: reed\n  position: {text: He asks., rests_on: [asked]}")
    small.change(
        "quotes.yml", "- id: friends\n  speaker: brook", f"- id: friends\n  speaker: [brook, reed]\n{OTHERS}"
    )
    small.change("documents.yml", "  author: board", "  author: board\n  stake: It was written here.")
    small.change(
        "documents.yml", "  issued: 1931", "  issued: 1931\n  position: {text: All’s., rests_on: [alike]}"
    )
    for name, more in (("limits.yml", LAW), ("facts.yml", FACTS), ("documents.yml", PAPER)):
        small.write({name: (small.data / name).read_text("utf-8") + more})
    assert small.problems() == []
    assert [spoken(speaker) for speaker in read_speakers(small.read())] == [
        ("official--brook", ["dig", "secret", "cloud", "written", "toll"], ["chief engineer"],
         {"reach": ["dig against", "toll against", "secret said"], "law": ["dig against"]}, ("law",), True),
        ("official--reed", ["asked"], ["mayor of Marle"], {"reach": ["asked shows"], "law": ["asked shows"]},
         ("reach",), True),
        ("official--charter", ["alike", "named"], [], {"law": ["alike shows"]}, (), True),
        ("official--brook--reed", ["friends", "wish"], ["chief engineer", "a miller"],
         {"reach": ["wish reports"]}, (), False),
        ("official--board", ["counted"], [], {}, (), False),
        ("party--reed", ["ditch"], ["a miller"], {}, (), False),
    ]  # fmt: skip

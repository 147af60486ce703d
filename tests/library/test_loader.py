"""All of data/ is read at once: every mistake is told, and nothing is blamed for another's."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.library.library import BrokenRecordError
from macros.library.loader import field_problems, load_library, load_record
from macros.library.proof import LOCK
from macros.library.yaml import parse_entries
from macros.records.kinds import KINDS, Fact, Source

from ..support import library as small_library
from ..support.library import BASE, DIG, EVIDENCE


def test_all_mistakes_of_all_files_come_at_once_in_the_order_of_files_and_lines(empty):
    files = {
        "topics.yml": "- id: water\n  name: Water\n- id: water\n  name:\n",
        "timeline.yml": f"- id: late\n  date: soon\n  title: A\n  act: talk\n{EVIDENCE}",
        "limits.yml": "- id: a\n  title: A\n  question: A?\n  answer: No.\n  against: [dug]\n",
        "facts.yml": DIG
        + f"- id: dig\n  text: Dig\n{EVIDENCE}- id: ditch\n  text: D\n  topics: [watr]\n{EVIDENCE}",
        "quotes.yml": "- id: a b\n  evidence: [{source: post, exact: a secret}]\n",
    }
    assert empty.write(BASE | files).problems() == [
        'data/facts.yml:7: "dig" is already the id at data/facts.yml:1; choose another',
        'data/facts.yml:14: no "watr" in data/topics.yml or data/limits.yml; did you mean "water"?',
        'data/limits.yml:1: "a" names nothing in "shows"; give both sides',
        'data/limits.yml:5: no "dug" in data/facts.yml, data/quotes.yml or data/timeline.yml; did you mean "dig"?',
        'data/quotes.yml:1: "id" should be small letters, digits and single hyphens; write "a-b"',
        'data/timeline.yml:2: "date" is "soon", which is not a date; '
        "write it like 2022, 2022-02-04, 2022-02~ (about), 196X (the 1960s), 1960/1990 or [2021,2022]",
        'data/timeline.yml:4: "act" should be words, deed or state, not "talk"',
        'data/topics.yml:4: "name" is empty; write it, or delete the field',
    ]


def test_a_record_is_not_blamed_for_naming_one_that_could_not_be_read(empty):
    limit = "- id: a\n  title: A\n  question: A?\n  answer: No.\n  shows: [dig]\n  against: [stop]\n"
    misspelled = {"facts.yml": DIG.replace("text: Dig.", "txet: Dig."), "limits.yml": limit}
    assert empty.write(BASE | misspelled).problems() == [
        'data/facts.yml:1: "text" is missing; give it '
        "(the statement: one sentence of ours, with the source's hedges)",
        'data/facts.yml:2: "txet" is not a field here; did you mean "text"?',
    ]
    broken = {"facts.yml": DIG + "- id: e: f\n", "limits.yml": limit}
    assert [line.split(": ")[0] for line in empty.write(broken).problems()] == ["data/facts.yml:7:8"]


def test_a_record_is_checked_again_when_one_it_names_is_deleted_that_could_not_be_shown(small):
    small.change("organisations.yml", "exact: the Lorne Canal Board", "exact: the Lorne Canal Bord")
    unproved = small.read()
    assert "board" in unproved.broken
    small.write({"organisations.yml": "[]\n"})
    found = [str(problem) for problem in load_library(small.data, small.texts, unproved).problems]
    assert found == small.problems()
    assert any('no "board"' in line for line in found)


def test_what_a_record_says_of_its_passages_is_told_again_in_the_next_build(small):
    small.lock().change("facts.yml", "as_of: 1934-21", "as_of: 1935-21")
    first = load_library(small.data, None)
    assert [str(problem).partition(" is not ")[0] for problem in first.problems] == [
        "data/facts.yml:7: the year 1935"
    ]
    assert load_library(small.data, None, first).problems == first.problems


@pytest.mark.parametrize(
    "change",
    [
        lambda lock: lock.unlink(),
        lambda lock: lock.write_text("[]"),
        lambda lock: lock.write_text(re.sub(r'    "alike": .*\n', "", lock.read_text())),
        lambda lock: lock.write_text(lock.read_text().replace('"start": ', '"start": 1')),
    ],
    ids=["gone", "no lock", "without a record", "with other places"],
)
def test_after_a_change_of_the_lock_alone_all_is_as_in_a_first_build(small, change):
    first = load_library(small.lock().data)
    change(small.data / LOCK)
    again, anew = load_library(small.data, before=first), load_library(small.data)
    assert again.locations != first.locations
    for what in ("problems", "locations", "unread", "broken", "proved"):
        assert getattr(again, what) == getattr(anew, what), what
    assert again.records.data.keys() == anew.records.data.keys()


def test_a_mistake_does_not_hide_the_ids_that_the_same_entry_names_wrongly(small):
    small.change("timeline.yml", "date: 1936-05-03", "date: May 1936")
    small.change("timeline.yml", "actors: [board]", "actors: [bord]")
    small.change("people.yml", "capacity: party\n      evidence:\n        - source: post",
                 "capacity: boss\n      evidence:\n        - source: pots")  # fmt: skip
    assert [line for line in small.problems() if " no " in line] == [
        'data/people.yml:15: no "pots" in data/sources.yml; did you mean "post"?',
        'data/timeline.yml:5: no "bord" in data/people.yml, data/organisations.yml or data/documents.yml; '
        'did you mean "board"?',
    ]


def test_a_missing_file_says_so(empty):
    (empty.data / "topics.yml").unlink()
    assert empty.problems() == ["data/topics.yml: is missing; create it, with [] while it is empty"]


def test_a_record_with_a_mistake_is_set_aside_with_what_is_wrong_and_the_others_stay(small):
    small.change("quotes.yml", "a passing cloud", "a passing clout").change("topics.yml", "name", "nmae")
    small.change("quotes.yml", "not a secret", "no secret").change(
        "quotes.yml", "friends of", "fiends of"
    )  # beside it
    read = small.read()
    assert {"cloud", "water"} & set(read.records) == set()
    assert {"dig", "ditch", "cost-a-mile"} <= set(read.records)
    assert [str(problem).split(":")[0] for problem in read.broken["cloud"]] == ["data/quotes.yml"]
    assert len(read.broken["water"]) == 2


@pytest.mark.parametrize("name", [".#facts.yml", "._facts.yml", "~$facts.yml", "#facts.yml", "facts.yml~"])
def test_files_of_editors_and_systems_are_passed_over(small, name):
    (small.data / name).write_bytes(b"\x00\xff")
    assert small.problems() == []


def test_what_was_not_proved_stands_nowhere(small):
    assert load_library(small.data).locate("dig") == []


def test_what_is_wrong_with_one_field_is_told_though_others_are_missing():
    told = "should be small letters, digits and single hyphens"
    assert field_problems(Fact, "id", "—") == field_problems(Fact, "id", []) == [f'"id" {told}, like a-good-name']
    assert field_problems(Fact, "topics", ["a b"]) == [f'entry 1 of "topics" {told}; write "a-b"']
    assert field_problems(Fact, "topics", ["ab"]) == []
    empty = "is empty; write one, like a-good-name"
    assert field_problems(Fact, "said_by", "") == [f'entry 1 of "said_by" {empty}']
    assert field_problems(Source, "sentence_title", "") == [
        '"sentence-title" is empty; write it, or delete the field'
    ]


VALUES = st.recursive(
    st.sampled_from(["", " ", "x", "A b", "-1", "1936", "https://x", "post", "dig"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "source", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.sampled_from(list(KINDS.values())), st.data())
def test_whatever_stands_in_a_field_the_author_is_told_in_our_words(kind, data):
    tree = parse_entries(small_library.FILES[kind.file].encode(), f"data/{kind.file}", {})[0]
    fields = [field.alias or name for name, field in kind.model_fields.items()]
    record = dict(tree.data) | data.draw(st.dictionaries(st.sampled_from(fields), VALUES, min_size=1, max_size=3))
    try:
        load_record(kind, replace(tree, data=record))
        problems = []
    except BrokenRecordError as error:
        problems = error.problems
    assert all(problem.line > 0 for problem in problems)
    theirs = re.compile(r"input|valid|pydantic|tuple|type=|None|\[\'|\{\'", re.IGNORECASE)
    assert [problem.text for problem in problems if theirs.search(problem.text)] == []


def test_a_record_is_read_again_only_if_its_text_has_changed(small):
    before = small.read()
    changed = small.change("facts.yml", "- id: cost", "# The cost\n- id: cost")
    after = load_library(changed.data, changed.texts, before)
    moved = after.entries["cost-a-mile"]
    assert moved.record is before.records.data["cost-a-mile"]
    line = (changed.data / "facts.yml").read_text(encoding="utf-8").split("\n").index("- id: cost-a-mile") + 1
    assert moved.begins == f"data/facts.yml:{line}"
    assert moved.begins != before.entries["cost-a-mile"].begins

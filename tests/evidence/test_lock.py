"""The lock stands for the texts: what it holds, and what it refuses without them."""

import json
import re

import pytest

from macros.evidence.lock import Lock
from macros.library.library import measures
from macros.library.loader import load_library

from ..support.library import ENTRIES


def test_the_lock_holds_one_record_a_line_in_order_and_always_the_same_bytes(small):
    first = small.verify().read_text(encoding="utf-8")
    lines = first.splitlines()
    records = json.loads(first)["records"]
    assert list(records) == sorted(records)
    sources = json.loads(first)["sources"]
    assert len(lines) == 2 + len(sources) + 2 + len(sources) + 2 + len(records) + 2
    assert all(sum(f'"{name}": [' in line for line in lines) == 1 for name in records)
    assert first.endswith("}\n")
    assert small.verify().read_text(encoding="utf-8") == first
    quotes = (small.data / "quotes.yml").read_text(encoding="utf-8").split("- id:")
    small.write({"quotes.yml": "- id:".join(["", *quotes[:0:-1]])})
    assert small.verify().read_text(encoding="utf-8") == first


def test_the_lock_counts_what_is_covered(small):
    counts = json.loads(small.verify().read_text(encoding="utf-8"))["coverage"]
    assert counts["post"] == {
        "paragraphs": 6,
        "paragraphs covered": 6,
        "quotations": 8,
        "quotations recorded": 8,
    }
    quotes = (small.data / "quotes.yml").read_text(encoding="utf-8")
    small.write({"quotes.yml": quotes[: quotes.index("- id: alike")], "tensions.yml": "[]\n"})
    assert json.loads(small.verify().read_text(encoding="utf-8"))["coverage"]["gazette"] == {
        "paragraphs": 3,
        "paragraphs covered": 3,
        "quotations": 2,
        "quotations recorded": 0,
    }


def test_without_the_texts_the_lock_says_what_is_covered(small):
    small.verify()
    assert measures(load_library(small.data, None)) == {
        "records": len(ENTRIES),
        "sources": 2,
        "passages": sum(entry.count("exact: ") for entry in ENTRIES),
        "paragraphs": 9,
        "paragraphs covered": 9,
        "quotations": 10,
        "quotations recorded": 10,
    }


def test_a_lock_comes_back_as_it_was_written(small):
    path = small.verify()
    lock = Lock.read(path)
    assert lock.dumps() == path.read_text(encoding="utf-8")
    lock.sources["post"] = "é"
    assert '"post": "é"' in lock.dumps()
    assert Lock.read(path.with_name("none")) == Lock({}, {}, {})


def test_the_lock_stands_for_the_texts(small):
    small.verify()
    assert small.locked() == []


CHANGED = "was not checked in these words; do so where the texts are, with python -m macros verify"


@pytest.mark.parametrize(
    ("file", "old", "new", "shown"),
    [
        ("quotes.yml", "a passing cloud", "a passing clout", "a passing clout"),
        ("quotes.yml", "friends of the river.", "friends of the river", "friends of the river"),
        ("quotes.yml", "No stone will stop us.", "No stone will stop Us.", "No stone will stop Us."),
        ("quotes.yml", 'prefix: "promised', 'prefix: "promises', "without end"),
        ("facts.yml", "exact: nearly 4,100.5", "exact: nearly 4,100.6", "nearly 4,100.6 crowns a mile"),
        ("people.yml", "exact: Tom Reed, a miller", "exact: Tom Reed, a killer", "Tom Reed, a killer"),
    ],
)
def test_one_changed_letter_is_refused_without_the_texts(small, file, old, new, shown):
    small.verify()
    small.change(file, old, new)
    before = (small.data / file).read_text(encoding="utf-8").partition(new)[0]
    line = f'data/{file}:{before.count(chr(10)) + 1}: "{shown}" {CHANGED}'
    assert line in small.locked()


def test_only_the_changed_part_of_a_quotation_is_blamed(small):
    small.verify()
    small.change("quotes.yml", "No stone will stop us.", "No stone will stop Us.")
    assert [line.partition('"')[2].partition('"')[0] for line in small.locked()] == ["No stone will stop Us."]


def test_a_record_that_the_lock_does_not_cover_is_told_once(small):
    small.verify()
    small.change("quotes.yml", "- id: dig\n", "- id: dug\n")
    text = (small.data / "quotes.yml").read_text(encoding="utf-8")
    line = text.partition("exact: We will dig")[0].count("\n") + 1
    assert [each for each in small.locked() if CHANGED in each] == [
        f'data/quotes.yml:{line}: "We will dig until the sea," {CHANGED}'
    ]


def test_a_part_left_out_is_refused_without_the_texts(small):
    small.verify()
    small.change("quotes.yml", "    - source: post\n      exact: No stone will stop us.\n", "")
    assert small.locked() == [
        'data/quotes.yml:4: "dig" rests on other passages than were checked; '
        "check it again, with python -m macros verify"
    ]


def test_a_passage_made_a_quotation_is_refused_without_the_texts(small):
    small.verify()
    event = (small.data / "timeline.yml").read_text(encoding="utf-8")
    quote = "- id: lock-closes\n  speaker: board\n" + event[event.index("  evidence") :]
    small.write(
        {"timeline.yml": "[]\n", "quotes.yml": (small.data / "quotes.yml").read_text(encoding="utf-8") + quote}
    )
    assert any("The board closed the second lock on 3 …" in line for line in small.locked())


def test_a_typographic_change_is_accepted_without_the_texts(small):
    small.verify()
    small.change("quotes.yml", "'the thirsty ditch' ... and they're", "‘the thirsty ditch’ … and they’re")
    small.change("quotes.yml", "a passing cloud", "a  passing\u00a0cloud")
    assert small.locked() == []


def test_a_new_record_waits_for_the_lock_unless_the_texts_may_stand_for_it(small):
    before = small.verify().read_text(encoding="utf-8")
    without = re.sub(r'    "alike": .*\n', "", before)
    assert without != before
    (small.data / "evidence.lock.json").write_text(without, encoding="utf-8")
    (told,) = small.locked()
    assert told.endswith(CHANGED)
    assert small.problems() == []


def test_a_source_with_another_fingerprint_than_the_lock_says_so(small):
    small.verify()
    sources = (small.data / "sources.yml").read_text(encoding="utf-8")
    old = re.search("sha256: ([0-9a-f]+)", sources)[1]
    small.change("sources.yml", old, "0" * 64)
    assert small.locked() == [
        'data/sources.yml:11: the evidence of "post" was checked against another text; run python -m macros verify'
    ]


DAMAGES = {
    "not JSON": lambda text: text[:-3],
    "a conflict of git": lambda text: text.replace('    "brook"', '<<<<<<< ours\n    "brook"'),
    "empty": lambda text: "",
    "a list": lambda text: "[]",
    "no records": lambda text: '{"sources": {}}',
    "sources as a list": lambda text: re.sub(r'"sources": \{[^}]*\}', '"sources": ["post"]', text),
    "records as a list": lambda text: '{"sources": {}, "records": []}',
    "a field too few": lambda text: text.replace('"role": "paragraph", ', "", 1),
    "a field too many": lambda text: text.replace('"role"', '"rank": 1, "role"', 1),
    "a number for a list": lambda text: re.sub(r'"brook": \[[^\]]*\]', '"brook": 7', text),
    "another encoding": lambda text: "é",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_lock_damaged_by_hand_says_so(small, damage):
    path = small.verify()
    path.write_text(
        DAMAGES[damage](path.read_text(encoding="utf-8")),
        encoding="latin-1" if damage == "another encoding" else "utf-8",
    )
    assert (
        "data/evidence.lock.json: is not a lock; run python -m macros verify to write it again" in small.locked()
    )


def test_a_lock_that_is_gone_is_one_mistake_and_not_one_for_each_record(small):
    gone = "data/evidence.lock.json: is missing; run python -m macros verify to write it"
    assert small.locked() == [gone]
    assert not load_library(small.data).proved
    small.verify()
    assert load_library(small.data).proved


@pytest.mark.parametrize("damage", DAMAGES)
def test_verify_writes_a_damaged_lock_again(small, damage):
    path = small.verify()
    good = path.read_text(encoding="utf-8")
    path.write_text(DAMAGES[damage](good), encoding="latin-1" if damage == "another encoding" else "utf-8")
    assert small.verify().read_text(encoding="utf-8") == good

"""YAML that remembers its lines: everything stays text, and what YAML would change in silence is refused."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from macros.library.yaml import (
    HIDDEN,
    MAX_BYTES,
    MAX_DEPTH,
    NOT_YAML,
    Place,
    Tree,
    Value,
    dump_entry,
    parse_entries,
    parse_yaml,
    read_file,
    read_yaml,
)
from macros.problems import CONFLICT, ProblemsFoundError
from macros.records.fields import Keys

# Any character but surrogates, which no file holds, and the hidden ones, which are refused.
texts = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: not HIDDEN.search(text))


def value(text: str) -> Value:
    return parse_yaml(text.encode(), "f.yml").data


def refusals(raw: str | bytes) -> list[str]:
    try:
        parse_yaml(raw.encode() if isinstance(raw, str) else raw, "f.yml")
    except ProblemsFoundError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    "typed",
    [
        *("no", "yes", "NO", "on", "true", "="),
        *("1.10", "010", "0x1F", "1_000", "1e3", "-1", ".inf"),
        *("12:30", "2024-05", "2024-05-01", "2024-05-01T10:00:00Z"),
    ],
)
def test_a_scalar_stays_the_text_that_was_typed(typed):
    assert value(f"a: {typed}\n") == {"a": typed}
    assert value(f"- {typed}\n") == [typed]


def test_an_empty_field_and_an_empty_file_are_empty_texts():
    assert value("a:\nb: ''\n") == {"a": "", "b": ""}
    assert value("") == value("# nothing yet\n") == value("---\n") == ""


def test_lists_maps_and_all_ways_to_write_a_text_are_read():
    written = """\
- id: a
  plain: one
    two
  folded: >
    one

    two
  kept: |
    x # y
  "quoted": "say \\"é\\" \\u00e9 # z"
  single: 'it''s'
  flow: [a, {b: c}]
  hash: a#b
  colon: a:b
- - - deep
"""
    assert value(written) == [
        {
            "id": "a",
            "plain": "one two",
            "folded": "one\ntwo\n",
            "kept": "x # y\n",
            "quoted": 'say "é" é # z',
            "single": "it's",
            "flow": ["a", {"b": "c"}],
            "hash": "a#b",
            "colon": "a:b",
        },
        [["deep"]],
    ]


def test_comments_stand_on_their_own_lines_or_after_quoted_texts():
    assert value('# before\na: one\n# between\nb: "two" # after\nc: | # why\n  three\n# end\n') == {
        "a": "one",
        "b": "two",
        "c": "three\n",
    }


def test_lines_of_windows_and_the_end_without_a_new_line_are_read():
    assert value("a: 1\r\nb: |\r\n  x\r\n  y") == {"a": "1", "b": "x\ny"}


def test_every_value_knows_its_line_and_column():
    tree = parse_yaml("# é\n- id: ü\n  two:\n    - x\n    - y: z\n  'é': ü\n- last\n".encode(), "f.yml")
    assert tree.place(()) == (2, 1)
    assert tree.place((0,)) == (2, 3)
    assert tree.place((0, "id")) == (2, 3)
    assert tree.place((0, "two")) == (3, 3)
    assert tree.place((0, "two", 0)) == (4, 7)
    assert tree.place((0, "two", 1, "y")) == (5, 7)
    assert tree.place((0, "é")) == (6, 3)
    assert tree.place((1,)) == (7, 3)


def test_what_is_missing_has_the_place_of_what_should_hold_it():
    tree = parse_yaml(b"- id: a\n  two: b\n", "f.yml")
    assert tree.place((0, "three", "four")) == (1, 3)
    assert tree.place((0, "two", 5)) == (2, 3)
    assert tree.place((7,)) == (1, 1)
    assert parse_yaml(b"", "f.yml").place((0,)) == (1, 1)


CUT = 'is cut off at " #"; put the text in quotation marks, or the comment on its own line'
SIGN = NOT_YAML.format("found character that cannot start any token")
COLON = NOT_YAML.format("mapping values are not allowed in this context")
FIELDS = NOT_YAML.format("did not find expected key")
RECORDS = NOT_YAML.format("did not find expected '-' indicator")
NAME = NOT_YAML.format("could not find expected ':'")
BRACKET = NOT_YAML.format("did not find expected ',' or ']'")
UNCLOSED = NOT_YAML.format("found unexpected end of stream")
NAMELESS = 'a field needs a name; put quotation marks round a text that starts with "{" or "["'
OWN = 'starts with "&", "*" or "!", which mean something to YAML; put the text in quotation marks'
TWICE = '"a" stands twice in one place; remove one, or start a new entry with "- "'

REFUSED = {
    "a key given twice": ("a: 1\na: 2\n", f"2:1: {TWICE}"),
    "a key given twice, once quoted": ('- a: 1\n  "a": 2\n', f"2:3: {TWICE}"),
    "a key given twice inside": ("- b: {a: 1, a: 2}\n", f"1:13: {TWICE}"),
    "an anchor": ("a: &x b\n", f"1:4: {OWN}"),
    "an anchor on a list": ("- a: &x [b]\n", f"1:6: {OWN}"),
    "an anchor that eats a word": ("a: &c\n", f"1:4: {OWN}"),
    "an alias": ("a: *x\n", f"1:4: {OWN}"),
    "a null": ("a: null\n", '1:4: "null" is null; delete the field, or put a text in quotation marks'),
    "a null as a sign": ("- ~\n", '1:3: "~" is null; delete the field, or put a text in quotation marks'),
    "a null in a map on one line": (
        "{a: Null}\n",
        '1:5: "Null" is null; delete the field, or put a text in quotation marks',
    ),
    "a merge key": ("- a: 1\n  <<: b\n", '2:3: "<<" is a merge key; write the fields out'),
    "a tag": ("a: !!str b\n", f"1:4: {OWN}"),
    "a tag of one's own": ("- a: !ruby/x b\n", f"1:6: {OWN}"),
    "a tag that runs code": (
        "a: !!python/object/apply:os.system [ls]\n",
        f"1:4: {OWN}",
    ),
    "a tag on a map": ("a: !!set {b: c}\n", f"1:4: {OWN}"),
    "a second document": ("a: b\n---\nc: d\n", '2:1: starts a second document; remove the line "---"'),
    "the end of a document": (
        "a: b\n...\nc: d\n",
        f"3:1: {NOT_YAML.format('did not find expected <document start>')}",
    ),
    "a text cut off": ("a: the lock #2 leaks\n", f"1:4: {CUT}"),
    "a text cut off after a letter with an accent": ("a: b\nb: é # c\n", f"2:4: {CUT}"),
    "a text cut off in a list": ("- [a, b #c\n  ]\n", f"1:7: {CUT}"),
    "a text that is all comment": ("- a: #1 is ours\n", f"1:5: {CUT}"),
    "a no-break space after the colon": ("a: b\nc:\u00a0d\n", f"2:1: {NAME}"),
    "no space after the colon": ("- a: b\n  c:d\n", f"2:3: {NAME}"),
    "no colon": ("- a: b\n  and on\n- c\n", f"2:3: {NAME}"),
    "Latin 1": (b"a: b\nc: d\xe9\n", "2:5: is not UTF-8; save the file as UTF-8"),
    "UTF-16": ("a: b".encode("utf-16"), "1:1: is not UTF-8; save the file as UTF-8"),
    "a tab before a field": ("a:\n\tb: c\n", f"2:1: {SIGN}"),
    "a text that starts with @": ("a: @b\n", f"1:4: {SIGN}"),
    "a text that starts with a percent sign": ("a: %b\n", f"1:4: {SIGN}"),
    "a text that starts with a question mark": (
        "a: ? b\n",
        f"1:4: {NOT_YAML.format('mapping keys are not allowed in this context')}",
    ),
    "a text that starts with a hyphen": (
        "a: - b\n",
        f"1:4: {NOT_YAML.format('block sequence entries are not allowed in this context')}",
    ),
    "an unclosed quotation mark": ('- a: b\n  c: "d\n- e: f\n', f"2:6: {UNCLOSED}"),
    "an unclosed single mark": ("a: 'tis\nb: c\n", f"1:4: {UNCLOSED}"),
    "words after the closing mark": ('a: "b" c\n', f"1:8: {FIELDS}"),
    "an apostrophe within single marks": (
        "a: 'the board's lock'\n",
        f"1:15: {FIELDS}",
    ),
    "the quotation marks of a word processor": (
        "a: “the rule: dig”\n",
        f"1:13: {COLON}",
    ),
    "no space after the hyphen": (
        "-a: b\n c: d\n",
        f"2:3: {COLON}",
    ),
    "a text that starts with an asterisk": (
        "a: *b* c\n",
        f"1:6: {NOT_YAML.format('did not find expected alphabetic or numeric character')}",
    ),
    "a conflict that git left": ("a: b\n<<<<<<< HEAD\nc: d\n=======\n>>>>>>> theirs\n", f"2:1: {CONFLICT}"),
    "the line ends of another kind": (
        "- a: b\r  c: d\r",
        "1:7: has line ends of another kind; save the file with line ends LF",
    ),
    "an unclosed bracket": ("a: [b\n", f"2:1: {BRACKET}"),
    "an unclosed brace": ("a: {b: c\n", f"2:1: {BRACKET.replace(']', '}')}"),
    "a text with a colon": ("a: the rule: dig\n", f"1:12: {COLON}"),
    "a field too far in": ("- a: b\n   c: d\n", f"2:5: {COLON}"),
    "a field too far out": ("- a: b\n c: d\n", f"2:2: {RECORDS}"),
    "a field at the margin": ("- a: b\nc: d\n", f"2:1: {RECORDS}"),
    "a list among fields": ("a: b\n- c\n", f"2:1: {FIELDS}"),
    "a list as a key": ("[a]: b\n", f"1:1: {NAMELESS}"),
    "a map as a key": ("? {a: b}\n: c\n", f"1:3: {NAMELESS}"),
    "a macro call, unquoted": ("a: {{ b }}\n", f"1:5: {NAMELESS}"),
}


def test_what_yaml_would_change_in_silence_is_refused_with_its_place():
    told = {mistake: refusals(raw) for mistake, (raw, _) in REFUSED.items()}
    assert told == {mistake: [f"f.yml:{message}"] for mistake, (_, message) in REFUSED.items()}


HIDDEN_SAMPLES = [
    *("\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9f"),  # controls
    *("\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"),  # direction
    *("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\xad", "\u180e", "\u3164"),  # no width
    *("\u2028", "\u2029", "\ufffe", "\uffff", "\ufff9", "\U000e0041"),  # separators, noncharacters, tags
]


@pytest.mark.parametrize("hidden", HIDDEN_SAMPLES, ids=lambda character: f"U+{ord(character):04X}")
def test_a_character_that_cannot_be_seen_is_refused_plain_quoted_or_escaped(hidden):
    message = f"holds a character that cannot be seen (U+{ord(hidden):04X}); delete it"
    assert refusals(f"a: b\nc: d{hidden}e\n") == [f"f.yml:2:5: {message}"]
    assert refusals(f"a: b\nc: 'd{hidden}e'\n") == [f"f.yml:2:6: {message}"]
    assert refusals(f'a: b\nc: "d\\U{ord(hidden):08x}e"\n') == [f"f.yml:2:4: {message}"]


@pytest.mark.parametrize("text", ["می\u200cرود", "क्\u200dष", "\U0001f468\u200d\U0001f469"])
def test_a_joiner_is_part_of_the_scripts_that_need_it(text):
    assert value(f"a: {text}\n") == {"a": text}


def test_a_byte_order_mark_at_the_beginning_is_no_part_of_the_text():
    assert value("\ufeffa: b\n") == {"a": "b"}


def test_a_character_that_cannot_be_seen_is_told_once_however_often_it_stands_there():
    message = "holds a character that cannot be seen (U+200B); delete it"
    assert refusals("a: b\nc: \u200bd\u200b\u200b\n") == [f"f.yml:2:4: {message}"]


def test_all_refusals_of_a_file_come_at_once_in_the_order_of_its_lines():
    assert refusals("- a: &x 1\n  a: *x\n- b: c #d\n- b: !!int 1\n") == [
        f"f.yml:1:6: {OWN}",
        f"f.yml:2:3: {TWICE}",
        f"f.yml:2:6: {OWN}",
        f"f.yml:3:6: {CUT}",
        f"f.yml:4:6: {OWN}",
    ]


def test_sixteen_mebibytes_are_read_and_a_byte_more_is_refused(tmp_path: Path):
    path = tmp_path / "big.yml"
    path.touch()
    os.truncate(path, MAX_BYTES)
    assert len(read_file(path, "f.yml")) == MAX_BYTES
    os.truncate(path, MAX_BYTES + 1)
    with pytest.raises(ProblemsFoundError) as caught:
        read_yaml(path, "f.yml")
    assert str(caught.value) == "f.yml: holds 16,777,217 bytes, more than 16 MiB; shorten it"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("none.yml", "is missing; create it, with [] while it is empty"),
        (".", "is no file; put one in its place"),
        ("loop", "cannot be read: Too many levels of symbolic links; put a file that you may read in its place"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, told: str, tmp_path: Path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(ProblemsFoundError) as caught:
        read_yaml(tmp_path / name, "f.yml")
    assert str(caught.value) == f"f.yml: {told}"


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"id": "a", "text": "x " * 49 + "y"}, f"- id: a\n  text: {'x ' * 49}y\n"),
        ({"id": "a", "text": "no: “é”"}, "- id: a\n  text: 'no: “é”'\n"),
        ({"on": ["b", "no"], "topics": ("c", "1")}, "- on:\n    - b\n    - no\n  topics: [c, 1]\n"),
    ],
)
def test_an_entry_is_written_in_the_form_of_the_house(fields, written):
    assert dump_entry(fields) == written
    assert value(written) == [
        {name: list(each) if isinstance(each, tuple) else each for name, each in fields.items()}
    ]


ALIAS_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{key}: &{key} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, key in zip("abcdefghi", "bcdefghij", strict=True)
)

BOMBS = {
    "an alias bomb": (ALIAS_BOMB, f"f.yml:1:4: {OWN}"),
    "brackets": ("[" * 100_000, f"f.yml:1:{MAX_DEPTH + 1}: is nested more than 20 deep; close a bracket"),
    "braces": ("a: " + "{a: " * 100_000, f"f.yml:1:{4 * MAX_DEPTH}: is nested more than 20 deep; close a bracket"),
    "hyphens": ("- " * 100_000, f"f.yml:1:{2 * MAX_DEPTH + 1}: is nested more than 20 deep; close a bracket"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_file_made_to_hang_the_build_is_refused_at_once(bomb):
    text, message = BOMBS[bomb]
    began = time.perf_counter()
    assert refusals(text)[0] == message
    assert time.perf_counter() - began < 1


def test_twenty_levels_are_read():
    assert value("[" * MAX_DEPTH + "]" * MAX_DEPTH)


def double_quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@given(texts)
@example("a #b: c &d *e !f <<: - ? | > % @ ` ' \" \\ {} []")
@example(" \u00a0 \t\n--- ")
@example("\u00a0: “…” – ’")
def test_any_text_in_double_quotation_marks_comes_back_as_it_was(text):
    quoted = double_quoted(text)
    assert value(f"a: {quoted}\n") == {"a": text}
    assert value(f"- {quoted}\n- {{{quoted}: [{quoted}]}}\n") == [text, {text: [text]}]


@given(texts)
def test_any_text_written_in_escapes_comes_back_as_it_was(text):
    escaped = "".join(f"\\U{ord(character):08x}" for character in text)
    assert value(f'a: "{escaped}"\n') == {"a": text}


def verdict(raw: bytes) -> Value | ProblemsFoundError:
    try:
        return parse_yaml(raw, "f.yml").data
    except ProblemsFoundError as error:
        return error


def is_text(read: Value) -> bool:
    match read:
        case dict():
            return all(isinstance(key, str) and is_text(each) for key, each in read.items())
        case list():
            return all(map(is_text, read))
        case _:
            return isinstance(read, str)


def is_text_or_refused_with_a_place(raw: bytes) -> bool:
    found = verdict(raw)
    if isinstance(found, ProblemsFoundError):
        return bool(found.problems) and all(problem.line and problem.column for problem in found.problems)
    return is_text(found)


@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(str.encode), st.binary(max_size=40)
    )
)
@example("a: \ufffe".encode())
@example(b"\x00")
def test_whatever_a_file_holds_it_is_read_as_text_or_refused_with_its_place(raw):
    assert is_text_or_refused_with_a_place(raw)


@given(st.lists(st.sampled_from([*"a \n#\"'[]{},&*!|>", ": ", "- ", "  ", "<<"])).map("".join))
def test_whatever_is_typed_with_the_signs_of_yaml_is_read_as_text_or_refused(typed):
    assert is_text_or_refused_with_a_place(typed.encode())


def entries_of(whole: Tree) -> list[tuple[Value, dict[Keys, Place]]]:
    """The entries of a list that was parsed as one file, with the places of what they hold, in the file."""
    return [
        (data, {path[1:]: place for path, place in whole.places.items() if path[:1] == (index,)})
        for index, data in enumerate(whole.data)
    ]


LINES = st.sampled_from(
    [
        *("- id: a\n", "- id: b # x\n", "  text: two\n", "  text: >-\n    one\n\n    two\n", "    more\n", "\n"),
        *("# a comment\n", "  # another\n", "- last\n", "-\n", "- - a\n", "-\n  id: c\n", "  - id: d\n"),
        *("text: x\n", "---\n", "...\n", "%YAML 1.1\n", "- 'one\n", "- two'\n", "- [a,\n", "- b]\n", "- |\n"),
        *("[]\n", "- &a b\n", "- *a\n", "- {id: e, text: [x, y]}\n", '  text: "a\n', '- b"\n', "- id: a\r\n"),
        *("-", "- id: z", "\t- id: t\n", "[a, b]\n"),
    ]
)


@given(st.lists(LINES).map("".join), st.lists(LINES).map("".join))
@example("- id: a\n...\n- id: b\n", "")
@example("[{id: a}, {id: b}]\n", "- id: a\n")
@example("# x\n\n- id: a\n\n- id: b\n  text: c\n", "- id: b\n  text: c\n")
def test_the_entries_of_a_list_are_those_of_the_whole_file_whatever_is_known(typed, before):
    try:
        known = {each.text: each for each in parse_entries(before.encode(), "f.yml", {}) if each.text}
    except ProblemsFoundError:
        known = {}
    whole = verdict(typed.encode())
    if isinstance(whole, list):
        found = parse_entries(typed.encode(), "f.yml", known)
        placed = [(each.data, {path: each.place(path) for path in each.places}) for each in found]
        assert placed == entries_of(parse_yaml(typed.encode(), "f.yml"))
    else:
        with pytest.raises(ProblemsFoundError) as caught:
            parse_entries(typed.encode(), "f.yml", known)
        if isinstance(whole, ProblemsFoundError):
            assert caught.value.problems == whole.problems

"""YAML: data files as plain texts with the place of each, and new entries as an editor would write them.

Every scalar stays text: `no`, `1.10` and `2024-05-01` arrive as the author
typed them, and the type of the field decides what they are. What YAML would
change in silence (a key given twice, an anchor, a text cut off by " #") is
refused with its place instead.

The reader works on libyaml's events, not on its nodes: an alias is never
followed and nesting has a limit, so no file can hang or crash a build.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from ..problems import CONFLICT, Problem, ProblemsFoundError, conflict_lines
from ..records.fields import Keys

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20

# Characters that change what is read without being seen: controls, marks of
# direction, spaces and joiners of no width, tags.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
    # Joiners belong to the spelling in some scripts and to signs drawn as one, and to nothing elsewhere.
    "|(?<![\u0590-\u10ff\u1700-\u1aff\u200c\u200d\ufb1d-\ufeff\U0001f000-\U0001faff\u2600-\u27bf])[\u200c\u200d]"
)
SPECIAL_SPACE = re.compile(r":([^\S \t\n])")

REMEDIES = {
    "found a tab character": "indent with spaces",
    "cannot start any token": "indent with spaces, and put quotation marks round a text that starts with a sign",
    "mapping values are not allowed": 'put quotation marks round a text that holds ": "',
    "could not find expected ':'": 'write "name: value" with an ordinary space, and indent what belongs to it',
    "did not find expected key": "line up the fields of one record, and close every quotation mark",
    "did not find expected '-' indicator": 'start every record with "- " at the left margin',
    "unexpected end of stream": "close the quotation mark",
    "did not find expected ','": "close the bracket, or put quotation marks round a text that starts with one",
    "block sequence entries are not allowed": 'put quotation marks round a text that starts with "- "',
    "mapping keys are not allowed": 'put quotation marks round a text that starts with "?"',
    "did not find expected <document start>": 'remove the line "..."',
    "alphabetic or numeric character": 'put quotation marks round a text that starts with "*" or "&"',
}
UNDER = "start this field right under the one above it"
ELSEWHERE = "see the line before, too"

# libyaml finds these at the end of what is wrong; an author looks where it begins.
AT_BEGINNING = ("could not find expected ':'", "found unexpected end of stream")

Value = str | list["Value"] | dict[str, "Value"]
Place = tuple[int, int]  # line and column, from 1


@dataclass(frozen=True)
class Tree:
    """The text of one YAML file as plain lists, maps and texts, and where each of them begins."""

    file: str
    data: Value
    places: Mapping[Keys, Place]

    def place(self, path: Keys) -> Place:
        """Return line and column of the deepest part of `path` that is written in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


def read_yaml(path: Path, name: str) -> Tree:
    """Read the YAML file at `path`, called `name` in messages. Raises ProblemsFoundError as `parse_yaml` does."""
    return parse_yaml(read_file(path, name), name)


def read_file(path: Path, name: str) -> bytes:
    """Return the bytes of the file at `path`. Raises ProblemsFoundError when it is missing or too large."""
    try:
        size = path.stat().st_size
        if path.exists() and not path.is_file() and not path.is_dir():
            what = "is no file but a device or a pipe; put a file in its place"
        elif size <= MAX_BYTES:
            return path.read_bytes()
        else:
            what = f"holds {size:,} bytes, more than 1 MiB; split it or shorten it"
    except FileNotFoundError:
        what = "is missing; create it, with [] while it is empty"
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
    raise ProblemsFoundError([Problem(name, 0, 0, what)])


def parse_yaml(raw: bytes, name: str) -> Tree:
    """Parse YAML in UTF-8; an empty file holds an empty text.

    Raises ProblemsFoundError, with `file:line:column`, for what is not YAML and for everything that YAML
    would accept and silently turn into something else.
    """
    reader = _Reader(name, decode_text(raw, name))
    try:
        data = reader.read_file()
    except yaml.MarkedYAMLError as error:
        what = str(error.problem or error.context)
        began = error.context_mark if what in AT_BEGINNING else None
        mark = began or error.problem_mark or error.context_mark
        remedy, place = _remedy(what, reader.lines, mark.line, mark.column) if mark else (ELSEWHERE, (0, 0))
        reader.problems.append(Problem(name, *place, f"is not YAML: {what}; {remedy}"))
    if reader.problems:
        raise ProblemsFoundError(reader.problems)
    return Tree(name, data, reader.places)


def _remedy(what: str, lines: list[str], row: int, column: int) -> tuple[str, Place]:
    """Return what to do, and where, for an error that libyaml found at a row and column, from 0."""
    line = lines[row] if row < len(lines) else ""
    before, place = line[:column], (row + 1, column + 1)
    for number in (row, row - 1):
        if 0 <= number < len(lines) and (item := re.match(r"\s*-(?=[\w\"'])", lines[number])):
            return 'put a space after the "-"', (number + 1, item.end())
    if re.match(r"\s*(- )?\w+: *[“”„«]", line):
        return 'type straight quotation marks, ", round the text: others are letters to YAML', place
    if quoted := re.match(r"\s*(- )?(\w+: *)?([\"']).*\3 *$", before):
        if quoted[3] == "'" and line[len(before) :][:1].isalpha():
            return "write an apostrophe twice, or put double quotation marks round the text", place
        return "put quotation marks round all of the text, of the kind that it does not hold itself", place
    if "mapping values are not allowed" in what and re.match(r"\s*(- )?\w+$", before):
        return UNDER, place
    if "did not find expected '-'" in what and re.match(r"\s+\w+:", line):
        return UNDER, place
    return next((advice for sign, advice in REMEDIES.items() if sign in what), ELSEWHERE), place


def decode_text(raw: bytes, name: str) -> str:
    """Return text from UTF-8, with plain line ends.

    Raises ProblemsFoundError for other bytes, for a conflict that git left, and for each hidden character, once.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemsFoundError([encoding_problem(raw, name, error)]) from None
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    if problems := text_problems(text, name):
        raise ProblemsFoundError(problems)
    return text


def text_problems(text: str, name: str) -> list[Problem]:
    """Return a problem for each conflict that git left in a text, and for each hidden character, once."""
    problems = [Problem(name, line, 1, CONFLICT) for line in conflict_lines(text)]
    found: dict[str, list[int]] = {}
    for match in HIDDEN.finditer(text):
        found.setdefault(match.group(), []).append(match.start())
    for character, offsets in found.items():
        what = _hidden(character, len(offsets))
        if character == "\r":
            what = "has line ends of another kind; save the file with line ends LF"
        problems.append(Problem(name, *_place_after(text[: offsets[0]]), what))
    return problems


def encoding_problem(raw: bytes, name: str, error: UnicodeDecodeError) -> Problem:
    """Return the problem of a file that is not UTF-8, at the byte where that shows."""
    return Problem(name, *_place_after(raw[: error.start].decode()), "is not UTF-8; save the file as UTF-8")


def _place_after(text: str) -> Place:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _hidden(character: str, count: int = 1) -> str:
    times = f", {count} times" if count > 1 else ""
    return f"holds a character that cannot be seen (U+{ord(character):04X}){times}; delete it"


class _Reader:
    """A reader of libyaml's events: it makes plain values of them, and collects what must not stand in a file."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines = text.split("\n")
        self.events = yaml.parse(text, Loader=yaml.CSafeLoader)
        self.places: dict[Keys, Place] = {}
        self.problems: list[Problem] = []

    def read_file(self) -> Value:
        """Return the value of the one document of the file."""
        data: Value = ""
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self.refuse(event, 'starts a second document; remove the line "---"')
            elif isinstance(event, yaml.NodeEvent):
                data = self.read_value(event, ())
        return data

    def read_value(self, event: yaml.Event, path: Keys) -> Value:
        """Return the text, list or map that begins with an event; its place is that of its name, if it has one."""
        self.places.setdefault(path, _place(event))
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, f'"*{event.anchor}" is an alias; write the text out, or put it in quotation marks')
            return ""
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        self.check_marks(event)
        if isinstance(event, yaml.ScalarEvent):
            self.check_scalar(event)
            return event.value
        if len(path) == MAX_DEPTH:
            self.refuse(event, f"is nested more than {MAX_DEPTH} deep; close a bracket")
            raise ProblemsFoundError(self.problems)
        members = takewhile(lambda each: not isinstance(each, yaml.CollectionEndEvent), self.events)
        if isinstance(event, yaml.SequenceStartEvent):
            return [self.read_value(each, (*path, index)) for index, each in enumerate(members)]
        return self.read_map(members, path)

    def read_map(self, names: Iterator[yaml.Event], path: Keys) -> dict[str, Value]:
        """Return the map whose names these are, each with its value behind it."""
        found: dict[str, Value] = {}
        second_record = False  # then no other field that stands twice is wrong
        for event in names:
            name = self.read_value(event, (*path, ""))
            if not isinstance(name, str):
                remedy = 'put quotation marks round a text that starts with "{" or "["'
                self.refuse(event, f"a field needs a name; {remedy}")
                name = ""
            elif name == "<<":
                self.refuse(event, '"<<" is a merge key; write the fields out')
            elif name in found and not second_record:
                second_record = name == "id"
                remedy = 'start the next one with "- id: …"' if second_record else "remove one"
                self.refuse(event, f'"{name}" stands twice in one record; {remedy}')
            self.places[*path, name] = _place(event)
            found[name] = self.read_value(next(self.events), (*path, name))
        return found

    def refuse(self, event: yaml.Event, what: str) -> None:
        self.problems.append(Problem(self.name, *_place(event), what))

    def check_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Refuse an anchor and a tag."""
        if event.anchor:
            self.refuse(event, f'"&{event.anchor}" is an anchor; put the text in quotation marks')
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.refuse(event, f'"{tag}" is a tag; put the text in quotation marks')

    def check_scalar(self, event: yaml.ScalarEvent) -> None:
        """Refuse a text that YAML reads otherwise than it looks."""
        for character in HIDDEN.findall(event.value):  # written with an escape, such as "\u202e"
            self.refuse(event, _hidden(character))
        if event.style:  # quoted and block texts cannot be cut off, and are no null
            return
        if event.value in ("null", "Null", "NULL", "~"):
            self.refuse(event, f'"{event.value}" is null; delete the field, or put a text in quotation marks')
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end and end.line < len(self.lines) else ""
        if rest.lstrip().startswith("#"):
            remedy = "put the text in quotation marks, or the comment on its own line"
            self.refuse(event, f'is cut off at " #"; {remedy}')
        if special := SPECIAL_SPACE.search(event.value):
            name = "no-break" if special[1] == "\u00a0" else f"special (U+{ord(special[1]):04X})"
            self.refuse(event, f"has a {name} space after the colon; type an ordinary space")


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


WIDTH = 112


class _Dumper(yaml.SafeDumper):
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 -- every scalar of ours is text

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if len(text) > WIDTH - 12 else None)


def _represent_short_list(dumper: yaml.SafeDumper, texts: tuple[str, ...]) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", texts, flow_style=True)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(tuple, _represent_short_list)


def dump_entry(fields: Mapping[str, Any]) -> str:
    """Return an entry of a data file as YAML: without needless quotation marks, a tuple as a list on one line."""
    return str(yaml.dump([dict(fields)], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH))

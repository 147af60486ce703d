"""YAML as an editor would write it: no quotation marks that need not be, lists set in, long texts folded.

YAML that remembers its lines.

Every scalar stays text: `no`, `1.10` and `2024-05-01` arrive as the author
typed them, and the type of the field decides what they are. What YAML would
change in silence (a key given twice, an anchor, a text cut off by " #") is
refused with its place instead.

The reader works on libyaml's events, not on its nodes: an alias is never
followed and deep nesting never recurses, so no file can hang or crash a build.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ..problems import CONFLICT, Problem, ProblemsFoundError, conflict_lines

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
    """An entry of a data file as YAML; a tuple becomes a list on one line."""
    return str(yaml.dump([dict(fields)], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH))


MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20

# Characters that change what is read without being seen: controls, marks that
# turn the direction of a text, spaces and joiners of no width, tags.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
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

# Found at the end of what is wrong; an editor looks where it begins.
AT_BEGINNING = ("could not find expected ':'", "found unexpected end of stream")

Value = str | list["Value"] | dict[str, "Value"]
Keys = tuple[str | int, ...]


@dataclass
class Branch:
    """A list or map of the file, with the places of what it holds."""

    value: list[Value] | dict[str, Value]
    place: tuple[int, int]
    keys: dict[str | int, tuple[int, int]] = field(default_factory=dict)
    children: dict[str | int, Branch] = field(default_factory=dict)
    pending: str | None = None
    twice: bool = False  # a second record has begun in it: what stands twice from there on is not to blame


@dataclass(frozen=True)
class Tree:
    """The text of one YAML file as plain lists, maps and texts."""

    file: str
    data: Value
    root: Branch | None

    def place(self, path: Keys) -> tuple[int, int]:
        """Return line and column, from 1, of the deepest part of `path` that is written in the file."""
        branch, place = self.root, (1, 1) if self.root is None else self.root.place
        for step in path:
            if branch is None or step not in branch.keys:
                break
            place, branch = branch.keys[step], branch.children.get(step)
        return place


def read_yaml(path: Path, name: str) -> Tree:
    """Read the YAML file at `path`, called `name` in messages.

    Raises ProblemsFoundError, with `file:line:column`, for everything that YAML
    would accept and silently turn into something else.
    """
    return parse_yaml(read_file(path, name), name)


def read_file(path: Path, name: str) -> bytes:
    """The bytes of the file at `path`. Raises ProblemsFoundError when it is missing or too large."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ProblemsFoundError(
                [Problem(name, 0, 0, f"holds {size:,} bytes, more than 1 MiB; split it or shorten it")]
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise ProblemsFoundError(
            [Problem(name, 0, 0, "is missing; create it, with [] while it is empty")]
        ) from None
    except OSError as error:
        raise ProblemsFoundError([Problem(name, 0, 0, f"cannot be read: {error.strerror}")]) from None


def parse_yaml(raw: bytes, name: str) -> Tree:
    """Parse YAML in UTF-8; an empty file holds an empty text. Raises ProblemsFoundError as `read` does."""
    text = decode_text(raw, name)
    builder = _Builder(name, text.split("\n"))
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        what = str(error.problem or error.context)
        began = error.context_mark if what in AT_BEGINNING else None
        mark = began or error.problem_mark or error.context_mark
        remedy, mark = _remedy(what, text.split("\n"), mark)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        builder.problems.append(Problem(name, line, column, f"is not YAML: {what}; {remedy}"))
    if builder.problems:
        raise ProblemsFoundError(builder.problems)
    return Tree(name, builder.data, builder.root)


def _remedy(what: str, lines: list[str], mark: yaml.Mark | None) -> tuple[str, yaml.Mark | None]:
    """What to do, by the line where libyaml stopped, which says more than its words do; and where to do it."""
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    before = line[: mark.column] if mark else ""
    for number in (mark.line, mark.line - 1) if mark else ():
        if 0 <= number < len(lines) and (item := re.match(r"\s*-(?=[\w\"'])", lines[number])):
            return 'put a space after the "-"', yaml.Mark("", 0, number, item.end() - 1, None, 0)
    if re.match(r"\s*(- )?\w+: *[“”„«]", line):
        return 'type straight quotation marks, ", round the text: others are letters to YAML', mark
    if quoted := re.match(r"\s*(- )?(\w+: *)?([\"']).*\3 *$", before):
        if quoted[3] == "'" and line[len(before) :][:1].isalpha():
            return "write an apostrophe twice, or put double quotation marks round the text", mark
        return "put quotation marks round all of the text, of the kind that it does not hold itself", mark
    if "mapping values are not allowed" in what and re.match(r"\s*(- )?\w+$", before):
        return UNDER, mark
    if "did not find expected '-'" in what and re.match(r"\s+\w+:", line):
        return UNDER, mark
    return next((advice for sign, advice in REMEDIES.items() if sign in what), "see the line before, too"), mark


def decode_text(raw: bytes, name: str) -> str:
    """Text from UTF-8, with plain line ends.

    Raises ProblemsFoundError for other bytes, for a conflict that git left, and for each hidden character, once.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise ProblemsFoundError([Problem(name, line, column, "is not UTF-8; save the file as UTF-8")]) from None
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    problems = [Problem(name, line, 1, CONFLICT) for line in conflict_lines(text)]
    found: dict[str, list[re.Match[str]]] = {}
    for match in HIDDEN.finditer(text):
        found.setdefault(match.group(), []).append(match)
    for match, *more in found.values():
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        times = f", {len(more) + 1} times" if more else ""
        what = f"holds a character that cannot be seen (U+{ord(match.group()):04X}){times}; delete it"
        if match.group() == "\r":
            what = "has line ends of another kind; save the file with line ends LF"
        problems.append(Problem(name, line, column, what))
    if problems:
        raise ProblemsFoundError(problems)
    return text


class _Builder:
    """Turns libyaml's events into a tree, and collects what must not stand in a file."""

    def __init__(self, name: str, lines: list[str]) -> None:
        self.name = name
        self.lines = lines
        self.problems: list[Problem] = []
        self.data: Value = ""
        self.root: Branch | None = None
        self.stack: list[Branch] = []
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents == 2:
                    self.refuse(event, 'starts a second document; remove the line "---"')
            case yaml.AliasEvent():
                self.refuse(
                    event, f'"*{event.anchor}" is an alias; write the text out, or put it in quotation marks'
                )
                self.add("", event)
            case yaml.ScalarEvent():
                self.refuse_marks(event)
                self.refuse_cuts(event)
                self.refuse_hidden(event)
                self.add(event.value, event)
            case yaml.MappingStartEvent():
                self.open({}, event)
            case yaml.SequenceStartEvent():
                self.open([], event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()

    def refuse(self, event: yaml.Event, what: str) -> None:
        self.problems.append(Problem(self.name, *_place(event), what))

    def refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self.refuse(event, f'"&{event.anchor}" is an anchor; put the text in quotation marks')
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.refuse(event, f'"{tag}" is a tag; put the text in quotation marks')

    def refuse_cuts(self, event: yaml.ScalarEvent) -> None:
        if event.style:  # quoted and block texts cannot be cut
            return
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end and end.line < len(self.lines) else ""
        if rest.lstrip().startswith("#"):
            self.refuse(
                event, 'is cut off at " #"; put the text in quotation marks, or the comment on its own line'
            )
        if special := SPECIAL_SPACE.search(event.value):
            name = "no-break" if special[1] == "\u00a0" else f"special (U+{ord(special[1]):04X})"
            self.refuse(event, f"has a {name} space after the colon; type an ordinary space")

    def refuse_hidden(self, event: yaml.ScalarEvent) -> None:
        """Refuse what an escape such as `"\\u202e"` puts into a text; the file itself was looked at before."""
        for character in HIDDEN.findall(event.value):
            self.refuse(event, f"holds a character that cannot be seen (U+{ord(character):04X}); delete it")

    def open(self, value: list[Value] | dict[str, Value], event: yaml.CollectionStartEvent) -> None:
        self.refuse_marks(event)
        branch = Branch(value, _place(event))
        self.add(value, event, branch)
        self.stack.append(branch)
        if len(self.stack) > MAX_DEPTH:
            self.refuse(event, f"is nested more than {MAX_DEPTH} deep; close a bracket")
            raise ProblemsFoundError(self.problems)

    def add(self, value: Value, event: yaml.Event, branch: Branch | None = None) -> None:
        if not self.stack:
            if self.documents < 2:
                self.data, self.root = value, branch
            return
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            key: str | int = len(parent.value)
            parent.value.append(value)
            parent.keys[key] = _place(event)
        elif parent.pending is None:
            parent.pending = self.key(value, event, parent)
            return
        else:
            key, parent.pending = parent.pending, None
            parent.value[key] = value
        if branch is not None:
            parent.children[key] = branch

    def key(self, value: Value, event: yaml.Event, parent: Branch) -> str:
        if not isinstance(value, str):
            self.refuse(
                event, 'a field needs a name; put quotation marks round a text that starts with "{" or "["'
            )
            return ""
        if value == "<<":
            self.refuse(event, '"<<" is a merge key; write the fields out')
        if value in parent.keys and not parent.twice:
            parent.twice = value == "id"
            remedy = 'start the next one with "- id: …"' if parent.twice else "remove one"
            self.refuse(event, f'"{value}" stands twice in one record; {remedy}')
        parent.keys[value] = _place(event)
        return value


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)

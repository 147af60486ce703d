"""YAML: data files as plain texts with the place of each, and new entries as an editor would write them.

Every scalar stays text: `no`, `1.10` and `2024-05-01` arrive as typed, and the type of the field decides what
they are. What YAML would change in silence (a key given twice, an anchor, a text cut off by " #") is refused
with its place. Read are libyaml's events, not its nodes: no alias is followed and nesting has a limit, so that
no file can hang or crash a build.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import yaml

from ..problems import CONFLICT, Problem, ProblemsFoundError, find_conflict
from ..records.fields import Keys
from ..records.word_boundaries import HIDDEN

MAX_BYTES = 16 * 1024 * 1024  # 200,000 records of a kind
MAX_PAGE = 1024 * 1024
MAX_DEPTH = 20

NOT_YAML = (
    'is not YAML: {}; here or in the line before, indent with spaces, leave one after "-" and ":", '
    "and put straight quotation marks round a text with signs"
)
# libyaml finds these at the end of what is wrong; an author looks where it begins.
AT_BEGINNING = ("could not find expected ':'", "found unexpected end of stream")

# Where an entry of a list begins. A file with a line that ends or begins a document is not read by entries.
ENTRY = re.compile(r"^(?=-(?:[ \n]|\Z))", re.MULTILINE)
DOCUMENT = re.compile(r"^(?:---|\.\.\.)", re.MULTILINE)

Value = str | list["Value"] | dict[str, "Value"]
Place = tuple[int, int]  # line and column, from 1


@dataclass(frozen=True)
class Tree:
    """A YAML file, or an entry of one, as plain lists, maps and texts, and where each of them begins."""

    file: str
    data: Any
    places: Mapping[Keys, Place]  # the first line of `lines` is 1
    lines: range = range(1, 10**9)  # of the file, on which it stands
    text: str = ""  # of an entry, as it is written

    @property
    def begins(self) -> str:
        """The file and the line where it begins."""
        return f"{self.file}:{self.place(())[0]}"

    def place(self, path: Keys) -> Place:
        """Return line and column of the deepest part of `path` that is written in the file."""
        while path and path not in self.places:
            path = path[:-1]
        line, column = self.places.get(path, (1, 1))
        return self.lines.start + line - 1, column

    def problem(self, path: Keys, text: str) -> Problem:
        """Return a problem at the line of the deepest part of `path`."""
        return Problem(self.file, self.place(path)[0], text=text)


def read_yaml(path: Path, name: str) -> Tree:
    """Read the YAML file at `path`, called `name` in messages. Raises ProblemsFoundError as `parse_yaml` does."""
    return parse_yaml(read_file(path, name), name)


def read_file(path: Path, name: str, most: int = MAX_BYTES) -> bytes:
    """Return the bytes of the file at `path`. Raises ProblemsFoundError if there are none, or over `most`."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            what = "is no file; put one in its place"
        elif size > most:
            what = f"holds {size:,} bytes, more than {most >> 20} MiB; shorten it"
        else:
            return path.read_bytes()
    except FileNotFoundError:
        what = "is missing; create it, with [] while it is empty"
    except OSError as error:
        what = f"cannot be read: {error.strerror}; put a file that you may read in its place"
    raise ProblemsFoundError([Problem(name, text=what)])


def parse_yaml(raw: bytes, name: str) -> Tree:
    """Parse YAML in UTF-8; an empty file holds an empty text.

    Raises ProblemsFoundError, with `file:line:column`, for what is not YAML and for everything that YAML
    would accept and silently turn into something else.
    """
    return _parse(decode_text(raw, name), name)


def _parse(text: str, name: str) -> Tree:
    reader = _Reader(name, text)
    try:
        data = reader.read_file()
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark if error.problem in AT_BEGINNING else error.problem_mark
        reader.problems.append(Problem(name, *_place(mark), NOT_YAML.format(error.problem)))
    if reader.problems:
        raise ProblemsFoundError(reader.problems)
    return Tree(name, data, reader.places)


def parse_entries(raw: bytes, name: str, known: Mapping[str, Tree]) -> list[Tree]:
    """Parse a list in YAML; return its entries. One that is written as in `known` is taken from there.

    Each is parsed by itself, from its hyphen at the beginning of a line; where that fails, or entries are written
    otherwise, the file as a whole. Raises ProblemsFoundError as `parse_yaml` does, and for what is no list.
    """
    text = decode_text(raw, name)
    head, *written = ENTRY.split(text)
    with suppress(ProblemsFoundError):  # the file as a whole has them with their lines
        if written and not DOCUMENT.search(text) and not _parse(head, name).data:
            return [*_parse_apart(written, 1 + head.count("\n"), name, known)]
    return _split(_parse(text, name))


def _parse_apart(written: list[str], start: int, name: str, known: Mapping[str, Tree]) -> Iterator[Tree]:
    """Yield some entries, each parsed by itself; the first begins in line `start`."""
    for each in written:
        tree = known.get(each) or replace(*_split(_parse(each, name)), text=each)
        length = each.count("\n")
        yield replace(tree, lines=range(start, start + max(length, 1)))
        start += length


def _split(tree: Tree) -> list[Tree]:
    """Return the entries of a list. Raises ProblemsFoundError for what is no list."""
    if not isinstance(tree.data, list):
        what = 'should be a list of records, each starting with "- id: …"; write [] when there are none'
        raise ProblemsFoundError([Problem(tree.file, 1, text=what)])
    starts = [*(tree.places[index,][0] for index in range(len(tree.data))), 10**9]
    places: list[dict[Keys, Place]] = [{} for _ in tree.data]
    for path, (line, column) in tree.places.items():
        if path:
            index = int(path[0])
            places[index][path[1:]] = line - starts[index] + 1, column
    lines = (range(start, max(end, start + 1)) for start, end in pairwise(starts))
    return [Tree(tree.file, *each) for each in zip(tree.data, places, lines, strict=True)]


def decode_text(raw: bytes, name: str) -> str:
    """Return text from UTF-8, with plain line ends.

    Raises ProblemsFoundError for other bytes, for a conflict that git left, and for each hidden character, once.
    """
    text = decode_utf8(raw, name).replace("\r\n", "\n").removeprefix("\ufeff")
    if problems := text_problems(text, name):
        raise ProblemsFoundError(problems)
    return text


def decode_utf8(raw: bytes, name: str) -> str:
    """Return text from UTF-8 as it is. Raises ProblemsFoundError at the byte where it is something else."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place_after(raw[: error.start].decode())
        raise ProblemsFoundError([Problem(name, *place, "is not UTF-8; save the file as UTF-8")]) from None


def text_problems(text: str, name: str) -> list[Problem]:
    """Return a problem for each conflict that git left in a text, and for each hidden character, once."""
    problems = [Problem(name, line, 1, CONFLICT)] if (line := find_conflict(text)) else []
    for character in dict.fromkeys(HIDDEN.findall(text)):
        place = _place_after(text.partition(character)[0])
        line_end = "has line ends of another kind; save the file with line ends LF"
        problems.append(Problem(name, *place, line_end if character == "\r" else _hidden(character)))
    return problems


def _place_after(text: str) -> Place:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _hidden(character: str) -> str:
    return f"holds a character that cannot be seen (U+{ord(character):04X}); delete it"


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
        data: Value | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and data is not None:
                self.refuse(event, 'starts a second document; remove the line "---"')
            elif isinstance(event, yaml.NodeEvent):
                data = self.read_value(event, ())
        return "" if data is None else data

    def read_value(self, event: yaml.Event, path: Keys) -> Value:
        """Return the text, list or map that begins with an event; its place is that of its name, if it has one."""
        self.places.setdefault(path, _place(event.start_mark))
        assert isinstance(event, yaml.NodeEvent)
        if event.anchor or getattr(event, "tag", None):
            what = 'starts with "&", "*" or "!", which mean something to YAML; put the text in quotation marks'
            self.refuse(event, what)
        if isinstance(event, yaml.AliasEvent):
            return ""
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
        for index, event in enumerate(names):
            name = self.read_value(event, (*path, ""))
            if not isinstance(name, str):
                remedy = 'put quotation marks round a text that starts with "{" or "["'
                self.refuse(event, f"a field needs a name; {remedy}")
                name = ""
            elif name == "<<":
                self.refuse(event, '"<<" is a merge key; write the fields out')
            elif name in found and len(found) == index:  # the first: more do where a record lacks its hyphen
                what = f'"{name}" stands twice in one place; remove one, or start a new entry with "- "'
                self.refuse(event, what)
            self.places[*path, name] = _place(event.start_mark)
            found[name] = self.read_value(next(self.events), (*path, name))
        return found

    def refuse(self, event: yaml.Event, what: str) -> None:
        self.problems.append(Problem(self.name, *_place(event.start_mark), what))

    def check_scalar(self, event: yaml.ScalarEvent) -> None:
        """Refuse a text that YAML reads otherwise than it looks."""
        for character in HIDDEN.findall(event.value):  # written with an escape, such as "\u202e"
            self.refuse(event, _hidden(character))
        if event.style:  # quoted and block texts cannot be cut off, and are no null
            return
        if event.value in ("null", "Null", "NULL", "~"):
            self.refuse(event, f'"{event.value}" is null; delete the field, or put a text in quotation marks')
        line, column = _place(event.end_mark)
        if self.lines[line - 1][column - 1 :].lstrip().startswith("#"):
            remedy = "put the text in quotation marks, or the comment on its own line"
            self.refuse(event, f'is cut off at " #"; {remedy}')


def _place(mark: Any) -> Place:
    """Return the line and the column of a mark of libyaml."""
    return mark.line + 1, mark.column + 1


WIDTH = 112
LIST = "tag:yaml.org,2002:seq"


class _Dumper(yaml.SafeDumper):
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 -- every scalar of ours is text

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if len(text) > WIDTH - 12 else None)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(tuple, lambda dumper, texts: dumper.represent_sequence(LIST, texts, flow_style=True))


def dump_entry(fields: Mapping[str, Any]) -> str:
    """Return an entry of a data file as YAML: without needless quotation marks, a tuple as a list on one line."""
    return str(yaml.dump([dict(fields)], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH))

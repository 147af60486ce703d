"""What is wrong with a stylesheet: a browser says nothing, and leaves out all that follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..problems import CONFLICT, Problem, conflict_lines, did_you_mean

ADDRESS = re.compile(r"""\burl\(\s*["']?([^"')#?]+)""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SET = re.compile(r"(?<![\w-])(--[\w-]+)\s*:")
USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
SIGNS = re.compile(r"""/\*.*?(\*/|\Z)|"[^"\n]*"|'[^'\n]*'|[{}]""", re.DOTALL)


def wrong(raw: bytes, name: str) -> Iterator[Problem]:
    """Say what is wrong with a stylesheet called `name`; rules are not nested here, but in `@` rules."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Problem(name, raw.count(b"\n", 0, error.start) + 1, 0, "is not UTF-8; save the file as UTF-8")
        return
    found = [Problem(name, line, 0, CONFLICT) for line in conflict_lines(text)]
    yield from found or _unbalanced(text, name)


def addresses(raw: bytes) -> Iterator[tuple[int, str]]:
    """The files a stylesheet asks for, by the address it gives, with the line: faces and pictures."""
    text = _bare(raw)
    for match in ADDRESS.finditer(text):
        if not re.match(r"[a-z]+:|/", match[1]):
            yield text.count("\n", 0, match.start()) + 1, match[1].strip()


def missing(sheets: Mapping[str, bytes]) -> Iterator[Problem]:
    """The custom properties that no stylesheet sets, where no value is given to stand in for them."""
    texts = {name: _bare(raw) for name, raw in sheets.items()}
    known = {name for text in texts.values() for name in SET.findall(text)}
    for name, text in texts.items():
        for match in USED.finditer(text):
            if match[1] not in known:
                what = f'no stylesheet sets "{match[1]}"{did_you_mean(match[1], known) or "; mend its name"}'
                yield Problem(name, text.count("\n", 0, match.start()) + 1, 0, what)


def _bare(raw: bytes) -> str:
    """A stylesheet without its comments, line for line."""
    text = raw.decode("utf-8", errors="replace")
    return COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)


def _unbalanced(text: str, name: str) -> Iterator[Problem]:
    open_: list[tuple[str, int]] = []
    end = 0
    for match in SIGNS.finditer(text):
        line, sign = text.count("\n", 0, match.start()) + 1, match[0]
        if sign.startswith("/*") and not match[1]:
            yield Problem(name, line, 0, 'opens a comment and does not close it; write "*/" where it ends')
            return
        if sign == "{":
            selector = re.split(r"[{};]|\*/", text[end : match.start()])[-1].strip()
            if open_ and not open_[-1][0].startswith("@"):
                break
            open_.append((selector, line))
        elif sign == "}" and not open_:
            yield Problem(name, line, 0, '"}" closes nothing; delete it, or write the "{" it belongs to')
            return
        elif sign == "}":
            open_.pop()
        end = match.end() if sign in "{}" else end
    for selector, line in open_[-1:]:
        yield Problem(name, line, 0, f'"{selector}" is not closed; write "}}" after its last line')

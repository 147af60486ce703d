"""Mistakes in the syntax of macro calls, explained in an author's terms and at the line where they are."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

CALL = re.compile(r"\{\{(.*?)(\}\}|$)", re.MULTILINE)
TAG = re.compile(r"\{%-? *(\w+)([^%]*)%\}")
RAW = re.compile(r"\{% raw %\}.*?\{% endraw %\}|^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
ONE_BRACE = re.compile(r"(?<![{%])\{ *((\w+)\([^(){}\n]*\)) *\}(?!\})")
TEXT = re.compile(r'"[^"]*"')
PAIRED = ("if", "for", "call", "filter", "macro", "block", "with")


def in_one_brace(text: str, macros: Container[str]) -> Iterator[tuple[int, str]]:
    """Yield line and text of each call between single braces, which would be published as it stands."""
    prose = RAW.sub(lambda match: "\n" * match[0].count("\n"), text)
    for match in ONE_BRACE.finditer(prose):
        if match[2] in macros:
            yield prose.count("\n", 0, match.start()) + 1, match[1]


def explain(text: str, said: str, line: int) -> tuple[str, int]:
    """Return what is wrong with the calls or tags of a page that cannot be read, and in which line."""
    for number, written in enumerate(text.split("\n"), 1):
        for match in CALL.finditer(written):
            call = match[1]
            if re.search("[“”„«»]", TEXT.sub("", call)):
                return 'its quotation marks are not straight; type " in their place', number
            if call.count('"') % 2:
                return "a quotation mark is missing; put one before and one after each id", number
            if not match[2] and (number == line or said.startswith("unexpected")):
                return "it is not closed; end it with }} in the same line", number
    if said.startswith("Unexpected end of template"):
        return unclosed(text) or (f"{said}; close it", line)
    if unknown := re.match(r"Encountered unknown tag 'end(\w+)'", said):
        return f"nothing is open that {{% end{unknown[1]} %}} could close; delete it", line
    if said == "Missing end of comment tag":
        return "a comment is not closed; end it with ##}", line
    if "expected ')'" in said:
        return "a bracket is not closed; write ) before }}", line
    return f'{said.rstrip(".")}; write it like {{{{ quote("an-id") }}}}', line


def unclosed(text: str) -> tuple[str, int] | None:
    """Return the innermost tag that nothing closes, and its line."""
    open_: list[tuple[str, int]] = []
    for match in TAG.finditer(text):
        name = match[1]
        if name in PAIRED:
            open_.append((name, text.count("\n", 0, match.start()) + 1))
        elif open_ and name == f"end{open_[-1][0]}":
            open_.pop()
    if not open_:
        return None
    name, line = open_[-1]
    return f"{{% {name} … %}} is not closed; write {{% end{name} %}} after what belongs to it", line

"""Mistakes in the syntax of a page, which no parser reports in an author's terms: of calls, and of HTML."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from html import unescape

from .placement import VOID

CALL = re.compile(r"\{\{(.*?)(\}\}|$)", re.MULTILINE)
TAG = re.compile(r"\{%-? *(\w+)([^%]*)%\}")
CODE = re.compile(
    r"\{% raw %\}.*?\{% endraw %\}|^ *(```|~~~).*?^ *\1|(?<!`)(`+)(?!`)(?:(?!\n\n).)*?(?<!`)\2(?!`)|<!--.*?-->"
    r"|\](?:\(|: *)<[^>\n]*>",  # an address in brackets, which may hold spaces
    re.DOTALL | re.MULTILINE,
)
CONTAINER = re.compile(r" {0,3}(?:[-*+] |\d+[.)] |!!!|\?\?\?|===|\[\^|: )")  # whose content is indented
INSIDE = re.compile(r"\{\{(?:.*?\}\}|[^\n]*)|\{%.*?%\}|\{##.*?##\}", re.DOTALL)
NO_BRACES = re.compile(r"""(?<![\w.{])\{? *((\w+)\((?:["“][^(){}\n]*)?\)) *\}?""")
ELEMENT = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?:\s(?:\"[^\"]*\"|'[^']*'|[^\"'<>])*)?/?>|<!--")
# Elements that end by themselves, where something else begins.
SELF_ENDING = {
    "p",
    "li",
    "dt",
    "dd",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "tfoot",
    "option",
    "colgroup",
    "rp",
    "rt",
}
UNREAD = re.compile(r"<p>((!!!|\?\?\?\+?|===[!+]?|///)(?=[\s\w\"“])[^<\n]*)")
READERS = {"!": "admonition", "?": "pymdownx.details", "=": "pymdownx.tabbed", "/": "pymdownx.blocks.admonition"}
TEXT = re.compile(r'"[^"]*"')
PAIRED = ("if", "for", "call", "filter", "macro", "block", "with")


def calls_without_braces(text: str, macros: Container[str]) -> Iterator[tuple[str, int]]:
    """Yield what is wrong with each call that would be published as it stands, and its line."""
    prose = INSIDE.sub(_blank, _without_code(text))
    for match in NO_BRACES.finditer(prose):
        if match[2] in macros:
            yield f"a call needs two braces; write {{{{ {match[1]} }}}}", _line(prose, match)


def open_elements(text: str) -> Iterator[tuple[str, int]]:
    """Yield what is wrong with each element of HTML in Markdown that is not closed, or not open, and its line."""
    prose = _without_code(text)
    open_: list[tuple[str, int]] = []
    for match in ELEMENT.finditer(prose):
        name, line = (match["name"] or "").lower(), _line(prose, match)
        if not name:
            yield "a comment is not closed; end it with -->", line
        elif name in VOID or name in SELF_ENDING or match[0].endswith("/>"):
            continue
        elif not match["end"]:
            open_.append((name, line))
        elif name in [each for each, _ in open_]:
            while (last := open_.pop())[0] != name:
                yield _not_closed(*last)
        else:
            yield f"no <{name}> is open that </{name}> could close; delete it", line
    yield from (_not_closed(*each) for each in open_)


def unread_blocks(html: str, source: str) -> Iterator[tuple[str, int]]:
    """Yield what is wrong with each admonition or tab that was printed as it stands, and its line in `source`."""
    for match in UNREAD.finditer(html):
        written = unescape(match[1]).strip()
        line = next((n for n, each in enumerate(source.splitlines(), 1) if each.strip().startswith(written)), 0)
        model = '=== "Title"' if match[2][0] == "=" else f'{match[2]} note "Title"'
        extension = f"{READERS[match[2][0]]} under markdown_extensions in mkdocs.yml"
        yield f"{written} is printed as it stands; write it like {model}, and name {extension}", line


def _without_code(text: str) -> str:
    """Return a page's text with spaces in place of code and comments."""
    lines, container, code = CODE.sub(_blank, text).split("\n"), False, True
    for number, line in enumerate(lines):
        if not line.strip():
            code = code or not container
        elif not line.startswith(("    ", "\t")):
            container, code = bool(CONTAINER.match(line)) or (container and line[0] == " "), False
        elif code and not container:
            lines[number] = " " * len(line)
    return "\n".join(lines)


def _not_closed(name: str, line: int) -> tuple[str, int]:
    return f"<{name}> is not closed; write </{name}> after what belongs to it", line


def _blank(match: re.Match[str]) -> str:
    """Return spaces in place of what is taken out, so that lines keep their numbers."""
    return re.sub(r"[^\n]", " ", match[0])


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


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

"""Mistakes in the syntax of a page, which no parser reports in an author's terms: of calls, and of HTML."""

import re
from collections.abc import Callable, Container, Iterator
from html import escape, unescape

from jinja2 import TemplateSyntaxError

from ..problems import find_line, line_at
from .prose import CALL, blank_out

# Elements without an end.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

# What is wrong with a call that cannot be read, by what it looks like; the first that is found is told.
CURLY = "[“”„‘’‚«»‹›]"
STRINGS = r"""(?:[^"'{}]|"[^"\n]*"|'[^'\n]*')*"""
CALL_MISTAKES = {
    rf"\{{\{{{STRINGS}(?:{CURLY}|[\"'][^\"'{{}}\n]*{CURLY}[^\"'{{}}\n]*\}}\}})": (
        'its quotation marks are not straight; type " in their place'
    ),
    r'(?m)\{\{[^"{}]*"(?:[^"{}]*"[^"{}]*")*[^"{}]*(?:\}\}|$)': "a quotation mark is missing; put one before and "
    "one after each id",
    r"(?s)\{\{(?:(?!\}\}|\{\{).)*(?=\{\{|\Z)": "it is not closed; end it with }} in the same line",
    r"\{\{[^{}]*?\((?:[^(){}]|\([^(){}]*\))*\}\}": "a bracket is not closed; write ) before }}",
    r"(?s)\{##(?!.*##\})": "a comment is not closed; end it with ##}",
}
CODE = re.compile(
    r"\{% raw %\}(?:(?!\{% raw).)*?\{% endraw %\}|^ *(```|~~~).*?^ *\1|(?<!`)(`+)(?!`)(?:(?!\n\n).)*?(?<!`)\2(?!`)"
    r"|<!--(?:(?!<!--).)*?-->|\](?:\(|: *)<[^<>\n]*>",  # an address in brackets, which may hold spaces
    re.DOTALL | re.MULTILINE,
)
# What is wrong in the source of a page where it is no code, whether it is printed or not.
WRITTEN = {
    # the title of an admonition or a tab, where what comes next does not belong to it
    r"(?m)^( *)(?P<what>(?:(?:!!!|\?\?\?[+-]?) +\w|===[!+]? +\").*)(?=\n(?:[ \t]*\n)*"
    r"(?!\1(?: {4}|\t)|[ \t]*\n)(?=.*\S)|\s*\Z)": "holds nothing; indent what belongs to it by four spaces",
    # read as names of classes, of which Material has three
    r"(?m)^ *(?P<what>(?:!!!|\?\?\?\+?) ?[\w-]+(?: +(?:inline|end|annotate))*"
    r"(?: +(?!(?:inline|end|annotate)\b)[\w-]+)+) *$": "loses its title; put it between quotation marks",
    r"(?<!\\)(?P<what>\[\^[^\[\]\s]+\])": 'is no citation that is checked; cite as in {{ cite("an-id") }}',
    r"(?<![\]\\])(?P<what>\\\((?:(?!\\\)|(?<!\\)\b[a-zA-Z]{3})[^\n])+\\\))": "is no formula; use MathML",
    r"(?P<what>\[\[_TOC_\]\]|\{:? ?toc[^}\n]*\})": "lists no headings; delete it, for the page shows its outline",
    r"(?<![!\\])(?P<what>\[\s*\]\([^()\s]+\)|\[[^\[\]\n]+\]\(\s*\))"
    r"|(<a\s(?![^<>]*\b(?:aria-label|title)=)[^<>]*\bhref=[^<>]*>\s*</a>)": "lacks words or an address; give both",
    r"(?<=\]\()(?P<what>https?:(?!//[^/\s)])[^)\s]*)": "is no address; write it like https://…",
    r"""(?P<what>\blang=["'](?!\w{2,3}(?:-\w+)*["'])[^"'\n]+["'])""": 'names no language; write it like lang="de"',
}
# A list or paragraph within a list that is indented by less than Markdown asks for here, and so stands beside it.
ENTRY = r"(?:[-*+]|\d+\.) "
UNDER_INDENTED = re.compile(
    rf"(?m)^( *){ENTRY}.*\n(?:(?=\1 {{1,3}}{ENTRY})|(?:(?! *{ENTRY}) *\S.*\n)*(?:[ \t]*\n)+(?=\1 {{1,3}}\S))"
)
# Code between marks that are indented, which the extension that MkDocs has on does not read.
FENCED = re.compile(r"(?m)^([ \t]*)(```+|~~~+)([^`\n]*)\n(?:.*\n)*?[ \t]*\2[ \t]*$")
LANGUAGE = re.compile(r" *(?:\{.*\}|[\w#.+-]* *(?:hl_lines=.*)?)")  # all that it reads after the marks
CONTAINER = re.compile(r" {0,3}(?:[-*+] |\d+[.)] |!!!|\?\?\?|===|\[\^|: )")  # whose content is indented
INSIDE = re.compile(rf"{CALL.pattern}|\{{\{{[^\n]*")  # or what is not closed
NO_BRACES = re.compile(r"""(?<![\w.{])(?:\{ *)?((\w+)\((?:["'“‘][^(){}\n]*)?\))""")
MORE_BRACES = re.compile(r"(?<!\{)([{\\])\{\{(?!\{)")
ELEMENT = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?:\s(?:\"[^\"]*\"|'[^']*'|[^\"'<>])*)?/?>|<!--")
# Elements that end by themselves, where something else begins.
SELF_ENDING = {"li", "dt", "dd", "option", "rp", "rt", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"}
# Syntax of other tools, or where Markdown does not read it: what it looks like in HTML, and how to write it here.
# Of a pattern, the last group that matches is told.
IN_HTML = ", in HTML within <div markdown>"
ON = f", and name {{}} under markdown_extensions in mkdocs.yml{IN_HTML}"
BLOCK, LINK = 'write it like !!! note "Title"', "write it like [Title](page.md)"
HEADING = f"write it like ## Title, at the margin{IN_HTML}"
TABLE = f"leave an empty line before it, write | --- | --- | below its first line, and equal rows{IN_HTML}"
ENTRY_BEGINS = r"(?:(?:[-*+•–]|\d+[.)]|[a-h][.)]|[ivx]+[.)])[ \xa0]|[-*+•–](?=\w)|\d+[.)](?=[^\W\d]))"
ROW = r"\|[^\n]+\|"
PRINTED = {
    # lists, tables and quotations: - a  | a | b |  > a
    rf":(?:</\w+>)*\n({ENTRY_BEGINS}(?:<[^<>]*>)*[^<\n]+)|(?:<p>|\n)((?:[-*+]\xa0|•)[^<\n]+)"
    rf"|(?:<p>|\n)({ENTRY_BEGINS}(?:<[^<>]*>)*[^<\n]+)(?=(?:(?!<br)[^\n])*\n{ENTRY_BEGINS})": (
        f'leave an empty line before the list, and begin each entry with "- " or "1. "{IN_HTML}'
    ),
    rf"(?:<p>|\n)({ROW})(?:\n{ROW})+|\n((?=[ :-]*\|)[ :|]*-[ :|-]*)(?=[<\n])": TABLE,
    r"\n(> [^<\n]+)": f"leave an empty line before it{IN_HTML}",
    # emphasis, links and headings: ** a**  [a] (b.md)  [[a]]  ## a
    r"(\*\*[^<*\n]+(?:\*\*)?|`[^`<\n]+`)"
    r"|(?<![\w*])(\*[^\s<*](?:[^<*\n]*[^\s<*])?\*)(?![\w*])": f"put the signs next to the words{IN_HTML}",
    r"(!?\[[^<\[\]\n]*\](?:\([^<()\s]+\)|\{(?![ .#:])[^<{}=\n]+\}"
    r"| \((?:https?:|\S+\.(?:md|html|png|jpe?g|svg|pdf)\b)[^<()\s]*\)))": LINK + IN_HTML,
    r"(?<![\w@./])(@(?:fig|tbl|sec|eq|lst)-[\w-]+)|(<[a-z][\w-]*[./][\w./#-]+>)|(\[\[[^<\[\]\n]+\]\])"
    r"|(\[[^<\[\]\n]+\]\[[^<\[\]\n]*\])|(?<!\w)(!\[[^<\[\]!\n]*\])": LINK,
    r"<p>(h[1-6]\. [^<\n]+)|<h6[^<>]*>(?:<a[^<>]*>)?(#+ ?[^<\n]*)|(?:<p>|\n)(#{1,6} [^<\n]+)": HEADING,
    # blocks and roles of other tools: .. note::  {info}  <Tabs>  \textbf{a}  :ref:`a`
    r"(?:<p>|\n)(\.\. [\w-]+::[^<\n]*)|(\{(?:info|note|tip|warning|panel)\b[^<{}\n]*\}|\|\|\S[^<|\n]*\|\|)"
    r"|(<(?:Tab(?:s|Item)?|Card\w*|Note|Tip|Info|Warning|Callout|Steps?|Accordion\w*|Admonition)\b[^<>]*>)": BLOCK,
    r"(?<![\w:\\])(\\(?:[a-zA-Z]{2,}\{[^<{}\n]*\}|(?:newpage|pagebreak|noindent|(?:small|med|big)skip)\b))"
    r"|(\{[a-z][\w:-]*\}|:[a-z][\w:-]*:)(?=<code>)": 'write Markdown, and {{ cite("an-id") }}',
    # citations and notes to oneself: [@a]  ^[a]  TODO: a
    r"(\[@[\w:-]+[^<\]\n]*\]|\^\[[^<\]\n]+\]|(?<!\w):[a-z]\w*\[[^<\]\n]+\])": 'cite as in {{ cite("an-id") }}',
    r"\b(TODO(?=[:(]|</p>)[^<\n]*|FIXME\b[^<\n]*|Lorem ipsum dolor)": "write it, or keep it between {## and ##}",
    # blocks and code of extensions that are not on, or are written otherwise: !!! a  ??? a  === a  /// a  ```
    r"(?:<p>|\n)((?:!!!(?=[\s\w\"“])|:::|\[!\w+\])[^<\n]*)": BLOCK + ON.format("admonition"),
    r"(?:<p>|\n)(\?\?\?[+-]?(?=[\s\w\"“])[^<\n]*)": BLOCK.replace("!!!", "???") + ON.format("pymdownx.details"),
    r"(?:<p>|\n)(={2,3}[!+]?(?=[\s\w\"“])[^<\n=]*)(?=[<\n])": 'write it like === "Title"'
    + ON.format("pymdownx.tabbed"),
    r"(?:<p>|\n)(///(?=[ \w\"“])[^<\n]*)": "write HTML, or name its extension, such as pymdownx.blocks.caption",
    r"(?:<p>|\n)((?:```|~~~)[\w#.+-]*\n[^<\n]*)(?=(?:(?!```|~~~)[^<])*</p>)": "end the code by these marks",
    r"(?<![^\s>])([^\s<>\\]{0,40}\\)(?=\n)": "end the line with two spaces, or <br>, in its place",
    r"(--8&lt;--[^<\n]*)": "write the text itself" + ON.format("pymdownx.snippets"),
    # marks of other dialects of Markdown: ==a==  ++a++  {>>a<<}  : a  *[a]: b  a~b~  [x]  :a:  $$a$$  {.a}
    r"((==|~~|\^\^)(?=\w)[^<=~^\n]+(?<=\w)\2)": "write it with <mark>, <del> or <ins> round it",
    r"((?<!\{)\+\+(?=\w)[\w+-]+(?<=\w)\+\+)": "write it like <kbd>Ctrl</kbd>",
    r"(\{(?:&gt;&gt;|\+\+|--|~~|==)[^<{}\n]*\}|%%[^<%\n]+%%|\{# [^<\n]*?#\})": "comment between {## and ##}",
    r"(?:<p>|(?<=\n))(: {1,4}\S[^<\n]*)": "explain it in data/glossary.yml, or in a sentence"
    + ON.format("def_list"),
    r"(\*\[[^<\[\]\n]+\]: )": "explain it in data/glossary.yml",
    r"<p>(\d+\) [^<\n]*)": "write it like 1. words",
    r"(?<=\w)([~^][\w+-]{1,4}[~^])": "write it like <sub>2</sub> or <sup>2</sup>",
    r"<li>(?:\s*<p>)?(\[[ xX]\] )": "write a sign itself, such as ☐ or ☑",
    r"(?<![\w\"])(:[a-z][a-z\d_+-]+:)(?!\w|<code>)": "write a sign itself, such as ☺ or →",
    r"((?<!\\)\\(?:&\w+;|[\"'“”‘’:;,/?%&@$^~=|])\w*)": "leave out its backslash",
    r"(\$\$[^<$]+\$\$)": "write it in plain signs, or as MathML",
    r"(\{(?:: ?| ?[.#](?=\w)| ?(?:target|width|height|align|class|id|style|title|lang)=)[^<{}\n]*\})": (
        "put it directly after a link or emphasised words, or on a line below a block"
    ),
}


def calls_without_braces(text: str, macros: Container[str]) -> Iterator[tuple[str, int]]:
    """Yield what is wrong with each call that would be published as it stands, and its line."""
    written = _without_code(text)
    for match in MORE_BRACES.finditer(written):
        what = f"a call needs two braces and nothing before them; delete {match[1]}"
        yield what, line_at(written, match.start())
    prose = INSIDE.sub(blank_out, written)
    for match in NO_BRACES.finditer(prose):
        if match[2] in macros:
            call = re.sub("[“”‘’]", '"', match[1])
            yield f"a call needs two braces; write {{{{ {call} }}}}", line_at(prose, match.start())


def open_elements(text: str) -> Iterator[tuple[str, int]]:
    """Yield what is wrong with each element of HTML in Markdown that is not closed, or not open, and its line."""
    prose = _without_code(text)
    open_: list[tuple[str, int]] = []
    markdown = re.findall(r"<(\w+)(?=[^<>]*\smarkdown\b)", prose)  # these hold what comes, until they are closed
    for match in ELEMENT.finditer(prose):
        name, line = (match["name"] or "").lower(), line_at(prose, match.start())
        if not name:
            yield "a comment is not closed; end it with -->", line
        elif name in VOID or match[0].endswith("/>") or (name in SELF_ENDING and name not in markdown):
            continue
        elif not match["end"]:
            open_.append((name, line))
        elif name in [each for each, _ in open_]:
            while (last := open_.pop())[0] != name:
                yield _not_closed(*last)
        else:
            yield f"no <{name}> is open that </{name}> could close; delete it", line
    yield from (_not_closed(*each) for each in open_)


def printed_syntax(html: str, source: str) -> Iterator[tuple[str, int]]:
    """Yield what is wrong with syntax that was printed as it stands, and its line in `source`."""
    written = _without_code(source, _sign)
    for pattern, what in WRITTEN.items():
        for match in re.finditer(pattern, written):
            yield f"{match['what'] or match[0]} {what}", line_at(written, match.start())
    for match in UNDER_INDENTED.finditer(written):
        line = line_at(written, match.end())
        what = source.splitlines()[line - 1].strip()
        yield f"{what} stands beside the entry above it; indent it by four spaces", line
    fenced = [*FENCED.finditer(source)]
    do = "name pymdownx.superfences under markdown_extensions in mkdocs.yml"
    for each in fenced:
        if each[1] and len(fenced) > html.count("<pre"):
            yield f"{each[2]} is indented, and so sets no code apart; {do}", line_at(source, each.start())
        elif not LANGUAGE.fullmatch(each[3]) and escape(each[3].strip(), quote=False) in html:
            what = f"{each[2]}{each[3]} sets no code apart; write the language alone, or {do}"
            yield what, line_at(source, each.start())
    if any(open_elements(source)):  # which is told, and keeps Markdown from being read
        return
    html = re.sub(r"(?s)<!--.*?-->|(<(code|pre|script|style|textarea)\b).*?(?:</\2>|\Z)", r"\1>", html)
    for pattern, do in PRINTED.items():
        for match in re.finditer(pattern, html):
            written = unescape(re.sub("<[^<>]*>", "", match[match.lastindex or 0]) or match[0]).strip()
            words = r"\W{1,9}?".join(map(re.escape, written.split()))
            line = find_line(rf"(?<!\\){words}", source)
            if not line and find_line(words.replace(r"\\", ""), source.replace("\\", "")):
                continue  # it is to be printed, as its author has put backslashes before its signs
            yield f"{written.partition(chr(10))[0]} is printed as it stands; {do}", line


def _without_code(text: str, replaced: Callable[[re.Match[str]], str] = blank_out) -> str:
    """Return a page's text without code and comments: with what `replaced` gives in their place."""
    lines, container, code = CODE.sub(replaced, text).split("\n"), False, True
    for number, line in enumerate(lines):
        if not line.strip():
            code = code or not container
        elif not line.startswith(("    ", "\t")):
            container, code = bool(CONTAINER.match(line)) or (container and line[0] == " "), False
        elif code and not container:
            lines[number] = " " * len(line)
    return "\n".join(lines)


def _sign(code: re.Match[str]) -> str:
    """Return a sign that stands for code where it stands, with the line breaks of it."""
    return f"{re.match(' *', code[0])[0]}`" + "\n" * code[0].count("\n")  # type: ignore[index]


def _not_closed(name: str, line: int) -> tuple[str, int]:
    return f"<{name}> is not closed; write </{name}> after what belongs to it", line


def explain_syntax_error(text: str, error: TemplateSyntaxError) -> tuple[str, int]:
    """Return what is wrong with a call or tag of a page that cannot be read, and in which line."""
    for pattern, what in CALL_MISTAKES.items():
        if line := find_line(pattern, text):
            return what, line
    return f'{str(error.message).rstrip(".")}; a call is written like {{{{ quote("an-id") }}}}', error.lineno

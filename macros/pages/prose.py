"""Prose: what a page says in its own sentences, without calls, code and tags, and what it quotes there."""

import re
from collections.abc import Iterator
from html import unescape

from ..evidence.typography import OUR_MARKS, find_quotations, outermost
from ..problems import line_at

# What is not prose: macro calls; then tags, addresses of links, attribute lists, code.
CALL = re.compile(r"(?s)\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{##(?:(?!\{##).)*?##\}")
APART = re.compile(
    r"<(style|script)\b.*?</\1>|<[^<>]*>|\]\([^()]*\)|\{[^{}\n]*\}|^ *(```|~~~).*?^ *\2|`[^`\n]*`",
    re.DOTALL | re.MULTILINE,
)
# What a tag or an attribute list says to readers.
TITLE = re.compile(r"""(?<=[\s{"'])(?:title|alt|aria-label|label|placeholder)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# Code, and tags but those within a phrase.
APART_FROM_WORDS = re.compile(r"`|<(?!/?(?:a|abbr|b|del|em|i|ins|mark|s|small|span|strong|su[bp]|u)\b)")

# The signs of bold and italic words, and what keeps a sign from being read.
EMPHASIS = re.compile(r"(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|\*+(?=\S)|(?<=\S)\*+|\\(?=[^\w\s])")
LIST_ITEM = re.compile(r"^ *\d{1,3}[.)](?!\d)", re.MULTILINE)  # more digits are a year

# What HTML and Markdown quote without a mark; a last line that starts with a dash says who speaks.
QUOTING_TAG = re.compile(r"<(/?)(?:q|blockquote)\b[^<>]*>", re.IGNORECASE)
BLOCK_QUOTATION = re.compile(
    r"(?m)^ *(?:[-*+] +)?>.*\n?(?:^(?! *(?:[-*+#<|]|\d+[.)] )).*\S.*\n?)*"  # with lines that go on unmarked
)
LATEX_MARKS = re.compile(r"``([^`\n]+?)''")
ATTRIBUTION = re.compile(r"(?m)^[ >]*[—–-]+ .*\Z")

# The title of an admonition or a tab, whose quotation marks are Markdown's.
BLOCK_TITLE = re.compile(r"""(?m)^( *(?:!!!|\?\?\?\+?|===[!+]?) .*?)"(.*)" *$""")
# The address of a link, and its title, whose quotation marks are Markdown's too.
ADDRESS = r"(?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
LINK = re.compile(
    rf"""(?m)\]\({ADDRESS}(?:\s+["'](.*?)["'])?\s*\)|^ {{0,3}}\[[^\]\n]+\]: *{ADDRESS}(?: +["'(](.*)["')])? *$"""
)
PARAGRAPH = re.compile(r"(?m)(?:^.*\S.*\n?)+")
# Syntax of other tools, which is told where it is printed.
UNREAD = re.compile(r"\[\^[^\]\s]+\]:?|~\d+~|--8<--[^\n]*|\[!\w+\]")


def read_prose(text: str, own_words: object) -> str:
    """Return what a page says in its own sentences, on the same lines, with a mark round all that it quotes."""
    text = LATEX_MARKS.sub(r"“\1”", CALL.sub(_omit, text))
    text = re.sub(r"\[([^\[\]\n]*)\](?=[(\[])", r"\1]", text)  # the brackets of a link insert nothing
    text = LINK.sub(lambda link: f"] {link[1] or link[2] or ''} ", text)
    text = QUOTING_TAG.sub(lambda tag: "❞" if tag[1] else "❝", text)
    text = UNREAD.sub(blank_out, LIST_ITEM.sub(blank_out, APART.sub(_left_of, text)))
    text = BLOCK_TITLE.sub(r"\1 \2 ", unescape(text))
    text = EMPHASIS.sub("", text)
    text = BLOCK_QUOTATION.sub(_mark_block, text)
    text = re.sub("❝[^❝❞]*❞", lambda block: re.sub(r"(\n\s*\n)", r"❞\1❝", block[0]), text)
    for words in own_words if isinstance(own_words, list | tuple) else (own_words,):
        text = re.sub(rf"(?<!\w){re.escape(str(words))}(?!\w)", blank_out, text)
    return text


def _omit(call: re.Match[str]) -> str:
    """Return what stands for a call: an ellipsis, with which a quotation goes on, where it prints words."""
    prints = re.match(r"\{\{(?!\s*(?:cite|references)\()", call[0])
    return f"{'…' if prints else ''}{blank_out(call)}"


def _left_of(match: re.Match[str]) -> str:
    """Return what readers are told by what is no prose, such as the title of a tag."""
    said = TITLE.findall(match[0]) if not match[0].startswith("`") else ()
    return f"{blank_out(match)} {'; '.join(one or other for one, other in said)} " if said else blank_out(match)


def _mark_block(block: re.Match[str]) -> str:
    bare = re.sub(r"(?m)^ *[-*+] +(?=>)", "", block[0].rstrip("\n"))
    words = re.sub(r"(?m)^ *>+", " ", ATTRIBUTION.sub(blank_out, bare))
    return f"❝{words}❞{block[0][len(block[0].rstrip()) :]}"


def find_quoted(prose: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of each quotation, paragraph by paragraph."""
    for paragraph in PARAGRAPH.finditer(prose):
        for start, end in outermost(find_quotations(paragraph[0], OUR_MARKS)):
            words = " ".join(paragraph[0][start:end].split())
            if re.search(r"\w", words):
                yield line_at(prose, paragraph.start() + start), words


def blank_out(match: re.Match[str]) -> str:
    """Return the line breaks of what is taken out, so that lines keep their numbers, and a space between words."""
    return " " * bool(APART_FROM_WORDS.match(match[0])) + "\n" * match[0].count("\n")

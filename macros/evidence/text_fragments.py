"""Links that open a page at a sentence: URL text fragments.

See the WICG specification «URL Fragment Text Directives». A directive is `text=[prefix-,]start[,end][,-suffix]`;
a browser goes to its first match on the page. The words are the article's own characters, because a straight
apostrophe does not match a curly one.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote

from ..records.words import first_words, word_edges, word_spans
from .article import LINE_BREAK

LONGEST_EXACT = 120
ENDS = 5
MOST_CONTEXT = 8


def text_directive(page: str, start: int, end: int) -> str:
    """Return the directive, percent-encoded, whose first match on `page` is the stretch from `start` to `end`.

    `page` is the text in its own characters; `start` and `end` are offsets in it.
    """
    lines = page[start:end].split(LINE_BREAK)
    first, last = lines[0], lines[-1]
    ways = [[first, last] if len(lines) > 1 else lines]
    if end - start > LONGEST_EXACT and len(word_spans(page[start:end])) > 2 * ENDS:
        ways.insert(0, [first_words(first, ENDS), last[word_spans(last)[-ENDS:][0][0] :]])
    lead = page[max(page.rfind("\n", 0, start), page.rfind(LINE_BREAK, 0, start)) + 1 : start]
    tail = page[end:].partition("\n")[0].partition(LINE_BREAK)[0]
    for parts in ways:
        for prefix, suffix in islice(contexts(lead, tail), MOST_CONTEXT + 1):
            pieces = (prefix and f"{_encode(prefix)}-", *map(_encode, parts), suffix and f"-{_encode(suffix)}")
            directive = f"text={','.join(filter(None, pieces))}"
            if prefix and prefix != lead.strip() and not re.search(r"\w", prefix):
                continue  # a browser looks for words, not for a mark alone
            if _first_match(page, prefix, parts, suffix) == (start, end):
                return directive
    return directive


def contexts(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield ever more of the words before a passage, and with all of those ever more of the words after it."""
    prefix = ""
    yield prefix, ""
    for start, _ in reversed(word_spans(before)):
        prefix = before[start:].strip()
        yield prefix, ""
    for _, end in word_spans(after):
        yield prefix, after[:end].strip()


def _first_match(page: str, prefix: str, parts: list[str], suffix: str) -> tuple[int, int] | None:
    """Return what a browser finds by a directive: whole words, with white space and capitals folded."""
    edges = word_edges(page)
    lead = rf"{_pattern(prefix, edges)}\W*?" if prefix else ""
    tail = rf"\W*?{_pattern(suffix, edges)}" if suffix else ""
    passage = r"[\s\S]*?".join(_pattern(part, edges) for part in parts)
    match = re.search(f"{lead}(?P<passage>{passage}){tail}", page, re.IGNORECASE)
    return match.span("passage") if match else None


def _pattern(words: str, edges: tuple[str, str]) -> str:
    """Return a pattern that matches `words` as whole words, as a browser does."""
    inner = r"\s+".join(re.escape(word) for word in words.split())
    return (edges[0] if words[0].isalnum() else "") + inner + (edges[1] if words[-1].isalnum() else "")


def _encode(words: str) -> str:
    return quote(re.sub(r"\s+", " ", words), safe="").replace("-", "%2D")

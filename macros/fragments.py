"""Links that open a page at a sentence: URL text fragments.

See the WICG specification «URL Fragment Text Directives». A directive is
`text=[prefix-,]start[,end][,-suffix]`; a browser goes to its first match on the
page. The words are the article's own characters, because a straight apostrophe
does not match a curly one.
"""

from __future__ import annotations

import re
from urllib.parse import quote

LONGEST_EXACT = 120
ENDS = 5
MOST_CONTEXT = 8


def text_directive(page: str, start: int, end: int) -> str:
    """Return the directive, percent-encoded, whose first match on `page` is the stretch from `start` to `end`.

    `page` is the text in its own characters; `start` and `end` are offsets in it.
    """
    exact = page[start:end]
    words = exact.split()
    if len(exact) <= LONGEST_EXACT or len(words) <= 2 * ENDS:
        first, last = exact, ""
    else:
        first, last = " ".join(words[:ENDS]), " ".join(words[-ENDS:])
    directive = f",{_encode(last)}" if last else ""
    line = page.rfind("\n", 0, start) + 1
    before = page[line:start].split()
    after = re.match(r"[^\n]*", page[end:]).group().split()  # type: ignore[union-attr]
    prefix = suffix = ""
    for count in range(MOST_CONTEXT + 1):
        if count:
            prefix = " ".join(before[-count:])
            suffix = "" if last or prefix else " ".join(after[:count])
        if _first_match(page, prefix, first, suffix) == start:
            break
    lead = f"{_encode(prefix)}-," if prefix else ""
    tail = f",-{_encode(suffix)}" if suffix else ""
    return f"text={lead}{_encode(first)}{directive}{tail}"


def _first_match(page: str, prefix: str, first: str, suffix: str) -> int:
    """Where a browser would find the directive: words as words, white space and capitals folded."""
    parts = [_pattern(part) for part in (prefix, first, suffix) if part]
    pattern = r"\W*?".join(f"({part})" for part in parts)
    match = re.search(rf"(?<!\w){pattern}(?!\w)", page, re.IGNORECASE)
    return match.start(2 if prefix else 1) if match else -1


def _pattern(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _encode(words: str) -> str:
    return quote(re.sub(r"\s+", " ", words), safe="").replace("-", "%2D")

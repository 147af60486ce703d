"""New records: selectors drawn from the article, an entry appended to the data file, the rest untouched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .articles import Article, Span, fold
from .concordance import Hit
from .evidence import locate, locate_parts
from .problems import AuthorError
from .records import MAX_ANCHOR_WORDS, Passage, Record

EMPTY = re.compile(r"^\[\]\s*$", re.MULTILINE)


def append(path: Path, entry: str) -> int:
    """Add an entry at the end of a data file; return its line. All that stood there stays, to the byte."""
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    kept = EMPTY.sub("", before, count=1).rstrip("\n")
    start = f"{kept}\n\n" if kept else ""
    path.write_text(start + entry, encoding="utf-8")
    return start.count("\n") + 1


def anchor(hit: Hit) -> dict[str, str]:
    """The selector of a statement of ours: at most 15 words of the article, and what tells the place apart."""
    words = hit.article.original(hit.span).split()
    exact = " ".join(words[:MAX_ANCHOR_WORDS])
    span = Span(hit.span.start, hit.span.start + len(fold(exact)))
    return _selector(hit.article, span, quoted=False)


def quoted(hit: Hit) -> list[dict[str, str]]:
    """The selectors of a quotation: all of each part, where the article interrupts the speaker.

    Raises AuthorError when the words are not between quotation marks.
    """
    marks = hit.quotation
    if marks is None:
        raise AuthorError(f'these words are narration in "{hit.article.name}"; make a fact of them')
    spans = hit.article.quotations
    first = last = spans.index(marks)
    while first and _one_speech(hit.article, spans[first - 1 : last + 1]):
        first -= 1
    while last + 1 < len(spans) and _one_speech(hit.article, spans[first : last + 2]):
        last += 1
    parts = spans[first : last + 1]
    return [_selector(hit.article, part, quoted=True) for part in parts]


def _one_speech(article: Article, parts: list[Span]) -> bool:
    try:
        locate_parts(article, [Passage(**_selector(article, part, quoted=True)) for part in parts])
    except AuthorError:
        return False
    return True


def _selector(article: Article, span: Span, *, quoted: bool) -> dict[str, str]:
    """A `TextQuoteSelector` that finds this place alone: words before or after are added until it does."""
    found = {"source": article.name, "exact": article.original(span)}
    paragraph = article.paragraph(span.start).span
    before = article.text[paragraph.start : span.start].split()
    after = article.text[span.end : paragraph.end].split()
    tries: list[dict[str, str]] = [{}]
    tries += [{"prefix": " ".join(before[-count:])} for count in range(1, len(before) + 1)]
    tries += [{"suffix": " ".join(after[:count])} for count in range(1, len(after) + 1)]
    for more in tries:
        try:
            location = locate(article, Passage(**found, **more), quoted=quoted)
        except AuthorError:
            continue
        if location.start == span.start:
            return found | more
    return found


def suggest_id(words: Iterable[str], known: Iterable[str]) -> str:
    """An id from the first telling words of a text, not taken yet."""
    telling = [
        word
        for text in words
        for word in re.findall(r"[a-z0-9]+", text.casefold())
        if len(word) > 3 or word.isdigit()
    ]
    name = "-".join(dict.fromkeys(telling[:5])) or "new"
    taken, number = {*known}, 2
    unique = name
    while unique in taken:
        unique, number = f"{name}-{number}", number + 1
    return unique


def field_value(kind: type[Record], name: str, text: str) -> Any:
    """What an editor typed for a field, as the data file holds it: ids apart by commas become a list."""
    field = kind.model_fields[name]
    if "tuple" not in str(field.annotation):
        return text
    listed = tuple(part.strip() for part in text.split(",") if part.strip())
    return listed[0] if len(listed) == 1 and name in ("speaker", "author", "said_by") else listed

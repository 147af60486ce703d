"""Quotations that differ a little from true ones, and whether one is accepted."""

from collections.abc import Iterator

from macros.evidence.article import Article, fold
from macros.evidence.selectors import find_passage
from macros.problems import AuthorError
from macros.records.models import Passage


def tampered(words: str) -> Iterator[str]:
    """Every quotation that differs from `words` by one word, letter, digit, capital or mark."""
    tokens = words.split(" ")
    for at, token in enumerate(tokens):
        before, after = tokens[:at], tokens[at + 1 :]
        yield " ".join([*before, *after])
        yield " ".join([*before, token, token, *after])
        for word in ("not", "never", "the"):
            yield " ".join([*before, word, token, *after])
            yield " ".join([*before, word, *after])
        if after:
            yield " ".join([*before, after[0], token, *after[1:]])
    yield f"{words} not"
    for at, character in enumerate(words):
        before, after = words[:at], words[at + 1 :]
        yield before + after
        yield before + character.swapcase() + after
        if character.isalpha():
            yield before + ("e" if character != "e" else "a") + after
            yield before + character + character + after
        elif character.isdigit():
            yield before + str((int(character) + 1) % 10) + after
        else:
            yield from (before + mark + after for mark in ",.;:!?-' ")
        if character == " ":
            yield from (before + mark + " " + after for mark in ",.;-")
    yield from (words + mark for mark in ",.;:!?…")
    yield from (mark + words for mark in "…-'\"")


def wrong(article: Article) -> Iterator[tuple[str, str]]:
    """Each tampered quotation, with the true one; what folds into a true quotation is not wrong."""
    true = {fold(article.original(span)) for span in article.all_quotations}
    for words in sorted(true):
        seen = set(true)
        for changed in tampered(words):
            if fold(changed) and fold(changed) not in seen:
                seen.add(fold(changed))
                yield words, changed


def accepted(article: Article, words: str) -> bool:
    try:
        find_passage(article, Passage(source=article.name, exact=words), quoted=True)
    except AuthorError:
        return False
    return True

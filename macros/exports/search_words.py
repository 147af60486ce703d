"""How search cuts a text into words, and which it takes for the same; js/search.js does so with what is typed."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from unicodedata import category, normalize

from ..records.words import PLAIN as PLAIN_LETTERS
from ..records.words import UNSPACED

PLAIN = {**PLAIN_LETTERS, "ς": "σ", "\u2010": "-", "\u2011": "-"}
# Letters with a mark that some write as two.
SPELLED_OUT = {"ä": "ae", "ö": "oe", "ø": "oe", "ü": "ue", "å": "aa"}
WRITTEN = str.maketrans({form: out for each, out in SPELLED_OUT.items() for form in (each, each.upper())})

# Between the digits of a thousand, and between letters that stand for words, as in U.S.
DROPPED = re.compile(
    r"(?<=\d)[,\u00a0\u202f’'](?=\d{3}(?!\d))|(?<=(?<![^\W\d_])[^\W\d_])\.(?=[^\W\d_](?![^\W\d_]))"
)
# Between the digits of a thousand in other languages, where it may be a decimal point, or part two numbers.
THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:([. ])\d{3})(?:\1\d{3})*(?!\1?\d)")
WORD = re.compile(rf"([{UNSPACED}]+)|[^\W_{UNSPACED}]+(?:[-'’][^\W_{UNSPACED}]+)*")
JOINT = re.compile("[-'’]")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def count_words(text: str) -> Counter[str]:
    """Return how often a text has each word, in small letters without marks.

    A word is there in each spelling, one with a hyphen or apostrophe whole and in parts, as is a number in groups
    of three digits; of a script without spaces, each two letters.
    """
    text = DROPPED.sub("", normalize("NFC", text))
    text = " ".join((text, *(re.sub(r"\D", "", each[0]) for each in THOUSANDS.finditer(text))))
    found, spelled_out = Counter(_cut(text)), text.translate(WRITTEN)
    return found if spelled_out == text else found | Counter(_cut(spelled_out))


@cache
def _fold(letter: str) -> str:
    """Return a small letter without its marks; nothing for a mark alone."""
    plain = PLAIN.get(letter) or "".join(each for each in normalize("NFKD", letter) if category(each)[0] in "LN")
    return plain or ("" if category(letter) in ("Mn", "Mc", "Me", "Cf") else letter)


def _cut(text: str) -> Iterator[str]:
    for match in WORD.finditer(NOT_ASCII.sub(lambda letter: _fold(letter[0]), text.lower())):
        word = match[0]
        if match[1]:
            yield from (word[at : at + 2] for at in range(len(word)))
        elif len(parts := JOINT.split(word)) > 1:
            yield from ("".join(parts), *parts)
        else:
            yield word

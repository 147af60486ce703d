"""The words of a text in any script, also in those that put no spaces between them."""

import re
from functools import cache, lru_cache
from itertools import takewhile
from unicodedata import category, normalize

# Thai, Lao, Burmese, Khmer, kana and CJK ideographs.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9d\U00020000-\U0003ffff"
)
LETTER = re.compile(f"[{UNSPACED}]")
# What Unicode does not take apart into a plain letter and a mark; the search index has this table, too.
DIGITS = {chr(zero + each): str(each) for zero in (0x660, 0x6F0, *range(0x966, 0xDE6, 0x80)) for each in range(10)}
PLAIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
PLAIN |= {**DIGITS, "ς": "σ", "\u2010": "-", "\u2011": "-"}
PLAIN |= {**dict(zip("کیىةہ", "كييهه", strict=True)), "ـ": ""}  # as Arabic, Persian and Urdu write them
PLAIN |= dict.fromkeys("ʻʼ", "'")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
WORD = re.compile(f"[{UNSPACED}]|[^\\s{UNSPACED}]+")
TURNED = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
RIGHT_TO_LEFT = re.compile(f"[{TURNED}]")
# Such words in a sentence: all that is quoted, with its marks; else what no mark or other letter interrupts.
TURNED_WORDS = re.compile(
    rf"""(?<=["“‘«])(?=(?:[^\w"“”‘’«»]|\d)*[{TURNED}])[^"“”‘’«»]+(?=["”’»])"""
    rf"|[{TURNED}](?:[{TURNED}\d\s'’-]*[{TURNED}])?"
)
# Characters that change what is read without being seen: controls, marks of
# direction, spaces and joiners of no width, tags.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
    # Joiners belong to the spelling in some scripts and to signs drawn as one, and to nothing elsewhere.
    "|(?<![\u0590-\u10ff\u1700-\u1aff\u200c\u200d\ufb1d-\ufeff\U0001f000-\U0001faff\u2600-\u27bf])[\u200c\u200d]"
)
NO_APOSTROPHE = re.compile(f"[\uac00-\ud7a3{UNSPACED}]")  # Hangul, kana, ideographs


def plain_letters(text: str) -> str:
    """Return a text in small letters, without accents and without letters that Latin alphabets add."""
    return NOT_ASCII.sub(lambda letter: _plain_letter(letter[0]), text.lower())


@cache
def _plain_letter(letter: str) -> str:
    """Return a small letter without its marks; nothing for a mark alone."""
    plain = "".join(each for each in normalize("NFKD", letter).replace("⁄", " ") if category(each)[0] in "LNZ")
    return PLAIN.get(letter, plain or letter * (category(letter) not in ("Mn", "Mc", "Me", "Cf")))


def file_under(name: str) -> str:
    """Return a name as lists are sorted by it: É is with E, O’Brien with Ob, Article 9 before Article 10."""
    plain = "".join(each for each in plain_letters(name) if category(each)[0] != "P")
    return re.sub(r"\d+", lambda number: f"{number[0]:0>6}", plain)


def is_unspaced(text: str) -> bool:
    """Tell whether a text begins with a letter of a script that puts no spaces between words."""
    return bool(LETTER.match(text))


@lru_cache(maxsize=64)
def word_edges(text: str) -> tuple[str, str]:
    """Return the patterns for where a word of a text begins and ends."""
    if not LETTER.search(text):
        return r"(?<!\w)", r"(?!\w)"
    return f"(?-i:(?<![^\\W{UNSPACED}]))", f"(?-i:(?![^\\W{UNSPACED}]))"


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where each word of a text stands; in a script without spaces, each letter counts as one."""
    return [match.span() for match in WORD.finditer(text)]


def count_words(text: str) -> int:
    """Count the words of a text; in a script without spaces, two letters count as one."""
    return len(WORD.findall(text)) - len(LETTER.findall(text)) // 2


def first_words(text: str, most: int) -> str:
    """Return the beginning of a text with at most so many words."""
    ends = (match.end() for match in WORD.finditer(text))
    return text[: max(takewhile(lambda end: count_words(text[:end]) <= most, ends), default=0)].strip()

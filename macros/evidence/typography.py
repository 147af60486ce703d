"""How text is set: the one normalisation that comes before any comparison, and what quotation marks enclose.

Two texts are the same when they differ only in this: composed or decomposed letters (NFC decides),
ligatures and presentation forms of letters, characters that are not seen (soft hyphens, joiners, marks
of direction), the shapes of double and single quotation marks, dashes, ellipses and spaces, and how long
a run of white space is. Letters, capitals, digits and all other punctuation stay.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from unicodedata import category, normalize

from ..records.word_boundaries import NO_APOSTROPHE, UNSPACED, is_unspaced

UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
PRESENTATION_FORMS = (*range(0xFB00, 0xFE00), *range(0xFE70, 0xFEFD))
FOLDS = str.maketrans(
    {chr(code): normalize("NFKC", chr(code)) for code in PRESENTATION_FORMS}
    | dict.fromkeys(re.findall(f"[{UNSEEN}]", "".join(map(chr, range(0x10000)))), "")
    | dict.fromkeys("“”„‟″〝〞〟❝❞＂״", '"')
    | dict.fromkeys("‘’‚‛′ʼʻ", "'")  # the last two are letters, as in Об’єднання and Oʻzbek, and rarely typed
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000\t\r\n\v\f\x85\u2028\u2029", " ")
    | {"…": "...", **dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))}
)
SPACES = re.compile(" +")
CHANGED_CAPITAL = re.compile(r"(?<!\w)\[(\w)\](?=\w)")
INSERTED = re.compile(r"(?<!\w)(?!\[\w\]\w)\w*\[[^\[\]]*\]\w*")

# The marks that open a quotation, each before those that close it; and the openers of some languages alone.
DOUBLE = ('“”"', '""”', '„“”"', '‟”"', "””", "〝〞〟", "❝❞", "＂＂", "״״", "«»", "»«", "「」", "｢｣")
SINGLE = ("‘’'", "''’", "‚‘’'", "‹›", "›‹", "『』", "❛❜")
MARKS = {each[0]: each[1:] for each in DOUBLE + SINGLE}
ALL_MARKS = "".join(DOUBLE + SINGLE)
NORDIC = {"’": "’", "»": "»«"}
# In what authors write, a mark turned the wrong way quotes all the same, and so do marks of titles.
OUR_MARKS = MARKS | {"《": "》", "〈": "〉", "＇": "＇"}
MARKS_OF_LANGUAGE = {"sv": NORDIC, "fi": NORDIC, "he": {"”": "“”"}}
# Marks of two signs, and what they open and close; all but the first only where another follows that closes.
TWO_SIGNS = {"``": "“", "''": "“”", "<<": "«", ">>": "»", ",,": "„"}
TYPED = re.compile(r"``|(?<!\S)(?:''|<<|>>|,,)(?=\w.*\S(?:''|>>|<<|[“”\"]))")
BEFORE_OPENING = re.compile(r"$|[\s(\[{/:=,：，—–\-“„«‘‚‹\"'「『]")
# Letters left out: before a word, as in ’90s and Dutch ’s and ’t, and after one, as in rock ’n’ roll.
ELISION = re.compile(r"['‘’](\d\ds|[tT]is|[tT]was|em|[tT]il|[cC]ause|cos|[kmnst])\b|['‘’]n['’]")
ELIDED = re.compile(r"(?:['’ ]n| [oO])\Z")
GERSHAYIM = re.compile('[\u05d0-\u05ea]["״][\u05d0-\u05ea]')  # in a Hebrew abbreviation
# How a source names the speaker within the marks: with a verb of saying, in French between commas, in Slavic
# languages, Spanish and Hungarian between dashes.
SPEAKER = re.compile(
    r"(?<=,) (?:[\w-]+-(?:ils?|elles?|on)|(?:(?:a|ont) )?(?:affirm|ajout|assur|confi|déclar|dit|estim|expliqu|"
    r"poursui|précis|rappel|répond|soulign)\w*)\b[^,.«»]*[,.] "
    r"| ?[–—] ?(?:говор|дода|добав|зазнач|заяв|каже|наголо|объясн|ответ|отме[тч]|подч|по[ия]сн|продолж|рассказ|"
    r"сказа|сообщ|счита|уточн|mówi|ocenia|podkreśl|powiedz|stwierdz|wyjaśni|zaznacz|afirm|añad|asegur|dice|dijo|"
    r"explic|señal|jelentett|mond|tette)[^–—«»“”„]*[–—][,.]? ?"
)
DEEPEST = 10  # quotations one within another; no text has more
NEAREST = 50  # marks after one in doubt, of which the first that is not decides
CLOSER_IN_DOUBT = re.compile(r"([sS]['’]|(?<=\wi)n['’]|\d['’\"”])(?=[ \u00a0]\w)")


class Span(NamedTuple):
    """A stretch of a text; `end` is exclusive."""

    start: int
    end: int


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Return a text in the one form in which texts are compared."""
    return SPACES.sub(" ", normalize("NFC", text).translate(FOLDS)).strip()


@lru_cache(maxsize=100_000)
def loose(text: str) -> str:
    """Return the words of a text in small letters, a space before and after each, without punctuation."""
    words = re.findall(f"[{UNSPACED}]|[^\\W{UNSPACED}]+", CHANGED_CAPITAL.sub(r"\1", fold(text)).casefold())
    return " ".join(("", *words, ""))


def holds(told: str, words: str) -> bool:
    """Tell whether words, or their pieces between ellipses or [words of ours], stand in order in a loose line."""
    said = fold(words).replace(". . .", "...")
    pieces = [loose(piece) for piece in INSERTED.sub("...", said).split("...") if re.search(r"\w", piece)]
    if len(pieces) < 2 or not all(piece in told for piece in pieces):
        return all(piece in told for piece in pieces or [loose(said)])
    each_first = "".join(rf"(?>.*?{re.escape(piece[:-1])}(?= ))" for piece in pieces)
    return re.search(f"(?m)^{each_first}", told) is not None


def marks_of(language: str, pairs: tuple[str, ...] = ()) -> Mapping[str, str]:
    """Return the marks of a language, or those of the `pairs` alone: openers, each with its closers."""
    return {pair[0]: pair[-1] for pair in pairs} or MARKS | MARKS_OF_LANGUAGE.get(language.partition("-")[0], {})


def find_quotations(text: str, marks: Mapping[str, str] = MARKS, following: str = "") -> list[Span]:
    """Return what stands between quotation marks in one paragraph, without the marks, in order.

    An apostrophe neither opens nor closes. A double mark that is not closed reaches to the end, because a
    quotation may go on in the next paragraph; a single one, where it is the sign `following` there.
    """
    if TYPED.search(text):  # as newswires and TeX write “ and ”; each keeps its two places
        text = TYPED.sub(lambda pair: f" {TWO_SIGNS[pair[0]][0]}", text)
        text = re.sub("''|>>|<<", lambda pair: f"{TWO_SIGNS[pair[0]][-1]}'", text)
    found: list[Span] = []
    opened: list[int] = []
    for match in re.finditer(r"[^\w\s]", text):
        at, mark = match.start(), match[0]
        level = _closed_level(text, at, opened, marks)
        if level is not None:
            found.append(Span(opened[level] + 1, at))
            del opened[level:]
        elif mark in marks and len(opened) < DEEPEST and _opens(text, at):
            if opened and text[opened[-1]] == mark and mark in "“‘":
                opened.pop()
            opened.append(at)
    lasting = (start for start in opened if text[start] not in "".join(SINGLE) or text[start] == following)
    found += [Span(start + 1, len(text)) for start in lasting]
    return sorted(span for span in (_trimmed(text, each) for each in found) if span.end > span.start)


def split_at_speaker(text: str, span: Span) -> list[Span]:
    """Return the pieces of a quotation in which the source names the speaker, as in « Oui, dit-il, oui »."""
    edges = [span.start, *(at for each in SPEAKER.finditer(text, *span) for at in each.span()), span.end]
    return [_trimmed(text, Span(*pair)) for pair in zip(edges[::2], edges[1::2], strict=True)]


def outermost(spans: list[Span]) -> list[Span]:
    """Return those stretches, of some in order, that stand within no other."""
    found: list[Span] = []
    for span in spans:
        if not found or span.end > found[-1].end:
            found.append(span)
    return found


@lru_cache(maxsize=8192)
def quoted_in(text: str) -> list[str]:
    """Return what stands between quotation marks in a text of one paragraph."""
    return [text[start:end] for start, end in outermost(find_quotations(text, OUR_MARKS))]


def _opens(text: str, at: int) -> bool:
    mark = text[at]
    if mark in "'‘" and ELISION.match(text, at):
        return False
    return (
        mark == "❝"
        or at == 0
        or category(mark) in ("Pi", "Ps")
        or (mark == '"' and is_unspaced(text[at - 1]))
        or bool(BEFORE_OPENING.match(text[at - 1 : at]) and text[at + 1 : at + 2].strip())  # [-1:0] is empty
    )


def _closed_level(text: str, at: int, opened: list[int], marks: Mapping[str, str]) -> int | None:
    """Return which of the opened quotations the mark at an offset closes; a single mark only the last."""
    mark = text[at]
    level = next((n for n in reversed(range(len(opened))) if mark in marks[text[opened[n]]]), None)
    if level is None:
        return None
    before, after = text[at - 1], text[at + 1 : at + 2]
    within = before.isalnum() and after.isalnum() and not NO_APOSTROPHE.match(after)
    if mark in "'’" and (level < len(opened) - 1 or before.isspace() or within):
        return None
    if mark in "'’" and (ELISION.match(text, at) or ELIDED.search(text[max(0, at - 2) : at])):
        return None
    if GERSHAYIM.match(text, at - 1):
        return None
    if mark == '"' != text[opened[level]] and before.isspace() and after.strip():
        return None  # a straight mark that opens within a quotation of curly ones
    if CLOSER_IN_DOUBT.match(text, at - 1):
        closers = marks[text[opened[level]]]
        later = re.compile(f"[{re.escape(closers + text[opened[level]])}]").finditer(text, at + 1)
        for each in islice(later, NEAREST):
            other = each.start()
            inside = text[other - 1].isalnum() and text[other + 1 : other + 2].isalnum()
            if not inside and not ELISION.match(text, other) and not CLOSER_IN_DOUBT.match(text, other - 1):
                return None if each[0] in closers and not text[other - 1].isspace() else level
    return level


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    return Span(span.end - len(words.lstrip()), span.start + len(words.rstrip()))

"""The figures of a text, in digits or in words."""

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from unicodedata import normalize, numeric

from ..records.fields import is_english
from .typography import fold, quoted_in

DIGITS = re.compile(r"\d+(?:[.,٬٫]\d+)*")
ARABIC = str.maketrans("٬٫", ",.")
DOTTED_TIME = re.compile(r"\b(\d{1,2})\.(\d{1,2})(?:\.(\d{4})\b|(?= ?[ap]\.?m\b))")  # a day or an hour
SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f']\d{3})+(?!\d)(?:[.,]\d+)?")
NUMERAL = r"(?<!\d)(?<![\d.,][.,])\d[\d.,٫]*"
MULTIPLIED = re.compile(rf"({NUMERAL}) (10+)(?!\d)")
RANGE = re.compile(rf"({NUMERAL}) ?(?:±|-|to|or) ?{NUMERAL} (10+)(?!\d)")  # “66 ± 2 million” may be told apart
POWER = re.compile(rf"({NUMERAL}) ?(?:[×x*·] ?10\^?([⁰¹²³⁴-⁹]+|(?<=\^)\d\d?)|e\+?(\d\d?))(?!\w)")
IDEOGRAPHS = str.maketrans("〇零一二两兩三四五六七八九", "0012223456789")
TENS = re.compile(r"(\d?)十(\d?)")
MYRIADS = dict(zip("百千万萬億亿兆백천만억조", (2, 3, 4, 4, 8, 8, 12, 2, 3, 4, 8, 12), strict=True))
MYRIAD = f"[{''.join(MYRIADS)}]"
CHAIN = re.compile(rf"(?<![\d.])\d+{MYRIAD}(?:{MYRIAD}| ?\d+{MYRIAD}?)+")
PART_OF = re.compile(r"(?<!\d)(\d+)分[の之](\d+)")
LEADING_POINT = re.compile(r"(?<![\w.,])\.(?=\d)")
VULGAR = re.compile(r"(?:(?<!\d)(\d+) ?)?(?:([¼-¾⅐-⅞])|(?<=\d )([1-7])/([2-8])(?![\d/]))")
YEARS = re.compile(r"(?<![\d/–-])(\d\d(?:\d(?=\d[–-]\d\b))?)(\d\d?)[/–-](\d\d?)(?![\d/–-])")
MAGNITUDES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
ABBREVIATED = {"k": 3, "m": 6, "mn": 6, "b": 9, "bn": 9, "t": 12, "tn": 12}
ABBREVIATED |= {"tsd": 3, "mio": 6, "mrd": 9, "trln": 12, "lakh": 5, "crore": 7}
COMPACT = re.compile(r"^\W*(0+) ?([^\W\d]{3}.*?|\S*[^\x00-\x7f]\S*?)\W*$")  # a short form in Latin may be a unit
ATTACHED = re.compile(rf"({NUMERAL})([kmbt])(?!\w)")  # “5m” may be millions, “5 m” may not
COUNTS = {
    r"twice|doubl\w+|two(?= in (?:three|five|seven|nine|ten|\d))": Decimal(2),
    r"thrice|tripl\w+|trebl\w+": Decimal(3),
    r"quadrupl\w+": Decimal(4),
    r"quintupl\w+": Decimal(5),
    "half a dozen": Decimal(6),
    r"(?<!half a )(?<!\d )dozens?": Decimal(12),
    r"(?<! and a )half(?! an? (?:dozen|hundred|thousand|[mbt]r?illion))|halv\w+": Decimal("0.5"),
    r"(?:(?<=three[ -])|(?<=\b3 ))quarters?": Decimal("0.75"),
    r"quarter|(?<=\w )quarters": Decimal("0.25"),  # as a unit, quarters are of a year
    r"(?:an?|one)[ -]third(?= (?:of|more|less|fewer|as)\b|[.,;:]|$)": Decimal("0.33"),
    r"two[ -]thirds": Decimal("0.67"),
}
TWO_TO_TEN = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DOZENS = re.compile(rf"\b({'|'.join(TWO_TO_TEN)}) dozen\b")
PART_OF_TIME = re.compile(  # of a year, or of an hour
    r"\b(?:first|second|third|fourth|last|\d(?:st|nd|rd|th)) (?:half|quarter)(?! of (?!\d))"
    rf"|\b(?:half|quarter) (?:past|to) (?=(?:\d\d?|one|{'|'.join(TWO_TO_TEN)}|eleven|twelve)\b)"
)
COUNT = re.compile(rf"\b(?:({')|('.join(COUNTS)}))\b")
THIRDS = re.compile("|".join([*COUNTS][-2:]))
# What says the same, and is a figure only where no number is too small to be one.
LIKE_COUNTS = {
    "once|single|sole|lone": Decimal(1),
    "both|pair|couple|duo": Decimal(2),
    r"50 ?(?:%|per ?cent|pct)|halbe[nrs]?|hälfte|demie?|moitié|mitad|medi[ao]|metà|половин\w+": Decimal("0.5"),
    r"25 ?(?:%|per ?cent|pct)|viertel|quarts?|cuartos?|четверт\w+": Decimal("0.25"),
    r"anderthalb\w*|anderhalve?|полтор[аы]|полутора": Decimal("1.5"),
    r"33(?:[.,]3+)? ?(?:%|per ?cent|pct)|⅓|drittel|tiers|tercios?|terzo|третья?": Decimal("0.33"),
    r"6(?:6(?:[.,][67]+)?|7) ?(?:%|per ?cent|pct)|⅔": Decimal("0.67"),
}
DECADES = ("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine")
LIKE_COUNTS |= {f"{tens}ties|{n}0s": Decimal(1900 + 10 * n) for n, tens in enumerate(DECADES, 2)}
LIKE_COUNT = re.compile(rf"\b(?:({')|('.join(LIKE_COUNTS)}))(?!\w)")
# Numbers that count nothing exactly: vague ones, decades, shares, and names except “G7 countries”; no dates.
UNCOUNTED = re.compile(
    r"\b(?:(?:several|many|(?:a )?few|(?:a )?couple of) (?:dozen|hundred|thousand|[mbt]r?illion)s?"
    r"|(?:(?<![\w.,])([\w.,]+) )?(?:tens|scores|dozens|hundreds|thousands|[mbt]r?illions)"
    r"|\d+0s|\d\d? ?o.clock|\d\d?-\d\d?-\d{4}"
    r"|(?:an?|one) (?:four|fif|six|seven|eigh|nin)th(?= of\b)|(?-i:[A-Z]+-\d+|[GQ]\d\d?)(?! [cmns]\w+s\b))\b",
    re.IGNORECASE,
)

# As in 134,1; not in 1,50,000, as it is written in India, nor in 2,4-D.
DECIMAL_COMMA = re.compile(r"(?<![\w.,])\d{1,3},\d{1,2}(?![\d,]|-\w)")

# The languages whose spelled-out numbers the library reads; in others, digits count.
SPELLED = ("en", "fr", "es", "pt", "de", "nl", "it", "da")


@lru_cache(maxsize=4096)
def read_figures(
    text: str, language: str = "en", least: int = 0, known: frozenset[Decimal] = frozenset()
) -> frozenset[Decimal]:
    """Return every figure of a text, in digits or spelled out, alone and with the "million" after it.

    Numbers below `least` that stand alone, such as “one of”, are left out where they are spelled out; so are
    the parts of “4.1 million” where 4,100,000 is `known`.
    """
    said = _counting(text)
    written = _in_digits(said, language)
    words = DOTTED_TIME.sub(r"\1 \2 \3", _digits_for_words(written, language, least))
    found = {*_counted(COUNT, COUNTS, said)}
    if least == 0:
        found |= _counted(LIKE_COUNT, LIKE_COUNTS, words)
        in_full = ATTACHED.sub(lambda each: f"{each[1]} {10 ** ABBREVIATED[each[2]]}", words)
        words = words if in_full == words else f"{words}\n{in_full}"
        found |= {read_number(each[1], language) * Decimal(each[2]) for each in RANGE.finditer(words)}
    for each in MULTIPLIED.finditer(words):
        whole = read_number(each[1], language) * Decimal(each[2])
        found.add(whole)
        if whole in known and each[0] not in said:  # “in 2019 1000 boats”
            words = words.replace(each[0], " ")
    found |= {read_number(re.sub("[ ']", "", n), language) for n in DIGITS.findall(words) + SPACED.findall(words)}
    if small := {each for each in found if each < least}:
        found -= small - {read_number(each[0], language) for each in DIGITS.finditer(written)}
    return frozenset(found)


def read_multiples(text: str) -> frozenset[Decimal]:
    """Return what words such as “half” and “twice” in a text count."""
    return frozenset(_counted(COUNT, COUNTS, _counting(text)))


def _counted(pattern: re.Pattern[str], counts: dict[str, Decimal], words: str) -> set[Decimal]:
    """Return the value of each count that stands in some words; the nth group of the pattern is the nth count."""
    values = [*counts.values()]
    return {values[match.lastindex - 1] for match in pattern.finditer(words) if match.lastindex}


def _counting(text: str) -> str:
    """Return a text in small letters, with digits for dozens and without quarters of a year or an hour."""
    words = PART_OF_TIME.sub(" ", fold(text).casefold())
    return DOZENS.sub(lambda each: str(12 * (2 + TWO_TO_TEN.index(each[1]))), words)


@cache
def locale_of(language: str) -> Any:
    """Return what CLDR knows of a language, or of English where it lacks that."""
    from babel import Locale, UnknownLocaleError  # imported late: most texts are English

    with suppress(UnknownLocaleError, ValueError):
        return Locale.parse(re.sub(r"-\w-.*", "", language), sep="-")
    return Locale("en")


@cache
def _magnitudes(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return a pattern of a number with a word such as “Mio.”, by CLDR, and the power of ten of each of these."""
    powers = ABBREVIATED | MYRIADS
    if not is_english(language):
        widths = locale_of(language).compact_decimal_formats.values()
        for size, form in (each for sizes in widths for forms in sizes.values() for each in forms.items()):
            for zeros, word in COMPACT.findall(fold(form.pattern).casefold()):
                powers[word] = len(size) - len(zeros)
    words = "|".join(map(re.escape, sorted(powers, key=len, reverse=True)))
    number = rf"[$£€¥]{NUMERAL}|{NUMERAL}(?! ?[kmbt](?!\w))"  # without a sign of money, an "m" may be metres
    return re.compile(rf"({number}) ?({words})(?:(?<={MYRIAD})|s?(?!\w))"), powers


def _in_digits(words: str, language: str) -> str:
    """Return a text with digits for figures that other signs write: `4½`, `3億`, `10⁶`, `$5m`, `三分の一`."""
    if words.isascii() and not DIGITS.search(words):
        return words
    if not words.isascii():
        words = TENS.sub(lambda each: f"{each[1] or 1}{each[2] or 0}", words.translate(IDEOGRAPHS))
        words = CHAIN.sub(_in_sum, words)
    words = LEADING_POINT.sub("0٫", words)
    words = PART_OF.sub(lambda each: f"{Decimal(each[2]) / Decimal(each[1]):.2f} ", words)
    words = POWER.sub(lambda each: f"{each[1]} {10 ** int(normalize('NFKC', each[2] or each[3]))}", words)
    scaled, powers = _magnitudes(language)
    words = scaled.sub(lambda each: f"{each[1]} {10 ** powers[each[2]]}", words)
    return years_in_full(VULGAR.sub(_in_decimals, words.replace("·", "٫")))  # 1·25, as The Lancet prints it


def _digits_for_words(words: str, language: str, least: int) -> str:
    words = re.sub(r"(?<=[a-z])fold\b", "", re.sub(r"-(?!\d)|(?<!\d)-", " ", THIRDS.sub(" ", words)))
    spoken = language.partition("-")[0]
    if spoken not in SPELLED or not re.search(r"[^\W\d_]", words):
        return words
    from text_to_num import alpha2digit  # imported late: pages without figures do without it

    found = str(alpha2digit(words, spoken, threshold=least)).replace("trillion", "1000000000000")
    found = re.sub(r"\b(?:half an?|(?:eine )?halbe|(?:un )?demi|medio) (?=10+\b)", "0٫5 ", found)
    found = re.sub(r"\b(\d+) and a half\b", r"\1٫5", found)
    found = re.sub(r"\b(\d+) dozen\b", lambda dozens: f"{dozens[1]} {12 * int(dozens[1])}", found)
    return found if least == 0 else found.replace(" 3rd ", " ")  # a third country is no count


def _in_sum(match: re.Match[str]) -> str:
    """Return `1万2千` as `12000`: each hundred or thousand counts what the next higher magnitude multiplies."""
    total = 0
    for part, large in re.findall(r"([\d百千백천 ]+)(\D?)", match[0]):
        counted = (int(n or 1) * 10 ** MYRIADS.get(s, 0) for n, s in re.findall(r"(\d*)(\S?)", part) if n or s)
        total += sum(counted) * 10 ** MYRIADS.get(large, 0)
    return str(total)


def _in_decimals(match: re.Match[str]) -> str:
    """Return `3½` and `3 1/2` as `3٫5`."""
    whole, sign, above, below = match.groups()
    part = Decimal(str(numeric(sign))) if sign else Decimal(above) / Decimal(below)
    return f"{(Decimal(whole or 0) + part).normalize():f}".replace(".", "٫")  # in any language


def years_in_full(text: str) -> str:
    """Return a text with `1931-35` and `1931-5` as `1931 1935`."""
    return YEARS.sub(lambda each: f"{each[1]}{each[2]} {each[1]}{each[3]}" if each[2] < each[3] else each[0], text)


def read_number(digits: str, language: str = "en") -> Decimal:
    """Return the number that digits with signs mean, `4,100.5` or `4.100,5`; of `4,100` the language decides."""
    signs = digits.translate(ARABIC)
    last = max(map(signs.rfind, ".,"))
    point = signs[last] if last >= 0 and signs == digits else "."
    if len(signs) - last == 4 and signs == digits and not {*".,"} <= {*signs}:
        point = "." if is_english(language) else locale_of(language).number_symbols["latn"]["decimal"]
    whole, _, part = signs.replace("." if point == "," else ",", "").partition(point)
    return Decimal(f"{whole}.{part.replace(point, '')}")


def comma_mistakes(text: str) -> Iterator[str]:
    """Yield what is wrong with each number of an English text that has a comma before its decimals: 134,1."""
    for number in DECIMAL_COMMA.findall(text):
        if not any(number in words for words in quoted_in(text)):
            do = f"write {number.replace(',', '.')}, or a space after the comma"
            yield f"“{number}” has a comma before its decimals; {do}"


def without_vague_numbers(text: str) -> str:
    """Return a text without numbers that count nothing exactly, as “five millions” do."""
    return UNCOUNTED.sub(lambda vague: vague[0] if read_figures(vague[1] or "") else " ", text)


def only_scaled(number: Decimal, passages: list[tuple[str, str]], unit: str = "\n") -> bool:
    """Tell whether passages, each with its language, have a number, and always with a “million” after it."""
    millions = re.compile(rf"(?<=\d)[km] (?={re.escape(unit)})")  # “5m users”, where the unit tells it from metres
    read = [(millions.sub(" million ", text), language) for text, language in passages]
    alone = (read_figures(*each, known=read_figures(*each)) for each in read)
    return number in set[Decimal]().union(*(read_figures(*each) for each in read)).difference(*alone)

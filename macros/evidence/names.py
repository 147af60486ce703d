"""Names as a text in some language has them: of people and bodies in their cases, and of months, by CLDR."""

import re
from functools import cache

from .numerals import locale_of
from .typography import fold, loose

# Languages that decline names, with another ending in place of the last vowel, and those that decline months.
DECLINED = re.compile("az|be|bg|bs|cs|el|et|eu|fi|hr|hu|hy|is|ka|kk|la|lt|lv|mk|mn|pl|ru|sk|sl|sr|tr|uk|uz")
DECLINED_MONTHS = re.compile("be|bg|bs|cs|el|hr|lt|lv|mk|pl|ru|sk|sl|uk")
LAST_VOWEL = re.compile(r"(?<=\w\w)(?:nen|[aáeéiíoóuúyý]|[аеёиіїйоуыьэюяє]|[αάεέηήιίοόυύωώ]ς?)(?!\w)")
CASE = r"\w{0,4}"
# What joins a name without a space: the ending of a genitive, prefixes, and in Korean and Hindi a particle.
GENITIVES = dict.fromkeys(("da", "de", "nb", "nl", "nn", "no", "sv"), "(?:s|ens)?")
PREFIXES = {"he": "[ובכלמשה]{0,3}", "yi": "[בלמ]?", "ar": "[وفبكل]{0,2}", "fa": "و?", "ur": "و?"}
PARTICLE = "(?:[은는이가을를의와과도]|에게|에서|으로|로|-?जी)?"
# The last letter of a name of a month with four or more, and what may stand there in its other cases.
LAST_LETTER, MONTH_CASE = re.compile(r"(?<=\w{3})\w(?=[|]|$)"), r"\\w{0,2}"
FIGURE = "[\\d年一二三四五六七八九十]"


def name_pattern(name: str, language: str) -> str:
    """Return a pattern of a name as a text of a language may have it, in any of its cases."""
    if DECLINED.fullmatch(language):
        return " ".join(re.escape(word) + CASE for word in LAST_VOWEL.sub("", fold(name)).split())
    return f"{PREFIXES.get(language, '')}{re.escape(fold(name))}{GENITIVES.get(language, '')}{PARTICLE}"


@cache
def month_names(language: str) -> list[set[str]]:
    """Return what each month is called in a language, in a date and alone, in small letters."""
    forms = [locale_of(language).months[context]["wide"] for context in ("format", "stand-alone")]
    if language[:2] in ("zh", "yu"):
        forms.append({number: f"{number}月" for number in range(1, 13)})
    return [{loose(form[number]).strip() for form in forms} for number in range(1, 13)]


def names_another_month(words: str, language: str, number: int) -> bool:
    """Tell whether loose words have another month than that of a number beside a figure, and not that one.

    A language may decline the one that is looked for; of others only the forms of a date count.
    """
    names = month_names(language)
    begun = "|".join(name[: max(3, len(name) - 2)] for name in names[number - 1])
    others = "|".join(name for other in names if other != names[number - 1] for name in other)
    other = f"(?:{LAST_LETTER.sub(MONTH_CASE, others) if DECLINED_MONTHS.match(language) else others}) "
    if re.search(rf" [בהלמ]?(?:(?:{'|'.join(names[number - 1])}) |(?!{other})(?:{begun}))", words):
        return False
    if re.search(r" \d\d? \d\d? \d{4} | \d{4} \d\d \d\d ", words):
        return not re.search(f" 0?{number} ", words)
    return re.search(rf"{FIGURE}\w* (?:de |d )?[בהלמ]?{other}| {other}(?:de |του )?{FIGURE}", words) is not None

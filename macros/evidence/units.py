"""Units: their words in a text, and what else they are called, in other languages by CLDR."""

import re
from collections import defaultdict
from contextlib import suppress
from functools import cache, lru_cache, partial
from unicodedata import category
from unicodedata import name as sign_name

from ..records.fields import is_english
from ..records.word_boundaries import is_unspaced
from .numerals import MAGNITUDES, locale_of
from .typography import fold

# What signs and short forms stand for that CLDR does not tell, or not alone.
SIGNS = {"$": "us dollar", "us$": "us dollar", "a$": "australian dollar", "c$": "canadian dollar"}
SIGNS |= {"¥": "yen yuan", "元": "元 yuan", "₽": "ruble rouble", "rs": "rupee", "sq": "square"}
SIGN = re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, SIGNS))})(?:(?<=\W)|(?![a-z]))")
MEASURED = re.compile("length|mass|area|volume|speed|temperature|energy|power|pressure")
OF_NO_UNIT = re.compile(r"\b(an?|the|of|to|[io]n|at|by|for|from|than|per|and|s)\b")


def unit_words(text: str) -> list[str]:
    """Return the words of a text as those of a unit, in small letters, with signs such as $ spelled out."""
    words = re.sub(r"\b((?:\w\.){2,})", lambda short: short[0].replace(".", ""), fold(text).casefold())
    words = re.sub(r"per ?cent\b|pct\b|in a hundred|[％٪]", "%", words)
    words = SIGN.sub(lambda sign: f" {SIGNS[sign[0]]} ", words)
    for sign in {each for each in words if category(each) == "Sc"}:
        words = words.replace(sign, f" {sign_name(sign).casefold().removesuffix(' sign')} ")
    return re.findall(r"[^\W\d_]+|%", OF_NO_UNIT.sub(" ", words))


@cache
def _named(languages: frozenset[str]) -> list[set[str]]:
    """Return the names and signs of each unit and each currency, in English and other languages, by CLDR."""
    from babel import numbers, units  # imported late: most records state no figure

    names: dict[str, set[str]] = defaultdict(set)
    for language in ("en", "en-GB", *languages):
        locale = locale_of(language)
        for unit in locale.unit_display_names:
            five = partial(units.format_unit, 5, unit, locale=locale)
            with suppress(units.UnknownUnitError):
                names[unit] |= {five(), five("short")}
        for code in locale.currencies:
            name = numbers.get_currency_name(code, 2, locale)
            name_words = [name] if is_english(language) else name.split()  # elsewhere złote, not polskie
            names[code] |= {code, numbers.get_currency_symbol(code, locale), *name_words}
    return [*names.values()]


@lru_cache(maxsize=1024)
def unit_names(word: str, languages: frozenset[str]) -> set[str]:
    """Return all names of the units and currencies that have a word in one of their names."""
    named = (each for each in _named(languages) if any(is_form_of(word, w) for w in unit_words(" ".join(each))))
    return set().union(*named)


@cache
def is_unit(word: str) -> bool:
    """Tell whether a word is one of a unit or a currency in English."""
    return not {word, f"{word}s"}.isdisjoint(unit_words(" ".join(map(" ".join, _named(frozenset())))))


@cache
def _counted_measure() -> re.Pattern[str]:
    """Return a pattern of a figure with the measure after it, `33 feet` or `26%`, as CLDR names those in English.

    Spans of time stay out, which are told in many ways (aged 18), and short forms that are also words or endings.
    """
    from babel import units

    names = {"%", "per cent", "percent"}
    for locale in map(locale_of, ("en", "en-GB")):
        for unit in (each for each in locale.unit_display_names if MEASURED.match(each)):
            with suppress(units.UnknownUnitError):
                counted = [units.format_unit(n, unit, locale=locale) for n in (1, 5)]
                counted.append(units.format_unit(5, unit, "short", locale=locale))
                names |= {each[1:].strip() for each in counted}
    names -= {"in", "st", "rd"} | {each for each in names if len(each) < 2 and each != "%"}
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    scale = "|".join(MAGNITUDES)
    return re.compile(rf"(?i)\d[ \u00a0-]?(?:(?:{scale}) )?({longest_first})(?!\w)")


def counted_measures(text: str) -> list[str]:
    """Return the measures that figures in a text count."""
    return _counted_measure().findall(text) if re.search(r"\d", text) else []


def is_form_of(word: str, other: str) -> bool:
    """Tell whether two words differ in their endings only: visits and visited, not employers and employees."""
    beginning = max(3, len(word) - 3, len(other) - 3)
    shorter = 0 if {word.rstrip("s")[-2:], other.rstrip("s")[-2:]} == {"ee", "er"} else min(len(word), len(other))
    within = is_unspaced(word) and word in other
    return word == other or within or (shorter > 2 and word[:beginning] == other[:beginning])

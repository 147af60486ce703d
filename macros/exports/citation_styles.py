"""How to cite a work in prose: names, titles and dates, from which the styles in citation_styles.j2 make an entry.

An entry is HTML whose only marks are italics, the language of a title, and `<bdi>` round words from right to left.
A title is written as the style asks: APA keeps the capitals of a sentence, Chicago and MLA give English titles
those of a headline. What is not known is left out, or said (n.d.).
"""

import re
from collections.abc import Container
from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ..records.calendar import ANY_MONTH, MONTHS
from ..records.dates import Date
from ..records.parts import Name, Work
from ..records.word_boundaries import TURNED_WORDS

# The first word of a headline or of what follows a mark that stops, and the last, whatever they are.
EDGES = re.compile(r"(?:^|(?<=[:.?!–—]\s)|(?<=[:.?!–—]”\s))[^\s-]+|(?<!\S)[^\s-]+(?=(?:-\S*)?$)")

# A quotation between single marks, apostrophes in it or not; one between marks that English does not print.
SINGLE = re.compile(r"(?<!\w)‘([^‘’]*(?:\w’\w[^‘’]*)*)’(?!\w)")
FOREIGN = re.compile(r"""„([^“”]*)[“”]|[«»]([^«»]*)[«»]|"([^"]*)"|(?<!\w)'([^']*)'(?!\w)""")


def turn_name(name: Name) -> str:
    """Return a name with the family name first: `Brook, Ada, Jr.`; whole where it is one."""
    if not (name.family and name.given):
        return name.full
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def with_initials(name: Name) -> Name:
    """Return a name with initials in place of given names; a particle, or what has no capital, stays whole."""
    given = name.given and re.sub(
        r"\w[\w’'.]*", lambda word: f"{word[0][0]}." if word[0][0].isupper() else word[0], name.given
    )
    return name.model_copy(update={"given": given})


def sentences(lines: Markup) -> Markup:
    """Return lines as one, with a full stop after each that has none."""
    return Markup(" ").join(_stopped(line.strip()) for line in lines.split("\n") if line.strip())


def _stopped(part: Markup) -> Markup:
    """Return a part with a full stop, unless it ends in a sign that stops; within quotation marks that end it."""
    if re.search(r"[.?!…][”’]*$", part.striptags()):
        return part
    quoted = re.fullmatch(r"(.*[“‘][^“‘]*?)([”’]+(?:</\w+>)*)", part)
    return Markup(f"{quoted[1]}.{quoted[2]}") if quoted else part + "."


def title(
    work: Work, form: Literal["plain", "italic", "quoted"], sentence: bool = False, small: Container[str] = ()
) -> Markup:
    """Return a title and its translation: in English, with the capitals of a headline in all but `small` words.

    With `sentence` it has those of a sentence, and with neither its own. The quotation marks in it are double;
    between quotation marks they are single, and a full stop stands inside.
    """
    english = work.is_english
    text = work.sentence_title or work.title if sentence else work.title
    text = _headline(text, small) if small and english else text
    marked = FOREIGN.sub(lambda pair: f"“{''.join(filter(None, pair.groups())).strip()}”", text)
    marked = marked if "“" in marked else SINGLE.sub(r"“\1”", marked)
    title = escape(marked) if english else Markup('<bdi lang="{}">{}</bdi>').format(work.language, marked)
    translated = escape(f" [{work.translated_title}]" if work.translated_title else "")
    if form == "quoted":
        nested = SINGLE.sub("\0\\1\1", title)  # what is quoted in a quotation gets the other marks
        inner = Markup(nested.translate(str.maketrans("“”\0\1", "‘’“”")))
        return Markup("“{}”{}").format(inner if translated else _stopped(inner), translated)
    return (Markup("<i>{}</i>").format(title) if form == "italic" else title) + translated


def _headline(title: str, small: Container[str]) -> str:
    """Return an English title with the capitals of a headline, all but the `small` words."""

    def cased(word: re.Match[str]) -> str:
        bare = re.sub(r"\W", "", word[0])
        named = re.match(r"\W*(?:[A-Z]\.|V\b)", word[0])  # an initial, or a number
        plain = bare in (bare.lower(), bare.capitalize()) and not named
        return word[0].lower() if plain and bare.lower() in small else _capital(word[0])

    return EDGES.sub(lambda word: _capital(word[0]), re.sub(r"[^\s-]+", cased, title))


def _capital(word: str) -> str:
    """Return a word of small letters alone with a capital; no name like `iPhone` or `example.org`."""
    plain = re.fullmatch(r"([“‘\"'(\[]*)([^\W\d_])([\w’']*\W*)", word)
    return f"{plain[1]}{plain[2].upper()}{plain[3]}" if plain and word == word.lower() else word


def year_first(date: Date | None, alone: bool) -> str:
    """Return a date as APA has it: 2024, May 16; ca. 1934; n.d. for none; or the year `alone`."""
    said = re.sub(r"^\[(.*)\?\]$", r"ca. \1", month_first(date)).replace("ca. ca.", "ca.") or "n.d."
    parts = r"\1\3" if alone else r"\1\3, \2"
    day = r"[A-Z]\w+(?: \d+)?"
    form = rf"^(ca\. )?({day}(?: to {day})?),? (\d{{4}}(?:–\d+)?)(?:, \d\d:.*)?$"
    return " to ".join(re.sub(form, parts, each) for each in re.split(r"(?<=\d{4}) to ", said))


def month_first(date: Date | None) -> str:
    """Return a date as American English writes it: May 16, 2024; [1934?]; ca. 1934; empty for none."""
    said = re.sub(rf"\b(\d+) ({ANY_MONTH})\b", r"\2 \1", _doubted(date, "ca."))
    said = re.sub(rf"\b((?:{ANY_MONTH}) \d\d?) (?=\d)", r"\1, ", said)
    return re.sub("spring|summer|autumn|winter", lambda season: season[0].title(), said)


def day_first(date: Date | None) -> str:
    """Return a date as MLA has it, long months shortened: 16 May 2024, 19 Dec. 2023; empty for none."""
    said = re.sub(r"\bSeptember\b", "Sept.", _doubted(date, "circa"))
    long = "|".join(month for month in MONTHS if len(month) > 4)
    return re.sub(rf"\b({long})\b", lambda month: f"{month[0][:3]}.", said)


def page_range(pages: str, style: str = "") -> str:
    """Return pages as a style has them: MLA cuts the last to two digits or all that differ, Chicago to fewer."""
    pages = pages.replace("–", "-")
    if style == "Chicago":
        pages = re.sub(r"\b(\d+00)-|\b(\d+0)([1-9])-(?=\2[1-9]\b)\2", r"\1\2\3–", pages)
    for digits in (2, 3, 4) if style else ():
        pages = re.sub(rf"\b(\d+)(\d{{{digits}}})-\1(\d{{{digits}}})\b", r"\1\2–\3", pages)
    return pages.replace("-", "–")


def _doubted(date: Date | None, about: str) -> str:
    """Return a date in English, day first, with the style's word for about, and doubt as brackets."""
    said = date.say().removeprefix("the ").replace("about ", f"{about} ") if date else ""
    return re.sub("^perhaps (.*)", r"[\1?]", said)


@cache
def _macros() -> object:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = (turn_name, with_initials, title, sentences, year_first, month_first, day_first, page_range)
    environment.filters |= {each.__name__: each for each in filters}
    return environment.get_template("citation_styles.j2").module


def format_entry(style: str, work: Work) -> Markup:
    """Return the entry of a work in a bibliography, by the macro of a style."""
    return isolate_words(getattr(_macros(), style)(work)).strip()


def isolate_words(html: str) -> Markup:
    """Return HTML in which all words from right to left are isolated, those of a title together."""
    pattern = rf"(<bdi.*?</bdi>)|{TURNED_WORDS.pattern}"
    return Markup(re.sub(pattern, lambda each: each[1] or f"<bdi>{each[0]}</bdi>", html))


STYLES = {"APA 7": "apa", "Chicago 18": "chicago", "MLA 9": "mla"}
"""The macro of each style, by its name."""

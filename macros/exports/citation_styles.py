"""How to cite a work in prose: APA (7th edition), Chicago (18th, notes and bibliography), MLA (9th).

Each style is one function from a work to the entry of a bibliography, as HTML whose only marks are italics
and the language of a title. A title is written as the style asks: APA keeps the capitals of a sentence,
Chicago and MLA give English titles those of a headline. What is not known is left out, or said (n.d.).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from markupsafe import Markup, escape

from ..records.date_words import MONTHS
from ..records.dates import Date
from ..records.parts import Name, Work

PERIODICALS = ("article-newspaper", "article-magazine", "article-journal", "post-weblog")
VOLUMES = ("book", "report")
LAWS = ("treaty", "legislation")
MEDIA = {"speech": "Speech", "interview": "Interview", "post": "Post"}
MEDIA |= {"motion_picture": "Video", "broadcast": "Broadcast"}

# Words that a headline does not capitalise: articles, conjunctions and, by either manual, which prepositions.
CHICAGO_SMALL = r"an?|and|as|at|but|by|for|from|in|into|nor|of|on|onto|or|over|per|so|the|to|via|with|yet"
MLA_SMALL = (
    rf"{CHICAGO_SMALL}|about|above|across|after|against|along|among|around|before|behind|below|beneath|beside|"
    r"between|beyond|despite|during|except|inside|like|near|outside|since|through|towards?|under|until|upon|"
    r"within|without"
)

# The first word of a headline or of what follows a mark that stops, and the last, whatever they are.
EDGES = re.compile(r"(?:^|(?<=[:.?!–—]\s)|(?<=[:.?!–—]”\s))[^\s-]+|(?<!\S)[^\s-]+(?=(?:-\S*)?$)")

# A quotation between single marks, apostrophes in it or not; one between marks that English does not print.
SINGLE = re.compile(r"(?<!\w)‘([^‘’]*(?:\w’\w[^‘’]*)*)’(?!\w)")
FOREIGN = re.compile(r"""„([^“”]*)[“”]|[«»]([^«»]*)[«»]|"([^"]*)"|(?<!\w)'([^']*)'(?!\w)""")


def format_apa(work: Work) -> Markup:
    """Return the entry of a reference list in APA style."""
    if work.type in LAWS:
        parts = [_title(work, "plain"), escape(_month_first(work.issued)), _address(work)]
        return _joined(", ", parts) + ("" if work.link else ".")
    title = _title(work, "plain" if work.type in PERIODICALS else "italic")
    title += f" [{MEDIA[work.type]}]" if work.type in MEDIA else ""
    when = escape(f"({_year_first(work.issued, whole=work.type not in (*VOLUMES, 'article-journal'))})")
    place = _unnamed(work.publisher if work.type in VOLUMES else work.container_title or work.publisher, work)
    if work.type in PERIODICALS:
        place = _italic(place)
        place += Markup(", <i>{}</i>").format(work.volume) if work.volume else ""
        place += escape(f"({work.issue})" if work.issue else "") + escape(f", {_pages(work)}" if work.page else "")
    who = _names([turn_name(name, initials=True) for name in work.author], ", & ", 20, 19, ". . . {}")
    return _sentences([*([who, when, title] if who else [title, when]), place], _address(work))


def format_chicago(work: Work) -> Markup:
    """Return the entry of a bibliography in Chicago style."""
    who, when = _names(_first_turned(work.author), ", and ", 6, 3), _month_first(work.issued)
    if work.type in VOLUMES:
        published = _joined(", ", [_unnamed(work.publisher, work), when or "n.d."])
        return _sentences([who, _title(work, "italic", CHICAGO_SMALL), published], _address(work), end=".")
    container = _unnamed(work.container_title or work.publisher, work)
    container = _italic(container) if work.type in PERIODICALS else container
    if not who and work.type not in (*LAWS, "speech", "interview", "article-journal"):
        who, container = container, Markup("")  # the publication stands for the author
    seen = f"Accessed {_month_first(work.accessed)}" if work.accessed and not when else ""
    when = when or ("" if seen else "n.d.")
    medium = MEDIA.get(work.type, "") if work.type != "post" else ""
    if work.type == "article-journal":
        number = f" {work.volume}" if work.volume else ""
        number += f", no. {work.issue}" if work.issue else ""
        number += f" ({when})" if when else ""
        place = [container + escape(number + (f": {_pages(work)}" if work.page else ""))]
    elif work.type in PERIODICALS or medium:
        place = [_joined(", ", [medium, container, when])]
    else:
        place = [container, escape(when)]
    title = _title(work, "quoted", CHICAGO_SMALL)
    return _sentences([who, title, *place, escape(seen)], _address(work), end=".")


def format_mla(work: Work) -> Markup:
    """Return the entry of a list of works cited in MLA style."""
    alone = work.type in (*VOLUMES, *LAWS) or work.title in (work.container_title, work.publisher)
    site = work.publisher if work.type not in MEDIA or work.type in ("motion_picture", "broadcast") else ""
    container = "" if alone or work.container_title == work.title else work.container_title or site
    unasked = (container, work.title, *([work.publisher] if work.type in PERIODICALS else []))
    parts = [
        _italic(container),
        "" if work.publisher in unasked else work.publisher,
        f"vol. {work.volume}" if work.volume else "",
        f"no. {work.issue}" if work.issue else "",
        _day_first(work.issued),
        f"{'pp.' if re.search('[-–,]', work.page) else 'p.'} {_pages(work)}" if work.page else "",
        _address(work) if work.DOI else re.sub("^https?://", "", work.link),
    ]
    authors = [name for name in work.author if name.full != work.publisher]
    who = _names(_first_turned(authors), ", and ", 2, 1)
    seen = f"Accessed {_day_first(work.accessed)}" if work.accessed and not work.issued else ""
    medium = MEDIA[work.type] if work.type in ("speech", "interview") else ""
    title = _title(work, "italic" if alone else "quoted", MLA_SMALL)
    return _sentences([who, title, _joined(", ", parts), escape(seen), escape(medium)], Markup(""))


STYLES: dict[str, Callable[[Work], Markup]] = {
    "APA 7": format_apa,
    "Chicago 18": format_chicago,
    "MLA 9": format_mla,
}


def turn_name(name: Name, initials: bool = False) -> str:
    """Return a name with the family name first: `Brook, Ada, Jr.`, `Brook, A., Jr.`; whole where it is one."""
    if name.literal or not (name.family and name.given):
        return name.full
    given = re.sub(r"\w[\w’'.]*", _initial, name.given) if initials else name.given
    return ", ".join(part for part in (name.family, given, name.suffix) if part)


def _initial(name: re.Match[str]) -> str:
    """Return the initial of a given name; a particle such as `van`, or a script without capitals, stays whole."""
    return f"{name[0][0]}." if name[0][0].isupper() else name[0]


def _first_turned(names: Sequence[Name]) -> list[str]:
    first = [name.full if name.static_ordering else turn_name(name) for name in names[:1]]
    return first + [name.full for name in names[1:]]


def _names(names: list[str], link: str, most: int, first: int, rest: str = "et al.") -> Markup:
    """Return names with a link before the last; of more than `most` the `first`, then `rest` with the last."""
    if len(names) > most:
        return escape(", ".join([*names[:first], rest.format(names[-1])]))
    if len(names) == 2 and "," not in names[0]:
        link = link.removeprefix(",")
    return escape(link.join(filter(None, [", ".join(names[:-1]), *names[-1:]])))


def _italic(text: str) -> Markup:
    return Markup("<i>{}</i>").format(text) if text else Markup("")


def _joined(sign: str, parts: Iterable[str]) -> Markup:
    return Markup(sign).join(part for part in parts if part)


def _sentences(parts: Sequence[Markup], address: Markup, end: str = "") -> Markup:
    """Return parts with a full stop after each that has none, and the address last, with `end` after it."""
    return _joined(" ", [*map(_stopped, filter(None, parts)), address + end if address else ""])


def _stopped(part: Markup) -> Markup:
    """Return a part with a full stop, unless it ends in a sign that stops; within quotation marks that end it."""
    if re.search(r"[.?!…][”’]*$", part.striptags()):
        return part
    quoted = re.fullmatch(r"(.*[“‘][^“‘]*?)([”’]+(?:</\w+>)*)", part)
    return Markup("{}.{}").format(Markup(quoted[1]), Markup(quoted[2])) if quoted else part + "."


def _title(work: Work, form: Literal["plain", "italic", "quoted"], small: str = "") -> Markup:
    """Return a title and its translation; in English, with the capitals of a headline in all but `small` words.

    The quotation marks in it are double; between quotation marks they are single, and a full stop stands inside.
    """
    english = work.language.partition("-")[0] == "en"
    text = work.title if small or work.type in LAWS else work.sentence_title or work.title
    text = _headline(text, small) if small and english else text
    marked = FOREIGN.sub(lambda pair: f"“{''.join(filter(None, pair.groups())).strip()}”", text)
    marked = marked if "“" in marked else SINGLE.sub(r"“\1”", marked)
    title = escape(marked) if english else Markup('<bdi lang="{}">{}</bdi>').format(work.language, marked)
    translated = escape(f" [{work.translated_title}]" if work.translated_title else "")
    if form == "quoted":
        nested = SINGLE.sub("\0\\1\1", title)  # what is quoted in a quotation gets the other marks
        inner = Markup(nested.translate(str.maketrans("“”\0\1", "‘’“”")))
        return Markup("“{}”{}").format(inner if translated else _stopped(inner), translated)
    return (_italic(title) if form == "italic" else title) + translated


def _headline(title: str, small: str) -> str:
    """Return an English title with the capitals of a headline, all but the `small` words."""

    def cased(word: re.Match[str]) -> str:
        bare = re.sub(r"\W", "", word[0])
        plain = bare in (bare.lower(), bare.capitalize())
        return word[0].lower() if plain and re.fullmatch(small, bare, re.IGNORECASE) else _capital(word[0])

    return EDGES.sub(lambda word: _capital(word[0]), re.sub(r"[^\s-]+", cased, title))


def _capital(word: str) -> str:
    """Return a word of small letters alone with a capital; no name like `iPhone` or `example.org`."""
    plain = re.fullmatch(r"([“‘\"'(\[]*)([^\W\d_])([\w’']*\W*)", word)
    return f"{plain[1]}{plain[2].upper()}{plain[3]}" if plain and word == word.lower() else word


def _unnamed(body: str, work: Work) -> Markup:
    """Return a publisher or publication, unless the entry has named it already: as its author, or by its title."""
    return escape("" if body in (work.title, *(name.full for name in work.author)) else body)


def _address(work: Work) -> Markup:
    return escape(work.doi_link or work.link)


def _pages(work: Work) -> str:
    return (work.page or "").replace("-", "–")


def _year_first(date: Date | None, whole: bool) -> str:
    """Return a date as APA has it: 2024, May 16; ca. 1934; of books and journals the year alone."""
    said = re.sub(r"^\[(.*)\?\]$", r"ca. \1", _month_first(date)).replace("ca. ca.", "ca.") or "n.d."
    parts = r"\1\3, \2" if whole else r"\1\3"
    day = r"[A-Z]\w+(?: \d+)?"
    return re.sub(rf"^(ca\. )?({day}(?: to {day})?),? (\d{{4}}(?:–\d+)?)(?:, \d\d:.*)?$", parts, said)


def _month_first(date: Date | None) -> str:
    """Return a date as American English writes it: May 16, 2024; [1934?]; ca. 1934; empty for none."""
    said = re.sub(rf"\b(\d+) ({'|'.join(MONTHS)})\b", r"\2 \1", _doubted(date, "ca."))
    said = re.sub(rf"\b((?:{'|'.join(MONTHS)}) \d\d?) (?=\d)", r"\1, ", said)
    return re.sub("spring|summer|autumn|winter", lambda season: season[0].title(), said)


def _day_first(date: Date | None) -> str:
    """Return a date as MLA has it, long months shortened: 16 May 2024, 19 Dec. 2023; empty for none."""
    said = re.sub(r"\bSeptember\b", "Sept.", _doubted(date, "circa"))
    long = "|".join(month for month in MONTHS if len(month) > 4)
    return re.sub(rf"\b({long})\b", lambda month: f"{month[0][:3]}.", said)


def _doubted(date: Date | None, about: str) -> str:
    """Return a date in English, day first, with the style's word for about, and doubt as brackets."""
    said = date.say().removeprefix("the ").replace("about ", f"{about} ") if date else ""
    return re.sub("^perhaps (.*)", r"[\1?]", said)

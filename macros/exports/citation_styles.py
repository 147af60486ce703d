"""How to cite a work in prose: APA (7th edition), Chicago (18th, notes and bibliography), MLA (9th).

Each style is one function from a work to the entry of a bibliography, as HTML whose only marks are italics
and the language of a title. A title is written as the style asks: APA keeps the capitals of a sentence,
Chicago and MLA give English titles those of a headline. What is not known is left out, or said (n.d.).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import quote

from markupsafe import Markup, escape

from ..records.date_words import MONTHS, SEASONS
from ..records.dates import Date
from ..records.models import Name, Work

PERIODICALS = ("article-newspaper", "article-magazine", "article-journal", "post-weblog")
VOLUMES = ("book", "report")
MEDIA = {"speech": "Speech", "interview": "Interview", "motion_picture": "Video", "post": "Post"}

# Words that a headline does not capitalise: articles, conjunctions and, by either manual, which prepositions.
CHICAGO_SMALL = r"an?|and|as|at|but|by|for|from|in|into|nor|of|on|onto|or|over|per|so|the|to|via|with|yet"
MLA_SMALL = (
    rf"{CHICAGO_SMALL}|about|above|across|after|against|along|among|around|before|behind|below|beneath|beside|"
    r"between|beyond|despite|during|except|inside|like|near|outside|since|through|towards?|under|until|upon|"
    r"within|without"
)


# A quotation between single marks, apostrophes in it or not; one between marks that English does not print.
SINGLE = re.compile(r"(?<!\w)‘([^‘’]*(?:\w’\w[^‘’]*)*)’(?!\w)")
FOREIGN = re.compile(r"""„([^“”]*)[“”]|[«»]([^«»]*)[«»]|"([^"]*)"|(?<!\w)'([^']*)'(?!\w)""")


def format_apa(work: Work) -> Markup:
    """Return the entry of a reference list in APA style."""
    who, medium = _apa_names(work.author), MEDIA.get(work.type)
    if work.type == "treaty":
        parts = [_title(work, work.title), escape(_month_first(work.issued)), _address(work)]
        return _joined(", ", parts) + ("" if work.link else ".")
    title = _title(work, work.sentence_title or work.title)
    title = (title if work.type in PERIODICALS else _italic(title)) + _translated(work)
    title += f" [{medium}]" if medium else ""
    when = escape(f"({_apa_date(work.issued, whole=work.type not in (*VOLUMES, 'article-journal'))})")
    carrier = work.publisher if work.type in VOLUMES else work.container_title or work.publisher
    place = Markup("") if carrier in (*(name.full for name in work.author), work.title) else escape(carrier)
    if work.type in PERIODICALS:
        place = _italic(place)
        place += Markup(", <i>{}</i>").format(work.volume) if work.volume else ""
        place += escape(f"({work.issue})" if work.issue else "") + escape(f", {_pages(work)}" if work.page else "")
    return _sentences([*([who, when, title] if who else [title, when]), place], _address(work))


def format_chicago(work: Work) -> Markup:
    """Return the entry of a bibliography in Chicago style."""
    carrier = work.container_title or ("" if work.type in VOLUMES else work.publisher)
    container = _italic(carrier) if work.type in PERIODICALS else escape(carrier)
    who = _listed_names(work.author, most=6, first=3)
    when = escape(_month_first(work.issued))
    title = _title(work, _headline(work, CHICAGO_SMALL))
    if work.type in VOLUMES:
        published = _joined(", ", [escape(_told(work.publisher, work)), when or "n.d."])
        return _sentences([who, _italic(title) + _translated(work), published], _address(work), end=".")
    if not who and work.type not in ("treaty", "speech", "interview") and carrier != work.title:
        who, container = container, Markup("")  # the publication stands for the author
    if carrier in (work.title, *(name.full for name in work.author)):
        container = Markup("")
    seen = f"Accessed {_month_first(work.accessed)}" if work.accessed and not when else ""
    when = when or Markup("" if seen else "n.d.")
    if work.type == "article-journal":
        number = f" {work.volume}" if work.volume else ""
        number += f", no. {work.issue}" if work.issue else ""
        number += f" ({when})" if when else ""
        place = [container + escape(number + (f": {_pages(work)}" if work.page else ""))]
    elif work.type in PERIODICALS:
        place = [_joined(", ", [container, when])]
    else:
        medium = MEDIA.get(work.type, "") if work.type != "post" else ""
        place = [_joined(", ", [escape(medium), container, when])] if medium else [container, when]
    return _sentences([who, _quoted(title, _translated(work)), *place, escape(seen)], _address(work), end=".")


def format_mla(work: Work) -> Markup:
    """Return the entry of a list of works cited in MLA style."""
    title = _title(work, _headline(work, MLA_SMALL))
    publisher = "" if work.type in PERIODICALS else work.publisher  # MLA does not ask for theirs
    alone = work.type in (*VOLUMES, "treaty") or work.title in (work.container_title, work.publisher)
    site = work.publisher if work.type not in MEDIA or work.type == "motion_picture" else ""
    container = "" if alone or work.container_title == work.title else work.container_title or site
    parts = [
        _italic(container),
        escape("" if publisher in (container, work.title) else publisher),
        escape(f"vol. {work.volume}" if work.volume else ""),
        escape(f"no. {work.issue}" if work.issue else ""),
        escape(_mla_date(work.issued)),
        escape(f"{'pp.' if re.search('[-–,]', work.page) else 'p.'} {_pages(work)}" if work.page else ""),
        Markup(re.sub("^https?://", "", _address(work))) if not work.DOI else _address(work),
    ]
    authors = [name for name in work.author if name.full != work.publisher]
    seen = f"Accessed {_mla_date(work.accessed)}" if work.accessed and not work.issued else ""
    medium = MEDIA.get(work.type, "") if work.type in ("speech", "interview") else ""
    named = _italic(title) + _translated(work) if alone else _quoted(title, _translated(work))
    who = _listed_names(authors, most=2, first=1)
    return _sentences([who, named, _joined(", ", parts), escape(seen), escape(medium)], Markup(""))


STYLES: dict[str, Callable[[Work], Markup]] = {
    "APA 7": format_apa,
    "Chicago 18": format_chicago,
    "MLA 9": format_mla,
}


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


def _quoted(title: Markup, translated: Markup) -> Markup:
    """Return a title between quotation marks, the full stop that follows it inside them; its own become single."""
    marked = SINGLE.sub("\0\\1\1", title)  # what is quoted in a quotation gets the other marks
    inner = Markup(marked.translate(str.maketrans("“”\0\1", "‘’“”")))
    return Markup("“{}”{}").format(inner if translated else _stopped(inner), translated)


def _translated(work: Work) -> Markup:
    return escape(f" [{work.translated_title}]" if work.translated_title else "")


def _title(work: Work, title: str) -> Markup:
    """Return a title with its own quotation marks double, and its language where that is another."""
    marked = FOREIGN.sub(lambda pair: f"“{''.join(filter(None, pair.groups())).strip()}”", title)
    marked = marked if "“" in marked else SINGLE.sub(r"“\1”", marked)
    if _is_english(work):
        return escape(marked)
    return Markup('<bdi lang="{}">{}</bdi>').format(work.language, marked)


def _headline(work: Work, small: str) -> str:
    """Return an English title with the capitals of a headline; a word with capitals of its own keeps them."""
    if not _is_english(work):
        return work.title
    words = work.title.split(" ")
    for number, word in enumerate(words):
        opens = number == 0 or re.search(r"[:.?!–—]”?$", words[number - 1])
        parts = word.split("-")
        edge = opens or number == len(words) - 1
        words[number] = "-".join(
            _capital(part) if edge and not index else _small(part, small) for index, part in enumerate(parts)
        )
    return " ".join(words)


def _small(word: str, small: str) -> str:
    """Return a word of a headline: in small letters one of the `small` words, else with a capital."""
    bare = re.sub(r"\W", "", word)
    if re.fullmatch(small, bare, re.IGNORECASE) and bare in (bare.lower(), bare.capitalize()):
        return word.lower()
    return _capital(word)


def _capital(word: str) -> str:
    """Return a word of small letters alone with a capital; no name like `iPhone` or `example.org`."""
    plain = re.fullmatch(r"([“‘(\[]*)([^\W\d_])([\w’']*\W*)", word)
    return f"{plain[1]}{plain[2].upper()}{plain[3]}" if plain and word == word.lower() else word


def _is_english(work: Work) -> bool:
    return work.language.partition("-")[0] == "en"


def _told(publisher: str, work: Work) -> str:
    """Return a publisher, unless the entry has named it already: as its author, or by its title."""
    return "" if publisher in (work.title, *(name.full for name in work.author)) else publisher


def _address(work: Work) -> Markup:
    return escape(f"https://doi.org/{quote(work.DOI)}" if work.DOI else work.link)


def _pages(work: Work) -> str:
    return (work.page or "").replace("-", "–")


def _apa_names(names: Sequence[Name]) -> Markup:
    said = [_apa_name(name) for name in names]
    if len(said) > 20:
        return escape(", ".join([*said[:19], f". . . {said[-1]}"]))
    return escape(", ".join(said[:-1]) + (", & " if len(said) > 1 else "") + "".join(said[-1:]))


def _apa_name(name: Name) -> str:
    if name.literal or not (name.family and name.given):
        return name.full
    initials = re.sub(r"(\w)[\w’'.]*", r"\1.", name.given)
    return ", ".join(part for part in (name.family, initials, name.suffix) if part)


def _listed_names(names: Sequence[Name], most: int, first: int) -> Markup:
    """Return names, the first turned round; of more than `most` the `first` ones."""
    said = [_turned(name) if number == 0 else name.full for number, name in enumerate(names)]
    if len(said) > most:
        return escape(", ".join([*said[:first], "et al."]))
    sign = " and " if len(said) == 2 and "," not in said[0] else ", and " if len(said) > 1 else ""
    return escape(", ".join(said[:-1]) + sign + "".join(said[-1:]))


def _turned(name: Name) -> str:
    if name.static_ordering or name.literal or not (name.family and name.given):
        return name.full
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def _apa_date(date: Date | None, whole: bool) -> str:
    """Return a date as APA has it, the year first; of books and journals the year alone."""
    if date is None:
        return "n.d."
    if not (parts := _parts(date)):
        return date.say().removeprefix("the ")
    year, month, day, qualifier = parts
    rest = f"{month} {day}".strip()
    return ("ca. " if qualifier else "") + (f"{year}, {rest}" if rest and whole else year)


def _month_first(date: Date | None) -> str:
    """Return a date as American English writes it: May 16, 2024; [1934?]; ca. 1934; empty for none."""
    if date is None or not (parts := _parts(date)):
        return date.say().removeprefix("the ") if date else ""
    year, month, day, qualifier = parts
    said = f"{month} {day}, {year}" if day else f"{month} {year}".strip()
    said = f"ca. {said}" if qualifier in ("~", "%") else said
    return f"[{said}?]" if qualifier in ("?", "%") else said


def _mla_date(date: Date | None) -> str:
    """Return a date with the day first and long months shortened: 16 May 2024, 19 Dec. 2023; empty for none."""
    if date is None:
        return ""
    said = re.sub(r"^perhaps (.*)", r"[\1?]", date.say()).replace("about ", "circa ").removeprefix("the ")
    long = (month for month in MONTHS if len(month) > 4)
    return re.sub(
        rf"\b({'|'.join(long)})\b", lambda month: "Sept." if month[0][0] == "S" else f"{month[0][:3]}.", said
    )


def _parts(date: Date) -> tuple[str, str, str, str] | None:
    """Return year, month by its name, day and qualifier of a date that is no more than these; else None."""
    point = date.start
    if date.form != "point" or not point or not re.fullmatch(r"[1-9][0-9]{3}", point.year):
        return None
    month, day = point.month.strip("X"), point.day.strip("X")
    names = dict(enumerate(MONTHS, start=1)) | dict(enumerate(map(str.title, SEASONS), start=21))
    told = re.fullmatch(r"(XX|[0-9]{2})?-(XX)?|[0-9]{2}-[0-9]{2}", f"{point.month}-{point.day}")
    if point.time or not told or int(month or 1) not in names:
        return None
    return point.year, names.get(int(month or 0), ""), str(int(day)) if day else "", point.qualifier

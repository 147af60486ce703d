"""The types of fields: how each reads the text that stands in YAML, and what a text editor knows of it.

A value that does not fit raises ValueError with a message for the author.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Literal

from annotated_types import GroupedMetadata
from pydantic import AfterValidator, BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema

from . import dates
from .word_boundaries import count_words, plain_letters

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# What BCP 47 has, in any case.
LANGUAGE_PATTERN = (
    r"([A-Za-z]{2,3}|([Zz][Hh]|[Aa][Rr]|[Mm][Ss]|[Ss][Ww]|[Ss][Gg][Nn])-[A-Za-z]{3})"  # language: de, zh-yue
    r"(-[A-Za-z]{4})?"  # script: -Hant
    r"(-([A-Za-z]{2}|[0-9]{3}))?"  # region: -AT, -419
    r"(-([0-9A-Za-z]{5,8}|[0-9][0-9A-Za-z]{3}))*"  # variants: -tarask, -1901
    r"(-[0-9A-WY-Za-wy-z](-[0-9A-Za-z]{2,8})+)*"  # extensions: -u-ca-buddhist
    r"(-[Xx](-[0-9A-Za-z]{1,8})+)?"  # private use: -x-ours
)
# The language of a tag, and its region of two letters.
REGION = re.compile(r"(\w+)(?:-[A-Za-z]{3}(?!\w))?(?:-[A-Za-z]{4}(?!\w))?(?:-([A-Za-z]{2})(?!\w))?")
MAX_ANCHOR_WORDS = 15
MAX_BRIEF_WORDS = 12

Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Ref:
    """The mark of a field that holds ids of records of these kinds."""

    kinds: tuple[str, ...]

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"kinds": list(self.kinds)}


@dataclass(frozen=True)
class Like(GroupedMetadata):
    """The mark of a text that matches a pattern as a whole, here and in a text editor."""

    pattern: str
    message: str

    def __iter__(self) -> Iterator[object]:
        yield AfterValidator(self._check)
        told = {"pattern": f"^({self.pattern})$", "patternErrorMessage": self.message}
        yield WithJsonSchema({"type": "string", **told})

    def _check(self, value: str) -> str:
        if not re.fullmatch(self.pattern, value):
            raise ValueError(self.message)
        return value


def id_like(text: str) -> str:
    """Return the id nearest to a text: small letters without accents, hyphens for all else; it may be empty."""
    return re.sub("[^a-z0-9]+", "-", plain_letters(text)).strip("-")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("should be one text; put it in quotation marks")
    folded = re.sub(r"[ \t\n]+", " ", value).strip()
    if not folded:
        raise ValueError("is empty; write it, or delete the field")
    return folded


def _id(value: Any) -> str:
    if value == "":
        raise ValueError("is empty; write one, like a-good-name")
    if not isinstance(value, str) or not re.fullmatch(ID_PATTERN, value):
        likely = id_like(value) if isinstance(value, str) else ""
        do = f'; write "{likely}"' if likely else ", like a-good-name"
        raise ValueError(f"should be small letters, digits and single hyphens{do}")
    return value


def _number(value: Any) -> Decimal:
    if not isinstance(value, str) or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        raise ValueError(
            "should be digits with at most one point, like 140.7 or -5; the unit has a field of its own"
        )
    return Decimal(value)


def is_english(language: str) -> bool:
    """Tell whether a BCP 47 tag is that of English, of any region."""
    return language.partition("-")[0] == "en"


def _language(tag: str) -> str:
    """Return a tag in any case, `deu` as `de`. Raises ValueError for what of two letters BCP 47 lacks."""
    language, region = REGION.match(tag).groups(default="")  # type: ignore[union-attr]
    rest, language, region = tag[len(language) :], language.lower(), region.upper()
    if language != "en" or region not in ("", "GB", "US"):
        from babel.core import get_global  # imported late: it takes 30 ms
        from babel.languages import get_official_languages

        regions = {*get_global("territory_languages"), *get_global("territory_aliases")} - {"UK"}
        if region and region not in regions:
            like = '; write "GB"' if region == "UK" else "; fix it"
            raise ValueError(f'has the region "{region}", which BCP 47 does not know{like}')
        aliases = get_global("language_aliases")
        if len(language) == 2 and language not in {*get_global("likely_subtags"), *aliases}:
            like = "".join(f'; write "{each}"' for each in get_official_languages(language)[:1])
            raise ValueError(f'has the language "{language}", which BCP 47 does not know{like or "; fix it"}')
        language = short if len(short := aliases.get(language, "")) == 2 < len(language) else language
    return language + rest


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _at_most(value: str, most: int, what: str) -> str:
    count = count_words(value)
    if count > most:
        raise ValueError(f"has {count} words; {what} has at most {most}, so shorten it")
    return value


# To a text editor's YAML, 1935 and 5.0 are numbers; here every scalar is text.
SCALAR = ["string", "number"]
DATES = ["1935", "2022-02", "2022-02-04", "2022-02~", "1960/1990", "2012/..", "[2022-02..2023-10]", "-0043-03-15"]

Id = Annotated[
    str,
    BeforeValidator(_id),
    WithJsonSchema({"type": "string", "pattern": ID_PATTERN, "examples": ["a-good-name"]}),
]
Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": SCALAR, "minLength": 1})]
Number = Annotated[
    Decimal,
    PlainValidator(_number),
    PlainSerializer(str),
    WithJsonSchema({"type": SCALAR, "pattern": r"^-?\d+(\.\d+)?$", "examples": ["140.7"]}),
]
Date = Annotated[
    dates.Date,
    PlainValidator(lambda value: dates.parse_date(_text(value))),
    PlainSerializer(lambda date: date.edtf, return_type=str),
    WithJsonSchema({"type": SCALAR, "pattern": r"^[\[{]?[-0-9XYTZ.,/~?%:+ ]+[\]}]?$", "examples": DATES}),
]
Url = Annotated[
    Text,
    Like(
        r"""[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#"'<>\\]+([/?#][^\s"<>\\]*)?""",
        "should be an address that starts with https:// or http://, without spaces; "
        'write < > " \\ as %3C %3E %22 %5C',
    ),
    AfterValidator(lambda address: re.sub("^[A-Z]+", lambda scheme: scheme[0].lower(), address)),
]
Doi = Annotated[Text, Like(r"10\.[0-9]{4,9}/\S*[^\s.,;]", "should be a DOI alone, like 10.1000/182")]
Locator = Annotated[
    Text,
    Like(
        "(act|appendix|article|book|chapter|clause|column|figure|folio|line|note|page|paragraph|part|rule|scene|section|"
        "table|timestamp|title|verse|volume)s? ([0-9].*|[A-Z]([-.0-9].*)?|[ivxlc]+(-[ivxlc]+)?)",
        "should be like page 12, section 3 or timestamp 00:12:30",
    ),
]
Language = Annotated[
    Text, Like(LANGUAGE_PATTERN, "should be a BCP 47 language, like en or en-US"), AfterValidator(_language)
]
Marks = Annotated[
    Text, Like(r"[^\w\s]\s?[^\w\s]", "should be two quotation marks, the one that opens and the one that closes")
]
CSL_WORDS = {"video": "motion_picture", "law": "legislation"}
Periodical = Literal["article-newspaper", "article-magazine", "article-journal"]
OnWeb = Literal["webpage", "post", "post-weblog", "dataset"]
OnPaper = Literal["report", "book", "thesis", "manuscript"]
PartOfBook = Literal["chapter", "paper-conference", "entry-encyclopedia"]
Law = Literal["treaty", "legislation", "regulation", "bill", "hearing", "legal_case"]
Spoken = Literal["broadcast", "podcast", "speech", "interview", "motion_picture"]
WorkType = Annotated[
    Literal[Periodical, OnWeb, OnPaper, PartOfBook, Law, Spoken, "document"],
    BeforeValidator(lambda value: CSL_WORDS.get(value, value) if isinstance(value, str) else value),
]
# To an editor's YAML, true is no text.
Yes = Annotated[Literal["true"], PlainSerializer(bool), WithJsonSchema({"enum": [True]})]
File = Annotated[Text, Like(r"[^/\\]+", "should be the name of a file, without its folder")]
Sha256 = Annotated[
    Text, Like("[0-9a-f]{64}", "should be 64 digits from 0 to f; python -m macros verify prints them")
]
Capacity = Literal["official", "analyst", "party", "other"]
AnchorText = Annotated[
    Text,
    AfterValidator(partial(_at_most, most=MAX_ANCHOR_WORDS, what="an anchor")),
    WithJsonSchema({"type": SCALAR, "pattern": rf"^\s*(\S+\s+){{0,{MAX_ANCHOR_WORDS - 1}}}\S+\s*$"}),
]
BriefText = Annotated[Text, AfterValidator(partial(_at_most, most=MAX_BRIEF_WORDS, what="a brief"))]

SourceId = Annotated[Id, Ref(("source",))]
Author = Annotated[Id, Ref(("person", "organisation"))]
Authors = Annotated[
    tuple[Author, ...], BeforeValidator(_listed, json_schema_input_type=Author | tuple[Author, ...])
]
Actor = Annotated[Id, Ref(("person", "organisation", "document"))]
Actors = Annotated[tuple[Actor, ...], BeforeValidator(_listed, json_schema_input_type=Actor | tuple[Actor, ...])]
Topics = tuple[Annotated[Id, Ref(("topic", "limit"))], ...]
Statements = tuple[Annotated[Id, Ref(("fact", "quote", "event"))], ...]

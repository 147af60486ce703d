"""The vocabulary: one class per kind of record, frozen, holding ids and never other records.

Names are those of the standards a field belongs to: CSL-JSON for a source, the
W3C Web Annotation `TextQuoteSelector` for evidence, EDTF for dates, BCP 47 for
languages. The line under a field is what an author's editor shows.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal, get_args
from unicodedata import combining, normalize

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from . import dates

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

# A figure within a text, not a piece of a longer one whose signs might mean anything.
FIGURE = re.compile(r"(?<![0-9,.])-?[0-9]+(,[0-9]{3})*(\.[0-9]+)?(?![,. ]?[0-9])")
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"
MAX_ANCHOR_WORDS = 15
MAX_BRIEF_WORDS = 12


Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Ref:
    """Marks a field as holding ids of records of these kinds."""

    kinds: tuple[str, ...]

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"kinds": list(self.kinds)}


@dataclass(frozen=True)
class Listed:
    """Marks a list that may be written as its one entry."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        schema = handler(core_schema)
        return {"anyOf": [schema["items"], schema]}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("should be one text; put it in quotation marks")
    folded = re.sub(r"[ \t\n]+", " ", value).strip()
    if not folded:
        raise ValueError("is empty; write it, or delete the field")
    return folded


def _id(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(ID_PATTERN, value):
        likely = id_like(value) if isinstance(value, str) else ""
        do = f'; write "{likely}"' if likely else ", like a-good-name"
        raise ValueError(f"should be small letters, digits and single hyphens{do}")
    return value


def id_like(text: str) -> str:
    """The id nearest to a text: without accents, in small letters, with hyphens for all else; it may be empty."""
    plain = "".join(each for each in normalize("NFKD", text.casefold()) if not combining(each))
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def _number(value: Any) -> Decimal:
    if not isinstance(value, str) or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        found = FIGURE.search(value) if isinstance(value, str) else None
        like = found[0].replace(",", "") if found else "140.7"
        raise ValueError(f"should be digits with at most one point, like {like}; the unit has a field of its own")
    return Decimal(value)


def _https(value: str) -> str:
    if not re.fullmatch(r"https://[^\s/?#\"'<>\\]+[^\s\"'<>\\]*", value):
        raise ValueError("should be an address that starts with https://")
    return value


def _language(value: str) -> str:
    if not re.fullmatch(LANGUAGE_PATTERN, value):
        raise ValueError("should be a BCP 47 language, like en or en-US")
    return value


def _fingerprint(value: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", value):
        raise ValueError("should be 64 digits from 0 to f; python -m macros verify prints them")
    return value


def _date(value: Any) -> dates.Date:
    return dates.read(_text(value))


def _file_name(value: str) -> str:
    if "/" in value or "\\" in value:
        raise ValueError("should be the name of a file, without its folder")
    return value


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _anchor(value: str) -> str:
    count = len(value.split())
    if count > MAX_ANCHOR_WORDS:
        raise ValueError(f"has {count} words; an anchor has at most {MAX_ANCHOR_WORDS}, so shorten it")
    return value


def _brief(value: str) -> str:
    count = len(value.split())
    if count > MAX_BRIEF_WORDS:
        raise ValueError(f"has {count} words; a glance takes in {MAX_BRIEF_WORDS}, so shorten it")
    return value


# To an editor's YAML, 1935 and 5.0 are numbers; here every scalar is text.
SCALAR = ["string", "number"]

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
Url = Annotated[
    Text,
    AfterValidator(_https),
    WithJsonSchema({"type": "string", "pattern": "^https://", "examples": ["https://example.org/article"]}),
]
Language = Annotated[
    Text,
    AfterValidator(_language),
    WithJsonSchema({"type": "string", "pattern": LANGUAGE_PATTERN, "examples": ["en", "en-US"]}),
]
Date = Annotated[
    dates.Date,
    PlainValidator(_date),
    PlainSerializer(lambda date: date.edtf, return_type=str),
    WithJsonSchema(
        {
            "type": SCALAR,
            "pattern": r"^\[?[0-9X./~?%-]+\]?$",
            "examples": [
                "1935",
                "2022-02",
                "2022-02-04",
                "2022-02~",
                "1960/1990",
                "2012/..",
                "[2022-02..2023-10]",
            ],
        }
    ),
]

Capacity = Literal["official", "analyst", "party", "other"]

AnchorText = Annotated[
    Text,
    AfterValidator(_anchor),
    WithJsonSchema({"type": SCALAR, "pattern": rf"^\s*(\S+\s+){{0,{MAX_ANCHOR_WORDS - 1}}}\S+\s*$"}),
]
SourceId = Annotated[Id, Ref(("source",))]
Actor = Annotated[Id, Ref(("person", "organisation", "document"))]
Actors = Annotated[tuple[Actor, ...], BeforeValidator(_listed), Listed()]
Topics = tuple[Annotated[Id, Ref(("topic", "limit"))], ...]
CORRECTABLE = (
    *("source", "person", "organisation", "document", "term", "topic"),
    *("fact", "quote", "event", "limit", "tension"),
)
Statements = tuple[Annotated[Id, Ref(("fact", "quote", "event"))], ...]


class Model(BaseModel):
    """Frozen; a field that is not listed is a mistake; each field's line is its description."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        serialize_by_alias=True,
        coerce_numbers_to_str=False,
    )


class Passage(Model):
    """Where a source says it: a W3C Web Annotation `TextQuoteSelector` and the source it selects from."""

    source: SourceId
    """The source, by its id in sources.yml."""
    exact: Text
    """The words as the source prints them, found there once."""
    prefix: Text | None = None
    """The words just before, when `exact` stands in the source more than once."""
    suffix: Text | None = None
    """The words just after, when `exact` stands in the source more than once."""


class Anchor(Passage):
    """A passage that a statement of ours rests on; at most 15 words, enough to find it."""

    exact: AnchorText
    """At most 15 words as the source prints them, found there once."""


class Record(Model):
    """What every record has."""

    kind: ClassVar[str]
    file: ClassVar[str]

    id: Id
    """The record's name for ever: small letters and hyphens, meaningful, never changed or reused."""
    note: Text | None = None
    """For editors and careful readers: a slip of the source, a decision taken."""

    @property
    def label(self) -> str:
        """The words a link to this record shows."""
        raise NotImplementedError

    def passages(self) -> Iterator[tuple[Keys, Passage]]:
        """Yield each passage the record rests on, after its place in the record."""
        for index, passage in enumerate(getattr(self, "evidence", ())):
            yield ("evidence", index), passage


class Name(Model):
    """A name as CSL-JSON splits it."""

    family: Text | None = None
    """Family name."""
    given: Text | None = None
    """Given name."""
    literal: Text | None = None
    """A name that is not split, such as an organisation's."""

    @model_validator(mode="after")
    def _names_somebody(self) -> Name:
        if not self.full:
            raise ValueError('names nobody; give "family" and "given", or "literal"')
        return self

    @property
    def full(self) -> str:
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Furniture(Model):
    """A paragraph of the source's page that is not its prose: declared, so that it need not be covered."""

    starts: AnchorText
    """The words the paragraph starts with; for a heading, all of it."""
    role: Literal["title", "heading", "byline", "caption", "credit", "boilerplate"]
    """What it is."""
    why: Text | None = None
    """Why no record needs to rest on it."""


class Source(Record):
    """A bibliographic record in CSL-JSON's names, and what is needed to check against its text."""

    kind = "source"
    file = "sources.yml"

    type: Literal[
        "article-newspaper", "article-magazine", "article-journal", "report", "webpage", "book", "speech"
    ]
    """The CSL-JSON type."""
    title: Text
    """The title as printed."""
    author: tuple[Name, ...] = ()
    """The authors the source names; none when it names none."""
    container_title: Text | None = Field(None, alias="container-title")
    """The publication that carries it, where that is not the publisher."""
    publisher: Text
    """Who published it first."""
    issued: Date
    """When it was published, as exactly as is known."""
    URL: Url | None = None
    """A verified https address; none when none is known."""
    accessed: Date | None = None
    """When the address was last seen to work."""
    archived: Url | None = None
    """The address of an archived copy, at web.archive.org or elsewhere; none when none is known."""
    language: Language = "en"
    """The BCP 47 language of the text."""
    text: Annotated[Text, AfterValidator(_file_name)]
    """The name of the file that holds its text, in the folder SOURCES names."""
    sha256: Annotated[
        Text, AfterValidator(_fingerprint), WithJsonSchema({"type": "string", "pattern": "^[0-9a-f]{64}$"})
    ]
    """The fingerprint of the text the evidence was checked against."""
    furniture: tuple[Furniture, ...] = ()
    """Headings, captions, bylines and the like, which are not prose."""

    @property
    def label(self) -> str:
        return self.title

    @property
    def version_date(self) -> str:
        """The last day on which the address is known to have held the text; empty when no day is known."""
        days = (date.edtf for date in (self.accessed, self.issued) if date)
        return next((day for day in days if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)), "")


class Role(Model):
    """What a person was, at the time, as the source states it."""

    role: Text
    """The role in the source's terms."""
    at: Date | None = None
    """When, if not when the source was published."""
    capacity: Capacity | None = None
    """In what capacity they speak: for a state, as an analyst, for themselves as a party, or other."""
    evidence: Annotated[tuple[Anchor, ...], Field(min_length=1)]
    """Where the source states it."""


class Position(Model):
    """What somebody holds, in our words."""

    text: Text
    """What they hold, in a sentence or two of ours, with their hedges."""
    as_of: Date | None = None
    """When they held it, by the sources; none when those do not tell."""
    rests_on: Annotated[tuple[Annotated[Id, Ref(("fact", "quote"))], ...], Field(min_length=1)]
    """The quotations and facts it rests on, each of them theirs."""


class Person(Record):
    """Somebody a source names."""

    kind = "person"
    file = "people.yml"

    name: Text
    """The name, spelled right."""
    family: Text | None = None
    """The family name, where it is not the last word of the name: lists of people go by it."""
    alternate_names: tuple[Text, ...] = ()
    """Other names and spellings the sources use."""
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    """What they were, at the time, each with its evidence."""
    stake: Text | None = None
    """One line: what stake they have in the matter, by the sources."""
    position: Position | None = None
    """What they hold, by the sources."""

    @property
    def label(self) -> str:
        return self.name

    @property
    def surname(self) -> str:
        """The name that lists of people go by."""
        return self.family or self.name.split()[-1]

    def passages(self) -> Iterator[tuple[Keys, Passage]]:
        for number, role in enumerate(self.roles):
            for index, passage in enumerate(role.evidence):
                yield ("roles", number, "evidence", index), passage


class Entity(Record):
    """What organisations, documents and terms share."""

    name: Text
    """The name a reader sees."""
    alternate_names: tuple[Text, ...] = ()
    """Other names and spellings the sources use."""
    text: Text
    """What it is, in our words, from the sources alone."""
    evidence: Annotated[tuple[Anchor, ...], Field(min_length=1)]
    """Where a source names it."""

    @property
    def label(self) -> str:
        return self.name


class Organisation(Entity):
    """A body a source names: a state organ, a party, a company, a research institute."""

    kind = "organisation"
    file = "organisations.yml"

    capacity: Capacity | None = None
    """In what capacity it speaks: for a state, as an analyst, for itself as a party, or other."""
    stake: Text | None = None
    """One line: what stake it has in the matter, by the sources."""
    position: Position | None = None
    """What it holds, by the sources."""


class Document(Entity):
    """A text a source names: a treaty, a statement, a law, a book, an interview."""

    kind = "document"
    file = "documents.yml"

    capacity: Capacity | None = None
    """In what capacity it speaks: for a state, as an analyst, for itself as a party, or other."""
    stake: Text | None = None
    """One line: what stake it has in the matter, by the sources."""
    position: Position | None = None
    """What it holds, by the sources; with an `author`, what they hold."""
    author: Annotated[
        tuple[Annotated[Id, Ref(("person", "organisation"))], ...], BeforeValidator(_listed), Listed()
    ] = ()
    """Who issued or wrote it."""
    issued: Date | None = None
    """When, as exactly as the sources say."""


class Term(Entity):
    """A word, a name or a project that readers may not know, explained in our words."""

    kind = "term"
    file = "glossary.yml"


class Topic(Record):
    """A subject that records share and that is not itself a limit."""

    kind = "topic"
    file = "topics.yml"

    name: Text
    """The name a reader sees."""

    @property
    def label(self) -> str:
        return self.name


class Fact(Record):
    """One statement, in our own words."""

    kind = "fact"
    file = "facts.yml"

    text: Text
    """The statement: one sentence of ours, with the source's hedges."""
    title: Text | None = None
    """What the figure counts, in a few words: the label of its drawing."""
    value: Number | None = None
    """The figure, when the statement is about one."""
    unit: Text | None = None
    """What is counted, such as billion US dollars."""
    out_of: Number | None = None
    """The whole, when the figure is part of one: 100 for a share in per cent."""
    qualifier: Text | None = None
    """The source's hedge on the figure: nearly, more than, about."""
    status: Literal["result", "target", "estimate"] | None = None
    """Whether the figure was reached, is aimed at, or is somebody's estimate; a result when not given."""
    period: Date | None = None
    """The time the figure covers."""
    as_of: Date | None = None
    """When the statement was true, by its source."""
    said_by: Actors = ()
    """Who says it, when it is not the article itself."""
    unattributed: Text | None = None
    """What the source says of who says it, when it names nobody."""
    counted_by: Actors = ()
    """Whose count the figure is."""
    derived: Text | None = None
    """How a date or figure that the source does not print was worked out, and from what."""
    topics: Topics = ()
    """The limits and topics it belongs to."""
    evidence: tuple[Anchor, ...] = ()
    """The passages it rests on."""

    @property
    def label(self) -> str:
        return self.text


class Quote(Record):
    """Words between quotation marks, verbatim; their evidence is the words themselves."""

    kind = "quote"
    file = "quotes.yml"

    speaker: Actors = ()
    """Whose words they are: a person, an organisation, or a document that speaks for itself."""
    unattributed: Text | None = None
    """What the source says of the words' origin, when it names no speaker."""
    role: Text | None = None
    """Which of the speaker's roles, when the source states several."""
    form: Literal["sentence", "phrase"] = "sentence"
    """A sentence or clause that stands by itself, or a phrase of a few words inside the source's own sentence."""
    voice: Literal["own", "others"] = "own"
    """Whether the speaker speaks for himself or reports what others hold."""
    setting: Text | None = None
    """Where and to whom it was said, as far as the source tells."""
    date: Date | None = None
    """When it was said, if the source tells."""
    derived: Text | None = None
    """How the date was worked out, when the source does not print it."""
    reported_by: Actors = ()
    """Who reported the words to the source, when it did not hear or read them itself."""
    topics: Topics = ()
    """The limits and topics it belongs to."""
    evidence: tuple[Passage, ...] = ()
    """The words, as printed between one pair of quotation marks; one entry for each interrupted part."""

    @property
    def label(self) -> str:
        return " ".join(passage.exact for passage in self.evidence)


class Event(Record):
    """Something that happened, or was said, at a time the source gives or lets us work out."""

    kind = "event"
    file = "timeline.yml"

    date: Date
    """When, in EDTF, as exactly as the source and no more."""
    title: Text
    """A headline of a few words."""
    summary: Text | None = None
    """What happened, in a sentence or two of ours."""
    act: Literal["words", "deed"]
    """Words (a pledge, a statement, a treaty signed) or a deed."""
    derived: Text | None = None
    """How a date that the source does not print was worked out, and from what."""
    actors: Actors = ()
    """Who acted or spoke."""
    topics: Topics = ()
    """The limits and topics it belongs to."""
    evidence: tuple[Anchor, ...] = ()
    """The passages it rests on."""

    @property
    def label(self) -> str:
        return self.title


class Brief(Model):
    """A record that stands for its side in the picture of the limits, in a few words."""

    record: Annotated[Id, Ref(("fact", "quote", "event"))]
    """The record, which is also on the list of its side."""
    text: Annotated[Text, AfterValidator(_brief)] | None = None
    """It in a few words, quoted parts between quotation marks; a phrase shows its own."""


class DeedBrief(Brief):
    """The same for a deed, which no quotation can be."""

    record: Annotated[Id, Ref(("fact", "event"))]
    """The record, which is also on the list of its side."""


class Limit(Record):
    """One limit of the claim: the question, the short answer, and the evidence on both sides."""

    kind = "limit"
    file = "limits.yml"

    title: Text
    """One or two words, for menus."""
    question: Text
    """The question a reader would ask."""
    answer: Text
    """The answer in a sentence or two."""
    words: Brief | None = None
    """What stands for what was said, in the picture of the limits; one of `said`."""
    deed: DeedBrief | None = None
    """What stands for what was done, in the picture of the limits; one of `done`."""
    rests_on: Statements = ()
    """The records that the answer rests on."""
    strength: Text | None = None
    """How strong the evidence is, and why."""
    said: Statements = ()
    """What was said."""
    done: Statements = ()
    """What was done."""
    shows: Statements = ()
    """What shows the limit."""
    against: Statements = ()
    """What speaks against it."""
    open: tuple[Text, ...] = ()
    """What the sources leave open."""

    @property
    def label(self) -> str:
        return self.title


class Tension(Record):
    """A place where the sources, or one with itself, pull apart; both sides, unsettled."""

    kind = "tension"
    file = "tensions.yml"

    title: Text
    """What it is about, in a few words."""
    text: Text
    """One fair sentence on how the two sides differ."""
    one: Statements = ()
    """The one side."""
    other: Statements = ()
    """The other side."""
    scope: Literal["across", "within", "overtaken"]
    """Across the sources, within one, or one overtaken by a later one."""
    both_true: Literal["yes", "no", "open"] = "open"
    """Whether both can be true."""
    why: Text | None = None
    """Why both can be true, or cannot."""
    weight: Literal["major", "minor"] = "minor"
    """Major ones lead their page."""
    topics: Topics = ()
    """The limits and topics it belongs to."""

    @property
    def label(self) -> str:
        return self.title


class Correction(Record):
    """A mistake that stood on the site: what it said, what it says now, and why."""

    kind = "correction"
    file = "corrections.yml"

    date: Date
    """The day it was corrected."""
    record: Annotated[Id, Ref(CORRECTABLE)]
    """The record that was wrong, by its id."""
    was: Text
    """What the record said."""
    now: Text
    """What it says now."""
    why: Text
    """What was wrong with it."""
    noticed_by: Text | None = None
    """Who noticed, if they agree to be named."""

    @property
    def label(self) -> str:
        return self.was


KINDS: dict[str, type[Record]] = {
    kind.kind: kind
    for kind in (
        *(Source, Person, Organisation, Document, Term, Topic, Fact, Quote, Event, Limit, Tension),
        Correction,
    )
}


def descriptions(model: type[Model]) -> dict[str, str]:
    """The line under each field of a model, by the field's name.

    Read from the source when somebody asks: pydantic would do it for every model at every start.
    """
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if each is not Model and issubclass(each, Model):
            body = ast.parse(textwrap.dedent(inspect.getsource(each))).body[0]
            assert isinstance(body, ast.ClassDef)
            for field, line in pairwise(body.body):
                match field, line:
                    case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                        found[name] = text
    return found


def models(model: type[Model] = Model) -> Iterator[type[Model]]:
    """Yield every class of the vocabulary: the kinds of records, and what they hold."""
    for each in model.__subclasses__():
        yield each
        yield from models(each)


def references(model: Model, path: Keys = ()) -> Iterator[tuple[Keys, str, Ref]]:
    """Yield every id that a record names, after its place in the record, with the kinds it may be of."""
    for name, ref in _reference_fields(type(model)):
        value = getattr(model, name)
        if value is None:
            continue
        values = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for index, item in values:
            place = (*path, name) if index is None else (*path, name, index)
            if ref is None:
                yield from references(item, place)
            else:
                yield place, item, ref


@cache
def _reference_fields(model: type[Model]) -> list[tuple[str, Ref | None]]:
    """The fields that hold ids, with their kinds; None for fields that hold models to look into."""
    found: list[tuple[str, Ref | None]] = []
    for name, field in model.model_fields.items():
        parts = [*field.metadata, *_parts(field.annotation)]
        ref = next((part for part in parts if isinstance(part, Ref)), None)
        nested = any(isinstance(part, type) and issubclass(part, Model) for part in parts)
        if ref or nested:
            found.append((name, None if nested else ref))
    return found


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)

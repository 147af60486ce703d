"""What records are made of: names, works, roles, positions, and statements in a few words."""

import re
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from .fields import (
    AnchorText,
    BriefText,
    Capacity,
    Date,
    Doi,
    Id,
    Language,
    Ref,
    Text,
    Url,
    WorkType,
    Yes,
    is_english,
)
from .models import Anchors, Model
from .word_boundaries import is_unspaced


class Name(Model):
    """A name as CSL-JSON splits it."""

    family: Text | None = None
    """Family name."""
    given: Text | None = None
    """Given name."""
    suffix: Text | None = None
    """What follows the name, such as Jr."""
    literal: Text | None = None
    """A name that is not split: that of a body. A person of one name has it as `family`."""
    static_ordering: Yes | None = Field(None, alias="static-ordering")
    """Where the family name comes first and is never turned round: true."""

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not self.full:
            raise ValueError('names nobody; give "family" and "given", or "literal"')
        if self.literal and (self.family or self.given):
            raise ValueError('is split and not split; give "family" and "given", or "literal" alone')
        if "," in f"{self.family}{self.given}":
            raise ValueError('has a comma in "family" or "given"; give each, and a "suffix", for itself')
        return self

    @property
    def full(self) -> str:
        parts = (self.family, self.given) if self.static_ordering else (self.given, self.family)
        space = "" if self.static_ordering and is_unspaced(self.given or "") else " "
        return self.literal or space.join(part for part in (*parts, self.suffix) if part)


def _in_parts(names: Any) -> Any:
    """Return names as they are. Raises ValueError for those not in parts: nothing can part them surely."""
    if not isinstance(names, list) or any(not isinstance(each, dict) or "name" in each for each in names):
        parts, body = "[{given: Ada, family: Brook}]", "[{literal: The Board}]"
        raise ValueError(f"should be a list of names in parts; write {parts}, or {body} for a body")
    return names


Names = Annotated[tuple[Name, ...], BeforeValidator(_in_parts)]


class Work(Model):
    """What can be cited, in CSL-JSON's names: a source, or a page or record of this site."""

    id: Id
    """Its key in a bibliography."""
    type: WorkType
    """The CSL-JSON type; document, with a genre, for a work of any other."""
    genre: Text | None = None
    """What kind of work of its type it is: PhD dissertation, Press release, Patent."""
    title: Text
    """The title as printed."""
    sentence_title: Text | None = Field(None, alias="sentence-title")
    """The title with capitals only where a sentence has them, as APA asks; where the printed one has more."""
    translated_title: Text | None = Field(None, alias="translated-title")
    """The title in English, for one in another language."""
    author: Names = ()
    """The authors the source names; none when it names none."""
    editor: Names = ()
    """Who edited it, or the book that it is part of."""
    container_title: Text | None = Field(None, alias="container-title")
    """The publication that carries it, where that is not the publisher: of a chapter, its book."""
    publisher: Text
    """Who published it first: of a thesis the university, of a case the court."""
    issued: Date | None = None
    """When it was published, as exactly as is known; none when nothing tells."""
    volume: Text | None = None
    """The volume of a journal or a book."""
    issue: Text | None = None
    """The number of an issue within its volume."""
    page: Text | None = None
    """The pages it fills, like 12-19."""
    DOI: Doi | None = None
    """The digital object identifier, from 10. on."""
    URL: Url | None = None
    """A verified address; none when none is known."""
    accessed: Date | None = None
    """When the address was last seen to work."""
    archived: Url | None = None
    """The address of an archived copy, at web.archive.org or elsewhere; none when none is known."""
    language: Language = "en"
    """The BCP 47 language of the text."""

    @field_validator("sentence_title")
    @classmethod
    def _is_the_title(cls, typed: str | None, info: ValidationInfo) -> str | None:
        if typed and typed.casefold() != info.data.get("title", typed).casefold():
            raise ValueError("has other words than the title; change its capitals only")
        return typed

    @field_validator("volume", "issue", "page")
    @classmethod
    def _is_the_number_alone(cls, typed: str | None) -> str | None:
        words = r"(?i:pp?|pages?|vol(ume)?|n[or]|iss(ue)?)\b\.?\s*|pp?|(?i:bd|jg|núm|s|t)(\.\s*|\s+)|#\s*"
        if typed and re.match(rf"({words})\d|\d+ ?\(\d+\)$", typed):
            raise ValueError("should be the number alone, like 12-19; each style puts its own word before it")
        return typed

    @property
    def doi_link(self) -> str:
        """The address that its DOI gives; empty where it has none."""
        return f"https://doi.org/{quote(self.DOI)}" if self.DOI else ""

    @property
    def link(self) -> str:
        """Where a reader finds it: its address, an archived copy or its DOI; empty when none is known."""
        return self.URL or self.archived or self.doi_link

    @property
    def copy_link(self) -> str:
        """The address of an archived copy, where a reader is not led there anyway; empty when none is known."""
        return self.archived if self.archived and self.archived != self.link else ""

    @property
    def is_english(self) -> bool:
        """Whether its text is in English, of any region."""
        return is_english(self.language)

    @property
    def language_name(self) -> str:
        """The language in English, `German`; its tag, where CLDR has no name for it."""
        if self.is_english:
            return "English"
        from babel import Locale  # imported late: it takes 30 ms

        return str(Locale("en").languages.get(self.language.partition("-")[0], self.language))


class Furniture(Model):
    """A paragraph of the source's page that is not its prose: declared, so that it need not be covered."""

    starts: AnchorText
    """The words the paragraph starts with; for a heading, all of it."""
    role: Literal["title", "heading", "byline", "caption", "credit", "boilerplate"]
    """What it is."""
    why: Text | None = None
    """Why no record needs to rest on it."""


class Role(Model):
    """What a person was, at the time, as the source states it."""

    role: Text
    """The role in the source's terms."""
    short: Text | None = None
    """The same in two to five words, for a line under a quotation; where the role itself is longer."""
    plural: Text | None = None
    """The same of several who speak together, such as co-authors."""
    at: Date | None = None
    """When, if not when the source was published."""
    capacity: Capacity | None = None
    """In what capacity they speak: for a state, as an analyst, for themselves as a party, or other."""
    evidence: Anchors
    """Where the source states it."""


class Position(Model):
    """What somebody holds, in our words."""

    text: Text
    """What they hold, in a sentence or two of ours, with their hedges."""
    as_of: Date | None = None
    """When they held it, by the sources; none when those do not tell."""
    rests_on: Annotated[tuple[Annotated[Id, Ref(("fact", "quote"))], ...], Field(min_length=1)]
    """The quotations and facts it rests on, each of them theirs."""


class Brief(Model):
    """A record that stands for others on a limit, in a few words."""

    record: Annotated[Id, Ref(("fact", "quote", "event"))]
    """The record."""
    text: BriefText | None = None
    """It in a few words, quoted parts between quotation marks; a phrase shows its own."""


class DeedBrief(Brief):
    """The same for a deed, which no quotation can be."""

    record: Annotated[Id, Ref(("fact", "event"))]
    """The record."""


class Pair(Model):
    """Words of a party to the matter, and what was done later on the same subject."""

    words: Brief
    """What was said."""
    deed: DeedBrief
    """What was done."""

"""The vocabulary: one class per kind of record, frozen, holding ids and never other records.

Names are those of the standards a field belongs to: CSL-JSON for a source, the W3C Web Annotation
`TextQuoteSelector` for evidence, EDTF for dates, BCP 47 for languages.
"""

import re
import sys
from typing import Annotated, Literal

from pydantic import Field

from .fields import Actors, Authors, Capacity, Date, File, Id, Marks, Number, Ref, Sha256, Statements, Text, Topics
from .models import Anchors, Passage, Record
from .parts import Brief, Furniture, Pair, Position, Role, Work
from .word_boundaries import file_under


class Source(Record, Work):
    """A bibliographic record in CSL-JSON's names, and what is needed to check against its text."""

    prompted = ("URL",)
    searched = ("author", "editor", "publisher", "issued")

    derived: Text | None = None
    """How the date was worked out, when the text does not print it."""
    quotation_marks: tuple[Marks, ...] = ()
    """The pairs of quotation marks its text uses, where they are not those of its language: [“”, ‘’]."""
    text: File
    """The name of the file that holds its text, in the folder SOURCES names."""
    sha256: Sha256
    """The fingerprint of the text the evidence was checked against."""
    furniture: tuple[Furniture, ...] = ()
    """Headings, captions, bylines and the like, which are not prose."""

    @property
    def version_date(self) -> str:
        """The last day on which the address is known to have held the text; empty when no day is known."""
        return next((date.edtf for date in (self.accessed, self.issued) if date and date.is_one_day), "")


class Person(Record):
    """Somebody a source names."""

    plural = "people"
    label_field = "name"
    prompted = ("role", "capacity")
    searched = ("alternate_names", "roles", "position")

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
    def names(self) -> list[str]:
        """The words of the name, without what follows it, such as Jr. or II."""
        return re.sub(r",? (?:[JS]r\.?|[IVX]{2,}|[IV]|Ph\.?D\.?)$", "", self.name).split()

    @property
    def surname(self) -> str:
        """The name that lists of people go by."""
        return self.family or self.names[-1]

    @property
    def filed_under(self) -> str:
        return file_under(f"{self.surname} {self.name}")


class Entity(Record):
    """What organisations, documents and terms share."""

    label_field = "name"

    name: Text
    """The name a reader sees."""
    alternate_names: tuple[Text, ...] = ()
    """Other names and spellings the sources use."""
    text: Text
    """What it is, in our words, from the sources alone."""
    evidence: Anchors
    """Where a source names it."""


class SpeakingEntity(Entity):
    """What organisations and documents share: each speaks in one capacity."""

    searched = ("alternate_names", "text", "position")

    capacity: Capacity | None = None
    """In what capacity it speaks: for a state, as an analyst, for itself as a party, or other."""
    stake: Text | None = None
    """One line: what stake it has in the matter, by the sources."""
    position: Position | None = None
    """What it holds, by the sources."""


class Organisation(SpeakingEntity):
    """A body a source names: a state organ, a party, a company, a research institute."""

    prompted = ("capacity",)


class Document(SpeakingEntity):
    """A text a source names: a treaty, a statement, a law, a book, an interview."""

    covers_quotations = True  # a title may stand between quotation marks

    author: Authors = ()
    """Who issued or wrote it."""
    issued: Date | None = None
    """When, as exactly as the sources say."""
    derived: Text | None = None
    """How its date was worked out, when the source does not print it."""


class Term(Entity):
    """A word, a name or a project that readers may not know, explained in our words."""

    file = "glossary.yml"
    searched = ("alternate_names", "text")


class Topic(Record):
    """A subject that records share and that is not itself a limit."""

    label_field = "name"
    has_home = False  # it only groups other records

    name: Text
    """The name a reader sees."""


class Fact(Record):
    """One statement, in our own words."""

    label_field = "text"
    sayer_field = "said_by"
    prompted = ("as_of", "said_by", "topics")
    page_length = 270
    searched = ("unattributed", "as_of")

    text: Text
    """The statement: one sentence of ours, with the source's hedges."""
    title: Text | None = None
    """What the figure counts, in a few words: the label of its drawing."""
    value: Number | None = None
    """The figure, when the statement is about one; it needs a unit, a period and as_of."""
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
    attribution: Text | None = None
    """How it is known who says it, where the paragraph and the two before do not name them."""
    unattributed: Text | None = None
    """What the source says of who says it, when it names nobody."""
    counted_by: Actors = ()
    """Whose count the figure is."""
    derived: Text | None = None
    """How a date or figure that the source does not print was worked out, and from what."""
    topics: Topics = ()
    """The limits and topics it belongs to."""
    evidence: Anchors
    """The passages it rests on."""

    @property
    def provisional(self) -> str:
        """`target` or `estimate`; empty for a result."""
        return "" if self.status in (None, "result") else self.status


class Quote(Record):
    """Words between quotation marks, verbatim; their evidence is the words themselves."""

    sayer_field = "speaker"
    quoted = True
    covers_quotations = True
    prompted = ("speaker", "setting", "date", "topics")
    page_length = 80
    searched = ("unattributed", "role", "setting", "date")

    speaker: Actors = ()
    """Whose words they are: a person, an organisation, or a document that speaks for itself."""
    attribution: Text | None = None
    """How it is known whose words they are, where the paragraph and the two before do not name them."""
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
    evidence: Annotated[tuple[Passage, ...], Field(min_length=1)]
    """The words, as printed between one pair of quotation marks; one entry for each interrupted part."""

    @property
    def label(self) -> str:
        return " […] ".join(passage.exact.rstrip(",") for passage in self.evidence)


class Event(Record):
    """Something that happened, or was said, at a time the source gives or lets us work out."""

    file = "timeline.yml"
    prompted = ("summary", "derived", "actors", "topics")
    page_length = 100
    searched = ("date", "summary")

    date: Date
    """When, in EDTF, as exactly as the source and no more."""
    title: Text
    """A headline of a few words."""
    summary: Text | None = None
    """What happened, in a sentence or two of ours."""
    act: Literal["words", "deed", "state"]
    """Words (a pledge, a statement, a treaty signed), a deed, or a state of affairs."""
    derived: Text | None = None
    """How a date that the source does not print was worked out, and from what."""
    actors: Actors = ()
    """Who acted or spoke."""
    topics: Topics = ()
    """The limits and topics it belongs to."""
    evidence: Anchors
    """The passages it rests on."""


class Limit(Record):
    """One limit of the claim: the question, the short answer, and the evidence on both sides."""

    prompted = ("rests_on", "shows", "against")
    searched = ("question", "answer")

    title: Text
    """One or two words, for menus."""
    question: Text
    """The question a reader would ask."""
    answer: Text
    """The answer in one plain sentence."""
    rests_on: Statements = ()
    """The records that the answer rests on."""
    upheld_by: Statements = ()
    """What says outright, of the present, that there is this limit; some of `shows`. The verdict goes by it."""
    disputed_by: Statements = ()
    """What says otherwise on the same point; some of `against`."""
    why: Text | None = None
    """Why the verdict is what it is: who knows, how directly, and what is only inferred."""
    strongest: Brief | None = None
    """The strongest thing that shows the limit, one of `shows`."""
    counter: Brief | None = None
    """The strongest thing that speaks against it, one of `against`."""
    pair: Pair | None = None
    """Words of a party to the matter and what was done later on the same subject, where there is such a pair."""
    crosses: tuple[Brief, ...] = ()
    """What goes beyond the limit, by our reading, for the picture of the line."""
    contested: tuple[Brief, ...] = ()
    """Of what the sources leave open whether it does."""
    stops: tuple[Brief, ...] = ()
    """What ends at the limit."""
    said: Statements = ()
    """What was said on the matter by those who take no side on the limit."""
    shows: Statements = ()
    """What shows the limit."""
    against: Statements = ()
    """What speaks against it."""
    open: tuple[Text, ...] = ()
    """What the sources leave open, and what can be read either way."""


LINE = ("stops", "contested", "crosses")
"""Where something stands to a limit, by the fields of a limit, in the order in which it is shown."""


class Tension(Record):
    """A place where the sources, or one with itself, pull apart; both sides, unsettled."""

    prompted = ("one", "other")
    searched = ("text", "why")

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


# Every kind but a correction, in the order in which they are read and listed.
CORRECTABLE: tuple[type[Record], ...] = (
    *(Source, Person, Organisation, Document, Term, Topic),
    *(Fact, Quote, Event, Limit, Tension),
)
Correctable = Annotated[Id, Ref(tuple(kind.kind for kind in CORRECTABLE))]


class Correction(Record):
    """A mistake that stood on the site: what it said, what it says now, and why."""

    label_field = "was"
    prompted = ("record", "now", "withdrawn", "withdrawn_kind")
    page_length = sys.maxsize  # they are read together, the newest first

    date: Date
    """The day it was corrected."""
    record: Correctable | None = None
    """The record that was wrong, by its id; none where one was withdrawn."""
    withdrawn: Id | None = None
    """The id of a record that was withdrawn: its old address shows this correction."""
    withdrawn_kind: Literal[tuple(kind.kind for kind in CORRECTABLE)] | None = None  # type: ignore[valid-type]
    """What kind of record was withdrawn."""
    was: Text
    """What the record said."""
    now: Text | None = None
    """What it says now; nothing where it was withdrawn."""
    why: Text
    """What was wrong with it."""
    noticed_by: Text | None = None
    """Who noticed, if they agree to be named."""


KINDS = {kind.kind: kind for kind in CORRECTABLE} | {Correction.kind: Correction}


def kind_called(name: str) -> str:
    """Return the kind with this plural or name of a data file: `person` for people; or the name itself."""
    return next((each.kind for each in KINDS.values() if name in (each.plural, each.file.partition(".")[0])), name)

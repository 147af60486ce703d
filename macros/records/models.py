"""What all models share: how they are read, described and walked; the passages and the fields of every record."""

import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field

from .dates import Date
from .fields import ID_PATTERN, AnchorText, Id, Keys, Locator, Ref, SourceId, Text
from .word_boundaries import file_under

Value = TypeVar("Value")


class Model(BaseModel):
    """What all models share: frozen; an unknown field is a mistake; the line under a field describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True, defer_build=True)  # when used

    @cached_property
    def _values(self) -> list[tuple[Keys, Any, Ref | None]]:
        """Every value given in it, after its place, with the mark of its field where that holds ids.

        It is frozen, and a build asks thirty times for what it holds.
        """
        found: list[tuple[Keys, Any, Ref | None]] = []
        for name, value in self:
            reference = find_reference(type(self), name)
            for place, item in _entries((name,), value):
                found.append((place, item, reference))
                if isinstance(item, Model):
                    found += (((*place, *below), each, mark) for below, each, mark in item._values)
        return found

    def __copy__(self) -> Self:
        copied = super().__copy__()
        for name in ("_values", "passages"):  # it may be changed
            copied.__dict__.pop(name, None)
        return copied


def _entries(place: Keys, value: Any) -> list[tuple[Keys, Any]]:
    """Return each entry of a list after its place, or a value that is no list after its own; none for None."""
    if isinstance(value, list | tuple):
        return [((*place, index), entry) for index, entry in enumerate(value)]
    return [] if value is None else [(place, value)]


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
    locator: Locator | None = None
    """Where a reader finds it besides its paragraph: page 12, section 3 or timestamp 00:12:30."""


class Anchor(Passage):
    """A passage that a statement of ours rests on; at most 15 words, enough to find it."""

    exact: AnchorText
    """At most 15 words as the source prints them, found there once."""


Anchors = Annotated[tuple[Anchor, ...], Field(min_length=1)]


class Record(Model):
    """What every record has.

    `kind` is the word for the class in data, pages and messages: its name in small letters. `plural` is the kind
    with an s, and `file`, the name of its data file, the plural, where the class does not say otherwise.
    `label_field` holds the words that a link to a record shows, and `sayer_field` who says it, by ids.
    """

    kind: ClassVar[str]
    plural: ClassVar[str]
    file: ClassVar[str]
    label_field: ClassVar[str] = "title"
    sayer_field: ClassVar[str] = ""
    has_home: ClassVar[bool] = True  # whether each record needs a page that is its home
    quoted: ClassVar[bool] = False  # whether its passages are all that stands between quotation marks
    covers_quotations: ClassVar[bool] = False  # whether a quotation it rests on needs no record besides
    prompted: ClassVar[tuple[str, ...]] = ()  # what `new` asks for, besides the required fields
    searched: ClassVar[tuple[str, ...]] = ()  # what search finds it by, besides its label and who says it
    page_length: ClassVar[int] = 60  # how many stand on a page of their home; another number changes addresses

    id: Id
    """The record's name for ever: small letters and hyphens, meaningful, never changed or reused."""
    note: Text | None = None
    """For editors and careful readers: a slip of the source, a decision taken."""

    def __init_subclass__(cls, **settings: Any) -> None:
        super().__init_subclass__(**settings)
        cls.kind = cls.__name__.lower()
        cls.plural = cls.__dict__.get("plural", f"{cls.kind}s")
        cls.file = cls.__dict__.get("file", f"{cls.plural}.yml")

    @property
    def label(self) -> str:
        """The words that a link to this record shows."""
        return str(getattr(self, self.label_field))

    @property
    def filed_under(self) -> str:
        """What lists of names are sorted by."""
        return file_under(self.label)

    @property
    def sayers(self) -> tuple[str, ...]:
        """The ids of those whose words this record gives; none where its kind has no field for them."""
        return getattr(self, self.sayer_field) if self.sayer_field else ()

    @cached_property
    def attributed_to(self) -> tuple[str, ...]:
        """The ids of those whose word this record is: who says it, and who counted its figure, each once."""
        return tuple(dict.fromkeys((*self.sayers, *getattr(self, "counted_by", ()))))

    @property
    def dates(self) -> tuple[Date, ...]:
        """When it was, or was said, or the time that it covers."""
        found = map(vars(self).get, ("date", "period", "as_of", "issued"))
        return tuple(filter(None, found))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages it rests on."""
        return tuple(passage for _, passage in values_in(self, Passage))

    def __hash__(self) -> int:
        return hash(self.id)  # that of every field would take longer than walking them


@cache
def field_descriptions(model: type[Model]) -> dict[str, str]:
    """Return the line under each field of a model, by the field's name.

    Read from the source of its module: `use_attribute_docstrings` of pydantic would add 150 ms to every start, and
    `inspect.getsource` of each class 110 ms.
    """
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if each is not Model and issubclass(each, Model):
            _, _, source = inspect.getsource(sys.modules[each.__module__]).partition(f"\nclass {each.__name__}(")
            found |= re.findall(r'^    (\w+): .+\n    """(.+)"""', source.partition("\nclass ")[0], re.MULTILINE)
    return found


def all_models(model: type[Model] = Model) -> Iterator[type[Model]]:
    """Yield every class of the vocabulary: the kinds of records, and what they hold."""
    for each in model.__subclasses__():
        yield each
        yield from all_models(each)


def values_in(model: Model, kind: type[Value]) -> Iterator[tuple[Keys, Value]]:
    """Yield every value of a type that a record holds, at any depth, after its place."""
    yield from ((place, value) for place, value, _ in model._values if isinstance(value, kind))


def referenced_ids(model: Model) -> Iterator[tuple[Keys, str, Ref]]:
    """Yield every id that a record names, after its place in the record, with the kinds it may be of."""
    yield from ((place, value, ref) for place, value, ref in model._values if ref)


def written_ids(model: type[Model], fields: Any, place: Keys = ()) -> Iterator[tuple[Keys, str, Ref]]:
    """Yield what `referenced_ids` would of an entry as it is written, whatever else is wrong with it."""
    for name, field in model.model_fields.items() if isinstance(fields, dict) else ():
        key, ref, part = field.alias or name, find_reference(model, name), nested_model(field.annotation)
        for path, value in _entries((*place, key), fields.get(key)):
            if part:
                yield from written_ids(part, value, path)
            elif ref and isinstance(value, str) and re.fullmatch(ID_PATTERN, value):
                yield path, value, ref


@cache
def find_reference(model: type[Model], name: str) -> Ref | None:
    """Return the mark of a field that holds ids; None for any other field, and for none of the model's."""
    field = model.model_fields.get(name)
    parts = [*field.metadata, *annotation_parts(field.annotation)] if field else []
    return next((part for part in parts if isinstance(part, Ref)), None)


def nested_model(annotation: Any) -> type[Model] | None:
    """Return the model that a field of this annotation holds, alone or in a list; None if it holds none."""
    parts = annotation_parts(annotation)
    return next((part for part in parts if isinstance(part, type) and issubclass(part, Model)), None)


def annotation_parts(annotation: Any) -> Iterator[Any]:
    """Yield an annotation and, depth first, everything in its brackets."""
    yield annotation
    for part in get_args(annotation):
        yield from annotation_parts(part)

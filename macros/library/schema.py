"""JSON Schemas of the data files, with which a text editor completes and explains fields, values and ids.

Draft 7, which every YAML language server reads, made from the vocabulary. The ids that exist stand in a file of
their own, the only one that changes with the records.
"""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from ..records.fields import ID_PATTERN
from ..records.kinds import KINDS
from ..records.models import Record, all_models, field_descriptions
from .library import Library
from .published_ids import REDIRECTS

SCHEMAS = "schemas"
IDS = "ids.json"
DRAFT = "http://json-schema.org/draft-07/schema#"


def schema_name(file: str) -> str:
    """Return the name of the schema of a data file: `facts.json` for `facts.yml`."""
    return f"{Path(file).stem}.json"


def first_line(file: str) -> str:
    """Return the line that a data file starts with, so that an editor finds its schema."""
    return f"# yaml-language-server: $schema={SCHEMAS}/{schema_name(file)}"


def schema_texts(folder: Path, library: Library) -> dict[Path, str]:
    """Return the text of the schema of each data file, and of that of the ids, by its path in a folder."""
    schemas = {schema_name(kind.file): _schema(kind) for kind in KINDS.values()}
    schemas[schema_name(REDIRECTS)] = {
        "title": REDIRECTS,
        "description": "A line for each former id: the id of the record that stands for it now.",
        "type": "object",
        "propertyNames": {"pattern": ID_PATTERN},
        "additionalProperties": _one_of(list(KINDS)),
    }
    schemas[IDS] = _ids(library)
    return {folder / name: _dumps(schema) for name, schema in schemas.items()}


def renew_ids(folder: Path, library: Library) -> None:
    """Write the ids where they have changed; not while a record has a problem, because its id would be missing."""
    path, text = folder / IDS, _dumps(_ids(library))
    if folder.is_dir() and not library.problems and not (path.is_file() and path.read_text("utf-8") == text):
        path.write_text(text, encoding="utf-8")


class _Generator(GenerateJsonSchema):
    """The generator of JSON Schema, without titles, defaults and nulls: a field is given or left out."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    nullable_schema = default_schema


def _schema(kind: type[Record]) -> dict[str, Any]:
    """Return the schema of a data file: a list of records of a kind."""
    record = kind.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_Generator)
    definitions = record.pop("$defs", {})
    known = {model.__name__: model for model in all_models()}
    for name, schema in {kind.__name__: record, **definitions}.items():
        for field, line in field_descriptions(known[name]).items():  # where a text editor shows it
            schema["properties"][known[name].model_fields[field].alias or field]["description"] = line
    whole = {"title": kind.file, "description": kind.__doc__, "type": "array", "items": record}
    return json.loads(json.dumps(whole | {"definitions": definitions}), object_hook=_resolved)  # type: ignore[no-any-return]


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with those of ids in the place of the kinds that a field names."""
    return _one_of(schema.pop("kinds")) | schema if "kinds" in schema else schema


def _one_of(kinds: list[str]) -> dict[str, Any]:
    """Return the schema of an id of a record of one of these kinds."""
    refs = [{"$ref": f"{IDS}#/definitions/{kind}"} for kind in kinds]
    return refs[0] if len(refs) == 1 else {"anyOf": refs}


def _ids(library: Library) -> dict[str, Any]:
    """Return the schema of the ids of the records of each kind."""
    found = {name: sorted(record.id for record in library.of(kind)) for name, kind in KINDS.items()}
    return {
        # JSON Schema forbids an empty list of choices.
        "definitions": {kind: {"enum": ids} if ids else {"not": {}} for kind, ids in found.items()},
    }


def _dumps(schema: dict[str, Any]) -> str:
    return json.dumps({"$schema": DRAFT} | schema, ensure_ascii=False, indent=1) + "\n"

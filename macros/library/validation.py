"""Validation: what keeps an entry of a data file from being a record, in sentences for authors."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..problems import did_you_mean
from ..records.fields import Keys
from ..records.models import Model, nested_model


def field_problems(kind: type[Model], field: str, value: Any) -> list[str]:
    """Return what is wrong with the value of one field of a kind, as sentences; other fields may be missing."""
    name = kind.model_fields[field].alias or field
    try:
        kind.model_validate({name: value})
    except ValidationError as error:
        return [text for path, text in find_mistakes(kind, error) if path[:1] == (name,)]
    return []


def find_mistakes(kind: type[Model], error: ValidationError) -> Iterator[tuple[Keys, str]]:
    """Yield the place of each mistake in a record, and a sentence for authors."""
    details = error.errors(include_url=False)
    for each in details:
        place = each["loc"]
        within = any(other["loc"][: len(place)] == place != other["loc"] for other in details)
        if each["type"] == "too_short" and within:  # only because an entry of the list is wrong
            continue
        yield place, _describe(kind, each)


def _describe(kind: type[Model], detail: ErrorDetails) -> str:
    """Return what pydantic found wrong as a sentence for authors."""
    if not (path := detail["loc"]):
        return 'is not a record; start it with "- id: …" and give each field a line'
    last = path[-1]
    name = f'entry {last + 1} of "{path[-2]}"' if isinstance(last, int) else f'"{last}"'
    match detail["type"]:
        case "missing":
            return f"{name} is missing"
        case "extra_forbidden":
            known = [field.alias or name for name, field in _model_at(kind, path).model_fields.items()]
            return f"{name} is not a field here{did_you_mean(str(last), known)}"
        case "literal_error":
            typed = f', not "{detail["input"]}"' if isinstance(detail["input"], str) else ""
            allowed = detail["ctx"]["expected"].replace("'", "")
            return f"{name} should be {allowed}{typed}"
        case "tuple_type":
            return f'{name} should be a list; write [one, another], or start each entry on its own line with "- "'
        case "model_type":
            return f'{name} should have fields; give each its own line, as "name: value"'
        case "too_short":
            return f"{name} is empty; give at least one entry"
        case "value_error":
            return f"{name} {detail['ctx']['error']}"
        case _:  # that of a date, which says all
            return detail["msg"]


def _model_at(kind: type[Model], path: Keys) -> type[Model]:
    """Return the model that the last step of a path is a field of."""
    model = kind
    for step in path[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            model = nested_model(model.model_fields[step].annotation) or model
    return model

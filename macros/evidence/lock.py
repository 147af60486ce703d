"""The lock: where each passage was found when the texts were last at hand, for machines without the texts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from ..problems import AuthorError
from ..records.models import Record
from .selectors import Location, selector_digest


@dataclass
class Lock:
    """The fingerprint of each source's text, the places of each record's passages, and the counts of coverage."""

    sources: dict[str, str]
    records: dict[str, list[Location]]
    coverage: dict[str, dict[str, int]]

    @classmethod
    def read(cls, path: Path) -> "Lock":
        """Read a lock; a missing file is an empty one. Raises AuthorError when it is not a lock."""
        try:
            return FORM.validate_json(path.read_bytes()) if path.is_file() else cls({}, {}, {})
        except ValueError:
            raise AuthorError("is not a lock; run python -m macros verify to write it again") from None

    def dumps(self) -> str:
        """Return the lock as JSON: sorted, one record a line, the same bytes for the same evidence."""

        def rows(entries: Mapping[str, object]) -> str:
            lines = (f"    {json.dumps(k)}: {json.dumps(entries[k], ensure_ascii=False)}" for k in sorted(entries))
            return "{\n" + ",\n".join(lines) + "\n  }"

        kept = FORM.dump_python(self, exclude_defaults=True)
        parts = (f'  "{name}": {rows(kept[name])}' for name in ("sources", "coverage", "records"))
        return "{\n" + ",\n".join(parts) + "\n}\n"

    def find(self, record: Record) -> list[Location] | None:
        """Return the locations of a record's passages; None unless the lock holds every one, to the letter."""
        locations = self.records.get(record.id, [])
        digests = [selector_digest(passage, quoted=record.quoted) for passage in record.passages]
        return locations if [found.digest for found in locations] == digests else None


FORM = TypeAdapter(Lock)

"""TODO"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..problems import AuthorError, conflict_lines
from .selectors import Location, Selector, selector_digest


@dataclass
class Lock:
    """What was found when the texts were last at hand: one record a line, so that a diff can be read."""

    sources: dict[str, str] = field(default_factory=dict)
    records: dict[str, list[Location]] = field(default_factory=dict)
    coverage: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Lock:
        """Read the lock; none there is an empty one. Raises AuthorError when it is not a lock."""
        if not path.is_file():
            return cls()
        try:
            text = path.read_text(encoding="utf-8")
            if any(conflict_lines(text)):
                raise AuthorError("holds a conflict that git left; run python -m macros verify to write it anew")
            data = json.loads(text)
            records = {name: [Location(**entry) for entry in entries] for name, entries in data["records"].items()}
            return cls(dict(data["sources"]), records, dict(data.get("coverage", {})))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise AuthorError("is not a lock; run python -m macros verify to write it anew") from None

    def dumps(self) -> str:
        """The lock as JSON: sorted, one record a line, the same bytes for the same evidence."""

        def rows(entries: Mapping[str, object]) -> str:
            lines = (
                f"    {json.dumps(key)}: {json.dumps(entries[key], ensure_ascii=False)}" for key in sorted(entries)
            )
            return "{\n" + ",\n".join(lines) + "\n  }"

        records = {name: [asdict(location) for location in found] for name, found in self.records.items()}
        head = f'  "sources": {rows(self.sources)},\n  "coverage": {rows(self.coverage)},\n'
        return f'{{\n{head}  "records": {rows(records)}\n}}\n'

    def find(self, record: str, selectors: Sequence[Selector], *, quoted: bool) -> list[Location] | None:
        """The locations of a record's passages, if the lock covers every letter of them."""
        locations = self.records.get(record)
        if locations is None or [found.digest for found in locations] != [
            selector_digest(selector, quoted=quoted) for selector in selectors
        ]:
            return None
        return locations

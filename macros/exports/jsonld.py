"""JSON-LD: nodes without empty fields, and addresses as one page of the site sees them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..pages.site import Site, relative_address

Node = dict[str, Any]


def dump_json(value: object) -> str:
    """Return JSON on one line, the same bytes for the same value, that cannot end the script that holds it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def drop_empty_fields(node: Mapping[str, object]) -> Node:
    """Return a node without empty fields; a list of one entry becomes that entry."""
    found = {name: value for name, value in node.items() if value not in (None, "", [], {})}
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 and name[0] != "@" else value
        for name, value in found.items()
    }


@dataclass(frozen=True)
class View:
    """The site as seen from the page at `url`: addresses are relative to it unless the site's own is known."""

    site: Site
    url: str

    def address(self, target: str) -> str:
        """Return the address of a page or file, given by its path from the site's root."""
        if self.site.address:
            return f"{self.site.address}{target}"
        return relative_address(target, self.url)

    def local_id(self, name: str) -> str:
        """Return the @id of something on the page itself."""
        return f"{self.address(self.url)}#{name}"

    def reference(self, name: str) -> Node:
        """Return a record as its @id alone; a blank node for one without a home."""
        record = self.site.library.records.get(name)  # none for a record with problems, while serving
        home = self.site.home(record) if record else None
        return {"@id": f"_:{name}" if home is None else f"{self.address(home)}#{name}"}

    def references(self, names: Iterable[str]) -> list[Node]:
        """Return several records as their @ids."""
        return [self.reference(each) for each in names]

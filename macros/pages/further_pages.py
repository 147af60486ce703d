"""Further pages of the home of a long kind, written by the build: after facts/ come facts/2/, facts/3/ and so on.

On which a record stands goes by its place in the list of published ids: a new record comes last and moves no
other, so that no address changes.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Template

from ..library.library import Library
from ..records.kinds import KINDS, Correction


def number_pages(library: Library) -> dict[str, tuple[str, int]]:
    """Return the kind of each record, withdrawn ones too, and the number of its page among its kind's, by its id.

    A record that was renamed keeps the place of its first id; those not published yet come last.
    """
    now = {former: name for name, ids in library.redirects.items() for former in ids}
    kinds = {each.withdrawn: each.withdrawn_kind for each in library.of(Correction)}
    kinds |= {name: entry.record.kind for name, entry in library.entries.items()}
    before, found = Counter[str](), dict[str, tuple[str, int]]()
    for listed in dict.fromkeys([*library.published, *library.entries]):
        name = now.get(listed, listed)
        if kind := kinds.get(name):
            found.setdefault(name, (kind, 1 + before[kind] // KINDS[kind].page_length))
            before[kind] += 1
    return found


def further_url(home: str, number: int) -> str:
    """Return the URL of a further page of a home; both are from the site's root."""
    stem = re.sub(r"(^|/)index\.html$|\.html$|/$", "", home)
    return f"{stem}/{number}".lstrip("/") + (".html" if home.endswith(".html") else "/")


def write_page(number: int, kinds: Iterable[str]) -> str:
    """Return the text of a further page for the records of some kinds."""
    template = Template(Path(__file__).with_suffix(".md").read_text("utf-8"), trim_blocks=True)
    return str(template.render(number=number, kinds=[KINDS[kind] for kind in kinds]))

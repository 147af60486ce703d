"""Conflicts that git left in a file, of whatever kind the file is."""

from __future__ import annotations

import re
from collections.abc import Iterator

BEGINS = re.compile(r"^(<{7} |>{7} )", re.MULTILINE)
LEFT = 'holds a conflict that git left; keep one side, and delete the lines "<<<<<<<", "=======" and ">>>>>>>"'


def conflicts(text: str) -> Iterator[int]:
    """The line of each conflict."""
    inside = False
    for match in BEGINS.finditer(text):
        if match[0][0] == "<" or not inside:
            yield text.count("\n", 0, match.start()) + 1
        inside = match[0][0] == "<"

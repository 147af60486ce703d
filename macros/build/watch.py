"""Watching files while serving: one save is one change, whatever an editor does to write a file.

MkDocs' own observer looks twice a second, and takes a temporary file or a
second write for another save. This one looks often, waits until nothing moves,
and compares the bytes: the same text saved again is no change. It only looks
at sizes and times, so it works where the system tells nobody of changes.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from watchdog.events import FileModifiedEvent

INTERVAL = 0.06

# Files that editors and Python keep beside those they write.
PASSING = re.compile(r"^[.#]|^4913$|^__pycache__$|~$|\.(sw[a-z]|tmp|temp|bak|part|pyc)(\.|$)|___jb_")

Stamp = tuple[int, int, int]


def stamps(path: Path) -> Iterator[tuple[str, Stamp]]:
    """The time, size and number of every file at or under a path; what is being replaced is left out."""
    try:
        if path.is_file():
            yield str(path), _stamp(path.stat())
            return
        with os.scandir(path) as entries:
            for entry in entries:
                if PASSING.search(entry.name):
                    continue
                if entry.is_dir():
                    yield from stamps(Path(entry.path))
                else:
                    yield entry.path, _stamp(entry.stat())
    except OSError:
        return


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_mtime_ns, found.st_size, found.st_ino


class Watch(threading.Thread):
    """Stands in for the observer of MkDocs' server, which calls it as it would one of watchdog's."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.handlers: dict[str, Any] = {}
        self.ended = threading.Event()
        self.prints: dict[str, bytes] = {}

    def schedule(self, handler: Any, path: str, recursive: bool = True) -> str:
        self.handlers[path] = handler
        return path

    def unschedule(self, path: str) -> None:
        self.handlers.pop(path, None)

    def stop(self) -> None:
        self.ended.set()

    def run(self) -> None:
        seen = self._look()
        self._differ({}, seen)
        while not self.ended.wait(INTERVAL):
            now = self._look()
            if now == seen:
                continue
            while not self.ended.wait(INTERVAL) and (later := self._look()) != now:
                now = later
            if self._differ(seen, now):
                next(iter(self.handlers.values())).dispatch(FileModifiedEvent(""))
            seen = now

    def _look(self) -> dict[str, Stamp]:
        return {name: stamp for path in self.handlers for name, stamp in stamps(Path(path))}

    def _differ(self, before: dict[str, Stamp], after: dict[str, Stamp]) -> bool:
        """Whether any file holds other bytes, is new or is gone."""
        changed = before.keys() != after.keys()
        for name in [name for name, stamp in after.items() if before.get(name) != stamp]:
            try:
                digest = hashlib.sha256(Path(name).read_bytes()).digest()
            except OSError:
                digest = b""
            changed = changed or self.prints.get(name) != digest
            self.prints[name] = digest
        return changed

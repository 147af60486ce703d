"""The browsers that show the site while it is served: which pages they have open, and when they load them again.

MkDocs' server lets nobody in while it builds, and then has every browser load its page again. Here a page can be
shown before the build has ended; at its end a browser loads its page again only if it was given something else.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

POLL = "/livereload/"
# A page that is loaded again asks for news only when all of it is there.
LOADING = 5.0


class Readers:
    """Stands before the application of MkDocs' server."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self.waiting: Counter[str] = Counter()
        self.left: dict[str, float] = {}
        self.asked: set[str] = set()
        self.given: dict[str, bytes] | None = None
        self._answer = server.get_app()

    def answer(self, environ: Any, start_response: Any) -> Any:
        """Answer a request, as WSGI has it, and note who reads what."""
        path = environ["PATH_INFO"]
        if not path.startswith(POLL):
            self.asked.add(self._file(path))
            return self._answer(environ, start_response)
        page = unquote(urlsplit(environ.get("HTTP_REFERER", "")).path)
        self.waiting[page] += 1
        try:
            return self._answer(environ, start_response)
        finally:
            self.waiting[page] -= 1
            self.left[page] = time.monotonic()

    def pages(self) -> set[str]:
        """The URLs, from the site's root, of the pages that are open."""
        since = time.monotonic() - LOADING
        waiting = [page for page, number in list(self.waiting.items()) if number]  # others change it meanwhile
        just_left = [page for page, left in list(self.left.items()) if left > since]
        return {self._file(path).removesuffix("index.html") for path in (*waiting, *just_left)}

    def _file(self, path: str) -> str:
        file = path.removeprefix(self.server.mount_path)
        return f"{file}index.html" if path.endswith("/") else file

    def begin(self) -> None:
        """A build begins; nobody is let in."""
        self.asked.clear()
        self.given = None

    def let_in(self) -> None:
        """Have the browsers load what is there now, while the build goes on."""
        with self.server._epoch_cond:
            self.server._visible_epoch = self.server._wanted_epoch
            self.server._epoch_cond.notify_all()

    def keep_out(self, site: Path) -> None:
        """Let nobody in who is not in yet, and note what those have who are."""
        with self.server._epoch_cond:
            if self.server._visible_epoch == self.server._wanted_epoch:
                self.server._wanted_epoch += 1
                self.given = {path: _read(site / path) for path in list(self.asked)}

    def settle(self, site: Path) -> None:
        """The build has ended: whoever was given what is there now need not load it again."""
        if self.given is not None and all(_read(site / path) == given for path, given in self.given.items()):
            self.server._wanted_epoch -= 1


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""

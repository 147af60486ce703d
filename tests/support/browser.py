"""The Chromium of the machine, driven by Playwright; a server for it. As a command, says whether there is one."""

import functools
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}

# Run before a page: `window.shifts` tells all that moved while nobody asked it to.
SHIFTS = """window.shifts = []
new PerformanceObserver(list => {
    const named = ({ node }) => node?.id || node?.className || node?.nodeName
    for (const each of list.getEntries()) window.shifts.push([each.value, ...each.sources.map(named)].join(" "))
}).observe({ type: "layout-shift", buffered: true })"""

WAIT = 15  # seconds, since several tests share a core

_running: list[Browser] = []


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, or Playwright's own; one for all who ask while it runs.

    Raises playwright's Error when there is neither.
    """
    if _running:
        yield _running[0]
        return
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        # The headless shell draws letters as Chromium's window does only with the last.
        arguments = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=slight"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        _running.append(browser)
        try:
            yield browser
        finally:
            _running.clear()
            browser.close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word; files whose name ends as `slow` says come after `delay` seconds."""

    slow = ""
    delay = 0.0

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.slow and urlsplit(self.path).path.endswith(self.slow):
            time.sleep(self.delay)
        super().do_GET()


@contextmanager
def serving(folder: Path, slow: str = "", delay: float = 0.0) -> Iterator[str]:
    """A folder as a host would serve it, at the address that is returned."""
    kind = type("Handler", (Quiet,), {"slow": slow, "delay": delay})
    handler = functools.partial(kind, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@dataclass
class Visit:
    """A page in the browser, and what was said and asked behind the reader's back."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", self._ask)
        self.page.on("response", self._answer)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def _ask(self, request: Request) -> None:
        self.asked.append(request.url)

    def _answer(self, response: Response) -> None:
        if response.status >= 400:
            self.refused.append(response.url)

    def assert_quiet(self, address: str) -> None:
        host = urlsplit(address).netloc
        assert self.asked
        assert [url for url in self.asked if urlsplit(url).scheme != "data" and urlsplit(url).netloc != host] == []
        assert self.refused == []
        assert self.said == []


def until(page: Page, expression: str, arg: object = None) -> None:
    """Wait until an expression is true. A page's policy lets Playwright's own wait look only once."""
    end = time.monotonic() + WAIT
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"waited in vain for {expression}"
        page.wait_for_timeout(50)


@contextmanager
def visiting(browser: Browser, **options: object) -> Iterator[Visit]:
    context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
    context.set_default_timeout(WAIT * 1_000)
    try:
        yield Visit(context.new_page())
    finally:
        context.close()


if __name__ == "__main__":
    try:
        with chromium() as browser:
            print(f"Chromium {browser.version}")
    except Exception as error:  # a missing browser, or a library that Playwright's own program lacks
        print(f"no Chromium: {(str(error) or repr(error)).splitlines()[0]}", file=sys.stderr)
        sys.exit(1)

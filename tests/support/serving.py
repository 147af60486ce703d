"""`mkdocs serve` as an editor runs it, for the tests."""

import contextlib
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .builds import start, text_of
from .forks import Process
from .html import parse_html


@dataclass
class Server:
    """`mkdocs serve`, as an editor runs it."""

    folder: Path
    address: str
    process: Process
    log: Path

    def get(self, path: str = "") -> tuple[int, str]:
        """The status and text of an answer; 0 and nothing while there is none."""
        try:
            with urllib.request.urlopen(f"{self.address}/{path}", timeout=10) as answer:
                return answer.status, answer.read().decode("utf-8", errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", errors="replace")
        except OSError:
            return 0, ""

    @contextlib.contextmanager
    def reading(self, page: str, mark: str, part: str = "") -> Iterator[Callable[[], None]]:
        """Have a page open, as a browser has; what is yielded waits until it, or a part of it, holds the mark."""

        def load() -> tuple[str, str]:
            text = self.get(page)[1]
            script = re.search(r"livereload\((\d+), (\d+)\);", text)
            assert script, f"{page} asks for no news"
            return f"{script[1]}/{script[2]}", self.get(part)[1] if part else text

        def read() -> None:
            number, text = load()
            loaded.set()
            while mark not in text:
                news = urllib.request.Request(f"{self.address}/livereload/{number}")
                news.add_header("Referer", f"{self.address}/{page}")
                urllib.request.urlopen(news, timeout=60).close()
                number, text = load()

        loaded = threading.Event()
        with ThreadPoolExecutor(1) as pool:
            reader = pool.submit(read)
            loaded.wait(10)
            time.sleep(0.1)  # it asks for news
            yield reader.result

    def mistakes(self, page: str = "") -> list[str]:
        """What the overlay of a page lists; it stands at the beginning."""
        before, end, _ = self.get(page)[1].rpartition("<!--/problems-->")
        root = parse_html(before + end)
        return [text_of(each) for each in root.iter() if each.get("class") == "xp-overlay__mistake"]

    def epoch(self, page: str = "") -> int:
        """Which state of the site a browser is given; told of a later one, it loads the page again."""
        script = re.search(r"livereload\((\d+),", self.get(page)[1])
        assert script, f"{page} asks for no news"
        return int(script[1])

    def rebuilds(self) -> int:
        """How often the site was built again and the browsers told."""
        return self.log.read_text(encoding="utf-8").count("Reloading browsers")

    @contextlib.contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Wait, after what is done inside, until the site has been built again."""
        before = self.rebuilds()
        yield
        self.wait(lambda: self.rebuilds() > before, "another build")

    def overlay(self, page: str = "") -> str | None:
        """The words of the problem overlay of a page; None while there is none, or no answer."""
        status, text = self.get(page)
        if status != 200:
            return None
        if not re.search("xp-problem|xp-overlay", text):
            return ""
        root = parse_html(text)
        shown = {"xp-problem", "xp-overlay"}
        found = [text_of(each) for each in root.iter() if shown & {*each.get("class", "").split()}]
        return " ".join(found)

    def settle(self) -> None:
        """Wait until nothing has been built for a while."""
        built = ""
        while built != (built := self.log.read_text(encoding="utf-8")):
            time.sleep(0.5)
        self.wait(lambda: self.log.read_text("utf-8").count("Detected file") == self.rebuilds(), "the last build")

    def wait(self, holds: Callable[[], bool], what: str, every: float = 0.1) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            assert self.process.poll() is None, f"the server has ended: {self.log.read_text(encoding='utf-8')}"
            if holds():
                return
            time.sleep(every)
        raise AssertionError(f"waited in vain for {what}: {self.log.read_text(encoding='utf-8')[-3000:]}")

    def shows(self, words: str, page: str = "") -> None:
        self.wait(lambda: words in (self.overlay(page) or ""), f"{words!r} on {page or 'the first page'}")

    def is_well(self, page: str = "") -> None:
        self.wait(lambda: self.overlay(page) == "", f"a page without problems at {page or '/'}")


@contextlib.contextmanager
def serving(folder: Path, own_code: bool = True) -> Iterator[Server]:
    """Serve a project; without `own_code` where nothing in macros/ is edited meanwhile."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = start(folder, "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}", own_code=own_code)
    try:
        yield Server(folder, f"http://127.0.0.1:{port}", process, process.err)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

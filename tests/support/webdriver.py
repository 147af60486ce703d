"""Browsers other than Chromium: Debian's Firefox and WebKitGTK, driven by what they bring themselves.

Both take the commands of the W3C's WebDriver: WebKit's driver by HTTP, Firefox at a port of its own (Marionette),
for no registry has geckodriver. Playwright would need its own builds, which it downloads from another host.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

SECONDS = 30  # for a browser to start, or a page to load, on a busy machine
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c"}

# Each command by its name in Marionette, with its path in WebDriver.
PATHS = {
    "Navigate": "url",
    "ExecuteScript": "execute/sync",
    "PerformActions": "actions",
    "SetWindowRect": "window/rect",
    "Print": "print",
}
Send = Callable[[str, dict[str, Any]], Any]


class Driven:
    """A browser with one tab. `send` sends a command of PATHS with its parameters, and returns its value."""

    def __init__(self, send: Send) -> None:
        self.send = send

    def open(self, address: str) -> None:
        self.send("Navigate", {"url": address})

    def run(self, script: str, *values: Any) -> Any:
        """Return the value of an expression; `arguments` are its values."""
        return self.send("ExecuteScript", {"script": f"return {script}", "args": list(values)})

    def wait(self, script: str, *values: Any) -> Any:
        """Return the value of an expression as soon as it is true."""
        until = time.monotonic() + SECONDS
        while not (value := self.run(script, *values)):
            assert time.monotonic() < until, f"never true: {script} {values}"
            time.sleep(0.05)
        return value

    def press(self, keys: str) -> None:
        """Press a key of KEYS, or one key for each letter."""
        pressed = [KEYS[keys]] if keys in KEYS else keys
        actions = [{"type": kind, "value": key} for key in pressed for kind in ("keyDown", "keyUp")]
        self.send("PerformActions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def point(self, selector: str, *, click: bool = False) -> None:
        """Move the mouse onto an element that a selector finds, once it stands still in sight."""
        self.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)
        rect = "(({x, y, width, height}) => [x + width / 2, y + height / 2])(arguments[0].getClientRects()[0])"
        middle = rect.replace("arguments[0]", "document.querySelector(arguments[0])")
        place = self.run(middle, selector)
        while (now := self.run(middle, selector)) != place:
            place = now
        x, y = map(round, place)
        moved = [{"type": "pointerMove", "x": x + away, "y": y, "duration": 50} for away in (3, 0)]
        pressed = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}] if click else []
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self.send("PerformActions", {"actions": [{**mouse, "actions": [*moved, *pressed]}]})

    def resize(self, width: int, height: int) -> None:
        self.send("SetWindowRect", {"width": width, "height": height})

    def print(self) -> bytes:
        """Return the page as PDF."""
        return base64.b64decode(self.send("Print", {"printBackground": True}))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _connect(port: int) -> socket.socket:
    until = time.monotonic() + SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=SECONDS * 2)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _start(stack: ExitStack, command: list[str], **environment: str) -> None:
    process = subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    stack.callback(process.wait, 10)
    stack.callback(process.terminate)


@contextmanager
def firefox() -> Iterator[Driven]:
    port = free_port()
    with ExitStack() as stack:
        profile = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        settings = f'user_pref("marionette.port", {port});\nuser_pref("ui.prefersReducedMotion", 1);\n'
        Path(profile, "user.js").write_text(settings, encoding="utf-8")
        _start(
            stack, ["firefox-esr", "--marionette", "--headless", "--no-remote", "--profile", profile], HOME=profile
        )
        answers = stack.enter_context(_connect(port).makefile("rwb"))

        def receive() -> Any:
            size = b""
            while (digit := answers.read(1)) != b":":
                size += digit
            return json.loads(answers.read(int(size)))

        def call(command: str, parameters: dict[str, Any]) -> Any:
            message = json.dumps([0, 1, command, parameters]).encode()
            answers.write(b"%d:%s" % (len(message), message))
            answers.flush()
            _, _, error, result = receive()
            assert not error, f"{command}: {error}"
            return result.get("value") if isinstance(result, dict) else result

        receive()
        call("WebDriver:NewSession", {})
        stack.callback(call, "Marionette:Quit", {"flags": ["eForceQuit"]})
        yield Driven(lambda command, parameters: call(f"WebDriver:{command}", parameters))


@contextmanager
def webkit() -> Iterator[Driven]:
    port = free_port()
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        settings = Path(home, ".config", "gtk-3.0", "settings.ini")
        settings.parent.mkdir(parents=True)
        settings.write_text("[Settings]\ngtk-enable-animations=false\n", encoding="utf-8")  # reduced motion
        reader, writer = os.pipe()
        screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
            pass_fds=[writer],
            stderr=subprocess.DEVNULL,
        )
        stack.callback(screen.terminate)
        os.close(writer)
        display = f":{os.fdopen(reader).readline().strip()}"
        plain = {"LIBGL_ALWAYS_SOFTWARE": "1", "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}  # there is no graphics card
        _start(stack, ["WebKitWebDriver", f"--port={port}"], DISPLAY=display, HOME=home, **plain)
        _connect(port).close()
        root = f"http://127.0.0.1:{port}/session"

        def post(address: str, parameters: dict[str, Any]) -> Any:
            request = Request(address, json.dumps(parameters).encode(), {"Content-Type": "application/json"})
            with urlopen(request, timeout=SECONDS * 2) as answer:
                return json.load(answer)["value"]

        name = post(root, {"capabilities": {}})["sessionId"]
        stack.callback(lambda: urlopen(Request(f"{root}/{name}", method="DELETE"), timeout=SECONDS).close())
        yield Driven(lambda command, parameters: post(f"{root}/{name}/{PATHS[command]}", parameters))


BROWSERS = {
    "Firefox": (firefox, ["firefox-esr"]),
    "WebKit": (webkit, ["WebKitWebDriver", "Xvfb"]),
}


def missing_programs(name: str) -> list[str]:
    """Return the programs that a browser of BROWSERS needs, and the machine has not."""
    return [program for program in BROWSERS[name][1] if not shutil.which(program)]

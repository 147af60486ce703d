"""The Chromium of the machine, driven by Playwright. As a command, says whether there is one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, or Playwright's own. Raises playwright's Error when there is neither."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


if __name__ == "__main__":
    try:
        with chromium() as browser:
            print(f"Chromium {browser.version}")
    except Exception as error:  # a missing browser, or a library that Playwright's own program lacks
        print(f"no Chromium: {(str(error) or repr(error)).splitlines()[0]}", file=sys.stderr)
        sys.exit(1)

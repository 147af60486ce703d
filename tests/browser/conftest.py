"""What tests in the browser share: Chromium, and the built site. No other test waits for Playwright's import."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from ..support.browser import chromium, serving
from ..support.builds import PROJECT, built


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the built site is served."""
    with serving(built(PROJECT).site) as host:
        yield host

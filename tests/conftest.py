"""What tests share: the small library, a browser, and the built site."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser

from macros.evidence.article import Article
from macros.records.kinds import KINDS

from .support.browser import chromium, serving
from .support.builds import PROJECT, built
from .support.forks import start_forking
from .support.library import FILES, GAZETTE, POST, TEXTS, Small

# The same examples on every machine, however slow: a failure belongs to the change, not to the day.
hypothesis.settings.register_profile("project", deadline=None, derandomize=True)
hypothesis.settings.load_profile("project")

# Where there is room, what the tests write stays in memory: copies of a project take a sixth of the time.
MEMORY = Path("/dev/shm")
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 4 * 1024**3:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_configure(config: pytest.Config) -> None:
    """Start the process that forks for all workers, if there are any."""
    if config.getoption("numprocesses", None):
        start_forking()


def pytest_collection_finish() -> None:
    """Spare the collector of garbage the modules and tests, which last until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def empty(tmp_path: Path) -> Small:
    """A library of empty files, with the two texts beside it."""
    small = Small(tmp_path)
    small.data.mkdir()
    small.texts.mkdir()
    for name, text in TEXTS.items():
        (small.texts / name).write_text(text, encoding="utf-8")
    return small.write({kind.file: "[]\n" for kind in KINDS.values()})


@pytest.fixture
def small(empty: Small) -> Small:
    """The small library: good, and complete."""
    return empty.write(FILES)


@pytest.fixture(scope="session")
def post() -> Article:
    return Article("post", POST)


@pytest.fixture(scope="session")
def gazette() -> Article:
    return Article("gazette", GAZETTE)


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

"""What tests share: the small library and its articles, and the order in which they run."""

import gc
import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

from macros.evidence.article import Article

from .support.forks import start_forking
from .support.library import FILES, GAZETTE, POST, Small

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Deal what is marked as long to the beginnings of the workers' shares: none begins when all else has ended.

    A module that is marked as a whole stays together, because its tests share what takes long to start.
    """
    cards: dict[object, list[pytest.Item]] = {}
    short = []
    for item in items:
        module = item.getparent(pytest.Module)
        if not item.get_closest_marker("long"):
            short.append(item)
        elif module and any(mark.name == "long" for mark in module.own_markers):
            cards.setdefault(module, []).append(item)
        else:
            cards[item] = [item]
    dealt = [*cards.values()]
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 1))
    left, items[:] = len(items), []
    for worker in range(workers):
        first = [item for card in dealt[worker::workers] for item in card]
        share = left // (workers - worker)  # xdist gives each as many, in their order
        rest = max(share - len(first), 0)
        items += [*first, *short[:rest]]
        short, left = short[rest:], left - share
    items += short


def pytest_collection_finish() -> None:
    """Spare the collector of garbage the modules and tests, which last until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def empty(tmp_path: Path) -> Small:
    """A library of empty files, with the two texts beside it."""
    return Small(tmp_path).make({})


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """The small library: good, and complete."""
    return Small(tmp_path).make(FILES)


@pytest.fixture(scope="session")
def post() -> Article:
    return Article("post", POST)


@pytest.fixture(scope="session")
def gazette() -> Article:
    return Article("gazette", GAZETTE)

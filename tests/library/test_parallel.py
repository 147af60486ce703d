"""Work that is shared among the cores of a machine."""

import os
import threading
from collections.abc import Iterator

import pytest

from macros.library.parallel import in_parallel


@pytest.fixture(autouse=True)
def three_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have three cores and no other thread, though a browser may have left some here."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1, 2})
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def test_each_core_gets_a_part_of_the_items() -> None:
    assert [*in_parallel(list, range(10), 2)] == [[0, 3, 6, 9], [1, 4, 7], [2, 5, 8]]
    assert [*in_parallel(list, range(5), 2)] == [[0, 2, 4], [1, 3]]


def test_nothing_is_shared_where_that_makes_no_two_parts() -> None:
    assert [*in_parallel(list, range(3), 2)] == []


def test_nothing_is_shared_beside_other_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert [*in_parallel(list, range(10), 2)] == []


def test_work_knows_what_was_read_and_changes_nothing_here() -> None:
    read = ["a text"]

    def work(part: Iterator[int]) -> list[str]:
        read.append("another")
        return [*read, *map(str, part)]

    assert [*in_parallel(work, range(4), 2)] == [["a text", "another", "0", "2"], ["a text", "another", "1", "3"]]
    assert read == ["a text"]


def test_a_part_of_which_the_work_fails_is_left_out() -> None:
    def fail(part: Iterator[int]) -> list[float]:
        return [1 / each for each in part]

    def end(part: Iterator[int]) -> list[int]:
        return [os._exit(1) if each == 1 else each for each in part]

    assert [*in_parallel(fail, range(4), 2)] == [[1.0, 1 / 3]]
    assert [*in_parallel(end, range(4), 2)] == [[0, 2]]


def test_much_is_handed_over_at_once() -> None:
    assert [*map(len, in_parallel(lambda part: "x" * 10**7 * len([*part]), range(2), 1))] == [10**7, 10**7]

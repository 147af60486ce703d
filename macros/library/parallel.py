"""Work that is shared among the cores of a machine, by processes that are forked and so know all that was read.

On two cores a build of 1,000 records takes 3.3 s in place of 4.1 s, of 5,000 records 12.5 s in place of 16 s.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Iterator[Item]], Result]


def in_parallel(work: Work[Item, Result], items: Sequence[Item], fewest: int) -> Iterator[Result]:
    """Yield what `work` returns for each part of the items: one part for each core, of at least `fewest` items.

    Nothing where that makes less than two parts, where other threads run, which forks would lack, or on systems
    other than Linux; nor for a part of which the work fails. It changes nothing in this process.
    """
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" and threading.active_count() == 1 else 1
    parts = min(cores, len(items) // fewest)
    context, started = get_context("fork"), []
    for number in range(parts) if parts > 1 else ():
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(work, items[number::parts], sender), daemon=True)
        process.start()
        sender.close()
        started.append((process, receiver))
    for process, receiver in started:
        with suppress(EOFError):
            yield receiver.recv()
        process.join()


def _send(work: Work[Item, Result], part: Sequence[Item], sender: Connection) -> None:
    """Send the result of the work, if it does not fail; take up no more once the process that waits has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interruption is that of the whole build
    parent = os.getppid()
    with suppress(Exception):
        sender.send(work(each for each in part if os.getppid() == parent))

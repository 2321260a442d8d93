"""Work on the threads on which Polars computes.

A thread of our own that asks Polars for a step sleeps while another one takes it, and is woken: with thousands of
steps that is a tenth of the time. Work that runs on the threads of Polars takes its steps itself, and of large steps
idle threads take a part.
"""

from collections.abc import Callable, Iterable
from itertools import takewhile
from threading import Barrier, BrokenBarrierError, Lock
from typing import TypeVar

import polars as pl

One = TypeVar("One")
Other = TypeVar("Other")
# Python's own part of the work is done by one thread at a time: more threads than these gain nothing.
MOST = 4
# Seconds in which all threads must have begun.
PATIENCE = 1.0


def mapped(function: Callable[[One], Other], things: Iterable[One]) -> list[Other]:
    """What a function gives for each of some things, in their order; several at a time.

    Raises what the function raises.

    >>> mapped(str, [1, 2])
    ['1', '2']
    """
    listed = list(things)
    left = iter(range(len(listed)))
    done: dict[int, Other] = {}
    errors: list[BaseException] = []
    threads = max(1, min(MOST, pl.thread_pool_size(), len(listed)))
    begun, alone = Barrier(threads), Lock()

    def work(frame: pl.DataFrame) -> pl.DataFrame:
        if together(begun) or alone.acquire(blocking=False):
            try:
                for n in takewhile(lambda _: not errors, left):
                    done[n] = function(listed[n])
            except BaseException as error:
                errors.append(error)
        return frame

    pl.collect_all([pl.LazyFrame({"n": [n]}).map_batches(work) for n in range(threads)], engine="in-memory")
    if errors:
        raise errors[0]
    return [done[n] for n in range(len(listed))]


def together(begun: Barrier) -> bool:
    """Waits until all threads have begun, and tells whether they have.

    A thread that waits for a part of a step takes other work meanwhile: work that has not begun would run inside of
    it, and wait for a lock that it holds. So who comes late does nothing.
    """
    try:
        begun.wait(PATIENCE)
    except BrokenBarrierError:
        return False
    return True

"""Work handed to a pool of threads, and its results handed back in the order it was given."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Done = TypeVar("Done")


def map_ordered(
    function: Callable[[Task], Done], tasks: Iterable[Task], jobs: int
) -> Iterator[Done]:
    """``function`` of each task, worked on by ``jobs`` threads, yielded in order.

    At most a few tasks a thread are under way at once, so that memory does not grow with their
    number; closing the iterator waits for those being worked on and drops the rest.
    """
    coming = iter(tasks)
    waiting: deque[Future[Done]] = deque()
    pool = ThreadPoolExecutor(jobs)

    def hand_out() -> None:
        for task in coming:
            waiting.append(pool.submit(function, task))
            return

    try:
        for _ in range(3 * jobs):
            hand_out()
        while waiting:
            done = waiting.popleft().result()
            hand_out()
            yield done
    finally:
        pool.shutdown(cancel_futures=True)

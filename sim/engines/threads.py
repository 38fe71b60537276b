"""A map over a pool of threads that keeps order and bounds the work in progress."""

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
    """Apply ``function`` to each task with ``jobs`` threads and yield the results in order.

    At most three tasks a thread are in progress, so that memory does not grow with their number.
    Closing the iterator waits for the running tasks and cancels the others.
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

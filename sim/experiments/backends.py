"""Backends that run the tasks of a study: threads of this process, or a Dask cluster.

The bytes of a task do not depend on the backend, and only this process writes them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Protocol

from sim.engines.threads import map_ordered
from sim.errors import MissingExtra, RunFailed, UsageError
from sim.experiments.simulate import processors
from sim.formatting import plural
from sim.jit import sources_digest

EXTRA = "cluster"

# Tasks submitted for each worker: enough to keep it busy, few enough to keep memory constant.
AHEAD = 3

# Seconds to wait for a scheduler.
PATIENCE = 10
ADDRESS = re.compile(r"(?:(?:tcp|tls|ucx|wss?)://)?(?:[\w.-]+|\[[\da-fA-F:.]+\]):(\d{1,5})")

Notify = Callable[[str], None]


class Runner(Protocol):
    """Runs the tasks of a study. A runner and its tasks can be pickled; a task is not a tuple."""

    def play(self, task: Any) -> bytes:
        """The Parquet file of the task's runs."""


Backend = Callable[[Runner, Iterable[Any]], Generator[bytes, None, None]]
"""Runs tasks and yields the bytes of each, in order."""


def threads(jobs: int | None = None) -> Backend:
    """Run tasks in threads of this process, by default one a processor."""

    def play(runner: Runner, tasks: Iterable[Any]) -> Generator[bytes, None, None]:
        yield from map_ordered(runner.play, tasks, jobs or processors())

    return play


@contextmanager
def backend(
    name: str, jobs: int | None = None, scheduler: str | None = None, notify: Notify | None = None
) -> Iterator[Backend]:
    """The backend ``name``, for the duration of the block; ``notify`` gets progress messages.

    Raises :class:`sim.errors.MissingExtra` if Dask is not installed,
    :class:`sim.errors.UsageError` for a wrong address, and :class:`sim.errors.RunFailed` for a
    scheduler that does not answer.
    """
    if name == "threads":
        if scheduler:
            raise UsageError(
                "--scheduler needs the Dask backend", "add --backend dask, or leave it out"
            )
        yield threads(jobs)
        return
    if scheduler is not None:
        _check_address(scheduler)
    with _client(jobs, scheduler, notify or (lambda _: None)) as client:
        yield on_cluster(client)


def _check_address(text: str) -> None:
    found = ADDRESS.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= 65535:
        raise UsageError(
            f"--scheduler: '{text[:60]}' is not the address of a scheduler",
            "write tcp://HOST:PORT with a port from 1 to 65535, such as tcp://127.0.0.1:8786",
        )


def on_cluster(client: Any) -> Backend:
    """Run tasks on the workers of a Dask ``client``; the tasks of a lost worker are run again."""
    _check_same_rules(client)

    def play(runner: Runner, tasks: Iterable[Any]) -> Generator[bytes, None, None]:
        # The runner is itself a task of the cluster, so that a worker that joins later gets it too.
        there = client.submit(_identity, runner, pure=False)
        coming = iter(tasks)
        waiting = deque(
            _submit(client, there, islice(coming, AHEAD * max(1, len(client.ncores()))))
        )
        while waiting:
            done = _result(waiting.popleft())
            waiting.extend(_submit(client, there, islice(coming, 1)))
            yield done

    return play


def _identity(runner: Runner) -> Runner:
    return runner


def _result(future: Any) -> bytes:
    from distributed import CancelledError, KilledWorker

    try:
        return bytes(future.result())
    except (CancelledError, KilledWorker) as error:
        remedy = "see its logs, and repeat the command to continue"
        raise RunFailed(f"the cluster gave up on a part: {error}", remedy) from error


def _submit(client: Any, runner: Any, tasks: Iterable[Any]) -> list[Any]:
    return [client.submit(_play, runner, task, pure=False) for task in tasks]


def _play(runner: Runner, task: Any) -> bytes:
    return runner.play(task)


def _check_same_rules(client: Any) -> None:
    own = sources_digest()
    others = [worker for worker, rules in client.run(sources_digest).items() if rules != own]
    if others:
        raise RunFailed(
            f"other rules, or another numba or numpy, at {', '.join(others)}",
            "install the same thinline, from the same lock, on every worker",
        )


@contextmanager
def _client(jobs: int | None, scheduler: str | None, notify: Notify) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise MissingExtra(EXTRA, "the Dask backend") from None
    if scheduler:
        with _connected(scheduler, notify) as client:
            yield client
        return
    workers = jobs or processors()
    notify(f"Starting {plural(workers, 'Dask worker')}.")
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=40
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _connected(scheduler: str, notify: Notify) -> Any:
    """A client of a running scheduler that has at least one worker."""
    from distributed import Client

    notify(f"Waiting for the Dask scheduler at {scheduler}, for up to {PATIENCE} s.")
    try:
        client = Client(scheduler, timeout=PATIENCE)
    except OSError as error:
        raise RunFailed(
            f"no Dask scheduler answers at {scheduler}",
            "start one there with: dask scheduler; or check the host, the port and the firewall",
        ) from error
    if not client.scheduler_info()["workers"]:
        notify(f"It has no workers yet; waiting for one: start it with dask worker {scheduler}")
        client.wait_for_workers(1)
    return client

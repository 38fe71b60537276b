"""Who plays the parts of a sweep: threads of this process, or the workers of a Dask cluster.

Whoever it is, a part's bytes are the same, and this process alone writes them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sim.errors import MissingExtra, RunFailed, UsageError
from sim.experiments.simulate import processors
from sim.experiments.sweep.plan import Part, Plan
from sim.experiments.sweep.run import Backend, PartRunner, threads
from sim.jit import sources_digest
from sim.text import plural

EXTRA = "cluster"

# Parts handed out for each worker at a time, so that none is idle and memory stays flat.
AHEAD = 3

# Seconds after which a scheduler that does not answer is taken to be none.
PATIENCE = 10
ADDRESS = re.compile(r"(?:(?:tcp|tls|ucx|wss?)://)?(?:[\w.-]+|\[[\da-fA-F:.]+\]):(\d{1,5})")

Tell = Callable[[str], None]


@contextmanager
def backend(
    name: str, jobs: int | None = None, scheduler: str | None = None, tell: Tell | None = None
) -> Iterator[Backend]:
    """The backend ``name``, for as long as the block lasts; ``tell`` hears what is waited for.

    Raises :class:`sim.errors.MissingExtra` where Dask is not installed,
    :class:`sim.errors.UsageError` for what is no address, and :class:`sim.errors.RunFailed` for a
    scheduler that does not answer.
    """
    if name == "threads":
        if scheduler:
            raise UsageError("--scheduler is Dask's", "add --backend dask, or leave it out")
        yield threads(jobs)
        return
    if scheduler is not None:
        _check_address(scheduler)
    with _client(jobs, scheduler, tell or _silent) as client:
        yield on_cluster(client)


def _silent(text: str) -> None:
    """Nobody listens."""


def _check_address(text: str) -> None:
    found = ADDRESS.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= 65535:
        raise UsageError(
            f"--scheduler: '{text[:60]}' is not the address of a scheduler",
            "write tcp://HOST:PORT with a port from 1 to 65535, such as tcp://127.0.0.1:8786",
        )


def on_cluster(client: Any) -> Backend:
    """Parts played by the workers of a Dask ``client``; what a lost worker had is played anew."""
    _refuse_other_rules(client)

    def play(plan: Plan, parts: Iterable[Part]) -> Generator[bytes, None, None]:
        # The player is itself a result of the cluster: a worker that comes late, or in the place
        # of a lost one, gets it as it gets any other.
        player = client.submit(PartRunner, plan, pure=False)
        coming = iter(parts)
        waiting = deque(_handed_out(client, player, islice(coming, _ahead(client))))
        while waiting:
            done = _result(waiting.popleft())
            waiting.extend(_handed_out(client, player, islice(coming, 1)))
            yield done

    return play


def _result(future: Any) -> bytes:
    from distributed import CancelledError, KilledWorker

    try:
        return bytes(future.result())
    except (CancelledError, KilledWorker) as error:
        remedy = "see its logs, and go on with the same command"
        raise RunFailed(f"the cluster gave up on a part: {error}", remedy) from error


def _handed_out(client: Any, player: Any, parts: Iterable[Part]) -> list[Any]:
    return [client.submit(_play, player, tuple(part), pure=False) for part in parts]


def _play(player: PartRunner, part: tuple[Any, ...]) -> bytes:
    return player.play(Part(*part))


def _ahead(client: Any) -> int:
    return AHEAD * max(1, len(client.ncores()))


def _refuse_other_rules(client: Any) -> None:
    own = sources_digest()
    others = [who for who, rules in client.run(sources_digest).items() if rules != own]
    if others:
        raise RunFailed(
            f"other rules, or another numba or numpy, at {', '.join(others)}",
            "install the same thinline, from the same lock, on every worker",
        )


@contextmanager
def _client(jobs: int | None, scheduler: str | None, tell: Tell) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise MissingExtra(EXTRA, "the Dask backend") from None
    if scheduler:
        with _connected(scheduler, tell) as client:
            yield client
        return
    workers = jobs or processors()
    tell(f"Starting {plural(workers, 'Dask worker')}.")
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=40
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _connected(scheduler: str, tell: Tell) -> Any:
    """A client of a running scheduler that has a worker."""
    from distributed import Client

    tell(f"Waiting for the Dask scheduler at {scheduler}, for up to {PATIENCE} s.")
    try:
        client = Client(scheduler, timeout=PATIENCE)
    except OSError as error:
        raise RunFailed(
            f"no Dask scheduler answers at {scheduler}",
            "start one there with: dask scheduler; or check the host, the port and the firewall",
        ) from error
    if not client.scheduler_info()["workers"]:
        tell(f"It has no workers yet; waiting for one: start it with dask worker {scheduler}")
        client.wait_for_workers(1)
    return client

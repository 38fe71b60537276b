"""A cluster gives the bytes that threads give, whatever becomes of its workers."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest

import sim
from sim.errors import MissingExtra, RunFailed, UsageError
from sim.experiments.backends import backend, on_cluster, threads
from tests.sweeps import contents, failing, plan

# What Dask itself warns of on its way out is not ours.
pytestmark = pytest.mark.filterwarnings("ignore")

SIX = plan(replications=200)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    sim.sweep(SIX, folder, threads(1))
    return contents(folder)


def cluster(**how: Any) -> Any:
    from distributed import LocalCluster

    quiet = {"dashboard_address": None, "silence_logs": 50, "threads_per_worker": 1}
    return LocalCluster(**quiet, **how)


@pytest.fixture(scope="module")
def client() -> Any:
    from distributed import Client

    with cluster(n_workers=2, processes=False) as workers, Client(workers) as client:
        yield client


def test_the_same_bytes(client, whole, tmp_path):
    sim.sweep(SIX, tmp_path, on_cluster(client))
    assert contents(tmp_path) == whole


@pytest.mark.parametrize("study", ["sensitivity", "discover", "robustness"])
def test_studies_of_many_points_are_the_same(client, study, tmp_path):
    options = {
        "sensitivity": {"levers": "setting.clarity", "runs": 50},
        "discover": {"levers": "setting.clarity", "points": 100, "replications": 2},
        "robustness": {"grid": {"setting.clarity": [0, 1]}, "runs": 20},
    }[study]
    scenario = sim.load("no_force")
    found = [
        getattr(sim, study)(scenario, folder=tmp_path / name, backend=chosen, **options).to_dict()
        for name, chosen in (("cluster", on_cluster(client)), ("threads", threads(1)))
    ]
    assert found[0] == found[1]
    assert contents(tmp_path / "cluster") == contents(tmp_path / "threads")


def test_points_that_fail_fail_alike(client, tmp_path):
    for folder, played in (("cluster", on_cluster(client)), ("threads", threads(1))):
        sim.sweep(failing(), tmp_path / folder, played)
    assert contents(tmp_path / "cluster") == contents(tmp_path / "threads")


def test_a_running_scheduler_may_be_named(client, whole, tmp_path):
    with (
        cluster(n_workers=1, processes=False, protocol="tcp") as workers,
        backend("dask", scheduler=workers.scheduler_address) as played,
    ):
        sim.sweep(SIX, tmp_path, played)
    assert contents(tmp_path) == whole


@pytest.mark.deep
@pytest.mark.skipif(os.name != "posix", reason="a process is killed as POSIX has it")
def test_what_a_lost_worker_had_is_played_anew(whole, tmp_path):
    from distributed import Client

    with cluster(n_workers=2) as workers, Client(workers) as client:
        inner = on_cluster(client)

        def losing(runner, parts):
            for number, data in enumerate(inner(runner, parts)):
                if number == 1:
                    os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
                yield data

        sim.sweep(SIX, tmp_path, losing)
    assert contents(tmp_path) == whole


def test_workers_with_other_rules_are_refused(client, monkeypatch):
    monkeypatch.setattr(client, "run", lambda ask: {"tcp://there": "other"})
    with pytest.raises(RunFailed, match=r"other rules.* at tcp://there"):
        on_cluster(client)


def test_the_extra_is_named_where_dask_is_missing(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(MissingExtra) as missing, backend("dask"):
        pass
    assert missing.value.extra == "cluster"


def test_threads_have_no_scheduler():
    with (
        pytest.raises(UsageError, match="needs the Dask backend"),
        backend("threads", scheduler="tcp://a:1"),
    ):
        pass


@pytest.mark.parametrize(
    "text", ["", "foo", "tcp://", "tcp://host", "tcp://host:0", "tcp://host:99999", "a b:1", "x:y"]
)
def test_what_is_no_address_is_refused_at_once(text, monkeypatch):
    monkeypatch.setattr("distributed.Client", None)
    match = "not the address of a scheduler"
    with pytest.raises(UsageError, match=match) as refused, backend("dask", scheduler=text):
        pass
    assert "tcp://HOST:PORT" in refused.value.remedy


def test_a_scheduler_that_does_not_answer_is_waited_for_aloud(monkeypatch):
    monkeypatch.setattr("sim.experiments.backends.PATIENCE", 1)
    told: list[str] = []
    with (
        pytest.raises(RunFailed, match="no Dask scheduler answers at") as refused,
        backend("dask", scheduler="tcp://127.0.0.1:9", notify=told.append),
    ):
        pass
    assert told == ["Waiting for the Dask scheduler at tcp://127.0.0.1:9, for up to 1 s."]
    assert "dask scheduler" in refused.value.remedy


def test_a_scheduler_without_workers_is_waited_for_aloud_too(whole, tmp_path):
    told: list[str] = []

    with cluster(n_workers=0, processes=False, protocol="tcp") as workers:

        def hire(text: str) -> None:
            told.append(text)
            workers.scale(int("no workers yet" in text))

        with backend("dask", scheduler=workers.scheduler_address, notify=hire) as played:
            sim.sweep(SIX, tmp_path, played)
    assert "no workers yet" in told[-1]
    assert contents(tmp_path) == whole

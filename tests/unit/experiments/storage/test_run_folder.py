"""What a run leaves behind, also where it goes wrong half-way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from pyarrow.parquet import read_table

import sim
from sim.enums import Outcome, War
from sim.errors import ThinlineWarning
from sim.experiments.simulate import simulate
from sim.experiments.storage.files import (
    CannotStore,
    FolderOccupied,
    json_bytes,
    replacing,
    write_durably,
)
from sim.experiments.storage.folder_state import FolderState, folder_state
from sim.experiments.storage.lock import LOCK, FolderLocked
from sim.experiments.storage.parquet import GROUP, RecordsFile
from sim.experiments.storage.run_folder import RunFolder, RunRequest, new_folder, versions
from sim.experiments.sweep.folder import open_sweep_folder
from tests.sweeps import plan
from tests.unit.experiments.storage.test_files import next_descriptor

RECORD = np.dtype([("replication", "i8"), ("force", "f8"), ("war", "i1"), ("outcome", "i1")])


@pytest.fixture(scope="module")
def asked() -> RunRequest:
    scenario = sim.load("no_force", {"setting.clarity": 0.5})
    return RunRequest(scenario, runs=10, seed=3, engine="ensemble")


def block(first: int, length: int) -> np.ndarray:
    records = np.zeros(length, RECORD)
    records["replication"] = np.arange(first, first + length)
    records["force"] = records["replication"] / 7
    records["war"] = records["replication"] % len(War)
    records["outcome"] = records["replication"] % len(Outcome)
    return records


class TestReplacing:
    def test_a_file_appears_whole(self, tmp_path):
        path = tmp_path / "a.txt"
        with replacing(path) as part:
            part.write_text("whole")
            assert not path.exists()
        assert path.read_text() == "whole"
        assert list(tmp_path.iterdir()) == [path]

    @pytest.mark.skipif(os.name != "posix", reason="a symbolic link needs a privilege on Windows")
    def test_a_link_under_the_temporary_name_is_not_followed(self, tmp_path):
        (tmp_path / "thesis.txt").write_text("mine")
        (tmp_path / ".a.txt.part").symlink_to("thesis.txt")
        with replacing(tmp_path / "a.txt") as part:
            part.write_text("whole")
        assert (tmp_path / "thesis.txt").read_text() == "mine"
        assert (tmp_path / "a.txt").read_text() == "whole"

    def test_a_failure_leaves_the_old_file_and_nothing_else(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_text("old")
        with pytest.raises(ValueError, match="half-way"), replacing(path) as part:
            part.write_text("ne")
            raise ValueError("half-way")
        assert path.read_text() == "old"
        assert list(tmp_path.iterdir()) == [path]

    @pytest.mark.parametrize("call", ["touch", "write_bytes"])
    def test_an_interrupt_right_after_a_step_leaves_nothing(self, tmp_path, monkeypatch, call):
        step = getattr(Path, call)

        def interrupted(path, *given, **named):
            step(path, *given, **named)
            raise KeyboardInterrupt

        monkeypatch.setattr(Path, call, interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_durably(tmp_path / "a.txt", b"whole")
        assert not list(tmp_path.iterdir())

    def test_json_has_no_number_that_json_lacks(self):
        with pytest.raises(ValueError, match="JSON"):
            json_bytes({"mean": float("nan")})


class TestRecordsFile:
    @pytest.mark.parametrize("lengths", [[1], [512, 512, 3], [GROUP], [GROUP - 1, 2, GROUP]])
    def test_rows_in_order_however_they_come(self, tmp_path, lengths):
        file = RecordsFile(tmp_path / "runs.parquet")
        starts = np.cumsum([0, *lengths])
        for first, length in zip(starts, lengths, strict=False):
            file.add(block(int(first), length))
        assert file.close() == sum(lengths)
        table = read_table(tmp_path / "runs.parquet")
        assert table["replication"].to_pylist() == list(range(sum(lengths)))
        np.testing.assert_array_equal(table["force"].to_numpy(), block(0, sum(lengths))["force"])

    def test_words_for_codes(self, tmp_path):
        file = RecordsFile(tmp_path / "runs.parquet")
        file.add(block(0, len(Outcome)))
        file.close()
        table = read_table(tmp_path / "runs.parquet")
        assert table["outcome"].to_pylist() == Outcome.words()
        assert table["war"].to_pylist()[: len(War)] == War.words()

    def test_it_has_its_name_only_when_closed(self, tmp_path):
        file = RecordsFile(tmp_path / "runs.parquet")
        file.add(block(0, GROUP))
        assert not file.path.exists()
        file.close()
        assert [path.name for path in tmp_path.iterdir()] == ["runs.parquet"]

    def test_closed_twice_it_counts_the_same(self, tmp_path):
        file = RecordsFile(tmp_path / "runs.parquet")
        file.add(block(0, 5))
        assert file.close() == file.close() == 5

    def test_without_rows_there_is_no_file(self, tmp_path):
        assert RecordsFile(tmp_path / "runs.parquet").close() == 0
        assert not list(tmp_path.iterdir())

    def test_discarded_it_leaves_nothing(self, tmp_path):
        before, file = next_descriptor(), RecordsFile(tmp_path / "runs.parquet")
        file.add(block(0, GROUP))
        assert next_descriptor() > before
        file.add(block(GROUP, 1))
        file.discard()
        assert not list(tmp_path.iterdir())
        assert next_descriptor() == before
        assert file.close() == 0

    def test_discarded_when_the_disk_is_full_it_leaves_nothing(self, tmp_path):
        file = RecordsFile(tmp_path / "runs.parquet")
        file.add(block(0, GROUP))
        with room_for(0):
            file.discard()
        assert not list(tmp_path.iterdir())


@contextmanager
def room_for(size):
    """No file may grow beyond ``size`` bytes in the block, as on a full disk."""
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def incompressible(first: int) -> np.ndarray:
    records = block(first, GROUP)
    records["force"] = np.random.default_rng(first).random(GROUP)
    return records


class TestFullDisk:
    @pytest.mark.parametrize("size", [0, 1, 1000, 50_000, 200_000])
    def test_nothing_is_left_of_records_without_room(self, tmp_path, size):
        file = RecordsFile(tmp_path / "runs.parquet")
        with room_for(size), pytest.raises(OSError, match="too large"):
            for k in range(3):
                file.add(incompressible(k * GROUP))
            file.close()
        assert not list(tmp_path.iterdir())
        assert file.close() == 0
        assert not list(tmp_path.iterdir())

    def test_a_run_says_so_and_can_be_repeated(self, tmp_path, asked):
        folder = tmp_path / "kept"
        with (
            room_for(50_000),
            pytest.raises(CannotStore, match=r"cannot write .*runs\.parquet"),
            RunFolder(folder, asked) as store,
        ):
            store.add(incompressible(0))
        assert not folder.exists()
        with RunFolder(folder, asked) as store:
            store.add(incompressible(0))
            store.finish(sim.simulate(asked.scenario, runs=10))
        assert read_table(folder / "runs.parquet").num_rows == GROUP

    def test_a_manifest_without_room_leaves_no_folder_that_blocks(self, tmp_path, asked):
        folder = tmp_path / "kept"
        with (
            room_for(30_000),
            pytest.raises(CannotStore, match=r"cannot write .*manifest\.json"),
            RunFolder(folder, asked) as store,
        ):
            store.add(block(0, 5))
            store.finish(sim.simulate(asked.scenario, runs=5))
        assert not folder.exists()


class TestInterrupted:
    def interrupt(self, folder, asked):
        with pytest.raises(KeyboardInterrupt), RunFolder(folder, asked) as store:
            store.add(block(0, 4))
            raise KeyboardInterrupt

    def test_its_results_say_how_much_is_there(self, tmp_path, asked):
        with pytest.raises(KeyboardInterrupt), RunFolder(tmp_path, asked) as store:
            store.add(sim.simulate(asked.scenario, runs=4, seed=asked.seed).records)
            raise KeyboardInterrupt
        with pytest.warns(ThinlineWarning, match="holds an interrupted run: 4 of 10 runs"):
            assert sim.load_results(tmp_path).runs == 4

    def test_the_same_run_is_repeated_without_force(self, tmp_path, asked):
        self.interrupt(tmp_path, asked)
        assert folder_state(tmp_path) is FolderState.INTERRUPTED_RUN
        with RunFolder(tmp_path, asked) as store:
            store.add(block(0, 10))
            store.finish(sim.simulate(asked.scenario, runs=10))
        assert read_table(tmp_path / "runs.parquet").num_rows == 10

    def test_another_run_is_not(self, tmp_path, asked):
        self.interrupt(tmp_path, asked)
        before = (tmp_path / "runs.parquet").read_bytes()
        other = RunRequest(asked.scenario, runs=10, seed=4, engine="ensemble")
        with pytest.raises(FolderOccupied, match="another run, which was interrupted") as refused:
            RunFolder(tmp_path, other).__enter__()
        assert "--force" in refused.value.remedy
        assert (tmp_path / "runs.parquet").read_bytes() == before


A_RUN = '{"engine": "ensemble", "resolved": {}, "files": ["runs.parquet"]}'


class TestStore:
    def test_finished_it_has_its_records_and_their_summary(self, tmp_path, asked):
        results = simulate(asked.scenario, asked.runs, asked.seed)
        with RunFolder(tmp_path / "mine", asked) as store:
            store.add(results.records)
            store.finish(results)
        assert json.loads((tmp_path / "mine" / "summary.json").read_bytes()) == results.to_dict()
        for name in ("summary.json", "manifest.json"):
            text = (tmp_path / "mine" / name).read_text("utf-8")
            assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
        assert sim.load_results(tmp_path / "mine").to_dict() == results.to_dict()

    def test_its_seconds_are_those_since_the_request(self, tmp_path, asked):
        results = simulate(asked.scenario, asked.runs, asked.seed)
        clocks = {"wall_seconds": time.perf_counter, "cpu_seconds": time.process_time}
        before = {name: clock() for name, clock in clocks.items()}
        with RunFolder(tmp_path, asked) as store:
            store.add(results.records)
            store.finish(results)
        manifest = json.loads((tmp_path / "manifest.json").read_bytes())
        for name, clock in clocks.items():
            assert 0 <= manifest[name] < clock() - before[name] + 0.001

    def test_stopped_half_way_it_keeps_what_was_finished(self, tmp_path, asked):
        with pytest.raises(KeyboardInterrupt), RunFolder(tmp_path, asked) as store:
            store.add(block(0, 4))
            assert store.done == 0
            raise KeyboardInterrupt
        manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
        assert manifest["complete"] is False
        assert manifest["runs"] == {"asked": 10, "done": 4}
        assert list(manifest["files"]) == ["runs.parquet"]
        assert read_table(tmp_path / "runs.parquet").num_rows == store.done == 4

    def test_with_nothing_finished_its_folder_goes(self, tmp_path, asked):
        folder = tmp_path / "kept"
        with pytest.raises(KeyboardInterrupt), RunFolder(folder, asked):
            raise KeyboardInterrupt
        assert not folder.exists()

    def test_it_never_removes_what_it_did_not_write(self, tmp_path, asked):
        with pytest.raises(KeyboardInterrupt), RunFolder(tmp_path, asked):
            (tmp_path / "thesis.txt").write_text("mine")
            raise KeyboardInterrupt
        assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]

    def test_a_write_that_fails_leaves_no_file(self, tmp_path, monkeypatch):
        def fail(path: Path, data: bytes) -> None:
            path.write_text("half")
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "write_bytes", fail)
        with pytest.raises(CannotStore, match="No space left") as caught:
            write_durably(tmp_path / "report.html", b"whole")
        assert "report.html" in caught.value.message
        assert "free some space there" in caught.value.remedy
        assert not list(tmp_path.iterdir())


class Noon(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz=None):
        return cls(2026, 5, 1, 12, tzinfo=tz)


class TestFolders:
    def test_new_ones_say_when_and_which_scenario_and_differ(self, tmp_path, asked, monkeypatch):
        monkeypatch.setattr("sim.experiments.storage.run_folder.datetime", Noon)
        folders = [new_folder(asked.scenario, tmp_path) for _ in range(3)]
        first = tmp_path / "no_force" / f"20260501T120000Z-{asked.scenario.digest[:6]}"
        assert folders == [first, Path(f"{first}-2"), Path(f"{first}-3")]
        assert all(folder.is_dir() for folder in folders)

    def test_a_chosen_one_is_made_with_its_parents(self, tmp_path, asked):
        with RunFolder(tmp_path / "a" / "b", asked) as store:
            assert store.folder.is_dir()

    def test_an_empty_one_is_taken_and_so_is_one_with_the_lock_of_the_dead(self, tmp_path, asked):
        (tmp_path / LOCK).touch()
        with RunFolder(tmp_path, asked) as store:
            assert store.folder == tmp_path
        assert not list(tmp_path.iterdir())

    def test_a_full_one_is_refused(self, tmp_path, asked):
        (tmp_path / "manifest.json").write_text(A_RUN)
        with pytest.raises(CannotStore, match="holds the results of a run") as refused:
            RunFolder(tmp_path, asked).__enter__()
        assert "--force" in refused.value.remedy
        assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]

    def test_force_clears_results_alone(self, tmp_path, asked):
        for name in ("manifest.json", "runs.parquet", "thesis.txt"):
            (tmp_path / name).write_text(A_RUN)
        with RunFolder(tmp_path, asked, force=True):
            pass
        assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


class TestAlone:
    """One process at a time in a folder, a run or a sweep."""

    @pytest.mark.parametrize("force", [False, True])
    def test_a_second_run_is_told_who_is_at_work(self, tmp_path, asked, force):
        with RunFolder(tmp_path, asked) as store:
            store.add(block(0, 4))
            with pytest.raises(FolderLocked, match=f"process {os.getpid()} on ") as refused:
                RunFolder(tmp_path, asked, force).__enter__()
            store.finish(sim.simulate(asked.scenario, runs=4))
        assert refused.value.remedy
        assert read_table(tmp_path / "runs.parquet").num_rows == 4

    @pytest.mark.parametrize("force", [False, True])
    def test_nor_may_a_sweep_come_into_a_run(self, tmp_path, asked, force):
        with RunFolder(tmp_path, asked), pytest.raises(FolderLocked):
            sim.sweep(plan(replications=2), tmp_path, force=force)
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize("force", [False, True])
    def test_nor_a_run_into_a_sweep(self, tmp_path, asked, force):
        with open_sweep_folder(tmp_path, plan(replications=2)), pytest.raises(FolderLocked):
            RunFolder(tmp_path, asked, force).__enter__()
        assert sim.sweep(plan(replications=2), tmp_path).done

    def test_a_killed_run_holds_nothing(self, tmp_path):
        command = ["no_force", "--runs", "200000", "--no-report", "--out", str(tmp_path)]
        code = "import sys; from sim.cli.main import main; main(['run', *sys.argv[1:]])"
        with subprocess.Popen([sys.executable, "-c", code, *command]) as other:
            while not (tmp_path / ".runs.parquet.part").exists():
                assert other.poll() is None
                time.sleep(0.01)
            with pytest.raises(FolderLocked, match=f"process {other.pid} on "):
                sim.sweep(plan(replications=2), tmp_path)
            other.kill()
        assert (tmp_path / LOCK).exists()
        with pytest.raises(CannotStore, match="an unfinished run"):
            sim.sweep(plan(replications=2), tmp_path)


def test_versions_are_those_of_what_is_imported():
    import numba

    found = versions()
    assert found["numpy"] == np.__version__
    assert found["numba"] == numba.__version__
    assert found["thinline"] == sim.__version__

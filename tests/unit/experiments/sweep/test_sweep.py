"""A sweep gives the same bytes however it is played, and loses nothing when it is stopped."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys

import numpy as np
import pytest

import sim
from sim.analysis.compare_sweeps import compare_sweeps
from sim.enums import Outcome
from sim.errors import ThinlineWarning, UsageError
from sim.experiments.backends import threads
from sim.experiments.simulate import simulate
from sim.experiments.storage import files, lock
from sim.experiments.storage.files import CannotStore, DamagedResults
from sim.experiments.storage.lock import LOCK, FolderLocked, folder_lock
from sim.experiments.sweep.folder import SweepFolder
from sim.experiments.sweep.paired import min_max
from sim.experiments.sweep.parts import PointTally, rounds
from sim.experiments.sweep.plan import PASS
from sim.experiments.sweep.results import SweepResults
from sim.experiments.sweep.run import PartRunner
from sim.experiments.sweep.summary import (
    describe_shortfall,
    precision_shortfall,
    shortfall_remedy,
    shortfall_to_dict,
)
from sim.results import Results
from tests.sweeps import THRESHOLD, contents, failing, part_file, plan

REACH = THRESHOLD.replace("threshold", "reach")
SIX = plan()


@pytest.fixture(scope="module", params=[{}, {"until_ci": 0.2}])
def longer(request, tmp_path_factory):
    """A rule, and the contents of a sweep of 130 runs a point under it."""
    folder = tmp_path_factory.mktemp("longer")
    sim.sweep(plan(replications=130, **request.param), folder)
    return request.param, contents(folder)


class Stop(Exception):
    pass


def stop(*_):
    raise Stop


def stopped_after(parts):
    """A backend that gives so many parts, round after round, and then no more."""
    left = iter(range(parts))

    def play(runner, coming):
        for data in threads(1)(runner, coming):
            if next(left, None) is None:
                raise Stop
            yield data

    return play


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    return sim.sweep(SIX, folder, threads(1))


class TestWhatIsThere:
    def test_a_row_a_run_at_every_point(self, whole):
        frame = whole.to_frame()
        assert len(frame) == 6 * 60 == whole.runs
        assert (frame.groupby("point")["replication"].nunique() == 60).all()
        assert set(frame["states.poland.pledge"]) == {"none", "ground"}
        assert set(frame["outcome"]) <= set(Outcome.words())
        assert (frame["seed"] == 7).all()
        assert (frame["scenario"] == "tiny").all()
        assert frame["error"].isna().all()

    @pytest.mark.parametrize("point", [0, 3, 5])
    def test_a_point_is_what_a_run_of_it_gives(self, whole, point):
        alone = simulate(whole.scenario_at(point), runs=60, seed=7)
        row = whole.points().iloc[point]
        for name in ("war", "failure", "escalation"):
            assert (row[name], row[f"{name}_low"]) == alone.measures[name][:2]
        for outcome in Outcome:
            assert row[outcome.word] == alone.outcomes[outcome].value
        mine = whole.to_frame().query("point == @point").sort_values("replication")
        assert mine["peak_tension"].tolist() == alone.to_frame()["peak_tension"].tolist()

    @pytest.mark.parametrize("point", [0, 3])
    def test_means_of_a_point_are_those_of_a_run_of_it(self, whole, point):
        row = whole.points(["strikes", "peak_tension"]).iloc[point]
        alone = simulate(whole.scenario_at(point), runs=60, seed=7)
        for name in ("strikes", "peak_tension"):
            found = [row[name], row[f"{name}_low"], row[f"{name}_high"]]
            assert found == pytest.approx(list(alone.measures[name]))

    def test_a_word_has_no_mean(self, whole):
        with pytest.raises(UsageError, match="'strike' has no mean") as raised:
            whole.points(["strike"])
        assert "did you mean 'strikes'?" in raised.value.remedy

    def test_passes_go_round_all_points(self, whole):
        first = [file for file in whole.files if file.name < "part-00006"]
        assert len(first) == 6
        assert len(whole.files) == 12
        assert (whole.to_frame(["point", "replication"])["replication"][: 6 * PASS] < PASS).all()

    def test_columns_may_be_chosen(self, whole):
        assert list(whole.to_frame(["setting.clarity", "war"])) == ["setting.clarity", "war"]

    def test_other_tools_open_it_as_one_data_set(self, whole):
        from pyarrow import dataset

        opened = dataset.dataset(whole.folder / "parts")
        assert opened.count_rows() == 360
        assert len({str(file.physical_schema) for file in opened.get_fragments()}) == 1
        table = opened.to_table(columns=["setting.clarity", "outcome"])
        assert table.num_rows == 360

    def test_the_manifest_says_how_it_was_made(self, whole):
        said = json.loads((whole.folder / "manifest.json").read_text("utf-8"))
        assert (said["kind"], said["done"], said["runs"]) == ("sweep", True, 360)
        assert said["points"] == SIX.design.to_lists()
        assert said["digest"] == SIX.digest
        assert said["resolved"] == SIX.scenario.to_dict()
        assert "numpy" in said["versions"]


class TestTheSameBytes:
    def test_on_two_threads(self, whole, tmp_path):
        sim.sweep(SIX, tmp_path, threads(2))
        assert contents(tmp_path) == contents(whole.folder)

    @pytest.mark.parametrize("parts", [0, 1, 7, 11])
    def test_after_a_stop(self, whole, tmp_path, parts):
        with pytest.raises(Stop):
            sim.sweep(SIX, tmp_path, stopped_after(parts))
        assert len(contents(tmp_path)) == parts
        half = sim.load_sweep(tmp_path)
        assert not half.done
        assert half.runs <= whole.runs
        sim.sweep(SIX, tmp_path, threads(2))
        assert contents(tmp_path) == contents(whole.folder)

    def test_what_is_finished_is_not_played_again(self, whole):
        def idle(sweep, coming):
            assert list(coming) == []
            yield from ()

        before = contents(whole.folder)
        assert sim.sweep(SIX, whole.folder, idle).runs == whole.runs
        assert contents(whole.folder) == before

    def test_what_was_half_written_is_cleared(self, whole, tmp_path):
        with pytest.raises(Stop):
            sim.sweep(SIX, tmp_path, stopped_after(3))
        half = tmp_path / "parts" / ".part-00003.parquet.part"
        half.write_bytes(b"PAR1 and no more")
        sim.sweep(SIX, tmp_path, threads(1))
        assert not half.exists()
        assert contents(tmp_path) == contents(whole.folder)

    def test_played_anew_from_its_own_folder(self, whole, tmp_path):
        sim.sweep(sim.load_sweep(whole.folder).plan, tmp_path, threads(1))
        assert contents(tmp_path) == contents(whole.folder)

    @pytest.mark.parametrize("before", [40, 50, 60, 120])
    def test_with_more_runs_it_goes_on_with_what_is_there(self, tmp_path, before, longer):
        rule, at_once = longer
        sim.sweep(plan(replications=before, **rule), tmp_path)
        grown = sim.sweep(plan(replications=130, **rule), tmp_path)
        assert contents(tmp_path) == at_once
        assert sim.load_sweep(grown.folder).plan.replications == 130

    def test_stopped_while_it_takes_up_a_shorter_one_there_is_a_whole_sweep(
        self, whole, tmp_path, monkeypatch
    ):
        sim.sweep(SIX, tmp_path)
        with monkeypatch.context() as patched:
            patched.setattr(SweepFolder, "claim", stop)
            with pytest.raises(Stop):
                sim.sweep(plan(replications=70), tmp_path)
        half = sim.load_sweep(tmp_path)
        assert (half.done, half.runs, half.plan.replications) == (False, 300, 60)
        sim.sweep(SIX, tmp_path)
        assert contents(tmp_path) == contents(whole.folder)

    def test_progress_counts_what_was_there_too(self, whole):
        told = []
        sim.sweep(SIX, whole.folder, progress=lambda *now: told.append(now))
        assert told[-1] == (360, 360)
        assert sorted(told) == told


class TestFolders:
    def test_another_sweep_is_refused_and_force_replaces_it(self, tmp_path):
        sim.sweep(plan(replications=2), tmp_path)
        with pytest.raises(
            CannotStore, match=r"another sweep: seed \(7 there, 8 in this command"
        ) as refused:
            sim.sweep(plan(replications=2, seed=8), tmp_path)
        assert "--force" in refused.value.remedy
        assert sim.sweep(plan(replications=2, seed=8), tmp_path, force=True).runs == 12

    def test_what_is_other_about_it_is_said(self, tmp_path):
        sim.sweep(plan(replications=2), tmp_path)
        changed = plan("setting.backstop=0.9", replications=2, over={"setting.clarity": [0, 1]})
        with pytest.raises(CannotStore, match="another sweep") as refused:
            sim.sweep(changed, tmp_path)
        assert re.search(
            r"setting\.backstop \(.* there, 0\.9 in this command\)", refused.value.message
        )
        assert "6 points of setting.clarity, states.poland.pledge there" in refused.value.message

    def test_other_rules_are_another_sweep(self, tmp_path, monkeypatch):
        sim.sweep(plan(replications=2), tmp_path)
        monkeypatch.setattr("sim.experiments.sweep.plan.sources_digest", lambda: "other")
        with pytest.raises(CannotStore, match="other rules"):
            sim.sweep(plan(replications=2), tmp_path)

    @pytest.mark.parametrize("force", [True, False])
    def test_what_is_not_a_sweep_is_never_touched(self, tmp_path, force):
        (tmp_path / "thesis.txt").write_text("mine")
        with pytest.raises(CannotStore, match="holds other files"):
            sim.sweep(SIX, tmp_path, force=force)
        assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]

    def test_fewer_runs_are_refused(self, tmp_path):
        sim.sweep(plan(replications=3), tmp_path)
        with pytest.raises(
            CannotStore, match=r"replications \(3 there, 2 in this command"
        ) as refused:
            sim.sweep(plan(replications=2), tmp_path)
        assert refused.value.remedy.startswith("a sweep can continue with more --replications")

    def test_killed_before_anything_was_played_it_begins_again(self, tmp_path, whole):
        (tmp_path / ".manifest.json.part").write_text("{")
        (tmp_path / LOCK).write_text("{}")
        sim.sweep(SIX, tmp_path)
        assert contents(tmp_path) == contents(whole.folder)
        assert not list(tmp_path.glob(".*.part"))

    def test_what_is_watched_may_change_where_nothing_hangs_on_it(self, tmp_path):
        sim.sweep(plan(replications=2), tmp_path)
        assert sim.sweep(plan(replications=2, watch="general_war"), tmp_path).done
        with pytest.raises(CannotStore):
            sim.sweep(plan(replications=2, until_ci=0.5), tmp_path)

    def test_a_damaged_part_is_named(self, whole, tmp_path):
        sim.sweep(SIX, tmp_path)
        part = part_file(tmp_path, 4)
        part.write_bytes(part.read_bytes()[:-9])
        with pytest.raises(DamagedResults, match=rf"{part.name} is damaged.*11 of the") as refused:
            sim.sweep(SIX, tmp_path)
        assert "remove it" in refused.value.remedy
        part.unlink()
        sim.sweep(SIX, tmp_path)
        assert contents(tmp_path) == contents(whole.folder)

    def test_a_part_of_another_sweep_is_not_taken_for_its_own(self, tmp_path):
        one = sim.sweep(plan(replications=2), tmp_path / "one")
        other = sim.sweep(plan("setting.backstop=0.9", replications=2), tmp_path / "other")
        part_file(one.folder, 4).unlink()
        theirs = part_file(other.folder, 4)
        (one.folder / "parts" / theirs.name).write_bytes(theirs.read_bytes())
        for use in (sim.load_sweep, lambda folder: sim.sweep(one.plan, folder)):
            with pytest.raises(DamagedResults, match=f"{theirs.name} is damaged: it is not the"):
                use(one.folder)

    def test_a_part_under_another_number_is_not_counted_twice(self, tmp_path):
        found = sim.sweep(plan(replications=2), tmp_path)
        part = part_file(tmp_path, 4)
        copy = part.with_name(part.name.replace("00004", "00017"))
        copy.write_bytes(part.read_bytes())
        with pytest.raises(DamagedResults, match="has part 17, which is none of the sweep's"):
            sim.load_sweep(tmp_path)
        copy.rename(part.with_name(part.name.replace("00004-", "00004-0")))
        with pytest.raises(DamagedResults, match="is no part of this study"):
            sim.sweep(found.plan, tmp_path)

    def test_a_missing_part_of_a_finished_sweep_is_missed_and_made_again(self, whole, tmp_path):
        sim.sweep(SIX, tmp_path)
        part_file(tmp_path, 4).unlink()
        with pytest.raises(DamagedResults, match="lacks part 4; the other 11 parts") as refused:
            sim.load_sweep(tmp_path)
        assert refused.value.remedy.startswith("repeat the command")
        sim.sweep(SIX, tmp_path)
        assert contents(tmp_path) == contents(whole.folder)

    def test_an_altered_table_of_points_is_named_and_prevents_nothing(self, whole, tmp_path):
        sim.sweep(SIX, tmp_path)
        with (tmp_path / "points.parquet").open("ab") as stream:
            stream.write(b" ")
        with pytest.warns(ThinlineWarning, match=r"points\.parquet was altered"):
            found = sim.load_sweep(tmp_path)
        assert found.points().equals(whole.points())

    @pytest.mark.skipif(os.name != "posix", reason="a symbolic link needs a privilege on Windows")
    @pytest.mark.parametrize("force", [False, True])
    def test_a_link_in_place_of_its_parts_is_not_followed(self, tmp_path, force):
        one, other = (sim.sweep(plan(replications=2), tmp_path / name) for name in "ab")
        before = contents(other.folder)
        shutil.rmtree(one.folder / "parts")
        (one.folder / "parts").symlink_to(other.folder / "parts", target_is_directory=True)
        with pytest.raises(CannotStore, match="in place of parts"):
            sim.sweep(plan(replications=2), one.folder, force=force)
        with pytest.raises(UsageError, match="in place of parts"):
            sim.load_sweep(one.folder)
        assert contents(other.folder) == before

    def test_a_part_damaged_since_is_named_by_whatever_reads_it(self, tmp_path):
        found = sim.sweep(SIX, tmp_path)
        part = part_file(tmp_path, 4)
        part.write_bytes(part.read_bytes()[:-9])
        readers = (found.to_frame, lambda: min_max(found), lambda: compare_sweeps(found, found))
        for read in readers:
            with pytest.raises(DamagedResults, match=f"{part.name} is damaged"):
                read()

    def test_a_full_disk_ends_it_and_loses_nothing(self, whole, tmp_path, monkeypatch):
        written = files.write_durably

        def full(path, data):
            if path.name.startswith("part-00005-"):
                raise OSError(28, "No space left on device")
            written(path, data)

        monkeypatch.setattr("sim.experiments.storage.part_files.write_durably", full)
        with pytest.raises(CannotStore, match="No space left"):
            sim.sweep(SIX, tmp_path)
        assert len(contents(tmp_path)) == 5
        monkeypatch.undo()
        sim.sweep(SIX, tmp_path)
        assert contents(tmp_path) == contents(whole.folder)


class TestLock:
    def test_a_second_one_is_told_who_is_at_work(self, tmp_path):
        with (
            folder_lock(tmp_path),
            pytest.raises(FolderLocked, match=f"process {os.getpid()} on ") as refused,
        ):
            sim.sweep(SIX, tmp_path)
        assert refused.value.remedy

    def test_another_process_too(self, tmp_path):
        hold = "import sys; from pathlib import Path"
        hold += "\nfrom sim.experiments.storage.lock import folder_lock"
        hold += "\nwith folder_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
        with subprocess.Popen(
            [sys.executable, "-c", hold, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            with pytest.raises(FolderLocked, match=f"process {other.pid} on"):
                sim.sweep(plan(replications=2), tmp_path)
            other.kill()
            other.wait()
        assert (tmp_path / LOCK).exists()
        assert sim.sweep(plan(replications=2), tmp_path).done, "a dead process holds nothing"
        assert not (tmp_path / LOCK).exists()

    def test_what_another_has_removed_meanwhile_is_taken_anew(self, tmp_path, monkeypatch):
        fcntl = pytest.importorskip("fcntl", reason="Windows does not remove an open file")
        flock, taken = fcntl.flock, []

        def while_it_goes(descriptor, operation):
            taken.append(descriptor)
            if len(taken) == 1:
                (tmp_path / LOCK).unlink()
            return flock(descriptor, operation)

        monkeypatch.setattr(fcntl, "flock", while_it_goes)
        with folder_lock(tmp_path):
            assert (tmp_path / LOCK).exists()
            with pytest.raises(FolderLocked), folder_lock(tmp_path):
                pass

    @pytest.mark.parametrize("error", lock.NO_LOCKS)
    def test_a_file_system_without_locks_keeps_no_results_out(self, tmp_path, monkeypatch, error):
        fcntl = pytest.importorskip("fcntl", reason="Windows has locks of its own")

        def refused(descriptor, operation):
            raise OSError(error, os.strerror(error))

        monkeypatch.setattr(fcntl, "flock", refused)
        with folder_lock(tmp_path):
            pass
        assert not list(tmp_path.iterdir())

    @pytest.mark.skipif(os.name != "posix", reason="names as POSIX has them")
    def test_a_file_with_a_second_name_is_not_written_to(self, tmp_path):
        (tmp_path / "thesis.txt").write_text("mine")
        os.link(tmp_path / "thesis.txt", tmp_path / LOCK)
        with folder_lock(tmp_path):
            pass
        assert (tmp_path / "thesis.txt").read_text() == "mine"

    @pytest.mark.skipif(os.name != "posix", reason="a symbolic link needs a privilege on Windows")
    def test_a_link_in_place_of_the_file_is_not_followed(self, tmp_path):
        (tmp_path / "thesis.txt").write_text("mine")
        (tmp_path / LOCK).symlink_to("thesis.txt")
        with (
            pytest.raises(CannotStore, match=re.escape(str(tmp_path / LOCK))),
            folder_lock(tmp_path),
        ):
            pass
        assert (tmp_path / "thesis.txt").read_text() == "mine"


class TestFailures:
    def test_a_point_that_cannot_be_set_is_a_row_that_says_why(self, tmp_path):
        found = sim.sweep(failing(), tmp_path, threads(2))
        assert found.failed == 2
        assert found.runs == 120
        rows = found.to_frame().query("error.notna()")
        assert rows["point"].tolist() == [2, 3, 2, 3]
        assert rows["error"].str.contains("would not be below the reach").all()
        assert rows["outcome"].isna().all()
        assert found.points()["war"].isna().tolist() == [False, False, True, True]

    def test_a_red_line_moved_with_both_ends_is_played_and_made_again(self, tmp_path):
        both = plan(over={THRESHOLD: [2.5], REACH: [3]}, replications=2)
        found = sim.sweep(both, tmp_path / "one")
        assert found.failed == 0
        ends = [found.scenario_at(0)[path].mean for path in (THRESHOLD, REACH)]
        assert ends == [2.5, 3]
        assert contents(sim.sweep(found.plan, tmp_path / "two").folder) == contents(
            tmp_path / "one"
        )

    def test_so_is_one_at_which_a_run_breaks_off(self, tmp_path, monkeypatch):
        records = PartRunner.records

        def breaking(self, point, first, count):
            if point == 4 and first:
                raise ZeroDivisionError("by nothing")
            return records(self, point, first, count)

        monkeypatch.setattr(PartRunner, "records", breaking)
        found = sim.sweep(SIX, tmp_path)
        assert found.tally.errors == {4: "the run broke off: ZeroDivisionError('by nothing')"}
        assert found.tally.runs.tolist() == [60, 60, 60, 60, PASS, 60]

    @pytest.mark.parametrize("until_ci", [None, 0.3])
    def test_a_run_that_broke_off_is_run_again(self, tmp_path, monkeypatch, until_ci):
        asked = plan(until_ci=until_ci)
        with monkeypatch.context() as broken:
            broken.setattr(PartRunner, "records", _broken)
            assert sim.sweep(asked, tmp_path / "once").failed
        again = sim.sweep(asked, tmp_path / "once")
        assert not again.failed
        sim.sweep(asked, tmp_path / "whole")
        assert contents(tmp_path / "once") == contents(tmp_path / "whole")

    def test_a_point_that_the_scenario_refuses_is_not_run_again(self, tmp_path):
        found = sim.sweep(failing(), tmp_path)
        before = contents(tmp_path)

        def none(plan, parts):
            assert list(parts) == []
            yield b""

        assert sim.sweep(failing(), tmp_path, none).tally.errors == found.tally.errors
        assert contents(tmp_path) == before


def _broken(self, point, first, count):
    raise EOFError("a damaged file of compiled code")


class TestUntilNarrow:
    RULE = plan(over={"states.russia.ambition": [0, 0.45, 0.9]}, replications=600, until_ci=0.16)

    def test_it_stops_where_the_interval_is_narrow_and_goes_on_elsewhere(self, tmp_path):
        found = sim.sweep(self.RULE, tmp_path, threads(2))
        widths = np.array([share.width for share in found.tally.estimates("war")])
        assert (widths < 0.16).all()
        runs = found.tally.runs
        assert len(set(runs.tolist())) > 1
        assert (runs % PASS == 0).all()

    def test_a_stopped_one_decides_alike(self, tmp_path):
        sim.sweep(self.RULE, tmp_path / "whole")
        with pytest.raises(Stop):
            sim.sweep(self.RULE, tmp_path / "stopped", stopped_after(3))
        sim.sweep(self.RULE, tmp_path / "stopped", threads(2))
        assert contents(tmp_path / "whole") == contents(tmp_path / "stopped")

    def test_what_was_not_reached_is_said_with_what_would_do(self, tmp_path):
        over = {"states.russia.ambition": [0, 0.45, 0.9]}
        found = sim.sweep(plan(over=over, replications=100, until_ci=0.12), tmp_path)
        widths = [share.width for share in found.tally.estimates("war")]
        lacking = precision_shortfall(found)
        assert lacking is not None
        assert lacking.points == sum(width >= 0.12 for width in widths) > 0
        assert lacking.width == max(widths)
        assert f"{lacking.points} of 3 points did not reach" in describe_shortfall(found, lacking)
        assert shortfall_remedy(lacking, "again with {}".format).endswith(
            f"again with {lacking.enough}"
        )
        more = plan(over=over, replications=lacking.enough, until_ci=0.12)
        assert precision_shortfall(sim.sweep(more, tmp_path)) is None

    def test_nothing_is_missed_where_nothing_was_asked(self, whole):
        assert precision_shortfall(whole) is None
        assert shortfall_to_dict(whole)["points_too_wide"] is None

    def test_the_cap_holds(self):
        last = list(rounds(plan(replications=70, until_ci=1e-6), PointTally(6)))[-1]
        assert {part.replications for part in last} == {20}


class TestLoading:
    def test_a_sweep(self, whole):
        found = sim.load_results(whole.folder)
        assert isinstance(found, SweepResults)
        assert found.done
        assert found.points().equals(whole.points())
        assert found.plan.digest == SIX.digest
        assert found.scenario_at(1).digest == whole.scenario_at(1).digest

    def test_a_run(self, ask, workplace):
        assert ask("run", "no_force", "--runs", 300, "--no-report", "--out", "kept").code == 0
        found, again = sim.load_results("kept"), simulate(sim.load("no_force"), runs=300)
        assert isinstance(found, Results)
        assert found.to_dict() == again.to_dict()
        assert found.to_frame().equals(again.to_frame())
        assert np.array_equal(found.endings, again.endings)
        assert found.participation is None
        with pytest.raises(UsageError, match="are not stored"):
            _ = found.red_lines

    def test_a_folder_without_results(self, tmp_path):
        with pytest.raises(UsageError, match="no results"):
            sim.load_results(tmp_path)

    def test_a_run_without_records(self, ask, workplace):
        ask("run", "no_force", "--runs", 20, "--no-report", "--no-records", "--out", "kept")
        with pytest.raises(UsageError, match=r"has no runs\.parquet"):
            sim.load_results("kept")
        with pytest.raises(UsageError, match="no sweep: kept holds"):
            sim.load_sweep("kept")

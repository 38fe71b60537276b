"""A sweep gives the same bytes however it is played, and loses nothing when it is stopped."""

from __future__ import annotations

import json

import numpy as np
import pytest

import sim
from sim.enums import Outcome
from sim.errors import UsageError
from sim.experiments.backends import threads
from sim.experiments.simulate import simulate
from sim.experiments.sweep.folder import SweepFolder
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
from sim.experiments.variants import fixed_at
from sim.results import Results
from tests.sweeps import SIX, THRESHOLD, contents, failing, plan

REACH = THRESHOLD.replace("threshold", "reach")


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

    def test_a_single_name_is_one_mean_or_column(self, whole):
        assert whole.points("strikes").equals(whole.points(["strikes"]))
        assert list(whole.to_frame("war")) == ["war"]

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
        begun = int((half.tally.runs > 0).sum())
        told = {0: "no point", 1: "the only one so far of 6 points", 6: "Over 6 points"}
        assert told.get(begun, f"Over {begun} of 6 points") in half.sentence
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

    def test_where_a_run_broke_off_the_other_points_keep_their_later_passes(
        self, tmp_path, monkeypatch
    ):
        records = PartRunner.records

        def breaking(self, point, first, count):
            if point == 0:
                raise EOFError("a damaged file of compiled code")
            return records(self, point, first, count)

        with monkeypatch.context() as broken:
            broken.setattr(PartRunner, "records", breaking)
            assert sim.sweep(self.RULE, tmp_path / "once").failed
        with pytest.raises(Stop):
            sim.sweep(self.RULE, tmp_path / "once", stopped_after(0))
        assert sim.load_sweep(tmp_path / "once").tally.runs[0] == 0
        sim.sweep(self.RULE, tmp_path / "once")
        sim.sweep(self.RULE, tmp_path / "whole")
        assert contents(tmp_path / "once") == contents(tmp_path / "whole")

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
    def test_an_event_is_the_same_one_where_another_was_removed(self, workplace):
        months = "\n".join(f"- {{month: {m}, set: {{setting.clarity: 0.4}}}}" for m in (3, 6, 9))
        text = f"scenario: own\nextends: no_force\nevents:\n{months}\n"
        (workplace / "own.yaml").write_text(text, "utf-8")
        own = sim.load("own.yaml", "events.1=null")
        plan = {"sweep": "months", "over": {"events.2.month": [4, 5]}, "replications": 2}
        swept = sim.sweep(plan | {"scenario": "own.yaml"}, "kept", overrides="events.1=null")
        for found in (swept, sim.load_sweep("kept")):
            assert [event.month for event in found.scenario_at(0).events] == [4, 9]
            assert found.scenario_at(1).digest == fixed_at(own, "events.2.month", 5).digest

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
        with pytest.raises(UsageError, match="does not hold who takes part"):
            found.plot(chart="participation")

    def test_a_folder_without_results(self, tmp_path):
        with pytest.raises(UsageError, match="no results"):
            sim.load_results(tmp_path)

    def test_a_run_without_records(self, ask, workplace):
        ask("run", "no_force", "--runs", 20, "--no-report", "--no-records", "--out", "kept")
        with pytest.raises(UsageError, match=r"has no runs\.parquet"):
            sim.load_results("kept")
        with pytest.raises(UsageError, match="no sweep: kept holds"):
            sim.load_sweep("kept")

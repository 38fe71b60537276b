"""Two sweeps are compared run by run, at each point where both have runs."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

import sim
from sim.analysis.compare_sweeps import ALIKE, compare_sweeps
from sim.errors import UsageError
from sim.experiments.backends import threads
from sim.experiments.simulate import simulate
from sim.experiments.sweep.parse import plan_from
from sim.experiments.sweep.summary import summary
from sim.report.compare_sweeps import write_sweep_comparison
from sim.report.sweep import write_sweep
from sim.statistics import paired_difference
from tests.sweeps import THRESHOLD, part_file, plan, rewrite_manifest

CHANGED = "states.russia.ambition=1"


def made(folder, *overrides, **said):
    return sim.sweep(plan(*overrides, **said), folder, threads(1))


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    one, other = (tmp_path_factory.mktemp(name) for name in ("one", "other"))
    made(one)
    made(other, CHANGED)
    return one, other


@pytest.fixture(scope="module")
def compared(folders):
    return compare_sweeps(*folders)


@pytest.mark.parametrize("point", range(6))
def test_a_point_is_two_runs_compared(compared, point):
    two = (compared.after, compared.before)
    now, was = (
        simulate(each.scenario_at(point), runs=60, seed=7).first["trigger"] > 0 for each in two
    )
    assert compared.pairs[point] == 60
    assert compared.differences[point] == pytest.approx(
        paired_difference(now, was, n_comparisons=6)
    )


@pytest.mark.parametrize("watch", ["war", "failure", "escalation", "renewed_offensive"])
def test_the_difference_is_that_of_the_shares(folders, watch):
    compared = compare_sweeps(folders[0], folders[1], watch=watch)
    shares = [np.array(each.points()[watch]) for each in (compared.after, compared.before)]
    found = [difference.value for difference in compared.differences]
    assert found == pytest.approx(shares[0] - shares[1])


def test_the_other_way_round_the_sign_turns(folders, compared):
    back = compare_sweeps(*reversed(folders))
    assert back.gained.tolist() == compared.lost.tolist()
    for there, here in zip(back.differences, compared.differences, strict=True):
        assert there.low == pytest.approx(-here.high)


def test_it_says_where_the_sign_is_clear(compared):
    up = sum(difference.low > 0 for difference in compared.differences)
    assert up > 0
    assert f"significantly more war at {up}" in compared.sentence
    assert "the largest significant difference is +" in compared.sentence
    document = compared.to_dict()
    assert document["schema_version"] == 1
    assert len(document["points"]) == 6
    assert document["points"][1]["values"] == {
        "setting.clarity": 0,
        "states.poland.pledge": "ground",
    }


def test_a_folder_is_not_compared_with_itself(folders, monkeypatch):
    monkeypatch.chdir(folders[0].parent)
    for again in (folders[0].name, sim.load_sweep(folders[0])):
        with pytest.raises(UsageError, match="is compared with itself") as refused:
            compare_sweeps(folders[0], again)
        assert refused.value.remedy == "name two different folders"


def test_with_an_equal_sweep_there_is_no_difference(folders, tmp_path):
    same = compare_sweeps(folders[0], shutil.copytree(folders[0], tmp_path / "copy"))
    assert same.gained.sum() == same.lost.sum() == 0
    assert "no significant difference at 6" in same.sentence


def test_only_runs_that_both_have_are_compared(tmp_path):
    rule = {"until_ci": 0.14, "replications": 300, "over": {"states.russia.ambition": [0, 0.9]}}
    one = made(tmp_path / "one", **rule)
    other = made(tmp_path / "other", "states.ukraine.capability=0.9", **rule)
    assert one.tally.runs.tolist() != other.tally.runs.tolist()
    fewer = np.minimum(one.tally.runs, other.tally.runs)
    assert compare_sweeps(one, other).pairs.tolist() == fewer.tolist()


def test_points_that_failed_have_no_difference(tmp_path):
    over = {THRESHOLD: [0, 3]}
    folders = [made(tmp_path / n, *c, over=over).folder for n, c in (("a", ()), ("b", (CHANGED,)))]
    compared = compare_sweeps(*folders)
    assert compared.pairs.tolist() == [60, 0]
    assert len(compared.to_dict()["points"]) == 1
    assert list(compared.along()[0][1]) == [(0.0,)]


def test_other_points_or_luck_are_refused(folders, tmp_path):
    made(tmp_path / "other", seed=8)
    with pytest.raises(
        UsageError, match=r"cannot be compared run by run: seed \(7 in .*, 8 in"
    ) as refused:
        compare_sweeps(folders[0], tmp_path / "other")
    assert "the same seed" in refused.value.remedy


def test_an_unknown_outcome(folders):
    with pytest.raises(UsageError, match="unknown outcome 'peac'"):
        compare_sweeps(folders[0], folders[1], watch="peac")


@pytest.mark.parametrize("axes", [None, ["setting.clarity"]])
def test_the_page_has_the_surface_or_the_line(compared, tmp_path, axes):
    text = write_sweep_comparison(compared, tmp_path / "page.html", axes).read_text("utf-8")
    assert compared.sentence.split(" has ", 1)[1].split(";")[0] in text
    assert ("Averaged over Poland: pledge" in text) is (axes is not None)


def test_it_says_which_is_which_and_what_differs(tmp_path):
    one = made(tmp_path / "as_it_is", replications=20)
    other = made(tmp_path / "changed", CHANGED, replications=20)
    compared = compare_sweeps(one, other)
    assert compared.sentence.startswith(
        "compared with as_it_is, changed has significantly more war at "
    )
    assert [each.path for each in compared.differing] == ["states.russia.ambition"]
    assert "in as_it_is, 1 in changed)" in compared.notes[0]
    assert compared.to_dict()["folders"] == [str(one.folder), str(other.folder)]
    page = write_sweep_comparison(compared, tmp_path / "page.html").read_text("utf-8")
    assert "as_it_is → changed" in page
    assert "They differ in states.russia.ambition" in page


def test_folders_of_the_same_name_are_told_apart_by_their_way(tmp_path):
    folders = [tmp_path / parent / "kept" for parent in "ab"]
    compared = compare_sweeps(*(made(folder, replications=20) for folder in folders))
    assert compared.names == tuple(map(str, folders))
    assert compared.notes == [ALIKE]


def test_of_an_unfinished_one_it_says_how_much_there_is(tmp_path):
    one, other = (made(tmp_path / name, replications=20) for name in ("whole", "half"))
    part_file(other.folder, 5).unlink()
    rewrite_manifest(other.folder, done=False)
    compared = compare_sweeps(one.folder, other.folder)
    assert compared.notes[-1] == (
        "half is unfinished: 100 of 120 runs at 5 of 6 points; both sweeps have 100 pairs of "
        "runs at 5 points"
    )
    assert compared.to_dict()["done"] == [True, False]


class TestOtherRules:
    OLDER = "0.0.9"

    @pytest.fixture
    def older(self, tmp_path, monkeypatch):
        """A sweep that another version has made, with what its manifest says of that."""
        with monkeypatch.context() as then:
            then.setattr("sim.experiments.sweep.plan.sources_digest", lambda: "0123456789abcdef")
            made(tmp_path / "older", replications=20)
        versions = json.loads((tmp_path / "older" / "manifest.json").read_text("utf-8"))["versions"]
        return rewrite_manifest(tmp_path / "older", versions={**versions, "thinline": self.OLDER})

    def test_they_are_said_and_what_is_stored_is_shown(self, older, tmp_path):
        newer = made(tmp_path / "newer", replications=20)
        compared = compare_sweeps(tmp_path / "older", newer)
        assert [each.path for each in compared.differing] == ["rules"]
        first, second = compared.notes
        assert first.startswith(f"the rules differ (thinline {self.OLDER} (")
        assert f" against thinline {sim.__version__} (rules " in first
        assert second == "scenario, points and random numbers are the same"
        page = write_sweep_comparison(compared, tmp_path / "page.html").read_text("utf-8")
        for shown in (older["digest"], newer.plan.digest, f"thinline {self.OLDER}, Python"):
            assert shown in page

    def test_of_a_sweep_alone_too(self, older, tmp_path):
        found = sim.load_sweep(tmp_path / "older")
        assert summary(found)["digest"] == older["digest"]
        page = write_sweep(found, tmp_path / "page.html").read_text("utf-8")
        assert older["digest"] in page
        assert f"thinline {self.OLDER}, Python" in page

    def test_by_the_same_older_rules_there_is_nothing_to_say(self, older, tmp_path):
        folders = [tmp_path / "older", tmp_path / "copy"]
        shutil.copytree(*folders)
        assert compare_sweeps(*folders).notes == [ALIKE]

    def test_they_are_said_beside_what_else_differs(self, older, tmp_path):
        other = made(tmp_path / "newer", CHANGED, replications=20)
        notes = compare_sweeps(tmp_path / "older", other).notes
        assert "the rules differ" in notes[0]
        assert "they differ in states.russia.ambition" in notes[1]


def test_a_place_that_is_one_point_has_the_interval_of_the_table(tmp_path):
    """Also in a one-at-a-time design, whose unchanged point is a place of each factor."""
    document = {
        "scenario": "no_force",
        "design": "one_at_a_time",
        "over": {"setting.clarity": [0, 1], "setting.sanctions": [0, 1]},
        "replications": 20,
    }
    sweeps = [
        sim.sweep(plan_from(document, changed), tmp_path / str(len(changed)), threads(1))
        for changed in ((), (CHANGED,))
    ]
    compared = compare_sweeps(sweeps[0], sweeps[1])
    shown = [each for _, places in compared.along() for each in places.values()]
    assert set(shown) <= set(compared.differences)

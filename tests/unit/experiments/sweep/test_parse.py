"""Sweeps as they are written: what is read, and everything that is wrong at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

import sim
from sim.cli.sweep_entries import sweep_entries
from sim.errors import ScenarioError, UsageError
from sim.experiments.sweep.parse import is_sweep_file, plan_from, read_sweep
from sim.experiments.sweep.plan import plan_from_dict

WHOLE = """\
sweep: withdrawal
scenario: backstop_withdrawn
over:
  setting.clarity: {from: 0, to: 1, steps: 3}
  states.germany.pledge: [monitoring, ground]
  setting.ceasefire: all
  events.1.month: 6:12:2
  events.1.set.setting.backstop: 0,0.2
  groups.baltic.resolve: [0.7]
exclude:
  - {setting.clarity: "> 0.8", states.germany.pledge: ground}
  - {setting.ceasefire: false}
replications: 20
seed: 5
until_ci: 0.1
watch: general_war
"""

WRONG = """\
sweep: Clear
scenari: x
scenario: backstop_withdrawn
design: gridd
over:
  setting.clarit: 0:1:3
  setting.backstop: 0:2:5
  states.germany.pledge: [ground, grond, 3]
  states.germny.resolve: 0,1
  states.germany.role: all
  setting.ceasefire: NO,true
  events.1.month: 6:90:2
  events.4.month: 6:12:2
  events.1.set.setting.clarity: 0:1:2
  states.germany.requires.others: 0:3:3
  months: 12
  setting: 1
  constants.precision: []
  setting.consent: 1:0:2
  setting.sanctions: {from: 0, till: 1}
exclude:
  - {setting.clarty: 0.5}
  - 3
replications: 2.5
seed: -1
watch: peace
"""

SAID = """\
1:8 'Clear' is not a name for a sweep
2:1 unknown key 'scenari' in a sweep | did you mean 'scenario'?
4:9 design: 'gridd' is not known | did you mean 'grid'?
6:3 unknown name 'clarit' in setting | did you mean 'clarity'?
7:23 setting.backstop: 2 is above 1
8:35 states.germany.pledge: 'grond' is not an allowed word | did you mean 'ground'?
8:42 states.germany.pledge: 3 is not an allowed word
9:3 unknown name 'germny' in states | did you mean 'germany'?
10:3 states.germany.role cannot be varied
11:22 setting.ceasefire: 'NO' is neither true nor false | write false
12:21 events.1.month: 90 is above 60
13:3 backstop_withdrawn has no event '4'
14:3 events.1.set.setting.clarity: this event does not set that
15:35 states.germany.requires.others: 3 steps from 0 to 3 are not whole
16:3 months cannot be varied
17:3 'setting' is a block, not one parameter
18:24 constants.precision: no values
19:20 setting.consent: the range from 1 to 0 does not ascend
20:22 setting.sanctions: no 'to'
20:32 setting.sanctions: unknown key 'till'
22:6 exclude: setting.clarty is not varied
23:5 exclude: 3 where conditions were expected
24:15 replications: 2.5 is not a whole number
25:7 seed: -1 is below 0
26:8 watch: 'peace' is not known
"""


@pytest.fixture
def file(workplace):
    def write(text):
        (workplace / "sweep.yaml").write_text(text, encoding="utf-8")
        return "./sweep.yaml"

    return write


def problems(call, *arguments):
    with pytest.raises(ScenarioError) as refused:
        call(*arguments)
    return refused.value.problems


def test_an_unknown_scenario_is_found_where_the_sweep_names_it(file):
    path = file("sweep: a\nscenario: no_forc\nover: {setting.clarity: 0,1}\n")
    (only,) = problems(read_sweep, path)
    assert (Path(only.place.file).name, only.place.line) == (Path(path).name, 2)


def test_a_whole_file(file):
    plan = read_sweep(file(WHOLE))
    assert (plan.name, plan.replications, plan.seed) == ("withdrawal", 20, 5)
    assert (plan.until_ci, plan.watch) == (0.1, "general_war")
    assert len(plan.design) == (3 * 2 - 1) * 2 * 2
    assert plan.design.to_lists()[0] == [0, "monitoring", True, 6, 0, 0.7]


def test_everything_wrong_is_said_at_once_each_with_its_place(file):
    said = {f"{p.place.line}:{p.place.column}": p for p in problems(read_sweep, file(WRONG))}
    for line in SAID.splitlines():
        where, told = line.split(" ", 1)
        message, _, remedy = told.partition(" | ")
        assert message in said[where].message
        assert remedy in said[where].remedy != ""
    assert len(said) == len(SAID.splitlines())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("[1, 2]\n", "a list where a mapping was expected"),
        ("over: {setting.clarity: 0,1}\n", "no scenario"),
        ("sweep: a\n", "no scenario"),
        ("scenario: {extends: no_force}\nover: {setting.clarity: 0,1}\n", "scenario is a mapping"),
        ("scenario: null\nover: {setting.clarity: 0,1}\n", "scenario is"),
        ("scenario: 3\nover: {setting.clarity: 0,1}\n", "scenario is 3"),
        ("scenario: sub/x.yaml\nover: {setting.clarity: 0,1}\n", "there is no file"),
        ("scenario: no_force\nover: [setting.clarity]\n", "varies nothing"),
        ("sweep: a\nscenario: no_force\n", "varies nothing"),
        ("sweep: a\nscenario: no_forc\nover: {setting.clarity: 0,1}\n", "no scenario named"),
        ("sweep: a\nscenario: no_force\ndesign: list\n", "no points"),
        ("sweep: a\nscenario: no_force\ndesign: list\npoints: [3]\n", "point was expected"),
        (
            "sweep: a\nscenario: no_force\ndesign: list\nover: {setting.clarity: 0,1}\n"
            "points: [{setting.clarity: 1}]\n",
            "list has no 'over'",
        ),
        (
            "sweep: a\nscenario: no_force\nover: {setting.clarity: [0, 1]}\npoints: [3]\n",
            "grid has no 'points'",
        ),
        (
            "sweep: a\nscenario: no_force\nover: {setting.clarity: 0:1}\n",
            "grid needs levels for setting.clarity",
        ),
        (
            "sweep: a\nscenario: no_force\nover: {setting.clarity: [0, 1]}\n"
            "exclude: {setting.clarity: '>= 0'}\n",
            "no point is left",
        ),
    ],
)
def test_what_is_missing_is_said(file, text, said):
    (problem,) = problems(read_sweep, file(text))
    assert said in problem.message
    assert problem.remedy


def test_a_path_begins_at_the_folder_of_the_sweep(file):
    (problem,) = problems(read_sweep, file("scenario: x.yaml\nover: {setting.clarity: [0, 1]}\n"))
    assert problem.remedy == "check it: a path in a sweep file begins at the folder of that file"


def test_runs_are_called_replications(file):
    text = "scenario: no_force\nruns: 100\nover: {setting.clarity: [0, 1]}\n"
    (problem,) = problems(read_sweep, file(text))
    assert "replications" in problem.remedy


def test_overrides_change_the_scenario_of_plain_data():
    document = {"scenario": "no_force", "over": {"setting.clarity": [0, 1]}}
    by_texts = plan_from(document, ["setting.backstop=0.1"])
    by_values = plan_from(document, {"setting.backstop": 0.1})
    assert by_texts.scenario["setting.backstop"].mean == 0.1
    assert by_texts.scenario.digest == by_values.scenario.digest
    with pytest.raises(UsageError, match="a sweep names its scenario"):
        plan_from({**document, "scenario": sim.load("no_force")})
    (problem,) = problems(plan_from, {**document, "scenario": "x.yaml"})
    assert problem.remedy == "check it: a path in a sweep begins at the current folder"


def test_a_sweep_is_run_with_overrides_but_a_plan_has_its_scenario(file, tmp_path):
    text = "scenario: no_force\nreplications: 2\nover: {setting.clarity: [0, 1]}\n"
    changed = {"setting.backstop": 0.1}
    for place, plan in (("file", file(text)), ("data", yaml.safe_load(text))):
        found = sim.sweep(plan, tmp_path / place, overrides=changed)
        assert found.scenario_at(0)["setting.backstop"].mean == 0.1
    with pytest.raises(UsageError, match="a plan has its scenario"):
        sim.sweep(read_sweep(file(text)), tmp_path / "plan", overrides=changed)


def test_a_list_of_points_leaves_the_rest_as_it_is():
    plan = plan_from(
        {
            "scenario": "no_force",
            "design": "list",
            "points": [
                {"setting.clarity": 0.5, "setting.ceasefire": False},
                {"setting.clarity": 1},
            ],
        }
    )
    assert plan.design.to_lists() == [[0.5, False], [1, None]]


def test_a_plan_comes_back_from_its_plain_data(file):
    plan = read_sweep(file(WHOLE))
    again = plan_from_dict(json.loads(json.dumps(plan.to_dict())))
    assert again.digest == plan.digest
    assert again.design.to_lists() == plan.design.to_lists()


def test_what_can_move_a_number_is_in_the_digest(file):
    plan = read_sweep(file(WHOLE))
    for old, new in (("seed: 5", "seed: 6"), ("steps: 3", "steps: 4"), ("ci: 0.1", "ci: 0.2")):
        assert read_sweep(file(WHOLE.replace(old, new))).digest != plan.digest
    assert read_sweep(file(WHOLE), (), ["setting.quorum=0.4"]).digest != plan.digest
    assert read_sweep(file(WHOLE.replace("withdrawal", "other"))).digest == plan.digest


class TestOptions:
    NONE = dict.fromkeys(("design", "points", "replications", "seed", "until_ci", "outcome"))

    def read(self, **said):
        given = {**self.NONE, "over": (), "point": (), "exclude": (), **said}
        return read_sweep("no_force", sweep_entries(given))

    def test_they_say_what_a_file_says(self):
        over = ("setting.clarity=0:1:3", "setting.force_size=0,2")
        out = ("setting.clarity>0.8,setting.force_size=0", "setting.clarity=0.5")
        said = {"scenario": "no_force", "replications": 30, "seed": 9}
        said["over"] = {"setting.clarity": [0, 0.5, 1], "setting.force_size": [0, 2]}
        said["exclude"] = [
            {"setting.clarity": "> 0.8", "setting.force_size": 0},
            {"setting.clarity": 0.5},
        ]
        plan = self.read(over=over, exclude=out, replications="30", seed="9")
        assert plan.digest == plan_from(said).digest

    def test_points_too(self):
        point = ("setting.clarity=0.5,setting.force_size=1", "setting.clarity=1")
        assert self.read(design="list", point=point).design.to_lists() == [[0.5, 1], [1, None]]

    def test_a_problem_names_its_option_and_which_of_them(self):
        found = problems(lambda: self.read(over=("setting.clarity=0:1:3", "setting.quorum=0,7")))
        assert [str(problem.place) for problem in found] == ["--over:2:3"]

    def test_they_beat_the_file(self, file):
        given = {**self.NONE, "over": (), "point": (), "exclude": (), "replications": "7"}
        plan = read_sweep(file(WHOLE), sweep_entries(given))
        assert (plan.replications, plan.seed) == (7, 5)


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("setting.clarit", "did you mean 'setting.clarity'?"),
        ("setting.backstop", "vary it with --over, or leave it out; varied: setting.clarity"),
        ("qqq", "vary it with --over, or leave it out; varied: setting.clarity"),
        ("events.1.month", "vary it with --over, or leave it out; varied: setting.clarity"),
    ],
)
def test_a_hint_is_given_only_for_a_slip(path, remedy):
    said = {"scenario": "no_force", "over": {"setting.clarity": [0, 1]}, "exclude": {path: 1}}
    (found,) = problems(plan_from, said)
    assert found.message == f"exclude: {path} is not varied"
    assert found.remedy == remedy


def test_a_list_of_words_is_whole(file):
    text = "sweep: a\nscenario: reassurance_force\nover: {states.zzzzzz.resolve: [0, 1]}\n"
    (found,) = problems(read_sweep, file(text))
    assert all(state in found.remedy for state in sim.load("reassurance_force").states)


def test_a_sweep_file_is_told_from_a_scenario_file(file, workplace):
    assert is_sweep_file(file(WHOLE))
    assert not is_sweep_file(file("scenario: a\nextends: no_force\n"))
    assert not is_sweep_file("no_force")
    assert not is_sweep_file("./absent.yaml")

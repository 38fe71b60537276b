"""Wrong arguments of the Python API: one class of errors, and nothing silently changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from sim.analysis.discovery.prim import Limit
from sim.analysis.discovery.sentences import plain_bound
from sim.engines.mesa_model import ThinLineModel
from sim.enums import Participation
from sim.errors import ThinlineError
from sim.experiments.factors import make_factor

CLARITY = "setting.clarity"
PLAN: dict[str, Any] = {"scenario": "no_force", "over": {CLARITY: [0, 1]}, "replications": 2}
SMALL: dict[str, Any] = {"points": 128, "replications": 2}


@pytest.fixture(scope="module")
def one() -> sim.Scenario:
    return sim.load("no_force")


def drawn(*values: Any) -> Iterator[Any]:
    """A generator, which can be read once."""
    yield from values


NUMBERS = [
    ("runs", 50.5),
    ("runs", "50"),
    ("runs", True),
    ("runs", None, "sweep"),
    ("runs", float("nan")),
    ("runs", float("inf")),
    ("runs", [3]),
    ("runs", np.array([3, 4])),
    ("seed", 1.7),
    ("seed", -1),
    ("seed", "x"),
    ("jobs", 1.5),
    ("jobs", "2"),
]


@pytest.mark.parametrize(("name", "value"), [each for each in NUMBERS if len(each) == 2], ids=str)
@pytest.mark.parametrize("study", ["simulate", "compare", "pivotal", "thin_line", "sensitivity"])
def test_a_wrong_number_is_refused_by_name(one, study, name, value):
    first = [one, sim.load("germany_in")] if study == "compare" else one
    with pytest.raises(ThinlineError, match=f"^{name}: .* is not "):
        getattr(sim, study)(first, **{name: value})


@pytest.mark.parametrize("value", [5.0, np.int64(5), np.float32(5)])
def test_a_whole_number_of_any_type_is_a_whole_number(one, value):
    found = sim.simulate(one, runs=value, seed=value, jobs=int(np.int8(1)))
    assert (found.runs, type(found.runs), found.seed, type(found.seed)) == (5, int, 5, int)


CALLS: dict[str, Any] = {
    "a name for a scenario": lambda one: sim.simulate("no_force"),  # type: ignore[arg-type]
    "no scenario": lambda one: sim.thin_line(None),  # type: ignore[arg-type]
    "names for scenarios": lambda one: sim.compare(["no_force", "germany_in"]),  # type: ignore[list-item]
    "one name to compare": lambda one: sim.compare("no_force"),  # type: ignore[arg-type]
    "nothing to compare": lambda one: sim.compare(None),  # type: ignore[arg-type]
    "a name for pivotal": lambda one: sim.pivotal("germany_in"),  # type: ignore[arg-type]
    "nothing to load": lambda one: sim.load(None),  # type: ignore[arg-type]
    "a number to load": lambda one: sim.load(3),  # type: ignore[arg-type]
    "a scenario to load": lambda one: sim.load(one),
    "no overrides": lambda one: sim.load("no_force", None),  # type: ignore[arg-type]
    "a set as value": lambda one: sim.load("no_force", {CLARITY: {1, 2}}),
    "a number as override": lambda one: sim.load("no_force", [3]),  # type: ignore[list-item]
    "a pair as override": lambda one: sim.load("no_force", [(CLARITY, 0.3)]),  # type: ignore[list-item]
    "a width in words": lambda one: sim.simulate(one, until_ci="narrow"),  # type: ignore[arg-type]
    "sizes as text": lambda one: sim.thin_line(one, sizes="0,1,2"),  # type: ignore[arg-type]
    "one size": lambda one: sim.thin_line(one, sizes=3),  # type: ignore[arg-type]
    "a word for a size": lambda one: sim.thin_line(one, sizes=["a", "b", "c"]),  # type: ignore[list-item]
    "a word for a share": lambda one: sim.valley(one, CLARITY, ["x", 0.9], runs=2),
    "no path": lambda one: sim.valley(one, None, [0.1, 0.9], runs=2),  # type: ignore[arg-type]
    "a number as factor": lambda one: sim.sensitivity(one, [3]),  # type: ignore[arg-type]
    "no factors": lambda one: sim.sensitivity(one, None),  # type: ignore[arg-type]
    "a threshold in words": lambda one: sim.discover(one, threshold="x", **SMALL),  # type: ignore[arg-type]
    "half a box": lambda one: sim.discover(one, boxes=1.5, **SMALL),  # type: ignore[arg-type]
    "a text as grid": lambda one: sim.robustness(one, f"{CLARITY}=0,1"),  # type: ignore[arg-type]
    "one value in a grid": lambda one: sim.robustness(one, {CLARITY: 3}),  # type: ignore[dict-item]
    "words for shares": lambda one: sim.robustness(one, {CLARITY: ["x", "y"]}),
    "types in a list": lambda one: sim.robustness(one, {CLARITY: [0, 1]}, ["x"]),  # type: ignore[arg-type]
    "no sweep": lambda one: sim.sweep(None, "folder"),  # type: ignore[arg-type]
    "no folder": lambda one: sim.sweep(PLAN, None),  # type: ignore[arg-type]
    "a set in a sweep": lambda one: sim.sweep({**PLAN, "over": {CLARITY: {0, 1}}}, "folder"),
    "a scenario in a sweep": lambda one: sim.sweep({**PLAN, "scenario": one}, "folder"),
    "no results": lambda one: sim.load_results(None),  # type: ignore[arg-type]
    "the number of a sweep": lambda one: sim.load_sweep(3),  # type: ignore[arg-type]
    "no sweeps to compare": lambda one: sim.compare_sweeps(None, None),  # type: ignore[arg-type]
    "an unknown parameter": lambda one: one["setting.clarty"],
    "an unknown state": lambda one: one.role("atlantis"),
    "records that were not kept": lambda one: sim.simulate(one, 2, keep_records=False).to_frame(),
    "a run in words": lambda one: ThinLineModel(run="3"),  # type: ignore[arg-type]
    "a negative run": lambda one: ThinLineModel(run=-2),
    "a run that is too large": lambda one: ThinLineModel(run=2**70),
    "a seed that is no whole number": lambda one: ThinLineModel(seed=1.7),  # type: ignore[arg-type]
    "no scenario for Mesa": lambda one: ThinLineModel(None),  # type: ignore[arg-type]
    "an unknown option of a figure": lambda one: sim.simulate(one, 2).plot(colour="red"),
    "an unknown chart": lambda one: sim.simulate(one, 2).plot("ending"),
    "the number of a chart": lambda one: sim.simulate(one, 2).plot(3),  # type: ignore[arg-type]
    "a list of charts": lambda one: sim.simulate(one, 2).plot(chart=["endings"]),  # type: ignore[arg-type]
    "an unknown parameter of Mesa": lambda one: ThinLineModel(setting__clarty=0.3),
}


@pytest.mark.parametrize("name", CALLS)
def test_any_other_wrong_argument_raises_the_documented_class(one, workplace, name):
    with pytest.raises(ThinlineError) as raised:
        CALLS[name](one)
    assert raised.value.message
    remedies = ("did you mean", "its only option is chart, one of endings, ")
    assert "unknown" not in name or "state" in name or any(r in str(raised.value) for r in remedies)


def test_an_unknown_parameter_is_a_key_error_too(one):
    with pytest.raises(KeyError):
        one["setting.clarty"]


class TestForms:
    """Every form in which a caller may give values means the same."""

    @pytest.mark.parametrize(
        "overrides",
        [f"{CLARITY}=0.5", [f"{CLARITY}=0.5"], drawn(f"{CLARITY}=0.5"), {CLARITY: np.float64(0.5)}],
        ids=["text", "list", "generator", "mapping"],
    )
    def test_overrides(self, overrides):
        assert sim.load("no_force", overrides)[CLARITY].mean == 0.5

    def test_words_and_distributions_in_a_mapping(self):
        changes = {"states.germany.pledge": "ground", CLARITY: {"uniform": np.array([0.2, 0.4])}}
        changed = sim.load("germany_in", changes)
        assert changed["states.germany.pledge"].numbers == (5.0,)
        assert changed[CLARITY].numbers == (0.2, 0.4)

    def test_values_of_another_scenario(self):
        other, pledge = sim.load("germany_in"), "states.germany.pledge"
        paths = (pledge, CLARITY, "setting.backstop")
        changed = sim.load("no_force", {path: other[path] for path in paths})
        assert [changed[path] for path in paths] == [other[path] for path in paths]
        assert not other["setting.backstop"].is_fixed
        assert sim.load("no_force", {pledge: Participation.GROUND})[pledge].numbers == (5.0,)

    def test_plain_data(self, one):
        assert sim.load(one.to_dict()) == one
        assert sim.load(one.to_dict(), {CLARITY: 0.5})[CLARITY].mean == 0.5

    def test_generators(self, one, tmp_path):
        scenarios = (one, sim.load("germany_in"))
        pairs = [
            (sim.compare(drawn(*scenarios), 5), sim.compare(scenarios, 5)),  # type: ignore[arg-type]
            (sim.thin_line(one, drawn(0, 1, 2), 5), sim.thin_line(one, [0, 1, 2], 5)),  # type: ignore[arg-type]
            (
                sim.valley(one, CLARITY, drawn(0, 1), drawn(0, 1, 2), 5),  # type: ignore[arg-type]
                sim.valley(one, CLARITY, [0, 1], [0, 1, 2], 5),
            ),
            (
                sim.robustness(one, {CLARITY: drawn(0, 1)}, runs=5),  # type: ignore[dict-item]
                sim.robustness(one, {CLARITY: [0, 1]}, runs=5),
            ),
            (
                sim.sensitivity(one, drawn(f"{CLARITY}=0:1"), runs=5),  # type: ignore[arg-type]
                sim.sensitivity(one, {CLARITY: np.array([0, 1])}, runs=5),  # type: ignore[arg-type]
            ),
        ]
        for given, listed in pairs:
            assert given == listed
        swept = sim.sweep({**PLAN, "over": {"setting.force_size": range(3)}}, tmp_path / "s")
        assert list(swept.points()["setting.force_size"]) == [0, 1, 2]

    def test_words_of_a_grid(self):
        model, pledge = sim.load("germany_in"), "states.germany.pledge"
        posture = sim.robustness(model, {pledge: ["none", "ground"]}, runs=5)
        assert posture == sim.robustness(model, {pledge: [0, 5]}, runs=5)
        assert [row[pledge] for row in posture.rows()[::3]] == ["none", "ground"]
        line = sim.valley(model, pledge, ["none", "ground"], [0, 1, 2], runs=5)
        assert [each["value"] for each in line.to_dict()["lines"]] == ["none", "ground"]

    def test_the_home_folder(self, monkeypatch, tmp_path):
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))
        (tmp_path / "own.yaml").write_text("scenario: own\nextends: no_force\n")
        assert sim.load("~/own.yaml").name == "own"
        sim.sweep(PLAN, "~/swept")
        assert sim.load_sweep("~/swept").folder == Path(tmp_path / "swept")


def test_words_in_plain_data_are_words():
    model, pledge = sim.load("germany_in"), "states.germany.pledge"
    swings = sim.sensitivity(model, pledge, runs=5).to_dict()
    assert swings["levers"] == [{"path": pledge, "low": "none", "high": "ground"}]
    assert swings["tornado"]["levers"][0]["ends"] == ["none", "ground"]
    boxes = sim.discover(model, [pledge, "setting.force_size=0:2"], "war", **SMALL)
    assert boxes.to_dict()["levers"][0] == {"path": pledge, "low": "none", "high": "ground"}


def test_a_limit_between_two_words_is_the_word_inside_the_box():
    lever = make_factor("states.germany.pledge")
    at_least, at_most = Limit(0, 0, 2.5, 0.01), Limit(0, 1, 2.5, 0.01)
    assert (plain_bound(lever, at_least), plain_bound(lever, at_most)) == (
        "monitoring",
        "logistics",
    )

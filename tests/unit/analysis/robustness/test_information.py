"""The value of information, where it has a closed form, where there is none, and in a scenario."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from sim.analysis.robustness.information import group_by_claim, information_value, polynomials
from sim.analysis.robustness.robustness import robustness
from sim.engines.ensemble import play
from sim.experiments.drawn import drawn_inputs, drawn_values
from sim.experiments.prepared import PreparedScenario
from sim.model.build import build
from sim.scenario.load import load
from sim.statistics import Estimate
from sim.trace.replay import replay
from tests.scenarios import TINY, scenario_of

RUNS = 4000


def closed_form(level: float, slope: float) -> float:
    """EVPPI of a standard normal input for two acts, of which one loses 0 and the other
    ``level + slope * input`` on average."""
    normal, ratio = NormalDist(), level / slope
    smallest = level * normal.cdf(-ratio) - slope * normal.pdf(ratio)
    return min(0.0, level) - smallest


def two_acts(rng, level: float, slope: float, noise: float = 1.0, runs: int = RUNS):
    """An input, and the losses of both acts with noise that they share and noise of their own."""
    known, shared = rng.standard_normal((2, runs))
    own = noise * rng.standard_normal((2, runs))
    losses = np.stack([shared + own[0], shared + own[1] + level + slope * known])
    return known[:, None], losses


class TestKnownAnswers:
    @pytest.mark.parametrize(("level", "slope"), [(0.0, 1.0), (0.3, 1.0), (-0.5, 0.8), (0.2, 0.5)])
    def test_two_acts_and_a_normal_input(self, level, slope):
        known, losses = two_acts(np.random.default_rng(5), level, slope)
        value, _ = information_value(known, losses)
        assert value.low < closed_form(level, slope) < value.high
        assert value.value == pytest.approx(closed_form(level, slope), abs=0.05)
        assert value.low > 0.0

    def test_a_closed_form_by_quadrature(self):
        x = np.linspace(-9, 9, 200_001)
        density = np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
        for level, slope in ((0.3, 1.0), (-0.5, 0.8)):
            smallest = np.trapezoid(np.minimum(0.0, level + slope * x) * density, x)
            assert min(0.0, level) - smallest == pytest.approx(closed_form(level, slope), abs=1e-9)

    def test_the_choice_changes_where_the_other_act_is_better(self):
        known, losses = two_acts(np.random.default_rng(5), 0.5, 1.0)
        _, changes = information_value(known, losses)
        assert changes == pytest.approx(NormalDist().cdf(-0.5), abs=0.04)

    def test_an_input_with_two_values(self):
        rng = np.random.default_rng(2)
        known = rng.integers(2, size=(RUNS, 1)).astype(float)
        losses = np.stack([np.full(RUNS, 0.4), 0.9 * known[:, 0]])
        value, changes = information_value(known, losses)
        # Blind, 0.4 is best; knowing, 0 in half of the runs.
        assert value.value == pytest.approx(0.4 * (1 - known.mean()))
        assert changes == pytest.approx(1 - known.mean())

    def test_several_inputs_are_worth_what_their_sum_is(self):
        rng = np.random.default_rng(9)
        known = rng.standard_normal((RUNS, 4))
        losses = np.stack([rng.standard_normal(RUNS), rng.standard_normal(RUNS) + known.sum(1) / 2])
        value, _ = information_value(known, losses)
        assert value.low < closed_form(0.0, 1.0) < value.high


class TestNoise:
    def test_the_interval_of_an_input_without_effect_includes_zero(self):
        rng, covered, above = np.random.default_rng(8), 0, 0
        for _ in range(40):
            losses = (rng.random((6, 500)) < np.linspace(0.2, 0.3, 6)[:, None]).astype(float)
            value, _ = information_value(rng.random((500, 2)), losses)
            covered += value.low <= 0.0
            above += value.value > 0.01
        assert covered >= 37
        assert above <= 4

    def test_a_constant_input_is_worth_exactly_nothing(self):
        _, losses = two_acts(np.random.default_rng(1), 0.2, 1.0)
        assert information_value(np.ones((RUNS, 1)), losses)[0].value == 0.0

    def test_equal_postures_leave_nothing_to_choose(self):
        known = np.random.default_rng(1).random((300, 3))
        losses = np.tile(known[:, 0], (4, 1))
        assert information_value(known, losses) == ((0.0, 0.0, 0.0), 0.0)

    def test_few_runs_are_no_error(self):
        rng = np.random.default_rng(3)
        value, _ = information_value(rng.random((4, 20)), rng.random((3, 4)))
        assert value.low <= 0.0 <= value.high


def test_terms_depend_on_ranks_alone():
    column = np.random.default_rng(4).random((50, 1))
    assert polynomials(column) == pytest.approx(polynomials(np.exp(5 * column)))
    assert polynomials(column).shape == (50, 3)
    assert polynomials((column > 0.5).astype(float)).shape == (50, 1)


DRAWN = TINY.replace(
    "  poland: {capability: 0.3, resolve: 0.7,",
    """  poland:
    capability: {uniform: [0.1, 0.5], source: [thin_line.no_front_line, thin_line.unanimity]}
    resolve: {uniform: [0.4, 0.9], source: thin_line.unanimity}
    candour: {uniform: [0.2, 0.9], source: assumption}
   """,
).replace("pledge: ground, start: political}", "pledge: ground\n    start: political")


class TestInputs:
    def test_values_are_those_of_the_engine(self):
        """A run with a parameter fixed at its drawn value is the run in which it was drawn."""
        scenario = load("reassurance_force")
        path = "states.russia.ambition"
        (values,) = drawn_values(scenario, [path], 3, 6).T
        drawn = play(build(scenario), 3, 0, 6).records
        prepared = PreparedScenario(scenario, (path,))
        for run, value in enumerate(values.tolist()):
            assert prepared.play((value,), 3, run, 1)[list(drawn.dtype.names)] == drawn[run]
        assert len(set(values.tolist())) == 6

    def test_what_a_lever_sets_is_no_input(self):
        scenario = load("reassurance_force")
        paths = drawn_inputs(scenario, ["setting.clarity", "groups.baltic.resolve"])
        assert "setting.clarity" not in paths
        assert "states.latvia.resolve" not in paths
        assert {"setting.quorum", "states.russia.ambition", "states.france.resolve"} <= {*paths}

    def test_inputs_are_grouped_by_claim(self):
        scenario = scenario_of(DRAWN)
        names = [f"states.poland.{name}" for name in ("capability", "resolve", "candour")]
        drawn = drawn_inputs(scenario)
        assert {*drawn} == {*names}
        assert group_by_claim(drawn) == {
            (names[0],): ("thin_line.no_front_line",),
            (names[0], names[1]): ("thin_line.unanimity",),
            (names[2],): (),
        }

    def test_what_an_event_draws_is_an_input_with_its_claim(self):
        scenario = load("budapest_paper")
        path = "events.moscow_changes_course.set.states.russia.ambition"
        drawn = drawn_inputs(scenario)
        groups = group_by_claim(drawn)
        assert ("guarantees.budapest_broken",) in [groups[g] for g in groups if path in g]
        assert path not in drawn_inputs(scenario, [path])

    def test_the_value_of_an_event_is_the_one_that_the_engine_sets(self):
        scenario = load("budapest_paper")
        path = "events.moscow_changes_course.set.states.russia.ambition"
        (values,) = drawn_values(scenario, [path], 3, 4).T
        for run, value in enumerate(values.tolist()):
            happened = [
                change.after
                for month in replay(scenario, run, 3).months
                for happening in month.happenings
                for change in happening.changes
            ]
            assert happened in ([], [value])
        assert len(set(values.tolist())) == 4


GRID = {"setting.force_size": [0.1, 2.0]}
TYPES = {name: {"states.russia.ambition": x} for name, x in (("dove", 0.1), ("hawk", 0.9))}


class TestStudy:
    def test_it_is_there_if_asked_for_and_changes_nothing_else(self):
        scenario = scenario_of(DRAWN)
        plain = robustness(scenario, GRID, TYPES, runs=30)
        asked = robustness(scenario, GRID, TYPES, runs=30, information=True)
        assert plain.information is None
        assert plain.to_dict()["value_of_information"] is None
        assert asked.information is not None
        assert asked.information.runs == 60
        found = asked.to_dict()
        assert found["value_of_information"]["n_comparisons"] == 3
        assert found["value_of_information"]["posture"] in [
            {"setting.force_size": size} for size in GRID["setting.force_size"]
        ]
        assert {**found, "value_of_information": None} == plain.to_dict()
        assert "value of knowing an input before choosing" in asked.information_sentence.lower()

    def test_three_inputs_are_named_and_the_others_counted(self):
        asked = robustness(scenario_of(DRAWN), GRID, TYPES, runs=30, information=True)
        assert asked.information is not None
        first = replace(asked.information.inputs[0], value=Estimate(0.1, 0.05, 0.15))
        many = replace(asked, information=replace(asked.information, inputs=(first,) * 5))
        said = many.information_sentence
        assert said.startswith("the posture with force size ")
        assert " has the smallest mean of war in these runs over the scenario's own " in said
        assert said.endswith("; the value is significantly above 0 for 2 other inputs as well")

    def test_the_challengers_aims_are_worth_knowing_for_the_size_of_the_force(self):
        """One of two challengers: for one the small force is best, for the other the large one."""
        types = "{choice: {0.05: 0.5, 0.95: 0.5}}"
        settings = [f"states.russia.ambition={types}", "states.russia.fear=1"]
        scenario = load("reassurance_force", settings)
        grid = {"setting.force_size": [0.3, 3.0]}
        found = robustness(scenario, grid, runs=150, information=True).information
        assert found is not None
        top = found.inputs[0]
        assert (top.paths, top.claims, top.excludes_zero) == (("states.russia.ambition",), (), True)
        assert top.changes == pytest.approx(0.5, abs=0.1)
        assert not any(each.excludes_zero for each in found.inputs[1:])

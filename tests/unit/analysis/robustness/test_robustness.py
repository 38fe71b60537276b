"""Postures of a scenario against types of challenger."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

import sim
from sim.analysis.robustness.criteria import LOSS, REGRET, choices
from sim.analysis.robustness.policies import DEFAULT_GRID, cells, default_types, read_type
from sim.analysis.robustness.robustness import robustness
from sim.errors import RunFailed, UsageError
from sim.experiments.simulate import simulate
from sim.report.robustness import losses_panel, regret_panel
from tests.scenarios import tiny

GRID = {"setting.force_size": (0.0, 0.5, 3.0), "setting.consent": (0.0,)}
HOW: dict[str, Any] = {"runs": 150, "jobs": 1}


@pytest.fixture(scope="module")
def scenario():
    return sim.load("reassurance_force")


@pytest.fixture(scope="module")
def found(scenario):
    return robustness(scenario, GRID, **HOW)


def test_a_loss_is_what_running_the_scenario_so_gives(scenario, found):
    sets = ["setting.force_size=0.5", "setting.consent=0", *_sets("revisionist", scenario)]
    alone = simulate(sim.load("reassurance_force", sets), 150, scenario.seed)
    assert found.loss(1, 2).value == alone.measures["war"].value


def test_there_is_no_value_of_information_where_nothing_is_drawn():
    with pytest.raises(UsageError, match="draws no input that could be known beforehand"):
        robustness(tiny(), {"setting.force_size": (0.0, 1.0)}, information=True, **HOW)


def _sets(name, scenario):
    return [f"{path}={value}" for path, value in default_types(scenario)[name].items()]


def test_no_force_is_the_worst_choice_against_a_revisionist(found):
    assert found.losses[0, 2] > 0.5
    assert found.choices[LOSS].posture != 0
    assert found.choices["revisionist"].posture != 0


def test_it_is_checked_on_runs_that_had_no_part_in_choosing(scenario, found):
    best = found.choices[LOSS].posture
    size = GRID["setting.force_size"][best]
    worst = []
    for name in found.types:
        sets = [f"setting.force_size={size}", "setting.consent=0", *_sets(name, scenario)]
        records = simulate(sim.load("reassurance_force", sets), 300, scenario.seed).records
        assert records is not None
        worst.append((records["war"][150:] > 0).mean())
    assert found.checked(LOSS) == pytest.approx(max(worst))
    assert found.checked(REGRET) >= 0
    assert 0 <= found.checked("revisionist") <= 1


def test_the_sentence_has_both_criteria_and_how_sure_they_are(found):
    assert "smallest worst case" in found.sentence
    assert "has the smallest maximum regret" in found.sentence
    assert found.sentence.count("% of bootstrap resamples") == 2
    assert found.sentence.count("on fresh runs") == 2
    assert found.sentence.count("tied with it") + found.sentence.count("significantly worse") == 2


@pytest.fixture
def tied(found):
    """The same with two postures whose runs are made to end alike, both the best."""
    values = found.values.copy()
    values[1] = values[2] = values[1] * values[2]
    chosen = choices(values, list(found.types), 1)
    fresh = dict.fromkeys(range(3), (0.1, 0.1, 0.1))
    return replace(found, values=values, choices=chosen, fresh=fresh)


def test_sentence_chart_and_document_name_the_same_posture_and_those_that_tie(tied):
    first, second = (tied.describe(k) for k in (1, 2))
    named = f"{first} (identical in these runs: {second})"
    dots, late = losses_panel(tied), regret_panel(tied)
    assert tied.sentence.count(named) == 2
    assert named in dots.caption
    assert named in late.caption
    for criterion in (LOSS, REGRET):
        choice = tied.to_dict()["choices"][criterion]
        assert choice["ties"] == [list(tied.grid[1]), list(tied.grid[2])]
        assert list(choice["posture"].values()) == choice["ties"][0]
    marked = [row for row in dots.table.rows if "the worst case" in row[1]]
    assert [row[0] for row in marked] == [first, second]


def test_the_document_is_plain_and_whole(found):
    document = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert [len(each["losses"]) for each in document["postures"]] == [3, 3, 3]
    assert set(document["choices"]) == {LOSS, REGRET, *found.types}
    assert document["choices"][LOSS]["posture"].keys() == GRID.keys()


def test_threads_do_not_show(scenario, found):
    again = robustness(scenario, GRID, runs=150, jobs=3)
    assert again.to_dict() == found.to_dict()


def test_progress_ends_where_it_said(scenario):
    heard: list[tuple[int, int]] = []
    robustness(scenario, GRID, progress=lambda *told: heard.append(told), runs=20, jobs=1)
    assert heard[-1] == (180, 180)
    assert heard == sorted(heard)


class TestAsked:
    def test_the_defaults_are_a_grid_of_four_levers_and_three_types(self, scenario):
        types = default_types(scenario)
        assert len(cells(scenario, DEFAULT_GRID, types)) == 6 * 3 * 3 * 3
        assert types["security seeker"] == {
            "states.russia.ambition": 0.15,
            "states.russia.fear": 1.0,
        }

    def test_a_type_is_read_with_numbers_and_words(self):
        assert read_type("hawk: states.russia.ambition=0.9,setting.ceasefire=false") == (
            "hawk",
            {"states.russia.ambition": 0.9, "setting.ceasefire": 0.0},
        )

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "has no name"),
            (":setting.clarity=1", "has no name"),
            ("hawk=5", "type 'hawk=5' has no name"),
            ("states.russia.fear=1", "has no name"),
            ("hawk", "type 'hawk' sets nothing"),
            ("hawk: ", "type 'hawk' sets nothing"),
            ("hawk:5", "type 'hawk': '5' sets nothing"),
            ("hawk:=5", "type 'hawk': '=5' sets nothing"),
            ("hawk:ambition=high", "unknown path 'ambition'"),
            ("hawk:setting.clarity=much", "'much' is not a value"),
            ("hawk:setting.clarity=0,setting.clarity=1", "sets setting.clarity twice"),
        ],
    )
    def test_what_is_no_type_is_refused(self, text, said):
        with pytest.raises(UsageError, match=said):
            read_type(text)

    @pytest.mark.parametrize(
        ("grid", "types", "said"),
        [
            ({"setting.clarity": (0.5,)}, None, "at least two"),
            ({"setting.clarity": (0.1, 0.2)}, {"one": {}}, "at least two"),
            ({"setting.clarity": (0.1, 1.2)}, None, "cannot be set"),
            ({"setting.clarty": (0.1, 0.2)}, None, "unknown name"),
            ({"states.russia.fear": (0.1, 0.2)}, None, "by a posture and by a type"),
            ({"setting.clarity": [k / 3000 for k in range(3000)]}, None, "at most 2,000"),
            ({"setting.clarity": (0.1, 0.2)}, {"a": {}, "b": {"setting.x": 1}}, "unknown name"),
        ],
    )
    def test_what_cannot_be_compared_is_said(self, scenario, grid, types, said):
        with pytest.raises(UsageError, match=said):
            robustness(scenario, grid, types, **HOW)

    def test_a_posture_that_cannot_be_played_leaves_no_worst_case(self, scenario):
        ends = "states.russia.red_lines.foreign_troops."
        grid = {f"{ends}threshold": (0.0, 0.7), f"{ends}reach": (0.5, 2.0)}
        with pytest.raises(RunFailed, match="needs every posture"):
            robustness(scenario, grid, runs=5)


def test_words_are_words_in_text_and_data():
    over = {"states.poland.pledge": [0.0, 5.0]}
    found = robustness(sim.load("no_force"), over, runs=10)
    document = found.to_dict()
    assert [each["values"] for each in document["postures"]] == [["none"], ["ground"]]
    assert document["choices"][LOSS]["posture"]["states.poland.pledge"] in ("none", "ground")
    assert {row["states.poland.pledge"] for row in found.rows()} == {"none", "ground"}
    assert found.describe(1) == "Poland: pledge ground"


@pytest.mark.parametrize("name", [LOSS, REGRET])
def test_no_type_has_the_name_of_a_criterion(scenario, name):
    types = {name: {"states.russia.ambition": 0.2}, "other": {"states.russia.ambition": 0.8}}
    with pytest.raises(UsageError, match=f"type '{name}' has the name of a criterion"):
        robustness(scenario, GRID, types, **HOW)


def test_a_value_that_is_given_twice_is_refused(scenario):
    with pytest.raises(UsageError, match=r"setting\.clarity has a value twice"):
        robustness(scenario, {"setting.clarity": (0.0, 0.0)}, **HOW)

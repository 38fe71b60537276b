"""The levers of an explorer."""

from __future__ import annotations

import pytest

from sim.errors import UsageError
from sim.explorer.levers import MOST_LEVERS, NO_OUTLET, choose_levers, lever_in, round_step
from sim.scenario.load import load
from tests.scenarios import tiny


@pytest.mark.parametrize(
    ("size", "step"), [(0.01, 0.01), (0.03, 0.02), (0.0049, 0.002), (1.0, 1.0), (7.0, 5.0)]
)
def test_a_step_is_a_round_number_not_above_its_size(size: float, step: float) -> None:
    assert round_step(size) == step


def test_the_default_levers_are_those_of_the_force_and_the_challenger() -> None:
    levers = choose_levers(load("reassurance_force"))
    shown = [lever.path for lever in levers if lever.is_shown]
    assert shown[0] == "setting.force_size"
    assert shown[-2:] == ["states.russia.ambition", "states.russia.fear"]
    assert 4 <= len(shown) <= 6
    assert len({lever.path for lever in levers}) == len(levers) <= MOST_LEVERS


def test_every_lever_has_a_grid_within_its_range() -> None:
    for lever in choose_levers(load("reassurance_force"), ["setting.ceasefire", "setting.quorum"]):
        written = lever.to_dict()
        assert written["low"] < written["high"]
        for name in ("grid", "finer"):
            assert written["low"] == written[name][0]
            assert written["high"] == written[name][-1]
            assert written[name] == sorted(set(written[name]))
        assert written["meaning"]
        assert written["sources"]


def test_a_named_lever_is_shown_first_and_leaves_the_fold() -> None:
    levers = choose_levers(load("reassurance_force"), ["setting.clarity=0.2:0.8"])
    assert [lever.path for lever in levers if lever.is_shown] == ["setting.clarity"]
    assert [lever.path for lever in levers].count("setting.clarity") == 1
    assert (levers[0].factor.low, levers[0].factor.high) == (0.2, 0.8)


def test_a_flag_has_words_and_a_share_its_whole_range() -> None:
    flag, share = choose_levers(tiny(), ["setting.ceasefire", "setting.clarity"])[:2]
    assert flag.to_dict()["words"] == ["false", "true"]
    assert (share.factor.low, share.factor.high) == (0, 1)
    assert share.to_dict()["words"] == []


def test_a_lever_says_what_its_numbers_mean() -> None:
    levers = {lever.path: lever.to_dict() for lever in choose_levers(load("reassurance_force"))}
    hints = {path: lever["hint"] for path, lever in levers.items()}
    assert hints["setting.force_size"].startswith("times the pledge; size 1 is ")
    assert hints["setting.clarity"] == "0 none, 1 full"
    assert hints["setting.quorum"] == "0 none, 1 all"
    assert hints["setting.forwardness"] == "0 rear sites, 1 the front line"
    assert hints["states.russia.ambition"] == "0 wants nothing more, 1 strongest"
    assert hints["setting.talks"] == "0 never, 1 always"
    assert hints["constants.tension_half_life"] == "months"
    cited = [source["where"] for lever in levers.values() for source in lever["sources"]]
    assert f"{NO_OUTLET}, early September of 2025" in cited
    assert not any(where.startswith("None") for where in cited)


def test_a_lever_of_a_group_moves_its_members() -> None:
    scenario = load("reassurance_force")
    lever = choose_levers(scenario, ["groups.baltic.resolve=0.1:0.9"])[0]
    assert lever.targets == tuple(f"states.{s}.resolve" for s in scenario.groups["baltic"])


def test_a_lever_has_another_value_in_another_scenario() -> None:
    here, there = load("reassurance_force"), load("clear_rules")
    lever = choose_levers(here, ["setting.clarity"])[0]
    other = lever_in(lever, there)
    assert (lever.value, other.value) == (here[lever.path].mean, there[lever.path].mean)
    assert lever.own != other.own


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("setting.no_such", "no_such"),
        ("setting.clarity=0.8:0.2", "do not ascend"),
        ("setting.clarity=0:7", "cannot be set"),
        ("months", "cannot be varied"),
        ("constants.concentration", "cannot be a lever"),
        ("states.poland.start", "cannot be a lever"),
        ("states.poland.backs", "cannot be a lever"),
    ],
)
def test_a_wrong_lever_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        choose_levers(tiny(), [text])


def test_a_parameter_of_an_event_is_no_lever() -> None:
    with pytest.raises(UsageError, match="cannot be a lever"):
        choose_levers(load("backstop_withdrawn"), ["events.1.month=1:9"])


def test_too_many_levers_are_refused() -> None:
    scenario = load("reassurance_force")
    many = [f"states.{state}.resolve" for state in scenario.states]
    more = [f"states.{state}.capability" for state in scenario.states[:5]]
    with pytest.raises(UsageError, match="at most"):
        choose_levers(scenario, [*many, *more])

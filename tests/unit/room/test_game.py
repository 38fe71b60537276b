"""The game of a room: the model's own run if nobody chooses, and exact after undo and inject."""

from __future__ import annotations

import random
from itertools import count

import pytest

import sim
from sim.enums import Decision
from sim.errors import ThinlineError, UsageError
from sim.room.game import PLANNED, Closed, Game
from sim.trace.decisions import NO_FORCE
from tests.unit.room.rooms import EVERYTHING


def at_random(game: Game, taken: tuple[str, ...], seed: int = 1, steps: int = 1_000) -> Game:
    chance = random.Random(seed)
    while game.step is not None and steps:
        choices: dict[str, dict[str, str]] = {}
        for each in game.step.decisions:
            if each.state in taken and chance.random() < 0.7:
                choices.setdefault(each.state, {})[each.decision.word] = chance.choice(each.options)
        game.close(choices, taken)
        steps -= 1
    return game


@pytest.mark.parametrize("turn", [1, 3])
@pytest.mark.parametrize("taken", [(), EVERYTHING.states])
def test_where_nobody_chooses_it_is_the_run_of_the_model(turn, taken):
    for run in range(3):
        game, plain = Game(EVERYTHING, run, turn=turn), sim.play(EVERYTHING, run)
        while not game.is_over:
            game.close({}, taken)
        plain.finish()
        assert game.run.traced.record.tobytes() == plain.traced.record.tobytes()
        assert game.run.digest == plain.digest


def test_a_turn_is_a_plan_and_reactions_of_taken_seats_only():
    kinds = set()
    for run in range(5):
        game, turns = Game(EVERYTHING, run), 0
        for number in count():
            step = game.step
            if step is None:
                break
            turns += step.is_plan
            assert (step.number, step.turn) == (number, turns)
            if step.is_plan:
                assert (step.month - 1) % 3 == 0
                assert {each.decision for each in step.decisions} <= set(PLANNED)
            else:
                assert {each.decision for each in step.decisions}.isdisjoint(PLANNED)
                assert any(each.state == "russia" for each in step.decisions)
            kinds |= {each.decision for each in step.of("russia")}
            choice = "mobilisation" if run % 2 else "probe"
            game.close({"russia": {"challenge": choice}} if step.is_plan else {}, {"russia"})
    assert {Decision.CHALLENGE, Decision.PRESS, Decision.TRUCE} <= kinds


def test_a_turn_has_up_to_twelve_months_and_the_last_may_be_short():
    assert [Game(EVERYTHING, turn=turn).turns for turn in (1, 3, 5, 12)] == [24, 8, 5, 2]
    for turn in (0, 13):
        with pytest.raises(UsageError, match="months of a turn"):
            Game(EVERYTHING, turn=turn)


def test_an_act_happens_once_a_turn_and_a_level_holds_for_all_of_it():
    game = Game(EVERYTHING, 3)
    assert game.step is not None
    plan = {"russia": {"challenge": "probe"}, "france": {"target": "logistics"}}
    game.close(plan, ())
    acts = {each.month: each.option for each in game.played if each.state == "russia"}
    levels = {each.month: each.option for each in game.played if each.state == "france"}
    assert acts == {1: "probe", 2: "hold", 3: "hold"}
    implied = {each.month: each.implied for each in game.played if each.state == "russia"}
    assert implied == {1: False, 2: True, 3: True}
    assert {each.step for each in game.played} == {0}
    assert levels == {1: "logistics", 2: "logistics", 3: "logistics"}


def test_each_dictated_decision_has_the_chances_of_the_model():
    game = at_random(Game(EVERYTHING, 2), ("russia", "france", "ukraine"))
    assert game.played
    for each in game.played:
        assert sum(each.chances.values()) == pytest.approx(1.0)
        assert 0.0 <= each.chance <= 1.0


def test_undo_leads_back_to_the_plan_before_exactly():
    taken = ("russia", "france", "ukraine")
    game = at_random(Game(EVERYTHING, 1), taken, steps=4)
    plans = []
    fresh = Game(EVERYTHING, 1)
    for each in game.history:
        assert isinstance(each, Closed)
        if fresh.step is not None and fresh.step.is_plan:
            plans.append((fresh.step, fresh.run.digest))
        fresh.close(each.choices, each.taken)
    assert fresh.run.digest == game.run.digest
    for expected in reversed(plans):
        game.undo()
        assert (game.step, game.run.digest) == expected
    with pytest.raises(UsageError, match="no turn to undo"):
        game.undo()


def test_an_injected_event_happens_at_once_and_can_be_undone():
    game = Game(EVERYTHING, 2)
    game.close({}, ())
    assert game.step is not None
    month, digest = game.step.month, game.run.digest
    event = {"set": {"setting.backstop": 0.1}, "why": "a speech"}
    assert game.inject(event) == month
    assert game.run.view("france").backstop == 0.1
    game.close({}, ())
    happened = [each.why for month in game.run.traced.months for each in month.happenings]
    assert "a speech" in happened
    game.undo()
    assert game.run.view("france").backstop == 0.1
    game.undo()
    game.close({}, ())
    assert game.run.digest == digest


def test_an_inject_in_a_reaction_happens_in_the_next_month():
    game = Game(EVERYTHING, 3)
    while game.step is not None and game.step.is_plan:
        game.close({"russia": {"challenge": "mobilisation"}}, ("russia",))
    assert game.step is not None
    step = game.step
    assert game.inject({"set": {"setting.clarity": 0.9}}) == step.month + 1
    assert game.step == step


def test_an_event_of_the_scenario_is_moved_by_its_name_alone():
    (written,) = EVERYTHING.to_dict()["events"]
    game = Game(EVERYTHING, 2)
    game.inject({"name": written["name"]})
    (moved,) = game.scenario.to_dict()["events"]
    assert moved.pop("month") == 1
    assert moved == {key: value for key, value in written.items() if key != "when"}


def test_injected_events_without_a_name_are_numbered():
    game = Game(EVERYTHING, 2)
    for clarity in (0.8, 0.9):
        game.inject({"set": {"setting.clarity": clarity}})
    names = [event["name"] for event in game.scenario.to_dict()["events"]]
    assert names == ["event_1", "inject_1", "inject_2"]


@pytest.mark.parametrize(
    "event",
    [
        {"set": {"setting.backstop": 7}},
        {"set": {"nothing.here": 1}},
        {"set": {}},
        {"set": {"states.france.capability": {"extends": "x"}}},
        {"month": 3},
    ],
)
def test_an_event_that_no_scenario_could_have_is_refused_and_changes_nothing(event):
    game = Game(EVERYTHING, 2)
    before = game.run.digest
    with pytest.raises(ThinlineError) as refused:
        game.inject(event)
    assert ".yaml:" not in str(refused.value)
    assert game.run.digest == before
    assert game.scenario == EVERYTHING


def test_what_has_happened_cannot_be_moved():
    dated = sim.load("kyiv_retaliates").to_dict()
    dated["events"] = [{"name": "speech", "month": 2, "set": {"setting.clarity": 0.1}}]
    from tests.scenarios import scenario_of

    game = Game(scenario_of(dated), 1)
    game.close({}, ())
    with pytest.raises(UsageError, match="would change what has happened"):
        game.inject({"name": "speech", "set": {"setting.clarity": 0.1}})


@pytest.mark.parametrize(
    ("choices", "message", "remedy"),
    [
        ({"france": {"target": "everything"}}, "no target of france", "none, political"),
        ({"france": {"challenge": "probe"}}, "has no 'challenge'", "now: target"),
        ({"nowhere": {"target": "none"}}, "has no 'target'", "now: nothing"),
    ],
)
def test_a_choice_that_is_not_there_is_refused(choices, message, remedy):
    game = Game(EVERYTHING, 2)
    with pytest.raises(UsageError, match=message) as refused:
        game.close(choices, ())
    assert refused.value.remedy.startswith(remedy)
    assert not game.history


def test_no_strike_can_be_dictated_where_no_force_stands():
    game = Game(sim.load("no_force"))
    with pytest.raises(UsageError, match="not possible now") as error:
        game.close({"russia": {"challenge": "strike"}}, ())
    assert error.value.remedy == NO_FORCE


def test_an_undo_that_is_refused_keeps_what_was_injected():
    game = Game(EVERYTHING, 2)
    game.inject({"set": {"setting.backstop": 0.1}})
    before = game.run.digest
    with pytest.raises(UsageError, match="no turn to undo"):
        game.undo()
    assert game.run.digest == before
    assert len(game.history) == 1

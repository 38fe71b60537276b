"""A run with dictated decisions: the model's own if nothing is dictated, and exact on replay."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

import sim
from sim.engines.mesa_model import ThinLineModel
from sim.enums import Challenge, Decision, Participation, Role
from sim.errors import UsageError
from sim.model.stages.decisions import OPTIONS
from sim.trace.interactive import InteractiveRun
from sim.trace.replay import replay
from tests.scenarios import ALIVE
from tests.small_world import MECHANISMS, SCENARIO

# Fighting that can end, a backer, and every other mechanism.
EVERYTHING = sim.load(ALIVE, {"setting.ceasefire": False, "months": 36})
RUSSIA, UKRAINE = "russia", "ukraine"


def played_out(run: int) -> InteractiveRun:
    played = sim.play(EVERYTHING, run)
    played.finish()
    return played


@pytest.mark.parametrize("run", range(4))
def test_with_nothing_dictated_it_is_the_run_of_the_model(run):
    mesa = ThinLineModel(EVERYTHING, run)
    while mesa.running:
        mesa.step()
    played = played_out(run)
    assert played.traced.record.tobytes() == mesa.record.tobytes()
    assert played.outcome is mesa.outcome
    assert played.traced.months == replay(EVERYTHING, run).months


def at_random(run: int, seed: int = 1) -> tuple[InteractiveRun, dict[tuple, str]]:
    """A run in which a third of all decisions is dictated, and the choices by month."""
    chance = random.Random(seed)
    played, dictated = sim.play(EVERYTHING, run), {}
    while not played.is_over:
        for each in played.open:
            if chance.random() < 1 / 3:
                option = chance.choice(each.options)
                played.decide(each.state, option)
                dictated[played.month, each.decision, each.state] = option
        played.advance()
    return played, dictated


def test_its_representation_says_where_it_stands():
    played = sim.play(sim.load("no_force"), 3, 1)
    assert repr(played) == "<InteractiveRun: no_force, run 3, seed 1, month 1>"
    played.finish()
    assert repr(played) == "<InteractiveRun: no_force, run 3, seed 1, over>"


def test_every_decision_of_every_kind_can_be_dictated():
    kinds: set[Decision] = set()
    for run in range(20):
        kinds |= {decision for _, decision, _ in at_random(run)[1]}
        if kinds == set(Decision):
            break
    assert kinds == set(Decision)
    assert kinds == set(OPTIONS)


def test_what_is_dictated_happens():
    happened: set[Decision] = set()
    for run in range(20):
        if len(happened) == 5:
            break
        played, dictated = at_random(run)
        months = {month.number: month for month in played.traced.months}
        for (number, decision, state), option in dictated.items():
            if number not in months:  # the run ended in this month
                continue
            month: Any = months[number]
            if decision is Decision.CHALLENGE and option != "hold":
                assert month.crisis.action is Challenge.of(option)
                assert month.crisis.ordered
            elif decision is Decision.ANSWER:
                stands = {stand.state: stand.defies for stand in month.crisis.stands}
                assert stands[state] == (option == "defy")
            elif decision is Decision.PRESS:
                assert month.crisis.press.pressed == (option == "press")
            elif decision is Decision.BACKSTOP:
                assert month.backing.level == float(option)
            elif decision is Decision.RETALIATION:
                assert month.retaliation.retaliates == (option == "retaliate")
            else:
                continue
            happened.add(decision)
    assert len(happened) == 5


def test_a_state_goes_where_it_is_sent():
    # A run that lasts for longer than it takes to get there.
    played = sim.play(EVERYTHING, 1)
    while played.month <= 12 and not played.is_over:
        if any(each.state == "france" and each.decision is Decision.TARGET for each in played.open):
            played.decide("france", "ground")
        played.advance()
    assert played.view("france").rungs["france"] == Participation.GROUND.word


def test_a_truce_takes_both_sides():
    for first, second, made in (("accept", "accept", 1), ("accept", "refuse", 0)):
        played = sim.play(EVERYTHING, 1)
        while not played.is_over:
            for each in played.open:
                if each.decision in (Decision.TRUCE, Decision.ACCEPTANCE):
                    played.decide(each.state, first if each.state == RUSSIA else second)
                elif each.state == RUSSIA and each.decision is Decision.CHALLENGE:
                    played.decide(RUSSIA, "hold")
            played.advance()
        assert played.traced.record["truce"][0] == made


def test_it_can_be_written_down_and_replayed_at_any_time():
    played, _ = at_random(2, seed=5)
    again = InteractiveRun.from_dict(json.loads(json.dumps(played.to_dict())))
    assert again.digest == played.digest
    assert again.traced.months == played.traced.months

    half = sim.play(EVERYTHING, 3)
    half.advance(RUSSIA)
    half.decide(RUSSIA, half.open[0].options[-1])
    for _ in range(9):
        half.advance()
    again = InteractiveRun.from_dict(half.to_dict())
    assert again.digest == half.digest
    assert again.open == half.open
    half.decide(half.open[0].state, half.open[0].options[0])
    assert InteractiveRun.from_dict(half.to_dict()).to_dict() == half.to_dict()
    again = InteractiveRun.from_dict(half.to_dict())
    for each in (half, again):
        each.finish()
    assert again.digest == half.digest


def test_a_document_that_leads_elsewhere_is_refused():
    document = at_random(2)[0].to_dict()
    with pytest.raises(UsageError, match="leads elsewhere"):
        InteractiveRun.from_dict({**document, "digest": "0" * 64})
    late = {"month": 999, "decision": "target", "state": "france", "option": "ground"}
    with pytest.raises(UsageError, match="leads elsewhere"):
        InteractiveRun.from_dict({**document, "decisions": [*document["decisions"], late]})


DEEP: dict[str, Any] = {}
for _ in range(5_000):
    DEEP = {"a": DEEP}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "run"},
        {"definition": {"extends": "/etc/passwd"}},
        {"definition": 5},
        {"definition": DEEP},
        {"decisions": [{"month": 1, "decision": "target", "state": 5, "option": "ground"}]},
        {"decisions": [{"month": 1}]},
        {"run": "x"},
    ],
    ids=["kind", "file", "number", "deep", "state", "incomplete", "run"],
)
def test_a_document_that_is_no_played_run_is_refused_and_reads_no_file(change):
    document = sim.play(EVERYTHING).to_dict()
    with pytest.raises(UsageError) as error:
        InteractiveRun.from_dict({**document, **change})
    assert error.value.remedy


def test_the_challenger_sees_whether_it_is_answered_before_it_presses():
    seen: set[bool] = set()
    for run in range(24):
        if seen == {False, True}:
            break
        played = sim.play(EVERYTHING, run)
        while not played.is_over:
            pressing = [each for each in played.open if each.decision is Decision.PRESS]
            incident, month = played.view(RUSSIA).incident, played.month
            played.advance()
            if pressing and incident and played.month > month:
                crisis = played.traced.months[month].crisis
                assert crisis
                assert incident.answered == crisis.answered
                seen.add(incident.answered)
    assert True in seen


def test_the_chances_are_those_by_which_the_model_decides():
    compared: set[Decision] = set()
    for run in range(24):
        if run > 3 and len(compared) == 4:
            break
        played, said = sim.play(EVERYTHING, run), {}
        while not played.is_over:
            first = {each.decision: each for each in played.open if each.due}
            for decision, each in first.items():
                chances = played.chances(each.state)
                assert sum(chances.values()) == pytest.approx(1.0)
                said[played.month, decision] = each.state, chances
            played.advance()
        for (number, decision), (state, chances) in said.items():
            month: Any = played.traced.months[number]
            if decision is Decision.CHALLENGE:
                told = {option.action.word: option.chance for option in month.options}
                assert chances == pytest.approx({"hold": 1.0 - sum(told.values()), **told})
            elif decision is Decision.ANSWER:
                (stand,) = (stand for stand in month.crisis.stands if stand.state == state)
                assert chances["defy"] == pytest.approx(stand.chance)
            elif decision is Decision.PRESS:
                assert chances["press"] == pytest.approx(month.crisis.press.chance)
            elif decision is Decision.BACKSTOP:
                told = {f"{level.level:g}": level.chance for level in month.backing.options}
                assert chances == pytest.approx(told)
            else:
                continue
            compared.add(decision)
    assert len(compared) == 4


@pytest.mark.parametrize(
    "decision", [Decision.TARGET, Decision.BACKSTOP, Decision.THREAT, Decision.CHALLENGE]
)
def test_the_options_of_what_can_be_planned_share_all_chances(decision):
    played = sim.play(sim.load(str(SCENARIO), MECHANISMS))
    planned = played.expected(decision)
    assert planned
    for each in planned:
        assert sum(played.chances_in(each).values()) == pytest.approx(1.0)


def test_a_state_sees_no_secret_of_another():
    played = sim.play(EVERYTHING, 0)
    france, russia, ukraine = (played.view(state) for state in ("france", RUSSIA, UKRAINE))
    assert set(russia.own) == {"ambition", "grievance", "red_lines"}
    assert set(ukraine.own) == {"resolve", "army"}
    assert set(france.own) == {"resolve", "ceiling", "target", "unmet_conditions", "losses"}
    public = {key: value for key, value in france.to_dict().items() if key not in PRIVATE}
    for other in (russia, ukraine):
        shown = other.to_dict()
        assert {key: shown[key] for key in public} == public


PRIVATE = ("state", "role", "own", "incident")


def test_who_did_it_is_hidden_until_it_is_attributed():
    hidden = 0
    for run in range(2):
        played = sim.play(EVERYTHING, run)
        while not played.is_over:
            for each in played.open:
                if each.state == RUSSIA and each.decision is Decision.CHALLENGE:
                    played.decide(RUSSIA, "probe")
            played.advance()
            incident, own = (played.view(state).incident for state in ("france", RUSSIA))
            if incident and own and not incident.attributed:
                assert incident.challenge is None
                assert own.challenge == "probe"
                hidden += 1
    assert hidden > 0


def test_an_accident_is_known_to_be_one_if_it_is_attributed():
    seen = set()
    chosen = {"constants.accident": 1, "setting.verification": 0.3}
    played = sim.play(sim.load("kyiv_retaliates", chosen), 0)
    while not played.is_over:
        incident, own = (played.view(state).incident for state in ("france", RUSSIA))
        played.advance()
        if incident and own:
            assert incident.ordered == (own.ordered if incident.attributed else None)
            seen.add((incident.attributed, own.ordered))
    assert {(True, False), (False, False)} <= seen


def test_only_states_that_decide_are_asked():
    asked = {each.state for each in sim.play(EVERYTHING).open}
    assert asked == {s for s in EVERYTHING.states if EVERYTHING.role(s) is Role.GUARANTOR}


@pytest.mark.parametrize(
    ("state", "option", "message"),
    [
        ("france", "everything", "is no target of france"),
        ("russia", "hold", "russia has nothing to decide"),
        ("frence", "ground", "no state 'frence'"),
    ],
)
def test_a_wrong_decision_is_refused_with_what_is_allowed(state, option, message):
    with pytest.raises(UsageError, match=message) as error:
        sim.play(EVERYTHING).decide(state, option)
    assert error.value.remedy


def test_nothing_is_struck_where_nothing_stands():
    run = sim.play("no_force")
    while not any(each.decision is Decision.CHALLENGE for each in run.open):
        run.advance()
    with pytest.raises(UsageError, match="'strike' is not possible now"):
        run.decide("russia", "strike")
    run.decide("russia", "probe")

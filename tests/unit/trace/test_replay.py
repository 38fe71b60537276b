"""A replay is the run itself: the same bits, and facts that add up to its record."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings

from sim.engines import ensemble
from sim.enums import Challenge, Participation, Role, War
from sim.model.build import build
from sim.scenario.load import load, load_text
from sim.trace.events import Cause, TracedRun
from sim.trace.narrative import story
from sim.trace.replay import replay
from tests.scenarios import ALIVE, COVERING_FIRST, TINY
from tests.strategies import scenarios
from tests.unit.trace.runs import scenario, told

SEEDS = (0, 1, 2**63 - 1)


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_a_replay_is_the_ensembles_run_to_the_last_bit(name):
    setup = build(scenario(name))
    for seed in SEEDS:
        block = ensemble.play(setup, seed, first=5, count=1)
        run = replay(scenario(name), 5, seed, setup)
        assert run.record.tobytes() == block.records.tobytes()


@settings(max_examples=25)
@given(scenario=scenarios())
def test_on_any_scenario(scenario):
    setup = build(scenario)
    block = ensemble.play(setup, 3, 0, 2)
    runs = [replay(scenario, number, 3, setup) for number in range(2)]
    assert np.concatenate([run.record for run in runs]).tobytes() == block.records.tobytes()
    assert np.array_equal(sum(map(ladder, runs)), block.participation)
    for run in runs:
        adds_up(run)


@pytest.mark.parametrize("name", [*COVERING_FIRST, ALIVE])
def test_facts_add_up_to_the_record(name):
    for run in told(name) if name != ALIVE else [replay(load(name), k) for k in range(6)]:
        adds_up(run)


def adds_up(run: TracedRun) -> None:
    """The facts of a run hold what its record counts, and nothing else."""
    record, last = run.record[0], run.last
    crises = [month.crisis for month in run.months if month.crisis]
    ordered = [crisis.action for crisis in crises if crisis.ordered]
    assert record["probes"] == ordered.count(Challenge.PROBE)
    assert record["strikes"] == ordered.count(Challenge.STRIKE)
    assert record["mobilisations"] == ordered.count(Challenge.MOBILISATION)
    assert record["accidents"] == len(crises) - len(ordered)
    assert record["unattributed"] == sum(not crisis.attributed for crisis in crises)
    assert record["answered"] == sum(crisis.answered for crisis in crises)
    threats = [month.threat for month in run.months if month.threat]
    assert record["threats"] == sum(threat.spoken for threat in threats)
    assert record["empty_threats"] == sum(threat.empty for threat in threats)
    assert record["month"] == last.number == len(run.months) - 1
    assert record["peak_tension"] == max(month.tension for month in run.months)
    assert record["lines_crossed"] == sum(len(month.crossings) for month in run.months)
    assert record["force"] == last.power
    assert record["reputation"] == last.reputation
    answers = [month.retaliation for month in run.months if month.retaliation]
    assert record["retaliations"] == sum(answer.retaliates for answer in answers)
    assert record["wrong_blames"] == sum(answer.blamed for answer in answers)
    if learned := [month.learned for month in run.months if month.learned]:
        assert sum(learned[-1].after) == pytest.approx(1.0)
    in_crises = sum(crisis.casualties for crisis in crises)
    if run.scenario["constants.incidental_fire"].mean > 0.0:
        assert record["casualties"] >= in_crises - 1e-9
    else:
        assert record["casualties"] == pytest.approx(in_crises)
    gains = [crisis.success for crisis in crises if crisis.success]
    assert record["successes"] == sum(gain.succeeded for gain in gains)
    assert record["position"] == (gains[-1].position[1] if gains else 0.0)
    assert all(gain.chance in (0.0, 1.0) or 0.0 < gain.chance < 1.0 for gain in gains)
    assert (record["war"], record["trigger"]) == (last.war, last.trigger)
    assert all(month.war is War.NONE for month in run.months[:-1])
    steps_add_up(run)


def steps_add_up(run: TracedRun) -> None:
    """Each state's rungs are where its moves lead."""
    states = run.scenario.states
    for before, after in zip(run.months, run.months[1:], strict=False):
        rungs = dict(zip(states, before.rungs, strict=True))
        for move in after.moves:
            assert move.before == rungs[move.state]
            assert 1 <= abs(move.after - move.before) <= 2
            rungs[move.state] = move.after
        assert rungs == dict(zip(states, after.rungs, strict=True))


def ladder(run: TracedRun) -> np.ndarray:
    """Each state's rung as the ensemble counts it: months not in war, and the start."""
    counted = np.zeros((run.scenario.months + 1, len(run.scenario.states), len(Participation)), int)
    for month in run.months:
        if month.war is War.NONE:
            counted[month.number, range(len(month.rungs)), month.rungs] += 1
    return counted


@pytest.mark.parametrize("name", ["during_fighting", "reassurance_force"])
def test_moves_and_crises_have_the_power_of_the_force(name):
    for k in range(4):
        run = replay(scenario(name), k)
        for before, after in zip(run.months, run.months[1:], strict=False):
            moved = sum(move.power for move in after.moves)
            assert after.power == pytest.approx(before.power + moved)
            if after.crisis:
                left = sum(m.power for m in after.moves if m.cause is Cause.STRIKE)
                assert after.crisis.power == pytest.approx(after.power - left)


def test_a_choice_has_its_fatigue_and_its_losses():
    run = replay(load("during_fighting", ["setting.fatigue=0.12", "constants.rally=0"]), 3)
    chosen = [
        (n, m) for n, month in enumerate(run.months) for m in month.moves if m.cause is Cause.CHOICE
    ]
    assert chosen
    assert all(0.0 < move.fatigue <= 0.01 * n + 1e-12 for n, move in chosen)
    assert any(move.attacks > 0.0 for _, move in chosen)
    hit = load("during_fighting", ["setting.fatigue=0", "constants.toll=0", "constants.rally=0"])
    assert {
        (move.fatigue, move.attacks) for month in replay(hit, 3).months for move in month.moves
    } == {(0.0, 0.0)}


def test_the_chance_of_success_is_that_of_the_stage():
    """The fight decides the contested part; without one a challenge always succeeds."""
    certain = ["ladders.challenge.probe.contested=0", "ladders.challenge.strike.contested=0"]
    gains = [
        month.crisis.success
        for k in range(6)
        for month in replay(load("during_fighting", certain), k).months
        if month.crisis and month.crisis.success
    ]
    assert gains
    assert {(gain.succeeded, gain.chance) for gain in gains} == {(True, 1.0)}


class TestMoves:
    def test_what_is_missing_is_named(self):
        missing = load("reassurance_force", ["setting.backstop=1"])
        withdrawn = load("backstop_withdrawn")
        moves = [m for k in range(6) for month in replay(withdrawn, k).months for m in month.moves]
        held = [move for move in moves if move.cause is Cause.CONDITION]
        assert any(move.unmet == ("backstop",) for move in held)
        for move in held:
            assert move.after < move.before
            for name in move.unmet:
                assert withdrawn[f"states.{move.state}.requires.{name}"].mean > 0
        free = [m for month in replay(missing, 0).months for m in month.moves]
        assert not any("backstop" in move.unmet for move in free)

    def test_only_guarantors_move(self):
        run = replay(load("during_fighting"), 4)
        movers = {move.state for month in run.months for move in month.moves}
        assert {run.scenario.role(state) for state in movers} == {Role.GUARANTOR}

    def test_a_conceded_strike_drives_out_some_who_were_exposed(self):
        harsh = load("during_fighting", ["constants.shock=1", "setting.quorum=0.9"])
        months = [month for k in range(10) for month in replay(harsh, k).months]
        struck = [month for month in months if any(m.cause is Cause.STRIKE for m in month.moves)]
        assert struck
        for month in struck:
            assert month.crisis is not None
            assert month.crisis.action is Challenge.STRIKE
            assert not month.crisis.answered


def test_an_event_is_told_with_what_it_changes():
    run = replay(load("backstop_withdrawn"), 1)
    (happening,) = run.months[24].happenings
    assert happening.occasion == "month 24"
    assert happening.why
    (backstop, *_) = (c for c in happening.changes if c.path == "setting.backstop")
    assert backstop.before > 0 == backstop.after


RESTRAINTS = """
states:
  russia:
    role: challenger
    capability: 1
    ambition: 0.9
    red_lines:
      own: {watches: strike_on_force, effect: restrains, severity: 0.05, threshold: 0.5, reach: 1}
      other: {watches: strike_on_force, effect: restrains, severity: 0.02}
      offensive: {watches: offensive, effect: restrains, severity: 0.1}
      bluff: {watches: strike_on_force, effect: restrains, severity: 0.3, backed: false}
  ukraine: {role: protege, capability: 0.4}
  poland:
    capability: 0.3
    pledge: ground
    start: ground
    red_lines: {theirs: {watches: footprint, effect: restrains}}
"""


def test_a_restraint_costs_its_author_what_the_line_alone_weighs():
    """Not what all its lines do; an accident and a line of another state have no price."""
    base = "scenario: own\ntitle: Restraints\nmonths: 60\nruns: 100\nseed: 7" + RESTRAINTS
    scenario = load_text(base, ["constants.accident=0.3"])
    months = [month for k in range(8) for month in replay(scenario, k).months]
    ordered = [m for m in months if m.crisis and m.crisis.ordered]
    priced = {
        (m.crisis and m.crisis.action, crossing.line): crossing.price
        for m in ordered
        for crossing in m.crossings
        if crossing.state == "russia"
    }
    assert priced[Challenge.PROBE, "other"] == pytest.approx(0.02 * 0.2)
    assert priced[Challenge.PROBE, "bluff"] == 0.0
    assert priced[Challenge.MOBILISATION, "own"] == 0.05
    assert priced[Challenge.MOBILISATION, "offensive"] == 0.1
    others = [(m, c) for m in months for c in m.crossings if m not in ordered]
    assert any(m.crisis for m, _ in others)
    theirs = [c for m in months for c in m.crossings if c.state == "poland"]
    assert {c.price for c in (*theirs, *(c for _, c in others))} == {None}


def test_the_army_is_that_at_the_end_of_the_month():
    run = replay(load("reassurance_force", ["setting.regeneration=0.4"]), 0)
    assert run.last.army == run.record["protege"][0]
    assert run.months[1].army > run.months[0].army


def test_events_of_one_month_change_a_value_in_turn():
    events = """
events:
  - {name: vague, month: 1, set: {setting.clarity: 0.3}}
  - {name: clear, month: 1, set: {setting.clarity: 0.9}}
"""
    scenario = load_text(TINY + events)
    vague, clear = (each.changes[0] for each in replay(scenario, 0).months[1].happenings)
    assert (vague.before, vague.after) == (scenario["setting.clarity"].mean, 0.3)
    assert (clear.before, clear.after) == (0.3, 0.9)


PLAIN = """
import sys
from sim.jit import COMPILING
from sim.scenario.load import load
from sim.trace.replay import replay
from sim.trace.narrative import story
assert not COMPILING
run = replay(load("backstop_withdrawn"), 1)
sys.stdout.buffer.write(run.record.tobytes() + str(story(run, full=True)).encode())
"""


def test_plain_python_tells_the_same_story():
    environment = {**os.environ, "THINLINE_COMPILE": "off"}
    plain = subprocess.run(
        [sys.executable, "-c", PLAIN], env=environment, capture_output=True, check=True
    )
    run = replay(load("backstop_withdrawn"), 1)
    told = str(story(run, full=True)).encode()
    assert plain.stdout == run.record.tobytes() + told


class TestTruce:
    FRAGILE = ("constants.truce_fragility=5", "constants.challenger_review=1")

    def test_replies_to_the_terms_are_those_of_the_run(self):
        scenario = load("truce_with_consent_clause")
        for run in (replay(scenario, number) for number in range(12)):
            talks = [month.talks for month in run.months if month.talks]
            (record,) = run.record
            assert len(talks) == record["offers"]
            refused = sum(not each.challenger.accepts for each in talks)
            assert refused == record["refused_by_challenger"]
            assert any(each.succeed for each in talks) == record["truce"]
            assert all((each.protege is not None) == each.challenger.accepts for each in talks)
            for each in talks:
                better = each.challenger.truce > each.challenger.fighting
                assert (each.challenger.chance > 0.5) == better

    def test_a_break_is_told_with_its_chance(self):
        scenario = load("reassurance_force", self.FRAGILE)
        runs = [replay(scenario, number) for number in range(8)]
        broken = [
            month.truce_broken
            for run in runs
            for month in run.months
            if month.truce_broken is not None
        ]
        assert len(broken) == sum(int(run.record["truce_broken"][0]) for run in runs) > 0
        assert min(broken) > 0.99
        told = [story(run) for run in runs]
        assert any("The truce breaks" in chapter.text for each in told for chapter in each.chapters)

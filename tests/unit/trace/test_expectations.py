"""The reasons told are the reasons acted on: each number decides what the run's luck says."""

from __future__ import annotations

import math

import pytest

from sim.enums import Challenge, War
from sim.model.rules.choice import UNAVAILABLE, choose
from sim.rng import DrawPurpose, uniforms
from sim.trace.events import Crisis, Option, TracedRun
from tests.scenarios import COVERING_FIRST
from tests.unit.trace.engine_spy import Moment, record_decisions
from tests.unit.trace.reference_formulas import expected, fighters
from tests.unit.trace.runs import told


@pytest.fixture(params=COVERING_FIRST, scope="module")
def seen(request):
    """The runs told of a scenario, each with what the Mesa engine showed of it."""
    runs = told(request.param)
    return [(run, record_decisions(run.scenario, run.number, run.seed)) for run in runs]


def luck(moment: Moment, purpose: DrawPurpose, state: int) -> tuple[float, ...]:
    """The draws of a state for a purpose in the moment's month."""
    w, p = moment
    return uniforms(int(w["seed"]), purpose, int(w["month"]), p["stream"][state], int(w["run"]))


def weighed(options, times):
    """The utilities of a probe, a strike and a mobilisation, of which the last is held against the
    best of the others with a precision of its own."""
    probe, strike, mobilise = (UNAVAILABLE if o.worth is None else o.worth for o in options)
    best = max(0.0, probe, strike)
    return [probe, strike, best + times * (mobilise - best)]


def test_what_the_options_were_worth_decides_what_it_does(seen):
    for run, months in seen:
        for month, moments in zip(run.months[1:], months, strict=True):
            if month.options:
                moment = moments["challenge_kernel"]
                _, u, _, _ = luck(moment, DrawPurpose.CHALLENGE, moment.given["challenger"])
                worths = weighed(month.options, moment.given["offensive_precision"])
                precision = moment.given["precision"]
                chosen = choose(u, precision, 0.0, *worths)
                for option, worth in zip(month.options, worths, strict=True):
                    weights = [math.exp(precision * other) for other in (0.0, *worths)]
                    weight = math.exp(precision * worth)
                    assert option.chance == pytest.approx(weight / sum(weights))
                ordered = month.crisis is not None and month.crisis.ordered
                assert chosen == (month.crisis.action if ordered else Challenge.HOLD)
            elif month.crisis:
                assert not month.crisis.ordered


def test_the_answer_reckoned_with(seen):
    for run, months in seen:
        if run.scenario["constants.pivotality"].mean > 0:
            pytest.skip("expectations of each other settle in rounds, which the reference has not")
        for month, moments in zip(run.months[1:], months, strict=True):
            for option in month.options:
                if option.worth is not None:
                    reckons(option, moments["challenge_kernel"], run)


def reckons(option: Option, moment: Moment, run: TracedRun) -> None:
    """The answer and the expected share, for the chances that others are taken to reckon with."""
    press, win = others_reckon(option.action, moment, run)
    answer, share = expected(option.action, press, win, moment)
    assert option.answer == pytest.approx(answer, abs=1e-12)
    assert option.defying == pytest.approx(share, abs=1e-12)


def others_reckon(action: int, moment: Moment, run: TracedRun) -> tuple[float, float]:
    """Their reckoning as the stage leaves it, on a copy of the moment's rows."""
    import numpy as np

    from sim.model.stages.expectations import expected_defiance
    from sim.model.state import PARAMETERS, WORLD, plain_rows

    world, given = np.zeros(1, WORLD), np.zeros(1, PARAMETERS)
    world[0], given[0] = moment
    expected_defiance(action, plain_rows(world)[0], plain_rows(given)[0])
    return float(world[0]["expected_press"]), float(world[0]["expected_win"])


def test_each_states_chance_decides_its_answer(seen):
    for run, months in seen:
        for month, moments in zip(run.months[1:], months, strict=True):
            if month.crisis:
                stands(month.crisis, moments, run)


def stands(crisis: Crisis, moments: dict[str, Moment], run: TracedRun) -> None:
    moment = moments["press_kernel"]
    powers = dict(fighters(moment))
    assert [s.state for s in crisis.stands] == [run.scenario.states[i] for i in powers]
    for stand, (i, power) in zip(crisis.stands, powers.items(), strict=True):
        assert stand.power == pytest.approx(power)
        u, _, _, _ = luck(moment, DrawPurpose.RESPONSE, i)
        assert stand.defies == (u < stand.chance)
        assert bool(moment.world["defies"][i]) == (stand.defies and crisis.attributed)
    defying = sum(s.power for s in crisis.stands if s.defies and crisis.attributed)
    assert crisis.defying == pytest.approx(defying / (sum(powers.values()) or 1.0))
    assert crisis.answered == (crisis.defying > crisis.quorum and bool(powers))


def test_the_chances_of_pressing_and_of_war_decide_how_it_ends(seen):
    for run, months in seen:
        for month, moments in zip(run.months[1:], months, strict=True):
            if month.crisis and month.crisis.press:
                press = month.crisis.press
                world = moments["press_kernel"].world
                assert press.pressed == (world["u_press"] < press.chance)
                opposed = press.pressed and month.crisis.answered
                slipped = opposed and world["u_slip"] < press.slip
                assert slipped == (month.war in (War.LIMITED, War.GENERAL))
                assert (press.pressed and not opposed) == (month.war is War.UNOPPOSED)
                if slipped:
                    assert (world["u_general"] < press.general) == (month.war is War.GENERAL)


def test_tension_grievance_force_and_credit_are_the_worlds_own(seen):
    for run, months in seen:
        before = run.months[0]
        for month, moments in zip(run.months[1:], months, strict=True):
            world = moments["challenge_kernel"].world
            assert world["tension"] == before.tension
            if not month.moves:
                assert world["power"] == before.power or month.happenings
            for belief in month.beliefs:
                place = run.scenario.states.index(belief.state)
                assert world["credit"][place] == belief.before != belief.after
            before = month


def test_lines_are_crossed_once_and_by_what_they_watch(seen):
    for run, months in seen:
        crossed = [(c.state, c.line) for month in run.months for c in month.crossings]
        assert len(crossed) == len(set(crossed)) <= len(run.scenario.red_lines)
        last = months[-1]["end_month_kernel"]
        assert last.world["crossed"].sum() == len(crossed)
        for moments, month in zip(months, run.months[1:], strict=True):
            for crossing in month.crossings:
                k = run.scenario.red_lines.index((crossing.state, crossing.line))
                assert not moments["challenge_kernel"].world["crossed"][k] or crossing.grievance
                assert moments["end_month_kernel"].world["crossed"][k]

"""The challenger's expectations, recalculated from the rows of a decision and the rules alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.enums import Participation, Role
from sim.model.rules.choice import choice_probability
from sim.model.rules.deterrence import attribution, expected_answer, quorum_chance
from sim.model.rules.escalation import slip_chance
from sim.model.rules.learning import reputation
from sim.model.rules.response import (
    cost_of_backing_down,
    feared_war,
    harm,
    utility_of_conceding,
    utility_of_defying,
)
from tests.unit.trace.engine_spy import Moment


def fighters(moment: Moment) -> Iterator[tuple[int, float]]:
    """The guarantors with forces that can fight, each with its power."""
    w, p = moment
    near = 1 + p["forward_power"] * (p["forwardness"] - 0.5)
    for i in range(p["n_states"]):
        rung = w["rung"][i]
        power = p["force_size"] * p["capability"][i] * p["power"][rung] * near
        if p["role"][i] == Role.GUARANTOR and p["fights"][rung] and power > 0:
            yield i, float(power)


def expected(action: int, press: float, win: float, moment: Moment) -> tuple[float, float]:
    """The answer to ``action`` that the challenger reckons with, and the share of the fighting
    power it expects to defy, where others reckon with these chances of pressing and winning."""
    w, p = moment
    powers = dict(fighters(moment))
    total = sum(powers.values())
    if not powers:
        return 0.0, 0.0
    chances = {i: _public(i, action, press, win, w, p) for i in powers}
    mean = sum(power * chances[i] for i, power in powers.items()) / total
    spread = sum(
        (power / total) ** 2 * chances[i] * (1 - chances[i]) for i, power in powers.items()
    )
    answer = expected_answer(
        attribution(p["attribution"][action], p["verification"]),
        p["clarity"],
        quorum_chance(mean, spread, p["quorum"], len(powers) == 1),
        reputation(
            p["reputation_prior"],
            p["reputation_weight"],
            w["times_answered"],
            w["times_conceded"],
        ),
    )
    return float(answer), mean


def _public(i: int, a: int, press: float, win: float, w: Any, p: Any) -> float:
    rung, loss = w["rung"][i], p["loss"][a]
    # Who blames the protégé stands by it less.
    resolve = p["resolve"][i] * w["sympathy"]
    outside = p["based_outside"] if rung == Participation.AIR_SEA else 0.0
    exposure = p["exposure"][rung] * (1.0 - outside)
    believed = w["line_declared"][i, a] * w["credit"][i]
    concede = utility_of_conceding(
        resolve,
        loss,
        p["targets_force"][a],
        exposure,
        cost_of_backing_down(p["audience_cost"][i], p["clarity"], believed),
    )
    defy = utility_of_defying(
        resolve,
        loss,
        p["mobilise"],
        p["answer_cost"],
        press,
        win,
        p["casualty_aversion"][i],
        harm(p["violence"][a], p["remote_exposure"], exposure, p["shield"], w["backstop"]),
        feared_war(
            slip_chance(p["slip"][a], w["tension"]),
            p["guarantor_war_cost"],
            p["shield"],
            w["backstop"],
        ),
        w["combat_declared"][i] * w["credit"][i],
    )
    return float(choice_probability(p["precision"] * p["answer_precision"], defy, concede))

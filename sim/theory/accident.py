"""Accidents: the share of runs without an accidental clash.

The stage ``challenge`` is simulated month by month with a challenger that never reviews, and with
given contact, tension and monitoring.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim.enums import Challenge
from sim.jit import kernel
from sim.model.stages.challenge import challenge
from sim.model.state import rows
from sim.scenario.constants import CONSTANTS
from sim.scenario.parameter import real_parameter, share_parameter
from sim.scenario.schema import HEAD
from sim.theory import closed_form
from sim.theory.case import Answer, Case, shares
from sim.theory.inputs import Input, Values, inputs, one_each
from sim.theory.testbed import bench

RATES = ("accident", "tension_pace", "accident_verification")
BY_MONTH = ("contact", "tension", "monitoring")


@kernel
def live_through(worlds: Any, parameters: Any, months: Any, quiet: Any) -> None:
    """Set ``quiet`` to 1 for each run without an accident; ``months`` has a row a month: contact,
    tension, monitoring."""
    w = worlds[0]
    p = parameters[0]
    for run in range(len(quiet)):
        w.run = run
        w.month = 0
        w.action = Challenge.HOLD
        while w.month < len(months) and w.action == Challenge.HOLD:
            w.footprint = months[w.month, 0]
            w.tension = months[w.month, 1]
            p.verification = months[w.month, 2]
            w.month += 1
            challenge(w, p)
        quiet[run] = w.action == Challenge.HOLD


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The share of runs without an accident."""
    settings = {f"constants.{name}": values[name] for name in RATES}
    world, parameters = bench(seed, settings | {"constants.challenger_review": 0.0})
    quiet = np.zeros(runs, np.int64)
    live_through(rows(world), rows(parameters), by_month(values), quiet)
    return {"survival": float(quiet.mean())}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The share that survives all monthly hazards."""
    rate, pace, prevented = (values[name] for name in RATES)
    hazards = [
        closed_form.hazard(rate, contact, tension, pace, monitoring, prevented)
        for contact, tension, monitoring in by_month(values)
    ]
    return shares({"survival": closed_form.accident(hazards)})


def by_month(values: Values) -> Any:
    """Contact, tension and monitoring, a row a month; raises ``UsageError``."""
    months = int(values["months"])
    columns = [one_each(name, values, months, "months") for name in BY_MONTH]
    return np.array(columns).T.reshape(months, len(BY_MONTH)).copy()


def complete(values: Values) -> Values:
    """The values; raises ``UsageError`` if a list has neither one value nor one a month."""
    by_month(values)
    return values


CASE = Case(
    "accident",
    "Accidental clashes",
    inputs(
        Input(
            real_parameter("contact", 0.3, 0, 100, "footprint", "footprint in reach"),
            (0.3,),
            many=True,
        ),
        Input(
            real_parameter("tension", 0, 0, 100, "tension", "tension between the sides"),
            (0.5,),
            many=True,
        ),
        Input(share_parameter("monitoring", 0.6, "monitoring of the ceasefire"), (0.6,), many=True),
        Input(replace(HEAD["months"], meaning="duration"), 60.0),
        *(Input(CONSTANTS[name], float(CONSTANTS[name].default)) for name in RATES),
    ),
    "monitoring=0",
    simulated,
    answers,
    complete,
)

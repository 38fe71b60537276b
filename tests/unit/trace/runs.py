"""Runs to tell, of every shipped scenario: a typical one, a near miss and the worst."""

from __future__ import annotations

from functools import cache

from sim.errors import UsageError
from sim.experiments.run import simulate
from sim.scenario.load import load
from sim.scenario.model import Scenario
from sim.shipped import scenario_names
from sim.trace.pick import Like, pick
from sim.trace.replay import replayer
from sim.trace.run import Run

AMONG = 120
NAMES = scenario_names()


@cache
def scenario(name: str) -> Scenario:
    return load(name)


@cache
def picked(name: str) -> dict[Like, Run]:
    """The runs that ``name`` has to tell among its first ``AMONG``, by what they are like."""
    played, seed = scenario(name), scenario(name).seed
    again, records = replayer(played, seed), simulate(played, AMONG).records
    found = {}
    for like in Like:
        try:
            found[like] = again(pick(like, records))
        except UsageError:
            continue
    return found


def told(name: str) -> list[Run]:
    return list(picked(name).values())

"""Runs to tell, of every shipped scenario: a typical one, a near miss and the worst."""

from __future__ import annotations

from functools import cache

from sim.choices import Selection
from sim.errors import UsageError
from sim.experiments.simulate import simulate
from sim.scenario.load import load
from sim.scenario.scenario import Scenario
from sim.trace.events import TracedRun
from sim.trace.replay import replayer
from sim.trace.select import select_run

AMONG = 120


@cache
def scenario(name: str) -> Scenario:
    return load(name)


@cache
def picked(name: str) -> dict[Selection, TracedRun]:
    """The runs that ``name`` has to tell among its first ``AMONG``, by what they are like."""
    played, seed = scenario(name), scenario(name).seed
    again, records = replayer(played, seed), simulate(played, AMONG).records
    found = {}
    for like in Selection:
        try:
            found[like] = again(select_run(like, records))
        except UsageError:
            continue
    return found


def told(name: str) -> list[TracedRun]:
    return list(picked(name).values())

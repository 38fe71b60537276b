"""What a sweep is to play, and in which parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from sim.enums import Outcome
from sim.experiments.designs import Design
from sim.experiments.factors import Axis, parameter_of
from sim.jit import sources_digest
from sim.scenario.load import load_text
from sim.scenario.scenario import Scenario

# Replications that every point is played before any point is played again: a sweep that is
# stopped has all points, with about as many runs each.
PASS = 50

# The most points in a part. A small design is cut finer, so that there is work for every processor.
MOST_POINTS = 128
RANGES = 8

DEFAULT_MEASURES = ("war", "failure", "escalation", *Outcome.words())


class Part(NamedTuple):
    """The unit of work and of storage: some replications, from ``first`` on, at some points."""

    number: int
    first: int
    replications: int
    points: Sequence[int]

    @property
    def runs(self) -> int:
        """How many runs there are in it."""
        return self.replications * len(self.points)


@dataclass(frozen=True, eq=False)
class Plan:
    """A sweep: ``replications`` runs of ``scenario`` at every point of ``design``, all points on
    the luck of ``seed``.

    With ``until_ci`` a point is played no further once the 95 % interval of the share of ``watch``
    is narrower; ``replications`` is then the cap.
    """

    name: str
    scenario: Scenario
    design: Design
    replications: int
    seed: int
    until_ci: float | None = None
    watch: str = "war"

    @property
    def runs(self) -> int:
        """How many runs there are, at most."""
        return len(self.design) * self.replications

    @property
    def folder_name(self) -> str:
        """A name that the same sweep always has, so that the same command goes on with it."""
        return f"{self.name}-{self.digest[:10]}"

    @property
    def passes(self) -> int:
        """How many times all points are gone through."""
        return -(-self.replications // PASS)

    @property
    def width(self) -> int:
        """How many points there are in a part."""
        return min(MOST_POINTS, -(-len(self.design) // RANGES))

    @property
    def ranges(self) -> int:
        """How many parts there are in a pass."""
        return -(-len(self.design) // self.width)

    @property
    def short_parts(self) -> tuple[int, int]:
        """The numbers of the parts, from the first to before the last, with less than a pass."""
        return self.replications // PASS * self.ranges, self.passes * self.ranges

    def parts(self, number: int, active: Any) -> Iterator[Part]:
        """The parts of pass ``number``, with those of their points that are ``active`` (flags)."""
        first = number * PASS
        count = min(PASS, self.replications - first)
        for k in range(self.ranges):
            points = range(k * self.width, min((k + 1) * self.width, len(self.design)))
            going_on = [point for point in points if active[point]]
            if going_on:
                # A range, where it says the same, so that a long list of parts stays small.
                whole = len(going_on) == len(points)
                yield Part(number * self.ranges + k, first, count, points if whole else going_on)

    @cached_property
    def design_digest(self) -> str:
        """SHA-256 of the points, their luck and the parts: two sweeps with the same one can be
        compared run by run."""
        return _digest(self._layout())

    @property
    def rules(self) -> str:
        """The digest of the rules that this process plays by."""
        return sources_digest()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that can move a number of the sweep, the compiled rules included."""
        rule = {"until_ci": self.until_ci, "watch": self.watch} if self.until_ci else {}
        made = {"scenario": self.scenario.digest, "rules": self.rules}
        return _digest({**self._layout(), **rule, **made})

    def _layout(self) -> dict[str, Any]:
        return {
            "paths": self.design.paths,
            "points": self.design.written(),
            "seed": self.seed,
            "replications": self.replications,
            "pass": PASS,
            "points_in_a_part": self.width,
        }

    def written(self) -> dict[str, Any]:
        """The plan as plain data, from which :func:`plan_of` makes it again."""
        return {
            "sweep": self.name,
            "design": self.design.method,
            **self._layout(),
            "until_ci": self.until_ci,
            "watch": self.watch,
            "resolved": self.scenario.to_dict(),
        }


def plan_of(document: dict[str, Any]) -> Plan:
    """The plan that was written as plain data."""
    scenario = load_text(json.dumps(document["resolved"], ensure_ascii=False))
    axes = tuple(
        _axis(path, [point[k] for point in document["points"]], scenario)
        for k, path in enumerate(document["paths"])
    )
    points = _numbers(axes, document["points"])
    return Plan(
        name=document["sweep"],
        scenario=scenario,
        design=Design(document["design"], axes, points),
        replications=document["replications"],
        seed=document["seed"],
        until_ci=document["until_ci"],
        watch=document["watch"],
    )


def _axis(path: str, said: Sequence[Any], scenario: Scenario) -> Axis:
    axis = Axis(path, parameter_of(path, scenario))
    return Axis(
        path, axis.parameter, tuple(sorted({axis.number(s) for s in said if s is not None}))
    )


def _numbers(axes: Sequence[Axis], points: Sequence[Sequence[Any]]) -> Any:
    rows = [[axis.number(said) for axis, said in zip(axes, p, strict=True)] for p in points]
    return np.array(rows, float).reshape(len(points), len(axes))


def _digest(document: dict[str, Any]) -> str:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

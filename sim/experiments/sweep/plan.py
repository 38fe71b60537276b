"""Plan of a sweep: what it runs, and how it is divided into parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.enums import Outcome
from sim.experiments.designs import Design
from sim.experiments.factors import Factor, make_factor
from sim.jit import sources_digest
from sim.scenario.load import load_text
from sim.scenario.scenario import Scenario

# Replications of every point before any point gets more: an interrupted sweep has all points, with
# about the same number of runs.
PASS = 50

# The most points in a part. A small design has smaller parts, so that every processor has work.
MOST_POINTS = 128
RANGES = 8

DEFAULT_MEASURES = ("war", "failure", "escalation", *Outcome.words())


@dataclass(frozen=True, slots=True)
class SweepPart:
    """Unit of work and of storage: replications, from number ``first`` on, of some points."""

    number: int
    first: int
    replications: int
    points: Sequence[int]

    @property
    def runs(self) -> int:
        """The number of runs."""
        return self.replications * len(self.points)


@dataclass(frozen=True, eq=False)
class Plan:
    """A sweep: ``replications`` runs of ``scenario`` at every point of ``design``.

    All points use the common random numbers of ``seed``. With ``until_ci`` a point stops once the
    95 % interval of the share of ``watch`` is narrower; ``replications`` is then the maximum.
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
        """The largest possible number of runs."""
        return len(self.design) * self.replications

    @property
    def folder_name(self) -> str:
        """A name that depends on the digest, so that the same command continues a sweep."""
        return f"{self.name}-{self.digest[:10]}"

    @property
    def passes(self) -> int:
        """The number of passes over all points."""
        return -(-self.replications // PASS)

    @property
    def width(self) -> int:
        """The number of points in a part."""
        return min(MOST_POINTS, -(-len(self.design) // RANGES))

    @property
    def ranges(self) -> int:
        """The number of parts in a pass."""
        return -(-len(self.design) // self.width)

    @property
    def short_parts(self) -> tuple[int, int]:
        """The range of part numbers, end excluded, of a pass with fewer than ``PASS`` runs."""
        return self.replications // PASS * self.ranges, self.passes * self.ranges

    def parts(self, number: int, active: Any) -> Iterator[SweepPart]:
        """The parts of pass ``number``, restricted to the ``active`` points (flags)."""
        first = number * PASS
        count = min(PASS, self.replications - first)
        for k in range(self.ranges):
            points = range(k * self.width, min((k + 1) * self.width, len(self.design)))
            chosen = [point for point in points if active[point]]
            if chosen:
                # An equal range keeps a long list of parts small.
                whole = len(chosen) == len(points)
                yield SweepPart(number * self.ranges + k, first, count, points if whole else chosen)

    @cached_property
    def design_digest(self) -> str:
        """SHA-256 of points, seed and parts: sweeps that share it can be compared run by run."""
        return _digest(self._layout())

    @property
    def rules(self) -> str:
        """The digest of the rules in this process."""
        return sources_digest()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything that can change a number, the compiled rules included."""
        return _digest(self._identity())

    @cached_property
    def lineage(self) -> str:
        """The digest without the number of replications: sweeps that share it share their parts."""
        return _digest({**self._identity(), "replications": None})

    def _identity(self) -> dict[str, Any]:
        stopping = {"until_ci": self.until_ci, "watch": self.watch} if self.until_ci else {}
        model = {"scenario": self.scenario.digest, "rules": self.rules}
        return {**self._layout(), **stopping, **model}

    def _layout(self) -> dict[str, Any]:
        return {
            "paths": self.design.paths,
            "points": self.design.to_lists(),
            "seed": self.seed,
            "replications": self.replications,
            "pass": PASS,
            "points_in_a_part": self.width,
        }

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain data, the inverse of :func:`plan_from_dict`."""
        return {
            "sweep": self.name,
            "design": self.design.method,
            **self._layout(),
            "until_ci": self.until_ci,
            "watch": self.watch,
            "resolved": self.scenario.to_dict(),
        }


def plan_from_dict(document: dict[str, Any]) -> Plan:
    """The plan that :meth:`Plan.to_dict` made plain data of; raises ``ValueError`` for one without
    points, as no sweep has it."""
    scenario = load_text(json.dumps(document["resolved"], ensure_ascii=False))
    rows = document["points"]
    if not rows:
        raise ValueError("no points")
    factors = tuple(
        _factor(path, scenario, [row[k] for row in rows])
        for k, path in enumerate(document["paths"])
    )
    numbers = [[f.from_plain(value) for f, value in zip(factors, row, strict=True)] for row in rows]
    points = np.array(numbers, float).reshape(len(rows), len(factors))
    return Plan(
        name=document["sweep"],
        scenario=scenario,
        design=Design(document["design"], factors, points),
        replications=document["replications"],
        seed=document["seed"],
        until_ci=document["until_ci"],
        watch=document["watch"],
    )


def _factor(path: str, scenario: Scenario, column: Sequence[Any]) -> Factor:
    factor = make_factor(path, scenario)
    levels = sorted({factor.from_plain(value) for value in column if value is not None})
    return Factor(path, factor.parameter, tuple(levels))


def _digest(document: dict[str, Any]) -> str:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

"""Several values of a parameter, or several assignments, in one word of a command: the same way in
every verb."""

from __future__ import annotations

import re

from sim.errors import Place, UsageError
from sim.experiments.sweep.spread import axis_of
from sim.scenario.findings import Findings
from sim.scenario.model import Scenario
from sim.scenario.nodes import Scalar

MARK = r"\s*(?:<=|>=|!=|[≤≥<>=])"
BETWEEN = re.compile(rf"\s*[;,]\s*(?=[\w.]+{MARK})")


def assignments(text: str) -> list[str]:
    """The parts of ``path=value, path=value``; a ``;`` does as well as a comma."""
    return [part for part in BETWEEN.split(text.strip(" ;,")) if part]


def levels(scenario: Scenario, path: str, text: str, option: str, most: int) -> tuple[float, ...]:
    """The values that ``text`` gives the parameter at ``path``, written as a sweep has them.

    Raises :class:`sim.errors.UsageError`, with the ``option`` that said them, for what are none,
    and for more than ``most``.
    """
    place, findings, here = Place(f"--{option}", 1, 1), Findings(), f"--{option} {path}={text}"
    axis = axis_of(Scalar(place, path), Scalar(place, text), scenario, findings)
    if axis is None:
        raise UsageError(f"--{option}: {findings.problems[0].message}", findings.problems[0].remedy)
    if not axis.levels:
        raise UsageError(f"{here}: how many values?", f"write {text}:5 for five")
    if len(axis.levels) > most:
        raise UsageError(f"{here}: {len(axis.levels):,} values", f"at most {most:,}")
    return axis.levels


def named(text: str, option: str) -> tuple[str, str]:
    """The path and the values of ``PATH=VALUES``; raises :class:`sim.errors.UsageError`."""
    path, equals, values = text.partition("=")
    if not equals:
        raise UsageError(f"--{option} {text[:60]} names no values", "write PATH=0:1:5")
    return path.strip(), values.strip()

"""A textbook game: its simulation with the model's rules, and its known answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sim.choices import MAX_SEED
from sim.errors import json_head, whole_within
from sim.theory.inputs import Input, Values, entry_named

RUNS = 20_000
SEED = 2025
MAX_RUNS = 10_000_000

EXACT = 1e-9
ERRORS = 4.0
# Below this standard deviation the event never happens in any feasible number of runs.
NEVER = 1e-5
# If fewer runs than this are expected to differ, counts are skewed and the normal interval is too
# narrow; the expansion of Cornish and Fisher (1938) adds (4^2 - 1) / 6 runs.
FEW = 25.0
SKEW = (ERRORS * ERRORS - 1.0) / 6.0


# A number, or a tuple with one for each player.
Result = Any


class Answer(NamedTuple):
    """A known answer, and the standard deviation of a single run."""

    value: Result
    spread: float = 0.0

    def tolerance(self, runs: int) -> float:
        """Largest Monte-Carlo error allowed for ``runs`` runs: four standard errors, slightly more
        for rare outcomes; 1e-9 for deterministic answers."""
        if self.spread < NEVER:
            return EXACT
        is_rare = runs * self.spread * self.spread < FEW
        return ERRORS * self.spread / math.sqrt(runs) + (SKEW / runs if is_rare else 0.0)


def simulated_share(p: float) -> Answer:
    """The answer for a share ``p`` of runs."""
    return Answer(p, math.sqrt(max(0.0, p * (1.0 - p))))


def shares(parts: Mapping[str, float]) -> dict[str, Answer]:
    """Answers for several shares of runs."""
    return {name: simulated_share(p) for name, p in parts.items()}


def items(result: Result) -> tuple[float, ...]:
    """The numbers of a result."""
    return result if isinstance(result, tuple) else (result,)


def _plain(result: Result) -> float | list[float]:
    return list(result) if isinstance(result, tuple) else float(result)


@dataclass(frozen=True)
class CaseResult:
    """Simulated results beside the known answers."""

    case: Case
    values: Values
    runs: int
    seed: int
    simulated: Mapping[str, Result]
    known: Mapping[str, Answer]

    @property
    def tolerance(self) -> dict[str, float]:
        """Largest Monte-Carlo error allowed for each answer."""
        return {name: answer.tolerance(self.runs) for name, answer in self.known.items()}

    def agrees(self, name: str) -> bool:
        """Whether one result lies within the tolerance of its known answer."""
        answer = self.known[name]
        found, known = items(self.simulated[name]), items(answer.value)
        most = answer.tolerance(self.runs)
        return all(abs(one - other) <= most for one, other in zip(found, known, strict=True))

    @property
    def agree(self) -> bool:
        """Whether all results do."""
        return all(map(self.agrees, self.known))

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data, as ``thinline theory NAME --json`` prints it."""
        return {
            **json_head("theory"),
            "case": self.case.name,
            "parameters": self.case.said(self.values),
            "runs": self.runs,
            "seed": self.seed,
            "simulated": {name: _plain(found) for name, found in self.simulated.items()},
            "known": {name: _plain(answer.value) for name, answer in self.known.items()},
            "tolerance": self.tolerance,
            "agree": self.agree,
        }


@dataclass(frozen=True)
class Case:
    """A textbook game.

    ``play(values, runs, seed)`` simulates it with the model's rules and returns results by key;
    ``answers(values, seed)`` returns the known answers by the same keys. ``complete`` receives all
    values, fills in those that depend on others, and raises ``UsageError`` if they are
    inconsistent. ``once`` marks a deterministic game, for which one run suffices.
    ``worth_trying`` is an instructive ``key=value``.
    """

    name: str
    title: str
    inputs: Mapping[str, Input]
    worth_trying: str
    play: Callable[[Values, int, int], Mapping[str, Result]]
    answers: Callable[[Values, int], dict[str, Answer]]
    complete: Callable[[Values], Values] = field(default=lambda values: values)
    once: bool = False

    def settled(self, given: Mapping[str, Any]) -> Values:
        """All parameters by name: given values, as text or numbers, and defaults for the others.

        Raises ``UsageError`` for an unknown name or a value that is not allowed.
        """
        read = {name: self.input(name).read(value) for name, value in given.items()}
        return self.complete({name: one.default for name, one in self.inputs.items()} | read)

    def input(self, name: str) -> Input:
        """The input of that name; raises ``UsageError`` with the closest name."""
        found: Input = entry_named(name, self.inputs, f"parameter of {self.name}")
        return found

    def said(self, values: Values) -> dict[str, Any]:
        """Values as for ``--set``, without omitted ones."""
        return {
            name: one.say(values[name])
            for name, one in self.inputs.items()
            if values[name] is not None
        }

    def to_dict(self) -> dict[str, Any]:
        """The parameters of the game, as plain data."""
        parameters = {
            name: {
                "default": one.say(one.default),
                "meaning": one.parameter.meaning,
                "allowed": one.range_text,
            }
            for name, one in self.inputs.items()
        }
        return {"name": self.name, "title": self.title, "parameters": parameters}

    def simulate(
        self, given: Mapping[str, Any] | None = None, runs: int = RUNS, seed: int = SEED
    ) -> Mapping[str, Result]:
        """Results of ``runs`` runs with ``seed``, simulated with the model's rules.

        Raises ``UsageError`` for invalid values.
        """
        return self.play(self.settled(given or {}), *self._checked(runs, seed))

    def known(self, given: Mapping[str, Any] | None = None, seed: int = SEED) -> dict[str, Result]:
        """The known answers; ``seed`` matters only if parameters are drawn."""
        answers = self.answers(self.settled(given or {}), seed)
        return {name: answer.value for name, answer in answers.items()}

    def compare(
        self, given: Mapping[str, Any] | None = None, runs: int = RUNS, seed: int = SEED
    ) -> CaseResult:
        """Simulated results beside the known answers; raises ``UsageError`` for invalid values."""
        values = self.settled(given or {})
        runs, seed = self._checked(runs, seed)
        simulated = self.play(values, runs, seed)
        return CaseResult(self, values, runs, seed, simulated, self.answers(values, seed))

    def _checked(self, runs: int, seed: int) -> tuple[int, int]:
        """The number of runs to simulate, and the seed; raises ``UsageError``."""
        runs = whole_within("runs", runs, 1, MAX_RUNS)
        return 1 if self.once else runs, whole_within("seed", seed, 0, MAX_SEED)

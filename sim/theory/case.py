"""A canonical game: how it is played by the model's rules, and what is known of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sim.errors import SCHEMA_VERSION, UsageError
from sim.scenario.schema import MAX_SEED
from sim.theory.inputs import Input, Values, named

RUNS = 20_000
SEED = 2025
MAX_RUNS = 100_000_000

EXACT = 1e-9
ERRORS = 4.0
# A spread so small that what it belongs to happens in no number of runs one could wait for.
NEVER = 1e-5


class Answer(NamedTuple):
    """A known answer, and the standard deviation of a single run around it."""

    value: float
    spread: float = 0.0

    def tolerance(self, runs: int) -> float:
        """How far ``runs`` runs may be off by luck: four standard errors.

        A run either way where that is less than a single run, as for very rare ends; 1e-9 where
        luck has no part.
        """
        if self.spread < NEVER:
            return EXACT
        return max(ERRORS * self.spread / math.sqrt(runs), 1.0 / runs)


def share(p: float) -> Answer:
    """A share of runs."""
    return Answer(p, math.sqrt(max(0.0, p * (1.0 - p))))


def shares(parts: Mapping[str, float]) -> dict[str, Answer]:
    """Several shares of runs."""
    return {name: share(p) for name, p in parts.items()}


@dataclass(frozen=True)
class Comparison:
    """What came out, beside what is known."""

    case: Case
    values: Values
    runs: int
    seed: int
    simulated: Mapping[str, float]
    known: Mapping[str, Answer]

    @property
    def tolerance(self) -> dict[str, float]:
        """How far each may be off by luck."""
        return {name: answer.tolerance(self.runs) for name, answer in self.known.items()}

    @property
    def agree(self) -> bool:
        """Whether everything is as near to what is known as luck allows."""
        return all(
            abs(self.simulated[name] - self.known[name].value) <= allowed
            for name, allowed in self.tolerance.items()
        )

    def document(self) -> dict[str, Any]:
        """The comparison as plain data, as ``thinline theory NAME --json`` prints it."""
        return {
            "schema_version": SCHEMA_VERSION,
            "case": self.case.name,
            "parameters": self.case.said(self.values),
            "runs": self.runs,
            "seed": self.seed,
            "simulated": dict(self.simulated),
            "known": {name: answer.value for name, answer in self.known.items()},
            "tolerance": self.tolerance,
            "agree": self.agree,
        }


@dataclass(frozen=True)
class Case:
    """A canonical game.

    ``play(values, runs, seed)`` has the model's rules play it and returns what came out by key;
    ``answers(values, seed)`` the known answers by the same keys. ``complete`` is handed all
    values, fills in what depends on others, and raises ``UsageError`` where they do not fit
    together. ``once`` marks a game that leaves nothing to luck: one run is as good as many.
    """

    name: str
    title: str
    inputs: Mapping[str, Input]
    play: Callable[[Values, int, int], dict[str, float]]
    answers: Callable[[Values, int], dict[str, Answer]]
    complete: Callable[[Values], Values] = field(default=lambda values: values)
    once: bool = False

    def settled(self, given: Mapping[str, Any]) -> Values:
        """Every parameter by its name: what is given, as text or numbers, else the default.

        Raises ``UsageError`` for an unknown name or a value that is not allowed.
        """
        read = {name: self.input(name).read(value) for name, value in given.items()}
        return self.complete({name: one.default for name, one in self.inputs.items()} | read)

    def input(self, name: str) -> Input:
        """The input of that name; raises ``UsageError`` with the nearest one there is."""
        found: Input = named(name, self.inputs, f"parameter of {self.name}")
        return found

    def said(self, values: Values) -> dict[str, Any]:
        """Values as one would write them, without what is left out."""
        return {
            name: one.say(values[name])
            for name, one in self.inputs.items()
            if values[name] is not None
        }

    def simulate(
        self, given: Mapping[str, Any] | None = None, runs: int = RUNS, seed: int = SEED
    ) -> dict[str, float]:
        """What comes out when the model's rules play it ``runs`` times on the luck of ``seed``."""
        return self.play(self.settled(given or {}), runs, seed)

    def known(self, given: Mapping[str, Any] | None = None, seed: int = SEED) -> dict[str, float]:
        """What is known to come out; ``seed`` matters only where luck makes the parameters."""
        answers = self.answers(self.settled(given or {}), seed)
        return {name: answer.value for name, answer in answers.items()}

    def compare(
        self, given: Mapping[str, Any] | None = None, runs: int = RUNS, seed: int = SEED
    ) -> Comparison:
        """Both, side by side; raises ``UsageError`` for what cannot be played."""
        values = self.settled(given or {})
        for name, number, low, high in (("runs", runs, 1, MAX_RUNS), ("seed", seed, 0, MAX_SEED)):
            if not low <= number <= high:
                raise UsageError(f"{name}: {number} is not from {low} to {high}", "choose another")
        played = 1 if self.once else runs
        simulated = self.play(values, played, seed)
        return Comparison(self, values, played, seed, simulated, self.answers(values, seed))

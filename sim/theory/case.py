"""A canonical game: how it is played by the model's rules, and what is known of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sim.errors import SCHEMA_VERSION, check_within
from sim.scenario.schema import MAX_SEED
from sim.theory.inputs import Input, Values, named

RUNS = 20_000
SEED = 2025
MAX_RUNS = 10_000_000

EXACT = 1e-9
ERRORS = 4.0
# A spread so small that what it belongs to happens in no number of runs one could wait for.
NEVER = 1e-5
# Where fewer runs than this are expected to differ, counts are skew and the normal curve too
# narrow: (4^2 - 1) / 6 runs more, by the expansion of Cornish and Fisher (1938), make up for it.
FEW = 25.0
SKEW = (ERRORS * ERRORS - 1.0) / 6.0


class Answer(NamedTuple):
    """A known answer, and the standard deviation of a single run around it."""

    value: float
    spread: float = 0.0

    def tolerance(self, runs: int) -> float:
        """How far ``runs`` runs may be off by luck: four standard errors, and a little more for
        rare ends; 1e-9 where luck has no part."""
        if self.spread < NEVER:
            return EXACT
        is_rare = runs * self.spread * self.spread < FEW
        return ERRORS * self.spread / math.sqrt(runs) + (SKEW / runs if is_rare else 0.0)


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

    def agrees(self, name: str) -> bool:
        """Whether one of them is as near to what is known as luck allows."""
        answer = self.known[name]
        return abs(self.simulated[name] - answer.value) <= answer.tolerance(self.runs)

    @property
    def agree(self) -> bool:
        """Whether all of them are."""
        return all(map(self.agrees, self.known))

    def to_dict(self) -> dict[str, Any]:
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
    ``worth_trying`` is a ``key=value`` that shows something.
    """

    name: str
    title: str
    inputs: Mapping[str, Input]
    worth_trying: str
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

    def to_dict(self) -> dict[str, Any]:
        """What can be set, as plain data."""
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
        check_within("runs", runs, 1, MAX_RUNS)
        check_within("seed", seed, 0, MAX_SEED)
        played = 1 if self.once else runs
        simulated = self.play(values, played, seed)
        return Comparison(self, values, played, seed, simulated, self.answers(values, seed))

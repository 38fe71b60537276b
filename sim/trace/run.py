"""A run as plain facts: its months, its record and how it ended."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from sim.scenario.model import Scenario
from sim.trace.facts import Belief, Crisis, Crossing, Happening, Move, Option, Waiting
from sim.vocabulary import Outcome, Participation, Trigger, War, Word


@dataclass(frozen=True, slots=True)
class Month:
    """A month; number 0 is the start, and the only one with states ``waiting``. ``options`` is
    empty where the challenger did not review.

    ``rungs`` (one a state), tension, footprint, power (of the force), grievance, army (of the
    protégé) and reputation (for answering) are as the month leaves them.
    """

    number: int
    happenings: tuple[Happening, ...]
    moves: tuple[Move, ...]
    crossings: tuple[Crossing, ...]
    beliefs: tuple[Belief, ...]
    options: tuple[Option, ...]
    crisis: Crisis | None
    waiting: tuple[Waiting, ...]
    rungs: tuple[Participation, ...]
    tension: float
    footprint: float
    power: float
    grievance: float
    army: float
    reputation: float
    war: War
    trigger: Trigger

    @property
    def deeds(self) -> tuple[Any, ...]:
        """What was done and where everyone stands, apart from what it was worth to anyone."""
        crisis = self.crisis
        stands = crisis and tuple((stand.state, stand.defies) for stand in crisis.stands)
        pressed = crisis and crisis.press and crisis.press.pressed
        course = crisis and (crisis.action, crisis.ordered, crisis.attributed, stands, pressed)
        crossed = tuple((crossing.state, crossing.line) for crossing in self.crossings)
        happened = tuple(happening.occasion for happening in self.happenings)
        return happened, self.rungs, crossed, course, self.war


@dataclass(frozen=True)
class Run:
    """One run of a scenario: its months, the start first, its record and how it ended."""

    scenario: Scenario
    seed: int
    number: int
    months: tuple[Month, ...]
    record: Any
    outcome: Outcome

    @property
    def last(self) -> Month:
        """The month in which it ended."""
        return self.months[-1]

    def document(self) -> dict[str, Any]:
        """The run as plain data."""
        names = self.record.dtype.names
        return {
            "scenario": self.scenario.name,
            "seed": self.seed,
            "run": self.number,
            "outcome": self.outcome.word,
            "states": list(self.scenario.states),
            "record": {name: self.record[name][0].item() for name in names},
            "months": [plain(asdict(month)) for month in self.months],
        }


def plain(fact: Any) -> Any:
    """A fact as JSON would have it: words for closed lists, lists for tuples."""
    if isinstance(fact, Word):
        return fact.word
    if isinstance(fact, Enum):
        return fact.value
    if isinstance(fact, dict):
        return {key: plain(inner) for key, inner in fact.items()}
    if isinstance(fact, list | tuple):
        return [plain(inner) for inner in fact]
    return fact

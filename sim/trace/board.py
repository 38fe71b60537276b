"""The arrays of one run and the steps of its month, to be taken one at a time and looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.build import Setup
from sim.engines import doors
from sim.scenario.schema import REQUIRES
from sim.trace.doors import (
    chance_door,
    expected_door,
    power_door,
    press_value_door,
    slip_door,
    top_door,
    value_door,
)
from sim.world import RECORD, WORLD, rows


@dataclass(frozen=True)
class Board:
    """A world and its parameters, one row each; every step is the engines' own."""

    setup: Setup
    worlds: Any
    parameters: Any

    @property
    def world(self) -> Any:
        """The world's row, read by field name."""
        return self.worlds[0]

    @property
    def given(self) -> Any:
        """The parameters' row, read by field name."""
        return self.parameters[0]

    @property
    def values(self) -> Any:
        """The parameters as a flat array of numbers."""
        return self.parameters.view(np.float64)

    @property
    def grievance(self) -> float:
        """What the challenger holds against the others, all its lines together."""
        return float(self.world["grievance"])

    def copy(self) -> Board:
        """The same world once more, under the same parameters, to try something out on."""
        return replace(self, worlds=_copied(self.worlds))

    @property
    def _both(self) -> tuple[Any, Any]:
        return rows(self.worlds), rows(self.parameters)

    # The steps of a month, as the engines take them.

    def begin_month(self) -> None:
        """Turn the page: events due apply."""
        doors.month_door(*self._both, self.values, self.setup.surface)

    def review(self, i: int) -> None:
        """State ``i`` reviews its part."""
        doors.review_door(i, *self._both)

    def weigh(self) -> None:
        """Weigh the ladder."""
        doors.weigh_door(*self._both)

    def challenge(self) -> None:
        """The challenger's turn."""
        doors.challenge_door(*self._both)

    def respond(self, i: int) -> None:
        """State ``i`` defies or concedes."""
        doors.respond_door(i, *self._both)

    def press(self) -> None:
        """The challenger presses or backs down, and chance takes its course."""
        doors.press_door(*self._both)

    def is_conceded_strike(self) -> bool:
        """Whether a strike went unanswered."""
        return bool(doors.conceded_door(rows(self.worlds)))

    def withdraw(self, i: int) -> None:
        """State ``i`` may leave after a conceded strike."""
        doors.withdraw_door(i, *self._both)

    def learn(self) -> None:
        """The month is remembered."""
        doors.learn_door(*self._both)

    def record(self) -> Any:
        """The record of the run so far, one row."""
        record = np.zeros(1, RECORD)
        doors.record_door(*self._both, rows(record))
        return record

    # What somebody reckons with; each leaves this board as it is.

    def top(self, i: int) -> int:
        """The highest rung open to state ``i``."""
        return int(top_door(i, *self._both))

    def unmet(self, i: int) -> tuple[str, ...]:
        """Which of the conditions of state ``i`` would alone keep it down."""
        return tuple(name for name in REQUIRES if self._asking_only(i, name).is_held(i))

    def is_held(self, i: int) -> bool:
        """Whether state ``i`` is kept below its private ceiling."""
        return self.top(i) < int(self.world["ceiling"][i])

    def _asking_only(self, i: int, condition: str) -> Board:
        thought = replace(self, parameters=_copied(self.parameters))
        for name in REQUIRES:
            if name != condition:
                thought.given["requires_" + name][i] = 0.0
        return thought

    def option(self, action: int) -> tuple[float, float, float]:
        """A challenge's worth to the challenger, the chance of an answer it reckons with, and the
        share of the fighting power it expects to defy."""
        thought = self.copy()
        worth = value_door(action, *thought._both)
        answer = float(thought.world["reckoned_answer"])
        return float(worth), answer, float(expected_door(action, *thought._both))

    def power(self, i: int) -> float:
        """The power that state ``i`` can fight with."""
        return float(power_door(i, *self._both))

    def chance(self, i: int) -> float:
        """Chance that state ``i`` defies this month's challenge."""
        return float(chance_door(i, *self._both))

    def press_value(self) -> tuple[float, float, float]:
        """What pressing and backing down are worth, and the chance of pressing."""
        return press_value_door(*self._both)

    def slip(self) -> tuple[float, float]:
        """Chance of slipping into war, and of that war becoming general."""
        return slip_door(*self._both)


def board(setup: Setup, seed: int, run: int) -> Board:
    """The arrays of a run at month 0."""
    begun = Board(setup, np.zeros(1, WORLD), setup.base.copy())
    base, draws = setup.base.view(np.float64), rows(setup.draws)
    worlds, parameters = rows(begun.worlds), rows(begun.parameters)
    doors.start_door(
        seed, run, worlds, parameters, begun.values, base, draws, setup.nodes, setup.surface
    )
    return begun


def _copied(row: Any) -> Any:
    # As numbers, because NumPy takes several times as long over a row of fields.
    return row.view(np.float64).copy().view(row.dtype)

"""The arrays of one run and the steps of its month, to be taken one at a time and looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.engines import kernels
from sim.enums import Challenge
from sim.model.build import Setup
from sim.model.rules.choice import UNAVAILABLE, chance_of_choice, choice_probability
from sim.model.rules.escalation import general_war_chance, slip_chance
from sim.model.stages.expectations import defiance, own_value, update_outlook, utility_if_pressed
from sim.model.stages.footprint import fighting_power
from sim.model.stages.participate import open_to
from sim.model.state import RECORD, WORLD, Row, rows
from sim.scenario.schema import REQUIRES
from sim.trace.events import Option

CHALLENGES = (Challenge.PROBE, Challenge.STRIKE, Challenge.OFFENSIVE)


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
        kernels.month_kernel(*self._both, self.values, self.setup.surface)

    def review(self, i: int) -> None:
        """State ``i`` reviews its part."""
        kernels.review_kernel(i, *self._both)

    def weigh(self) -> None:
        """Weigh the ladder."""
        kernels.footprint_kernel(*self._both)

    def challenge(self) -> None:
        """The challenger's turn."""
        kernels.challenge_kernel(*self._both)

    def respond(self, i: int) -> None:
        """State ``i`` defies or concedes."""
        kernels.respond_kernel(i, *self._both)

    def press(self) -> None:
        """The challenger presses or backs down, and chance takes its course."""
        kernels.press_kernel(*self._both)

    def is_conceded_strike(self) -> bool:
        """Whether a strike went unanswered."""
        return bool(kernels.conceded_kernel(rows(self.worlds)))

    def withdraw(self, i: int) -> None:
        """State ``i`` may leave after a conceded strike."""
        kernels.withdraw_kernel(i, *self._both)

    def learn(self) -> None:
        """The month is remembered."""
        kernels.end_month_kernel(*self._both)

    def record(self) -> Any:
        """The record of the run so far, one row."""
        record = np.zeros(1, RECORD)
        kernels.record_kernel(*self._both, rows(record))
        return record

    # What somebody reckons with; each leaves this board as it is. These are the stages' own
    # sums as the plain Python they are: asked seldom, they are not worth compiling.

    @property
    def _plain(self) -> tuple[Row, Row]:
        return Row(self.worlds[0]), Row(self.parameters[0])

    def top(self, i: int) -> int:
        """The highest rung open to state ``i``."""
        return int(open_to(i, *self._plain))

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

    def options(self) -> tuple[Option, ...]:
        """Each challenge as the challenger sees it."""
        w, p = self.copy()._plain
        update_outlook(w, p)
        worths = [own_value(action, w, p) for action in CHALLENGES]
        return tuple(
            _option(a, worth, float(chance_of_choice(a, p.precision, 0.0, *worths)), w)
            for a, worth in zip(CHALLENGES, worths, strict=True)
        )

    def power(self, i: int) -> float:
        """The power that state ``i`` can fight with."""
        return float(fighting_power(i, *self._plain))

    def chance(self, i: int) -> float:
        """Chance that state ``i`` defies this month's challenge, knowing itself."""
        w, p = self._plain
        line, restraint = w.line_felt[i, w.action], w.combat_felt[i]
        return float(defiance(i, w.action, w.resolve[i], line, restraint, w, p))

    def press_value(self) -> tuple[float, float, float]:
        """What pressing and backing down are worth to the challenger against the power that
        defies, and the chance that it presses."""
        w, p = self._plain
        pressed = utility_if_pressed(w.action, w.defying, w, p)
        backed_down = -p.back_down[w.action]
        return (
            float(pressed),
            float(backed_down),
            float(choice_probability(p.precision, pressed, backed_down)),
        )

    def slip(self) -> tuple[float, float]:
        """Chance that the crisis, if pressed, slips into war, and that such a war becomes
        general."""
        w, p = self._plain
        spreads = general_war_chance(p.general_war, p.general_war_tension, w.tension)
        return float(slip_chance(p.slip[w.action], w.tension)), float(spreads)


def board(setup: Setup, seed: int, run: int) -> Board:
    """The arrays of a run at month 0."""
    begun = Board(setup, np.zeros(1, WORLD), setup.base.copy())
    base, draws = setup.base.view(np.float64), rows(setup.draws)
    worlds, parameters = rows(begun.worlds), rows(begun.parameters)
    kernels.start_kernel(
        seed, run, worlds, parameters, begun.values, base, draws, setup.nodes, setup.surface
    )
    return begun


def _option(action: Challenge, worth: float, chance: float, w: Row) -> Option:
    if worth == UNAVAILABLE:
        return Option(action, None, 0.0, 0.0, chance)
    expected = float(w.power_against[action] / w.power) if w.power > 0.0 else 0.0
    return Option(action, float(worth), float(w.answer_to[action]), expected, chance)


def _copied(row: Any) -> Any:
    # As numbers, because NumPy takes several times as long over a row of fields.
    return row.view(np.float64).copy().view(row.dtype)

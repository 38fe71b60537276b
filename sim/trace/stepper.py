"""The arrays of one run and the steps of a month, taken one at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from sim.engines import kernels
from sim.enums import Challenge, Decision, Role
from sim.model.build import Setup
from sim.model.rules.backstop import LEVELS, backstop_level
from sim.model.rules.choice import UNAVAILABLE, choice_probability
from sim.model.rules.deterrence import success
from sim.model.rules.escalation import general_war_chance, slip_chance
from sim.model.rules.protege import support_relied_on
from sim.model.rules.provocation import crossing
from sim.model.rules.response import coalition_acts
from sim.model.stages.backstop import backing_utility, effort_of_others, reviews_backstop
from sim.model.stages.chances import MOST, weigh_options
from sim.model.stages.expectations import (
    action_chance,
    can_call_off,
    defiance,
    own_utilities,
    press_precision,
    press_utility,
    update_challenger_expectations,
    win_chance,
)
from sim.model.stages.footprint import fighting_power
from sim.model.stages.participate import open_to, own_support
from sim.model.stages.private_values import watched
from sim.model.stages.promise import promise
from sim.model.stages.protege import (
    retaliation_chance,
    retaliation_utility,
    violation_unanswered,
)
from sim.model.stages.threat import can_threaten, decides_on_threat
from sim.model.stages.truce import (
    challenger_choice,
    chance_of_break,
    protege_choice,
    terms_on_the_table,
)
from sim.model.state import RECORD, WORLD, plain_rows, rows
from sim.scenario.schema import REQUIRES
from sim.trace.events import Level, Option, Reply, Talks

CHALLENGES = (Challenge.PROBE, Challenge.STRIKE, Challenge.MOBILISATION)


@dataclass(frozen=True)
class Board:
    """A world and its parameters, one row each, with the steps of the engines."""

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
    def guarantors(self) -> list[int]:
        """The numbers of the guarantors."""
        roles = self.given["role"][: len(self.setup.states)]
        return [int(i) for i in np.flatnonzero(roles == Role.GUARANTOR)]

    @property
    def grievance(self) -> float:
        """The challenger's grievance over all its lines."""
        return float(self.world["grievance"])

    def copy(self) -> Board:
        """A copy of the world with the same parameters."""
        return replace(self, worlds=_copied(self.worlds))

    @property
    def _both(self) -> tuple[Any, Any]:
        return rows(self.worlds), rows(self.parameters)

    # The steps of a month, as the engines take them.

    def begin_month(self) -> None:
        """Begin a month: due events apply."""
        kernels.month_kernel(*self._both, self.values, self.setup.surface)

    def review(self, i: int) -> None:
        """State ``i`` reviews its participation, if it is due."""
        kernels.review_kernel(i, *self._both)

    def deploy(self, i: int) -> None:
        """State ``i`` moves towards the rung that it decided on."""
        kernels.deploy_kernel(i, *self._both)

    def weigh(self) -> None:
        """Update footprint, fighting power and grievance."""
        kernels.footprint_kernel(*self._both)

    def back(self) -> None:
        """The backer decides on the backstop, if a review is due."""
        kernels.backstop_kernel(*self._both)

    def threaten(self) -> None:
        """The challenger threatens or stays silent."""
        kernels.threaten_kernel(*self._both)

    def weigh_truce(self) -> None:
        """The two sides weigh a truce, if terms are on the table."""
        kernels.truce_kernel(*self._both)

    def challenge(self) -> None:
        """The challenger's turn."""
        kernels.challenge_kernel(*self._both)

    def respond(self, i: int) -> None:
        """State ``i`` defies or concedes."""
        kernels.respond_kernel(i, *self._both)

    def press(self) -> None:
        """The challenger presses or backs down, and the crisis may escalate."""
        kernels.press_kernel(*self._both)

    def answer_violation(self) -> None:
        """The protégé retaliates or complains, if a violation was not answered."""
        kernels.answer_violation_kernel(*self._both)

    def is_conceded_strike(self) -> bool:
        """Whether a strike went unanswered."""
        return bool(kernels.conceded_kernel(rows(self.worlds)))

    def withdraw(self, i: int) -> None:
        """State ``i`` may leave after a conceded strike."""
        kernels.withdraw_kernel(i, *self._both)

    def end_month(self) -> None:
        """End the month."""
        kernels.end_month_kernel(*self._both)

    def record(self) -> Any:
        """The record of the run so far, one row."""
        record = np.zeros(1, RECORD)
        kernels.record_kernel(*self._both, rows(record))
        return record

    def take_every_step(self) -> None:
        """Take each step of a month once, whether or not the world has a reason to: then all of
        them are compiled. What becomes of the world has no meaning."""
        self.begin_month()
        self.review(0)
        self.deploy(0)
        self.weigh()
        self.back()
        self.threaten()
        self.weigh_truce()
        self.challenge()
        self.respond(0)
        self.press()
        self.answer_violation()
        self.is_conceded_strike()
        self.withdraw(0)
        self.end_month()
        self.record()

    # Expectations, which leave the board unchanged. The stages are called as plain Python,
    # because they are called too rarely to be worth compiling.

    @cached_property
    def plain(self) -> tuple[Any, Any]:
        """The rows of the world and the parameters, as the stages take them in plain Python."""
        return plain_rows(self.worlds)[0], plain_rows(self.parameters)[0]

    def top(self, i: int) -> int:
        """The highest rung open to state ``i``."""
        return int(open_to(i, *self.plain))

    def unmet(self, i: int) -> tuple[str, ...]:
        """The conditions of state ``i`` that would each hold it down alone."""
        return tuple(name for name in REQUIRES if self._with_only(i, name).is_held(i))

    def is_held(self, i: int) -> bool:
        """Whether state ``i`` is kept below its private ceiling."""
        return self.top(i) < int(self.world["ceiling"][i])

    def fatigue(self) -> float:
        """By how much fatigue has lowered the utility of taking part."""
        return float(self.given["fatigue"]) * int(self.world["month"]) / 12.0

    def attacks(self, i: int) -> float:
        """By how much attacks have lowered the utility of taking part for state ``i``."""
        return -float(own_support(i, *self.plain))

    def _with_only(self, i: int, condition: str) -> Board:
        changed = replace(self, parameters=_copied(self.parameters))
        for name in REQUIRES:
            if name != condition:
                changed.given["requires_" + name][i] = 0.0
        return changed

    def options(self) -> tuple[Option, ...]:
        """Each challenge with the challenger's utility and expectations."""
        w, p = self.copy().plain
        update_challenger_expectations(w, p)
        worths = own_utilities(w, p)
        return tuple(
            _option(a, worth, float(action_chance(a, *worths, p)), w)
            for a, worth in zip(CHALLENGES, worths, strict=True)
        )

    def chances(self, decision: int, i: int) -> list[float]:
        """The chances of the options of a ``decision`` that state ``i`` has, if it is due."""
        found = np.zeros(MOST)
        # A plain number: with a member of an enumeration the kernel would be compiled once more.
        kernels.chances_kernel(int(decision), i, *self.copy()._both, found)
        return [float(chance) for chance in found]

    def backs(self) -> bool:
        """Whether the backer reviews the backstop this month."""
        return bool(reviews_backstop(*self.plain))

    def decides_on_threat(self) -> bool:
        """Whether the challenger decides on a threat this month."""
        w, p = self.plain
        return bool(can_threaten(w, p) and decides_on_threat(w, p))

    def promised_force(self) -> float | None:
        """Fighting power that a truce would bring; None while no terms are on the table."""
        w, p = self.copy().plain
        if not terms_on_the_table(w, p):
            return None
        promise(1.0, w, p)
        return float(w.promised_power)

    def replies(self) -> tuple[Reply, Reply]:
        """What the challenger and the protégé think of the terms of a truce; none is accepted
        yet."""
        w, p = self.copy().plain
        promise(1.0, w, p)
        one, other = (
            Reply(
                float(truce),
                float(fighting),
                float(choice_probability(p.precision, truce, fighting)),
                accepts=False,
            )
            for truce, fighting in (challenger_choice(w, p), protege_choice(w, p))
        )
        return one, other

    @property
    def can_call_off(self) -> bool:
        """Whether the challenger can still call its challenge off if nobody answers it."""
        w, p = self.plain
        return bool(can_call_off(w.action, p))

    @property
    def is_answered(self) -> bool:
        """Whether enough states defied this month's challenge for the coalition to answer it."""
        w, p = self.plain
        return bool(coalition_acts(w.defying, w.power, p.quorum))

    def backing_levels(self) -> tuple[Level, ...]:
        """Each level of the backstop with the backer's utility and the chance of choosing it."""
        w, p = self.copy().plain
        levels = [backstop_level(option) for option in range(LEVELS)]
        utilities = [float(backing_utility(level, w, p)) for level in levels]
        chances = np.zeros(MOST)
        weigh_options(Decision.BACKSTOP, w.backer, w, p, chances)
        return tuple(map(Level, levels, utilities, map(float, chances)))

    def effort_of_others(self) -> float:
        """Fighting power of the guarantors but the backer."""
        return float(effort_of_others(*self.plain))

    def power(self, i: int) -> float:
        """Fighting power of state ``i``."""
        return float(fighting_power(i, *self.plain))

    def price(self, k: int) -> float:
        """What this month's challenge costs its author for crossing line ``k`` alone."""
        w, p = self.plain
        seen = watched(p.line_watches[k], w.action, p)
        crossed = crossing(seen, p.line_threshold[k], p.line_reach[k])
        return float(p.line_severity[k] * crossed) if p.line_backed[k] else 0.0

    def chance(self, i: int) -> float:
        """Chance that state ``i`` defies this month's challenge, from its private values."""
        w, p = self.plain
        line, restraint = w.line_felt[i, w.action], w.combat_felt[i]
        return float(defiance(i, w.action, w.resolve[i], line, restraint, w, p))

    def press_value(self, answered: bool) -> tuple[float, float, float]:
        """The challenger's utilities of carrying its challenge out, against the defying power or
        unopposed, and of backing down, and the chance that it carries it out."""
        w, p = self.plain
        pressed = press_utility(answered, w, p)
        backed_down = -p.back_down[w.action]
        chance = choice_probability(press_precision(w.action, p), pressed, backed_down)
        return float(pressed), float(backed_down), float(chance)

    def success_chance(self) -> float:
        """Chance that this month's challenge succeeds, if it is carried through without war."""
        w, p = self.plain
        win = win_chance(w.defying if w.answered else 0.0, w, p)
        return float(success(p.contested[w.action], win))

    @property
    def is_unanswered_violation(self) -> bool:
        """Whether the protégé has a violation to answer."""
        return bool(violation_unanswered(*self.plain))

    def retaliation(self) -> tuple[float, float, float]:
        """The protégé's utility of retaliating for this month's violation, the chance of the
        support it relies on, and the chance that it retaliates."""
        w, p = self.copy().plain
        utility = retaliation_utility(w, p)
        support = support_relied_on(p.clarity, w.would_answer)
        return float(utility), float(support), float(retaliation_chance(utility, p))

    def talks(self) -> Talks | None:
        """Weigh a truce, if terms are on the table; returns the terms and the replies."""
        before = self.copy()
        self.weigh_truce()
        if self.world["offers"] == before.world["offers"]:
            return None
        first, second = before.replies()
        signs = self.world["refused_by_challenger"] == before.world["refused_by_challenger"]
        agrees = bool(self.world["ceasefire"])
        return Talks(
            float(self.world["promised_power"]),
            replace(first, accepts=bool(signs)),
            replace(second, accepts=agrees) if signs else None,
        )

    def breaking(self) -> float:
        """Chance that this month's challenge ends the truce."""
        w, p = self.plain
        return float(chance_of_break(w, p))

    def slip(self) -> tuple[float, float]:
        """Chances that the crisis, if pressed, slips into war, and that this war becomes
        general."""
        w, p = self.plain
        spreads = general_war_chance(p.general_war, p.general_war_tension, w.tension)
        return float(slip_chance(p.slip[w.action], w.tension)), float(spreads)


def board(setup: Setup, seed: int, run: int) -> Board:
    """The board of a run at month 0."""
    begun = Board(setup, np.zeros(1, WORLD), setup.base.copy())
    base, draws = setup.base.view(np.float64), rows(setup.draws)
    worlds, parameters = rows(begun.worlds), rows(begun.parameters)
    kernels.start_kernel(
        seed, run, worlds, parameters, begun.values, base, draws, setup.nodes, setup.surface
    )
    return begun


def _option(action: Challenge, worth: float, chance: float, w: Any) -> Option:
    if worth == UNAVAILABLE:
        return Option(action, None, 0.0, 0.0, chance)
    expected = float(w.power_against[action] / w.power) if w.power > 0.0 else 0.0
    return Option(action, float(worth), float(w.answer_to[action]), expected, chance)


def _copied(row: Any) -> Any:
    # As numbers, because NumPy copies a row of fields several times slower.
    return row.view(np.float64).copy().view(row.dtype)

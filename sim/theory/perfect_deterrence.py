"""Perfect deterrence: each side is hard or soft, and knows only its own type.

The challenger holds or challenges, the defender concedes or defies, the challenger backs down or
presses on. A hard side prefers conflict to giving way at its last move, a soft one does not. Each
side knows the other's credibility: the probability that it is hard. The rules give the logit
equilibrium at a very high precision, and the games are played in it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.jit import kernel
from sim.model.rules.choice import choice_probability, expected_utility, weight
from sim.model.rules.deterrence import crisis_value
from sim.model.rules.learning import belief_after
from sim.rng import DrawPurpose, stream_id, uniforms
from sim.scenario.parameter import share_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case, shares
from sim.theory.closed_form import sharp
from sim.theory.deterrence_game import ENDS
from sim.theory.inputs import Input, Values, inputs, payoff

NAME = "perfect-deterrence"

# Each order that the game assumes, from the best payoff to the worst.
ORDERS = (
    ("challenger.concession", "challenger.status_quo", "challenger.backdown"),
    ("challenger.concession", "challenger.conflict_hard", "challenger.backdown"),
    ("challenger.backdown", "challenger.conflict_soft"),
    ("defender.backdown", "defender.conflict_hard"),
    ("defender.conflict_hard", "defender.concession", "defender.conflict_soft"),
)

# A type of a side: its payoffs of the four ends in the order of :data:`ENDS`.
Payoffs = tuple[float, float, float, float]


def side(values: Values, name: str) -> tuple[Payoffs, Payoffs]:
    """The payoffs of a side if it is hard, and if it is soft."""
    status_quo, concession, backdown = (values[f"{name}.{end}"] for end in ENDS[:3])
    hard, soft = (values[f"{name}.conflict_{kind}"] for kind in ("hard", "soft"))
    shared = (status_quo, concession, backdown)
    return (*shared, hard), (*shared, soft)


class Equilibrium:
    """The logit equilibrium, from the rules.

    Attributes
    ----------
    challenges, defies, presses : list of float
        The chance of each move: of a hard side, and of a soft one.
    """

    def __init__(self, values: Values) -> None:
        self.challenger, self.defender = side(values, "challenger"), side(values, "defender")
        self.credibility = values["challenger.credibility"], values["defender.credibility"]
        self.precision = tuple(
            sharp(*hard, *soft) for hard, soft in (self.challenger, self.defender)
        )
        self.presses = [choice_probability(self.precision[0], c[3], c[2]) for c in self.challenger]
        self.challenges = self.defies = [0.0, 0.0]
        self.solve()

    def solve(self) -> None:
        """Find the equilibrium: a fixed point of the soft challenger's gain from a challenge.

        A larger gain corresponds to less defiance. It also brings more soft challengers, and more
        defiance of them. So there is only one fixed point, which bisection finds. Bisection on the
        chance of defiance would not be precise enough, because near indifference its last digits
        matter.
        """
        low, high = self.gain(1, 1.0), self.gain(1, 0.0)
        while low < (middle := 0.5 * (low + high)) < high:
            expected, found = self.defiance(middle)
            if found > expected:
                high = middle
            else:
                low = middle

    def gain(self, kind: int, defied: float) -> float:
        """What a hard (0) or soft (1) challenger expects from a challenge, less the status quo."""
        c = self.challenger[kind]
        return float(crisis_value(defied, self.presses[kind], c[1], c[3], c[2]) - c[0])

    def defiance(self, soft: float) -> tuple[float, float]:
        """The chance of defiance that gives a soft challenger this gain, and the chance that
        follows from the challenges at this gain."""
        none, sure = self.gain(1, 0.0), self.gain(1, 1.0)
        expected = (none - soft) / (none - sure)
        hard = self.gain(0, expected)
        precision = self.precision[0]
        self.challenges = [choice_probability(precision, gain, 0.0) for gain in (hard, soft)]
        likelihoods = self.challenges
        if likelihoods[0] == 0.0:
            # Both chances are too small for a number; of rare choices the logit keeps the ratio.
            likelihoods = [1.0, weight(precision, soft, hard)]
        believed = belief_after(self.credibility[0], *likelihoods)
        pressed = expected_utility(believed, *self.presses)
        self.defies = [
            choice_probability(
                self.precision[1], crisis_value(1.0, pressed, d[1], d[3], d[2]), d[1]
            )
            for d in self.defender
        ]
        return expected, float(expected_utility(self.credibility[1], *self.defies))


@kernel
def play(
    seed: int,
    where: Any,
    runs: int,
    credibility: Any,
    challenges: Any,
    defies: Any,
    presses: Any,
    ends: Any,
) -> None:
    """Count in ``ends`` the ends of ``runs`` games between sides whose types are drawn.

    ``credibility`` holds the chance of a hard challenger and of a hard defender, the other arrays
    the chance of a move by a hard and by a soft side.
    """
    for run in range(runs):
        one, other, _, _ = uniforms(seed, DrawPurpose.CHARACTER, 0, where, run)
        u, answer, last, _ = uniforms(seed, DrawPurpose.CHALLENGE, 0, where, run)
        challenger = 0 if one < credibility[0] else 1
        defender = 0 if other < credibility[1] else 1
        if u >= challenges[challenger]:
            ends[0] += 1
        elif answer >= defies[defender]:
            ends[1] += 1
        elif last >= presses[challenger]:
            ends[2] += 1
        else:
            ends[3] += 1


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """Shares of the four ends."""
    found = Equilibrium(values)
    moves = found.credibility, found.challenges, found.defies, found.presses
    credibility, challenges, defies, presses = map(np.array, moves)
    counts = np.zeros(len(ENDS), np.int64)
    where = stream_id(f"theory {NAME}")
    play(seed, where, runs, credibility, challenges, defies, presses, counts)
    return {end: int(count) / runs for end, count in zip(ENDS, counts, strict=True)}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The four shares in the perfect Bayesian equilibrium that the logit equilibria approach."""
    challenger, defender = (
        closed_form.TypedPayoffs(
            **{end: values[f"{name}.{end}"] for end in closed_form.TypedPayoffs._fields}
        )
        for name in ("challenger", "defender")
    )
    return shares(closed_form.perfect_deterrence(challenger, defender))


def complete(values: Values) -> Values:
    """The values; raises ``UsageError`` if the payoffs are not in the order of the game."""
    for order in ORDERS:
        for better, worse in pairwise(order):
            if values[better] <= values[worse]:
                raise UsageError(
                    f"{better} {values[better]:g} is not above {worse} {values[worse]:g}",
                    f"the game assumes {' above '.join(order)}",
                )
    return values


def inputs_for(
    name: str,
    status_quo: float,
    concession: float,
    backdown: float,
    conflict: tuple[float, float],
    credibility: float,
) -> list[Input]:
    """Inputs for one side; ``conflict`` is its payoff if it is hard, and if it is soft."""
    return [
        payoff(f"{name}.status_quo", status_quo, f"payoff of the {name} without a challenge"),
        payoff(
            f"{name}.concession", concession, f"payoff of the {name} if the challenge is conceded"
        ),
        payoff(f"{name}.backdown", backdown, f"payoff of the {name} if the challenger backs down"),
        payoff(f"{name}.conflict_hard", conflict[0], f"payoff of a hard {name} in a conflict"),
        payoff(f"{name}.conflict_soft", conflict[1], f"payoff of a soft {name} in a conflict"),
        Input(
            share_parameter(
                f"{name}.credibility", credibility, f"probability that the {name} is hard"
            ),
            credibility,
        ),
    ]


CASE = Case(
    NAME,
    "Perfect deterrence: a challenger and a defender that may each be hard or soft",
    inputs(
        *inputs_for("challenger", 0.0, 1.0, -0.5, (-0.25, -1.0), 0.3),
        *inputs_for("defender", 0.0, -0.5, 0.25, (-0.25, -1.0), 0.5),
    ),
    "defender.credibility=0.9",
    simulated,
    answers,
    complete,
)

"""The stages of a month, between one challenger and one guarantor, are the deterrence game.

Payoffs go in through the arrays; the closed form must come out of challenge, answer and press.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sim.engines.kernels import challenge_kernel, press_kernel, respond_kernel
from sim.enums import Challenge, Participation, Role
from sim.model.state import rows
from sim.theory import closed_form
from sim.theory.case import simulated_share
from sim.theory.closed_form import Payoffs
from sim.theory.testbed import bench

RUNS = 4000
PROBE = Challenge.PROBE


class Game:
    """One challenger, one guarantor with soldiers there, and what the ends are worth to them.

    The status quo is worth 0 to the challenger: holding always is.
    """

    def __init__(self, challenger: Payoffs, defender: Payoffs, precision: float) -> None:
        settings = {"setting.backstop": 0.0, "setting.sanctions": 0.0, "setting.clarity": 1.0}
        self.world, self.parameters = bench(9, settings, guarantors=1)
        self.w, self.p = self.world[0], self.parameters[0]
        self.guarantor = int(np.flatnonzero(self.p["role"][:3] == Role.GUARANTOR)[0])
        self.p["precision"] = precision
        self.p["challenger_review"] = 1e9
        self.p["cost"][Challenge.MOBILISATION] = 1e9
        self.p["attribution"][PROBE] = 1.0
        self._pay_challenger(challenger)
        self._pay_defender(defender)

    def _pay_challenger(self, worth: Payoffs) -> None:
        w, p = self.w, self.p
        assert worth.status_quo == 0
        w["ambition"] = w["believed_ambition"] = worth.concession
        p["ambition"][p["challenger"]] = worth.concession
        p["gain"][PROBE], p["cost"][PROBE], p["contested"][PROBE] = 1.0, 0.0, 0.0
        p["war_cost"], p["war_cost_alone"] = worth.concession - worth.conflict, 1.0
        p["risk_half"], p["slip"][PROBE] = 1e-12, 1.0
        p["back_down"][PROBE] = -(worth.backdown or 0.0)

    def _pay_defender(self, worth: Payoffs) -> None:
        w, p, i = self.w, self.p, self.guarantor
        backdown = worth.backdown or 0.0
        # One against one: the challenger would win half the time.
        w["rung"][i], w["power"], w["strength"][i] = Participation.GROUND, 1.0, 1.0
        w["resolve"][i] = p["resolve"][i] = -worth.concession
        p["loss"][PROBE], p["targets_force"][PROBE], p["mobilise"] = 1.0, 0.0, -backdown
        p["casualty_aversion"][i] = p["audience_cost"][i] = 0.0
        restraint = backdown - worth.conflict + 0.5 * worth.concession
        w["combat_felt"][i] = w["combat_declared"][i] = restraint
        w["credit"][i] = 1.0

    def play(self, run: int) -> str:
        """How one run of it ends."""
        worlds, parameters = rows(self.world), rows(self.parameters)
        w = self.w
        w["run"], w["month"], w["over"] = run, 1, 0
        w["action"] = w["answered"] = w["pressed"] = 0
        w["reviewed"] = 1
        challenge_kernel(worlds, parameters)
        if w["action"] == Challenge.HOLD:
            return "status_quo"
        respond_kernel(self.guarantor, worlds, parameters)
        press_kernel(worlds, parameters)
        if not w["answered"]:
            return "concession"
        assert w["over"] == w["pressed"]
        return "conflict" if w["pressed"] else "backdown"


GAMES = {
    "the textbook's": (Payoffs(0, 1, -0.5, -0.2), Payoffs(0, -1, -0.8, 0.3)),
    "payoffs upside down": (Payoffs(0, -0.4, 0.6, 0.2), Payoffs(0, 0.5, 0.9, -0.7)),
    "a last move that costs": (Payoffs(0, 0.7, -0.1, -0.9), Payoffs(0, -0.3, -0.6, 0.1)),
}


@pytest.mark.parametrize("precision", [0.5, 2.0, 6.0])
@pytest.mark.parametrize("name", GAMES)
def test_the_ends_come_out_as_known(name, precision):
    challenger, defender = GAMES[name]
    game = Game(challenger, defender, precision)
    ended = Counter(game.play(run) for run in range(RUNS))
    for end, p in closed_form.deterrence_game(challenger, defender, precision).items():
        assert ended[end] / RUNS == pytest.approx(p, abs=simulated_share(p).tolerance(RUNS)), end


@pytest.mark.parametrize("belief", [0.1, 0.83, 0.84, 0.95])
def test_where_nothing_is_clear_reputation_is_the_belief(belief):
    challenger = Payoffs(0, 1, -0.2, -1e9)
    game = Game(challenger, Payoffs(0, -1, 1, 1), precision=1e6)
    game.p["clarity"], game.p["reputation_prior"] = 0.0, belief
    ended = game.play(0)
    assert (ended != "status_quo") == closed_form.credible_threat(challenger, belief)

"""Bend a rule of the model, and see which canonical games no longer give the known answer.

``python bending.py`` (with compiling off) prints a JSON object: for each rule in ``BENT``, which
of the games said to rest on it still agree; and under ``""`` which agree with nothing bent.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, NamedTuple

RUNS, SEED = 300, 5

# Small games in which every move is made now and then.
GAMES: dict[str, dict[str, Any]] = {
    "deterrence-game": {
        "precision": 1.0,
        "challenger.backdown": -0.2,
        "defender.backdown": 2.0,
        "challenger.conflict": 0.8,
    },
    "credible-threat": {"belief": 0.4},
    "cascade": {"thresholds": [0, 1, 2, 3, 9]},
    "brinkmanship": {"rounds": 3, "risk": 0.2},
    "reputation": {"sequence": "defied, defied, conceded"},
    "reviews": {"rate": 0.2, "choice": 0.7},
    "contest": {"defence": 2.0},
    "accident": {"months": 6, "contact": 10, "monitoring": 0},
}


class Bent(NamedTuple):
    """What a rule's answer is bent to, and the games that rest on it."""

    into: Callable[[Any], Any]
    games: tuple[str, ...]


GAME, THREAT, CASCADE, BRINK = "deterrence-game", "credible-threat", "cascade", "brinkmanship"
BENT: dict[str, Bent] = {
    "choice.logistic": Bent(lambda chance: 1.0 - chance, (GAME, BRINK, "contest")),
    "choice.choice_probability": Bent(lambda chance: 1.0 - chance, (GAME, BRINK)),
    "choice.weight": Bent(lambda weight: 1.0 - weight, (THREAT, CASCADE)),
    "choice.choose": Bent(lambda option: abs(1 - option), (GAME, THREAT, CASCADE, "reviews")),
    "contest.challenger_wins": Bent(lambda chance: 1.0 - chance, ("contest",)),
    "deterrence.crisis_value": Bent(lambda worth: -1.0 - worth, (GAME, THREAT, "reviews")),
    "deterrence.action_utility": Bent(lambda worth: -1.0 - worth, (BRINK, "reviews")),
    "deterrence.benefit_of_success": Bent(lambda worth: -worth, (BRINK, "reviews")),
    "deterrence.review_chance": Bent(lambda chance: chance / 2.0, ("reviews",)),
    "deterrence.expected_war_cost": Bent(lambda cost: 9.0 * cost, (BRINK,)),
    "escalation.accident_hazard": Bent(lambda hazard: hazard / 3.0, ("accident",)),
    "escalation.chance_of": Bent(lambda chance: chance / 3.0, ("accident",)),
    "escalation.slip_chance": Bent(lambda chance: 3.0 * chance, (BRINK,)),
    "learning.reputation": Bent(lambda mean: 1.0 - mean, ("reputation",)),
    "participation.conditions_met": Bent(lambda met: True, (CASCADE,)),
    "participation.highest_rung": Bent(lambda rung: min(rung, 1), (CASCADE,)),
    "participation.utility_of_rung": Bent(lambda worth: -worth, (CASCADE,)),
    "provocation.at_the_front": Bent(lambda nearness: nearness / 3.0, ("accident",)),
    "response.coalition_acts": Bent(lambda acts: False, (BRINK, "reputation")),
}


def agreeing(games: Iterable[str], rule: str | None = None) -> list[str]:
    """Those of the games that give their known answers while ``rule`` is bent."""
    for name in [name for name in sys.modules if name.split(".")[0] == "sim"]:
        del sys.modules[name]
    if rule is not None:
        bend(rule)
    cases = import_module("sim.theory.catalogue").CASES
    return [game for game in games if agree(cases[game], GAMES[game])]


def bend(rule: str) -> None:
    """Bend a rule before anything has imported it."""
    concept, name = rule.split(".")
    module = import_module(f"sim.model.rules.{concept}")
    straight, into = getattr(module, name), BENT[rule].into
    setattr(module, name, lambda *given: into(straight(*given)))


def agree(case: Any, given: dict[str, Any]) -> bool:
    """Whether a case agrees; a state sent off the ladder does not."""
    try:
        return bool(case.compare(given, RUNS, SEED).agree)
    except IndexError:
        return False


if __name__ == "__main__":
    found = {rule: agreeing(bent.games, rule) for rule, bent in BENT.items()}
    json.dump(found | {"": agreeing(GAMES)}, sys.stdout)

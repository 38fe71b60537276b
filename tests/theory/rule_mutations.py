"""Change a rule of the model, and list the canonical games that still give the known answer.

With compiling off, ``python rule_mutations.py`` prints a JSON object: for each rule in
``MUTATIONS``, the games said to rest on it that still agree; and under ``""`` those that agree with
no rule changed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, NamedTuple

# The modules that hold a rule, or a game that plays it.
AFFECTED = ("sim.engines", "sim.model", "sim.theory")
RUNS, SEED = 150, 6

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
    "tripwire": {"ambition": 0.6},
    "attrition": {},
    "salami": {},
    "honest-threat": {"gain": 0.4},
    "bargaining": {},
    "shifting-power": {},
    "volunteers": {},
    "public-good": {"incomes": [3, 2, 1]},
    "trust": {"belief": 0.7},
    "lock-in": {},
    "perfect-deterrence": {},
}


class Mutation(NamedTuple):
    """How the result of a rule is changed, and the games that rest on it."""

    change: Callable[[Any], Any]
    games: tuple[str, ...]


GAME, THREAT, CASCADE, BRINK = "deterrence-game", "credible-threat", "cascade", "brinkmanship"
TRIPWIRE, ATTRITION, SALAMI, HONEST = "tripwire", "attrition", "salami", "honest-threat"
BARGAINING, SHIFTING = "bargaining", "shifting-power"
VOLUNTEERS, PUBLIC_GOOD = "volunteers", "public-good"
TRUST, LOCK, PERFECT = "trust", "lock-in", "perfect-deterrence"
MUTATIONS: dict[str, Mutation] = {
    "bargaining.costly_lottery": Mutation(lambda worth: 2.0 * worth, (BARGAINING, SHIFTING)),
    "bargaining.worth_of_waiting": Mutation(lambda worth: 2.0 * worth, (SHIFTING,)),
    "choice.logistic": Mutation(lambda chance: 1.0 - chance, (GAME, BRINK, LOCK, "contest")),
    "choice.choice_probability": Mutation(
        lambda chance: 1.0 - chance,
        (GAME, BRINK, HONEST, BARGAINING, SHIFTING, VOLUNTEERS, LOCK, PERFECT),
    ),
    "choice.expected_utility": Mutation(
        lambda worth: worth * worth - 1.0, (BARGAINING, TRUST, PERFECT)
    ),
    "choice.weight": Mutation(lambda weight: 1.0 - weight, (THREAT,)),
    "choice.weight_of_shortfall": Mutation(lambda weight: 1.0 - weight, (CASCADE,)),
    "choice.choose": Mutation(
        lambda option: abs(1 - option), (GAME, THREAT, TRIPWIRE, TRUST, "reviews")
    ),
    "contest.challenger_wins": Mutation(lambda chance: 1.0 - chance, ("contest", TRIPWIRE)),
    "deterrence.crisis_value": Mutation(
        lambda worth: -1.0 - worth, (GAME, THREAT, ATTRITION, PERFECT, "reviews")
    ),
    "deterrence.action_utility": Mutation(lambda worth: -1.0 - worth, (BRINK, "reviews")),
    "deterrence.benefit_of_success": Mutation(lambda worth: -worth, (BRINK, "reviews")),
    "deterrence.review_chance": Mutation(lambda chance: chance / 2.0, ("reviews",)),
    "deterrence.expected_war_cost": Mutation(lambda cost: 9.0 * cost, (BRINK, TRIPWIRE)),
    "escalation.accident_hazard": Mutation(lambda hazard: hazard / 3.0, ("accident",)),
    "escalation.chance_of": Mutation(lambda chance: chance / 3.0, ("accident",)),
    "escalation.slip_chance": Mutation(lambda chance: 3.0 * chance, (BRINK, ATTRITION)),
    "learning.belief_after": Mutation(lambda belief: 1.0 - belief, (HONEST, PERFECT)),
    "learning.reputation": Mutation(lambda mean: 1.0 - mean, ("reputation",)),
    "participation.conditions_met": Mutation(lambda met: True, (CASCADE,)),
    "participation.highest_rung": Mutation(lambda rung: min(rung, 1), (CASCADE,)),
    "participation.utility_of_rung": Mutation(lambda worth: -worth, (CASCADE,)),
    "pivotality.utility_of_riding_free": Mutation(lambda worth: worth - 0.1, (VOLUNTEERS,)),
    "public_good.left_to_add": Mutation(lambda left: left * left, (PUBLIC_GOOD,)),
    "provocation.at_the_front": Mutation(lambda nearness: nearness / 3.0, ("accident",)),
    "response.feared_war": Mutation(lambda fear: 2.0 * fear, (ATTRITION, LOCK)),
    "response.cost_of_backing_down": Mutation(lambda price: 2.0 * price, (LOCK,)),
    "response.utility_of_conceding": Mutation(
        lambda worth: 2.0 * worth, (ATTRITION, SALAMI, VOLUNTEERS, LOCK)
    ),
    "response.utility_of_defying": Mutation(
        lambda worth: 2.0 * worth, (ATTRITION, SALAMI, VOLUNTEERS, LOCK)
    ),
    "response.coalition_acts": Mutation(lambda acts: False, (BRINK, "reputation")),
    "threat.utility_of_threatening": Mutation(lambda worth: -worth, (HONEST,)),
    "threat.value_of_credit": Mutation(lambda value: value / 3.0, (HONEST,)),
}


def agreeing(games: Iterable[str], rule: str | None = None) -> list[str]:
    """Those of the games that give their known answers while ``rule`` is changed."""
    for name in [name for name in sys.modules if name.startswith(AFFECTED)]:
        del sys.modules[name]
    if rule is not None:
        mutate(rule)
    cases = import_module("sim.theory.catalogue").CASES
    return [game for game in games if agree(cases[game], GAMES[game])]


def mutate(rule: str) -> None:
    """Change a rule before any module has imported it."""
    concept, name = rule.split(".")
    module = import_module(f"sim.model.rules.{concept}")
    original, change = getattr(module, name), MUTATIONS[rule].change
    setattr(module, name, lambda *given: change(original(*given)))


def agree(case: Any, given: dict[str, Any]) -> bool:
    """Whether a case agrees; a state sent off the ladder does not."""
    try:
        return bool(case.compare(given, RUNS, SEED).agree)
    except IndexError:
        return False


if __name__ == "__main__":
    found = {rule: agreeing(mutation.games, rule) for rule, mutation in MUTATIONS.items()}
    json.dump(found | {"": agreeing(GAMES)}, sys.stdout)

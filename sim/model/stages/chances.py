"""The chances with which the model chooses the options of a decision, for display."""

from __future__ import annotations

from typing import Any

from sim.enums import Decision
from sim.jit import stage
from sim.model.rules.backstop import LEVELS, backstop_level
from sim.model.rules.choice import choice_probability, weight_of_shortfall
from sim.model.rules.response import coalition_acts
from sim.model.stages.backstop import backing_utility
from sim.model.stages.expectations import (
    action_chance,
    defiance,
    own_utilities,
    press_precision,
    press_utility,
    update_challenger_expectations,
)
from sim.model.stages.participate import (
    compare_options,
    danger_felt,
    own_support,
    rungs_in_reach,
    weigh_rungs,
)
from sim.model.stages.promise import promise
from sim.model.stages.protege import retaliation_chance, retaliation_utility
from sim.model.stages.threat import threat_utility
from sim.model.stages.truce import challenger_choice, protege_choice
from sim.model.state import ACTIONS, RUNGS

# The most options of any decision.
MOST = max(RUNGS, LEVELS, ACTIONS)


@stage
def weigh_options(decision: int, i: int, w: Any, p: Any, chances: Any) -> None:
    """Write the ``chances`` of the options of a ``decision`` that state ``i`` has now, if it is
    due. Changes ``w``, which must be a copy."""
    for option in range(MOST):
        chances[option] = 0.0
    if decision == Decision.TARGET:
        lowest, highest = rungs_in_reach(i, w, p)
        feared = danger_felt(w.credit[p.challenger], w.threat_remembered, w, p)
        support = own_support(i, w, p)
        weigh_rungs(lowest, i, w.resolve[i], feared, support, lowest, highest, w, p)
        by_logit(lowest, highest, w, p, chances)
    elif decision == Decision.BACKSTOP:
        for option in range(LEVELS):
            w.option[option] = backing_utility(backstop_level(option), w, p)
        by_logit(0, LEVELS - 1, w, p, chances)
    elif decision == Decision.CHALLENGE:
        update_challenger_expectations(w, p)
        probe, strike, mobilise = own_utilities(w, p)
        for a in range(ACTIONS):
            chances[a] = action_chance(a, probe, strike, mobilise, p)
    else:
        chances[1] = second_chance(decision, i, w, p)
        chances[0] = 1.0 - chances[1]


@stage
def by_logit(lowest: int, highest: int, w: Any, p: Any, chances: Any) -> None:
    """The chances of the options from ``lowest`` to ``highest`` in ``w.option``."""
    compare_options(lowest, highest + 1, w)
    total = 0.0
    for option in range(lowest, highest + 1):
        chances[option] = weight_of_shortfall(p.precision, w.option[option])
        total += chances[option]
    for option in range(lowest, highest + 1):
        chances[option] = chances[option] / total


@stage
def second_chance(decision: int, i: int, w: Any, p: Any) -> float:
    """The chance of the second of the two options of a ``decision``."""
    if decision == Decision.THREAT:
        update_challenger_expectations(w, p)
        return choice_probability(p.precision, threat_utility(w, p), 0.0)
    if decision == Decision.TRUCE:
        promise(1.0, w, p)
        return choice_probability(p.precision, *challenger_choice(w, p))
    if decision == Decision.ACCEPTANCE:
        promise(1.0, w, p)
        return choice_probability(p.precision, *protege_choice(w, p))
    a = w.action
    if decision == Decision.ANSWER:
        return defiance(i, a, w.resolve[i], w.line_felt[i, a], w.combat_felt[i], w, p)
    if decision == Decision.PRESS:
        answered = coalition_acts(w.defying, w.power, p.quorum)
        worth = press_utility(answered, w, p)
        return choice_probability(press_precision(a, p), worth, -p.back_down[a])
    return retaliation_chance(retaliation_utility(w, p), p)

"""Expected utilities of a crisis, for the challenger and for the guarantors."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge
from sim.jit import stage
from sim.model.rules.bargaining import gain_without_attack, worth_of_waiting
from sim.model.rules.choice import (
    UNAVAILABLE,
    chance_of_choice,
    choice_probability,
    choose,
    expected_utility,
    with_precision,
)
from sim.model.rules.contest import challenger_wins, relative_defence
from sim.model.rules.deterrence import (
    action_utility,
    attributed_given_unanswered,
    attribution,
    benefit_of_success,
    crisis_value,
    expected_answer,
    expected_war_cost,
    quorum_chance,
    sanctions_cost,
    success,
)
from sim.model.rules.escalation import slip_chance
from sim.model.rules.learning import reputation
from sim.model.rules.pivotality import (
    believed_answer,
    utility_of_defying_in_vain,
    utility_of_riding_free,
)
from sim.model.rules.protege import stake_after_blame
from sim.model.rules.response import (
    cost_of_backing_down,
    feared_war,
    harm,
    utility_of_conceding,
    utility_of_defying,
)
from sim.model.rules.success import remaining
from sim.model.stages.footprint import exposure_of, fighting_power
from sim.model.stages.promise import promise
from sim.model.state import ACTIONS

# Rounds of reckoning with the answers of others; expectations hardly move in more of them.
ROUNDS = 16


@stage
def defence(power: float, w: Any) -> float:
    """What the challenger fights against: the protégé's army, and coalition ``power`` with what
    the backstop adds to it."""
    return float(w.army + power * (1.0 + w.backstop))


@stage
def win_chance(power: float, w: Any, p: Any) -> float:
    """The challenger's chance to win against the protégé and coalition ``power``."""
    return challenger_wins(defence(power, w), p.capability[p.challenger], p.decisiveness)


@stage
def utility_of_carrying_out(
    a: int,
    ambition: float,
    grievance: float,
    restraint: float,
    seen: float,
    power: float,
    win: float,
    w: Any,
    p: Any,
) -> float:
    """Utility of action ``a`` to a challenger with this ambition, grievance and restraint, if
    ``power`` defies it, it wins with chance ``win`` and is attributed with chance ``seen``."""
    dread = expected_war_cost(
        p.war_cost, p.war_cost_alone, p.war_cost_backed, w.backstop, restraint, power, p.risk_half
    )
    utility = action_utility(
        success(p.contested[a], win),
        benefit_of_success(
            ambition,
            remaining(p.gain[a], w.position),
            p.fear[p.challenger],
            grievance,
            p.relief[a],
        ),
        p.cost[a],
        p.own_cost,
        p.contested[a],
        relative_defence(defence(power, w), p.capability[p.challenger]),
        slip_chance(p.slip[a], w.tension),
        dread,
        sanctions_cost(p.sanction_cost, p.sanctions, w.sanctions_relief, seen),
    )
    if a == Challenge.MOBILISATION:
        # An offensive spares the challenger what waiting would change.
        utility -= remaining(ambition, w.position) * w.outlook
    return utility


@stage
def utility_if_pressed(a: int, power: float, w: Any, p: Any) -> float:
    """The challenger's own utility of pressing ``a`` against ``power``. Only attributed actions
    are answered, so sanctions are certain."""
    restraint = w.combat_felt[p.challenger]
    win = win_chance(power, w, p)
    return utility_of_carrying_out(a, w.ambition, w.grievance, restraint, 1.0, power, win, w, p)


@stage
def can_call_off(a: int, p: Any) -> bool:
    """Whether the challenger can still call ``a`` off if nobody answers it."""
    return bool(a == Challenge.MOBILISATION and p.call_off)


@stage
def press_precision(a: int, p: Any) -> float:
    """Precision of the choice to carry ``a`` out or to back down."""
    return float(p.precision * (p.offensive_precision if a == Challenge.MOBILISATION else 1.0))


@stage
def utility_if_unopposed(a: int, w: Any, p: Any) -> float:
    """The challenger's own utility of carrying ``a`` out after nobody answered it."""
    seen = float(w.attributed)
    return utility_of_carrying_out(a, w.ambition, w.grievance, 0.0, seen, 0.0, w.odds_alone, w, p)


@stage
def press_utility(answered: bool, w: Any, p: Any) -> float:
    """The challenger's own utility of carrying this month's challenge out: against those that defy
    it if the coalition has ``answered``, and unopposed otherwise."""
    if answered:
        return utility_if_pressed(w.action, w.defying, w, p)
    return utility_if_unopposed(w.action, w, p)


@stage
def update_guarantor_expectations(a: int, w: Any, p: Any) -> None:
    """What guarantors expect in a crisis over ``a``, from public values and beliefs: the chances
    that the challenger would press against them all, and that it would win."""
    challenger = p.challenger
    believed = w.credit[challenger]
    grievance = w.grievance_declared * believed
    restraint = w.combat_declared[challenger] * believed
    win = win_chance(w.power, w, p)
    pressed = utility_of_carrying_out(
        a, w.believed_ambition, grievance, restraint, 1.0, w.power, win, w, p
    )
    w.expected_press = choice_probability(press_precision(a, p), pressed, -p.back_down[a])
    w.expected_win = win
    if p.pivotality > 0.0:
        update_pivotality(a, w, p)


@stage
def update_pivotality(a: int, w: Any, p: Any) -> None:
    """What each state expects of the coalition's answer to ``a``, with and without its own.

    This is a fixed point, found by damped iteration. At first each state is expected to choose as
    if its own answer decided. Each further round moves the expectations towards the choices that
    follow from them, by decreasing steps.
    """
    for i in range(p.n_states):
        w.would_defy[i] = 0.0
        w.answer_with[i] = 1.0
        w.answer_without[i] = 0.0
    for earlier in range(ROUNDS):
        step = 2.0 / (earlier + 2.0)
        mean = 0.0
        variance = 0.0
        for i in range(p.n_states):
            power = fighting_power(i, w, p)
            if power > 0.0:
                share = power / w.power
                w.would_defy[i] += step * (public_defiance(i, a, w, p) - w.would_defy[i])
                mean += share * w.would_defy[i]
                variance += share * share * w.would_defy[i] * (1.0 - w.would_defy[i])
        for i in range(p.n_states):
            power = fighting_power(i, w, p)
            if power > 0.0:
                share = power / w.power
                others = mean - share * w.would_defy[i]
                spread = variance - share * share * w.would_defy[i] * (1.0 - w.would_defy[i])
                without = quorum_chance(others, spread, p.quorum, False)
                together = quorum_chance(others + share, spread, p.quorum, False)
                w.answer_without[i] = believed_answer(p.pivotality, without, 0.0)
                w.answer_with[i] = believed_answer(p.pivotality, together, 1.0)


@stage
def public_defiance(i: int, a: int, w: Any, p: Any) -> float:
    """Chance that state ``i`` defies ``a``, from its public resolve and its declared lines,
    weighted by belief in them."""
    line = w.line_declared[i, a] * w.credit[i]
    return defiance(i, a, p.resolve[i], line, w.combat_declared[i] * w.credit[i], w, p)


@stage
def defiance(
    i: int, a: int, resolve: float, line: float, restraint: float, w: Any, p: Any
) -> float:
    """Chance that state ``i`` defies ``a``, given its resolve, declared line and restraint. It
    stands by the protégé as far as it does not blame it."""
    exposure = exposure_of(w.rung[i], p)
    price = cost_of_backing_down(p.audience_cost[i], p.clarity, line)
    resolve = stake_after_blame(resolve, w.sympathy)
    concede = utility_of_conceding(resolve, p.loss[a], p.targets_force[a], exposure, price)
    defy = utility_of_defying(
        resolve,
        p.loss[a],
        p.mobilise,
        p.answer_cost,
        w.expected_press,
        w.expected_win,
        p.casualty_aversion[i],
        harm(p.violence[a], p.remote_exposure, exposure, p.shield, w.backstop),
        feared_war(slip_chance(p.slip[a], w.tension), p.guarantor_war_cost, p.shield, w.backstop),
        restraint,
    )
    if p.pivotality > 0.0:
        in_vain = utility_of_defying_in_vain(
            resolve, p.loss[a], p.targets_force[a], exposure, p.mobilise, p.answer_cost
        )
        free = utility_of_riding_free(resolve, p.loss[a], w.expected_press, w.expected_win, price)
        defy = expected_utility(w.answer_with[i], defy, in_vain)
        concede = expected_utility(w.answer_without[i], free, concede)
    return choice_probability(p.precision * p.answer_precision, defy, concede)


@stage
def coalition_reputation(w: Any, p: Any) -> float:
    """The coalition's reputation for answering, by its record in this run."""
    return reputation(p.reputation_prior, p.reputation_weight, w.times_answered, w.times_conceded)


@stage
def expected_defiance(a: int, w: Any, p: Any) -> float:
    """Expected share of the fighting power that defies ``a``, from the guarantors' public resolve
    and their declared lines, weighted by belief in them. Sets ``w.would_answer``, the chance that
    the coalition would answer if the action is attributed, and ``w.others_answer``, the chance of
    an answer as the challenger expects it."""
    update_guarantor_expectations(a, w, p)
    mean = 0.0
    variance = 0.0
    fighters = 0
    for i in range(p.n_states):
        power = fighting_power(i, w, p)
        if power > 0.0:
            fighters += 1
            share = power / w.power
            chance = public_defiance(i, a, w, p)
            mean += share * chance
            variance += share * share * chance * (1.0 - chance)
    w.would_answer = 0.0
    w.others_answer = 0.0
    if fighters > 0:
        w.would_answer = quorum_chance(mean, variance, p.quorum, fighters == 1)
        w.others_answer = expected_answer(
            attribution(p.attribution[a], p.verification),
            p.clarity,
            w.would_answer,
            # The rule itself: the analysis in sim.explain does not follow what a stage returns.
            reputation(p.reputation_prior, p.reputation_weight, w.times_answered, w.times_conceded),
        )
    return mean


@stage
def update_challenger_expectations(w: Any, p: Any) -> None:
    """What the challenger expects of each action: the chance of an answer, the power that would
    defy it, and its chance to win against that power."""
    w.odds_alone = win_chance(0.0, w, p)
    if p.leverage > 0.0:
        update_outlook(w, p)
    for a in range(1, ACTIONS):
        w.power_against[a] = expected_defiance(a, w, p) * w.power
        w.answer_to[a] = w.others_answer
        w.odds_against[a] = win_chance(w.power_against[a], w, p)


@stage
def win_chance_later(w: Any, p: Any) -> float:
    """The challenger's chance to win in a year, against the promised force and the protégé's army
    as it will have grown."""
    now = w.army
    w.army += p.regeneration
    later = win_chance(w.promised_power, w, p)
    w.army = now
    return later


@stage
def update_outlook(w: Any, p: Any) -> None:
    """Set ``w.outlook``, the change of utility by waiting, per unit of ambition: the challenger
    gains from its strength without an attack, and its later strength may differ."""
    promise(w.ceasefire, w, p)
    now = gain_without_attack(p.leverage, win_chance(w.power, w, p))
    later = gain_without_attack(p.leverage, win_chance_later(w, p))
    w.outlook = worth_of_waiting(p.discount, now, later) - now


@stage
def is_available(a: int, w: Any, p: Any) -> bool:
    """Whether the challenger can begin challenge ``a``: it has an army, and a strike a target."""
    return bool(p.capability[p.challenger] > 0.0 and (a != Challenge.STRIKE or w.exposed > 0.0))


@stage
def challenge_utility(
    a: int, ambition: float, grievance: float, combat: float, restraint: float, w: Any, p: Any
) -> float:
    """Utility of challenge ``a``, before the answer is known, to a challenger with this ambition
    and grievance, and this restraint on direct combat (``combat``) and on ``a`` itself. Needs the
    challenger's expectations."""
    if not is_available(a, w, p):
        return UNAVAILABLE
    answered, power, win = w.answer_to[a], w.power_against[a], w.odds_against[a]
    alone = w.odds_alone
    return crisis_utility(
        a, ambition, grievance, combat, restraint, answered, power, win, alone, w, p
    )


@stage
def crisis_utility(
    a: int,
    ambition: float,
    grievance: float,
    combat: float,
    restraint: float,
    answered: float,
    power: float,
    win: float,
    alone: float,
    w: Any,
    p: Any,
) -> float:
    """The utility of :func:`challenge_utility` for given expectations: the chance that ``a`` is
    ``answered``, the ``power`` that then defies it, the chance to ``win`` against that power, and
    the chance to win against the protégé ``alone``."""
    pressed = utility_of_carrying_out(a, ambition, grievance, combat, 1.0, power, win, w, p)
    seen = attributed_given_unanswered(attribution(p.attribution[a], p.verification), answered)
    conceded = utility_of_carrying_out(a, ambition, grievance, 0.0, seen, 0.0, alone, w, p)
    backed_down = -p.back_down[a]
    if can_call_off(a, p):
        carries_out = choice_probability(press_precision(a, p), conceded, backed_down)
        conceded = expected_utility(carries_out, conceded, backed_down)
    presses = choice_probability(press_precision(a, p), pressed, backed_down)
    return crisis_value(answered, presses, conceded, pressed, backed_down) - restraint


@stage
def word_kept(a: int, w: Any) -> float:
    """The part that ``a`` saves of the stake in a threat that was called: all of it for a strike or
    a mobilisation, otherwise nothing."""
    return float(w.credit_at_stake) if a >= Challenge.STRIKE else 0.0


@stage
def own_utility(a: int, w: Any, p: Any) -> float:
    """The challenger's utility of challenge ``a``, given its private ambition, its grievance and
    its red lines."""
    me = p.challenger
    restraint = w.line_felt[me, a] - w.sincerity * word_kept(a, w)
    return challenge_utility(a, w.ambition, w.grievance, w.combat_felt[me], restraint, w, p)


@stage
def own_utilities(w: Any, p: Any) -> tuple[float, float, float]:
    """Utilities of a probe, a strike and a mobilisation to the challenger, from its private
    values."""
    return (
        own_utility(Challenge.PROBE, w, p),
        own_utility(Challenge.STRIKE, w, p),
        own_utility(Challenge.MOBILISATION, w, p),
    )


@stage
def mobilisation_weighed(probe: float, strike: float, mobilise: float, p: Any) -> float:
    """The utility of a mobilisation, rescaled for its own precision: its advantage over the best
    other option, which may be holding, counts ``offensive_precision`` times."""
    return with_precision(p.offensive_precision, mobilise, max(0.0, max(probe, strike)))


@stage
def action_chosen(u: float, probe: float, strike: float, mobilise: float, p: Any) -> int:
    """The action that a challenger with these utilities chooses at a review, by a uniform ``u``."""
    weighed = mobilisation_weighed(probe, strike, mobilise, p)
    return choose(u, p.precision, 0.0, probe, strike, weighed)


@stage
def action_chance(a: int, probe: float, strike: float, mobilise: float, p: Any) -> float:
    """Chance that a challenger with these utilities chooses ``a`` at a review."""
    weighed = mobilisation_weighed(probe, strike, mobilise, p)
    return chance_of_choice(a, p.precision, 0.0, probe, strike, weighed)


@stage
def inferred_utility(a: int, ambition: float, meant: float, w: Any, p: Any) -> float:
    """Utility of challenge ``a`` to a challenger of this ambition as others infer it from public
    values, if it means its lines (``meant`` 1) or not (0)."""
    me = p.challenger
    grievance = w.grievance_declared * meant
    combat = w.combat_declared[me] * meant
    restraint = (w.line_declared[me, a] - word_kept(a, w)) * meant
    return challenge_utility(a, ambition, grievance, combat, restraint, w, p)


@stage
def inferred_utilities(ambition: float, meant: float, w: Any, p: Any) -> tuple[float, float, float]:
    """Utilities of a probe, a strike and a mobilisation as others infer them: see
    :func:`inferred_utility`."""
    return (
        inferred_utility(Challenge.PROBE, ambition, meant, w, p),
        inferred_utility(Challenge.STRIKE, ambition, meant, w, p),
        inferred_utility(Challenge.MOBILISATION, ambition, meant, w, p),
    )

"""Known answers: textbook formulas, independent of the model's rules.

They import nothing from the model, because a shared formula would prove nothing. Payoffs may have
any sign and scale.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

# Two payoffs closer than this, relative to what is at stake, are a tie.
TIE = 1e-13


class Payoffs(NamedTuple):
    """Payoffs of one side for the four ends of a crisis; without ``backdown`` there is no last
    move."""

    status_quo: float
    concession: float
    conflict: float
    backdown: float | None = None


def logit(precision: float, this: float, that: float) -> float:
    """Logit probability of choosing ``this`` over ``that``."""
    return 0.5 * (1.0 + math.tanh(0.5 * precision * (this - that)))


def best(this: float, that: float, stake: float) -> float:
    """Probability that a best response is ``this`` and not ``that``: 1, 0 or, at a tie, one half.
    ``stake`` is the scale of the payoffs."""
    if abs(this - that) <= TIE * stake:
        return 0.5
    return 1.0 if this > that else 0.0


def deterrence_game(challenger: Payoffs, defender: Payoffs, precision: float) -> dict[str, float]:
    """Shares of the four ends in the agent logit equilibrium, by backward induction.

    Signorino (1999), "Strategic interaction and the statistical analysis of international
    conflict"; McKelvey and Palfrey (1998).
    """
    press = 1.0
    if challenger.backdown is not None:
        press = logit(precision, challenger.conflict, challenger.backdown)
    defied = press * challenger.conflict + (1 - press) * (challenger.backdown or 0.0)
    stood = press * defender.conflict + (1 - press) * (defender.backdown or 0.0)
    defy = logit(precision, stood, defender.concession)
    tried = defy * defied + (1 - defy) * challenger.concession
    challenge = logit(precision, tried, challenger.status_quo)
    return {
        "status_quo": 1 - challenge,
        "concession": challenge * (1 - defy),
        "backdown": challenge * defy * (1 - press),
        "conflict": challenge * defy * press,
    }


def credibility_threshold(challenger: Payoffs) -> float:
    """Belief in a hard defender at which a challenger is indifferent.

    (concession - status quo) / (concession - conflict), where conflict is the better of fighting
    and backing down if there is a last move. Zagare and Kilgour (2000), *Perfect Deterrence*.
    """
    return (challenger.concession - challenger.status_quo) / (
        challenger.concession - _when_defied(challenger)
    )


def credible_threat(challenger: Payoffs, belief: float) -> float:
    """Share of challenges: 1 below the threshold, 0 above it, one half at it.

    The sides are reversed if being defied is worth more than a concession.
    """
    defied = _when_defied(challenger)
    stake = payoff_range(challenger.status_quo, challenger.concession, defied)
    if abs(challenger.concession - defied) <= TIE * stake:
        return best(challenger.concession, challenger.status_quo, stake)
    threshold = credibility_threshold(challenger)
    scale = stake / abs(challenger.concession - defied)
    below = best(threshold, belief, scale)
    return below if challenger.concession > defied else 1 - below


def _when_defied(challenger: Payoffs) -> float:
    if challenger.backdown is None:
        return challenger.conflict
    return max(challenger.conflict, challenger.backdown)


class TypedPayoffs(NamedTuple):
    """Payoffs of one side whose conflict is worth more to it if it is hard than if it is soft, and
    the probability that it is hard."""

    status_quo: float
    concession: float
    backdown: float
    conflict_hard: float
    conflict_soft: float
    credibility: float


def perfect_deterrence(challenger: TypedPayoffs, defender: TypedPayoffs) -> dict[str, float]:
    """Shares of the four ends of the unilateral deterrence game with private types.

    If there are several perfect Bayesian equilibria, it is the one in which an unexpected challenge
    is believed to come from a hard challenger. The logit equilibria approach it. Zagare and Kilgour
    (2000), *Perfect Deterrence*; the belief is that of the criterion D1 of Cho and Kreps (1987).
    """
    hard, soft, defied = _moves(challenger, defender)
    from_hard = challenger.credibility * hard
    from_soft = (1 - challenger.credibility) * soft
    return {
        "status_quo": 1 - from_hard - from_soft,
        "concession": (from_hard + from_soft) * (1 - defied),
        "backdown": from_soft * defied,
        "conflict": from_hard * defied,
    }


def _moves(challenger: TypedPayoffs, defender: TypedPayoffs) -> tuple[float, float, float]:
    """Chances that a hard challenger challenges, that a soft one does, and of defiance."""
    prize = challenger.concession - challenger.status_quo
    deters_soft = prize / (challenger.concession - challenger.backdown)
    deters_hard = prize / (challenger.concession - challenger.conflict_hard)
    bearable = (defender.backdown - defender.concession) / (
        defender.backdown - defender.conflict_soft
    )
    doubted, resisted = challenger.credibility, defender.credibility
    # At a threshold the logit tosses a coin, unless the coin would move the other side.
    if (against_soft := best(deters_soft, resisted, 1.0)) == 0:
        return best(deters_hard, resisted, 1.0), 0.0, resisted
    bluff = min(1.0, _odds(doubted) / _odds(bearable))
    if against_soft < 1:
        return 1.0, min(0.5, bluff), resisted
    resisting = min(best(bearable, doubted, 1.0), (deters_soft - resisted) / (1 - resisted))
    return 1.0, bluff, resisted + (1 - resisted) * resisting


def _odds(chance: float) -> float:
    return chance / (1 - chance) if chance < 1 else math.inf


def payoff_range(*payoffs: float) -> float:
    """Distance from the worst payoff to the best."""
    return max(payoffs) - min(payoffs)


def cascade(thresholds: Sequence[float]) -> int:
    """Number that join in the end; each joins once the number of others reaches its threshold.

    In ascending order the k-th joins if the k - 1 before it suffice. Granovetter (1978),
    "Threshold models of collective behavior".
    """
    joined = 0
    for threshold in sorted(thresholds):
        if threshold > joined:
            break
        joined += 1
    return joined


def cascade_limit(mean: float, sd: float) -> float:
    """Share that joins in an infinite population with normal thresholds: the smallest x with
    Φ((x - mean) / sd) = x."""
    joined, before = 0.0, -1.0
    while joined - before > 1e-15:
        before = joined
        joined = 0.5 * math.erfc((mean - joined) / (sd * math.sqrt(2.0)))
    return joined


def critical_risk(win: float, concede: float, war: float) -> float:
    """Risk of war at which staying in and conceding have equal utility.

    (win - concede) / (win - war). Ellsberg (1960); Schelling (1960); Powell (1990).
    """
    return (win - concede) / (win - war)


def brinkmanship(risks: Sequence[float], win: float, concede: float, war: float) -> float:
    """Share of crises that end without war.

    The product of 1 - risk over the rounds up to the first whose risk exceeds the critical one,
    where the crisis ends by a concession.
    """
    survival = 1.0
    for risk in reversed(risks):
        stay = _stays(risk, win, concede, war)
        survival = stay * (1 - risk) * survival + (1 - stay)
    return survival


def _stays(risk: float, win: float, concede: float, war: float) -> float:
    stake = payoff_range(win, concede, war)
    if abs(win - war) <= TIE * stake:
        return best(win, concede, stake)
    below = best(critical_risk(win, concede, war), risk, stake / abs(win - war))
    return below if win > war else 1 - below


def expected_reputation(prior: float, weight: float, defied: int, conceded: int) -> float:
    """Mean of the Beta posterior after these numbers of answers."""
    a = prior * weight + defied
    b = (1 - prior) * weight + conceded
    return a / (a + b)


def first_challenge(rate: float, choice: float) -> tuple[float, float]:
    """Mean and standard deviation of the months to the first challenge, which are geometric; the
    mean is 1 / ((1 - e^-rate) choice)."""
    monthly = -math.expm1(-rate) * choice
    return 1 / monthly, math.sqrt(1 - monthly) / monthly


def contest(challenger: float, defence: float, decisiveness: float) -> float:
    """Probability that the challenger wins: 1 / (1 + (defence / challenger)^decisiveness).

    One half at parity, also at 0 against 0; 0 for a challenger of strength 0.
    Tullock (1980); Hirshleifer (1989).
    """
    if challenger == defence:
        return 0.5
    if challenger == 0 or defence == 0:
        return 0.0 if challenger == 0 else 1.0
    # Odds from the stronger side, in logs, avoid overflow and underflow.
    weaker, stronger = sorted((challenger, defence))
    odds = math.exp(decisiveness * (math.log(weaker) - math.log(stronger)))
    return (odds if challenger < defence else 1.0) / (1 + odds)


def accident(hazards: Sequence[float]) -> float:
    """Share of runs without an accident: the product of e^-hazard over the months."""
    return math.exp(-math.fsum(hazards))


def hazard(
    rate: float,
    contact: float,
    tension: float,
    tension_pace: float,
    monitoring: float,
    prevented: float,
) -> float:
    """Expected accidents in a month with this contact, tension and monitoring."""
    return rate * contact * (1 + tension_pace * tension) * (1 - prevented * monitoring)


class Offensive(NamedTuple):
    """What an offensive costs and brings, to a challenger of strength 1."""

    gain: float
    cost: float
    contested: float
    slip: float
    own_cost: float
    war_cost: float
    war_cost_alone: float
    war_cost_backed: float
    sanction_cost: float
    decisiveness: float


def tripwire(
    offensive: Offensive,
    army: float,
    power: float,
    risk_half: float,
    backstop: float,
    sanctions: float,
) -> float:
    """Ambition from which an offensive is better than doing nothing: expected cost over chance of
    success times gain.

    As ``risk_half`` falls to 0 any force carries the full risk of war, a tripwire (Schelling 1966);
    at .2 and above a force deters by its size (Reiter and Poast 2021).
    """
    o = offensive
    defence = army + power * (1 + backstop)
    win = contest(1.0, defence, o.decisiveness)
    fight = o.cost * (o.own_cost + o.contested * min(defence, 100.0))
    war = o.war_cost * (o.war_cost_alone + o.war_cost_backed * backstop)
    risked = o.slip * war * power / (power + risk_half)
    return (fight + risked + o.sanction_cost * sanctions) / ((1 - o.contested * (1 - win)) * o.gain)


def attrition(war: float, risk: float) -> tuple[float, float]:
    """Probability of conceding in a round, and of war in the end, in the symmetric equilibrium.

    A prize of 1, a war that costs each side ``war``, and a ``risk`` of war in a round in which
    neither concedes. Nalebuff (1986), "Brinkmanship and nuclear deterrence".
    """
    concede = risk * war / (1 + risk * war)
    stay = (1 - concede) ** 2
    return concede, risk * stay / (1 - (1 - risk) * stay)


def salami(fixed: float, resolve: float) -> int:
    """Fewest slices that are not worth a fixed cost of answering: resolve over cost, rounded up.

    One if answering costs nothing: then no slice is small enough, and nothing is gained by
    slicing. Schelling (1966), *Arms and Influence*; Powell (1996).
    """
    if fixed <= 0:
        return 1
    return max(1, math.ceil(resolve / fixed * (1 - TIE)))


def honest_threat(gain: float, value: float, belief: float) -> bool:
    """Whether a bluff pays: the gain now exceeds the value of being believed later times the chance
    of being called, which is one less the belief.

    Two periods of Sartori (2002), "The might of the pen".
    """
    return gain - (1 - belief) * value > TIE * max(gain, value)


def bargaining(cost_max: float, cost: float, power: float) -> tuple[float, float]:
    """Demand and probability of war if one side makes a single demand, and the other's cost of war
    is uniform from 0 to ``cost_max`` and known only to itself.

    power + (cost_max - cost) / 2, and the share of costs below demand - power; a demand is at most
    everything, and at least what every opponent accepts. Fearon (1995), "Rationalist explanations
    for war".
    """
    demand = min(1.0, power + max(0.0, cost_max - cost) / 2)
    return demand, (demand - power) / cost_max


def shifting_power(
    discount: float, power_now: float, power_later: float, cost: float, cost_other: float
) -> tuple[float, float]:
    """Whether a declining state attacks: 1, 0 or, at a tie, one half; and the later chance to win
    below which it does.

    It attacks if power_now - cost > (1 - discount) + discount (power_later + cost_other). Fearon
    (1995); Powell (2006), "War as a commitment problem".
    """
    war = power_now - cost
    waiting = (1 - discount) + discount * (power_later + cost_other)
    attack = best(war, waiting, 1 + cost + cost_other)
    return attack, (war - (1 - discount)) / discount - cost_other


def volunteers(n: int, cost: float, value: float, precision: float) -> float:
    """Chance that each of ``n`` alike volunteers acts, in logit equilibrium.

    p = logit of precision (value (1 - p)^(n - 1) - cost).
    At infinite precision nobody acts with (cost / value)^(n / (n - 1)). Diekmann (1985),
    "Volunteer's dilemma"; McKelvey and Palfrey (1998).
    """

    def excess(p: float) -> float:
        needed = value * math.exp((n - 1) * math.log1p(-p)) if p < 1 else value * (n == 1)
        return logit(precision, needed, cost) - p

    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return low


def public_good(incomes: Sequence[float], share: float) -> tuple[float, ...]:
    """Contributions to a public good: max(0, share x income - (1 - share) x those of the others).

    If the k richest contribute, their total is the sum of their incomes over 1 + k (1 - share) /
    share; the poorest of them still gives something, and the next would not. Olson and Zeckhauser
    (1966), "An economic theory of alliances".
    """
    kept = (1 - share) / share
    total = 0.0
    for k, income in enumerate(sorted(incomes, reverse=True), start=1):
        if income <= kept * total:
            break
        total = (total * (1 + (k - 1) * kept) + income) / (1 + k * kept)
    return tuple(max(0.0, income - kept * total) for income in incomes)


def trust_threshold(reward: float, temptation: float, punishment: float, sucker: float) -> float:
    """Belief from which a trustworthy side cooperates: (P - S) / ((R - T) + (P - S)).

    Kydd (2000), "Trust, reassurance, and cooperation".
    """
    return (punishment - sucker) / ((reward - temptation) + (punishment - sucker))


def trust(
    belief: float, reward: float, temptation: float, punishment: float, sucker: float
) -> float:
    """Share of games in which it cooperates: 0 below the threshold, 1 above it, one half at it."""
    stake = payoff_range(reward, temptation, punishment, sucker)
    scale = stake / ((reward - temptation) + (punishment - sucker))
    return best(belief, trust_threshold(reward, temptation, punishment, sucker), scale)


def lock_in(audience: float, war: float) -> float:
    """Rounds after which backing down costs more than war, at linear audience costs.

    Fearon (1994), "Domestic political audiences and the escalation of international disputes".
    """
    return war / audience


SHARPNESS = 1e12


def sharp(*payoffs: float) -> float:
    """A logit precision at which a difference of 1e-12 of the stakes decides.

    It is finite, so that a tie remains one half although sums of payoffs are rounded.
    """
    return SHARPNESS / (float(payoff_range(*payoffs)) or 1.0)

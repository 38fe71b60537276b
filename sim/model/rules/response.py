"""Defy or concede: the utility of each to a guarantor, and the coalition's quorum."""

from __future__ import annotations

from sim.jit import rule


@rule
def utility_of_conceding(
    resolve: float, loss: float, targets: float, exposure: float, declared: float
) -> float:
    """Utility of conceding: minus the stake, more if its own people were the target, and minus the
    cost of backing down from a declared line (Fearon 1994)."""
    return -resolve * loss * (1.0 + targets * exposure) - declared


@rule
def cost_of_backing_down(audience_cost: float, clarity: float, line: float) -> float:
    """Audience cost of conceding past a declared line; unclear declarations bind less."""
    return audience_cost * clarity * line


@rule
def utility_of_defying(
    resolve: float,
    loss: float,
    mobilise: float,
    answer_cost: float,
    presses: float,
    win: float,
    aversion: float,
    harm: float,
    war: float,
    restraint: float,
) -> float:
    """Utility of defying: minus the cost of answering, fixed and proportional to what is at stake,
    and, if the challenger presses, minus the expected loss of the stake, the casualties, the
    expected cost of ``war``, and the breach of the state's own restraint."""
    fight = -resolve * loss * win - aversion * (harm + war) - restraint
    return -(answer_cost + mobilise * loss) + presses * fight


@rule
def feared_war(slips: float, war_cost: float, shield: float, backstop: float) -> float:
    """Expected cost of war in a pressed crisis to a guarantor, per unit of its aversion to losses:
    the chance of direct war x the cost of that war, reduced by the backstop.

    Both sides share the risk of brinkmanship (Schelling 1960; Nalebuff 1986; Powell 1990).
    """
    return slips * war_cost * (1.0 - shield * backstop)


@rule
def harm(violence: float, remote: float, exposure: float, shield: float, backstop: float) -> float:
    """Casualties of a state that fights: rise with its exposure, reduced by the backstop."""
    return violence * (remote + (1.0 - remote) * exposure) * (1.0 - shield * backstop)


@rule
def coalition_acts(defying: float, fighting: float, quorum: float) -> bool:
    """Whether the coalition answers: the defying share of fighting power exceeds the quorum."""
    return fighting > 0.0 and defying > quorum * fighting

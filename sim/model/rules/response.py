"""Defy or concede: what each is worth to a guarantor, and whether the coalition acts."""

from __future__ import annotations

from sim.jit import rule


@rule
def utility_of_conceding(
    resolve: float, loss: float, targets: float, exposure: float, declared: float
) -> float:
    """What conceding costs: the stake, more where its own people were the target, and the price
    of backing off a declared line (Fearon 1994)."""
    return -resolve * loss * (1.0 + targets * exposure) - declared


@rule
def cost_of_backing_down(audience_cost: float, clarity: float, line: float) -> float:
    """The audience cost of conceding past a declared line; vague declarations bind less."""
    return audience_cost * clarity * line


@rule
def utility_of_defying(
    resolve: float,
    loss: float,
    mobilise: float,
    presses: float,
    win: float,
    aversion: float,
    harm: float,
    restraint: float,
) -> float:
    """What defying costs: mobilising and, if the challenger presses, the risk of losing the stake
    all the same, the losses, and the breach of one's own restraint."""
    fight = -resolve * loss * win - aversion * harm - restraint
    return -mobilise * loss + presses * fight


@rule
def harm(violence: float, remote: float, exposure: float, shield: float, backstop: float) -> float:
    """Losses of a state that fights: by how exposed it is, less what the backstop shields."""
    return violence * (remote + (1.0 - remote) * exposure) * (1.0 - shield * backstop)


@rule
def coalition_acts(defying: float, fighting: float, quorum: float) -> bool:
    """Whether the coalition answers: the share of fighting power that defies exceeds the
    quorum."""
    return fighting > 0.0 and defying > quorum * fighting

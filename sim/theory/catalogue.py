"""All textbook games."""

from __future__ import annotations

from sim.theory import (
    accident,
    attrition,
    bargaining,
    brinkmanship,
    cascade,
    contest,
    credible_threat,
    deterrence_game,
    honest_threat,
    lock_in,
    perfect_deterrence,
    public_good,
    reputation,
    reviews,
    salami,
    shifting_power,
    tripwire,
    trust,
    volunteers,
)
from sim.theory.case import Case
from sim.theory.inputs import entry_named

CASES: dict[str, Case] = {
    part.CASE.name: part.CASE
    for part in (
        deterrence_game,
        credible_threat,
        cascade,
        brinkmanship,
        reputation,
        reviews,
        contest,
        accident,
        tripwire,
        attrition,
        salami,
        honest_threat,
        bargaining,
        shifting_power,
        volunteers,
        public_good,
        trust,
        lock_in,
        perfect_deterrence,
    )
}


def case(name: str) -> Case:
    """The case of that name; raises ``UsageError`` with the closest name."""
    found: Case = entry_named(name, CASES, "case")
    return found

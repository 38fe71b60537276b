"""The card of a seat: what its state says in public, what it can decide, its declared red lines."""

from __future__ import annotations

from typing import Any

from sim.enums import Role
from sim.evidence.claims import articles, claims
from sim.scenario.scenario import Scenario
from sim.text import state_name

MOST_POSITIONS = 4
CAN = {
    Role.CHALLENGER: (
        "hold still, probe, strike or mobilise; press a challenge or back down; threaten, and "
        "answer to the terms of a truce, where the scenario has them"
    ),
    Role.PROTEGE: (
        "answer to the terms of a truce, and answer violations that the coalition bears, where the "
        "scenario has them"
    ),
    Role.GUARANTOR: (
        "decide how far to take part; defy a challenge or give way, with forces there; back the "
        "force with reserves, where the scenario leaves that to it"
    ),
    Role.PARTNER: "nothing: the model has no decision for it",
}
WARNING = (
    "You speak for a model of a state, with invented weights. It is not what this state, or "
    "anybody of its people, thinks or would do."
)


def card_of(scenario: Scenario, state: str) -> dict[str, Any]:
    """The public card of a seat, as plain data.

    Positions are those that the evidence reports as public, of the state or of a group it is in.
    """
    role = scenario.role(state)
    lines = [line.replace("_", " ") for owner, line in scenario.red_lines if owner == state]
    return {
        "state": state,
        "name": state_name(state),
        "role": role.label,
        "can": CAN[role],
        "red_lines": lines,
        "positions": _positions(scenario, state),
        "warning": WARNING,
    }


def _positions(scenario: Scenario, state: str) -> list[dict[str, str]]:
    names = {state, *(name for name, members in scenario.groups.items() if state in members)}
    sources = {each.id: f"article {each.number}, {each.when}" for each in articles()}
    said = [claim for claim in claims() if claim.public and names & set(claim.who)]
    said.sort(key=lambda claim: state not in claim.who)
    return [
        {"says": claim.says, "source": sources[claim.article]} for claim in said[:MOST_POSITIONS]
    ]

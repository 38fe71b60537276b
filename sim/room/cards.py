"""The public side of a seat's card: what it shows, says and can decide."""

from __future__ import annotations

from typing import Any

from sim.evidence.claims import articles
from sim.formatting import state_name
from sim.lessons.role_card import role_card
from sim.scenario.scenario import Scenario

MOST_POSITIONS = 4
WARNING = (
    "You speak for a model of a state, with invented weights. It is not what this state, or "
    "anybody of its people, thinks or would do."
)


def card_of(scenario: Scenario, state: str) -> dict[str, Any]:
    """The card of a seat as plain data.

    Positions are those that the evidence reports as public, with the article that reports them.
    What only the state itself knows of this run is not on it.
    """
    card = role_card(scenario, state)
    sources = {each.id: f"article {each.number}, {each.when}" for each in articles()}
    return {
        "state": state,
        "name": state_name(state),
        "role": card.role.label,
        "can": list(card.can),
        "shows": list(card.public),
        "positions": [
            {"says": claim.says, "source": sources[claim.article]}
            for claim in card.says[:MOST_POSITIONS]
        ],
        "warning": WARNING,
    }

"""Role cards: what is public and what is private, from the scenario and the evidence."""

from __future__ import annotations

import pytest

from sim.enums import Role
from sim.errors import UsageError
from sim.lessons.role_card import role_card
from sim.scenario.load import load

SCENARIO = load("troops_after_truce")


def test_a_bluff_is_known_to_its_owner_alone():
    card = role_card(load("moscow_bluffs"), "russia")
    assert any("bluff" in line for line in card.private)
    assert not any("bluff" in line for line in card.public)


@pytest.mark.parametrize("state", SCENARIO.states)
def test_every_state_has_a_card_and_no_secret_is_public(state):
    card = role_card(SCENARIO, state)
    assert card.may_not
    assert not [line for line in card.public if "meant" in line or "bluff" in line]
    named = {line.partition(":")[0] for line in card.public if not line.startswith("red line")}
    assert not named & {line.partition(":")[0] for line in card.private}
    assert all(claim.public and state in claim.who for claim in card.says)


def test_each_role_decides_what_it_can():
    by_role = {SCENARIO.role(state): role_card(SCENARIO, state) for state in SCENARIO.states}
    assert set(by_role) == set(Role)
    assert "threaten, or say nothing" in by_role[Role.CHALLENGER].can
    assert not by_role[Role.PARTNER].can


def test_who_decides_on_the_backstop_can():
    cards = [role_card(load(name), "united_states") for name in ("washington_first", "presence")]
    assert [any("backstop" in line for line in card.can) for card in cards] == [True, False]


def test_an_unknown_state_is_refused():
    with pytest.raises(UsageError, match="no state 'france2'"):
        role_card(SCENARIO, "france2")

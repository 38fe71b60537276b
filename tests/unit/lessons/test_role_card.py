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


def test_a_private_value_is_not_called_known_and_a_flag_is_a_yes_or_a_no():
    assert not [line for line in role_card(SCENARIO, "russia").private if "known to all" in line]
    own = load("troops_after_truce", {"states.france.requires.ceasefire": True})
    conditions = role_card(own, "france").conditions
    assert any(line.endswith("while no ceasefire holds: yes") for line in conditions)


@pytest.mark.parametrize("state", SCENARIO.states)
def test_every_state_has_a_card_and_no_secret_is_public(state):
    card = role_card(SCENARIO, state)
    assert card.may_not
    assert not [line for line in card.public if "meant" in line or "bluff" in line]
    named = {line.partition(":")[0] for line in card.public if not line.startswith("red line")}
    assert not named & {line.partition(":")[0] for line in card.private}
    assert all(claim.public and state in claim.who for claim in card.says)


def test_each_role_decides_what_it_can():
    scenario = load("everyone_decides")
    by_role = {scenario.role(state): role_card(scenario, state) for state in scenario.states}
    assert set(by_role) == set(Role)
    assert "threaten, or say nothing" in by_role[Role.CHALLENGER].can
    assert not by_role[Role.PARTNER].can


@pytest.mark.parametrize(
    ("state", "word", "path"),
    [
        ("russia", "threaten", "constants.threat"),
        ("russia", "terms of a truce", "setting.talks"),
        ("ukraine", "terms of a truce", "setting.talks"),
        ("ukraine", "retaliate", "setting.retaliation"),
    ],
)
def test_a_mechanism_that_is_off_leaves_nothing_to_decide(state, word, path):
    on, off = (load("everyone_decides", {path: value}) for value in (1, 0))
    said = [any(word in line for line in role_card(each, state).can) for each in (on, off)]
    assert said == [True, False]


def test_an_event_can_switch_a_mechanism_on(tmp_path):
    path = tmp_path / "later.yaml"
    event = "{month: 6, set: {setting.talks: 1}}"
    path.write_text(f"scenario: later\nextends: no_force\nevents: [{event}]\n", encoding="utf-8")
    assert any("truce" in line for line in role_card(load(path), "ukraine").can)


def test_who_has_nothing_to_decide_is_told_so():
    card = role_card(load("no_force"), "ukraine")
    assert not card.can
    assert any("decide anything month by month" in line for line in card.may_not)


def test_a_guarantor_is_bound_by_neither_pledge_nor_conditions():
    """As in the game: ``docs/play.md``."""
    card = role_card(SCENARIO, "france")
    assert any("beyond its pledge and with a condition not met" in line for line in card.can)
    assert not any("pledge" in line or "condition" in line for line in card.may_not)


def test_who_decides_on_the_backstop_can():
    cards = [role_card(load(name), "united_states") for name in ("washington_first", "presence")]
    assert [any("backstop" in line for line in card.can) for card in cards] == [True, False]


def test_an_unknown_state_is_refused():
    with pytest.raises(UsageError, match="no state 'france2'"):
        role_card(SCENARIO, "france2")

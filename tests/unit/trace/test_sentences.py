"""Sentences about red lines, beliefs, events and endings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.enums import Challenge, Effect, Participation, War, Watch
from sim.scenario.load import load
from sim.trace.events import (
    Belief,
    Change,
    Crisis,
    Crossing,
    Happening,
    Learned,
    Option,
    Press,
    Retaliation,
    Stand,
    Success,
    Threat,
)
from sim.trace.narrative import (
    describe_beliefs,
    describe_ending,
    describe_happening,
    describe_month,
)
from sim.trace.narrative_crisis import describe_crisis, describe_crossings
from sim.trace.narrative_protege import describe_retaliation
from sim.trace.narrative_threat import describe_empty_threat, describe_threat
from sim.trace.narrative_types import describe_learned
from sim.trace.replay import replay
from tests.scenarios import COVERING_FIRST
from tests.unit.trace.runs import told


def committed(state: str, defied: bool | None) -> Crossing:
    return Crossing(
        state, "attack", Watch.STRIKE_ON_FORCE, Effect.COMMITS, meant=True, defied=defied
    )


def provoked(watches: Watch, meant: bool, after: float = 0.3) -> Crossing:
    return Crossing("russia", "line", watches, Effect.PROVOKES, meant, grievance=(0.0, after))


def crisis(*stands: Stand, action: Challenge = Challenge.STRIKE, attributed: bool = True) -> Crisis:
    return Crisis(action, True, attributed, stands, 0.0, 0.3, False, None, 0.0)


def test_one_sentence_says_who_holds_to_a_line_who_gives_way_and_who_is_away():
    lines = [committed("france", True), committed("latvia", False), committed("estonia", None)]
    (text,) = describe_crossings(lines, crisis(), {}, start=False)
    assert text.endswith(
        "(France stands by them, Latvia gives way and Estonia has no forces there)."
    )
    assert "stand by them" in describe_crossings(lines[:1] * 2, crisis(), {}, start=False)[0]
    assert (
        "(no owner has forces there"
        in describe_crossings(lines[2:] * 2, crisis(), {}, start=False)[0]
    )
    (unknown,) = describe_crossings(lines, crisis(attributed=False), {}, start=False)
    assert "(the action is not attributed)" in unknown


def test_it_says_which_line_is_a_bluff_and_when_nothing_is_felt():
    ground, arms = Watch.GROUND_FOOTPRINT, Watch.LONG_RANGE_ARMS
    both = [provoked(ground, True), provoked(arms, False)]
    (text,) = describe_crossings(both, None, {}, start=True)
    assert text.startswith("Crossed from the start: the red lines of Russia on foreign troops")
    assert "rises from 0.00 to 0.30; that on long-range arms is a bluff)" in text
    (text,) = describe_crossings([provoked(ground, False, after=0.001)], None, {}, start=True)
    assert "(its grievance stays near 0.00; it is a bluff)" in text


def test_what_acting_past_a_line_costs_has_no_minus_sign():
    line = Crossing("russia", "line", Watch.OFFENSIVE, Effect.RESTRAINS, meant=True, price=0.2)
    assert "(crossing it costs 0.20)" in describe_crossings([line], crisis(), {}, start=False)[0]


def test_lines_that_cost_are_told_apart_from_those_that_did_not_prevent_it():
    dear = Crossing("russia", "a", Watch.OFFENSIVE, Effect.RESTRAINS, meant=True, price=0.2)
    lines = [dear, replace(dear, line="b", price=0.05), replace(dear, state="china", price=None)]
    (text,) = describe_crossings(lines, crisis(), {}, start=False)
    assert "the red lines of Russia on a new offensive (crossing them costs 0.25);" in text
    assert "the red line of China on a new offensive (it did not prevent this)" in text


def test_many_owners_of_red_lines_are_grouped_by_rung():
    states = ["russia", "poland", "denmark", "spain", "italy", "norway"]
    lines = [
        Crossing(state, "war", Watch.DIRECT_COMBAT, Effect.RESTRAINS, meant=True)
        for state in states
    ]
    rungs = dict.fromkeys(["spain", "italy", "norway"], Participation.LOGISTICS)
    rungs |= {"poland": Participation.GROUND, "denmark": Participation.AIR_SEA}
    assert describe_crossings(lines, crisis(), rungs, start=False) == [
        "Crossed for the first time: the red lines on direct combat of Russia, 1 at ground "
        "(Poland), 1 at air and sea (Denmark) and 3 at logistics (they did not prevent this)."
    ]


def test_credit_is_told_both_ways_and_only_where_it_shows():
    moved = [
        Belief("france", 0.8, 0.9),
        Belief("united_states", 0.8, 0.6),
        Belief("italy", 0.8, 0.81),
    ]
    assert describe_beliefs(moved) == [
        "Others now believe more in the declared red lines of France (belief 0.90) and less in the "
        "declared red lines of the United States (belief 0.60)."
    ]
    assert describe_beliefs(moved[2:]) == []


def test_an_event_tells_only_what_it_changes():
    path = "states.united_states.pledge"
    nothing = Happening("event_2", "first strike", "", (Change(path, 4.0, 4.0),))
    assert describe_happening(nothing) == ("Scenario event, first strike: no value changes.")
    changes = (Change(path, 4.0, 1.0), Change(path, 4.0, 4.0))
    changed = Happening("summit", "month 6", "so it was", changes)
    assert describe_happening(changed) == (
        "Scenario event summit (so it was): the pledge of the United States changes from air and "
        "sea to political."
    )


STRIKE = [Option(Challenge.STRIKE, 0.1, 0.5, 0.5, 0.4)]


@pytest.mark.parametrize(("defies", "does"), [(True, "defies"), (False, "gives way")])
def test_a_state_alone_is_named_with_its_chance_and_nothing_is_said_twice(defies, does):
    found = crisis(Stand("latvia", 0.02, 0.1 if defies else 0.9, defies))
    _, *answer = describe_crisis("Russia", found, STRIKE, War.NONE)
    chance = "a 10 % chance" if defies else "a 90 % chance"
    assert answer == [
        f"Latvia, the only state with fighting forces there, {does} (it had {chance} of defying): "
        "the coalition does not answer."
    ]


def answer_of(*stands: Stand, defying: float = 0.5) -> str:
    found = replace(crisis(*stands), defying=defying, answered=True)
    return " ".join(describe_crisis("Russia", found, STRIKE, War.NONE)[1:])


def test_shares_of_the_power_are_given_only_where_states_differ():
    latvia, poland = Stand("latvia", 0.02, 0.5, False), Stand("poland", 0.2, 0.5, False)
    assert answer_of(latvia, poland, defying=0.0) == (
        "None of 2 states with fighting forces defies: the coalition answers."
    )
    both = replace(latvia, defies=True), replace(poland, defies=True)
    assert answer_of(*both, defying=1.0 - 1e-16) == (
        "Both states with fighting forces defy: the coalition answers."
    )
    three = (*both, replace(both[0], state="estonia"))
    assert answer_of(*three).startswith("All 3 states with fighting forces defy: ")
    assert answer_of(latvia, both[1], defying=0.9).startswith(
        "1 of 2 states with fighting forces defies, with 90 % of the fighting power (more than 30 "
        "% is needed): the coalition answers."
    )


def test_an_unexpected_decision_is_told_without_repeating_it():
    poland = Stand("poland", 0.2, 0.5, True)
    unlikely = Stand("latvia", 0.02, 0.1, True)
    assert answer_of(poland, unlikely).endswith(
        "Unexpectedly, Latvia is one of them: it had a 10 % chance of defying."
    )
    assert answer_of(replace(poland, defies=False), unlikely).endswith(
        "Unexpectedly, this is Latvia, which had a 10 % chance of defying."
    )
    assert answer_of(poland, replace(unlikely, chance=0.8, defies=False)).endswith(
        "Unexpectedly, Latvia gives way: it had an 80 % chance of defying."
    )


@pytest.mark.parametrize(
    ("success", "said"),
    [
        (
            Success(True, 0.9, (0.03, 0.1), (0.0, 0.05)),
            "The strike succeeds (it had a 90 % chance of success): Russia now holds 10 % of its "
            "aims and 5.0 % of its grievance is now relieved.",
        ),
        (
            Success(False, 0.9, (0.03, 0.03), (0.0, 0.0)),
            "The strike fails (it had a 90 % chance of success) and gains Russia nothing.",
        ),
    ],
)
def test_what_a_strike_that_is_carried_through_brings(success, said):
    found = replace(crisis(), success=success)
    assert describe_crisis("Russia", found, STRIKE, War.NONE)[-1] == said


def test_an_offensive_that_is_pressed_means_war():
    press = Press(0.1, -0.06, 0.7, True, 1.0, 0.2)
    stands = (Stand("latvia", 0.02, 0.5, True),)
    found = replace(crisis(*stands, action=Challenge.MOBILISATION), answered=True, press=press)
    option = Option(Challenge.MOBILISATION, 0.1, 0.5, 0.5, 0.4)
    *_, carried_out, _ = describe_crisis("Russia", found, [option], War.LIMITED)
    assert carried_out == (
        "Russia carries the offensive out, which means war (it had a 70 % chance of carrying it "
        "out; utility: carrying it out +0.10, calling it off −0.06)."
    )
    unanswered = replace(found, answered=False, press=replace(press, pressed=False))
    *_, called_off = describe_crisis("Russia", unanswered, [option], War.NONE)
    assert called_off.startswith("Russia calls the mobilisation off (it had a 70 % chance of ")
    unopposed = replace(found, answered=False)
    *_, carried_out, end = describe_crisis("Russia", unopposed, [option], War.UNOPPOSED)
    assert carried_out.startswith("Russia carries the offensive out (it had a 70 % chance of ")
    assert end == "The coalition does not fight."


def test_a_strike_where_nobody_is_armed_is_no_strike_on_a_force():
    options = [Option(Challenge.STRIKE, 0.1, 0.0, 0.0, 0.4)]
    deed, *_ = describe_crisis("Russia", crisis(), options, War.NONE)
    assert deed.startswith(
        "Russia strikes the unarmed foreign presence, which it had a 40 % chance of choosing"
    )
    assert deed.endswith("and expects no answer.")


def test_those_who_wait_ask_for_something_that_is_missing():
    scenario = load("consent_required")
    start, *later = replay(scenario, 8).months
    asked = {state.state: state.unmet for state in start.waiting}
    assert asked["france"] == ("consent",)
    assert "consent" in asked["germany"]
    said = " ".join(describe_month(start, scenario))
    assert "require more consent by the challenger" in said
    assert not any(month.waiting for month in later)


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_an_ending_counts_in_words_where_figures_would_be_odd(name):
    for run in told(name):
        text = describe_ending(run)
        assert " 0 of them" not in text
        assert "1 crisis " not in text
        assert text.count("o war") <= 1
        assert "that is" not in text
        assert ("begun with an offensive" in text) is (
            run.last.war in (War.LIMITED, War.GENERAL) and run.last.trigger.word == "offensive"
        )


def test_a_threat_is_told_with_its_reasons_and_an_empty_one_afterwards():
    spoken = Threat(0.02, 0.08, 0.4, 0.7, spoken=True)
    assert describe_threat(spoken, "Russia") == [
        "Russia threatens the force, which it had a 70 % chance of choosing (utility +0.02, of "
        "silence 0); it expects 8.0 % of the force to go and would act on the threat with a 40 % "
        "chance."
    ]
    silent = Threat(-0.02, 0.08, 0.4, 0.3, spoken=False, empty=True)
    assert describe_threat(silent, "Russia") == describe_threat(None, "Russia") == []
    (empty,) = describe_empty_threat(silent, "Russia")
    assert empty.startswith("Russia neither strikes nor mobilises at this review")
    assert describe_empty_threat(spoken, "Russia") == []


def test_a_retaliation_is_told_with_its_reasons_and_its_blame():
    assert describe_retaliation(None, "Ukraine") == []
    answer = Retaliation(0.04, 0.5, 0.8, retaliates=True, blamed=True)
    said, blame = describe_retaliation(answer, "Ukraine")
    assert said.startswith("Ukraine retaliates, which it had an 80 % chance of choosing")
    assert "(utility of retaliating +0.04, of complaining 0; it relies on a 50 %" in said
    assert "blame Ukraine" in blame
    (said,) = describe_retaliation(replace(answer, retaliates=False, blamed=False), "Ukraine")
    assert said.startswith("Ukraine complains and does not retaliate, which it had a 20 % chance")


def test_what_is_learnt_about_the_challenger_is_told_where_it_shows():
    learned = Learned((0.3, 0.4, 0.3), (0.2, 0.4, 0.4), 0.52)
    (said,) = describe_learned(learned, "Russia")
    assert "20 % for less ambition than first thought, 40 % for as much" in said
    assert said.endswith("an ambition of 0.52.")
    assert describe_learned(replace(learned, after=(0.28, 0.4, 0.32)), "Russia") == []
    assert describe_learned(None, "Russia") == []

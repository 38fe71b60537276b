"""What a seat is sent: everything it needs, and nothing that another seat has to itself."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from typing import Any

import pytest

import sim
from sim.enums import Decision, Role
from sim.errors import UsageError
from sim.model.stages.decisions import OPTIONS
from sim.room.cards import card_of
from sim.room.notices import idle_notice
from sim.room.room import Room
from sim.room.views import UNATTRIBUTED, WHO_BEGAN, Cards, Views, seat_order, seats_view
from sim.trace.decisions import NO_FORCE
from sim.trace.prompts import PROMPTS
from tests.unit.room.rooms import (
    EVERYTHING,
    SEATS,
    choose,
    choose_at_random,
    close,
    play_at_random,
    room_of,
)

GUARANTORS = [s for s in EVERYTHING.states if EVERYTHING.role(s) is Role.GUARANTOR]
# What is private to a guarantor, as the world holds it by state.
OF_A_STATE = ("resolve", "ceiling", "target", "own_losses", "u_resolve", "u_candour")


# A card takes a while to make, and all rooms here play the same scenario.
CARDS: Cards = {}


def views_of(room: Room) -> Views:
    return Views(room, CARDS)


def frames(room: Room) -> dict[str, str]:
    return {name: json.dumps(views_of(room).seat(name)) for name in room.people}


def with_other_secrets(room: Room, state: str) -> Room:
    """The same room, in which the private values of ``state`` are others."""
    changed = deepcopied(room)
    board: Any = changed.game.run._recorder.board
    i = EVERYTHING.states.index(state)
    for name in OF_A_STATE:
        board.world[name][i] = 1 if name in ("ceiling", "target") else 0.123456
    if EVERYTHING.role(state) is Role.CHALLENGER:
        board.world["ambition"] = board.world["grievance"] = 0.123456
        board.given["line_backed"][:] = 1.0 - board.given["line_backed"]
    # The army of the protégé is no secret from the model's challenger: its chances weigh it.
    return changed


def deepcopied(room: Room) -> Room:
    """The room, played again."""
    again = Room(EVERYTHING, room.game.number, turn=room.game.turn)
    for event in room.events[1:]:
        again.apply(deepcopy(event))
    return again


@pytest.mark.parametrize("seed", range(2))
def test_nothing_that_a_seat_is_sent_depends_on_the_secrets_of_another(seed):
    seats = ("russia", "ukraine", "france", "poland", None)
    room, chance = room_of(*seats, run=seed), random.Random(seed)
    for _ in range(3):
        before = frames(room)
        assert before == frames(deepcopied(room))
        for secret in ("russia", "ukraine", "france"):
            after = frames(with_other_secrets(room, secret))
            for name, person in room.people.items():
                if person.seat == secret:
                    assert after[name] != before[name]
                else:
                    assert after[name] == before[name]
        if room.game.is_over:
            break
        choose_at_random(room, chance)
        close(room)


def test_nobody_sees_what_another_seat_has_chosen():
    def chosen(option: str) -> dict[str, str]:
        room = room_of("russia", "france", "poland")
        choices = {"challenge": option}
        room.apply({"event": "choose", "person": "p1", "step": 0, "choices": choices})
        return frames(room)

    one, other = chosen("strike"), chosen("hold")
    assert one["p1"] != other["p1"]
    assert (one["p2"], one["p3"]) == (other["p2"], other["p3"])


def test_the_author_of_an_unattributed_probe_is_known_to_the_challenger_alone():
    hidden = 0
    for run in range(8):
        room = room_of(*SEATS, run=run)
        while room.game.step is not None:
            incident = room.game.run.view("france").incident
            if incident and not incident.attributed:
                assert "nobody can say" in str(views_of(room).public()["incident"])
                hidden += 1
            if room.game.step.is_plan:
                choose = {"event": "choose", "person": "p2", "step": room.game.step.number}
                room.apply({**choose, "choices": {"challenge": "probe"}})
            close(room)
        told = [each["text"] for each in views_of(room).public()["story"]]
        for month in room.game.run.traced.months:
            if month.crisis and not month.crisis.attributed:
                text = next(t for t in told if "nobody can say" in t)
                assert "Russia probes" not in text
        if hidden:
            break
    assert hidden


def test_an_accident_is_told_as_one():
    scenario = sim.load("reassurance_force", {"constants.accident": 1})
    room = room_of("france", scenario=scenario)
    while room.game.step is not None:
        incident = room.game.run.view("france").incident
        if not room.game.step.is_plan and incident and incident.ordered is False:
            break
        close(room)
    assert "an accidental clash that nobody ordered." in views_of(room).public()["incident"]


def test_every_option_of_every_decision_has_words():
    assert {d: tuple(p.options) for d, p in PROMPTS.items()} == OPTIONS
    assert set(PROMPTS) == set(Decision)


def test_a_seat_is_sent_its_card_its_own_values_and_its_decisions():
    room = room_of(*SEATS, None)
    france, russia, ukraine, observer = (views_of(room).seat(name) for name in room.people)
    assert france["decisions"][0]["word"] == "target"
    assert {each["word"] for each in russia["decisions"]} >= {"challenge"}
    assert ukraine["decisions"] == []
    assert "card" not in observer
    assert "own" not in observer
    for view in (france, russia, ukraine):
        assert view["own"]
        assert view["card"]["state"] == view["seat"]
    assert sum(o["chance"] for o in france["decisions"][0]["options"]) == pytest.approx(1, abs=0.03)
    room.apply({"event": "adviser", "on": False})
    assert "chance" not in views_of(room).seat("p1")["decisions"][0]["options"][0]


def test_a_choice_without_a_review_has_no_chance():
    room = room_of("france")
    play_at_random(room)
    mine = views_of(room).seat("p1")["mine"]
    due = [each.due for each in room.game.played if each.state == "france" and not each.implied]
    assert False in due
    assert [each["chance"] is not None for each in mine] == due


def test_a_strike_is_offered_only_against_a_force_that_stands():
    for scenario, reasons in (EVERYTHING, []), (sim.load("no_force"), [NO_FORCE]):
        room = Room(scenario)
        room.apply({"event": "sit", "person": "p1", "seat": "russia"})
        room.apply({"event": "start"})
        decisions = Views(room).seat("p1")["decisions"]
        challenge = next(each for each in decisions if each["word"] == "challenge")
        assert ("strike" in [option["word"] for option in challenge["options"]]) == (not reasons)
        assert [each["why"] for each in challenge["closed"]] == reasons
        if reasons:
            with pytest.raises(UsageError, match="not possible now"):
                room.game.check("russia", "challenge", "strike")


def test_a_challenger_that_decides_on_an_unattributed_challenge_is_not_named():
    unseen = ["ladders.challenge.mobilisation.attribution=0", "setting.verification=0"]
    for settings, waiting in (unseen, [WHO_BEGAN]), (unseen[1:], ["Russia"]):
        room = Room(sim.load("reassurance_force", settings))
        for person, seat in ("p1", "russia"), ("p2", "france"):
            room.apply({"event": "sit", "person": person, "seat": seat})
        room.apply({"event": "start"})
        choose(room, "p1", {"challenge": "mobilisation"})
        close(room)
        if room.waiting_for() == ("france",):
            choose(room, "p2", {"answer": "concede"})
            close(room)
        public = Views(room).public()
        assert public["waiting"] == waiting
        assert (public["reaction"] == UNATTRIBUTED) == (waiting == [WHO_BEGAN])


def test_a_seat_that_waits_is_told_for_what():
    ukraine = views_of(room_of(*SEATS)).seat("p3")
    assert ukraine["decisions"] == []
    assert "terms of a truce" in ukraine["idle"]


def test_each_reaction_of_a_month_says_to_what_it_reacts():
    """So that two of them have two headings."""
    reactions: dict[int, list[str]] = {}
    room, chance = room_of(*SEATS, run=3), random.Random(1)
    while room.game.step is not None:
        view = views_of(room).public()
        if view["is_plan"]:
            assert view["reaction"] is None
        else:
            reactions.setdefault(view["month"], []).append(view["reaction"])
        choose_at_random(room, chance)
        close(room)
    assert max(map(len, reactions.values())) > 1
    assert all(len(set(each)) == len(each) for each in reactions.values())


def test_a_view_is_small():
    room = room_of(*SEATS)
    for _ in range(6):
        if room.game.step is not None:
            close(room)
    assert all(len(frame) < 6_000 for frame in frames(room).values())


def test_a_card_quotes_public_positions_with_their_source():
    card = card_of(sim.load("reassurance_force"), "russia")
    assert card["positions"]
    assert all(each["source"].startswith("article") for each in card["positions"])
    assert any("foreign troops" in line for line in card["shows"])


def test_the_first_seats_are_the_two_sides():
    room = room_of("poland")
    assert seat_order(room)[:2] == ["russia", "ukraine"]
    poland = next(each for each in seats_view(room) if each["state"] == "poland")
    assert (poland["people"], poland["asked"], poland["waiting"]) == (1, True, True)


def test_a_seat_with_nothing_to_decide_is_known():
    room = Room(EVERYTHING, 2)
    assert not any(each["asked"] for each in seats_view(room))
    room.apply({"event": "start"})
    step = room.game.step
    assert step is not None
    asked = {each["state"] for each in seats_view(room) if each["asked"]}
    assert asked == {seat for seat in room.seats if step.of(seat)}
    assert "poland" in asked
    assert asked < set(room.seats)


def test_a_protege_that_is_never_asked_is_told_so_and_fills_last():
    scenario = sim.load("moscow_threatens")
    room = Room(scenario, 1)
    assert seat_order(room)[0] == "russia"
    assert seat_order(room)[-1] == "ukraine"
    room.apply({"event": "sit", "person": "p1", "seat": "ukraine"})
    room.apply({"event": "start"})
    assert "decides nothing: watch" in views_of(room).seat("p1")["idle"]
    talks = sim.load("moscow_threatens", {"setting.talks": 0.5})
    assert seat_order(Room(talks, 1))[1] == "ukraine"
    assert "terms of a truce" in idle_notice(Role.PROTEGE, talks)


def test_everybody_reads_of_an_inject_before_it_happens():
    room = room_of("france", None)
    for why, setting in (("a speech in Munich", "setting.clarity"), ("", "setting.backstop")):
        happening = {"set": {setting: 0.1}} | ({"why": why} if why else {})
        room.apply({"event": "inject", "happening": happening})
    views = views_of(room)
    for view in (views.public(), views.seat("p1"), views.seat("p2")):
        assert view["news"] == [
            {"month": 1, "text": "Event: a speech in Munich."},
            {"month": 1, "text": "Something changes."},
        ]
    assert not views.seat("p1")["resend"]
    close(room)
    assert views.public()["news"] == []
    assert views.public()["story"][0]["text"].startswith("Event: a speech in Munich. Something")


def test_news_stays_until_its_month_is_over():
    """So it is there in a reaction of that month, which is not in the story yet."""
    reactions = 0
    for run in range(12):
        room = room_of(*SEATS, run=run)
        room.apply({"event": "inject", "happening": {"set": {"setting.clarity": 0.9}}})
        choose_at_random(room, random.Random(run))
        while room.game.step is not None and room.game.step.month == 1:
            view = views_of(room).public()
            assert [each["month"] for each in view["news"]] == [1]
            assert view["story"] == []
            reactions += not room.game.step.is_plan
            close(room)
        view = views_of(room).public()
        assert view["news"] == []
        assert view["story"][0]["month"] == 1
    assert reactions


def test_an_event_that_is_let_happen_twice_is_news_once():
    room = room_of("france")
    for why in ("first", "second"):
        happening = {"name": "speech", "set": {"setting.clarity": 0.9}, "why": why}
        room.apply({"event": "inject", "happening": happening})
    assert [each["text"] for each in views_of(room).public()["news"]] == ["Event: second."]


def test_who_had_sent_before_an_inject_is_asked_to_send_again():
    room = room_of("france", "poland", None)
    choose(room, "p1", {})
    room.apply({"event": "inject", "happening": {"set": {"setting.clarity": 0.9}}})
    assert [views_of(room).seat(f"p{k}")["resend"] for k in (1, 2, 3)] == [True, False, False]
    choose(room, "p1", {})
    assert not views_of(room).seat("p1")["resend"]


def test_a_guarantor_reads_how_far_it_takes_part():
    room = room_of("france", "russia", None)
    first, second, third = (views_of(room).seat(f"p{k}") for k in (1, 2, 3))
    on = {name: each["rung"] for each in first["rungs"] for name in each["names"]}
    assert first["rung"] == on["France"]
    assert second["rung"] is None
    assert "rung" not in third


def test_what_an_inject_lets_a_state_decide_is_on_its_card():
    room = Room(sim.load("moscow_threatens"), 1)
    room.apply({"event": "sit", "person": "p1", "seat": "ukraine"})
    room.apply({"event": "start"})
    views = Views(room)
    assert views.seat("p1")["card"]["can"] == []
    room.apply({"event": "inject", "happening": {"set": {"setting.retaliation": 1}}})
    found = views.seat("p1")
    assert found["card"]["can"] == ["complain of a violation that nobody answered, or retaliate"]
    assert "decides nothing: watch" not in found["idle"]


def test_what_is_kept_between_views_is_renewed_with_the_game():
    room = room_of(*SEATS, run=1)
    views, chance = Views(room), random.Random(4)
    while room.game.step is not None:
        for name in room.people:
            assert views.seat(name) == views_of(room).seat(name)
        choose_at_random(room, chance)
        for name in room.people:
            assert views.seat(name) == views_of(room).seat(name)
        close(room)
    room.apply({"event": "undo"})
    assert views.seat("p1") == views_of(room).seat("p1")
    room.apply({"event": "adviser", "on": False})
    assert views.seat("p1") == views_of(room).seat("p1")


def test_the_scenario_is_described_until_the_first_turn() -> None:
    room = Room(sim.load("troops_after_truce"))
    assert views_of(room).public()["about"].startswith("The war goes on, and the coalition")
    room.apply({"event": "start"})
    assert views_of(room).public()["about"] is None


def test_the_terms_of_a_truce_are_named_while_they_are_on_the_table() -> None:
    room, chance = room_of(*SEATS, run=0), random.Random(1)
    seen = set()
    while room.game.step is not None:
        words = {each.decision for each in room.game.step.decisions}
        terms = views_of(room).public()["terms"]
        if words & {Decision.TRUCE, Decision.ACCEPTANCE}:
            assert terms.startswith("The terms of the truce: a ceasefire, and ")
            seen.add(terms)
        choose_at_random(room, chance)
        close(room)
    assert seen

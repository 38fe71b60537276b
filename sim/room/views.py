"""What each page of a room shows: built here for each seat, so that no secret leaves the server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sim.enums import Challenge, Decision, Outcome, Role
from sim.formatting import is_numbered, name_in_words, state_name
from sim.room.cards import card_of
from sim.room.game import PLANNED, GameStep, Injected, Played
from sim.room.notices import (
    NO_CONTINUATIONS,
    NO_REVIEW,
    REACTIONS,
    idle_notice,
    is_ever_asked,
)
from sim.room.room import WHEN, Room
from sim.scenario.scenario import Scenario
from sim.trace.decisions import OpenDecision
from sim.trace.formatting import CONDITIONS
from sim.trace.prompts import PROMPTS, RUNGS, option_text
from sim.trace.public_story import ACTIONS, SEEN_BY_ALL, public_story, tell_event
from sim.trace.view import Incident, View

DIGITS = 3
# Chapters of the story that a seat is sent while it is played; the wall has all.
LATEST = 6
NUMBERS = {
    "tension": "Tension (from 0)",
    "force": "Power of the force (the challenger’s is 1)",
    "backstop": "Reserves behind the force (0 to 1)",
    "reputation": "Belief that the coalition answers (0 to 1)",
    "credit": "Belief in the red lines of the challenger (0 to 1)",
    "believed_ambition": "Ambition of the challenger, as others see it (0 to 1)",
}
# The reaction of a challenger of whom nobody knows that it is its own challenge, and whom the room
# then waits for.
UNATTRIBUTED, WHO_BEGAN = "an incident", "the side that began it"
Document = dict[str, Any]
# The card of a seat, by the digest of the scenario, which an inject changes, and the seat.
Cards = dict[tuple[str, str], Document]


class Views:
    """The views of a room. What changes with the game alone is built once a step.

    ``cards`` has the cards that were made already; the others are added to it.
    """

    def __init__(self, room: Room, cards: Cards | None = None) -> None:
        self.room = room
        self._cards: Cards = {} if cards is None else cards
        self._moves = -1
        self._seen: View
        self._game: Document = {}
        self._seats: dict[str, Document] = {}

    def public(self) -> Document:
        """What everybody may see."""
        self._renew()
        waiting = [state_name(seat) for seat in self.room.waiting_for()]
        if waiting and self._game["reaction"] == UNATTRIBUTED:
            waiting = [WHO_BEGAN]
        return self._game | {
            "waiting": waiting,
            "taken": sorted(state_name(seat) for seat in self.room.taken),
        }

    def seat(self, person: str) -> Document:
        """What a person may see: what is public, and what only their own state knows."""
        return self.seats([person])[person]

    def seats(self, people: Iterable[str]) -> dict[str, Document]:
        """What each of these people may see; what is public is looked at once for all."""
        public = self.public()
        if not self.room.game.is_over:
            public["story"] = public["story"][-LATEST:]
        return {person: self._of(person, public) for person in people}

    def _of(self, person: str, public: Document) -> Document:
        room = self.room
        who = room.people[person]
        view = public | {"person": person, "seat": who.seat}
        view |= {"prediction": who.predictions, "resend": who.resend}
        if who.seat is None:
            return view
        members = len(room.members(who.seat))
        if who.seat not in self._seats:
            scenario = room.game.scenario
            of_seat = scenario.digest, who.seat
            if of_seat not in self._cards:
                self._cards[of_seat] = card_of(scenario, who.seat)
            card = {"card": self._cards[of_seat]}
            self._seats[who.seat] = card | _seat_view(room, who.seat, self._seen)
        return view | self._seats[who.seat] | {"sent": who.choices, "members": members}

    def _renew(self) -> None:
        if self._moves != self.room.moves:
            self._moves, self._seats = self.room.moves, {}
            self._seen = self.room.game.run.view(_outsider(self.room))
            self._game = _game_view(self.room, self._seen)


def _game_view(room: Room, seen: View) -> Document:
    game, scenario = room.game, room.game.scenario
    step = game.step
    return {
        "title": scenario.title,
        "about": None if room.started else _about(scenario),
        "stage": _stage(room),
        "moves": room.moves,
        "step": step.number if step else None,
        "is_plan": bool(step and step.is_plan),
        "turn": step.turn if step else game.turns,
        "turns": game.turns,
        "months_a_turn": game.turn,
        "month": seen.month,
        "months": scenario.months,
        "ceasefire": seen.ceasefire,
        "numbers": [
            {"name": label, "value": round(getattr(seen, name), DIGITS)}
            for name, label in NUMBERS.items()
        ],
        "reaction": _reaction(step, seen.incident),
        "incident": _incident(seen.incident) if step and not step.is_plan else None,
        "terms": _terms(seen.promised_force),
        "news": [_news(each) for each in game.news],
        "rungs": _ladder(seen.rungs),
        "story": [{"month": month, "text": text} for month, text in public_story(game.run.traced)],
        "outcome": _outcome(room),
        "round": room.round,
    }


def _ladder(rungs: Mapping[str, str]) -> list[Document]:
    """Who is on which rung, the highest first; numbered states are counted."""
    return [
        {
            "rung": text,
            "names": [state_name(state) for state in on if not is_numbered(state)],
            "numbered": sum(map(is_numbered, on)),
        }
        for word, text in reversed(RUNGS.items())
        for on in [[state for state, rung in rungs.items() if rung == word]]
    ]


def _seat_view(room: Room, seat: str, seen: View) -> Document:
    """What the state of a seat alone knows."""
    step = room.game.step
    asked = step.of(seat) if step and room.started else ()
    rung = seen.rungs.get(seat)
    view: Document = {
        "rung": RUNGS[rung] if rung else None,
        "own": own_values(room.game.run.own(seat)),
        "decisions": [_decision(room, each) for each in asked],
    }
    if step and room.started and not asked:
        view["idle"] = idle_notice(room.game.base.role(seat), room.game.scenario)
    if room.game.is_over:
        view["mine"] = [
            choice_view(each)
            for each in room.game.played
            if each.state == seat and not each.implied
        ]
    return view


def seats_view(room: Room) -> list[Document]:
    """Every seat, the first to fill first: with how many people, whether it has something to decide
    in this step, and whether the room waits for it."""
    waiting, step = room.waiting_for(), room.game.step if room.started else None
    return [
        {
            "state": seat,
            "name": state_name(seat),
            "role": room.game.base.role(seat).label,
            "people": len(room.members(seat)),
            "asked": step is not None and bool(step.of(seat)),
            "waiting": seat in waiting,
        }
        for seat in seat_order(room)
    ]


def predictions(room: Room) -> Document:
    """How many people predicted each outcome, before and after the game."""
    return {
        when: {
            Outcome.of(word).label: count
            for word, count in Counter(
                each.predictions[when] for each in room.people.values() if when in each.predictions
            ).items()
        }
        for when in WHEN
    }


def seat_order(room: Room) -> list[str]:
    """The seats in the order in which a class should fill them: the two sides, then the guarantors
    by their capability, and last a protégé that is never asked."""
    scenario = room.game.base
    rank = {Role.CHALLENGER: 0, Role.PROTEGE: 1}

    def key(seat: str) -> tuple[int, bool, float]:
        capability = scenario[f"states.{seat}.capability"].mean
        role = scenario.role(seat)
        place = rank.get(role, 2) if is_ever_asked(role, scenario) else 3
        return place, is_numbered(seat), -capability

    return sorted(room.seats, key=key)


def own_values(own: Document) -> list[Document]:
    """What a state alone knows of itself, as lines of its card."""
    lines: list[tuple[str, Any]] = []
    for name, value in own.items():
        match name:
            case "red_lines":
                lines += [
                    (f"Red line, {name_in_words(line)}", "meant" if meant else "a bluff")
                    for line, meant in value.items()
                ]
            case "ceiling" | "target":
                lines.append((_OWN[name], RUNGS[value]))
            case "unmet_conditions":
                unmet = ", ".join(CONDITIONS[condition] for condition in value)
                lines += [("What would hold the model back: it wants", unmet)] if unmet else []
            case _:
                lines.append((_OWN[name], round(value, DIGITS)))
    return [{"name": name, "value": value} for name, value in lines]


_OWN = {
    "ambition": "Ambition (0 wants security, 1 wants land)",
    "grievance": "Grievance over crossed red lines (from 0)",
    "resolve": "Resolve (0 to 1)",
    "army": "Army (the challenger’s is 1)",
    "ceiling": "The most that the government would really do",
    "target": "Decided so far",
    "losses": "Losses (an index from 0, which fades)",
}


def _decision(room: Room, each: OpenDecision) -> Document:
    chances = room.game.chances(each) if room.adviser else {}
    closed = room.game.closed(each)
    return {
        "word": each.decision.word,
        "question": PROMPTS[each.decision].question,
        "due": each.due,
        "advice": room.adviser and each.decision in PLANNED,
        "note": _note(each) if room.adviser else None,
        "options": [
            {"word": option, "text": option_text(each.decision, option)}
            | ({"chance": chances[option]} if chances else {})
            for option in each.options
            if option not in closed
        ],
        "closed": [
            {"text": option_text(each.decision, option), "why": why}
            for option, why in closed.items()
        ],
    }


def _note(each: OpenDecision) -> str | None:
    """What to know of the chances that are shown, or why the adviser does not look ahead."""
    if each.decision not in PLANNED:
        return NO_CONTINUATIONS
    return None if each.due else NO_REVIEW


def choice_view(each: Played) -> Document:
    """A choice that was made, and how often the model would have made it; no chance where it would
    not have reviewed the decision."""
    return {
        "state": state_name(each.state),
        "month": each.month,
        "question": PROMPTS[each.decision].question,
        "option": option_text(each.decision, each.option),
        "chance": each.chance if each.due else None,
    }


def outcomes_view() -> list[Document]:
    """The outcomes that can be predicted."""
    return [
        {"word": each.word, "label": each.label, "meaning": each.style.meaning} for each in Outcome
    ]


def _stage(room: Room) -> str:
    if not room.started:
        return "lobby"
    return "debrief" if room.game.is_over else "playing"


def _outcome(room: Room) -> Document | None:
    outcome = room.game.run.outcome
    if outcome is None:
        return None
    return {"word": outcome.word, "label": outcome.label, "meaning": outcome.style.meaning}


def _reaction(step: GameStep | None, incident: Incident | None) -> str | None:
    """What is reacted to in a step that is no plan."""
    if step is None or step.is_plan:
        return None
    decision = step.decisions[0].decision
    is_secret = decision is Decision.PRESS and incident is not None and not incident.attributed
    return UNATTRIBUTED if is_secret else REACTIONS[decision]


def _incident(incident: Incident | None) -> str | None:
    if incident is None:
        return None
    if incident.challenge is None:
        return SEEN_BY_ALL["incident"]
    act = f"The challenger {ACTIONS[Challenge.of(incident.challenge)]}."
    answer = f" {SEEN_BY_ALL['answered']}" if incident.answered else ""
    return f"{act if incident.ordered else SEEN_BY_ALL['accident']}{answer}"


def _about(scenario: Scenario) -> str:
    """What the scenario is about: the first paragraph of its description, as one line."""
    first, _, _ = str(scenario.info.get("what_is_it", "")).strip().partition("\n\n")
    return " ".join(first.replace("`", "").split())


def _news(injected: Injected) -> Document:
    """An event that is to happen, before it does."""
    event = injected.event
    return {
        "month": injected.month,
        "text": tell_event(event.get("name", ""), event.get("why", "")),
    }


def _terms(force: float | None) -> str | None:
    """The terms of a truce that are on the table, which promise a ``force`` of this power."""
    if force is None:
        return None
    promised = f"a force of power {force:.2f} (the challenger’s is 1)" if force else "no force"
    return f"The terms of the truce: a ceasefire, and {promised}."


def _outsider(room: Room) -> str:
    """A state that sees only what is public: any but the challenger."""
    scenario = room.game.scenario
    return next(s for s in scenario.states if scenario.role(s) is not Role.CHALLENGER)

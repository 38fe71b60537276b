"""A room: a game, the people in its seats, what they choose and predict, and the debrief.

Everything that happens is an *event*, a small mapping. The log of a room is its list of events;
applying them again gives the same room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sim.enums import Outcome
from sim.errors import UsageError, json_head
from sim.room.game import Game
from sim.scenario.scenario import Scenario

MOST_PEOPLE = 500
ROUNDS = 4
WHEN = ("before", "after")

Event = dict[str, Any]


@dataclass
class Person:
    """Somebody in the room: the state of their seat, or None for an observer; what they have
    chosen in this step, by the word of the decision (None: the model decides), or None if they have
    sent nothing; whether an event has made void what they had sent; and the outcomes they
    predicted, before and after the game."""

    seat: str | None
    choices: dict[str, str | None] | None = None
    resend: bool = False
    predictions: dict[str, str] = field(default_factory=dict)

    def clear(self) -> None:
        """Forget what was chosen in the step."""
        self.choices, self.resend = None, False


class Room:
    """People, a game and its debrief. All changes go through :meth:`apply`.

    Attributes
    ----------
    game
        The game that is played.
    people
        Everybody who sat down, by number (``p1``, ``p2``, …), in the order of arrival.
    events
        Everything that happened, the oldest first.
    moves
        The number of events that may have changed the game or the debrief.
    """

    def __init__(
        self, scenario: Scenario, run: int = 0, seed: int | None = None, turn: int = 3
    ) -> None:
        self.game = Game(scenario, run, seed, turn)
        self.people: dict[str, Person] = {}
        self.started = False
        self.adviser = True
        self.round = 0
        self.moves = 0
        self.seats = tuple(
            state for state in scenario.states if scenario.role(state).word != "partner"
        )
        head = json_head("room", scenario.name, seed=self.game.seed)
        definition = scenario.to_dict()
        self.events: list[Event] = [{**head, "run": run, "turn": turn, "definition": definition}]

    @property
    def taken(self) -> frozenset[str]:
        """The states in whose seats people sit."""
        return frozenset(person.seat for person in self.people.values() if person.seat)

    def members(self, seat: str) -> dict[str, Person]:
        """The people in a seat, the first to sit down first."""
        return {name: person for name, person in self.people.items() if person.seat == seat}

    def waiting_for(self) -> tuple[str, ...]:
        """The taken seats that have something to decide in this step and have sent nothing."""
        step = self.game.step
        if step is None or not self.started:
            return ()
        return tuple(
            seat
            for seat in self.seats
            if step.of(seat)
            and (members := self.members(seat))
            and all(person.choices is None for person in members.values())
        )

    def have_sent(self, people: Iterable[str]) -> bool:
        """Whether some of these people have a seat, and all of them who have something to decide in
        this step have sent, each of those who share a seat too. If only others have something to
        decide, who are away, it is not."""
        step = self.game.step
        seated = [(self.people[name], seat) for name in people if (seat := self.people[name].seat)]
        asked = [person for person, seat in seated if step and step.of(seat)]
        awaited = step is not None and any(step.of(seat) for seat in self.taken)
        return (
            bool(seated)
            and all(person.choices is not None for person in asked)
            and (bool(asked) or not awaited)
        )

    def decided(self) -> dict[str, dict[str, str]]:
        """What the seats have chosen so far in this step: the majority of those who sent a choice;
        in a tie the choice of the one who sat down first."""
        found: dict[str, dict[str, str]] = {}
        for seat in sorted(self.taken):
            sent = [p.choices for p in self.members(seat).values() if p.choices is not None]
            words = {word: None for choices in sent for word in choices}
            votes = {word: _majority([c[word] for c in sent if word in c]) for word in words}
            chosen = {word: option for word, option in votes.items() if option is not None}
            if chosen:
                found[seat] = chosen
        return found

    def apply(self, event: Mapping[str, Any]) -> Event:
        """Let ``event`` happen; returns it as it is logged.

        Raises :class:`sim.errors.ThinlineError` for what is not possible now; then nothing has
        changed.
        """
        word = event.get("event")
        if word not in self._ACTIONS:
            raise UsageError(f"{word!r:.40} is no event of a room", ", ".join(self._ACTIONS))
        try:
            added = self._ACTIONS[word](self, event)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UsageError(
                f"the event {word!r} is incomplete: {error!s:.60}", "see docs/room.md"
            ) from error
        logged = {**event, **(added or {})}
        self.events.append(logged)
        self.moves += word not in ("sit", "choose", "predict")
        return logged

    def take_back(self) -> None:
        """Undo the last event, whatever it was, by applying all events before it again."""
        again = Room(self.game.base, self.game.number, self.game.seed, self.game.turn)
        for event in self.events[1:-1]:
            again.apply(event)
        self.__dict__.update(again.__dict__)

    def _sit(self, event: Mapping[str, Any]) -> None:
        name, seat = event["person"], event["seat"]
        if seat is not None and seat not in self.seats:
            raise UsageError(f"there is no seat {seat!r:.40}", ", ".join(self.seats))
        if name not in self.people:
            if len(self.people) >= MOST_PEOPLE:
                raise UsageError(f"{MOST_PEOPLE} people are in the room", "watch the wall")
            if name != self.next_person:
                raise UsageError(f"{name!r:.20} is not the next person", self.next_person)
            self.people[name] = Person(seat)
        else:
            self.people[name].seat = seat
            self.people[name].clear()

    @property
    def next_person(self) -> str:
        """The number of the next person to sit down."""
        return f"p{len(self.people) + 1}"

    def _start(self, event: Mapping[str, Any]) -> None:
        self.started = True

    def _choose(self, event: Mapping[str, Any]) -> None:
        person, step = self._person(event), self._current(event)
        choices = dict(event["choices"])
        if person.seat is None:
            raise UsageError("an observer decides nothing", "take a seat")
        if not step.of(person.seat):
            raise UsageError(f"{person.seat} has nothing to decide now", "wait for the next step")
        for word, option in choices.items():
            if option is not None:
                self.game.check(person.seat, word, option)
        person.choices, person.resend = choices, False

    def _predict(self, event: Mapping[str, Any]) -> None:
        person, when, outcome = self._person(event), event["when"], event["outcome"]
        if when not in WHEN or outcome not in Outcome.words():
            raise UsageError("this is no prediction", f"one of {', '.join(Outcome.words())}")
        if when == "before" and self.started:
            raise UsageError("the game has begun", "too late for this prediction")
        if when == "after" and not self.game.is_over:
            raise UsageError("the run is not over", "predict when it has ended")
        if self.round > 0:
            raise UsageError("the outcome is already shown", "too late for a prediction")
        person.predictions[when] = outcome

    def _close(self, event: Mapping[str, Any]) -> Event:
        self._current(event)
        decided = self.decided()
        self.game.close(decided, self.taken)
        self._clear()
        return {"choices": decided, "digest": self.game.run.digest}

    def _undo(self, event: Mapping[str, Any]) -> Event:
        self.game.undo()
        self.round = 0
        self._clear()
        return {"digest": self.game.run.digest}

    def _inject(self, event: Mapping[str, Any]) -> Event:
        month = self.game.inject(event["happening"])
        for person in self.people.values():
            person.resend |= person.choices is not None
            person.choices = None
        return {"month": month, "digest": self.game.run.digest}

    def _finish(self, event: Mapping[str, Any]) -> Event:
        """The model plays the rest."""
        while self.game.step is not None:
            self.game.close({}, ())
        self._clear()
        return {"digest": self.game.run.digest}

    def _reveal(self, event: Mapping[str, Any]) -> None:
        number = event["round"]
        if not self.game.is_over:
            raise UsageError("the run is not over", "end it first")
        if type(number) is not int or number not in range(ROUNDS + 1):
            raise UsageError(f"there is no round {number!r:.20}", f"0 to {ROUNDS}")
        self.round = number

    def _advise(self, event: Mapping[str, Any]) -> None:
        if not isinstance(event["on"], bool):
            raise UsageError("the adviser is on or off", "true or false")
        self.adviser = event["on"]

    def _clear(self) -> None:
        for person in self.people.values():
            person.clear()

    def _person(self, event: Mapping[str, Any]) -> Person:
        if event["person"] not in self.people:
            raise UsageError("nobody of this number is in the room", "sit down first")
        return self.people[event["person"]]

    def _current(self, event: Mapping[str, Any]) -> Any:
        step = self.game.step
        if not self.started:
            raise UsageError("the game has not begun", "wait for the teacher")
        if step is None or event["step"] != step.number:
            raise UsageError("this step is closed", "see what is asked now")
        return step

    _ACTIONS: ClassVar[dict[str, Callable[[Room, Mapping[str, Any]], Event | None]]] = {
        "sit": _sit,
        "start": _start,
        "choose": _choose,
        "predict": _predict,
        "close": _close,
        "undo": _undo,
        "inject": _inject,
        "finish": _finish,
        "reveal": _reveal,
        "adviser": _advise,
    }


def _majority(votes: list[str | None]) -> str | None:
    """The most frequent vote; of equals the one cast first."""
    return Counter(votes).most_common(1)[0][0]

"""The game of a room, without people or network: turns, steps, dictated decisions, undo, injects.

A turn has a *plan*, in which every state decides ahead, and a *reaction* wherever a seat that is
taken has to answer something that happens in the turn. Between them the model plays on.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.enums import Challenge, Decision
from sim.errors import ScenarioError, UsageError, whole_within
from sim.scenario.load import load_text
from sim.scenario.scenario import Scenario
from sim.trace.decisions import OpenDecision
from sim.trace.interactive import InteractiveRun, play

PLANNED = (Decision.TARGET, Decision.BACKSTOP, Decision.THREAT, Decision.CHALLENGE)
# Planned acts happen once, in the first month of a turn. Levels hold for all of its months.
ACTS = {Decision.THREAT: "silence", Decision.CHALLENGE: Challenge.HOLD.word}
TURNS = {"month": 1, "quarter": 3}

# What is chosen: an option for each decision, by state and by the word of the decision.
Choices = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class GameStep:
    """A point at which the game waits for choices: its ``number`` from 0, its turn from 1, the
    month, whether it is a plan or a reaction, and the decisions that states have in it."""

    number: int
    turn: int
    month: int
    is_plan: bool
    decisions: tuple[OpenDecision, ...]

    def of(self, state: str) -> tuple[OpenDecision, ...]:
        """The decisions of one state."""
        return tuple(each for each in self.decisions if each.state == state)


@dataclass(frozen=True, slots=True)
class Played:
    """A decision that was dictated, and the chances by which the model would have chosen.

    ``implied``: nobody chose it; in the months of a turn after the first a planned act is not
    repeated.
    """

    step: int
    month: int
    state: str
    decision: Decision
    option: str
    due: bool
    chances: Mapping[str, float]
    implied: bool = False

    @property
    def chance(self) -> float:
        """The chance with which the model would have chosen what was chosen."""
        return self.chances[self.option]


@dataclass(frozen=True, slots=True)
class Closed:
    """A step that was closed with these choices, while these seats were taken."""

    choices: Choices
    taken: frozenset[str]


@dataclass(frozen=True, slots=True)
class Injected:
    """An event that the teacher added at the beginning of ``month``."""

    month: int
    event: Mapping[str, Any]


class Game:
    """One run, played in turns of ``turn`` months.

    Attributes
    ----------
    run
        The run as :mod:`sim.trace.interactive` plays it.
    step
        The point at which the game waits; ``None`` when the run is over.
    played
        The decisions that were dictated so far.
    """

    def __init__(self, scenario: Scenario, run: int = 0, seed: int | None = None, turn: int = 3):
        self.base = scenario
        self.number, self.seed = run, scenario.seed if seed is None else seed
        self.turn = whole_within("months of a turn", turn, 1, 12)
        self.history: list[Closed | Injected] = []
        self._begin(scenario)

    @property
    def scenario(self) -> Scenario:
        """The scenario that is played, with the injected events."""
        return self.run.scenario

    @property
    def is_over(self) -> bool:
        """Whether the run has ended."""
        return self.step is None

    @property
    def turns(self) -> int:
        """The number of turns if no war ends the run earlier."""
        return -(-self.scenario.months // self.turn)

    @property
    def news(self) -> list[Injected]:
        """The injected events whose month is not over, in order; of those with one name the last.

        The story has the months that are over.
        """
        if self.is_over:
            return []
        over = self.run.traced.months[-1].number
        injected = [each for each in self.history if isinstance(each, Injected)]
        names = [each.event.get("name") for each in injected]
        return [
            each
            for k, each in enumerate(injected)
            if each.month > over and (names[k] is None or names[k] not in names[k + 1 :])
        ]

    def close(self, choices: Choices, taken: Collection[str]) -> None:
        """Play on with these ``choices`` to the next step at which seats that are ``taken`` decide.

        The model decides what is not chosen. Raises :class:`sim.errors.UsageError` for a choice
        that the step does not have.
        """
        for state, chosen in choices.items():
            for word, option in chosen.items():
                self.check(state, word, option)
        closed = Closed({state: dict(each) for state, each in choices.items()}, frozenset(taken))
        self.history.append(closed)
        self._play(closed)

    def check(self, state: str, word: str, option: str) -> None:
        """Raise :class:`sim.errors.UsageError` if ``state`` has no such choice in this step."""
        open_now = {each.decision.word: each for each in self.step.of(state)} if self.step else {}
        if word not in open_now:
            allowed = ", ".join(open_now) or "nothing"
            raise UsageError(f"{state} has no {word!r:.40} to decide now", f"now: {allowed}")
        if option not in open_now[word].options:
            allowed = ", ".join(open_now[word].options)
            raise UsageError(f"{option!r:.40} is no {word} of {state}", allowed)
        if why := self.closed(open_now[word]).get(option):
            raise UsageError(f"{option!r:.40} is not possible now", why)

    def closed(self, decision: OpenDecision) -> dict[str, str]:
        """The options of a decision of this step that are not possible now, and why."""
        return self.run.impossible(decision)

    def undo(self) -> None:
        """Go back to the plan before the last closed step; what was injected since is gone.

        Raises :class:`sim.errors.UsageError` at the first plan.
        """
        kept = list(self.history)
        # Refused before anything is rebuilt: what was injected into the first plan stays.
        if not any(isinstance(each, Closed) for each in kept):
            raise UsageError("there is no turn to undo", "this is the first turn")
        while kept:
            last = kept.pop()
            self._rebuild(kept)
            if isinstance(last, Closed) and self.step is not None and self.step.is_plan:
                return

    def inject(self, event: Mapping[str, Any]) -> int:
        """Let an event happen at the beginning of this month in a plan, of the next in a reaction.

        ``event`` is written as in a scenario file, without its date: ``set``, and ``name`` and
        ``why`` if wanted. With the name alone, an event of the scenario is moved here. Returns the
        month.

        Raises
        ------
        sim.errors.ThinlineError
            If the run is over, and for an event that a scenario could not have.
        """
        if self.step is None:
            raise UsageError("the run is over", "undo a turn first")
        month = self.step.month + (not self.step.is_plan)
        self._rebuild([*self.history, Injected(month, self._complete(event))])
        return month

    def chances(self, decision: OpenDecision) -> dict[str, float]:
        """How the model would choose in a decision of this step, as things stand now."""
        return self.run.chances_in(decision)

    def _complete(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """The event, with what the scenario's event of this name sets if it sets nothing itself."""
        written = self.base.to_dict()["events"]
        known: dict[str, Any] = next((e for e in written if e["name"] == event.get("name")), {})
        return {**known, **event}

    def _begin(self, scenario: Scenario) -> None:
        self.run: InteractiveRun = play(scenario, self.number, self.seed)
        self.played: list[Played] = []
        self.step: GameStep | None = None
        self._steps = 0
        self._planned = 0  # the last month that the plan of the present turn covers
        self._orders: Choices = {}
        self._go_on(frozenset())

    def _rebuild(self, history: Sequence[Closed | Injected]) -> None:
        """Play the whole run again with this history; on an error nothing has changed."""
        events = [each for each in history if isinstance(each, Injected)]
        fresh = Game(with_events(self.base, events), self.number, self.seed, self.turn)
        for each in history:
            if isinstance(each, Closed):
                fresh._play(each)
        months = min(len(self.run.traced.months), len(fresh.run.traced.months))
        if fresh.run.traced.months[:months] != self.run.traced.months[:months]:
            raise UsageError("this would change what has happened", "inject an event that has not")
        self.history = list(history)
        self.run, self.played, self.step = fresh.run, fresh.played, fresh.step
        self._steps, self._planned, self._orders = fresh._steps, fresh._planned, fresh._orders

    def _play(self, closed: Closed) -> None:
        step = self.step
        if step is None:
            raise UsageError("the run is over", "nothing can be closed")
        if step.is_plan:
            self._orders = closed.choices
            self._planned = step.month + self.turn - 1
        else:
            for each in step.decisions:
                option = closed.choices.get(each.state, {}).get(each.decision.word)
                self._dictate(each, option)
            self.run.advance()
        self._go_on(closed.taken)

    def _go_on(self, taken: frozenset[str]) -> None:
        """Play to the next step."""
        self.step = None
        while not self.run.is_over:
            if self.run.month > self._planned:
                self._stop(True, tuple(d for kind in PLANNED for d in self.run.expected(kind)))
                return
            reactions = tuple(d for d in self.run.open if d.decision not in PLANNED)
            if any(each.state in taken for each in reactions):
                self._stop(False, reactions)
                return
            for each in self.run.open:
                self._dictate(each, self._ordered(each))
            self.run.advance()

    def _stop(self, is_plan: bool, decisions: tuple[OpenDecision, ...]) -> None:
        month = self.run.month
        turn = (month - 1) // self.turn + 1
        self.step = GameStep(self._steps, turn, month, is_plan, decisions)
        self._steps += 1

    def _ordered(self, each: OpenDecision) -> str | None:
        """What the plan of this turn says about a decision; None leaves it to the model."""
        option = self._orders.get(each.state, {}).get(each.decision.word)
        is_implied = option is not None and self._is_implied(each)
        return ACTS[each.decision] if is_implied else option

    def _is_implied(self, each: OpenDecision) -> bool:
        is_later = self.run.month > self._planned - self.turn + 1
        return is_later and each.decision in ACTS

    def _dictate(self, each: OpenDecision, option: str | None) -> None:
        if option is None:
            return
        self.run.decide(each.state, option)
        self.played.append(
            Played(
                self._steps - 1,
                self.run.month,
                each.state,
                each.decision,
                option,
                each.due,
                self.run.chances(each.state),
                self._is_implied(each),
            )
        )


def with_events(scenario: Scenario, injected: Sequence[Injected]) -> Scenario:
    """``scenario`` with events at given months, read by the loader as from a file.

    Raises :class:`sim.errors.UsageError` for an event that a scenario could not have.
    """
    if not injected:
        return scenario
    definition = scenario.to_dict()
    events: list[dict[str, Any]] = list(definition["events"])
    for number, each in enumerate(injected, start=1):
        name = each.event.get("name", f"inject_{number}")
        event = {**each.event, "name": name, "month": each.month}
        event.pop("when", None)
        events = [other for other in events if other["name"] != name]
        events.append(event)
    try:
        changed = load_text(json.dumps({**definition, "events": events}))
    except ScenarioError as error:
        # Its place is in a text that nobody has seen.
        first = error.problems[0]
        raise UsageError(first.message, first.remedy) from None
    return replace(changed, overrides=scenario.overrides)

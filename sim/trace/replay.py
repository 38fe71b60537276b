"""A run played once more, with the stages that played it, and written down as it goes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from sim.build import Setup, address, build
from sim.errors import check_within
from sim.outcomes import outcomes
from sim.scenario.model import Event, Scenario
from sim.scenario.occasion import occasion_text
from sim.scenario.schema import MAX_SEED
from sim.trace.board import Board, board
from sim.trace.crisis import crisis_of
from sim.trace.facts import Belief, Change, Crisis, Crossing, Happening, Move, Option, Waiting
from sim.trace.lines import crossings
from sim.trace.moves import reviews, withdrawals
from sim.trace.run import Month, Run
from sim.vocabulary import Challenge, Occasion, Outcome, Participation, Role, Trigger, War

RUNGS = tuple(Participation)


def replay(
    scenario: Scenario, number: int, seed: int | None = None, setup: Setup | None = None
) -> Run:
    """Run ``number`` of ``scenario`` on the luck of ``seed`` (the scenario's own if none).

    ``setup`` saves building the scenario's arrays once more. Raises
    :class:`sim.errors.UsageError` for a run or a seed that there cannot be.
    """
    seed = scenario.seed if seed is None else seed
    for name, value in (("run", number), ("seed", seed)):
        check_within(name, value, 0, MAX_SEED)
    witness = Witness(scenario, board(setup or build(scenario), seed, number))
    months = tuple(witness.months())
    record = witness.board.record()
    return Run(scenario, seed, number, months, record, Outcome(int(outcomes(record)[0])))


def replayer(scenario: Scenario, seed: int) -> Callable[[int], Run]:
    """A callable that replays runs of ``scenario`` by number, its arrays built once."""
    setup = build(scenario)
    return lambda number: replay(scenario, number, seed, setup)


class Witness:
    """Plays a run on a board, in the engines' order, and notes what happens."""

    def __init__(self, scenario: Scenario, begun: Board) -> None:
        self.scenario = scenario
        self.board = begun
        roles = begun.given["role"][: len(scenario.states)]
        self.guarantors = [i for i, role in enumerate(roles) if role == Role.GUARANTOR]
        self._set_by_events = {path for event in scenario.events for path, _ in event.set}

    def months(self) -> Iterator[Month]:
        """Every month to the end, the start first."""
        uncrossed = np.zeros_like(self.board.world["crossed"])
        lines = crossings(self.scenario, self.board, uncrossed, 0.0, None)
        yield self._noted(crossings=lines, waiting=self._waiting())
        while not self.board.world["over"]:
            yield self._month()

    def _month(self) -> Month:
        before = self.board.copy()
        happenings = self._happenings()
        moves = reviews(self.board, self.scenario, self.guarantors)
        if self.board.world["moved"]:
            self.board.weigh()
        options, crisis = self._challenge()
        moves += withdrawals(self.board, self.scenario, self.guarantors)
        self.board.learn()
        crossed = before.world["crossed"]
        return self._noted(
            happenings,
            tuple(moves),
            crossings(self.scenario, self.board, crossed, before.grievance, crisis),
            self._beliefs(before),
            options,
            crisis,
        )

    def _waiting(self) -> tuple[Waiting, ...]:
        held = (i for i in self.guarantors if self.board.is_held(i))
        return tuple(Waiting(self.scenario.states[i], self.board.unmet(i)) for i in held)

    def _beliefs(self, before: Board) -> tuple[Belief, ...]:
        was, now = before.world["credit"], self.board.world["credit"]
        return tuple(
            Belief(state, float(was[i]), float(now[i]))
            for i, state in enumerate(self.scenario.states)
            if now[i] != was[i]
        )

    def _happenings(self) -> tuple[Happening, ...]:
        fired = self.board.world["fired"].copy()
        places = {path: address(path, self.scenario) for path in self._set_by_events}
        before = {path: float(self.board.values[place]) for path, place in places.items()}
        self.board.begin_month()
        now = self.board.world["fired"] > fired
        events = zip(self.scenario.events, now, strict=False)
        return tuple(self._happening(event, before) for event, happens in events if happens)

    def _happening(self, event: Event, before: Mapping[str, float]) -> Happening:
        dated = event.occasion is Occasion.MONTH
        after = {path: self.board.values[address(path, self.scenario)] for path, _ in event.set}
        changes = (Change(path, before[path], float(now)) for path, now in after.items())
        occasion = f"month {event.month}" if dated else occasion_text(event)
        return Happening(occasion, event.why, tuple(changes))

    def _challenge(self) -> tuple[tuple[Option, ...], Crisis | None]:
        before = self.board.copy()
        # Whoever reviews leaves the answer it reckons with here; nobody reads it before that.
        self.board.world["reckoned_answer"] = math.nan
        self.board.challenge()
        reviewed = not math.isnan(self.board.world["reckoned_answer"])
        options = before.options() if reviewed else ()
        if self.board.world["action"] == Challenge.HOLD:
            return options, None
        return options, crisis_of(self.board, self.scenario, self.guarantors)

    def _noted(
        self,
        happenings: tuple[Happening, ...] = (),
        moves: tuple[Move, ...] = (),
        crossings: tuple[Crossing, ...] = (),
        beliefs: tuple[Belief, ...] = (),
        options: tuple[Option, ...] = (),
        crisis: Crisis | None = None,
        waiting: tuple[Waiting, ...] = (),
    ) -> Month:
        world: Any = self.board.world
        return Month(
            number=int(world["month"]),
            happenings=happenings,
            moves=moves,
            crossings=crossings,
            beliefs=beliefs,
            options=options,
            crisis=crisis,
            waiting=waiting,
            rungs=tuple(RUNGS[r] for r in world["rung"][: len(self.scenario.states)].tolist()),
            tension=float(world["tension"]),
            footprint=float(world["footprint"]),
            power=float(world["power"]),
            grievance=self.board.grievance,
            army=float(world["army"]),
            reputation=float(self.board.record()["reputation"][0]),
            war=War(int(world["war"])),
            trigger=Trigger(int(world["trigger"])),
        )

"""Replay of a run with the model's stages, recording each month."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from sim.choices import MAX_RUNS, MAX_SEED
from sim.enums import (
    Challenge,
    Decision,
    Effect,
    Occasion,
    Outcome,
    Participation,
    Trigger,
    War,
    Watch,
)
from sim.errors import whole_within
from sim.model.build import Setup, address, build
from sim.model.outcomes import outcomes
from sim.model.rules.choice import choice_probability
from sim.scenario.scenario import Scenario
from sim.trace.events import (
    Backing,
    Belief,
    Cause,
    Change,
    Crisis,
    Crossing,
    Happening,
    Learned,
    Move,
    Option,
    Press,
    Retaliation,
    Stand,
    Success,
    Threat,
    TracedMonth,
    TracedRun,
    Waiting,
)
from sim.trace.stepper import Board, board

RUNGS = tuple(Participation)
# Settings that a decision may have changed since the start.
CONDITIONS = {f"setting.{name}": name for name in ("ceasefire", "consent", "backstop")}


def replay(
    scenario: Scenario, number: int, seed: int | None = None, setup: Setup | None = None
) -> TracedRun:
    """Run ``number`` of ``scenario`` with ``seed`` (default: the scenario's own).

    ``setup`` passes arrays that were already built. Raises
    :class:`sim.errors.UsageError` for a run or a seed out of range.
    """
    seed = whole_within("seed", scenario.seed if seed is None else seed, 0, MAX_SEED)
    number = whole_within("run", number, 0, MAX_RUNS - 1)
    recorder = Recorder(scenario, board(setup or build(scenario), seed, number))
    for _ in recorder.phases():
        pass
    return recorder.traced(seed, number)


def replayer(scenario: Scenario, seed: int) -> Callable[[int], TracedRun]:
    """A function that replays runs of ``scenario`` by number; the arrays are built once."""
    setup = build(scenario)
    return lambda number: replay(scenario, number, seed, setup)


class Recorder:
    """Steps a run in the engines' order and records what happens in each month, in ``months``."""

    def __init__(self, scenario: Scenario, begun: Board) -> None:
        self.scenario = scenario
        self.board = begun
        self.guarantors = begun.guarantors
        self.months: list[TracedMonth] = []
        self._reasons: dict[int, Reason] = {}
        self._set_by_events = scenario.set_by_events

    def phases(self) -> Iterator[tuple[Decision, ...]]:
        """Play the run, and stop before each phase of a month with the decisions that states take
        in it."""
        uncrossed = np.zeros_like(self.board.world["crossed"])
        lines = crossings(self.scenario, self.board, uncrossed, 0.0, None)
        self.months.append(self._noted(crossings=lines, waiting=self._waiting()))
        while not self.board.world["over"]:
            month = yield from self._month()
            self.months.append(month)

    def traced(self, seed: int, number: int) -> TracedRun:
        """The run so far, as run ``number`` with ``seed``."""
        record = self.board.record()
        outcome = Outcome(int(outcomes(record)[0]))
        least = float(self.board.given["standing_force"])
        return TracedRun(self.scenario, seed, number, tuple(self.months), record, outcome, least)

    def _month(self) -> Generator[tuple[Decision, ...], None, TracedMonth]:
        before = self.board.copy()
        happenings = self._happenings()
        yield (Decision.TARGET,)
        moves = replay_reviews(self.board, self.scenario, self.guarantors, self._reasons)
        if self.board.world["moved"]:
            self.board.weigh()
        yield (Decision.BACKSTOP,)
        backing = self._backing()
        yield (Decision.THREAT,)
        threat = self._threat()
        yield Decision.TRUCE, Decision.ACCEPTANCE
        talks = self.board.talks()
        yield (Decision.CHALLENGE,)
        options = self._challenge()
        crisis = None
        if self.board.world["action"] != Challenge.HOLD:
            crisis = yield from replay_crisis(self.board, self.scenario, self.guarantors)
        yield (Decision.RETALIATION,)
        retaliation = retaliation_of(self.board)
        moves += withdrawals(self.board, self.scenario, self.guarantors)
        truce_broken = self._end_month()
        if threat and self.board.world["empty_threats"] > before.world["empty_threats"]:
            threat = replace(threat, empty=True)
        crossed = before.world["crossed"]
        return self._noted(
            happenings=happenings,
            moves=tuple(moves),
            backing=backing,
            threat=threat,
            talks=talks,
            options=options,
            crisis=crisis,
            retaliation=retaliation,
            crossings=crossings(self.scenario, self.board, crossed, before.grievance, crisis),
            beliefs=self._beliefs(before),
            learned=self._learned(before),
            truce_broken=truce_broken,
        )

    def _end_month(self) -> float | None:
        """End the month; returns the chance with which the ceasefire broke, if it did."""
        breaking, held = self.board.breaking(), bool(self.board.world["ceasefire"])
        self.board.end_month()
        return breaking if held and not self.board.world["ceasefire"] else None

    def _waiting(self) -> tuple[Waiting, ...]:
        return tuple(
            Waiting(self.scenario.states[i], self.board.unmet(i), RUNGS[self.board.top(i)])
            for i in self.guarantors
            if self.board.is_held(i)
        )

    def _beliefs(self, before: Board) -> tuple[Belief, ...]:
        was, now = before.world["credit"], self.board.world["credit"]
        return tuple(
            Belief(state, float(was[i]), float(now[i]))
            for i, state in enumerate(self.scenario.states)
            if now[i] != was[i]
        )

    def _learned(self, before: Board) -> Learned | None:
        was, now = (tuple(b.world["type_belief"].tolist()) for b in (before, self.board))
        return (
            Learned(was, now, float(self.board.world["believed_ambition"])) if now != was else None
        )

    def _happenings(self) -> tuple[Happening, ...]:
        fired = self.board.world["fired"].copy()
        places = {path: address(path, self.scenario) for path in self._set_by_events}
        values = {path: float(self.board.values[place]) for path, place in places.items()}
        values |= {path: float(self.board.world[name]) for path, name in CONDITIONS.items()}
        self.board.begin_month()
        now = np.flatnonzero(self.board.world["fired"] > fired).tolist()
        return tuple(self._happening(e, values) for e in now)

    def _happening(self, e: int, values: dict[str, float]) -> Happening:
        """Event ``e``, which changes the ``values`` that events before it in this month left."""
        event, given = self.scenario.events[e], self.board.given
        dated = event.occasion is Occasion.MONTH
        drawn = given["set_value"][given["event_first"][e] : given["event_last"][e]].tolist()
        after = {path: now for (path, _), now in zip(event.set, drawn, strict=True)}
        changes = tuple(Change(path, values[path], now) for path, now in after.items())
        values |= after
        occasion = f"month {event.month}" if dated else event.trigger
        return Happening(event.name, occasion, event.why, changes)

    def _backing(self) -> Backing | None:
        board = self.board
        if not board.backs():
            return None
        before, levels = float(board.world["backstop"]), board.backing_levels()
        board.back()
        return Backing(
            self.scenario.states[board.world["backer"]],
            before,
            float(board.world["backstop"]),
            board.effort_of_others(),
            float(board.given["effort_asked"]),
            levels,
        )

    def _threat(self) -> Threat | None:
        world: Any = self.board.world
        decides = self.board.decides_on_threat()
        self.board.threaten()
        if not decides:
            return None
        worth = float(world["worth_of_threat"])
        chance = choice_probability(float(self.board.given["precision"]), worth, 0.0)
        moves, acts = float(world["threat_moves"]), float(world["threat_acts"])
        return Threat(worth, moves, acts, chance, bool(world["threatens"]))

    def _challenge(self) -> tuple[Option, ...]:
        before, world = self.board.copy(), self.board.world
        self.board.challenge()
        dictated = world["dictated_challenge"] > Challenge.HOLD
        return before.options() if world["reviewed"] or dictated else ()

    def _noted(self, **facts: Any) -> TracedMonth:
        """The month that has just been played: these ``facts``, and what holds at its end."""
        world: Any = self.board.world
        record = self.board.record()[0]
        return TracedMonth(
            number=int(world["month"]),
            rungs=tuple(RUNGS[r] for r in world["rung"][: len(self.scenario.states)].tolist()),
            tension=float(world["tension"]),
            footprint=float(world["footprint"]),
            power=float(world["power"]),
            grievance=self.board.grievance,
            # The world's army is that of the beginning of the month, with which states decide.
            army=float(record["protege"]),
            reputation=float(record["reputation"]),
            war=War(int(world["war"])),
            trigger=Trigger(int(world["trigger"])),
            **facts,
        )


def retaliation_of(board: Board) -> Retaliation | None:
    """Replay the protégé's response to this month's violation of the truce; None if there is none
    to respond to."""
    if not board.is_unanswered_violation:
        return None
    decision, blames = board.retaliation(), int(board.world["wrong_blames"])
    board.answer_violation()
    blamed = int(board.world["wrong_blames"]) > blames
    return Retaliation(*decision, bool(board.world["retaliates"]), blamed)


class Reason(NamedTuple):
    """Why a state decided to move: see :class:`sim.trace.events.Move`."""

    cause: Cause
    unmet: tuple[str, ...] = ()
    fatigue: float = 0.0
    attacks: float = 0.0


UNANSWERED = Reason(Cause.STRIKE)


def replay_reviews(
    board: Board, scenario: Scenario, guarantors: Sequence[int], reasons: dict[int, Reason]
) -> list[Move]:
    """Carry out the reviews that are due and the moves that follow decisions; returns the moves
    with their causes. ``reasons`` keeps the reason of the last decision of each state."""
    before, targets = board.copy(), board.world["target"].copy()
    for i in guarantors:
        board.review(i)
    for i in guarantors:
        if board.world["target"][i] != targets[i]:
            reasons[i] = _reason(i, Participation(int(targets[i])), board)
    for i in guarantors:
        board.deploy(i)
    return [
        _move(i, before, board, scenario, reasons[i]) for i in _moved(board, before, guarantors)
    ]


def withdrawals(board: Board, scenario: Scenario, guarantors: Sequence[int]) -> list[Move]:
    """Carry out withdrawals after a conceded strike; returns the moves."""
    if not board.is_conceded_strike():
        return []
    before = board.copy()
    for i in guarantors:
        board.withdraw(i)
    board.weigh()
    return [
        _move(i, before, board, scenario, UNANSWERED) for i in _moved(board, before, guarantors)
    ]


def _move(i: int, before: Board, after: Board, scenario: Scenario, reason: Reason) -> Move:
    was, now = (RUNGS[int(board.world["rung"][i])] for board in (before, after))
    return Move(scenario.states[i], was, now, *reason, after.power(i) - before.power(i))


def _moved(board: Board, before: Board, guarantors: Sequence[int]) -> list[int]:
    changed = board.world["rung"] != before.world["rung"]
    return [i for i in guarantors if changed[i]]


def _reason(i: int, before: Participation, found: Board) -> Reason:
    """Why state ``i`` decided to leave ``before``: an unmet condition, its private ceiling, or
    choice."""
    if before <= found.top(i):
        return Reason(Cause.CHOICE, fatigue=found.fatigue(), attacks=found.attacks(i))
    if found.is_held(i):
        return Reason(Cause.CONDITION, found.unmet(i))
    return Reason(Cause.CEILING)


def replay_crisis(
    board: Board, scenario: Scenario, guarantors: Sequence[int]
) -> Generator[tuple[Decision, ...], None, Crisis]:
    """Play the crisis that has begun on ``board``: responses, pressing, escalation.

    Responses are computed on a copy in which the challenge is attributed. So they are the actual
    responses if it is, and otherwise those that would have been given.
    """
    world = board.world
    yield (Decision.ANSWER,)
    stands = _stands(board.copy(), scenario, guarantors)
    for i in guarantors:
        board.respond(i)
    yield (Decision.PRESS,)
    before = board.copy()
    board.press()
    answered = bool(world["answered"])
    decided = answered or board.can_call_off
    power = float(world["power"])
    return Crisis(
        action=Challenge(int(world["action"])),
        ordered=bool(world["ordered"]),
        attributed=bool(world["attributed"]),
        stands=stands,
        defying=float(world["defying"]) / power if power > 0.0 else 0.0,
        quorum=float(board.given["quorum"]),
        answered=answered,
        press=Press(*before.press_value(answered), bool(world["carried_out"]), *board.slip())
        if decided
        else None,
        casualties=float(world["casualties"]) - float(before.world["casualties"]),
        success=_success(before, board),
    )


def _success(before: Board, after: Board) -> Success | None:
    """What a challenge brings that is carried through without war; ``before`` is the board before
    the challenger's last decision."""
    was, now = before.world, after.world
    if not (now["carried_out"] and now["ordered"]) or now["war"]:
        return None
    position, relieved = ((float(was[n]), float(now[n])) for n in ("position", "relieved"))
    before.world["answered"] = now["answered"]
    succeeded = bool(now["successes"] > was["successes"])
    return Success(succeeded, before.success_chance(), position, relieved)


def _stands(attributed: Board, scenario: Scenario, guarantors: Sequence[int]) -> tuple[Stand, ...]:
    attributed.world["attributed"] = 1
    stands = []
    for i in guarantors:
        if (power := attributed.power(i)) > 0.0:
            chance = attributed.chance(i)
            attributed.respond(i)
            stands.append(
                Stand(scenario.states[i], power, chance, bool(attributed.world["defies"][i]))
            )
    return tuple(stands)


def crossings(
    scenario: Scenario, board: Board, crossed: Any, grievance: float, crisis: Crisis | None
) -> tuple[Crossing, ...]:
    """The lines crossed on ``board`` that were not ``crossed`` before; ``grievance`` is the
    challenger's before the month."""
    newly = board.world["crossed"] > crossed
    return tuple(
        _crossing(scenario, board, k, grievance, crisis)
        for k in range(len(scenario.red_lines))
        if newly[k]
    )


def _crossing(
    scenario: Scenario, board: Board, k: int, grievance: float, crisis: Crisis | None
) -> Crossing:
    state, line = scenario.red_lines[k]
    given = board.given
    watches, effect = Watch(int(given["line_watches"][k])), Effect(int(given["line_effect"][k]))
    provokes, commits = effect is Effect.PROVOKES, effect is Effect.COMMITS
    # Only a line of the challenger restrains from these.
    acts = effect is Effect.RESTRAINS and watches in (Watch.STRIKE_ON_FORCE, Watch.OFFENSIVE)
    return Crossing(
        state,
        line,
        watches,
        effect,
        bool(given["line_backed"][k]),
        grievance=(grievance, board.grievance) if provokes else None,
        price=board.price(k) if acts and crisis and crisis.ordered else None,
        defied=_defied(state, crisis) if commits else None,
    )


def _defied(state: str, crisis: Crisis | None) -> bool | None:
    """Whether the state defied; None if it had no forces or the action was not attributed."""
    if crisis is None or not crisis.attributed:
        return None
    stood = [stand.defies for stand in crisis.stands if stand.state == state]
    return stood[0] if stood else None

"""Red lines crossed for the first time, and what followed for those who had drawn them."""

from __future__ import annotations

from typing import Any

from sim.scenario.model import Scenario
from sim.trace.board import Board
from sim.trace.facts import Crisis, Crossing
from sim.vocabulary import Effect, Watch


def crossings(
    scenario: Scenario, board: Board, crossed: Any, grievance: float, crisis: Crisis | None
) -> tuple[Crossing, ...]:
    """The lines crossed on ``board`` that were not ``crossed`` before; ``grievance`` is the
    challenger's of before."""
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
    given, world = board.given, board.world
    watches, effect = Watch(int(given["line_watches"][k])), Effect(int(given["line_effect"][k]))
    provokes, commits = effect is Effect.PROVOKES, effect is Effect.COMMITS
    restrained = effect is Effect.RESTRAINS and watches is not Watch.DIRECT_COMBAT
    price = float(world["line_felt"][given["challenger"], world["action"]]) if restrained else None
    return Crossing(
        state,
        line,
        watches,
        effect,
        bool(given["line_backed"][k]),
        grievance=(grievance, board.grievance) if provokes else None,
        price=price,
        defied=_defied(state, crisis) if commits else None,
    )


def _defied(state: str, crisis: Crisis | None) -> bool | None:
    """Whether the state answered; None if it had no forces, or did not know whom to answer."""
    if crisis is None or not crisis.attributed:
        return None
    stood = [stand.defies for stand in crisis.stands if stand.state == state]
    return stood[0] if stood else None

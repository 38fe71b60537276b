"""The ladder over some months in sentences: who went up or down by choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sim.figures.wording import plural, several
from sim.trace.facts import Cause
from sim.trace.run import Month, Run
from sim.trace.wording import names, weight
from sim.vocabulary import Participation, Role


def standing(run: Run, month: Month) -> str:
    """How many guarantors stand on which rung at the end of a month, and what they weigh."""
    states = enumerate(run.scenario.states)
    guarantors = [i for i, state in states if run.scenario.role(state) is Role.GUARANTOR]
    count = Counter(month.rungs[i] for i in guarantors)
    ladder = [f"{count[rung]} at {rung.label}" for rung in reversed(Participation) if count[rung]]
    return (
        f"Of {plural(len(guarantors), 'guarantor')} there are {several(ladder) or 'none'}; the "
        f"force weighs {weight(month.power)} and the protégé’s army {weight(month.army)}, where "
        "the challenger weighs 1"
    )


def moved(run: Run, months: Sequence[Month]) -> str:
    """Who stands higher or lower after some months by choice, the weightiest first;
    empty if nobody does."""
    climbed: Counter[str] = Counter()
    for move in (move for month in months for move in month.moves if move.cause is Cause.CHOICE):
        climbed[move.state] += move.after - move.before
    ranked = sorted(climbed, key=lambda state: -run.scenario[f"states.{state}.capability"].mean)
    higher = [state for state in ranked if climbed[state] > 0]
    lower = [state for state in ranked if climbed[state] < 0]
    parts = [
        *([f"{names(higher)} {'go' if len(higher) > 1 else 'goes'} further"] if higher else []),
        *([f"{names(lower)} {'step' if len(lower) > 1 else 'steps'} back"] if lower else []),
    ]
    return several(parts)

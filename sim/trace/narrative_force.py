"""What became of the force in a run without war: why it stands, was hollowed out or never stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sim.enums import Outcome, Participation
from sim.formatting import format_percent, join_and, plural
from sim.trace.events import Cause, Move, TracedMonth, TracedRun
from sim.trace.formatting import format_level, list_states, name_in_sentence, require

MOST_LEAVERS = 2
# How power leaves a force, after an amount.
LEFT = {
    Cause.CHOICE: "by choice",
    Cause.CONDITION: "because states",
    Cause.CEILING: "because private ceilings were lower",
    Cause.STRIKE: "after strikes that went unanswered",
}


def describe_course_of_force(run: TracedRun) -> str:
    """How the force developed, in figures of the run, and why."""
    if run.outcome is Outcome.NEVER_A_FORCE:
        return _never(run)
    greatest = max(run.months, key=lambda month: month.power)
    power, left = format_level(run.last.power), format_percent(run.last.power / greatest.power, 0)
    stands = f"The force stood to the end, with a power of {power}"
    if greatest is run.last:
        return f"{stands}, its greatest."
    peak = f"{format_level(greatest.power)} {_when(greatest)}"
    if run.outcome is not Outcome.HOLLOWED_OUT:
        return f"{stands}, which is {left} of its greatest, {peak}."
    losses = _losses([m for month in run.months[greatest.number + 1 :] for m in month.moves])
    end = f"{power}, {left} of it" if _is_shown(run.last.power) else "nearly nothing"
    small = run.last.power < run.standing_force
    why = "too little to count as a force" if small else "too small a part to count as standing"
    return f"The power of the force fell from {peak} to {end}: {why}. {losses}".rstrip()


def _is_shown(level: float) -> bool:
    """Whether a level is more than nothing as it is printed."""
    return format_level(level) > format_level(0.0)


def _when(month: TracedMonth) -> str:
    return f"in month {month.number}" if month.number else "at the start"


def _never(run: TracedRun) -> str:
    """How far the guarantors went, and what kept them from going further."""
    highest = max(max(month.rungs) for month in run.months)
    how = f"no state went beyond {highest.label}" if highest else "no state took part"
    if highest >= Participation.AIR_SEA:
        power = max(month.power for month in run.months)
        how = f"its greatest fighting power was {format_level(power)}"
    waiting = [each.state for each in run.months[0].waiting]
    held = f"; unmet conditions held back {list_states(waiting)}" if waiting else ""
    return f"There was never a force: {how}{held}."


def _losses(moves: Sequence[Move]) -> str:
    """By what cause power left the force on balance, who took most of it, and what had made those
    leave who left by choice."""
    by_cause: dict[Cause, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for move in moves:
        by_cause[move.cause][move.state] -= move.power
    lost = {cause: sum(states.values()) for cause, states in by_cause.items()}
    unmet = dict.fromkeys(name for move in moves for name in move.unmet)
    required = f" {require(unmet, several=True)}"
    parts = [
        f"{format_level(lost[cause])} left {LEFT[cause]}"
        f"{required if cause is Cause.CONDITION else ''} ({_leavers(by_cause[cause])})"
        for cause in sorted(lost, key=lost.__getitem__, reverse=True)
        if _is_shown(lost[cause])
    ]
    return " ".join([*([f"Of the loss, {join_and(parts)}."] if parts else []), *_weariness(moves)])


def _leavers(lost: dict[str, float]) -> str:
    """The states that took most power away, and the number of others that took any."""
    ranked = sorted((state for state in lost if lost[state] > 0.0), key=lambda s: -lost[s])
    most = [state for state in ranked[:MOST_LEAVERS] if _is_shown(lost[state])]
    named = [f"{name_in_sentence(state)} {format_level(lost[state])}" for state in most]
    others = len(ranked) - len(named)
    rest = [f"{others} more" if named else plural(others, "state")] if others else []
    return join_and([*named, *rest])


def _weariness(moves: Sequence[Move]) -> list[str]:
    """By how much fatigue and losses had lowered the utility of taking part for those who chose to
    leave."""
    left = [move for move in moves if move.cause is Cause.CHOICE and move.power < 0.0]
    worn = [
        (name, f"by up to {format_level(most)}")
        for name, most in (
            ("fatigue", max((move.fatigue for move in left), default=0.0)),
            ("losses", max((move.attacks for move in left), default=0.0)),
        )
        if _is_shown(most)
    ]
    if not worn:
        return []
    (first, amount), *others = worn
    also = "".join(f", and {name} {most}" for name, most in others)
    lowered = f"had lowered the utility of taking part {amount}{also}"
    return [f"Where states chose to leave, {first} {lowered}."]

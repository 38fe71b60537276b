"""A run as a narrative: a headline, a chapter for each month with something to report, an end."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sim.enums import Participation, Role, Trigger, War
from sim.formatting import capitalise, join_and, name_in_words, plural
from sim.scenario.paths import ParameterPath
from sim.scenario.scenario import Scenario
from sim.trace.events import (
    Backing,
    Belief,
    Cause,
    Change,
    Crisis,
    Happening,
    Move,
    TracedMonth,
    TracedRun,
    Waiting,
)
from sim.trace.formatting import (
    challenger_of,
    format_level,
    format_parameter,
    list_states,
    name_in_sentence,
    protege_of,
    require,
    with_article,
)
from sim.trace.narrative_backstop import describe_backing
from sim.trace.narrative_crisis import describe_crisis, describe_crossings, describe_hold
from sim.trace.narrative_protege import describe_retaliation
from sim.trace.narrative_threat import describe_empty_threat, describe_threat
from sim.trace.narrative_truce import describe_break, describe_talks
from sim.trace.narrative_types import describe_learned
from sim.trace.why_this_run import describe_course

YEAR = 12
# Names that a file's or a room's event has if nobody named it.
UNNAMED = re.compile(r"(event|inject)_[0-9]+")
DATED = re.compile(r"month [0-9]+")
READING = (
    "Utility is the challenger’s gain less its costs and risks; holding still has utility 0. "
    "Options of higher utility are chosen more often, not always. Belief in declared red lines "
    "runs from 0 (a bluff) to 1 (meant). Grievance is what the challenger holds against the others "
    "for crossing its lines. Tension starts at 0 and has no unit. A probe or strike that succeeds "
    "brings the challenger a share of its aims, and the protégé’s army loses that share."
)
# A smaller change of belief is not reported.
MIN_BELIEF_CHANGE = 0.05


@dataclass(frozen=True, slots=True)
class Chapter:
    """The sentences about one month; month 0 is the start."""

    month: int
    sentences: tuple[str, ...]

    @property
    def when(self) -> str:
        """The month as text."""
        return f"month {self.month}" if self.month else "start"

    @property
    def text(self) -> str:
        """All sentences as one paragraph."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Story:
    """The narrative of a run: a headline, chapters, the ending, and ``why`` it took this course."""

    headline: str
    chapters: tuple[Chapter, ...]
    ending: str
    why: str

    def to_dict(self) -> dict[str, Any]:
        """The narrative as plain data."""
        chapters = [{"month": c.month, "sentences": list(c.sentences)} for c in self.chapters]
        head = {"headline": self.headline, "chapters": chapters}
        return {**head, "ending": self.ending, "why": self.why}


def story(run: TracedRun, full: bool = False) -> Story:
    """The narrative of a run. If ``full``, moves by choice are reported monthly, not yearly."""
    chapters = tuple(_chapters(run, 1 if full else YEAR))
    return Story(narrative_headline(run), chapters, describe_ending(run), describe_course(run))


def narrative_headline(run: TracedRun) -> str:
    """The number, scenario, seed and outcome of the run."""
    return f"Run {run.number} of {run.scenario.name}, seed {run.seed}: {run.outcome.label}"


def describe_ending(run: TracedRun) -> str:
    """When and how the run ended, and what a war grew from."""
    last, label, meaning = run.last, run.outcome.label, run.outcome.style.meaning
    if last.war is War.NONE:
        what = meaning.removeprefix("no war")
        named = "" if label in what else f" ({label})"
        return f"No war in {plural(last.number, 'month')}{what}{named}."
    return f"The run ends in month {last.number} with a {label}{_origin(last)} ({meaning})."


def _origin(last: TracedMonth) -> str:
    """The origin of a war with the coalition."""
    if last.war is War.UNOPPOSED:
        return ""
    if last.trigger is Trigger.OFFENSIVE:
        return ", begun with an offensive"
    return f", which grew from {with_article(last.trigger.label)}"


def _chapters(run: TracedRun, every: int) -> Iterator[Chapter]:
    """A chapter for the start and for each month with something to report."""
    start, *months = run.months
    yield Chapter(0, (f"{describe_force(run, start)}.", *describe_month(start, run.scenario)))
    for month in months:
        sentences = (*_events(month, run), *_ladder(month, run, every))
        if sentences:
            yield Chapter(month.number, sentences)


def _events(month: TracedMonth, run: TracedRun) -> tuple[str, ...]:
    sentences = describe_month(month, run.scenario)
    return (*sentences, _levels(month, month.crisis)) if month.crisis else sentences


def _levels(month: TracedMonth, crisis: Crisis) -> str:
    """The power of the force in the crisis, and the tension after it."""
    power, after = format_level(crisis.power), format_level(month.power)
    if after != power and any(move.cause is Cause.STRIKE for move in month.moves):
        power += f", after the withdrawals {after}"
    return f"Power of the force {power}; tension {format_level(month.tension)}."


def _ladder(month: TracedMonth, run: TracedRun, every: int) -> tuple[str, ...]:
    """Every ``every`` months, the moves by choice since, and the power of the force."""
    if month.number % every and month is not run.last:
        return ()
    since = (month.number - 1) // every * every + 1
    moves = describe_moves(run, run.months[since : month.number + 1])
    if not moves:
        return ()
    span = "" if since == month.number else f" from month {since} on"
    return (f"By choice{span}, {moves}; power of the force {format_level(month.power)}.",)


def describe_force(run: TracedRun, month: TracedMonth) -> str:
    """The number of guarantors on each rung at the end of a month, and the power on each side."""
    guarantors = run.scenario.by_role[Role.GUARANTOR]
    rungs = dict(zip(run.scenario.states, month.rungs, strict=True))
    count = Counter(rungs[state] for state in guarantors)
    ladder = [f"{count[rung]} at {rung.label}" for rung in reversed(Participation) if count[rung]]
    return (
        f"{plural(len(guarantors), 'guarantor')}{': ' if ladder else ''}{join_and(ladder)}. Power "
        f"of the force {format_level(month.power)}, of the protégé’s army "
        f"{format_level(month.army)} (the challenger’s is 1)"
    )


def describe_moves(run: TracedRun, months: Sequence[TracedMonth]) -> str:
    """The states that moved up or down by choice over some months, the most capable first;
    empty if none did."""
    climbed: Counter[str] = Counter()
    for move in (move for month in months for move in month.moves if move.cause is Cause.CHOICE):
        climbed[move.state] += move.after - move.before
    ranked = sorted(climbed, key=lambda state: -run.scenario[f"states.{state}.capability"].mean)
    up = [state for state in ranked if climbed[state] > 0]
    down = [state for state in ranked if climbed[state] < 0]
    return join_and(
        [
            f"{list_states(states)} {_move(states)} {way}"
            for states, way in ((up, "up"), (down, "down"))
            if states
        ]
    )


def describe_month(month: TracedMonth, scenario: Scenario) -> tuple[str, ...]:
    """The sentences about a month; none if states only moved by choice."""
    forced = [move for move in month.moves if move.cause not in (Cause.CHOICE, Cause.STRIKE)]
    withdrawn = [move for move in month.moves if move.cause is Cause.STRIKE]
    everybody = dict(zip(scenario.states, month.rungs, strict=True))
    rungs = {state: everybody[state] for state in scenario.by_role[Role.GUARANTOR]}
    return (
        *_waiting(month.waiting),
        *map(describe_happening, month.happenings),
        *_forced(forced),
        *_backing(month.backing),
        *describe_threat(month.threat, challenger_of(scenario)),
        *describe_talks(month.talks, challenger_of(scenario), protege_of(scenario)),
        *_challenge(month, challenger_of(scenario)),
        *describe_empty_threat(month.threat, challenger_of(scenario)),
        *describe_retaliation(month.retaliation, protege_of(scenario)),
        *_forced(withdrawn),
        *describe_break(month.truce_broken, month.war is not War.NONE),
        *describe_crossings(month.crossings, month.crisis, rungs, start=month.number == 0),
        *describe_beliefs(month.beliefs),
        *describe_learned(month.learned, challenger_of(scenario)),
    )


def _backing(backing: Backing | None) -> list[str]:
    """The backer's decision, if it changes the level."""
    return [describe_backing(backing)] if backing and backing.changes else []


def _challenge(month: TracedMonth, challenger: str) -> tuple[str, ...]:
    crisis, options = month.crisis, month.options
    holds = options and not (crisis and crisis.ordered)
    return (
        *([describe_hold(challenger, options)] if holds else []),
        *(describe_crisis(challenger, crisis, options, month.war) if crisis else []),
    )


def _waiting(waiting: Sequence[Waiting]) -> list[str]:
    """The states that cannot go beyond a rung, grouped by their unmet conditions."""
    rungs: dict[Participation, dict[tuple[str, ...], list[str]]] = {}
    for state in waiting:
        rungs.setdefault(state.at, defaultdict(list))[state.unmet].append(state.state)
    return [
        f"To go beyond {rung.label}, "
        + "; ".join(
            f"{list_states(states)} {require(unmet, len(states) > 1)}"
            for unmet, states in groups.items()
        )
        + "."
        for rung, groups in rungs.items()
    ]


def why_forced(move: Move, several: bool = False) -> str:
    """Why a state, or ``several``, moved without choosing to, after ``because``."""
    if move.cause is Cause.CONDITION:
        return f"{'they' if several else 'it'} {require(move.unmet, several)}"
    if move.cause is Cause.CEILING:
        return "their private ceilings are lower" if several else "its private ceiling is lower"
    return "the strike went unanswered"


def describe_happening(happening: Happening) -> str:
    """An event: its name and trigger, the reason given for it, and the values that it changes."""
    groups: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in happening.changes:
        if change.after != change.before:
            value = format_parameter(change.path, change.after)
            groups[_parameter(change.path), value].append(change)
    parts = [_changed(name, value, changes) for (name, value), changes in groups.items()]
    name = "" if UNNAMED.fullmatch(happening.name) else f" {happening.name}"
    # A chapter names its month, so that the month of a dated event need not be repeated.
    occasion = "" if DATED.fullmatch(happening.occasion) else f", {happening.occasion}"
    why = f" ({happening.why})" if happening.why else ""
    changed = "; ".join(parts) or "no value changes"
    return f"Scenario event{name}{occasion}{why}: {changed}."


def _parameter(path: str) -> str:
    """The parameter's name without the state's."""
    return name_in_words(ParameterPath.parse(path).label.replace(".", "_"))


def _changed(name: str, value: str, changes: Sequence[Change]) -> str:
    before = {format_parameter(change.path, change.before) for change in changes}
    was = f" from {before.pop()}" if len(before) == 1 else ""
    states = [owner for c in changes if (owner := ParameterPath.parse(c.path).owner)]
    owners = f" of {list_states(states)}" if states else ""
    return f"the {name}{owners} changes{was} to {value}"


def _forced(moves: Sequence[Move]) -> list[str]:
    """Moves down that no state chose, grouped by reason."""
    groups: dict[tuple[Cause, tuple[str, ...]], list[Move]] = defaultdict(list)
    for move in moves:
        groups[move.cause, move.unmet].append(move)
    return [_down(alike) for alike in groups.values()]


def _down(moves: Sequence[Move]) -> str:
    states = [move.state for move in moves]
    moved = f"{capitalise(list_states(states))} {_move(states)} down"
    return f"{moved} because {why_forced(moves[0], len(moves) > 1)}."


def _move(states: Sequence[str]) -> str:
    return "moves" if len(states) == 1 else "move"


def describe_beliefs(beliefs: Sequence[Belief]) -> list[str]:
    """The states whose declared red lines are now believed more or less than before."""
    moved = [belief for belief in beliefs if abs(belief.after - belief.before) >= MIN_BELIEF_CHANGE]
    parts = [
        f"{how} in the declared red lines of {join_and([_belief(belief) for belief in changed])}"
        for how, changed in (
            ("more", [belief for belief in moved if belief.after > belief.before]),
            ("less", [belief for belief in moved if belief.after < belief.before]),
        )
        if changed
    ]
    return [f"Others now believe {join_and(parts)}."] if parts else []


def _belief(belief: Belief) -> str:
    return f"{name_in_sentence(belief.state)} (belief {format_level(belief.after)})"

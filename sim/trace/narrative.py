"""A month in sentences: events, moves that were not free, the challenge, red lines crossed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sim.enums import Participation, Role, Trigger, War
from sim.scenario.scenario import Scenario
from sim.text import capitalise, join_and, plural
from sim.trace.events import Belief, Cause, Change, Happening, Move, TracedMonth, TracedRun, Waiting
from sim.trace.narrative_crisis import called, crisis_told, held, lines_told, names, said, weight

# A move of credit smaller than this is not told.
WORTH_SAYING = 0.05

# Why one state goes down a rung that had no choice, and why several do.
FORCED = {
    Cause.CONDITION: ("what it asks for is missing", "what they ask for is missing"),
    Cause.CEILING: ("it will no longer go that far", "they will no longer go that far"),
    Cause.STRIKE: ("of the strike that nobody answered",) * 2,
}
ASKED = {
    "ceasefire": "a ceasefire",
    "consent": "consent",
    "backstop": "the backstop",
    "clarity": "a clear mandate",
    "others": "enough others there",
}


def month_told(month: TracedMonth, scenario: Scenario) -> tuple[str, ...]:
    """What is worth telling of a month: nothing, if states only moved of their own accord."""
    driven = [move for move in month.moves if move.cause not in (Cause.CHOICE, Cause.STRIKE)]
    struck = [move for move in month.moves if move.cause is Cause.STRIKE]
    challenger = challenger_of(scenario)
    return (
        *_waiting(month.waiting),
        *map(happened, month.happenings),
        *_forced(driven),
        *_challenge(month, called(challenger)),
        *_forced(struck),
        *lines_told(month.crossings, month.crisis, start=month.number == 0),
        *believed(month.beliefs),
    )


def challenger_of(scenario: Scenario) -> str:
    """The challenger's name."""
    return next(state for state in scenario.states if scenario.role(state) is Role.CHALLENGER)


def _challenge(month: TracedMonth, challenger: str) -> tuple[str, ...]:
    crisis, options = month.crisis, month.options
    chose_none = options and not (crisis and crisis.ordered)
    return (
        *([held(challenger, options)] if chose_none else []),
        *(crisis_told(challenger, crisis, options, month.war) if crisis else []),
    )


def _waiting(waiting: Sequence[Waiting]) -> list[str]:
    """Who stays at words for want of something, those for want of the same together."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for state in waiting:
        alike[state.unmet].append(state.state)
    parts = [f"{names(states)} ({_missing(unmet)})" for unmet, states in alike.items()]
    return [f"Kept to political for want of what they ask: {'; '.join(parts)}."] if parts else []


def _missing(unmet: Sequence[str]) -> str:
    return join_and([ASKED[condition] for condition in unmet])


def happened(happening: Happening) -> str:
    """An event: what set it off, why it was put there, and what changes by it."""
    alike: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in happening.changes:
        if change.after != change.before:
            alike[_what(change.path), said(change.path, change.after)].append(change)
    changes = [_changed(what, now, some) for (what, now), some in alike.items()]
    why = f" ({happening.why})" if happening.why else ""
    the = "the " if happening.occasion.startswith("first") else ""
    told = "; ".join(changes) or "nothing changes by it"
    return f"What the scenario sets for {the}{happening.occasion} comes about{why}: {told}."


def _what(path: str) -> str:
    """A path without the state's name: what is changed, and not whose."""
    block, *rest = path.split(".")
    return " ".join(rest[1:] if block == "states" else rest).replace("_", " ")


def _changed(what: str, now: str, changes: Sequence[Change]) -> str:
    before = {said(change.path, change.before) for change in changes}
    was = f" from {before.pop()}" if len(before) == 1 else ""
    states = [c.path.split(".")[1] for c in changes if c.path.startswith("states.")]
    owners = f" of {names(states)}" if states else ""
    return f"the {what}{owners} goes{was} to {now}"


def _forced(moves: Sequence[Move]) -> list[str]:
    """Moves down that were nobody's free choice, those for the same reason together."""
    alike: dict[tuple[Cause, tuple[str, ...]], list[str]] = defaultdict(list)
    for move in moves:
        alike[move.cause, move.unmet].append(move.state)
    return [_down(states, *reason) for reason, states in alike.items()]


def _down(states: Sequence[str], cause: Cause, unmet: tuple[str, ...]) -> str:
    several_go = len(states) > 1
    missing = f" ({_missing(unmet)})" if unmet else ""
    go = "go" if several_go else "goes"
    why = FORCED[cause][several_go]
    return f"{capitalise(names(states))} {go} down a rung because {why}{missing}."


def believed(beliefs: Sequence[Belief]) -> list[str]:
    """Whose declared lines are believed more or less than before, by what they did."""
    moved = [belief for belief in beliefs if abs(belief.after - belief.before) >= WORTH_SAYING]
    more = [belief for belief in moved if belief.after > belief.before]
    less = [belief for belief in moved if belief.after < belief.before]
    told = "; ".join([*_credit("more", more), *_credit("less", less)])
    return [f"Going by what was done, declared lines are believed {told}."] if told else []


def _credit(how: str, beliefs: Sequence[Belief]) -> list[str]:
    parts = [f"{called(belief.state)} {weight(belief.after)}" for belief in beliefs]
    return [f"{how}: {join_and(parts)}"] if parts else []


YEAR = 12
READING = (
    "Worth is in utility: the challenger’s gain less its costs and risks. Nobody is bound to do "
    "what is worth most, it is only what they are likelier to do. How far a state is "
    "believed to mean its declared red lines runs from 0 to 1. Grievance is what the challenger "
    "holds against the others for crossing its lines, and tension runs from 0 up."
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is told of a month; the start is month 0."""

    month: int
    sentences: tuple[str, ...]

    @property
    def when(self) -> str:
        """The month in words."""
        return f"month {self.month}" if self.month else "start"

    @property
    def text(self) -> str:
        """The sentences in a row."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Story:
    """A run told: a headline, chapters, and how it ended."""

    headline: str
    chapters: tuple[Chapter, ...]
    ending: str

    def to_dict(self) -> dict[str, Any]:
        """The story as plain data."""
        chapters = [{"month": c.month, "sentences": list(c.sentences)} for c in self.chapters]
        return {"headline": self.headline, "chapters": chapters, "ending": self.ending}


def story(run: TracedRun, full: bool = False) -> Story:
    """The story of a run; ``full`` tells every free move in its month, not once a year."""
    return Story(headline(run), tuple(_chapters(run, 1 if full else YEAR)), ending(run))


def headline(run: TracedRun) -> str:
    """Which run this is, and how it ends."""
    return f"Run {run.number} of {run.scenario.name}, seed {run.seed}: {run.outcome.label}"


def ending(run: TracedRun) -> str:
    """When and how the run ended, and what a war grew from."""
    last = run.last
    meaning = f"{run.outcome.label}, that is, {run.outcome.style.meaning}"
    if last.war is War.NONE:
        return f"{plural(last.number, 'month')} pass without war: {meaning}. {_counted(run)}"
    return f"It ends in month {last.number}: {meaning}{_grown(last)}. {_counted(run)}"


def _counted(run: TracedRun) -> str:
    """How many crises there were, and in how many of them the challenger pressed on."""
    crises = [month.crisis for month in run.months if month.crisis]
    pressed = sum(bool(crisis.press and crisis.press.pressed) for crisis in crises)
    if not crises:
        return "No crisis in all that time."
    if len(crises) == 1:
        return f"One crisis in all, {'pressed' if pressed else 'not pressed'}."
    return f"{len(crises)} crises in all, {pressed or 'none'} of them pressed."


def _grown(last: TracedMonth) -> str:
    """What a war with the coalition grew from."""
    if last.war is War.UNOPPOSED:
        return ""
    if last.trigger is Trigger.OFFENSIVE:
        return ", begun with an offensive"
    return f", grown from {'an' if last.trigger is Trigger.ACCIDENT else 'a'} {last.trigger.label}"


def _chapters(run: TracedRun, every: int) -> Iterator[Chapter]:
    """A chapter for the start and for each month with something to tell."""
    start, *months = run.months
    yield Chapter(0, (f"{standing(run, start)}.", *month_told(start, run.scenario)))
    for month in months:
        sentences = (*_events(month, run), *_ladder(month, run, every))
        if sentences:
            yield Chapter(month.number, sentences)


def _events(month: TracedMonth, run: TracedRun) -> tuple[str, ...]:
    told = month_told(month, run.scenario)
    return (*told, f"Tension {weight(month.tension)}.") if month.crisis else told


def _ladder(month: TracedMonth, run: TracedRun, every: int) -> tuple[str, ...]:
    """Every so many months, who has moved since, and what the force weighs now."""
    if month.number % every and month is not run.last:
        return ()
    since = (month.number - 1) // every * every + 1
    free = moved(run, run.months[since : month.number + 1])
    if not free:
        return ()
    span = "" if since == month.number else f" since month {since}"
    force = f"the force weighs {weight(month.power)}"
    return (f"By choice{span}, {free}; {force}.",)


def standing(run: TracedRun, month: TracedMonth) -> str:
    """How many guarantors stand on which rung at the end of a month, and what they weigh."""
    states = enumerate(run.scenario.states)
    guarantors = [i for i, state in states if run.scenario.role(state) is Role.GUARANTOR]
    count = Counter(month.rungs[i] for i in guarantors)
    ladder = [f"{count[rung]} at {rung.label}" for rung in reversed(Participation) if count[rung]]
    return (
        f"Of {plural(len(guarantors), 'guarantor')} there are {join_and(ladder) or 'none'}; the "
        f"force weighs {weight(month.power)} and the protégé’s army {weight(month.army)}, where "
        "the challenger weighs 1"
    )


def moved(run: TracedRun, months: Sequence[TracedMonth]) -> str:
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
    return join_and(parts)

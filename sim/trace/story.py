"""A run as a story: what happened, month by month, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sim.figures.wording import plural, several
from sim.trace.facts import Cause, Month, Run
from sim.trace.told_month import month_told
from sim.trace.wording import names, weight
from sim.vocabulary import Participation, Role, Trigger, War

CHOICE = "Nobody is bound to do what seems best: it is only what they are likelier to do."


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is told of months ``first`` to ``last``."""

    first: int
    last: int
    sentences: tuple[str, ...]

    @property
    def when(self) -> str:
        """The months in words."""
        if self.last == 0:
            return "start"
        return f"month {self.first}" + (f" to {self.last}" if self.last > self.first else "")

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

    def document(self) -> dict[str, Any]:
        """The story as plain data."""
        chapters = [
            {"first": c.first, "last": c.last, "sentences": list(c.sentences)}
            for c in self.chapters
        ]
        return {"headline": self.headline, "chapters": chapters, "ending": self.ending}


def story(run: Run) -> Story:
    """The story of a run."""
    start = Chapter(0, 0, _start(run))
    return Story(headline(run), (start, *_chapters(run)), ending(run))


def headline(run: Run) -> str:
    """Which run this is, and how it ends."""
    return f"Run {run.number} of {run.scenario.name}, seed {run.seed}: {run.outcome.label}"


def ending(run: Run) -> str:
    """The last sentence: when and how the run ended, and what a war grew from."""
    last = run.last
    crises = [month.crisis for month in run.months if month.crisis]
    pressed = sum(bool(crisis.press and crisis.press.pressed) for crisis in crises)
    counted = f"{plural(len(crises), 'crisis', 'crises')}, {pressed} of them pressed"
    meaning = f"{run.outcome.label} ({run.outcome.style.meaning})"
    if last.war is War.NONE:
        return f"After {plural(last.number, 'month')}: {meaning}; {counted}."
    return f"In month {last.number}: {meaning}, {_grown(last.trigger)}; {counted}."


def _grown(trigger: Trigger) -> str:
    if trigger is Trigger.OFFENSIVE:
        return "begun by an offensive"
    return f"grown from {'an' if trigger is Trigger.ACCIDENT else 'a'} {trigger.label}"


def _start(run: Run) -> tuple[str, ...]:
    start, states = run.months[0], run.scenario.states
    guarantors = [i for i, s in enumerate(states) if run.scenario.role(s) is Role.GUARANTOR]
    count = {rung: sum(start.rungs[i] is rung for i in guarantors) for rung in Participation}
    ladder = [f"{many} at {rung.label}" for rung, many in reversed(count.items()) if many]
    return (
        f"Of {plural(len(guarantors), 'guarantor')} there are {several(ladder) or 'none'}. The "
        f"force weighs {weight(start.power)}, the protégé’s army {weight(start.army)}, the "
        "challenger 1.",
        *month_told(start, run.scenario),
    )


def _chapters(run: Run) -> Iterator[Chapter]:
    """A chapter for each month with something to tell, and one for all months between."""
    quiet: list[Month] = []
    for month in run.months[1:]:
        if not (sentences := month_told(month, run.scenario)):
            quiet.append(month)
            continue
        yield from _between(run, quiet)
        quiet = []
        free = _ladder(run, [month])
        yield Chapter(month.number, month.number, (*sentences, *free, _tension(month)))
    yield from _between(run, quiet)


def _between(run: Run, months: Sequence[Month]) -> Iterator[Chapter]:
    if months and (told := _ladder(run, months)):
        yield Chapter(months[0].number, months[-1].number, told)


def _ladder(run: Run, months: Sequence[Month]) -> tuple[str, ...]:
    """Who stands higher or lower of their own accord after some months, and what it comes to."""
    climbed: Counter[str] = Counter()
    for move in (move for month in months for move in month.moves if move.cause is Cause.CHOICE):
        climbed[move.state] += move.after - move.before
    higher = [state for state, steps in sorted(climbed.items()) if steps > 0]
    lower = [state for state, steps in sorted(climbed.items()) if steps < 0]
    before, after = run.months[months[0].number - 1].power, months[-1].power
    went = f"; the force goes from {weight(before)} to {weight(after)}"
    parts = [
        *([f"{names(higher)} go{'es' * (len(higher) == 1)} further"] if higher else []),
        *([f"{names(lower)} step{'s' * (len(lower) == 1)} back"] if lower else []),
    ]
    if not parts:
        return ()
    changed = weight(before) != weight(after)
    return (f"Of their own accord {several(parts)}{went if changed else ''}.",)


def _tension(month: Month) -> str:
    return f"Tension stands at {weight(month.tension)}."

"""A run as a story: what happened, month by month, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.figures.wording import plural
from sim.trace.ladder import moved, standing
from sim.trace.run import Month, Run
from sim.trace.told_month import month_told
from sim.trace.wording import weight
from sim.vocabulary import Trigger, War

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

    def document(self) -> dict[str, Any]:
        """The story as plain data."""
        chapters = [{"month": c.month, "sentences": list(c.sentences)} for c in self.chapters]
        return {"headline": self.headline, "chapters": chapters, "ending": self.ending}


def story(run: Run, full: bool = False) -> Story:
    """The story of a run; ``full`` tells every free move in its month, not once a year."""
    return Story(headline(run), tuple(_chapters(run, 1 if full else YEAR)), ending(run))


def headline(run: Run) -> str:
    """Which run this is, and how it ends."""
    return f"Run {run.number} of {run.scenario.name}, seed {run.seed}: {run.outcome.label}"


def ending(run: Run) -> str:
    """When and how the run ended, and what a war grew from."""
    last = run.last
    meaning = f"{run.outcome.label}, that is, {run.outcome.style.meaning}"
    if last.war is War.NONE:
        return f"{plural(last.number, 'month')} pass without war: {meaning}. {_counted(run)}"
    return f"It ends in month {last.number}: {meaning}{_grown(last)}. {_counted(run)}"


def _counted(run: Run) -> str:
    """How many crises there were, and in how many of them the challenger pressed on."""
    crises = [month.crisis for month in run.months if month.crisis]
    pressed = sum(bool(crisis.press and crisis.press.pressed) for crisis in crises)
    if not crises:
        return "No crisis in all that time."
    if len(crises) == 1:
        return f"One crisis in all, {'pressed' if pressed else 'not pressed'}."
    return f"{len(crises)} crises in all, {pressed or 'none'} of them pressed."


def _grown(last: Month) -> str:
    """What a war with the coalition grew from."""
    if last.war is War.UNOPPOSED:
        return ""
    if last.trigger is Trigger.OFFENSIVE:
        return ", begun with an offensive"
    return f", grown from {'an' if last.trigger is Trigger.ACCIDENT else 'a'} {last.trigger.label}"


def _chapters(run: Run, every: int) -> Iterator[Chapter]:
    """A chapter for the start and for each month with something to tell."""
    start, *months = run.months
    yield Chapter(0, (f"{standing(run, start)}.", *month_told(start, run.scenario)))
    for month in months:
        sentences = (*_events(month, run), *_ladder(month, run, every))
        if sentences:
            yield Chapter(month.number, sentences)


def _events(month: Month, run: Run) -> tuple[str, ...]:
    told = month_told(month, run.scenario)
    return (*told, f"Tension {weight(month.tension)}.") if month.crisis else told


def _ladder(month: Month, run: Run, every: int) -> tuple[str, ...]:
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

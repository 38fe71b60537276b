"""Answer keys of lessons: the runs that a worksheet asks for, and the page of their results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import fill

from sim.enums import Outcome
from sim.experiments.simulate import simulate
from sim.scenario.load import load
from sim.statistics import Estimate
from sim.text import format_percent

TEMPLATES = Path(__file__).parent / "templates"
FOLDER = Path(__file__).parents[2] / "docs" / "classroom"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A worksheet's scenario, and the settings of each run it asks for, by a name of its own."""

    scenario: str
    asks: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one run of the worksheet comes to: shares of model runs, with their intervals."""

    war: Estimate
    failure: Estimate
    escalation: Estimate
    ending: Outcome
    ending_share: Estimate


SIZES = ("0", "0.1", "0.25", "0.5", "1", "2", "3")
PREDICTED = ("0", "0.25", "1", "3")
NEIGHBOURS = {"unknown": "", "land": "0.7", "alone": "0.15"}


def _settings(neighbour: str, size: str) -> tuple[str, ...]:
    force = () if size == "1" else (f"setting.force_size={size}",)
    ambition = NEIGHBOURS[neighbour]
    return (*force, f"states.russia.ambition={ambition}") if ambition else force


LESSONS = {
    "presence": Lesson(
        "presence",
        {
            **{f"{who} {size}": _settings(who, size) for who in NEIGHBOURS for size in SIZES},
            "agreed 3": (*_settings("unknown", "3"), "setting.consent=1"),
            "agreed land 3": (*_settings("land", "3"), "setting.consent=1"),
        },
    ),
}


def answers(lesson: Lesson) -> dict[str, Answer]:
    """Every run of the lesson, at the scenario's own seed and number of runs."""
    return {name: _answer(lesson.scenario, settings) for name, settings in lesson.asks.items()}


@cache
def _answer(scenario: str, settings: tuple[str, ...]) -> Answer:
    results = simulate(load(scenario, settings), keep_records=False)
    war, failure, escalation = (results.measures[n] for n in ("war", "failure", "escalation"))
    ending = max(Outcome, key=lambda outcome: results.outcomes[outcome].value)
    return Answer(war, failure, escalation, ending, results.outcomes[ending])


@dataclass(frozen=True, slots=True)
class Table:
    """The answers by neighbour and size."""

    run: Mapping[str, Answer]

    def cell(self, who: str, size: str) -> str:
        """The share of war, in bold where it is the lowest for that neighbour."""
        war = {each: self.run[f"{who} {each}"].war for each in SIZES}
        lowest = min(estimate.value for estimate in war.values())
        shown = percent(war[size])
        return f"**{shown}**" if war[size].value == lowest else shown

    def score(self, *predicted: float) -> int:
        """How far predictions of war, in per cent, are off in all for the worksheet's sizes."""
        found = (100 * self.run[f"unknown {size}"].war.value for size in PREDICTED)
        return round(sum(abs(x - y) for x, y in zip(predicted, found, strict=True)))


def percent(estimate: Estimate) -> str:
    """A share, in per cent."""
    return format_percent(estimate.value)


def interval(estimate: Estimate) -> str:
    """A share's interval, in per cent."""
    return f"{format_percent(estimate.low).removesuffix(' %')} to {format_percent(estimate.high)}"


def key(name: str) -> str:
    """The answer key of the lesson ``name``, as Markdown; raises ``KeyError`` for any other."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
    )
    pages.filters.update(percent=percent, interval=interval)
    run = answers(LESSONS[name])
    scenario = load(LESSONS[name].scenario)
    page = pages.get_template(f"{name}_key.md")
    said = page.render(run=run, scenario=scenario, table=Table(run), sizes=SIZES)
    return "\n\n".join(map(_laid_out, said.strip().split("\n\n"))) + "\n"


def _laid_out(part: str) -> str:
    """A part between blank lines: prose is filled, tables and headings are left as they are."""
    if part.lstrip().startswith(("|", "#")):
        return part.strip("\n")
    return fill(part, width=100, break_long_words=False, break_on_hyphens=False)


def write() -> None:
    """Write the answer key of every lesson."""
    for name in LESSONS:
        (FOLDER / f"{name}_key.md").write_text(key(name), encoding="utf-8")

"""The poster of an explorer: a shipped ensemble, seen with scripts off and before the first run.

Also the grid of every lever shown: what a browser without WebAssembly shows in place of runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.choices import Selection
from sim.enums import Trigger
from sim.experiments.simulate import Progress, simulate
from sim.experiments.variants import fixed_at
from sim.explorer.levers import Lever
from sim.results import Results
from sim.scenario.scenario import Scenario
from sim.trace.narrative import Story, story
from sim.trace.replay import replay
from sim.trace.select import select_run

# The most runs at each value of a lever's grid, and the runs from which the told run is selected.
GRID_RUNS = 1000
CANDIDATES = 2000


@dataclass(frozen=True)
class Count:
    """Runs of one setting: how many, by outcome and by cause of war."""

    runs: int
    outcomes: tuple[int, ...]
    failure: int
    escalation: int

    @classmethod
    def of(cls, results: Results) -> Count:
        """The counts of an ensemble."""
        by_trigger = {t: round(e.value * results.runs) for t, e in results.triggers.items()}
        grown = (Trigger.STRIKE, Trigger.PROBE, Trigger.ACCIDENT)
        return cls(
            results.runs,
            tuple(int(count) for count in results.endings.sum(axis=0)),
            by_trigger[Trigger.OFFENSIVE],
            sum(by_trigger[trigger] for trigger in grown),
        )

    @property
    def causes(self) -> dict[str, int]:
        """Numbers of runs in which deterrence fails, in which war comes by escalation, and in which
        either happens."""
        both = self.failure + self.escalation
        return {"failure": self.failure, "escalation": self.escalation, "war": both}

    def to_dict(self) -> dict[str, Any]:
        """The counts as the page reads them."""
        return {"runs": self.runs, "outcomes": list(self.outcomes), **self.causes}


@dataclass(frozen=True)
class Poster:
    """An ensemble, its endings by month, one run as a narrative, and the grids of the levers.

    ``grids`` holds by path of a lever its values with the counts of the runs at each.
    """

    seed: int
    count: Count
    months: tuple[tuple[int, ...], ...]
    told: Story
    grids: dict[str, tuple[tuple[float, Count], ...]]

    def to_dict(self) -> dict[str, Any]:
        """The poster as the page reads it."""
        grids = {
            path: [{"value": value, **count.to_dict()} for value, count in points]
            for path, points in self.grids.items()
        }
        return {
            "seed": self.seed,
            **self.count.to_dict(),
            "months": [list(row) for row in self.months],
            "told": self.told.to_dict(),
            "grids": grids,
        }


def make_poster(
    scenario: Scenario,
    levers: Sequence[Lever],
    runs: int,
    seed: int,
    progress: Progress | None = None,
) -> Poster:
    """Run the ensemble of ``runs`` runs, and the grid of every lever that is shown.

    At each point of a grid as many runs are made, at most 1,000.
    """
    shown = [lever for lever in levers if lever.is_shown]
    points = [(lever.path, value) for lever in shown for value in lever.to_dict()["grid"]]
    each = min(GRID_RUNS, runs)
    total = runs + each * len(points)
    results = simulate(scenario, runs, seed, keep_records=False)
    grids: dict[str, list[tuple[float, Count]]] = {lever.path: [] for lever in shown}
    for done, (path, value) in enumerate(points):
        if progress:
            progress(runs + each * done, total)
        here = simulate(fixed_at(scenario, path, value), each, seed, keep_records=False)
        grids[path].append((value, Count.of(here)))
    if progress:
        progress(total, total)
    return Poster(
        seed,
        Count.of(results),
        tuple(tuple(int(count) for count in row) for row in results.endings),
        _told(scenario, results, seed),
        {path: tuple(rows) for path, rows in grids.items()},
    )


def _told(scenario: Scenario, results: Results, seed: int) -> Story:
    number = select_run(Selection.TYPICAL, results.first[:CANDIDATES])
    return story(replay(scenario, number, seed))

"""What a set of runs showed: shares of endings, means of what was recorded, with intervals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.errors import head
from sim.frames import worded
from sim.outcomes import escalated, failed, outcomes
from sim.scenario.model import Scenario
from sim.statistics import Estimate, share
from sim.vocabulary import Outcome, Participation, Trigger, War

SHARES = ("failure", "escalation", "war")

# What is averaged over runs: the name in results, and the recorded column.
AVERAGED = (
    "probes",
    "strikes",
    "offensives",
    "accidents",
    "unattributed",
    "answered",
    "conceded",
    "months_under_force",
    "lines_crossed",
    "force",
    "footprint",
    "protege",
    "tension",
    "peak_tension",
    "reputation",
    "casualties",
    "pledge_gap",
    "month",
    *(f"at_{rung.word}" for rung in Participation),
)


class Crossed(NamedTuple):
    """The shares of runs in which a red line was crossed: from the start, and at all."""

    at_start: Estimate
    ever: Estimate


@dataclass
class Results:
    """The distribution of a scenario's endings over ``runs`` runs on the luck of ``seed``.

    ``outcomes``, ``triggers`` and the measures ``failure``, ``escalation`` and ``war`` are shares
    of model runs with Wilson intervals; the other ``measures`` are means a run. ``endings``
    counts, ``int64 (months + 1, outcomes)``, the month a run ended in and how; ``participation``,
    ``int64 (months + 1, states, rungs)``, runs not yet in war by the rung of each state;
    ``crossings``, ``int64 (2, red lines)``, runs in which each was crossed from the start, and at
    all. ``records`` has a row a run (:data:`sim.world.RECORD` and ``outcome``), or is ``None`` if
    they were not kept; ``first`` are those of the first
    :data:`sim.tally.FIRST` runs, which always are. ``wall``
    and ``cpu`` are seconds.
    """

    scenario: Scenario
    runs: int
    seed: int
    engine: str
    outcomes: dict[Outcome, Estimate]
    triggers: dict[Trigger, Estimate]
    measures: dict[str, Estimate]
    endings: Any
    participation: Any
    crossings: Any
    first: Any
    records: Any | None = None
    wall: float = 0.0
    cpu: float = 0.0

    @staticmethod
    def load(folder: str | Path) -> Any:
        """What is in a folder that ``run`` or ``sweep`` made: see :func:`sim.load_results`."""
        import sim

        return sim.load_results(folder)

    @property
    def share_width(self) -> float:
        """The width of the widest interval of an outcome's share."""
        return max(estimate.width for estimate in self.outcomes.values())

    @property
    def red_lines(self) -> dict[tuple[str, str], Crossed]:
        """How often each red line, named by its state and its own name, was crossed; raises
        ``ValueError`` for results from a folder, where that is not kept."""
        if self.crossings is None:
            raise ValueError("red lines are not kept on disk: simulate the scenario again")
        at_start, ever = self.crossings.tolist()
        return {
            line: Crossed(share(at_start[k], self.runs), share(ever[k], self.runs))
            for k, line in enumerate(self.scenario.red_lines)
        }

    def summary(self) -> dict[str, Any]:
        """The results as plain data, as ``thinline run --json`` prints them."""
        return {
            **head("run", self.scenario.name, self.runs, self.seed),
            "engine": self.engine,
            "outcomes": {o.word: plain("share", e) for o, e in self.outcomes.items()},
            "triggers": {t.word: plain("share", e) for t, e in self.triggers.items()},
            "measures": {
                name: plain("share" if name in SHARES else "mean", estimate)
                for name, estimate in self.measures.items()
            },
        }

    def frame(self) -> Any:
        """The records as a pandas frame, ``war``, ``trigger`` and ``outcome`` as words in their
        order; raises ``ValueError`` where they were not kept."""
        if self.records is None:
            raise ValueError("the records were not kept: simulate with keep_records=True")
        import pandas

        return worded(pandas.DataFrame(self.records))


def plain(name: str, estimate: Estimate) -> dict[str, float | None]:
    """An estimate as plain data, its value under ``name``; ``None`` for what is not a number."""
    numbers = {name: estimate.value, "low": estimate.low, "high": estimate.high}
    return {key: x if math.isfinite(x) else None for key, x in numbers.items()}


def with_outcome(records: Any) -> Any:
    """The records with a column ``outcome`` of ``int8`` beside what was recorded."""
    described = np.dtype([*records.dtype.descr, ("outcome", "i1")])
    whole = np.empty(len(records), described)
    for name in records.dtype.names:
        whole[name] = records[name]
    whole["outcome"] = outcomes(records)
    return whole


def averaged(records: Any) -> Iterable[tuple[str, Any]]:
    """What is averaged over runs: each measure's name and its number in each run."""
    chosen = records["probes"] + records["strikes"] + records["offensives"]
    yield "challenges", chosen.astype(np.float64)
    for name in AVERAGED:
        yield name, records[name].astype(np.float64)


def flags(records: Any) -> dict[str, Any]:
    """Each run's failure, escalation and war as 0 or 1, for paired comparisons."""
    return {
        "failure": failed(records),
        "escalation": escalated(records),
        "war": records["war"] != War.NONE,
    }

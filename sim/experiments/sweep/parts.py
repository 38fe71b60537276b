"""What the parts of a sweep add up to, point by point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.enums import Outcome, Trigger
from sim.experiments.factors import Axis
from sim.experiments.storage.parquet import column, read_rows
from sim.experiments.sweep.plan import Plan
from sim.model.state import RECORD
from sim.results import with_outcome
from sim.scenario.parameter import Kind
from sim.statistics import Estimate, proportion

ROADS = ("failure", "escalation", "war")
COUNTED = ("point", "outcome", "trigger", "error")
SHARES = (*Outcome.words(), *ROADS)


class Tally:
    """Runs, endings and failures at each point, added part by part, so that memory stays flat.

    ``endings`` and ``triggers`` count runs, ``int64 (points, words)``; ``failed`` counts the
    blocks of runs that could not be played; ``errors`` has the first reason at each such point.
    """

    def __init__(self, points: int) -> None:
        self.endings = np.zeros((points, len(Outcome)), np.int64)
        self.triggers = np.zeros((points, len(Trigger)), np.int64)
        self.failed = np.zeros(points, np.int64)
        self.errors: dict[int, str] = {}

    @property
    def runs(self) -> Any:
        """Runs at each point."""
        return self.endings.sum(axis=1)

    def add(self, path: Path) -> None:
        """Add a part's file; raises :class:`sim.errors.RunFailed` for one that cannot be read."""
        table = read_rows(path, COUNTED)
        point = table["point"].to_numpy()
        failed = table["error"].is_valid().to_numpy()
        for counts, name in ((self.endings, "outcome"), (self.triggers, "trigger")):
            rank = table[name].combine_chunks().indices.fill_null(0).to_numpy()
            np.add.at(counts, (point[~failed], rank[~failed]), 1)
        np.add.at(self.failed, point[failed], 1)
        for where in np.flatnonzero(failed):
            self.errors.setdefault(int(point[where]), table["error"][int(where)].as_py())

    def counts(self, name: str) -> Any:
        """Runs at each point that ended so, or in a war that began so: one of :data:`SHARES`."""
        if name not in ROADS:
            return self.endings[:, Outcome.of(name)]
        wars = self.runs - self.triggers[:, Trigger.NONE]
        failures = self.triggers[:, Trigger.OFFENSIVE]
        return {"war": wars, "failure": failures, "escalation": wars - failures}[name]

    def estimates(self, name: str) -> list[Estimate]:
        """The share of runs at each point that ended so, with its interval."""
        return [
            proportion(k, n) for k, n in zip(self.counts(name).tolist(), self.runs, strict=True)
        ]

    def wide(self, name: str, width: float) -> Any:
        """Flags: the points at which the interval is not yet narrower than ``width``.

        A point that fails is not tried again.
        """
        width_now = np.array([estimate.width for estimate in self.estimates(name)])
        return (width_now >= width) & (self.failed == 0)


def points_table(plan: Plan, tally: Tally) -> Any:
    """A row a point: its values, its runs, every share with its interval, and why it failed."""
    import pyarrow

    points = range(len(plan.design))
    columns = {
        "point": pyarrow.array(points, pyarrow.int32()),
        **varied(plan.design.axes, plan.design.points),
        "runs": pyarrow.array(tally.runs),
    }
    for name in SHARES:
        columns |= dict(_share_columns(name, tally.estimates(name)))
    errors = [tally.errors.get(point) for point in points]
    return pyarrow.table({**columns, "error": pyarrow.array(errors, pyarrow.string())})


def _share_columns(name: str, estimates: list[Estimate]) -> Iterator[tuple[str, Any]]:
    import pyarrow

    for end, ending in (("value", ""), ("low", "_low"), ("high", "_high")):
        numbers = [getattr(estimate, end) for estimate in estimates]
        yield name + ending, pyarrow.array(numbers, pyarrow.float64(), from_pandas=True)


RECORDED = with_outcome(np.zeros(0, RECORD)).dtype

# Known of a run that failed, too.
ALWAYS = ("replication", "seed")


def blank(first: int, seed: int) -> Any:
    """The record that stands for runs, from number ``first`` on, that failed."""
    row = np.zeros(1, RECORDED)
    row["replication"], row["seed"] = first, seed
    return row


def part_table(
    plan: Plan, points: Sequence[int], records: Sequence[Any], errors: Sequence[str | None]
) -> Any:
    """A row a run: one block of ``records`` for each of ``points``, blank where there is an error.

    What was varied comes as it is written, words as words; empty is what stayed as the scenario
    says.
    """
    import pyarrow

    lengths = [len(block) for block in records]
    point = np.repeat(np.array(points, np.int32), lengths)
    error = np.repeat(np.array(errors, object), lengths)
    failed = np.array([each is not None for each in error], bool)
    rows = np.concatenate(records) if records else np.zeros(0, RECORDED)
    columns = {
        "scenario": pyarrow.array([plan.scenario.name] * len(rows), pyarrow.string()),
        "point": pyarrow.array(point),
        **varied(plan.design.axes, plan.design.points[point]),
        **{
            name: column(name, rows[name], None if name in ALWAYS else failed)
            for name in RECORDED.names or ()
        },
        "error": pyarrow.array(error, pyarrow.string()),
    }
    return pyarrow.table(columns)


def varied(axes: Sequence[Axis], points: Any) -> dict[str, Any]:
    """A column an axis, of the values at ``points``, as they are written."""
    return {axis.path: _said(axis, points[:, k]) for k, axis in enumerate(axes)}


def _said(axis: Axis, values: Any) -> Any:
    import pyarrow

    as_is = np.isnan(values)
    whole = np.where(as_is, 0, values).astype(np.int64)
    if axis.parameter.words is not None:
        ranks = pyarrow.array(whole.astype(np.int8), mask=as_is)
        return pyarrow.DictionaryArray.from_arrays(ranks, axis.parameter.words.words())
    if axis.parameter.kind is Kind.NUMBER:
        return pyarrow.array(values, mask=as_is)
    is_flag = axis.parameter.kind is Kind.FLAG
    return pyarrow.array(whole.astype(bool) if is_flag else whole, mask=as_is)


def as_bytes(table: Any) -> bytes:
    """The table as a Parquet file."""
    import pyarrow
    from pyarrow.parquet import write_table

    sink = pyarrow.BufferOutputStream()
    write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())

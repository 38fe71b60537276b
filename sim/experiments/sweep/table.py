"""A part of a sweep as a table, and as the bytes of a Parquet file: the same for the same part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.experiments.records_file import column
from sim.experiments.sweep.axis import Axis
from sim.experiments.sweep.plan import Plan
from sim.results import with_outcome
from sim.scenario.parameter import Kind
from sim.world import RECORD

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

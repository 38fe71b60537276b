"""Parts of a sweep: their files and tables, and the totals at each point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from sim.enums import Outcome, Trigger
from sim.experiments.factors import Factor
from sim.experiments.storage.files import DamagedResults
from sim.experiments.storage.parquet import column, make_table, worded
from sim.experiments.storage.part_files import PartFiles
from sim.experiments.sweep.plan import Plan, SweepPart
from sim.formatting import plural
from sim.model.outcomes import SHARES, count_flags
from sim.model.state import RECORD
from sim.results import with_outcome
from sim.statistics import Estimate, proportion

COUNTED = ("point", "replication", "seed", "outcome", "trigger", "error")
TALLIED = (*Outcome.words(), *SHARES)


class SweepParts:
    """The finished parts of ``plan`` in ``folder``, by number; ``lineage`` is that of the plan."""

    def __init__(self, folder: Path, plan: Plan, lineage: str) -> None:
        self.plan = plan
        self.folder = folder
        self._files = PartFiles(folder, "part", lineage.encode())
        self._types = part_table(plan, (), (), ()).schema

    @property
    def numbers(self) -> list[int]:
        """The numbers of the finished parts, in order."""
        return list(map(int, self._files.keys))

    @property
    def paths(self) -> list[Path]:
        """The files of the finished parts, in order."""
        return self._files.paths

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._types.names)

    def has(self, number: int) -> bool:
        """Whether a part is finished."""
        return self._files.has(_key(number))

    def keep(self, number: int, data: bytes) -> None:
        """Write a part; raises ``CannotStore`` if it cannot be written."""
        self._files.keep(_key(number), data)

    def remove(self, number: int) -> None:
        """Remove a part, if it is finished; raises ``CannotStore`` if that fails."""
        self._files.remove(_key(number))

    def read(self, number: int, columns: Sequence[str] | None = None) -> Any:
        """The rows of a part, by default with all columns.

        Raises :class:`sim.experiments.storage.files.DamagedResults` for a part that was altered.
        """
        return self._files.read(_key(number), columns, self._types)

    def read_all(self, columns: Sequence[str] | None) -> Any:
        """The rows of all parts; raises as :meth:`read`, also for parts with different columns."""
        from pyarrow import concat_tables

        tables = [self.read(number, columns) for number in self.numbers]
        for number, table in zip(self.numbers, tables, strict=True):
            if table.schema != tables[0].schema:
                raise self._files.damaged(_key(number), "it has other columns")
        return concat_tables(tables)

    def read_counted(self, part: SweepPart) -> Any:
        """The columns that are counted, of the file of ``part``.

        Raises :class:`sim.experiments.storage.files.DamagedResults` also if it has other runs.
        """
        table = self.read(part.number, COUNTED)
        if not _has_runs_of(part, self.plan.seed, table):
            raise self._files.damaged(_key(part.number), "it holds other runs")
        return table

    def broke_off(self, number: int) -> bool:
        """Whether a run in a part broke off; raises as :meth:`read`."""
        errors = self.read(number, ("error",))["error"].drop_null().unique().to_pylist()
        return any(error.startswith(BROKE_OFF) for error in errors)


def _key(number: int) -> str:
    return f"{number:05}"


def _has_runs_of(part: SweepPart, seed: int, table: Any) -> bool:
    """Whether the rows are the runs of ``part``: all of each point's, or one row with its error."""
    if any(table[name].null_count for name in ("point", "replication", "seed")):
        return False
    point, run = table["point"].to_numpy(), table["replication"].to_numpy()
    is_failed = np.isin(part.points, point[table["error"].is_valid().to_numpy()])
    rows = np.where(is_failed, 1, part.replications)
    count = np.arange(rows.sum()) - np.repeat(np.cumsum(rows) - rows, rows)
    return (
        np.array_equal(point, np.repeat(part.points, rows))
        and np.array_equal(run, part.first + count)
        and bool((table["seed"].to_numpy() == seed).all())
    )


def check_numbers(parts: SweepParts, expected: Sequence[int], done: bool) -> None:
    """Raise ``DamagedResults`` if there is a part that is not ``expected``, or one is missing.

    Parts may be missing unless the sweep is ``done``.
    """
    there, wanted = set(parts.numbers), set(expected)
    if done and (missing := sorted(wanted - there)):
        named = ", ".join(map(str, missing[:3])) + (", …" if len(missing) > 3 else "")
        raise DamagedResults(
            f"the sweep in {parts.folder} was finished, but lacks part {named}; the other "
            f"{plural(len(wanted & there), 'part')} are intact",
            "repeat the command: the missing runs are made again",
        )
    if extra := sorted(there - wanted):
        message = f"{parts.folder} has part {extra[0]}, which is none of the sweep's"
        raise DamagedResults(message, "remove it")


class PointTally:
    """Running totals at each point, added part by part, so that memory stays constant.

    ``endings`` and ``triggers`` count runs, ``int64 (points, words)``; ``failed`` counts the
    failed blocks of runs; ``errors`` has the first error at each failed point.
    """

    def __init__(self, points: int) -> None:
        self.endings = np.zeros((points, len(Outcome)), np.int64)
        self.triggers = np.zeros((points, len(Trigger)), np.int64)
        self.failed = np.zeros(points, np.int64)
        self.errors: dict[int, str] = {}

    @property
    def runs(self) -> Any:
        """The number of runs at each point."""
        return self.endings.sum(axis=1)

    def add(self, table: Any) -> None:
        """Add the columns of a part that are counted."""
        point = table["point"].to_numpy()
        failed = table["error"].is_valid().to_numpy()
        for counts, name in ((self.endings, "outcome"), (self.triggers, "trigger")):
            rank = table[name].combine_chunks().indices.fill_null(0).to_numpy()
            np.add.at(counts, (point[~failed], rank[~failed]), 1)
        np.add.at(self.failed, point[failed], 1)
        for where in np.flatnonzero(failed):
            self.errors.setdefault(int(point[where]), table["error"][int(where)].as_py())

    def counts(self, name: str) -> Any:
        """The number of runs at each point with the outcome ``name``, one of :data:`TALLIED`."""
        if name not in SHARES:
            return self.endings[:, Outcome.of(name)]
        return count_flags(self.triggers)[name]

    def estimates(self, name: str) -> list[Estimate]:
        """The share of runs at each point with the outcome ``name``."""
        return [
            proportion(k, n) for k, n in zip(self.counts(name).tolist(), self.runs, strict=True)
        ]

    def wide(self, name: str, width: float) -> Any:
        """Flags of the points whose interval is not narrower than ``width``, without failed
        points."""
        widths = np.array([estimate.width for estimate in self.estimates(name)])
        return (widths >= width) & (self.failed == 0)


def rounds(plan: Plan, tally: PointTally) -> Iterator[list[SweepPart]]:
    """Rounds of parts that can run at the same time.

    Without a stopping rule there is one round. With one, each pass is a round, and the points that
    continue are chosen from the finished parts alone, so that a resumed sweep chooses the same.
    """
    everywhere = np.ones(len(plan.design), bool)
    if plan.until_ci is None:
        yield list(chain.from_iterable(plan.parts(k, everywhere) for k in range(plan.passes)))
        return
    for k in range(plan.passes):
        wide = tally.wide(plan.watch, plan.until_ci) if k else everywhere
        yield list(plan.parts(k, wide))


def points_table(plan: Plan, tally: PointTally) -> Any:
    """A table with a row a point: factors, runs, every share with its interval, and the error."""
    import pyarrow

    points = range(len(plan.design))
    columns = {
        "point": pyarrow.array(points, pyarrow.int32()),
        **factor_columns(plan.design.factors, plan.design.points),
        "runs": pyarrow.array(tally.runs),
    }
    for name in TALLIED:
        columns |= dict(_share_columns(name, tally.estimates(name)))
    errors = [tally.errors.get(point) for point in points]
    return make_table({**columns, "error": pyarrow.array(errors, pyarrow.string())})


def _share_columns(name: str, estimates: list[Estimate]) -> Iterator[tuple[str, Any]]:
    import pyarrow

    for end, suffix in (("value", ""), ("low", "_low"), ("high", "_high")):
        numbers = [getattr(estimate, end) for estimate in estimates]
        yield name + suffix, pyarrow.array(numbers, pyarrow.float64(), from_pandas=True)


RECORDED = with_outcome(np.zeros(0, RECORD)).dtype

# The beginning of an error that is no property of the point: it may not happen again.
BROKE_OFF = "the run broke off"

# Columns that a failed run has too.
ALWAYS = ("replication", "seed")


def failed_record(first: int, seed: int) -> Any:
    """The single record of a failed block of runs, from number ``first`` on."""
    row = np.zeros(1, RECORDED)
    row["replication"], row["seed"] = first, seed
    return row


def part_table(
    plan: Plan, points: Sequence[int], records: Sequence[Any], errors: Sequence[str | None]
) -> Any:
    """A table with a row a run: a block of ``records`` and an error, if any, for each point.

    Factors are plain data, words as words; null stands for the scenario's own value.
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
        **factor_columns(plan.design.factors, plan.design.points[point]),
        **{
            name: column(name, rows[name], None if name in ALWAYS else failed)
            for name in RECORDED.names or ()
        },
        "error": pyarrow.array(error, pyarrow.string()),
    }
    return make_table(columns)


def factor_columns(factors: Sequence[Factor], points: Any) -> dict[str, Any]:
    """The values of each factor at ``points`` as a column of plain data."""
    return {factor.path: _factor_column(factor, points[:, k]) for k, factor in enumerate(factors)}


def _factor_column(factor: Factor, values: Any) -> Any:
    import pyarrow

    is_own = np.isnan(values)
    if not factor.is_whole:
        return pyarrow.array(values, mask=is_own)
    whole = np.where(is_own, 0, values).astype(np.int64)
    if factor.parameter.words is not None:
        ranks = pyarrow.array(whole.astype(np.int8), mask=is_own)
        return worded(ranks, factor.parameter.words.words())
    return pyarrow.array(whole.astype(bool) if factor.is_worded else whole, mask=is_own)

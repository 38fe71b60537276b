"""Evaluate every point of a design with the same number of replications.

Points use common random numbers, which make differences between points precise, or independent
ones, which average out over many points. Only one number for each run and measure is kept. The runs
may be made by any backend, and be stored in a folder, from which an interrupted study resumes.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.errors import RunFailed, ThinlineError
from sim.experiments.backends import Backend, threads
from sim.experiments.measures import RunMeasure
from sim.experiments.prepared import PreparedScenario
from sim.experiments.simulate import Progress, check_size
from sim.experiments.storage.evaluation_folder import EvaluationFolder, open_evaluation_folder
from sim.experiments.storage.parquet import as_bytes, number_column, table_of
from sim.formatting import plural
from sim.jit import sources_digest
from sim.scenario.scenario import Scenario

# The most runs in a batch. A small design has smaller batches, so that every processor has work.
BATCH = 2048
FEWEST_BATCHES = 8


class Model(Protocol):
    """A function of a point and of the random numbers of a run."""

    def values(
        self, paths: tuple[str, ...], point: Sequence[float], first: int, count: int
    ) -> Mapping[str, Any]:
        """One number a run for each measure, of ``count`` runs from number ``first`` on, with the
        values of ``point`` at ``paths``."""


class ScenarioModel:
    """``scenario`` as a model: the measures of its runs, with the random numbers of ``seed``."""

    def __init__(self, scenario: Scenario, seed: int, measures: Sequence[RunMeasure]) -> None:
        self.scenario = scenario
        self.seed = seed
        self.measures = tuple(measures)
        self._prepared = lru_cache(maxsize=16)(self._prepare)

    def __reduce__(self) -> Any:
        # Another process builds its own arrays: they are larger than the scenario.
        return ScenarioModel, (self.scenario, self.seed, self.measures)

    def _prepare(self, paths: tuple[str, ...]) -> PreparedScenario:
        return PreparedScenario(self.scenario, paths)

    def values(
        self, paths: tuple[str, ...], point: Sequence[float], first: int, count: int
    ) -> dict[str, Any]:
        """The measures of ``count`` runs at ``point``, from number ``first`` on."""
        records = self._prepared(paths).play(point, self.seed, first, count)
        return {measure.name: measure.of(records) for measure in self.measures}

    @property
    def identity(self) -> dict[str, Any]:
        """Everything that the numbers of a point depend on, as plain data."""
        return {
            "scenario": self.scenario.name,
            "digest": self.scenario.digest,
            "seed": self.seed,
            "outcomes": [measure.name for measure in self.measures],
            "rules": sources_digest(),
        }


@dataclass(frozen=True, eq=False)
class Batch:
    """Unit of work and of storage: ``runs`` runs at each point, from its number in ``first`` on.

    ``points`` is ``float64 (points, paths)`` and ``first`` is ``int64 (points,)``.
    """

    paths: tuple[str, ...]
    points: NDArray[np.float64]
    first: NDArray[np.int64]
    runs: int

    @cached_property
    def key(self) -> str:
        """Digest of paths, points and runs."""
        text = json.dumps([self.paths, self.points.tolist(), self.first.tolist(), self.runs])
        return hashlib.sha256(text.encode()).hexdigest()

    def is_complete(self, table: Any) -> bool:
        """Whether ``table`` has the runs of this batch, at its points."""
        if not {"point", *self.paths, "replication", "error"} <= {*table.column_names}:
            return False
        point, failed = table["point"].to_numpy(), table["error"].is_valid().to_numpy()
        rows = np.where(np.isin(np.arange(len(self.points)), point[failed]), 1, self.runs)
        if not np.array_equal(point, np.repeat(np.arange(len(self.points)), rows)):
            return False
        columns = zip(self.paths, self.points.T, strict=True)
        return all(np.array_equal(table[path].to_numpy(), level[point]) for path, level in columns)


@dataclass(frozen=True, slots=True)
class BatchRunner:
    """Runs the batches of a model."""

    model: Model

    def play(self, batch: Batch) -> bytes:
        """The Parquet file of ``batch``: a row a run, and one with its error for a failed point."""
        import pyarrow

        found = [
            self._point(batch.paths, point, first, batch.runs)
            for point, first in zip(batch.points.tolist(), batch.first.tolist(), strict=True)
        ]
        errors = [values if isinstance(values, str) else None for values in found]
        rows = np.where([error is None for error in errors], batch.runs, 1)
        names = next((list(values) for values in found if not isinstance(values, str)), [])
        blank = np.full(1, np.nan, np.float32)
        blocks = {
            name: [blank if isinstance(values, str) else values[name] for values in found]
            for name in names
        }
        point = np.repeat(np.arange(len(found), dtype=np.int32), rows)
        # Counted from 0 at each point, then from its first run.
        run = np.arange(len(point)) - np.repeat(np.cumsum(rows) - rows, rows) + batch.first[point]
        levels = zip(batch.paths, batch.points.T, strict=True)
        columns = {
            "point": number_column(point),
            **{path: number_column(level[point]) for path, level in levels},
            "replication": number_column(run),
            **{name: number_column(np.concatenate(block)) for name, block in blocks.items()},
            "error": pyarrow.array(np.repeat(np.array(errors, object), rows), pyarrow.string()),
        }
        return as_bytes(pyarrow.table(columns))

    def _point(
        self, paths: tuple[str, ...], point: Sequence[float], first: int, count: int
    ) -> Mapping[str, Any] | str:
        """The values of the runs at a point, or the reason why it failed."""
        try:
            values = self.model.values(paths, point, first, count)
            given = {name: np.asarray(each, np.float32) for name, each in values.items()}
        except (ThinlineError, ArithmeticError, ValueError) as error:
            return str(error) or type(error).__name__
        bad = [name for name, each in given.items() if not np.isfinite(each).all()]
        return f"{bad[0]} is not a number" if bad else given


@dataclass(frozen=True, slots=True)
class FailedPoint:
    """A point that failed, counted from 0, and the reason."""

    point: int
    reason: str


@dataclass(frozen=True)
class Ensemble:
    """The values of each measure in every run at every point.

    ``points`` is ``float64 (points, factors)``; ``values`` holds ``float32 (points, runs)`` for
    each measure. Column k has the same random numbers at every point, unless they are independent.
    The rows of ``lost`` points are NaN, so that a mean that includes them is NaN too.
    """

    points: NDArray[np.float64]
    runs: int
    values: Mapping[str, NDArray[np.float32]]
    lost: tuple[FailedPoint, ...] = ()

    def mean(self, outcome: str) -> Any:
        """The mean at each point."""
        return self.values[outcome].mean(axis=1, dtype=np.float64)

    @property
    def kept(self) -> Any:
        """Flags of the points that did not fail: ``bool (points,)``."""
        kept = np.ones(len(self.points), bool)
        kept[[lost.point for lost in self.lost]] = False
        return kept

    @property
    def missing(self) -> str:
        """A sentence on the failed points; empty if there are none."""
        if not self.lost:
            return ""
        first = self.lost[0]
        return (
            f"{len(self.lost):,} of {plural(len(self.points), 'point')} could not be run and "
            f"are left out; the first, number {first.point + 1}: {first.reason}"
        )

    @property
    def required(self) -> Ensemble:
        """The ensemble; raises :class:`sim.errors.RunFailed` if every point failed."""
        if not self.kept.any():
            raise RunFailed(
                f"none of {plural(len(self.points), 'point')} could be run: {self.missing}"
            )
        return self


@dataclass(frozen=True)
class Evaluator:
    """Evaluates the points of a study: a model, what runs it, and where its runs are kept.

    Parameters
    ----------
    model : Model
        The model.
    backend : Backend
        What runs the batches, by default threads of this process.
    store : EvaluationFolder, optional
        The folder in which finished batches are kept and found again.
    """

    model: Model
    backend: Backend = field(default_factory=threads)
    store: EvaluationFolder | None = None

    def evaluate(
        self,
        paths: Sequence[str],
        points: Any,
        runs: int,
        progress: Progress | None = None,
        first: int = 0,
        apart: bool = False,
    ) -> Ensemble:
        """Run each of ``points``, values at ``paths``, ``runs`` times from run ``first`` on.

        Points use common random numbers. With ``apart`` each point has run numbers of its own,
        which follow those of the previous point. ``progress`` gets numbers of runs. Raises
        :class:`sim.errors.UsageError` for numbers out of range.
        """
        points = np.atleast_2d(np.asarray(points, np.float64))
        check_size(len(points), runs)
        batches = list(_split(tuple(paths), points, runs, first, apart))
        values: dict[str, NDArray[np.float32]] = {}
        lost: dict[int, str] = {}
        done = 0
        for (k, start, batch), table in zip(batches, self._tables(batches), strict=True):
            for row, reason in _errors(table).items():
                lost.setdefault(k + row, reason)
            for name, rows, found in _values(table, batch):
                all_values = values.setdefault(
                    name, np.full((len(points), runs), np.nan, np.float32)
                )
                all_values[k + rows, start : start + batch.runs] = found
            done += len(batch.points) * batch.runs
            if progress:
                progress(done, len(points) * runs)
        for each in values.values():
            each[list(lost)] = np.nan
        failed = tuple(FailedPoint(k, lost[k]) for k in sorted(lost))
        return Ensemble(points, runs, values, failed)

    def _tables(self, batches: Sequence[tuple[int, int, Batch]]) -> Iterator[Any]:
        """The table of each batch, in order: from the store, or run and then kept there."""
        every = [batch for _, _, batch in batches]
        store = self.store
        missing = deque(batch for batch in every if store is None or not store.has(batch.key))
        with closing(self.backend(BatchRunner(self.model), iter(tuple(missing)))) as fresh:
            for batch in every:
                if missing and batch is missing[0]:
                    missing.popleft()
                    data = next(fresh)
                    if store is not None:
                        store.keep(batch.key, data)
                    yield table_of(data)
                elif store is not None:
                    yield store.read(batch.key, batch.is_complete)


@contextmanager
def open_evaluator(
    scenario: Scenario,
    seed: int,
    measures: Sequence[RunMeasure],
    jobs: int | None = None,
    backend: Backend | None = None,
    folder: str | Path | None = None,
    force: bool = False,
) -> Iterator[Evaluator]:
    """The evaluator of a scenario, which keeps its runs in ``folder`` if one is given.

    Raises :class:`sim.experiments.storage.files.FolderOccupied` for a folder that holds anything
    but evaluations of the same scenario, seed and outcomes; with ``force`` others are replaced.
    """
    model, chosen = ScenarioModel(scenario, seed, measures), backend or threads(jobs)
    if folder is None:
        yield Evaluator(model, chosen)
        return
    with open_evaluation_folder(Path(folder), model.identity, force) as store:
        yield Evaluator(model, chosen, store)


def _split(
    paths: tuple[str, ...], points: NDArray[np.float64], runs: int, first: int, apart: bool
) -> Iterator[tuple[int, int, Batch]]:
    """Batches, each with the number of its first point and of that point's first run."""
    width = max(1, min(BATCH // runs, -(-len(points) // FEWEST_BATCHES)))
    for k in range(0, len(points), width):
        some = points[k : k + width]
        begins = first + (np.arange(k, k + len(some)) * runs if apart else np.zeros(len(some), int))
        for start in range(0, runs, BATCH):
            count = min(BATCH, runs - start)
            yield k, start, Batch(paths, some, begins + start, count)


def _errors(table: Any) -> dict[int, str]:
    """The error of each failed point of a batch."""
    reasons = table["error"].to_pylist() if table["error"].null_count < table.num_rows else []
    failed = [(row, reason) for row, reason in enumerate(reasons) if reason is not None]
    point = table["point"].to_numpy()
    return {int(point[row]): reason for row, reason in failed}


def _values(table: Any, batch: Batch) -> Iterator[tuple[str, Any, Any]]:
    """Each measure of a batch: name, numbers of the points that were run, and their values."""
    ran = table["error"].is_null().to_numpy()
    rows = table["point"].to_numpy()[ran][:: batch.runs]
    for name in table.column_names:
        if name not in ("point", *batch.paths, "replication", "error"):
            yield name, rows, table[name].to_numpy()[ran].reshape(len(rows), batch.runs)

"""Run a sweep, or continue an interrupted one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import ThinlineError, UsageError
from sim.experiments.backends import Backend, threads
from sim.experiments.prepared import PreparedScenario
from sim.experiments.simulate import Progress
from sim.experiments.storage.files import as_folder
from sim.experiments.storage.parquet import as_bytes
from sim.experiments.sweep.folder import SweepFolder, open_sweep_folder
from sim.experiments.sweep.parse import plan_from, read_sweep
from sim.experiments.sweep.parts import BROKE_OFF, PointTally, failed_record, part_table, rounds
from sim.experiments.sweep.plan import Plan, SweepPart
from sim.experiments.sweep.provenance import Provenance
from sim.experiments.sweep.results import SweepResults
from sim.scenario.overrides import Overrides
from sim.study_result import native


def sweep(
    plan: Plan | Mapping[str, Any] | str | Path,
    folder: str | Path,
    backend: Backend | None = None,
    progress: Progress | None = None,
    force: bool = False,
    overrides: Overrides = (),
) -> SweepResults:
    """Run ``plan`` into ``folder`` and return the results.

    Finished parts of the same plan in the folder are kept, and the results are the same byte by
    byte. A point that fails becomes a row with its error, and the sweep continues. Points at which
    a run broke off are run again when the sweep is repeated.

    Parameters
    ----------
    plan
        A plan, the name of a sweep file, or the contents of one as plain data.
    folder
        The folder of the sweep; it is made if it does not exist.
    backend
        What runs the parts, by default threads of this process.
    progress
        Called with the number of finished runs and the largest possible number.
    force
        Replace another sweep in the folder.
    overrides
        Changes of the scenario at all points, as :func:`sim.load` takes them.

    Raises
    ------
    sim.errors.ScenarioError
        For a wrong plan, with every problem.
    sim.experiments.storage.files.CannotStore
        For a folder that cannot be written or holds something else.
    """
    folder = as_folder(folder)
    if isinstance(plan, Mapping):
        plan = plan_from(native(plan), overrides)
    elif isinstance(plan, str | Path):
        plan = read_sweep(plan, overrides=overrides)
    elif isinstance(plan, Plan) and overrides:
        raise UsageError(
            "a plan has its scenario, which overrides cannot change",
            "give the sweep's file or its contents with overrides",
        )
    elif not isinstance(plan, Plan):
        raise UsageError(f"{plan!r:.60} is not a sweep", "name its file, or give its contents")
    with open_sweep_folder(folder, plan, force) as store:
        tally = _run_parts(store, backend or threads(), progress)
        store.finish(tally)
    made = Provenance.current(plan)
    return SweepResults(folder, plan, tally, done=True, made=made, parts=store.parts)


def _run_parts(store: SweepFolder, backend: Backend, progress: Progress | None) -> PointTally:
    plan, tally, done = store.plan, PointTally(len(store.plan.design)), 0
    for parts in rounds(plan, tally):
        missing = [part for part in parts if not store.parts.has(part.number)]
        with closing(backend(PartRunner(plan), iter(missing))) as fresh:
            for part in parts:
                if not store.parts.has(part.number):
                    store.parts.keep(part.number, next(fresh))
                tally.add(store.parts.read_counted(part))
                done += part.runs
                if progress:
                    progress(done, plan.runs)
    return tally


class PartRunner:
    """Runs the parts of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._prepared = lru_cache(maxsize=256)(self._prepare)

    def __reduce__(self) -> Any:
        # Another process builds its own arrays: they are larger than the plan.
        return PartRunner, (self.plan,)

    def play(self, part: SweepPart) -> bytes:
        """The Parquet file of ``part``; a failed point gives one row with its error."""
        played = [self._point(point, part) for point in part.points]
        records, errors = [rows for rows, _ in played], [error for _, error in played]
        return as_bytes(part_table(self.plan, part.points, records, errors))

    def _point(self, point: int, part: SweepPart) -> tuple[Any, str | None]:
        seed = self.plan.seed
        try:
            return self.records(point, part.first, part.replications), None
        except (MemoryError, OSError):
            raise
        except ThinlineError as error:
            return failed_record(part.first, seed), str(error)
        except Exception as error:
            # A point that breaks the model is a result too: the other points still run.
            return failed_record(part.first, seed), f"{BROKE_OFF}: {error!r}"

    def records(self, point: int, first: int, count: int) -> Any:
        """The records of ``count`` runs at a point, from number ``first`` on.

        Raises :class:`sim.errors.UsageError` for a point that the scenario does not allow.
        """
        values = self.plan.design.points[point]
        moved = tuple(np.flatnonzero(~np.isnan(values)).tolist())
        point_values = tuple(values[list(moved)].tolist())
        return self._prepared(moved).play(point_values, self.plan.seed, first, count)

    def _prepare(self, moved: tuple[int, ...]) -> PreparedScenario:
        paths = self.plan.design.paths
        return PreparedScenario(self.plan.scenario, tuple(paths[k] for k in moved))

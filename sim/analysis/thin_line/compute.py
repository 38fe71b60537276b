"""The thin line of a scenario: war against force size, and where it is least.

A larger force makes a chosen attack less likely (failure falls) and is itself a reason to act
(escalation rises); where their sum is least is the line between deterrence and escalation. Every
size is run on the same luck; what the runs can tell is decided in :mod:`sim.analysis.thin_line.compute`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.analysis.thin_line.result import Difference, Minimum, Point, ThinLine, Valley, Verdict
from sim.errors import UsageError
from sim.experiments.simulate import Progress, check_size, simulate
from sim.experiments.variants import fixed_at
from sim.results import flags
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, n_pairs, paired_difference_of_proportions, proportion

SIZE = "setting.force_size"
SIZES = (0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3)


def thin_line(
    scenario: Scenario,
    sizes: Sequence[float] = SIZES,
    runs: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> ThinLine:
    """The thin line of ``scenario`` over ``sizes`` (times the pledged force).

    Raises :class:`sim.errors.UsageError` for fewer than three different sizes or one out of range.
    """
    sizes = sorted(set(sizes))
    if len(sizes) < 3:
        raise UsageError("a line needs at least three sizes", "give more, or none for the default")
    runs = scenario.runs if runs is None else runs
    seed = scenario.seed if seed is None else seed
    check_size(len(sizes), runs, jobs)
    sized = [fixed_at(scenario, SIZE, size) for size in sizes]
    marks = []
    for k, each in enumerate(sized):
        marks.append(_marks(each, runs, seed, jobs, _part_of(progress, k, len(sizes))))
    return line_of(scenario.name, seed, sizes, marks)


def line_of(
    scenario: str, seed: int, sizes: Sequence[float], marks: Sequence[dict[str, Any]]
) -> ThinLine:
    """The thin line of runs that were played at ascending ``sizes``, whose flags are ``marks``:
    ``failure``, ``escalation`` and ``war``, each an array of one flag a run, in the same order."""
    points = tuple(_shares(size, mark) for size, mark in zip(sizes, marks, strict=True))
    war = np.array([mark["war"] for mark in marks])
    least, found = int(war.sum(axis=1).argmin()), compared(war)
    among = tuple(sizes[k] for k in found.may_be_least)
    return ThinLine(
        scenario=scenario,
        runs=war.shape[1],
        seed=seed,
        points=points,
        minimum=Minimum(sizes[least], among[0], among[-1], points[least].war),
        among=among,
        difference=found.difference,
        window=window(points, least),
        verdict=found.verdict,
    )


def _part_of(progress: Progress | None, nth: int, parts: int) -> Progress | None:
    """The progress of one of equal ``parts``, the ``nth`` from 0, told as that of the whole."""
    if progress is None:
        return None
    return lambda done, total: progress(nth * total + done, parts * total)


def _marks(
    scenario: Scenario, runs: int, seed: int, jobs: int | None, progress: Progress | None
) -> dict[str, Any]:
    """The flags of every run, so that its whole record need not be kept."""
    blocks: list[dict[str, Any]] = []
    simulate(
        scenario,
        runs=runs,
        seed=seed,
        jobs=jobs,
        keep_records=False,
        progress=progress,
        sink=lambda records: blocks.append(flags(records)),
    )
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def _shares(size: float, mark: dict[str, Any]) -> Point:
    shares = {name: proportion(int(flag.sum()), len(flag)) for name, flag in mark.items()}
    return Point(size, **shares)


def valley(
    scenario: Scenario,
    lever: str,
    values: Sequence[float],
    sizes: Sequence[float] = SIZES,
    runs: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Valley:
    """The thin line of ``scenario`` at each of ``values`` of the parameter ``lever``.

    Raises :class:`sim.errors.UsageError` where the lever is the force size itself.
    """
    if lever == SIZE:
        raise UsageError(f"{SIZE} is the line's own axis", "choose another lever")
    levered = [fixed_at(scenario, lever, value) for value in values]
    lines = [
        thin_line(each, sizes, runs, seed, jobs, _part_of(progress, k, len(values)))
        for k, each in enumerate(levered)
    ]
    return Valley(lever, tuple(values), tuple(lines))


# How near the minimum a size must come to count as being in the window: one percentage point.
WINDOW = 0.01


@dataclass(frozen=True, slots=True)
class Compared:
    """War at one size less war at another, ``apart[one][other]``: intervals that hold at once."""

    apart: tuple[tuple[Estimate, ...], ...]
    n_comparisons: int

    @property
    def may_be_least(self) -> tuple[int, ...]:
        """The positions of the sizes to which none has clearly less war, ascending."""
        return tuple(k for k, row in enumerate(self.apart) if all(d.low <= 0 for d in row))

    @property
    def difference(self) -> Difference:
        """The largest clear difference, or the largest if none is clear."""
        pairs = itertools.permutations(range(len(self.apart)), 2)
        less, more = min(pairs, key=self._first_told)
        return Difference(less, more, self.apart[less][more], self.n_comparisons)

    def _first_told(self, pair: tuple[int, int]) -> tuple[bool, float]:
        apart = self.apart[pair[0]][pair[1]]
        return not apart.excludes_zero, apart.value

    @property
    def verdict(self) -> Verdict:
        """What the curve says: see above."""
        among, last = self.may_be_least, len(self.apart) - 1
        ends = (among[0] == 0, among[-1] == last)
        if ends == (False, False):
            return Verdict.INTERIOR
        if not self._is_shelf(among):
            return Verdict.UNDECIDED
        if ends == (True, True):
            return Verdict.NO_DIFFERENCE
        return Verdict.MORE_IS_BETTER if ends[1] else Verdict.MORE_IS_WORSE

    def _is_shelf(self, among: Sequence[int]) -> bool:
        """Whether these are neighbours, and surely within ``WINDOW`` of each other."""
        pairs = (self.apart[one][other] for one in among for other in among)
        level = all(d.low > -WINDOW and d.high < WINDOW for d in pairs)
        return level and among[-1] - among[0] == len(among) - 1


def compared(war: Any) -> Compared:
    """Every size with every other, from a flag for each size and run: ``war[size][run]``."""
    only = np.array([(war & ~other).sum(axis=1) for other in war])
    runs, n_comparisons = war.shape[1], n_pairs(len(war))

    def apart(one: int, other: int) -> Estimate:
        if one == other:
            return Estimate(0.0, 0.0, 0.0)
        return paired_difference_of_proportions(
            int(only[other, one]), int(only[one, other]), runs, n_comparisons
        )

    places = range(len(war))
    return Compared(tuple(tuple(apart(i, j) for j in places) for i in places), n_comparisons)


def window(points: Sequence[Point], least: int) -> tuple[float, float]:
    """The sizes around the least within ``WINDOW`` of it, without a gap."""
    near = [point.war.value <= points[least].war.value + WINDOW for point in points]
    first = last = least
    while first > 0 and near[first - 1]:
        first -= 1
    while last + 1 < len(points) and near[last + 1]:
        last += 1
    return points[first].size, points[last].size

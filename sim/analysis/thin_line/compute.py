"""The thin line of a scenario: war against force size, and the size with least war.

A larger force makes a planned attack less likely (failure falls) and is itself a reason to act
(escalation rises). War is their sum. The size with least war is the line between deterrence and
escalation. All sizes are run on common random numbers and compared pairwise, with 95 % intervals
that are simultaneous for all pairs, because the minimum is chosen among them.

A size may be the minimum if no other has significantly less war. The verdict is

- ``interior`` if neither end may be the minimum;
- ``no_difference`` if every size may be, with all differences within one percentage point;
- ``more_is_better`` or ``more_is_worse`` if the upper or the lower end may be, and the other
  candidates adjoin it with all differences within one percentage point;
- ``undecided`` otherwise.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.paired import run_flags
from sim.analysis.thin_line.result import Minimum, Point, SizeDifference, ThinLine, Valley, Verdict
from sim.errors import UsageError
from sim.experiments.factors import values_of
from sim.experiments.simulate import Progress, check_size, part_of, run_options
from sim.experiments.variants import fixed_at
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, n_pairs, paired_difference_of_proportions, proportion

SIZE = "setting.force_size"
SIZES = (0, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8)

# In fewer runs equal sizes may be chance, above all where no run ends in war.
LEVEL_RUNS = 100

# Shares of war this close count as equal: one percentage point.
WINDOW = 0.01


def thin_line(
    scenario: Scenario,
    sizes: Sequence[float] = SIZES,
    runs: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> ThinLine:
    """Compute failure, escalation and war against force size, and the size with least war.

    Parameters
    ----------
    scenario : Scenario
        The scenario; its own force size is ignored.
    sizes : sequence or array of float
        At least three sizes, as multiples of the pledged force (0 to 10).
    runs, seed : int, optional
        Runs at each size, and the random seed; by default the scenario's.
    jobs : int, optional
        Threads; by default one for each processor. They do not affect results.
    progress : callable, optional
        Called with the number of runs done and the total.

    Returns
    -------
    ThinLine
        Shares at each size, the minimum, the window around it, and the verdict.

    Raises
    ------
    sim.errors.UsageError
        For fewer than three different sizes, or one out of range.
    """
    runs, seed, jobs = run_options(scenario, runs, seed, jobs)
    sizes = sorted(set(values_of(scenario, SIZE, sizes)))
    if len(sizes) < 3:
        raise UsageError("a line needs at least three sizes", "give more, or none for the default")
    check_size(len(sizes), runs)
    sized = [fixed_at(scenario, SIZE, size) for size in sizes]
    flags = [
        run_flags(each, runs, seed, jobs, part_of(progress, k, len(sizes)))
        for k, each in enumerate(sized)
    ]
    return thin_line_of(scenario.name, seed, sizes, flags)


def valley(
    scenario: Scenario,
    lever: str,
    values: Sequence[float | str],
    sizes: Sequence[float] = SIZES,
    runs: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Valley:
    """Compute the thin line at each value of a second factor.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    lever : str
        Path of the second factor, such as ``"setting.clarity"``.
    values : sequence or array of float or str
        Its values: numbers, or words.
    sizes, runs, seed, jobs, progress
        As for :func:`thin_line`.

    Returns
    -------
    Valley
        A thin line for each value, on common random numbers.

    Raises
    ------
    sim.errors.UsageError
        If the factor is the force size itself, or a value is out of range.
    """
    if lever == SIZE:
        raise UsageError(f"{SIZE} is the line's own axis", "choose another factor")
    numbers, sizes = values_of(scenario, lever, values), values_of(scenario, SIZE, sizes)
    levered = [fixed_at(scenario, lever, value) for value in numbers]
    lines = [
        thin_line(each, sizes, runs, seed, jobs, part_of(progress, k, len(numbers)))
        for k, each in enumerate(levered)
    ]
    return Valley(lever, tuple(numbers), tuple(lines))


def thin_line_of(
    scenario: str,
    seed: int,
    sizes: Sequence[float],
    flags: Sequence[Mapping[str, NDArray[np.bool_]]],
) -> ThinLine:
    """The thin line from the ``flags`` of the runs (failure, escalation, war) at ascending
    ``sizes``; run k has the same random numbers at every size."""
    points = tuple(
        Point(size, **{name: proportion(int(each.sum()), len(each)) for name, each in here.items()})
        for size, here in zip(sizes, flags, strict=True)
    )
    war = np.array([here["war"] for here in flags])
    least, found = int(war.sum(axis=1).argmin()), compare_sizes(war)
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
        is_level=war.shape[1] >= LEVEL_RUNS and bool((war == war[0]).all()),
    )


@dataclass(frozen=True, slots=True)
class SizeComparison:
    """Paired differences of war between all sizes, ``between[one][other]``: war at ``one`` minus
    war at ``other``, with intervals that are simultaneous for ``n_comparisons``."""

    between: tuple[tuple[Estimate, ...], ...]
    n_comparisons: int

    @property
    def may_be_least(self) -> tuple[int, ...]:
        """Positions of the sizes that may be the minimum, ascending."""
        return tuple(k for k, row in enumerate(self.between) if all(d.low <= 0 for d in row))

    @property
    def difference(self) -> SizeDifference:
        """The largest significant difference, or the largest if none is significant."""

        def rank(pair: tuple[int, int]) -> tuple[bool, float]:
            estimate = self.between[pair[0]][pair[1]]
            return not estimate.excludes_zero, estimate.value

        less, more = min(itertools.permutations(range(len(self.between)), 2), key=rank)
        return SizeDifference(less, more, self.between[less][more], self.n_comparisons)

    @property
    def verdict(self) -> Verdict:
        """The verdict by the rules above."""
        among, last = self.may_be_least, len(self.between) - 1
        ends = (among[0] == 0, among[-1] == last)
        if ends == (False, False):
            return Verdict.INTERIOR
        if not self._is_shelf(among):
            return Verdict.UNDECIDED
        if ends == (True, True):
            return Verdict.NO_DIFFERENCE
        return Verdict.MORE_IS_BETTER if ends[1] else Verdict.MORE_IS_WORSE

    def _is_shelf(self, among: Sequence[int]) -> bool:
        """Whether these are neighbours, with all differences within ``WINDOW``."""
        pairs = (self.between[one][other] for one in among for other in among)
        level = all(d.low > -WINDOW and d.high < WINDOW for d in pairs)
        return level and among[-1] - among[0] == len(among) - 1


def compare_sizes(war: NDArray[np.bool_]) -> SizeComparison:
    """Compare every size with every other, from a flag for each size and run:
    ``war[size, run]``."""
    only = np.array([(war & ~other).sum(axis=1) for other in war])
    runs, n_comparisons = war.shape[1], n_pairs(len(war))

    def between(one: int, other: int) -> Estimate:
        if one == other:
            return Estimate(0.0, 0.0, 0.0)
        gained, lost = int(only[other, one]), int(only[one, other])
        return paired_difference_of_proportions(gained, lost, runs, n_comparisons)

    sizes = range(len(war))
    return SizeComparison(tuple(tuple(between(i, j) for j in sizes) for i in sizes), n_comparisons)


def window(points: Sequence[Point], least: int) -> tuple[float, float]:
    """First and last size of the unbroken range around the minimum in which war is within
    ``WINDOW`` of it."""
    near = [point.war.value <= points[least].war.value + WINDOW for point in points]
    first = last = least
    while first > 0 and near[first - 1]:
        first -= 1
    while last + 1 < len(points) and near[last + 1]:
        last += 1
    return points[first].size, points[last].size

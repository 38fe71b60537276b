"""The thin line of a scenario: war against force size, and where it is least.

A larger force makes a chosen attack less likely (failure falls) and is itself a reason to act
(escalation rises); where their sum is least is the line between deterrence and escalation. Every
size is run on the same luck.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.experiments.points import check_size
from sim.experiments.run import simulate
from sim.experiments.vary import fixed_at
from sim.luck import resampling
from sim.results import flags
from sim.scenario.model import Scenario
from sim.statistics import Estimate, paired_difference, share

SIZE = "setting.force_size"
SIZES = (0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3)

# How near the minimum a size must come to count as being in the window: one percentage point.
WINDOW = 0.01
RESAMPLES = 500

Progress = Callable[[int, int], None]


class Verdict(StrEnum):
    """What the curve says."""

    INTERIOR = "interior"
    MORE_IS_BETTER = "more_is_better"
    MORE_IS_WORSE = "more_is_worse"
    NO_DIFFERENCE = "no_difference"
    UNDECIDED = "undecided"


SENTENCES = {
    Verdict.INTERIOR: "there is a line: war is least at {size:g} times the pledged force "
    "({low:g} to {high:g}), in {war:.1f} % of model runs; {window}",
    Verdict.MORE_IS_BETTER: "no interior line here: war is least at the upper end of the sizes "
    "tried, where more is better ({war:.1f} % of model runs at {size:g})",
    Verdict.MORE_IS_WORSE: "no interior line here: war is least at the lower end of the sizes "
    "tried, where more is worse ({war:.1f} % of model runs at {size:g})",
    Verdict.UNDECIDED: "too few runs to tell: war is least somewhere from {low:g} to {high:g} "
    "times the pledged force, and {runs:,} runs cannot say whether that is between the ends",
    Verdict.NO_DIFFERENCE: "no line to be seen: the size of the force makes no difference that "
    "{runs:,} runs could show",
}


@dataclass(frozen=True, slots=True)
class Point:
    """Shares of model runs at one size: failure, escalation, and war, which is both."""

    size: float
    failure: Estimate
    escalation: Estimate
    war: Estimate


@dataclass(frozen=True, slots=True)
class Minimum:
    """The size with least war, where luck of the draw could put it (95 %), and the war there."""

    size: float
    low: float
    high: float
    war: Estimate


@dataclass(frozen=True, slots=True)
class ThinLine:
    """A scenario's curve of failure, escalation and war, its minimum and its window.

    ``window`` is the range of sizes around the minimum at which war is within a percentage point.
    """

    scenario: str
    runs: int
    seed: int
    points: tuple[Point, ...]
    minimum: Minimum
    window: tuple[float, float]
    verdict: Verdict

    @property
    def sentence(self) -> str:
        """What the curve says, in words."""
        least = self.minimum
        return SENTENCES[self.verdict].format(
            size=least.size,
            low=least.low,
            high=least.high,
            war=100 * least.war.value,
            window=self._within,
            runs=self.runs,
        )

    @property
    def _within(self) -> str:
        """Which sizes next to the minimum come close to it in these runs."""
        first, last = self.window
        if first == last:
            return "no size beside it comes within a percentage point"
        return f"sizes from {first:g} to {last:g} come within a percentage point"

    def document(self) -> dict[str, Any]:
        """The line as plain data, as ``thinline thin-line --json`` prints it."""
        return {
            "schema_version": 1,
            "scenario": self.scenario,
            "runs": self.runs,
            "seed": self.seed,
            "points": [_point(point) for point in self.points],
            "minimum": {
                "size": self.minimum.size,
                "low": self.minimum.low,
                "high": self.minimum.high,
                "war": self.minimum.war.value,
            },
            "window": list(self.window),
            "verdict": self.verdict.value,
            "sentence": self.sentence,
        }


def _point(point: Point) -> dict[str, Any]:
    shares = {name: getattr(point, name) for name in ("failure", "escalation", "war")}
    return {
        "size": point.size,
        **{name: {"share": e.value, "low": e.low, "high": e.high} for name, e in shares.items()},
    }


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
        told = progress and _beyond(progress, k * runs, len(sizes) * runs)
        marks.append(_marks(each, runs, seed, jobs, told))
    points = tuple(_shares(size, mark) for size, mark in zip(sizes, marks, strict=True))
    war = np.array([mark["war"] for mark in marks])
    least = int(war.sum(axis=1).argmin())
    low, high = _where_least(war, seed)
    return ThinLine(
        scenario=scenario.name,
        runs=runs,
        seed=seed,
        points=points,
        minimum=Minimum(sizes[least], sizes[low], sizes[high], points[least].war),
        window=_window(points, least),
        verdict=_verdict(war),
    )


def _beyond(progress: Progress, before: int, total: int) -> Progress:
    """A part's progress as that of the whole."""
    return lambda done, _: progress(before + done, total)


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
    shares = {name: share(int(flag.sum()), len(flag)) for name, flag in mark.items()}
    return Point(size, **shares)


def _where_least(war: Any, seed: int) -> tuple[int, int]:
    """Where the minimum lies in 95 % of resamples of the runs: positions of two sizes.

    Runs that go the same way at every size are resampled together, so the cost does not grow with
    the runs; sizes that tie for least all count.
    """
    patterns, counts = np.unique(war, axis=1, return_counts=True)
    draws = resampling(seed).multinomial(counts.sum(), counts / counts.sum(), RESAMPLES)
    wars = draws @ patterns.T.astype(np.int64)
    least = wars == wars.min(axis=1, keepdims=True)
    first = least.argmax(axis=1)
    last = least.shape[1] - 1 - least[:, ::-1].argmax(axis=1)
    low = np.quantile(first, 0.025, method="inverted_cdf")
    high = np.quantile(last, 0.975, method="inverted_cdf")
    return int(low), int(high)


def _window(points: Sequence[Point], least: int) -> tuple[float, float]:
    near = [point.war.value <= points[least].war.value + WINDOW for point in points]
    first = last = least
    while first > 0 and near[first - 1]:
        first -= 1
    while last + 1 < len(points) and near[last + 1]:
        last += 1
    return points[first].size, points[last].size


def _verdict(war: Any) -> Verdict:
    """What the curve says, the least found on half of the runs and tested on the other half.

    An interior minimum is one that both ends are clearly worse than, run by run.
    """
    found, tested = war[:, ::2], war[:, 1::2]
    least = int(found.sum(axis=1).argmin())
    smallest, largest = (
        paired_difference(tested[end], tested[least]).low > 0 for end in (0, len(war) - 1)
    )
    if smallest and largest:
        return Verdict.INTERIOR
    if paired_difference(tested[0], tested[-1]).low > 0 and least >= len(war) - 2:
        return Verdict.MORE_IS_BETTER
    if paired_difference(tested[-1], tested[0]).low > 0 and least <= 1:
        return Verdict.MORE_IS_WORSE
    return Verdict.UNDECIDED if smallest or largest else Verdict.NO_DIFFERENCE


@dataclass(frozen=True, slots=True)
class Valley:
    """The thin line at each of several values of a second lever, all on the same luck."""

    lever: str
    values: tuple[float, ...]
    lines: tuple[ThinLine, ...]

    def document(self) -> dict[str, Any]:
        """The valley as plain data."""
        lines = [
            {"value": value, **line.document()}
            for value, line in zip(self.values, self.lines, strict=True)
        ]
        return {"schema_version": 1, "against": self.lever, "lines": lines}


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
    lines = []
    for k, each in enumerate(levered):

        def told(done: int, total: int, before: int = k) -> None:
            if progress:
                progress(before * total + done, len(values) * total)

        lines.append(thin_line(each, sizes, runs, seed, jobs, told))
    return Valley(lever, tuple(values), tuple(lines))

"""One lever at a time: each at its low and its high end, against the scenario as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.errors import RunFailed, UsageError
from sim.experiments.levers import Lever
from sim.experiments.limits import check_size
from sim.experiments.points import Model, Played, played, whole
from sim.experiments.run import Progress
from sim.statistics import Estimate, mean, paired_difference, share

FEWEST_RUNS = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """What moving one lever does, on the same luck: the outcome at its ``low`` and at its ``high``
    end less that of the scenario as it is, and the ``swing`` from low to high. Each interval is of
    as many that hold at once as levers were moved, as the largest is picked out."""

    lever: Lever
    low: Estimate
    high: Estimate
    swing: Estimate

    @property
    def is_clear(self) -> bool:
        """Whether low and high differ by more than luck of the draw could make them."""
        return self.swing.is_clear


@dataclass(frozen=True, slots=True)
class Tornado:
    """The bars, the longest swing first, and the outcome as it is; their intervals are of
    ``at_once`` that hold together.

    ``missing`` says in words which levers are left out because an end could not be played.
    """

    runs: int
    baseline: Estimate
    bars: tuple[Bar, ...]
    at_once: int
    missing: str = ""

    @property
    def played(self) -> int:
        """All runs: at either end of each lever, and of the scenario as it is."""
        return self.runs * (1 + 2 * len(self.bars))

    def document(self) -> dict[str, Any]:
        """The tornado as plain data."""
        return {
            "runs": self.runs,
            "baseline": list(self.baseline),
            "at_once": self.at_once,
            "missing": self.missing,
            "levers": [
                {
                    "path": bar.lever.path,
                    "ends": [bar.lever.low, bar.lever.high],
                    "low": list(bar.low),
                    "high": list(bar.high),
                    "swing": list(bar.swing),
                    "distinguishable": bar.is_clear,
                }
                for bar in self.bars
            ],
        }


def check_tornado(runs: int) -> None:
    """Raise :class:`sim.errors.UsageError` for too few runs an end, or too many to keep."""
    if runs < FEWEST_RUNS:
        raise UsageError(f"tornado: {runs} runs an end", f"at least {FEWEST_RUNS}")
    check_size(2, runs)


def tornado(
    model: Model,
    levers: Sequence[Lever],
    outcome: str,
    runs: int,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Tornado:
    """Play the model as it is, then with each of ``levers`` at either end, ``runs`` times each.

    Raises :class:`sim.errors.RunFailed` where it cannot be played as it is, or no lever moved.
    """
    check_tornado(runs)
    total = (1 + 2 * len(levers)) * runs
    done = 0

    def told(here: int, _: int) -> None:
        if progress:
            progress(done + here, total)

    def ends(paths: tuple[str, ...], points: Any) -> Played:
        nonlocal done
        found = played(model(paths), points, runs, jobs, told)
        done += len(points) * runs
        return found

    as_it_is = whole(ends((), [()])).values[outcome][0]
    bars, missing = [], []
    for lever in levers:
        both = ends((lever.path,), [(lever.low,), (lever.high,)])
        if both.lost:
            missing.append(f"{lever.path} ({both.lost[0].reason})")
        else:
            low, high = both.values[outcome]
            bars.append(_bar(lever, as_it_is, low, high, len(levers)))
    if not bars:
        raise RunFailed(f"no lever could be moved: {missing[0]}")
    bars.sort(key=lambda bar: -abs(bar.swing.value))
    said = f"left out, as an end could not be played: {', '.join(missing)}" if missing else ""
    return Tornado(runs, _mean(as_it_is), tuple(bars), len(levers), said)


def _bar(lever: Lever, as_it_is: Any, low: Any, high: Any, at_once: int) -> Bar:
    return Bar(
        lever,
        paired_difference(low, as_it_is, at_once),
        paired_difference(high, as_it_is, at_once),
        paired_difference(high, low, at_once),
    )


def _mean(values: Any) -> Estimate:
    values = values.astype(float)
    if set(values.tolist()) <= {0.0, 1.0}:
        return share(int(values.sum()), len(values))
    return mean(float(values.sum()), float((values * values).sum()), len(values))

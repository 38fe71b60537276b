"""Numbers of runs that a test writes down instead of simulating them."""

from __future__ import annotations

import numpy as np

from sim.lessons.cell import LessonCell
from sim.lessons.lesson_run import LessonRun
from sim.lessons.observed import Observed


def cells(*texts: str) -> tuple[LessonCell, ...]:
    """Cells as a lesson file writes them."""
    return tuple(LessonCell(*text.split(".")) for text in texts)


class Given(Observed):
    """Cells whose share of war is given, each in ``count`` runs with luck of its own."""

    def __init__(self, shares: dict[str, float], count: int = 1000) -> None:
        names = {text.partition(".")[0] for text in shares}
        runs = {
            name: LessonRun(name, f"the run {name}", "presence", {"setting.x": name}, count, 1)
            for name in names
        }
        super().__init__(runs)
        self.shares = shares

    def _sample(self, cell):
        return self.runs[cell.run].runs, hash(cell)  # independent of every other cell

    def _values(self, cell):
        count = self.runs[cell.run].runs
        return (np.arange(count) < round(self.shares[str(cell)] * count)).astype(np.float64)

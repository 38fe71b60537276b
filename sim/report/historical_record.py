"""Comparison of a scenario's runs with counts of historical crises.

For orientation only: the model is not calibrated to any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.formatting import (
    capitalise,
    format_fixed,
    format_number,
    format_percent,
    format_share_ci,
    plural,
)
from sim.tables import Table
from sim.validation.compare_patterns import (
    INSIDE,
    Figure,
    Guess,
    PatternRow,
    band_range,
    guess,
    pattern_rows,
)
from sim.validation.historical_record import Recorded

if TYPE_CHECKING:
    from sim.results import Results

HERE = "this scenario"
NONE = "has no such figure"


@dataclass(frozen=True)
class RecordComparison:
    """The section: the record and the runs, line by line, and a naive baseline."""

    lines: list[PatternRow]
    guess: Guess

    @property
    def title(self) -> str:
        """The number of the model's figures within the range of the record."""
        compared = [line for line in self.lines if line.model]
        if not compared:
            return "No event of the runs has a counterpart in the record"
        within = sum(line.stands == INSIDE for line in compared)
        verb = "lie" if within > 1 else "lies"
        return f"{within or 'None'} of {plural(len(compared), 'figure')} {verb} within the record"

    @property
    def short(self) -> Table:
        """A row per question."""
        headings = ("question", "the record", HERE, "position")
        return Table(headings, tuple(map(_short, self.lines)))

    @property
    def whole(self) -> Table:
        """All figures with their sources."""
        rows = [row for line in self.lines for row in _rows(line)]
        return Table(("figure", "value", "source"), tuple(rows))

    @property
    def whys(self) -> list[tuple[str, str]]:
        """Each question, and possible reasons for a difference."""
        return [(line.question, line.why) for line in self.lines]

    @property
    def baseline(self) -> str:
        """The naive baseline of the scenario."""
        return (
            "A naive baseline, the mean of the actors' positions (challenger 0, protégé 1, "
            "guarantors by pledged rung), weighted by capability × resolve, is "
            f"{self.guess.naive:.2f}; {format_share_ci(self.guess.model)} of the model runs are "
            "without war. The two are not on one scale; over many scenarios their order can be "
            "compared. On 351 issues before the European Union such a mean was nearer to the "
            "decisions than a famous model of bargaining (Thomson et al. 2006)."
        )


def compare_with_record(results: Results) -> RecordComparison:
    """The section on ``results``."""
    return RecordComparison(pattern_rows(results), guess(results))


def _short(line: PatternRow) -> tuple[str, ...]:
    if not line.model:
        return line.question, _band(line), NONE, line.stands
    first = line.model[0]
    return line.question, _band(line), f"{first.what}: {_share(*first.estimate)}", line.stands


def _band(line: PatternRow) -> str:
    """The range of the figures compared with the model, or else the first figure."""
    if line.band:
        low, high = band_range(line.band)
        sources = ", ".join(dict.fromkeys(one.source for one in line.band))
        return f"{format_fixed(100 * low)}–{format_fixed(100 * high)} % ({sources})"
    return f"{line.record[0].what}: {_amount(line.record[0])}"


def _rows(line: PatternRow) -> list[tuple[str, str, str]]:
    """The figures of the record, then those of the model."""
    recorded = [(capitalise(one.what), _amount(one), one.source) for one in line.record]
    return [*recorded, *(_measured(figure) for figure in line.model)]


def _measured(figure: Figure) -> tuple[str, str, str]:
    return capitalise(figure.what), _share(*figure.estimate), HERE


def _amount(one: Recorded) -> str:
    if one.unit != "share":
        return f"{format_number(one.value)} {one.unit}"
    if one.low is None or one.high is None:
        return format_percent(one.value)
    return _share(one.value, one.low, one.high)


def _share(value: float, low: float, high: float) -> str:
    return format_share_ci((value, low, high))

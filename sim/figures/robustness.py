"""Robustness: outcomes and regrets of postures against each type of challenger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import plotly.graph_objects as go

from sim.enums import Outcome
from sim.figures.chart import Chart
from sim.figures.heatmaps import NUMBERED, TOP, CellLook, draw_cells
from sim.figures.parts import LegendEntry, error_bars, marker_entry, wrapped
from sim.figures.scales import ColourScale
from sim.figures.theme import INK, LEGEND_ABOVE, Note, axis, escape_tags
from sim.formatting import (
    Interval,
    format_ci,
    format_signed,
    join_and,
    largest,
    parameter_name,
    plural,
)
from sim.tables import ResultTable, Table

if TYPE_CHECKING:
    from sim.analysis.robustness.information import InputValue
    from sim.analysis.robustness.robustness import Robustness
    from sim.experiments.measures import Measure

LOOKS = (
    (Outcome.UNTESTED_FORCE.style.colour, "circle"),
    (Outcome.RENEWED_OFFENSIVE.style.colour, "square"),
    (Outcome.LIMITED_WAR.style.colour, "diamond"),
    (Outcome.NEVER_A_FORCE.style.colour, "triangle-up"),
    (INK, "cross"),
    (Outcome.TESTED_FORCE.style.colour, "triangle-down"),
)


class Posture(NamedTuple):
    """A posture's values as text, its outcome and its regret against each type in the unit shown,
    and the criteria by which it is best."""

    values: tuple[str, ...]
    losses: tuple[Interval, ...]
    regrets: tuple[float, ...]
    best_for: tuple[str, ...]

    @property
    def label(self) -> str:
        """Its values, in the order of the levers."""
        return " · ".join(self.values)


@dataclass(frozen=True)
class PosturesChart(Chart):
    """Base of both charts: ``rows`` are drawn, ``every`` posture is in the table."""

    rows: Sequence[Posture]
    every: Sequence[Posture]
    found: Robustness

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        measure, types = self.found.measure, self.found.types
        return Table(
            (
                *("posture", "best for"),
                *(f"{measure.label} against {type_}" for type_ in types),
                *(f"regret against {type_}" for type_ in types),
            ),
            tuple(
                (
                    self._values(row),
                    join_and(row.best_for),
                    *(format_ci(loss, measure.kind) for loss in row.losses),
                    *(format_signed(regret, measure.kind) for regret in row.regrets),
                )
                for row in self.every
            ),
        )

    def _values(self, row: Posture) -> str:
        pairs = zip(self.found.levers, row.values, strict=True)
        return join_and([f"{parameter_name(path)} {value}" for path, value in pairs])

    def _least(self, criterion: str) -> tuple[str, str, str]:
        """The least value of a criterion, the postures that reach it, and those not
        distinguishable from them."""
        measure = self.found.measure
        value = measure.short(self.found.choices[criterion].value.value)
        ties = self.found.describe_indistinguishable(criterion)
        return value, self.found.describe_best(criterion), ties

    def _reached(self, criterion: str) -> str:
        """The postures that reach the least value, and those not distinguishable from them."""
        _, best, ties = self._least(criterion)
        return f"Reached with {best}; {ties}."

    def _rows_text(self, prefix: str) -> str:
        """The levers that name the rows, and which postures are drawn."""
        levers = " · ".join(map(parameter_name, self.found.levers))
        if len(self.rows) >= len(self.every):
            return f"A row per posture: {levers}{prefix}."
        return (
            f"A row per posture: {levers}{prefix}; drawn are the {len(self.rows)} of "
            f"{len(self.every):,} postures with the smallest worst case and those that are best by "
            "a criterion; the table has all."
        )

    def _posture_axis(self, last: float, first: float, **more: Any) -> dict[str, Any]:
        return axis(
            tickvals=list(range(len(self.rows))),
            ticktext=[row.label for row in self.rows],
            range=[len(self.rows) + last, first],
            automargin=True,
            **more,
        )


@dataclass(frozen=True)
class LossChart(PosturesChart):
    """The outcome of each posture against each type, the smallest worst case first."""

    @property
    def title(self) -> str:
        """The smallest worst case; the caption has the postures that reach it."""
        measure, (value, *_) = self.found.measure, self._least("loss")
        return f"The smallest worst case of {measure.label} is {value} {measure.level_unit}"

    @property
    def alt_text(self) -> str:
        """The outcomes of the postures that are best by some criterion."""
        measure = self.found.measure
        value, best, _ = self._least("loss")
        parts = [
            f"best for {join_and(row.best_for)}: {self._values(row)}, with {self._outcomes(row)}"
            for row in self.rows
            if row.best_for
        ]
        return (
            f"{measure.label} in {measure.level_unit}. The worst case is least with {best}: "
            f"{value}. {'; '.join(parts)}."
        )

    def _outcomes(self, row: Posture) -> str:
        pairs = zip(self.found.types, row.losses, strict=True)
        kind = self.found.measure.kind
        return join_and([f"{format_ci(loss, kind)} against {type_}" for type_, loss in pairs])

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        types = self.found.types
        return [marker_entry(name, *LOOKS[k % len(LOOKS)]) for k, name in enumerate(types)]

    def figure(self, note: Note) -> go.Figure:
        """A row per posture, with a dot and its interval per type."""
        measure = self.found.measure
        layout: dict[str, Any] = {
            "xaxis": axis(f"{measure.label}, {measure.level_unit}", rangemode="tozero", nticks=6),
            "yaxis": self._posture_axis(-0.4, -0.6),
            "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
            "height": 220 + 40 * len(self.rows),
            "margin": {"l": 16, "r": 24, "t": 130, "b": 52},
        }
        traces = [self._dots(k, name) for k, name in enumerate(self.found.types)]
        rows = self._rows_text(", the smallest worst case on top")
        reading = f"{self._reached('loss')} {rows}"
        return self._finish(traces, note, reading, **layout)

    def _dots(self, k: int, name: str) -> go.Scatter:
        colour, symbol = LOOKS[k % len(LOOKS)]
        losses = [row.losses[k] for row in self.rows]
        offset = 0.24 * (k - (len(self.found.types) - 1) / 2)
        return go.Scatter(
            x=[value for value, _, _ in losses],
            y=[place + offset for place in range(len(self.rows))],
            name=name,
            mode="markers",
            marker={"color": colour, "symbol": symbol, "size": 9},
            error_x=error_bars(losses, color=colour),
            text=[
                f"{row.label}: {format_ci(loss, self.found.measure.kind)}"
                for row, loss in zip(self.rows, losses, strict=True)
            ],
            hovertemplate="%{text}",
            cliponaxis=False,
        )


@dataclass(frozen=True)
class RegretChart(PosturesChart):
    """The regret of each posture against each type: its loss beyond the best posture for it."""

    @property
    def title(self) -> str:
        """The smallest of the largest regrets; the caption has the postures that reach it."""
        measure, (value, *_) = self.found.measure, self._least("regret")
        return f"The smallest maximum regret in {measure.label} is {value} {measure.unit}"

    @property
    def alt_text(self) -> str:
        """The smallest of the largest regrets, and the range of all."""
        measure = self.found.measure
        value, best, _ = self._least("regret")
        most = max(regret for row in self.rows for regret in row.regrets)
        return (
            f"Regrets in {measure.unit} of {plural(len(self.rows), 'posture')}, from 0 to "
            f"{format_signed(most, measure.kind)}. The largest is least with {best}: {value}."
        )

    def figure(self, note: Note) -> go.Figure:
        """A cell per posture and type."""
        types, kind = list(self.found.types), self.found.measure.kind
        layout: dict[str, Any] = {
            "xaxis": axis(
                range=[-0.5, len(types) - 0.5],
                showgrid=False,
                tickvals=list(range(len(types))),
                ticktext=[escape_tags(name).replace(" ", "<br>") for name in types],
                autotickangles=[0, -45],
            ),
            "yaxis": self._posture_axis(-0.5, -0.5, showgrid=False),
            "height": TOP + 34 * len(self.rows) + 48,
            "margin": {"l": 16, "r": 24, "t": TOP, "b": 48},
            **NUMBERED,
        }
        scale = ColourScale.from_zero([regret for row in self.rows for regret in row.regrets])
        places = [(k, place) for place in range(len(self.rows)) for k in range(len(types))]
        looks = []
        for k, place in places:
            row, number = self.rows[place], format_signed(self.rows[place].regrets[k], kind)
            hover = escape_tags(f"{row.label}, {types[k]}: {number}")
            looks.append(CellLook(scale.colour(row.regrets[k]), number, hover))
        heat = draw_cells([k for k, _ in places], [place for _, place in places], looks)
        reading = (
            f"{self._reached('regret')} Regret: loss beyond that of the best posture for a type. "
            f"{self._rows_text('')}"
        )
        return self._finish([heat], note._replace(has_intervals=False), reading, **layout)


INPUT_ROW = 30
# The letters in a line of an input's label, and the height of a line.
LABEL, LINE = 22, 18


@dataclass(frozen=True)
class InformationChart(Chart):
    """Value of knowing each group of inputs before a posture is chosen, the largest first.

    ``rows`` are drawn, ``every`` group is in the table.
    """

    rows: Sequence[InputValue]
    every: ResultTable[InputValue]
    measure: Measure

    @property
    def title(self) -> str:
        """The input with the largest clear value."""
        top = next((row for row in self.rows if row.excludes_zero), None)
        if top is None:
            return (
                f"None of {plural(len(self.every.items), 'input')} is clearly worth knowing first"
            )
        return (
            f"Knowing {top.label} first has the {largest(top, self.rows)} value: it would reduce "
            f"{self.measure.label} by {self._value(top)} {self.measure.unit}"
        )

    @property
    def alt_text(self) -> str:
        """Every clear value, and the number of others."""
        clear = [row for row in self.every.items if row.excludes_zero]
        values = "; ".join(f"{row.label}: {self._value(row)}" for row in clear)
        return (
            f"Reduction of {self.measure.label} by knowing each of "
            f"{plural(len(self.every.items), 'input')} before a posture is chosen, in "
            f"{self.measure.unit}: {values or 'no clear value'}. Not distinguishable from 0: "
            f"{len(self.every.items) - len(clear)}."
        )

    @property
    def table(self) -> Table:
        """The numbers behind the chart, with the claims behind each input."""
        return self.every.to_text()

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        return [marker_entry("value of knowing the input first", *LOOKS[0])]

    def figure(self, note: Note) -> go.Figure:
        """A row per group of inputs, with a dot and its interval."""
        colour, symbol = LOOKS[0]
        scale = self.measure.scale
        values: list[Interval] = [
            (scale * row.value.value, scale * row.value.low, scale * row.value.high)
            for row in self.rows
        ]
        labels = [wrapped(row.label, LABEL) for row in self.rows]
        lines = 1 + max(label.count("<br>") for label in labels)
        layout: dict[str, Any] = {
            "xaxis": axis(self.measure.unit, zeroline=True, zerolinecolor=INK, nticks=6),
            "yaxis": axis(
                tickvals=list(range(len(self.rows))),
                ticktext=labels,
                range=[len(self.rows) - 0.4, -0.6],
                automargin=True,
            ),
            "legend": LEGEND_ABOVE,
            "height": 210 + max(INPUT_ROW, LINE * lines) * len(self.rows),
            "margin": {"l": 16, "r": 24, "t": 130, "b": 52},
        }
        dots = go.Scatter(
            x=[value for value, _, _ in values],
            y=list(range(len(self.rows))),
            mode="markers",
            marker={"color": colour, "symbol": symbol, "size": 9},
            error_x=error_bars(values, color=colour),
            text=[f"{row.label}: {self._value(row)}" for row in self.rows],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )
        reading = (
            f"Expected reduction of {self.measure.label} if the input were known before a posture "
            "is chosen, with choices compared on runs that took no part in them; the intervals are "
            f"simultaneous for all {len(self.every.items)} inputs. The claims are in the table."
        )
        return self._finish([dots], note, reading, **layout)

    def _value(self, row: InputValue) -> str:
        return self.measure.cell(row.value, signed=False)

"""Tables of results: a column is declared once, for readers, for JSON and for data frames."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sim.statistics import Estimate

Row = TypeVar("Row")


@dataclass(frozen=True)
class Table:
    """Headings and rows of text; the first cell of a row names it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        """Raise ``ValueError`` if a row has not one cell per heading."""
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError(f"every row needs {len(self.headings)} cells: {self.headings}")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its key in plain data, its heading for readers, and the value of a row.

    ``text`` formats the value for readers. A column without ``key`` is for readers alone, one
    without ``heading`` for plain data alone.
    """

    key: str
    heading: str
    value: Callable[[Row], Any]
    text: Callable[[Any], str] = str


@dataclass(frozen=True)
class ResultTable(Generic[Row]):
    """The rows of a result and their columns, for every form in which they are shown."""

    columns: Sequence[Column[Row]]
    items: Sequence[Row]

    def to_text(self) -> Table:
        """The table for readers."""
        shown = [column for column in self.columns if column.heading]
        return Table(
            tuple(column.heading for column in shown),
            tuple(tuple(each.text(each.value(item)) for each in shown) for item in self.items),
        )

    def to_dicts(self, estimate: Callable[[Estimate], Any] = list) -> list[dict[str, Any]]:
        """The rows as plain data for JSON, with what ``estimate`` makes of an estimate."""

        def plain(value: Any) -> Any:
            return estimate(value) if isinstance(value, Estimate) else value

        keyed = [column for column in self.columns if column.key]
        return [{each.key: plain(each.value(item)) for each in keyed} for item in self.items]

    def to_rows(self) -> list[dict[str, Any]]:
        """The rows for a data frame: an estimate has three columns."""
        return [
            {
                key: number
                for name, value in row.items()
                for key, number in (
                    with_interval(name, value) if isinstance(value, Estimate) else {name: value}
                ).items()
            }
            for row in self.to_dicts(estimate=lambda value: value)
        ]


def estimate_to_dict(name: str, estimate: Estimate) -> dict[str, float | None]:
    """An estimate as plain data, its value under ``name``; ``None`` for NaN and infinity."""
    numbers = {name: estimate.value, "low": estimate.low, "high": estimate.high}
    return {key: x if math.isfinite(x) else None for key, x in numbers.items()}


def with_interval(name: str, estimate: Estimate) -> dict[str, float]:
    """An estimate as three columns: ``name``, ``name_low`` and ``name_high``."""
    value, low, high = estimate
    return {name: value, f"{name}_low": low, f"{name}_high": high}

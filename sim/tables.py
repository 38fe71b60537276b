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
    """A column of a result.

    Attributes
    ----------
    key : str or None
        Its name in plain data; ``None`` if it is for readers alone.
    heading : str or None
        Its heading for readers; ``None`` if it is for plain data alone.
    value : callable
        The value of a row.
    format : callable
        The text of a value.
    text : callable or None
        The text of a row, where it depends on more than the value.
    """

    key: str | None
    heading: str | None
    value: Callable[[Row], Any]
    format: Callable[[Any], str] = str
    text: Callable[[Row], str] | None = None

    def cell(self, row: Row) -> str:
        """The text of a row.

        Parameters
        ----------
        row
            A row of the result.

        Returns
        -------
        str
            What ``text`` makes of the row, or without it ``format`` of the value.
        """
        return self.format(self.value(row)) if self.text is None else self.text(row)


@dataclass(frozen=True)
class ResultTable(Generic[Row]):
    """The rows of a result and their columns, for every form in which they are shown.

    Attributes
    ----------
    columns : sequence of Column
        The columns, in the order of every form.
    items : sequence
        The rows.
    """

    columns: Sequence[Column[Row]]
    items: Sequence[Row]

    def heading(self, key: str) -> str:
        """The heading of a column.

        Parameters
        ----------
        key
            The column's key.

        Returns
        -------
        str
            Its heading for readers.

        Raises
        ------
        KeyError
            If no column for readers has this key.
        """
        return {each.key: each.heading for each in self.columns if each.heading is not None}[key]

    def to_text(self) -> Table:
        """The table for readers.

        Returns
        -------
        Table
            The columns that have a heading.
        """
        shown = {each.heading: each for each in self.columns if each.heading is not None}
        return Table(
            tuple(shown),
            tuple(tuple(each.cell(item) for each in shown.values()) for item in self.items),
        )

    def keyed_values(self) -> list[dict[str, Any]]:
        """The rows by key.

        Returns
        -------
        list of dict
            For each row the values of the columns with a key; estimates as they are.
        """
        keyed = {each.key: each for each in self.columns if each.key is not None}
        return [{key: each.value(item) for key, each in keyed.items()} for item in self.items]

    def to_dicts(self, estimate: Callable[[Estimate], Any] = list) -> list[dict[str, Any]]:
        """The rows as plain data for JSON.

        Parameters
        ----------
        estimate
            Makes plain data of an estimate: by default a list of value, low and high end.

        Returns
        -------
        list of dict
            For each row the values of the columns with a key.
        """
        return [
            {k: estimate(x) if isinstance(x, Estimate) else x for k, x in row.items()}
            for row in self.keyed_values()
        ]

    def to_rows(self) -> list[dict[str, Any]]:
        """The rows for a data frame.

        Returns
        -------
        list of dict
            As :meth:`keyed_values`, but an estimate has three columns.
        """
        return [
            {
                name: each
                for key, x in row.items()
                for name, each in (
                    with_interval(key, x) if isinstance(x, Estimate) else {key: x}
                ).items()
            }
            for row in self.keyed_values()
        ]


def estimate_to_dict(name: str, estimate: Estimate) -> dict[str, float | None]:
    """An estimate as plain data.

    Parameters
    ----------
    name
        The key of its value.
    estimate
        The value and its interval.

    Returns
    -------
    dict
        The keys ``name``, ``low`` and ``high``; ``None`` for NaN and infinity.
    """
    numbers = {name: estimate.value, "low": estimate.low, "high": estimate.high}
    return {key: x if math.isfinite(x) else None for key, x in numbers.items()}


def with_interval(name: str, estimate: Estimate) -> dict[str, float]:
    """An estimate as three columns of a data frame.

    Parameters
    ----------
    name
        The column of its value.
    estimate
        The value and its interval.

    Returns
    -------
    dict
        The keys ``name``, ``name_low`` and ``name_high``.
    """
    value, low, high = estimate
    return {name: value, f"{name}_low": low, f"{name}_high": high}

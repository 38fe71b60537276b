"""Views that every result of a study has: a data frame, a figure and a notebook representation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.errors import MissingExtra
from sim.formatting import capitalise, format_value
from sim.tables import ResultTable

if TYPE_CHECKING:
    from pandas import DataFrame
    from plotly.graph_objects import Figure

# Rows of a table that a notebook shows.
SHOWN_ROWS = 12


class StudyResult:
    """Base of the results of studies.

    A subclass provides ``sentence`` (the finding), ``label`` (scenario, runs and seed in a few
    words) and ``rows`` (its main table).
    """

    __slots__ = ()

    @property
    def sentence(self) -> str:
        """The finding in a sentence."""
        raise NotImplementedError

    @property
    def label(self) -> str:
        """Scenario, runs and seed in a few words."""
        raise NotImplementedError

    def rows(self) -> list[dict[str, Any]]:
        """The main table as plain data: a mapping from column to value for each row."""
        raise NotImplementedError

    def to_frame(self) -> DataFrame:
        """The main table as a pandas frame.

        Returns
        -------
        pandas.DataFrame
            The columns of :meth:`rows`. Shares are between 0 and 1; ``…low`` and ``…high`` are the
            ends of 95 % intervals.

        Raises
        ------
        sim.errors.MissingExtra
            If pandas is not installed.
        """
        return pandas().DataFrame(self.rows())

    def plot(self, chart: str | None = None, **unknown: Any) -> Figure:
        """A chart of the result as a plotly figure.

        Parameters
        ----------
        chart
            The name of the chart; an unknown name lists the charts there are.
        **unknown
            Nothing else: any other option is refused.

        Returns
        -------
        plotly.graph_objects.Figure
            The figure of the report page, with title and caption.

        Raises
        ------
        sim.errors.UsageError
            If there is no such chart or option, or nothing to draw in it.
        """
        # Charts are a layer above the results, so their module is loaded by name.
        drawn: Figure = import_module("sim.result_charts").plot(self, chart, unknown)
        return drawn

    def __eq__(self, other: object) -> bool:
        return same(self, other) if type(other) is type(self) else NotImplemented

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.label}>"

    def _repr_html_(self) -> str:
        return f"<p><b>{escape(capitalise(self.sentence))}</b></p>{html_table(self.rows())}"


class TabledResult(StudyResult):
    """Base of the results with a single table: a subclass provides it instead of ``rows``."""

    __slots__ = ()

    @property
    def result_table(self) -> ResultTable[Any]:
        """The table: its columns and what they describe."""
        raise NotImplementedError

    def rows(self) -> list[dict[str, Any]]:
        """The table as plain data: a mapping from column to value for each row."""
        return self.result_table.to_rows()


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal: arrays bit by bit, NaN equal to NaN, at any depth."""
    if one is other:
        return True
    if type(one) is not type(other):
        is_array = getattr(one, "ndim", 0) or getattr(other, "ndim", 0)
        return not is_array and bool(one == other)
    if hasattr(one, "tobytes"):
        described = (one.dtype, one.shape) == (other.dtype, other.shape)
        return described and one.tobytes() == other.tobytes()
    if is_dataclass(one):
        names = [each.name for each in fields(one) if each.compare]
        return all(same(getattr(one, name), getattr(other, name)) for name in names)
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other or (one != one and other != other))


def html_table(rows: list[dict[str, Any]]) -> str:
    """The first rows of a table as HTML, with a note of how many are left out."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    lines = [
        "".join(f"<td>{_cell(row.get(name))}</td>" for name in columns) for row in rows[:SHOWN_ROWS]
    ]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    left_out = len(rows) - SHOWN_ROWS
    note = f"<p>{left_out:,} more rows: see to_frame()</p>" if left_out > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def _cell(value: Any) -> str:
    return "" if value is None else escape(format_value(native(value), rounded=True))


def pandas() -> Any:
    """The module pandas; raises :class:`sim.errors.MissingExtra` if it is not installed."""
    try:
        return import_module("pandas")
    except ImportError:
        raise MissingExtra("pandas", "a data frame") from None


def native(value: Any) -> Any:
    """``value`` with NumPy scalars and arrays, ranges and generators, at any depth, as Python
    numbers and lists."""
    if isinstance(value, Mapping):
        return {native(key): native(each) for key, each in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value)(map(native, value))
    if isinstance(value, range | Iterator):
        return list(map(native, value))
    return value.tolist() if hasattr(value, "tolist") else value

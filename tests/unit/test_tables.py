"""One declaration of a column gives the table for readers, plain data and the rows of a frame."""

from __future__ import annotations

import pytest

from sim.formatting import format_share_ci
from sim.statistics import Estimate
from sim.tables import Column, ResultTable, Table

WAR = Estimate(0.25, 0.2, 0.3)
FOUND: ResultTable[float] = ResultTable(
    (
        Column("size", "times the pledge", lambda size: size, "{:g}".format),
        Column(None, "twice that", lambda size: 2 * size),
        Column("war", "war", lambda _: WAR, format_share_ci),
        Column("half", "half", lambda size: size / 2, text="half of {:g}".format),
        Column("significant", None, lambda size: size > 1),
    ),
    (0.5, 2.0),
)


def test_a_column_without_key_is_for_readers_alone_and_one_without_heading_for_data() -> None:
    shown = FOUND.to_text()
    assert shown.headings == ("times the pledge", "twice that", "war", "half")
    assert shown.rows[1] == ("2", "4.0", "25.0 % (20.0–30.0)", "half of 2")
    assert FOUND.heading("size") == "times the pledge"
    assert FOUND.to_dicts()[0] == {
        "size": 0.5,
        "war": [0.25, 0.2, 0.3],
        "half": 0.25,
        "significant": False,
    }


def test_an_estimate_has_three_columns_in_a_frame() -> None:
    assert FOUND.to_rows()[1] == {
        "size": 2.0,
        "war": 0.25,
        "war_low": 0.2,
        "war_high": 0.3,
        "half": 1.0,
        "significant": True,
    }


def test_a_row_with_another_number_of_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="every row needs 2 cells"):
        Table(("a", "b"), (("1",),))

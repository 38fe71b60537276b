"""The tables that are made from the schema."""

from __future__ import annotations

import pytest

from sim.scenario.constants import CONSTANTS
from sim.scenario.schema import RED_LINE, SETTING, STATE
from tools.docgen.parameters import figure, renewed, said, tables


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0.0, "0"), (1 / 9, "0.111111"), (2025, "2025"), (1e6, "1,000,000"), (2**63 - 1, None)],
)
def test_a_figure_is_as_short_as_it_can_be(number: float, shown: str | None) -> None:
    assert figure(number) == (shown or "9,223,372,036,854,775,807")


def test_what_is_no_number_is_shown_as_it_is_written() -> None:
    assert said(SETTING["ceasefire"], 1.0) == "`true`"
    assert said(STATE["pledge"], 4.0) == "`air_sea`"
    assert said(CONSTANTS["risk_half"], 1e-6) == "0.000001"


def test_a_row_says_all_there_is_to_a_parameter() -> None:
    assert (
        "| `resolve` | share | 0 to 1 | 0.5 | "
        "value of the stake relative to the cost of fighting; mean that is known to all | "
        "assumption |"
    ) in tables()["state"]
    assert "(guarantor only); read once, at the start" in tables()["state"]
    assert "; never drawn" in next(
        row for row in tables()["red_line"].splitlines() if "effect" in row
    )
    assert all(f"| `{name}` | " in tables()["red_line"] for name in RED_LINE)


def test_a_ladder_has_a_default_for_each_step() -> None:
    rows = tables()["challenge"].splitlines()
    assert rows[0].startswith("| name | probe | strike | mobilisation | unit |")
    assert any(row.startswith("| `slip` | 0.02 | 0.25 | 1 | share | 0 to 1 |") for row in rows)


def test_renewing_replaces_what_stands_between_the_markers_and_no_more() -> None:
    once = renewed("above\n<!-- table: setting -->\nstale\n<!-- end of table -->\nbelow\n")
    marked = f"<!-- table: setting -->\n{tables()['setting']}<!-- end of table -->"
    assert once == f"above\n{marked}\nbelow\n"
    assert renewed(once) == once


def test_a_marker_without_a_table_is_refused() -> None:
    with pytest.raises(KeyError):
        renewed("<!-- table: weather -->\n<!-- end of table -->\n")

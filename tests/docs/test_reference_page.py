"""Lists of the Python interface in the pages are complete."""

from __future__ import annotations

import re

import pytest

import sim
from sim.experiments.designs import METHODS
from tests.docs.pages import ROOT


@pytest.mark.parametrize("name", sorted(sim.__all__))
def test_the_reference_has_every_public_name(name: str) -> None:
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert re.search(rf"^\.\. auto(?:function|class):: {name}$", text, re.M)


def test_the_designs_of_a_sweep_are_listed_with_what_is_drawn_of_each() -> None:
    text = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")
    points, drawn = (
        {
            name
            for cell in re.findall(r"^\| ([^|]*) \|", table, re.M)
            for name in re.findall(r"`(\w+)`", cell)
        }
        for table in re.findall(r"(?:^\|.*\n)+", text, re.M)
        if "`one_at_a_time` |" in table
    )
    assert points == set(METHODS)
    assert drawn == set(METHODS)


def test_the_charts_of_a_comparison_are_listed() -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    found = sim.compare([sim.load("reassurance_force"), sim.load("no_force")], runs=20)
    with pytest.raises(sim.errors.UsageError) as refused:
        found.plot(chart="none of them")
    row = next(line for line in text.splitlines() if line.startswith("| `compare` |"))
    charts = re.findall(r"[a-z]+(?:_1)?", row.split("|")[4])
    assert all(chart in str(refused.value.remedy) for chart in charts)
    assert charts == ["differences", "shares", "transitions_1"]

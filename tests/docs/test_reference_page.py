"""Lists of the Python interface in the pages are complete."""

from __future__ import annotations

import re

import pytest

import sim
from tests.docs.pages import ROOT


@pytest.mark.parametrize("name", sorted(sim.__all__))
def test_the_reference_has_every_public_name(name: str) -> None:
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert re.search(rf"^\.\. auto(?:function|class):: {name}$", text, re.M)


def test_the_charts_of_a_comparison_are_listed() -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    found = sim.compare([sim.load("reassurance_force"), sim.load("no_force")], runs=20)
    with pytest.raises(sim.errors.UsageError) as refused:
        found.plot(chart="none of them")
    row = next(line for line in text.splitlines() if line.startswith("| `compare` |"))
    charts = re.findall(r"[a-z]+(?:_1)?", row.split("|")[4])
    assert all(chart in str(refused.value.remedy) for chart in charts)
    assert charts == ["differences", "shares", "transitions_1"]

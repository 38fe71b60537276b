"""What the articles disagree on is kept where the seeds say that it is."""

from __future__ import annotations

from itertools import combinations

import pytest

from sim.evidence import Disagreement, claim, disagreements
from tests.unit.evidence.test_coding import shipped, sourced

ALL = disagreements()
KEPT = [each for each in ALL if each.kept_in]


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.about)
def test_it_has_two_sides_of_known_claims_and_one_fate(each: Disagreement) -> None:
    assert len(each.sides) > 1
    assert all(claim(name) for side in each.sides for name in side)
    assert not any(set(one) & set(other) for one, other in combinations(each.sides, 2))
    assert [bool(each.kept_in), bool(each.apart), bool(each.because)].count(True) == 1


@pytest.mark.parametrize("each", KEPT, ids=lambda each: each.about)
def test_values_that_keep_it_have_a_distribution_and_cite_each_side(each: Disagreement) -> None:
    scenario = shipped(each.scenario)
    values = [value for path, value in sourced(scenario) if path in each.kept_in]
    cited = {source for value in values for source in value.source}
    assert any(not value.distribution.is_fixed for value in values)
    assert all(cited & set(side) for side in each.sides)


@pytest.mark.parametrize("each", [each for each in ALL if each.apart], ids=lambda each: each.about)
def test_sides_kept_apart_have_a_scenario_each(each: Disagreement) -> None:
    assert len(each.apart) == len(each.sides)
    for name, side in zip(each.apart, each.sides, strict=True):
        sources = {source for value in shipped(name).values.values() for source in value.source}
        assert (sources | set(shipped(name).info["sources"])) & set(side), name

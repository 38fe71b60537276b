"""The methods agree on a shipped scenario at a size worth quoting, and the luck share holds up."""

from __future__ import annotations

import pytest

import sim
from sim.analysis.sensitivity.study import sensitivity
from sim.experiments.factors import default_factors

pytestmark = pytest.mark.deep


def test_all_methods_agree_on_what_matters_most_in_the_main_scenario():
    scenario = sim.load("reassurance_force")
    levers = default_factors(scenario)
    found = sensitivity(
        scenario, levers, "all", base_sample=256, trajectories=256, replications=64, runs=10_000
    )
    assert found.tornado is not None
    tops = {found.tornado.bars[0].lever.path, *(each.indices[0].path for each in found.together)}
    assert len(tops) == 1
    clear = [{i.path for i in each.indices[:4] if i.excludes_zero} for each in found.together]
    assert len(clear[0] & clear[1]) >= 3
    morris, sobol = (each.split.share for each in found.together)
    assert abs(sobol.value - morris.value) < 0.05

"""What is given as a distribution is drawn from all of it, however its nodes are looked up."""

from __future__ import annotations

import numpy as np

from sim.engines.mesa_model import ThinLineModel
from sim.model.build import build
from sim.model.rules.private_information import quantile
from sim.rng import DrawPurpose, uniforms
from tests.scenarios import tiny

LAWS = (
    "setting.backstop={beta: [0.3, 5]}",
    "setting.clarity={truncated_normal: [0.6, 0.2]}",
    "setting.consent={triangular: [0, 0.1, 0.9]}",
    "setting.force_size={uniform: [1, 2]}",
)
RUNS = 200


def test_a_draw_is_the_quantile_of_the_whole_law():
    setup = build(tiny(*LAWS))
    shares, values = setup.nodes
    seen: dict[int, set[float]] = {}
    for run in range(RUNS):
        drawn = ThinLineModel(setup, run).parameters.view(np.float64)
        for draw in setup.draws:
            u, _, _, _ = uniforms(setup.seed, DrawPurpose.DRAWN, 0, draw["stream"], run)
            guide = draw["guide"]
            whole = quantile(u, shares, values, guide[0], guide[-1] + 2)
            assert drawn[draw["address"]] == whole
            seen.setdefault(int(draw["address"]), set()).add(whole)
    assert [len(each) for each in seen.values()] == [RUNS] * len(LAWS)

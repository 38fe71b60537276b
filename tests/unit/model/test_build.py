"""Scenario to arrays: every parameter has its own address."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.build import CELLS, address, build
from sim.model.rules.private_information import quantile
from sim.model.state import PARAMETERS
from sim.rng import stream_id
from sim.scenario.load import load
from tests.scenarios import tiny


@pytest.fixture(scope="module")
def scenario():
    return load("backstop_withdrawn")


def test_every_parameter_has_an_address_of_its_own(scenario):
    paths = [p for p in scenario.values if not p.endswith((".role", ".watches", ".effect"))]
    places = {address(path, scenario) for path in paths}
    assert len(places) == len(paths)
    assert max(places) < PARAMETERS.itemsize // 8


def test_a_number_stands_at_its_address(scenario):
    setup = build(scenario)
    flat = setup.base.view(np.float64)
    for path in ("setting.quorum", "states.poland.capability", "ladders.challenge.strike.cost"):
        assert flat[address(path, scenario)] == pytest.approx(scenario[path].mean)
    poland = scenario.states.index("poland")
    assert setup.base[0]["stream"][poland] == stream_id("poland")


def test_an_unknown_path_has_none(scenario):
    with pytest.raises(KeyError, match="setting"):
        address("setting", scenario)


def test_what_is_drawn_is_what_has_a_law(scenario):
    setup = build(scenario)
    drawn = {path for path, value in scenario.values.items() if not value.distribution.is_fixed}
    assert set(setup.draws["address"]) == {address(path, scenario) for path in drawn}
    for draw in setup.draws:
        shares = setup.nodes[0, draw["guide"][0] : draw["guide"][-1] + 2]
        assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_the_guide_leads_to_where_a_search_through_all_nodes_would(scenario):
    setup = build(scenario)
    shares, values = setup.nodes
    for draw in setup.draws:
        guide = draw["guide"]
        first, last = guide[0], guide[-1] + 2
        for u in (*np.linspace(0, 1, 4 * CELLS, endpoint=False), 1 - 1e-16):
            cell = int(u * CELLS)
            near = quantile(u, shares, values, guide[cell], guide[cell + 1] + 2)
            assert near == quantile(u, shares, values, first, last)


def test_an_event_sets_what_it_says(scenario):
    row = build(scenario).base[0]
    [event] = scenario.events
    assert row["event_month"][0] == event.month
    paths = [path for path, _ in event.set]
    assert list(row["set_address"][: len(paths)]) == [address(path, scenario) for path in paths]
    assert row["set_value"][paths.index("setting.backstop")] == 0.0


def test_an_event_may_draw_what_it_sets():
    text = "{triangular: [0.1, 0.2, 0.9]}"
    fixed = build(tiny())
    assert len(fixed.draws) == 0
    drawn = build(tiny(f"setting.backstop={text}"))
    shares, values = drawn.nodes
    reached = [quantile(u, shares, values, 0, len(shares)) for u in (0.0, 0.5, 0.999999)]
    assert reached == sorted(reached)
    assert reached[0] == pytest.approx(0.1, abs=1e-6)
    assert reached[-1] == pytest.approx(0.9, abs=1e-2)


def test_the_same_scenario_has_the_same_digest(scenario):
    again = load("backstop_withdrawn")
    assert build(scenario).digest == build(again).digest
    moved = load("backstop_withdrawn", ["setting.clarity=0.31"])
    assert build(scenario).digest != build(moved).digest

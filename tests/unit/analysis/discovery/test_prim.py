"""PRIM finds what was planted, and what a published peer finds, box by box."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest

from sim.analysis.discovery.prim import (
    Box,
    between,
    fit,
    limits,
    pasted,
    peeled,
    pruned,
    quasi_p,
)
from tests.scenarios import DATA

UNIT = Box((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))


@pytest.fixture(scope="module")
def peer():
    table = np.loadtxt(DATA / "prim" / "points.csv", delimiter=",", skiprows=1)
    boxes = json.loads((DATA / "prim" / "boxes.json").read_text())["boxes"]
    return table[:, :-1], table[:, -1], boxes


@pytest.fixture(scope="module")
def planted():
    """Shares that are high where the first is above 0.7 and the second below 0.4."""
    rng = np.random.default_rng(8)
    x = rng.random((2000, 3))
    inside = (x[:, 0] > 0.7) & (x[:, 1] < 0.4)
    return x, np.where(inside, 0.6, 0.1) + 0.05 * rng.standard_normal(2000)


def refined(x, y, step=-1):
    way = peeled(x, y, UNIT, least=100)
    return pruned(pasted(way[step], x, y, UNIT)[-1], UNIT, x, y)


def around(x) -> Box:
    """The smallest box that holds all points."""
    return Box(tuple(x.min(axis=0).tolist()), tuple(x.max(axis=0).tolist()))


class TestThePeer:
    def test_every_box_on_the_way_is_the_same(self, peer):
        x, y, boxes = peer
        everything = around(x)
        turn = max(range(len(boxes)), key=lambda k: -boxes[k]["mass"])  # then it pastes
        way = peeled(x, y, everything, least=len(y) // 20)[: turn + 1]
        ours = way + pasted(way[-1], x, y, everything)[1:]
        assert len(ours) == len(boxes) > turn + 1 > 30
        for box, theirs in zip(ours, boxes, strict=True):
            assert box.low == pytest.approx(theirs["low"])
            assert box.high == pytest.approx(theirs["high"])

    def test_so_is_how_they_fit(self, peer):
        x, y, boxes = peer
        for theirs in boxes:
            ours = fit(Box(tuple(theirs["low"]), tuple(theirs["high"])), x, y)
            told = (theirs["coverage"], theirs["density"], theirs["mass"])
            assert ours[:3] == pytest.approx(told)

    def test_so_are_the_quasi_p_values(self, peer):
        x, y, boxes = peer
        checked = 0
        for theirs in boxes:
            box = Box(tuple(theirs["low"]), tuple(theirs["high"]))
            for limit in limits(box, around(x), x, y):
                known = theirs["quasi_p"]["abcd"[limit.lever]][limit.end]
                assert limit.quasi_p == pytest.approx(known, rel=1e-9)
                checked += 1
        assert checked > 50


class TestThePlantedBox:
    def test_it_is_found_and_nothing_else_is_limited(self, planted):
        x, y = planted
        box = refined(x, y)
        assert {(limit.lever, limit.end) for limit in limits(box, UNIT, x, y)} == {(0, 0), (1, 1)}
        assert box.low[0] == pytest.approx(0.7, abs=0.03)
        assert box.high[1] == pytest.approx(0.4, abs=0.03)

    def test_of_flags_too(self, planted):
        x, y = planted
        flags = (np.random.default_rng(1).random(len(y)) < y).astype(float)
        box = refined(x, flags)
        assert (box.low[2], box.high[2]) == (0, 1)
        assert box.low[0] == pytest.approx(0.7, abs=0.1)
        assert box.high[1] == pytest.approx(0.4, abs=0.1)

    def test_each_step_is_a_slice_smaller(self, planted):
        x, y = planted
        way = [fit(box, x, y) for box in peeled(x, y, UNIT, least=100)]
        assert way[0].mass == way[0].coverage == 1
        for before, after in pairwise(way):
            assert 0.94 < after.points / before.points < 1
            assert after.coverage < before.coverage
        assert way[20].density > way[10].density > way[0].density
        assert 100 <= way[-1].points < 110

    def test_it_goes_on_past_a_slice_that_gains_nothing(self):
        x = np.linspace(0, 1, 400)[:, None]
        y = 0.5 * (x[:, 0] < 0.05) + 0.4 * (x[:, 0] > 0.8)
        line = Box((0.0,), (1.0,))
        way = [fit(box, x, y) for box in peeled(x, y, line, least=20)]
        assert way[1].density < way[0].density
        assert way[-1].density == pytest.approx(0.5)

    def test_pasting_puts_back_what_was_cut_too_far(self, planted):
        x, y = planted
        tight = Box((0.8, 0.0, 0.0), (1.0, 0.35, 1.0))
        wider = pasted(tight, x, y, UNIT)[-1]
        assert fit(wider, x, y).mass >= fit(tight, x, y).mass
        assert fit(wider, x, y).density >= fit(tight, x, y).density
        assert 0.7 < wider.low[0] < 0.8

    def test_pasting_stops_where_the_mean_stays_the_same(self, planted):
        x, _ = planted
        tight = Box((0.8, 0.0, 0.0), (1.0, 0.35, 1.0))
        assert pasted(tight, x, np.full(len(x), 0.5), UNIT) == [tight]

    def test_where_nothing_is_denser_no_limit_is_left(self, planted):
        x, _ = planted
        noise = np.random.default_rng(2).random(len(x)) < 0.3
        assert quasi_p(Box((0.5, 0.0, 0.0), UNIT.high), UNIT, 0, 0, x, noise.astype(float)) > 0.05
        assert pruned(Box((0.5, 0.2, 0.0), UNIT.high), UNIT, x, noise.astype(float)) == UNIT


def test_the_fit_of_a_box_with_one_point_and_without_the_outcome():
    box, x = Box((0.0,), (0.5,)), np.array([[0.1], [0.9]])
    assert fit(box, x, np.array([1.0, 0.0])) == (1.0, 1.0, 0.5, 1)
    assert fit(box, x, np.zeros(2)) == (0.0, 0.0, 0.5, 1)


def test_an_outcome_that_never_varies_leaves_no_limit():
    x, y = np.random.default_rng(1).random((200, 3)), np.full(200, 0.5)
    assert pruned(peeled(x, y, UNIT, least=10)[-1], UNIT, x, y) == UNIT


@pytest.mark.parametrize(
    ("values", "share", "limit"),
    [
        ([1, 2, 3, 4, 5], 0.25, 2.5),
        ([1, 2, 3, 4], 0.05, 1.5),
        ([0, 0, 0, 1, 1, 1], 0.05, 0.5),
        ([0, 0, 0, 1, 1, 1], 0.95, 0.5),
        ([0, 0, 0, 1], 0.05, 0.5),
        ([0, 1, 1, 1], 0.95, 0.5),
        ([2, 2, 2], 0.05, 2),
    ],
)
def test_a_limit_lies_between_values_that_differ(values, share, limit):
    assert between(np.array(values, float), share) == limit


def test_the_approximation_for_shares_is_near_the_binomial_test():
    rng = np.random.default_rng(4)
    x = rng.random((3000, 3))
    flags = (rng.random(3000) < 0.3 + 0.05 * (x[:, 0] > 0.5)).astype(float)
    box = Box((0.5, 0.0, 0.0), UNIT.high)
    exact = quasi_p(box, UNIT, 0, 0, x, flags)
    near = quasi_p(box, UNIT, 0, 0, x, flags + 1e-9 * x[:, 1])
    assert near == pytest.approx(exact, rel=0.25)

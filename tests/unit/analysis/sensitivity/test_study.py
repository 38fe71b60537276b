"""A shipped scenario studied by every method: they agree, and say no more than they know."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

import sim
from sim.analysis.sensitivity import sobol
from sim.analysis.sensitivity.global_indices import GlobalSensitivity
from sim.analysis.sensitivity.morris import ElementaryEffect
from sim.analysis.sensitivity.one_at_a_time import Swing, Tornado
from sim.analysis.sensitivity.sentences import describe_findings
from sim.analysis.sensitivity.sobol import NONE, Index
from sim.analysis.sensitivity.study import sensitivity
from sim.analysis.sensitivity.variance import VarianceShares
from sim.errors import UsageError
from sim.experiments.factors import make_factor
from sim.experiments.measures import Measure
from sim.experiments.parse_factors import parse_factors
from sim.formatting import INDISTINGUISHABLE
from sim.statistics import Estimate

OVER = ["states.russia.ambition=0.1:0.9", "setting.clarity=0.4:0.6", "setting.fatigue=0.01:0.03"]
HOW: dict[str, Any] = {
    "runs": 400,
    "base_sample": 16,
    "trajectories": 16,
    "replications": 16,
    "jobs": 1,
}


@pytest.fixture(scope="module")
def scenario():
    return sim.load("reassurance_force", ["setting.force_size=0.3"])


@pytest.fixture(scope="module")
def found(scenario):
    return sensitivity(scenario, parse_factors(scenario, OVER), "all", **HOW)


def test_every_method_puts_the_same_lever_first(found):
    top = "states.russia.ambition"
    assert found.tornado.bars[0].lever.path == top
    assert [each.indices[0].path for each in found.together] == [top, top]


def test_most_of_what_differs_between_single_runs_is_luck(found):
    for each in found.together:
        assert 0.2 < each.split.share.value < 1
        assert each.split.share.high > 0.5
        assert each.split.levers > 0


def test_the_sentence_names_the_lever_and_the_luck_with_intervals(found):
    assert found.sentence.count("states.russia.ambition") >= 2
    assert " of the variance of single runs is stochastic" in found.sentence
    assert found.missing == ()


def test_the_document_is_plain_and_whole(found):
    document = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert document["schema_version"] == 1
    assert [lever["path"] for lever in document["levers"]] == [o.split("=")[0] for o in OVER]
    assert {"path", "first", "total", "noise", "significant"} == set(
        document["sobol"]["indices"][0]
    )
    assert {"path", "mu_star", "sigma", "mu", "floor", "significant"} == set(
        document["morris"]["indices"][0]
    )
    assert [stage["blocks"] for stage in document["sobol"]["convergence"]] == [4, 8, 16]
    assert document["sobol"]["runs"] == 16 * 5 * 16
    assert len(document["tornado"]["levers"]) == 3


def test_a_lever_that_does_nothing_is_said_to(scenario):
    nothing = parse_factors(scenario, ["ladders.participation.none.exposure=0:0.01"])
    found = sensitivity(scenario, nothing, runs=50)
    told = "the lever has no detectable effect on war with 50 runs at each end"
    assert told in found.sentence


def test_one_method_alone_gives_that_one_alone(scenario):
    found = sensitivity(
        scenario, parse_factors(scenario, OVER), "morris", outcome="mobilisations", **HOW
    )
    assert (found.tornado, found.sobol) == (None, None)
    assert found.sentence.startswith(
        "states.russia.ambition has the largest mean absolute effect on mobilisations: "
    )
    assert " a run (" in found.sentence


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"method": "fast"}, "no method"),
        ({"outcome": "peace"}, "no outcome"),
        ({"seed": -1}, "seed"),
    ],
)
def test_what_is_unknown_is_refused(scenario, how, said):
    with pytest.raises(UsageError, match=said):
        sensitivity(scenario, parse_factors(scenario, OVER), **how)


class TestHeadline:
    """Made-up findings: the sentence takes account of every method that was played."""

    LUCK = VarianceShares(0.01, 0.09, Estimate(0.9, 0.8, 1.0), 0.1)

    def effects(self, *sizes):
        rows = [
            ElementaryEffect(p, Estimate(s, s - 0.04, s + 0.04), NONE, s, 0.01) for p, s in sizes
        ]
        return GlobalSensitivity("morris", 16, 8, 64, tuple(rows), (), self.LUCK)

    def indices(self, *totals):
        rows = [Index(p, NONE, Estimate(t, t - 0.3, t + 0.3), 0.05) for p, t in totals]
        return GlobalSensitivity("sobol", 16, 8, 80, tuple(rows), (), self.LUCK)

    def said(self, morris=None, sobol=None, bars=None):
        return "; ".join(describe_findings(Measure("war"), bars, morris, sobol))

    def test_what_one_method_finds_is_not_denied_for_another(self):
        said = self.said(self.effects(("a", 0.3), ("b", 0.02)), self.indices(("a", 0.3)))
        assert said.startswith(
            "a has the largest mean absolute effect on war: 30.0 percentage points (26.0"
        )
        assert "(Sobol: no detectable effect)" in said
        assert "significant" not in said

    def test_both_agree_or_each_is_named(self):
        indices = self.indices(("a", 0.8), ("b", 0.2))
        agreeing = self.said(self.effects(("a", 0.3)), indices)
        assert agreeing.startswith(
            "a has the largest total-order index of war: 0.80 (0.50 to 1.10), first order "
        )
        assert "(the largest significant effect by Morris: this lever)" in agreeing
        other = self.said(self.effects(("b", 0.3)), indices)
        assert "(the largest significant effect by Morris: b)" in other

    def test_where_none_finds_anything_each_is_named_with_what_it_rests_on(self):
        said = self.said(self.effects(("a", 0.02)), self.indices(("a", 0.3)))
        assert said.startswith(
            "no detectable effect on war (Sobol with 80 points and Morris with 64 points); "
        )

    def test_a_clear_lever_below_one_that_is_not_is_found_all_the_same(self):
        unruly = ElementaryEffect("a", Estimate(0.4, -0.2, 1.0), NONE, 0.4, 0.01)
        clear = self.effects(("b", 0.3)).indices
        found = GlobalSensitivity("morris", 16, 8, 64, (unruly, *clear), (), self.LUCK)
        said = self.said(found)
        assert "b has the largest significant mean absolute effect on war" in said
        assert "(statistically tied: a)" in said

    def test_the_same_of_the_total_order(self):
        unruly = Index("a", NONE, Estimate(0.9, -0.1, 1.9), 0.05)
        clear = self.indices(("b", 0.8))
        found = replace(clear, indices=(unruly, *clear.indices))
        assert self.said(sobol=found).startswith(
            "b has the largest significant total-order index of war: 0.80 (0.50 to 1.10)"
        )

    def test_the_same_of_one_at_a_time(self):
        unruly, clear = Estimate(0.4, -0.2, 1.0), Estimate(-0.2, -0.3, -0.1)
        levers_ = [
            make_factor(path, bounds=(0.0, 1.0)) for path in ("setting.clarity", "setting.backstop")
        ]
        bars = [Swing(e, s, s, s) for e, s in zip(levers_, (unruly, clear), strict=True)]
        said = self.said(bars=Tornado(100, NONE, tuple(bars), 2))
        assert (
            "setting.backstop has the largest significant effect on war: −20.0 percentage" in said
        )
        assert "(statistically tied: setting.clarity)" in said

    def test_what_a_lever_does_alone_is_not_known_before_what_it_does_at_all(self):
        alone, unclear, clear = (Estimate(x, x - 0.1, x + 0.1) for x in (0.3, 0.1, 0.4))
        indices = [Index("setting.clarity", alone, each, 0.2) for each in (unclear, clear)]
        row, sure = sobol.table(Measure("war"), indices).to_text().rows
        assert row[1:3] == (INDISTINGUISHABLE, INDISTINGUISHABLE)
        assert sure[1:3] == ("0.30 (0.20 to 0.40)", "0.40 (0.30 to 0.50)")

"""A shipped scenario studied by every method: they agree, and say no more than they know."""

from __future__ import annotations

import json
from typing import Any

import pytest

import sim
from sim.errors import UsageError
from sim.experiments.levers import levers
from sim.experiments.sensitivity.study import sensitivity

OVER = ["states.russia.ambition=0.1:0.9", "setting.clarity=0.4:0.6", "setting.fatigue=0.01:0.03"]
HOW: dict[str, Any] = {"runs": 400, "n": 16, "replications": 16, "jobs": 1}


@pytest.fixture(scope="module")
def scenario():
    return sim.load("reassurance_force", ["setting.force_size=0.3"])


@pytest.fixture(scope="module")
def found(scenario):
    return sensitivity(scenario, levers(scenario, OVER), "all", **HOW)


def test_every_method_puts_the_same_lever_first(found):
    top = "states.russia.ambition"
    assert found.tornado.bars[0].lever.path == top
    assert [each.indices[0].path for each in found.together] == [top, top]


def test_most_of_what_differs_between_single_runs_is_luck(found):
    for each in found.together:
        assert 0.5 < each.split.share.value < 1
        assert each.split.levers > 0


def test_the_sentence_names_the_lever_and_the_luck_with_intervals(found):
    assert found.sentence.count("states.russia.ambition") >= 2
    assert " is luck" in found.sentence
    assert found.missing == ()


def test_the_document_is_plain_and_whole(found):
    document = json.loads(json.dumps(found.document(), allow_nan=False))
    assert document["schema_version"] == 1
    assert [lever["path"] for lever in document["levers"]] == [o.split("=")[0] for o in OVER]
    assert {"path", "first", "total", "noise", "distinguishable"} == set(
        document["sobol"]["indices"][0]
    )
    assert {"path", "mu_star", "sigma", "mu", "floor", "distinguishable"} == set(
        document["morris"]["indices"][0]
    )
    assert [stage["blocks"] for stage in document["sobol"]["convergence"]] == [4, 8, 16]
    assert document["sobol"]["runs"] == 16 * 5 * 16
    assert len(document["tornado"]["levers"]) == 3


def test_a_lever_that_does_nothing_is_said_to(scenario):
    nothing = levers(scenario, ["ladders.participation.none.exposure=0:0.01"])
    found = sensitivity(scenario, nothing, runs=50)
    assert "none of 1 lever moves war" in found.sentence


def test_one_method_alone_gives_that_one_alone(scenario):
    found = sensitivity(scenario, levers(scenario, OVER), "morris", outcome="strikes", **HOW)
    assert (found.tornado, found.sobol) == (None, None)
    assert found.sentence.startswith("strikes answers most to states.russia.ambition: on average ")
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
        sensitivity(scenario, levers(scenario, OVER), **how)

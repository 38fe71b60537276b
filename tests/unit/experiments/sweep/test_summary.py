"""What is said of a sweep is what its intervals allow."""

from __future__ import annotations

import json
from typing import Any

import pytest

import sim
from sim.experiments.backends import threads
from sim.experiments.sweep.summary import failures, outcome_label, point_label, sentence, summary
from sim.formatting import format_share_ci
from tests.sweeps import THRESHOLD, failing, plan

AMBITION = "states.russia.ambition"


@pytest.fixture
def made(tmp_path):
    return lambda asked: sim.sweep(asked, tmp_path, threads(1))


def test_the_ends_are_named_where_they_are_apart(made):
    found = made(plan(over={AMBITION: [0, 0.45, 0.9]}))
    low, _, high = found.tally.estimates("war")
    assert sentence(found).startswith(
        f"Over 3 points, war ranges from {format_share_ci(low)} of model runs at {AMBITION} = 0 to "
        f"{format_share_ci(high)} at {AMBITION} = 0.9: their paired difference is "
    )


def test_an_end_at_several_points_is_not_named_as_one(made):
    found = made(plan(over={AMBITION: [0, 0.9], "setting.clarity": [0.5, 0.5000001]}))
    shares = [share.value for share in found.tally.estimates("war")]
    assert shares[0] == shares[1] < shares[2] == shares[3]
    said = sentence(found)
    assert "setting.clarity = 0.5 and equally at 1 other point to " in said
    assert "setting.clarity = 0.5 and equally at 1 other point: their paired difference" in said


def test_points_that_differ_in_no_run_are_not_ranked(made):
    found = made(plan(over={"setting.clarity": [0.5, 0.51]}, replications=5))
    assert "war is equally frequent: " in sentence(found)


@pytest.mark.parametrize(
    ("watch", "words"), [("failure", "failed deterrence"), ("limited_war", "limited war")]
)
def test_what_is_watched_goes_by_its_name(made, watch, words):
    found = made(plan(replications=2, watch=watch))
    assert outcome_label(found) == words
    assert words in sentence(found)


def test_a_point_is_told_as_it_is_written(made):
    over: dict[str, list[Any]] = {"states.poland.pledge": ["ground"], "setting.ceasefire": [False]}
    told = point_label(made(plan(over=over, replications=2)), 0)
    assert told == "states.poland.pledge = ground, setting.ceasefire = false"


def test_failures_are_counted_with_the_first_reason(made):
    found = made(failing())
    assert failures(found).startswith(f"2 of 4 points failed, first {THRESHOLD} = 2.5: ")
    assert "would not be below the reach" in failures(found)
    assert failures(sim.load_sweep(found.folder)) == failures(found)


def test_a_sweep_of_nothing_but_failures(made):
    found = made(plan(over={THRESHOLD: [3, 4]}, replications=2))
    assert sentence(found) == "six: no point could be run"
    assert {"least", "most"}.isdisjoint(summary(found))
    assert summary(found)["points_failed"] == 2


def test_the_document_is_json_and_has_both_ends(made):
    document = summary(made(plan(over={AMBITION: [0, 0.9]})))
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document["schema_version"] == 1
    assert document["least"]["values"] == {AMBITION: 0}
    assert document["most"]["values"] == {AMBITION: 0.9}
    assert document["most"]["low"] < document["most"]["share"] < document["most"]["high"]

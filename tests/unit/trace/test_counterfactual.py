"""Counterfactuals: where a run and its twin under a changed scenario diverge."""

from __future__ import annotations

import pytest

from sim.scenario.load import load
from sim.trace.counterfactual import TwinRuns
from sim.trace.replay import replay


def twins(change: str, run: int = 1, name: str = "backstop_withdrawn") -> TwinRuns:
    return TwinRuns(replay(load(name), run, 5), replay(load(name, [change]), run, 5))


def test_with_nothing_changed_they_never_part():
    alike = twins("seed=9")
    assert alike.parting is None
    assert alike.chapters() == []
    assert "makes no difference" in alike.in_words()
    assert alike.to_dict()["months"] == []


@pytest.mark.parametrize("change", ["setting.clarity=0.9", "setting.regeneration=0.4"])
def test_they_part_in_the_first_month_in_which_something_else_is_done(change):
    pair = twins(change)
    parting = pair.parting
    assert parting is not None
    for here, there in zip(pair.here.months[:parting], pair.there.months[:parting], strict=True):
        assert here.deeds == there.deeds
    assert pair.here.months[parting].deeds != pair.there.months[parting].deeds
    assert f"month {parting}" in pair.in_words()
    assert all(chapter.month >= parting for chapter in pair.chapters())
    assert pair.to_dict()["months"][0]["number"] == parting


def test_a_change_at_the_start_parts_them_there():
    pair = twins("states.france.start=political")
    assert pair.parting == 0
    assert pair.in_words() == "The two runs diverge at the start."


def test_a_shorter_horizon_parts_them_at_its_end():
    pair = twins("months=20", run=0, name="reassurance_force")
    assert pair.parting == 21
    assert len(pair.here.months) > 21

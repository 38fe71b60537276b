"""The backer's decisions in a trace: facts, sentences, and where two runs diverge."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sim.enums import Decision
from sim.model.build import build
from sim.scenario.load import load
from sim.trace.divergence import describe_divergence
from sim.trace.formatting import format_level
from sim.trace.narrative import describe_month
from sim.trace.replay import replay
from sim.trace.stepper import board

WITHDRAWN = "events=[{month: 24, set: {setting.backstop: 0.1}}]"
REVIEWS = "constants.review=0.9"


def test_reviews_lead_from_the_level_at_the_start_to_that_of_the_record():
    for number in range(4):
        run = replay(load("europe_first", [REVIEWS]), number)
        level = 0.0
        for backing in (month.backing for month in run.months if month.backing):
            assert backing.state == "united_states"
            assert backing.before == level
            assert backing.chosen.chance > 0.0
            assert sum(option.chance for option in backing.options) == pytest.approx(1.0)
            level = backing.level
        assert run.record["backstop"][0] == level


def test_the_chances_are_those_of_the_decision():
    played = board(build(load("europe_first", [REVIEWS])), 1, 1)
    for _ in range(6):
        played.begin_month()
        if played.backs():
            found = [level.chance for level in played.backing_levels()]
            backer = int(played.world["backer"])
            assert found == played.chances(Decision.BACKSTOP, backer)[: len(found)]
            return
    pytest.fail("no review in half a year")


def test_only_a_change_of_level_is_told():
    run = replay(load("europe_first", [REVIEWS]), 1)
    kinds = set()
    for month in run.months:
        if backing := month.backing:
            told = [text for text in describe_month(month, run.scenario) if "backstop from" in text]
            assert bool(told) == (backing.level != backing.before)
            kinds.add(bool(told))
            if told:
                way = "raises" if backing.level > backing.before else "lowers"
                assert told[0].startswith(f"The United States {way} the backstop from")
                assert f"bring a fighting power of {format_level(backing.effort)}, and" in told[0]
    assert kinds == {True, False}


def test_an_event_tells_the_level_that_it_changes():
    run = replay(load("europe_first", [REVIEWS, WITHDRAWN]), 2)
    decided = [month.backing.level for month in run.months[:24] if month.backing]
    (happening,) = run.months[24].happenings
    (change,) = happening.changes
    assert (change.before, change.after) == (decided[-1], 0.1)


def test_two_runs_diverge_in_the_level():
    scenario = load("europe_first", [REVIEWS])
    here = replay(scenario, 1)
    there = replay(load("europe_first", [REVIEWS, "constants.entrapment=20"]), 1)
    pairs = list(zip(here.months, there.months, strict=False))
    before, (one, other) = next(
        (before, (a, b)) for before, (a, b) in pairwise(pairs) if a.deeds != b.deeds
    )
    told = describe_divergence(one, other, (scenario, scenario), ("here", "there"), before)
    assert told.startswith("The United States decides on a backstop that is")

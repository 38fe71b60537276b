"""Counterfactuals: the same run under two scenarios, where it diverges, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.enums import Challenge, Effect, Participation, War, Watch
from sim.errors import UsageError
from sim.scenario.load import load
from sim.trace.counterfactual import TwinRuns
from sim.trace.divergence import SAME_NUMBER, describe_divergence
from sim.trace.events import (
    Cause,
    Crisis,
    Crossing,
    Move,
    Option,
    Press,
    Retaliation,
    Stand,
    Success,
    Threat,
    TracedMonth,
)
from sim.trace.narrative_crisis import describe_hold
from sim.trace.replay import replay
from tests.scenarios import tiny


def twins(*changes: str, run: int = 1, name: str = "backstop_withdrawn") -> TwinRuns:
    return TwinRuns(replay(load(name), run, 5), replay(load(name, changes), run, 5))


def test_with_nothing_changed_they_never_part():
    alike = twins("seed=9")
    assert alike.parting is None
    assert alike.differing_months == []
    assert alike.chapters() == []
    assert "the same actions in both runs" in alike.in_words()
    assert alike.why() == ""
    assert alike.to_dict()["months"] == []
    assert alike.outcome_in_words().startswith("Both runs end in the same way: ")


@pytest.mark.parametrize("change", ["setting.clarity=0.9", "setting.regeneration=0.4"])
def test_they_part_in_the_first_month_in_which_something_else_is_done(change):
    pair = twins(change)
    parting = pair.parting
    assert parting is not None
    for here, there in zip(pair.here.months[:parting], pair.there.months[:parting], strict=True):
        assert here.deeds == there.deeds
    assert pair.here.months[parting].deeds != pair.there.months[parting].deeds
    assert f"month {parting}" in pair.in_words()
    assert pair.why()
    assert all(chapter.month >= parting for chapter in pair.chapters())
    assert pair.to_dict()["months"][0]["number"] == parting
    assert pair.differing_months[0] == parting


def test_a_change_at_the_start_parts_them_there():
    pair = twins("states.france.start=political")
    assert pair.parting == 0
    assert pair.in_words() == "The two runs diverge at the start."
    assert pair.why().startswith("France starts at ground in the unchanged run and at political in")


def test_they_part_over_the_terms_of_a_truce():
    pair = twins("constants.attrition=0", run=0, name="troops_after_truce")
    assert pair.why().startswith("Russia accepts a truce in the unchanged run (")
    assert "refuses a truce in the changed run (" in pair.why()
    assert pair.why().endswith(SAME_NUMBER)
    without = twins("setting.talks=0", run=4, name="troops_after_truce")
    assert without.why() == "A truce is weighed in the unchanged run only."


def test_they_part_where_a_truce_breaks():
    restless = "constants.challenger_review=1"
    fragile = "constants.truce_fragility=5"
    pair = twins(restless, fragile, run=2, name="reassurance_force")
    calm = twins(restless, run=2, name="reassurance_force")
    broken = replace(pair, here=calm.there)
    assert broken.why() == "The truce breaks in the changed run only."


def test_a_shorter_horizon_parts_them_at_its_end():
    pair = twins("months=20", run=0, name="reassurance_force")
    assert pair.parting == 21
    assert len(pair.here.months) > 21
    assert pair.why() == "The horizon is shorter in the changed run."


@pytest.mark.parametrize("change", ["events=[]", "events.washington_leaves=null"])
def test_without_its_event_a_run_parts_in_the_month_of_the_event(change):
    pair = twins(change, run=0)
    assert len(pair.here.months) > 24
    assert pair.parting == 24
    assert pair.why() == "The event washington_leaves happens only in the unchanged run."


def test_an_event_moved_later_parts_them_in_its_first_month():
    pair = twins("events.1.month=60", run=0)
    assert pair.parting == 24
    assert "events.washington_leaves.month" in {each["path"] for each in pair.to_dict()["changes"]}


def test_another_scenario_of_the_same_roster():
    here, there = (replay(load(name), 1, 5) for name in ("backstop_firm", "no_force"))
    pair = TwinRuns(here, there)
    assert pair.names == ("backstop_firm", "no_force")
    assert pair.where == ("in backstop_firm", "in no_force")
    rows = {row["fact"]: (row["backstop_firm"], row["no_force"]) for row in pair.endings()}
    assert rows["ending"] == (here.outcome.label, there.outcome.label)
    assert rows["last month"] == (str(here.last.number), str(there.last.number))
    assert here.outcome is not there.outcome
    assert pair.outcome_in_words() == (
        f"The ending of backstop_firm is “{here.outcome.label}” in month {here.last.number}, that "
        f"of no_force is “{there.outcome.label}” in month {there.last.number}."
    )


def test_another_roster_is_refused_by_name():
    with pytest.raises(UsageError, match=r"different states.*only in one of them: ") as refused:
        TwinRuns(replay(load("no_force"), 1, 5), replay(tiny(), 1, 5))
    assert "trace each alone" in refused.value.remedy


def test_another_role_is_refused():
    changed = load("no_force", ["states.china.role=guarantor"])
    with pytest.raises(UsageError, match="give different roles to China"):
        TwinRuns(replay(load("no_force"), 1, 5), replay(changed, 1, 5))


SCENARIO = tiny()
WHERE = ("in one", "in two")
QUIET = replace(replay(SCENARIO, 3).months[1], moves=(), crossings=(), options=(), crisis=None)
PROBE = Option(Challenge.PROBE, 0.1, 0.5, 0.5, 0.34)
CRISIS = Crisis(
    Challenge.PROBE, True, True, (Stand("poland", 0.3, 0.62, True),), 1.0, 0.3, True, None, 0.0
)

ANSWER = Retaliation(0.02, 0.5, 0.7, retaliates=True, blamed=False)
THREAT = Threat(0.02, 0.3, 0.5, 0.6, spoken=True)
CROSSED = (
    Crossing("poland", "own", Watch.DIRECT_COMBAT, Effect.RESTRAINS, meant=True),
    Crossing("russia", "troops", Watch.GROUND_FOOTPRINT, Effect.PROVOKES, meant=True),
)


def difference(here: TracedMonth, there: TracedMonth) -> str:
    return describe_divergence(here, there, (SCENARIO, SCENARIO), WHERE, (QUIET, QUIET))


def pressed(whether: bool, slip: float = 0.1, general: float = 0.2, chance: float = 0.52) -> Crisis:
    return replace(CRISIS, press=Press(0.1, 0.0, chance, whether, slip, general))


def month(crisis: Crisis | None, war: War = War.NONE) -> TracedMonth:
    return replace(QUIET, options=(PROBE,), crisis=crisis, war=war)


def test_a_move_is_told_with_its_cause():
    up = Move("poland", Participation.LOGISTICS, Participation.MONITORING, Cause.CHOICE)
    down = replace(up, after=Participation.POLITICAL, cause=Cause.CONDITION, unmet=("backstop",))
    said = difference(replace(QUIET, moves=(up,)), replace(QUIET, moves=(down,)))
    assert said == (
        "Poland moves up to monitoring by choice in one and moves down to political because it "
        "requires a stronger backstop in two."
    )


def test_a_challenge_is_told_with_its_chances():
    assert difference(month(CRISIS), month(None)) == (
        "Russia chooses a probe (a 34 % chance of it) in one and holds still (a 66 % chance of it) "
        f"in two. {SAME_NUMBER}"
    )


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        (
            month(CRISIS),
            month(replace(CRISIS, attributed=False, answered=False)),
            "The probe is attributed only in one.",
        ),
        (
            month(CRISIS),
            month(replace(CRISIS, stands=(Stand("poland", 0.3, 0.4, False),), answered=False)),
            "Poland defies (a 62 % chance of defying) in one and gives way (a 40 % chance of "
            f"defying) in two. {SAME_NUMBER}",
        ),
        (
            month(replace(CRISIS, answered=False)),
            month(CRISIS),
            "The same states defy, and only in two do they suffice for an answer.",
        ),
        (
            month(pressed(True)),
            month(pressed(False, chance=0.48)),
            "Russia presses on in one (a 52 % chance of pressing on) and backs down in two (a 48 % "
            f"chance of pressing on). {SAME_NUMBER}",
        ),
        (
            month(pressed(True)),
            month(pressed(False)),
            "Russia presses on in one (a 52 % chance of pressing on) and backs down in two (a 52 % "
            "chance of pressing on).",
        ),
        (
            replace(QUIET, retaliation=ANSWER),
            replace(QUIET, retaliation=replace(ANSWER, chance=0.4, retaliates=False)),
            "Ukraine retaliates (a 70 % chance of it) in one and complains (a 60 % chance of it) "
            f"in two. {SAME_NUMBER}",
        ),
        (
            replace(QUIET, retaliation=ANSWER),
            QUIET,
            "Ukraine retaliates (a 70 % chance of it) in one and has no violation to answer in "
            "two.",
        ),
        (
            replace(QUIET, retaliation=ANSWER),
            replace(QUIET, retaliation=replace(ANSWER, blamed=True)),
            "Ukraine is blamed for its retaliation only in two.",
        ),
        (
            replace(QUIET, threat=THREAT),
            replace(QUIET, threat=replace(THREAT, chance=0.4, spoken=False)),
            "Russia threatens the force in one (a 60 % chance of threatening) and does not "
            f"threaten the force in two (a 40 % chance of threatening). {SAME_NUMBER}",
        ),
        (
            QUIET,
            replace(QUIET, threat=THREAT),
            "Russia does not threaten the force in one and threatens the force in two (a 60 % "
            "chance of threatening).",
        ),
        (
            replace(QUIET, crossings=CROSSED),
            QUIET,
            "The red lines of Poland and Russia are crossed only in one.",
        ),
        (
            replace(QUIET, crossings=(CROSSED[0], replace(CROSSED[0], line="other"))),
            QUIET,
            "The red lines of Poland are crossed only in one.",
        ),
        (
            replace(QUIET, crossings=CROSSED),
            replace(QUIET, crossings=CROSSED[1:]),
            "The red line of Poland is crossed only in one.",
        ),
        (
            month(pressed(True, 0.2), War.LIMITED),
            month(pressed(True)),
            "The crisis becomes a limited war in one (a 20 % chance of war) and passes without war "
            f"in two (a 10 % chance of war). {SAME_NUMBER}",
        ),
        (
            month(pressed(True, 0.2, general=0.0), War.LIMITED),
            month(pressed(True, 0.2, general=0.3), War.GENERAL),
            "The crisis becomes a limited war in one (a 0 % chance of becoming general) and "
            f"becomes a general war in two (a 30 % chance of becoming general). {SAME_NUMBER}",
        ),
        (
            month(replace(pressed(True), answered=False), War.UNOPPOSED),
            month(replace(CRISIS, answered=False)),
            "The crisis becomes an offensive that the coalition does not fight in one and passes "
            "without war in two.",
        ),
        (
            month(replace(CRISIS, ordered=False)),
            month(None),
            "An accidental clash occurs in one.",
        ),
    ],
)
def test_the_first_step_that_differs_is_told(here, there, said):
    assert difference(here, there) == said


def test_no_chance_is_below_nothing():
    nearly_three_thirds = (replace(PROBE, chance=1.0 + 1e-15),)
    still = replace(QUIET, options=nearly_three_thirds)
    assert "holds still (a 0 % chance of it) in two" in difference(month(CRISIS), still)
    assert "had a 0 % chance of choosing" in describe_hold("Russia", nearly_three_thirds)


def succeeding(whether: bool, chance: float) -> TracedMonth:
    return month(replace(CRISIS, success=Success(whether, chance, (0.0, 0.0), (0.0, 0.0))))


def test_a_probe_that_succeeds_in_one_run_only_is_a_difference():
    here, there = succeeding(True, 0.6), succeeding(False, 0.5)
    assert here.course != there.course
    assert difference(here, there) == (
        "The probe succeeds in one (a 60 % chance of success) and fails in two (a 50 % chance of "
        f"success). {SAME_NUMBER}"
    )


def test_answers_that_nobody_gave_are_no_difference():
    unseen = replace(CRISIS, attributed=False, answered=False)
    here = month(unseen)
    there = month(replace(unseen, stands=(Stand("poland", 0.3, 0.4, False),)))
    assert here.deeds == there.deeds
    later = replace(there, war=War.LIMITED)
    assert difference(here, later).startswith("The crisis passes without war in one and becomes")


@pytest.mark.parametrize(
    ("change", "run", "said"),
    [
        ("constants.deployment_time=4", 0, " does not move in the changed run."),
        ("constants.general_war=1", 3, f"a 100 % chance of becoming general). {SAME_NUMBER}"),
    ],
)
def test_chances_are_said_to_differ_only_where_they_do(change, run, said):
    base = load("reassurance_force")
    pair = TwinRuns(replay(base, run), replay(load("reassurance_force", [change]), run))
    assert pair.why().endswith(said)


def test_what_the_divergence_leads_to_is_told():
    pair = twins("events=[]", run=0)
    month = next(
        here.number
        for here, there in zip(pair.here.months, pair.there.months, strict=False)
        if here.course != there.course
    )
    powers = [f"{run.months[month].power:.2f}" for run in (pair.here, pair.there)]
    assert pair.later().startswith(f"The first crisis that differs is in month {month}: Russia ")
    assert pair.later().endswith(
        f"The power of the force is then {powers[0]} in the unchanged run and {powers[1]} in the "
        "changed run."
    )
    assert SAME_NUMBER not in pair.later()
    assert pair.to_dict()["later"] == pair.later()


def test_crises_that_take_the_same_course_are_told_as_such():
    pair = twins("states.france.start=political")
    same = replace(pair.here.months[0], rungs=pair.there.months[0].rungs)
    alike = TwinRuns(pair.here, replace(pair.here, months=(same, *pair.here.months[1:])))
    assert alike.later() == "The crises take the same course in both runs."
    assert twins("seed=9").later() == ""


@pytest.mark.parametrize("run", range(6))
def test_every_divergence_is_explained(run):
    pair = twins("setting.clarity=0.95", run=run)
    assert bool(pair.why()) is (pair.parting is not None)

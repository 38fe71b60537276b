"""Why a run took its course: the paragraph, and the chances in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.enums import Challenge, Outcome, Participation, War
from sim.formatting import format_chance
from sim.trace.events import (
    Cause,
    Crisis,
    Move,
    Option,
    Press,
    Stand,
    Success,
    TracedMonth,
    TracedRun,
)
from sim.trace.formatting import chance_phrase
from sim.trace.narrative import story
from sim.trace.replay import replay
from sim.trace.why_this_run import crisis_risks, describe_course
from tests.scenarios import COVERING_FIRST, tiny
from tests.unit.trace.runs import told

RUN = replay(tiny(), 3)
QUIET = replace(RUN.last, moves=(), crossings=(), options=(), crisis=None, war=War.NONE)
STAND = Stand("poland", 0.3, 0.62, True)


def crisis(
    action: Challenge = Challenge.PROBE,
    answered: bool = True,
    pressed: bool | None = None,
    slip: float = 0.1,
) -> Crisis:
    press = None if pressed is None else Press(0.1, 0.0, 0.5, pressed, slip, 0.2)
    return Crisis(action, True, True, (STAND,), 1.0, 0.3, answered, press, 0.0)


def mobilisation(
    stands: tuple[Stand, ...] = (STAND,), defying: float = 0.0, attributed: bool = True
) -> Crisis:
    """A mobilisation that is not answered."""
    unanswered = crisis(Challenge.MOBILISATION, answered=False)
    return replace(unanswered, stands=stands, defying=defying, attributed=attributed)


def course(*months: tuple[int, Crisis | None, War]) -> str:
    return describe_course(run_of(*months))


def run_of(*months: tuple[int, Crisis | None, War]) -> TracedRun:
    traced: list[TracedMonth] = [
        replace(QUIET, number=number, crisis=found, war=war) for number, found, war in months
    ]
    return replace(RUN, months=tuple(traced))


def test_a_war_that_slipped_after_one_that_did_not():
    said = course(
        (4, crisis(answered=False), War.NONE),
        (8, crisis(pressed=True, slip=0.06), War.NONE),
        (12, crisis(pressed=False, slip=0.2), War.NONE),
        (33, crisis(Challenge.STRIKE, pressed=True, slip=0.31), War.LIMITED),
    )
    assert said == (
        "There were 4 crises: probes in months 4, 8 and 12 and a strike in month 33. The coalition "
        "did not answer the crisis of month 4. Russia backed down in month 12 (a 50 % chance of "
        "pressing on, and then a 20 % chance of war). Russia pressed on in month 8 (a 6.0 % chance "
        "of war) and month 33 (a 31 % chance of war). The earlier one passed without "
        "war (a 94.0 % chance). The crisis of month 33 slipped into war, which stayed limited (it "
        "had a 20 % chance of becoming general)."
    )


def test_crises_are_told_in_the_order_of_time():
    probe, strike = crisis(answered=False), crisis(Challenge.STRIKE, answered=False)
    said = course(
        (4, probe, War.NONE), (9, strike, War.NONE), (12, probe, War.NONE), (13, probe, War.NONE)
    )
    assert said.startswith(
        "There were 4 crises: a probe in month 4, a strike in month 9 and probes in months 12 and "
        "13."
    )
    many = course(*((n, strike if n % 2 else probe, War.NONE) for n in range(1, 10)))
    assert many.startswith("There were 9 crises from month 1 to month 9: 5 strikes and 4 probes.")


@pytest.mark.parametrize(
    ("months", "end"),
    [
        (
            [(3, crisis(pressed=True), War.NONE), (5, crisis(pressed=True), War.NONE)],
            "There was a 19 % chance that any of these slipped into war; none did.",
        ),
        ([(3, crisis(pressed=False), War.NONE)], "because Russia pressed no crisis."),
        (
            [(3, crisis(Challenge.MOBILISATION, pressed=False, slip=1.0), War.NONE)],
            "(a 50 % chance of pressing on, which would mean war).",
        ),
        (
            [(3, crisis(answered=False), War.NONE)],
            "A probe or strike that is not answered cannot become a war with the coalition.",
        ),
        (
            [(3, mobilisation(stands=()), War.UNOPPOSED)],
            "No guarantor had fighting forces there, and Russia carried the offensive out.",
        ),
        (
            [(3, mobilisation(defying=0.2), War.UNOPPOSED)],
            "Only 20 % of the force’s power of 0.30 defied, and more than 30 % was needed, and "
            "Russia carried the offensive out.",
        ),
        (
            [(3, mobilisation(defying=0.0), War.UNOPPOSED)],
            "None of the force defied, whose power was 0.30, and Russia carried the offensive out.",
        ),
        (
            [(3, mobilisation(attributed=False), War.UNOPPOSED)],
            "The offensive was not attributed, and Russia carried the offensive out.",
        ),
        (
            [(3, crisis(Challenge.MOBILISATION, pressed=True, slip=1.0), War.GENERAL)],
            "Russia pressed on in month 3. Pressing on with the mobilisation against an answer was "
            "certain to mean war; it became general (it had a 20 % chance of becoming general).",
        ),
        (
            [(3, crisis(Challenge.STRIKE, pressed=True, slip=1.0), War.LIMITED)],
            "Pressing on with the strike against an answer was certain to mean war; it stayed "
            "limited (it had a 20 % chance of becoming general).",
        ),
    ],
)
def test_what_decided_the_end(months, end):
    assert end in course(*months)


def test_a_run_without_a_crisis_has_the_utilities_of_what_was_not_chosen():
    worths = (0.1, 0.02)
    probes = [Option(Challenge.PROBE, worth, 0.5, 0.5, 0.4) for worth in worths]
    reviews = [replace(QUIET, number=3 * n, options=(probe,)) for n, probe in enumerate(probes, 1)]
    assert describe_course(replace(RUN, months=tuple(reviews))).startswith(
        "There was no crisis. Russia reviewed its options 2 times and never chose a probe (a "
        "36 % chance of this course): it valued a probe at no more than +0.10 (chance of an answer "
        "50 %), and holding still at 0."
    )
    assert course((1, None, War.NONE)).startswith(
        "There was no crisis. Russia never reviewed its options."
    )


def test_what_was_chosen_once_is_not_called_never_chosen():
    both = (
        Option(Challenge.PROBE, 0.1, 0.5, 0.5, 0.4),
        Option(Challenge.STRIKE, -0.1, 0.7, 0.5, 0.25),
    )
    months = (
        replace(QUIET, number=3, options=both, crisis=crisis(answered=False)),
        replace(QUIET, number=5, options=both),
    )
    said = describe_course(replace(RUN, months=months))
    assert "never chose a strike (a 56 % chance of this course): it valued a strike" in said


def test_a_mobilisation_that_nobody_answered_and_that_was_called_off():
    press = Press(-0.1, -0.06, 0.12, False, 1.0, 0.2)
    said = course((7, replace(mobilisation(), press=press), War.NONE))
    assert (
        "Russia itself called off the mobilisation of month 7 (a 12 % chance of carrying it out)."
        in said
    )
    assert "not answered cannot become a war" not in said
    carried_out = replace(press, pressed=True, chance=0.9)
    ended = course((7, replace(mobilisation(), press=carried_out), War.UNOPPOSED))
    assert ended.endswith(
        "None of the force defied, whose power was 0.30, and Russia carried the offensive out (it "
        "had a 90 % chance of doing so)."
    )


def test_successes_and_what_they_brought():
    success = Success(True, 0.9, (0.0, 0.03), (0.0, 0.0))
    won = replace(crisis(answered=False), success=success)
    lost = replace(won, success=replace(success, succeeded=False))
    said = course((3, won, War.NONE), (4, lost, War.NONE))
    assert "Russia succeeded with 1 probe, which brought it 3.0 % of its aims." in said
    assert "succeeded" not in course((4, lost, War.NONE))


class TestForce:
    """What became of the force in a run without war."""

    def test_one_that_stands(self):
        assert forced(Outcome.TESTED_FORCE, 0.2, 0.1).endswith(
            "The force stood to the end, with a power of 0.10, which is 50 % of its greatest, 0.20 "
            "in month 1."
        )
        assert forced(Outcome.UNTESTED_FORCE, 0.1, 0.2).endswith(
            "The force stood to the end, with a power of 0.20, its greatest."
        )

    def test_one_that_is_hollowed_out_by_whom_and_why(self):
        high, low = Participation.GROUND, Participation.POLITICAL
        moves = (
            Move("poland", high, low, Cause.CHOICE, (), 0.04, 0.2, -0.1),
            Move("poland", low, high, Cause.CHOICE, (), 0.05, 0.0, 0.03),
            Move("united_kingdom", high, low, Cause.CONDITION, ("backstop",), power=-0.05),
            Move("latvia", high, low, Cause.STRIKE, power=-0.02),
        )
        assert forced(Outcome.HOLLOWED_OUT, 0.15, 0.01, *moves).endswith(
            "The power of the force fell from 0.15 in month 1 to 0.01, 7 % of it: too small a "
            "part to count as standing. Of the loss, 0.07 left by choice (Poland 0.07), 0.05 left "
            "because states require a stronger backstop (the United Kingdom 0.05) and 0.02 left "
            "after strikes that went unanswered "
            "(Latvia 0.02). Where states chose to leave, fatigue had lowered the utility of taking "
            "part by up to 0.04, and losses by up to 0.20."
        )

    def test_what_is_nearly_nothing_is_not_said_in_figures(self):
        high, low = Participation.GROUND, Participation.POLITICAL
        moves = (
            Move("poland", high, low, Cause.CHOICE, power=-0.14),
            Move("latvia", high, low, Cause.CHOICE, power=-0.001),
        )
        assert forced(Outcome.HOLLOWED_OUT, 0.15, 0.001, *moves).endswith(
            "The power of the force fell from 0.15 in month 1 to nearly nothing: too little to "
            "count as a force. Of the loss, 0.14 left by choice (Poland 0.14 and 1 more)."
        )

    def test_one_that_never_was(self):
        assert forced(Outcome.NEVER_A_FORCE, 0.0, 0.0).endswith(
            "There was never a force: no state went beyond political."
        )
        nobody = (Participation.NONE,) * len(RUN.scenario.states)
        month = replace(QUIET, number=0, power=0.0, rungs=nobody)
        alone = replace(RUN, months=(month,), outcome=Outcome.NEVER_A_FORCE)
        assert describe_course(alone).endswith("There was never a force: no state took part.")


def forced(outcome: Outcome, before: float, after: float, *moves: Move) -> str:
    rungs = (Participation.POLITICAL,) * len(RUN.scenario.states)
    months = (
        replace(QUIET, number=0, power=0.0, rungs=rungs),
        replace(QUIET, number=1, power=before, rungs=rungs),
        replace(QUIET, number=2, power=after, moves=moves, rungs=rungs),
    )
    return describe_course(replace(RUN, months=months, outcome=outcome))


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_the_chances_of_war_are_the_records(name):
    for run in told(name):
        risks = crisis_risks(run)
        survival = 1.0
        for risk in risks:
            if risk.pressed:
                survival *= 1.0 - (risk.chance_of_war or 0.0)
        assert survival == pytest.approx(1.0 - float(run.record["risk"][0]))
        assert len(risks) == sum(month.crisis is not None for month in run.months)


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_every_run_says_its_crises_and_the_chance_of_each_pressed_one(name):
    for run in told(name):
        why, risks = story(run).why, crisis_risks(run)
        assert str(len(risks) if len(risks) > 1 else "") in why
        pressed = [risk.chance_of_war or 0.0 for risk in risks if risk.pressed]
        few = len(pressed) <= 3
        for chance in pressed if few else (min(pressed), max(pressed)):
            uncertain = chance_phrase(chance) if few else format_chance(chance)
            assert (uncertain if chance < 1.0 else "was certain to mean war") in why
        assert ("stayed limited (" in why) is (run.last.war is War.LIMITED)
        assert ("became general (" in why) is (run.last.war is War.GENERAL)
        assert (" carried the offensive out" in why) is (run.last.war is War.UNOPPOSED)


FORCE = {
    Outcome.UNTESTED_FORCE: "The force stood to the end",
    Outcome.TESTED_FORCE: "The force stood to the end",
    Outcome.NEVER_A_FORCE: "There was never a force: ",
    Outcome.HOLLOWED_OUT: "The power of the force fell from ",
}


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_every_peaceful_ending_has_figures_of_the_force_and_of_what_was_not_chosen(name):
    for run in told(name):
        if run.last.war is War.NONE:
            why = story(run).why
            assert FORCE[run.outcome] in why
            chosen = {m.crisis.action for m in run.months if m.crisis and m.crisis.ordered}
            available = {o.action for m in run.months for o in m.options if o.worth is not None}
            assert ("never chose" in why) is bool(available - chosen)

"""Why a run took its course: the paragraph, and the chances in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.enums import Challenge, War
from sim.text import format_chance
from sim.trace.events import Crisis, Option, Press, Stand, TracedMonth, TracedRun
from sim.trace.narrative import story
from sim.trace.narrative_course import crisis_risks, describe_course
from sim.trace.replay import replay
from sim.trace.text import chance_phrase
from tests.scenarios import tiny
from tests.unit.trace.runs import NAMES, told

RUN = replay(tiny(), 3)
QUIET = replace(RUN.months[1], moves=(), crossings=(), options=(), crisis=None, war=War.NONE)
STAND = Stand("poland", 0.3, 0.62, True)


def crisis(
    action: Challenge = Challenge.PROBE,
    answered: bool = True,
    pressed: bool | None = None,
    slip: float = 0.1,
) -> Crisis:
    press = None if pressed is None else Press(0.1, 0.0, 0.5, pressed, slip, 0.2)
    return Crisis(action, True, True, (STAND,), 1.0, 0.3, answered, press, 0.0)


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
        "of war) and month 33 (a 31 % chance of war). The first passed without war, for which "
        "there had been a 94.0 % chance. The crisis of month 33 slipped into war, which stayed "
        "limited."
    )


@pytest.mark.parametrize(
    ("months", "end"),
    [
        (
            [(3, crisis(pressed=True), War.NONE), (5, crisis(pressed=True), War.NONE)],
            "There had been a 19 % chance that any of these slipped into war; none did.",
        ),
        ([(3, crisis(pressed=False), War.NONE)], "because Russia pressed no crisis."),
        (
            [(3, crisis(answered=False), War.NONE)],
            "A probe or strike that is not answered cannot become a war with the coalition.",
        ),
        (
            [(3, crisis(Challenge.MOBILISATION, answered=False), War.UNOPPOSED)],
            "No guarantor fought the offensive of month 3, so it took its course.",
        ),
        (
            [(3, crisis(Challenge.MOBILISATION, pressed=True, slip=1.0), War.GENERAL)],
            "An offensive that is pressed against an answer is war; this one became general.",
        ),
    ],
)
def test_what_decided_the_end(months, end):
    assert course(*months).endswith(end)


def test_a_run_without_a_crisis():
    probe = Option(Challenge.PROBE, 0.1, 0.5, 0.5, 0.4)
    reviews = [replace(QUIET, number=n, options=(probe,)) for n in (3, 7)]
    assert describe_course(replace(RUN, months=tuple(reviews))) == (
        "There was no crisis: Russia reviewed its options 2 times and held still each time. The "
        "chance of this was 36 %."
    )
    assert course((1, None, War.NONE)) == (
        "There was no crisis: Russia never reviewed its options."
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_chances_of_war_are_the_records(name):
    for run in told(name):
        risks = crisis_risks(run)
        survival = 1.0
        for risk in risks:
            if risk.pressed:
                survival *= 1.0 - (risk.chance_of_war or 0.0)
        assert survival == pytest.approx(1.0 - float(run.record["risk"][0]))
        assert len(risks) == sum(month.crisis is not None for month in run.months)


@pytest.mark.parametrize("name", NAMES)
def test_every_run_says_its_crises_and_the_chance_of_each_pressed_one(name):
    for run in told(name):
        why, risks = story(run).why, crisis_risks(run)
        assert str(len(risks) if len(risks) > 1 else "") in why
        pressed = [risk.chance_of_war or 0.0 for risk in risks if risk.pressed]
        few = len(pressed) <= 3
        for chance in pressed if few else (min(pressed), max(pressed)):
            assert (chance_phrase(chance) if few else format_chance(chance)) in why
        assert ("stayed limited." in why) is (run.last.war is War.LIMITED)
        assert ("became general." in why) is (run.last.war is War.GENERAL)

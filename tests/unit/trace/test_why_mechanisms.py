"""What the mechanisms that are switched on did in a run, in the paragraph on its course."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import ClassVar

import pytest

from sim.enums import Challenge, Outcome, Participation, War
from sim.scenario.load import load
from sim.scenario.schema import OFF
from sim.trace.events import (
    Backing,
    Belief,
    Cause,
    Change,
    Crisis,
    Happening,
    Learned,
    Level,
    Move,
    Reply,
    Retaliation,
    Stand,
    Talks,
    Threat,
    TracedMonth,
    TracedRun,
    Waiting,
)
from sim.trace.narrative import story
from sim.trace.replay import replay
from sim.trace.why_mechanisms import describe_mechanisms, pivotal_states
from tests.scenarios import COVERING_FIRST, tiny
from tests.unit.trace.runs import told

RUN = replay(tiny(), 3)
START = replace(
    RUN.months[0], moves=(), crossings=(), beliefs=(), waiting=(), number=0, power=0.2, war=War.NONE
)
YES, NO = Reply(0.2, 0.1, 0.7, True), Reply(0.0, 0.1, 0.3, False)


def run_of(*months: dict, start: dict | None = None, **facts) -> TracedRun:
    """A run with these facts in its months, which are numbered from 1."""
    traced = [replace(START, number=n, **month) for n, month in enumerate(months, 1)]
    return replace(RUN, months=(replace(START, **(start or {})), *traced), **facts)


def told_of(*months: dict, **facts) -> str:
    return " ".join(describe_mechanisms(run_of(*months, **facts)))


def test_a_run_without_any_of_them_says_nothing():
    assert told_of({}, {}) == ""


class TestTruce:
    def test_terms_that_were_refused_and_by_whom(self):
        said = told_of({"talks": Talks(0.3, NO, None)}, {}, {"talks": Talks(0.1, YES, NO)})
        assert said == (
            "Terms of a truce that promised a force with a power of 0.10 to 0.30 were refused by "
            "Russia in month 1 and Ukraine in month 3. No truce was made."
        )

    def test_a_truce_that_holds(self):
        assert told_of({"talks": Talks(0.3, YES, YES)}) == (
            "Terms of a truce that promised a force with a power of 0.30 were accepted at once. "
            "The truce of month 1 (a force of 0.30) held until the end."
        )

    def test_a_truce_that_breaks_after_a_strike(self):
        strike = Crisis(Challenge.STRIKE, True, True, (), 0.0, 0.3, False, None, 0.0)
        broken = {"truce_broken": 0.4, "crisis": strike}
        assert told_of({"talks": Talks(0.3, YES, YES)}, {}, broken).endswith(
            "broke in month 3 after the strike (it had a 40 % chance of breaking)."
        )

    def test_a_truce_that_an_event_ends_before_the_next_is_made(self):
        ends = Change("setting.ceasefire", 1.0, 0.0)
        event = Happening("the_guns_speak", "month 2", "", (ends,))
        made = {"talks": Talks(0.3, YES, YES)}
        said = told_of(made, {"happenings": (event,)}, made, {"truce_broken": 0.4})
        assert "The truce of month 1 (a force of 0.30) was ended by the event the guns" in said
        assert "The truce of month 3 (a force of 0.30) broke in month 4" in said

    def test_a_truce_that_held_from_the_start_and_that_a_war_ends(self):
        assert told_of({}, {"truce_broken": 1.0, "war": War.LIMITED}) == (
            "The truce was ended by the war of month 2."
        )

    def test_a_truce_that_held_from_the_start_and_broke_before_others_were_weighed(self):
        said = told_of({"truce_broken": 0.4}, {"talks": Talks(0.3, NO, None)})
        assert said.startswith("The truce broke in month 1")
        assert said.endswith("were refused by Russia in month 2. No truce was made.")


class TestConsent:
    START: ClassVar[dict] = {"waiting": (Waiting("poland", ("consent",), Participation.POLITICAL),)}
    LEAVES = Move(
        "latvia", Participation.GROUND, Participation.POLITICAL, Cause.CONDITION, ("consent",)
    )

    def test_who_was_held_back_and_who_left_where_there_was_no_force(self):
        said = told_of({"moves": (self.LEAVES,)}, start=self.START, outcome=Outcome.NEVER_A_FORCE)
        assert said == (
            "The condition of consent by Russia was not met: Poland never went further than at the "
            "start and Latvia moved down later."
        )

    def test_whoever_went_further_in_spite_of_it_was_not_held_back(self):
        place = RUN.scenario.states.index("poland")
        low, high = (
            {"rungs": (*START.rungs[:place], rung, *START.rungs[place + 1 :])}
            for rung in (Participation.POLITICAL, Participation.GROUND)
        )
        start = {**self.START, **low}
        assert told_of(high, start=start, outcome=Outcome.NEVER_A_FORCE) == ""
        assert told_of(low, start=start, outcome=Outcome.NEVER_A_FORCE) != ""

    def test_not_where_the_force_stood(self):
        assert told_of({}, start=self.START, outcome=Outcome.TESTED_FORCE) == ""

    def test_other_conditions_are_not_put_down_to_consent(self):
        moves = (replace(self.LEAVES, unmet=("backstop",)),)
        assert told_of({"moves": moves}, outcome=Outcome.HOLLOWED_OUT) == ""


class TestThreat:
    SPOKEN: ClassVar[dict] = {"threat": Threat(0.1, 0.3, 0.5, 0.8, True)}
    EMPTY: ClassVar[dict] = {"threat": Threat(0.1, 0.3, 0.5, 0.8, False, empty=True)}

    def test_spoken_and_empty_with_power_and_credit_before_and_after(self):
        credit = {"beliefs": (Belief("russia", 0.9, 0.7), Belief("poland", 0.9, 0.1))}
        said = told_of({}, self.SPOKEN, self.EMPTY | credit, {"power": 0.1})
        assert said == (
            "Russia threatened the force in month 2; found empty in month 3. The power of the "
            "force went from 0.20 before the first to 0.10 at the end, and the credibility "
            "of its threats from 0.90 to 0.70."
        )

    def test_one_that_stays_silent(self):
        silent = {"threat": Threat(-0.1, 0.3, 0.5, 0.2, False)}
        assert told_of(silent, silent) == "Russia could have threatened 2 times and did not."

    def test_many_are_counted(self):
        assert "threatened the force 6 times from month 1 to month 6" in told_of(*[self.SPOKEN] * 6)


class TestBackstop:
    def review(self, before: float, level: float) -> dict:
        options = (Level(0.0, 0.1, 0.5), Level(0.4, 0.1, 0.5))
        return {"backing": Backing("united_states", before, level, 0.2, 0.3, options)}

    def test_levels_first_and_last(self):
        said = told_of(self.review(0.4, 0.0), self.review(0.0, 0.0), self.review(0.0, 0.8))
        assert said == (
            "The United States changed the backstop in months 1 and 3, from moderate "
            "(0.4) to very strong (0.8) in all."
        )

    def test_one_that_does_not_change(self):
        assert told_of(self.review(0.4, 0.4)) == (
            "The United States left the backstop at moderate (0.4) in 1 review."
        )


def test_what_was_learnt_of_the_challenger_if_it_is_much():
    third = (1 / 3, 1 / 3, 1 / 3)
    learned = {"learned": Learned(third, (0.1, 0.2, 0.7), 0.62)}
    assert told_of({}, learned) == (
        "The belief that Russia has more ambition than first thought went from 33 % to 70 %; the "
        "ambition expected at the end was 0.62."
    )
    assert told_of({"learned": Learned(third, (0.33, 0.33, 0.34), 0.5)}) == ""


class TestPivotal:
    BIG, SMALL = Stand("poland", 0.3, 0.6, True), Stand("latvia", 0.05, 0.6, True)

    def crisis(self, *stands: Stand, answered: bool, attributed: bool = True) -> Crisis:
        return Crisis(Challenge.STRIKE, True, attributed, stands, 0.0, 0.5, answered, None, 0.0)

    def test_the_state_whose_answer_turns_that_of_the_coalition(self):
        answered = self.crisis(self.BIG, self.SMALL, answered=True)
        conceded = self.crisis(replace(self.BIG, defies=False), self.SMALL, answered=False)
        assert pivotal_states(answered) == pivotal_states(conceded) == ["poland"]
        assert pivotal_states(replace(answered, attributed=False)) == []

    def test_told_only_where_states_reckon_with_it(self):
        crisis = self.crisis(self.BIG, self.SMALL, answered=True)
        assert told_of({"crisis": crisis}) == ""
        on = tiny("constants.pivotality=1")
        assert told_of({"crisis": crisis}, scenario=on) == (
            "The coalition’s answer depended on a single state in 1 crisis: in month 1 on Poland "
            "(it answered)."
        )
        many = self.crisis(*[replace(self.SMALL, state=s) for s in "abcde"], answered=True)
        assert told_of({"crisis": many}, scenario=on) == (
            "In no crisis did the coalition’s answer depend on a single state."
        )


class TestRetaliation:
    STRIKES_BACK: ClassVar[dict] = {"retaliation": Retaliation(0.1, 0.3, 0.7, True, False)}
    BLAMED: ClassVar[dict] = {"retaliation": Retaliation(0.1, 0.3, 0.7, True, True)}
    COMPLAINS: ClassVar[dict] = {"retaliation": Retaliation(0.1, 0.3, 0.7, False, False)}

    def test_answers_and_blame(self):
        assert told_of(self.STRIKES_BACK, self.COMPLAINS, self.BLAMED) == (
            "Ukraine retaliated in months 1 and 3, for 2 of 3 violations, and was blamed for it in "
            "month 3."
        )
        assert told_of(self.STRIKES_BACK).endswith("and was never blamed.")

    def test_complaints_only(self):
        assert told_of(self.COMPLAINS) == "Ukraine complained of 1 violation and never retaliated."


MARKS = {
    "threats": " threatened the force ",
    "retaliations": " retaliated ",
    "wrong_blames": " was blamed for it ",
    "truce_broken": "The truce ",
}


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_the_sentences_agree_with_the_record(name):
    for run in told(name):
        said = " ".join(describe_mechanisms(run))
        assert said in story(run).why
        for count, mark in MARKS.items():
            if run.record[count][0] > 0:
                assert mark in said, count
            elif count != "truce_broken":
                assert mark not in said, count
        refused = run.record["refused_by_challenger"][0] + run.record["refused_by_protege"][0]
        assert ("were refused by" in said) is bool(refused)


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_turning_a_pivotal_state_turns_the_answer(name):
    for month in (month for run in told(name) for month in run.months):
        if crisis := month.crisis:
            assert all(_turned(month, crisis, s) for s in pivotal_states(crisis))


def _turned(month: TracedMonth, crisis: Crisis, state: str) -> bool:
    """Whether the coalition's answer is another one if the state decides the other way."""
    defying = sum(s.power for s in crisis.stands if s.defies is (s.state != state))
    return (defying > crisis.quorum * crisis.power) is not crisis.answered


@pytest.mark.parametrize("name", ["everyone_decides", "kyiv_retaliates"])
def test_with_all_of_them_off_nothing_is_told(name):
    for run in told(name):
        off = [f"{path}={json.dumps(value)}" for path, value in OFF.items()]
        quiet = replay(load(name, off), run.number)
        forceless = Outcome.NEVER_A_FORCE, Outcome.HOLLOWED_OUT, Outcome.RENEWED_OFFENSIVE
        assert describe_mechanisms(quiet) == [] or quiet.outcome in forceless

"""Each kind of question: its answer, its claim against the model, and its marks with reasons."""

from __future__ import annotations

import pytest

from sim.lessons.questions.cannot_tell import CannotTellQuestion
from sim.lessons.questions.direction import DirectionQuestion
from sim.lessons.questions.number import NumberQuestion
from sim.lessons.questions.open import OpenQuestion
from sim.lessons.questions.order import OrderQuestion
from sim.lessons.questions.verdict import AnswerVerdict
from tests.unit.lessons.given import Given, cells

SHARES = {
    "none.war": 0.40,
    "none.failure": 0.40,
    "none.escalation": 0.0,
    "some.war": 0.10,
    "some.failure": 0.02,
    "some.escalation": 0.08,
    "more.war": 0.11,
    "most.war": 0.25,
}
SEEN = Given(SHARES)
FEW = Given(SHARES, count=20)


def number(text: str = "some.war") -> NumberQuestion:
    return NumberQuestion("q", "How many?", cells(text), None, "")


def direction(expect: str, *of: str) -> DirectionQuestion:
    return DirectionQuestion("q", "Which way?", cells(*of), expect, "")


def order(expect, *of: str) -> OrderQuestion:
    return OrderQuestion("q", "Which first?", cells(*of), expect, "")


def tell(expect: str, at: int, *of: str) -> CannotTellQuestion:
    return CannotTellQuestion("q", "Can you?", cells(*of), expect, "", at)


class TestNumber:
    @pytest.mark.parametrize("given", [10, "10", "10 %", "10,4", 9.1, "11.9 per cent"])
    def test_it_is_right_inside_the_interval(self, given):
        assert number().mark(given, SEEN, SEEN).verdict is AnswerVerdict.RIGHT

    def test_the_students_own_interval_counts_and_so_does_the_key(self):
        own = Given({**SHARES, "some.war": 0.20})
        for given in (20, 10):
            assert number().mark(given, own, SEEN).verdict is AnswerVerdict.RIGHT
        assert number().mark(15, own, SEEN).verdict is AnswerVerdict.WRONG

    @pytest.mark.parametrize(
        ("given", "reason"),
        [
            (0.1, "as a fraction"),
            (2, "this is the line 'planned attack', not 'war in all'"),
            (25, "this is what the run 'the run most' gives: leave out setting.x=most and set"),
            (60, "48 points above the interval of your runs, 10.0 % (8.3–12.0)"),
        ],
    )
    def test_a_wrong_one_gets_a_reason_that_helps(self, given, reason):
        mark = number().mark(given, Given({**SHARES, "none.war": 0.9}), SEEN)
        assert mark.verdict is AnswerVerdict.WRONG
        assert reason in mark.reason

    def test_what_is_no_number_cannot_be_read(self):
        mark = number().mark("much", SEEN, SEEN)
        assert mark.verdict is AnswerVerdict.UNREADABLE
        assert "write a number in per cent" in mark.reason

    @pytest.mark.parametrize("given", [None, ""])
    def test_nothing_is_missing(self, given):
        assert number().mark(given, SEEN, SEEN).verdict is AnswerVerdict.MISSING

    def test_it_claims_nothing(self):
        assert number().drift(SEEN) == ""
        assert NumberQuestion("q", "", cells("some.war"), 10, "").fault()
        assert NumberQuestion("q", "", cells("some.war", "none.war"), None, "").fault()


class TestDirection:
    @pytest.mark.parametrize(
        ("expect", "of"),
        [
            ("falls", ("none.war", "some.war")),
            ("rises", ("some.war", "more.war", "most.war")),
            ("same", ("some.war", "more.war")),
            ("falls then rises", ("none.war", "some.war", "most.war")),
            ("rises then falls", ("some.war", "none.war", "most.war")),
        ],
    )
    def test_a_claim_that_holds_does_not_drift(self, expect, of):
        assert direction(expect, *of).drift(SEEN) == ""
        assert direction(expect, *of).mark(expect, SEEN, SEEN).verdict is AnswerVerdict.RIGHT

    def test_a_claim_that_does_not_hold_is_named(self):
        drift = direction("rises", "none.war", "some.war").drift(SEEN)
        assert drift == "rises is claimed, the model: falls"

    def test_too_few_runs_may_say_so(self):
        question = direction("falls", "most.war", "some.war")
        mark = question.mark("same", FEW, SEEN)
        assert mark.verdict is AnswerVerdict.RIGHT
        assert "too few to tell" in mark.reason
        assert question.mark("same", SEEN, SEEN).verdict is AnswerVerdict.WRONG
        mark = question.mark("falls", SEEN, FEW)
        assert mark.verdict is AnswerVerdict.RIGHT
        assert mark.reason.endswith("the measure stays the same")

    def test_a_wrong_one_is_shown_the_values(self):
        mark = direction("falls", "none.war", "some.war").mark("rises", SEEN, SEEN)
        assert mark.verdict is AnswerVerdict.WRONG
        assert "40.0 % → 10.0 %" in mark.reason

    def test_a_comma_is_allowed_and_other_words_are_not(self):
        question = direction("falls then rises", "none.war", "some.war", "most.war")
        assert question.mark("Falls, then rises", SEEN, SEEN).verdict is AnswerVerdict.RIGHT
        assert question.mark("up and down", SEEN, SEEN).verdict is AnswerVerdict.UNREADABLE

    def test_a_turn_is_offered_only_where_there_can_be_one(self):
        assert "falls then rises" not in direction("falls", "none.war", "some.war").words
        assert direction("sinks", "none.war", "some.war").fault()


class TestOrder:
    OF = ("none.war", "some.war", "more.war", "most.war")

    @pytest.mark.parametrize(
        "given",
        [
            ["some", "more", "most", "none"],
            ["more", "some", "most", "none"],
            [["some", "more"], "most", "none"],
            "some = more < most < none",
            "some, more, most, none",
        ],
    )
    def test_what_overlaps_may_be_tied_or_stand_either_way(self, given):
        question = order(["some", "more", "most", "none"], *self.OF)
        assert question.mark(given, SEEN, SEEN).verdict is AnswerVerdict.RIGHT

    def test_a_pair_that_the_intervals_exclude_is_named(self):
        question = order([["some", "more"], "most", "none"], *self.OF)
        mark = question.mark(["some", "more", "none", "most"], SEEN, SEEN)
        assert mark.verdict is AnswerVerdict.WRONG
        assert "none is not below most: 40.0 %" in mark.reason

    def test_a_tie_of_what_can_be_told_apart_is_named(self):
        mark = order([["some", "more"], "most", "none"], *self.OF).mark(
            "some = more = most < none", SEEN, SEEN
        )
        assert mark.verdict is AnswerVerdict.WRONG
        assert "can be told apart" in mark.reason

    def test_the_other_way_round_is_recognised(self):
        mark = order(["some", "most", "none"], "none.war", "some.war", "most.war").mark(
            ["none", "most", "some"], SEEN, SEEN
        )
        assert "from highest to lowest" in mark.reason

    @pytest.mark.parametrize("given", [["some"], "some < some < most < none", ["all"], 3])
    def test_each_name_must_be_there_once(self, given):
        question = order(["some", "more", "most", "none"], *self.OF)
        assert question.mark(given, SEEN, SEEN).verdict is AnswerVerdict.UNREADABLE

    def test_a_few_runs_tell_less_apart(self):
        question = order(["some", "most"], "some.war", "most.war")
        assert question.mark("some = most", FEW, FEW).verdict is AnswerVerdict.RIGHT
        assert question.mark("some = most", FEW, SEEN).verdict is AnswerVerdict.RIGHT
        assert question.mark("some = most", SEEN, SEEN).verdict is AnswerVerdict.WRONG

    @pytest.mark.parametrize(
        ("expect", "drifts"),
        [
            ([["some", "more"], "most", "none"], False),
            (["some", "more", "most", "none"], True),
            ([["some", "more", "most"], "none"], True),
            (["none", "most", ["some", "more"]], True),
        ],
    )
    def test_a_claim_is_held_to_its_ties_and_its_order(self, expect, drifts):
        assert bool(order(expect, *self.OF).drift(SEEN)) is drifts

    def test_the_answer_shows_what_overlaps(self):
        said = order([["some", "more"], "most", "none"], *self.OF).answer(SEEN)
        assert said == "some (10.0 %) ≈ more (11.0 %) < most (25.0 %) < none (40.0 %)"

    def test_cells_of_one_run_are_named_by_their_measures(self):
        question = order(["failure", "escalation"], "some.failure", "some.escalation")
        assert question.options == ("failure", "escalation")
        assert not question.drift(SEEN)


class TestCannotTell:
    @pytest.mark.parametrize(
        ("expect", "at", "of"),
        [
            ("cannot", 100, ("some.war", "more.war")),
            ("can", 100_000, ("some.war", "more.war")),
            ("can", 100, ("none.war", "some.war")),
        ],
    )
    def test_it_is_computed_from_the_number_asked_about(self, expect, at, of):
        question = tell(expect, at, *of)
        assert not question.drift(SEEN)
        assert question.mark(f"{expect} tell", FEW, SEEN).verdict is AnswerVerdict.RIGHT
        other = {"can": "cannot", "cannot": "can"}[expect]
        wrong = question.mark(other, FEW, SEEN)
        assert wrong.verdict is AnswerVerdict.WRONG
        assert "points apart" in wrong.reason
        assert tell(other, at, *of).drift(SEEN) == f"claimed: {other}"

    def test_what_is_too_close_makes_no_question(self):
        drifts = [tell("can", at, "some.war", "most.war").drift(SEEN) for at in range(20, 80, 2)]
        assert any("too close to ask" in drift for drift in drifts)

    def test_only_shares_can_be_asked_about(self):
        assert tell("can", 100, "some.force", "most.force").fault()


class TestOpen:
    def test_it_is_never_marked(self):
        question = OpenQuestion("q", "Why?", (), ("a reason", "a doubt"), "")
        mark = question.mark("Because.", SEEN, SEEN)
        assert mark.verdict is AnswerVerdict.OPEN
        assert mark.reason == "look for: a reason; a doubt"
        assert question.mark("", SEEN, SEEN).verdict is AnswerVerdict.MISSING
        assert OpenQuestion("q", "Why?", (), (), "").fault() == "no rubric"

"""RecordComparison the record: what the section says, and that it says where the two stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.report.historical_record import NONE, RecordComparison, compare_with_record
from sim.results import EventTotals
from sim.validation import historical_record as record
from sim.validation.compare_patterns import INSIDE, band_range
from tests.results import results


@pytest.fixture
def found() -> RecordComparison:
    return compare_with_record(results())


def standing(found: RecordComparison, *inside: bool) -> RecordComparison:
    """The same with so many compared figures, within the record or not."""
    compared = [line for line in found.lines if line.model]
    return RecordComparison(
        [
            line._replace(stands=INSIDE if each else "above the historical range")
            for line, each in zip(compared, inside, strict=False)
        ],
        found.guess,
    )


def test_a_line_a_question_and_where_the_model_lies(found: RecordComparison) -> None:
    rows = found.short.rows
    assert [row[0] for row in rows] == [line.question for line in found.lines]
    assert [row[3] for row in rows] == [line.stands for line in found.lines]
    assert {row[2] for row in rows if row[3] == "nothing to compare"} == {NONE}


def test_the_model_figure_has_its_interval_and_the_band_both_ends(found: RecordComparison) -> None:
    line, row = found.lines[0], found.short.rows[0]
    assert "crises that become wars: 3.3 % (" in row[2], "130 of 4,000"
    low, high = (f"{100 * end:.1f}" for end in band_range(line.band))
    assert row[1] == f"{low}–{high} % ({record.ICB})"


def test_every_figure_of_either_is_in_the_whole_with_its_source(found: RecordComparison) -> None:
    whole = {(row[0].lower(), row[2]) for row in found.whole.rows}
    for line in found.lines:
        assert {(one.what.lower(), one.source) for one in line.record} <= whole
        assert {(figure.what.lower(), "this scenario") for figure in line.model} <= whole


def test_each_says_why_the_two_may_differ(found: RecordComparison) -> None:
    assert all(len(why) > 100 for _, why in found.whys)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ((False, False, False), "None of 3 figures lies within the record"),
        ((True, False, False), "1 of 3 figures lies within the record"),
        ((True, True, False), "2 of 3 figures lie within the record"),
        ((), "No event of the runs has a counterpart in the record"),
    ],
)
def test_the_title_counts(found: RecordComparison, inside: tuple[bool, ...], said: str) -> None:
    assert standing(found, *inside).title == said


def test_the_baseline_is_beside_the_share_without_war(found: RecordComparison) -> None:
    assert f"is {found.guess.naive:.2f}" in found.baseline
    assert "87.0 % (84.8–88.9) of the model runs are without war" in found.baseline


def test_runs_in_which_nothing_happens_have_nothing_to_compare() -> None:
    shown = compare_with_record(replace(results(), events=EventTotals()))
    assert {row[3] for row in shown.short.rows[:3]} == {"nothing to compare"}

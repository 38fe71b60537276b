"""The headline: what may be said, and what the intervals do not allow."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given

from sim.enums import Outcome
from sim.report.panels import ENDED, headline
from sim.statistics import paired_difference_of_proportions
from tests.results import counts_of_outcomes, results

DURABLE, TESTED, OFFENSIVE, LIMITED = (
    Outcome.UNTESTED_FORCE,
    Outcome.TESTED_FORCE,
    Outcome.RENEWED_OFFENSIVE,
    Outcome.LIMITED_WAR,
)


@pytest.mark.parametrize(
    ("counts", "failures", "said"),
    [
        (
            {DURABLE: 8000, LIMITED: 1500, OFFENSIVE: 500},
            500,
            "In 80.0 % (79.2–80.8) of 10,000 model runs a force stands and is never "
            "tested; 20.0 % (19.2–20.8) end in war within 12 months, more often by escalation, "
            "15.0 % (14.3–15.7), than by failed deterrence, 5.0 % (4.6–5.4).",
        ),
        (
            {DURABLE: 10_000},
            0,
            "In 100.00 % (99.96–100.00) of 10,000 model runs a force stands and is never "
            "tested; none ends in war within 12 months (95 % interval up to 0.04 %).",
        ),
        (
            {OFFENSIVE: 90, DURABLE: 10},
            90,
            "In 90.0 % (82.6–94.5) of 100 model runs the offensive comes and the coalition does "
            "not fight; no other kind of war comes within 12 months.",
        ),
        (
            {DURABLE: 90, LIMITED: 10},
            0,
            "In 90.0 % (82.6–94.5) of 100 model runs a force stands and is never "
            "tested; 10.0 % (5.5–17.4) end in war within 12 months, every time by escalation.",
        ),
        (
            {DURABLE: 50, TESTED: 40, LIMITED: 10},
            5,
            "No ending stands out in 100 model runs: untested force 50.0 % (40.4–59.6) and "
            "tested force 40.0 % (30.9–49.8) are too close to rank; 10.0 % (5.5–17.4) end in "
            "war within 12 months, 5.0 % (2.2–11.2) by escalation and 5.0 % (2.2–11.2) by failed "
            "deterrence, too close to rank.",
        ),
        (
            {TESTED: 1},
            0,
            "In the one model run the force is tested, and no war comes: shares require more runs.",
        ),
        (
            # Their own intervals, 37-56 and 23-41 %, overlap: but the runs are the same.
            {DURABLE: 50, TESTED: 31, LIMITED: 19},
            19,
            "In 50.0 % (40.4–59.6) of 100 model runs a force stands and is never "
            "tested; 19.0 % (12.5–27.8) end in war within 12 months, every time by failed "
            "deterrence.",
        ),
    ],
    ids=["clear", "no war", "one war", "one road", "nothing clear", "one run", "the same runs"],
)
def test_what_it_says(counts: Any, failures: int, said: str) -> None:
    assert headline(results(counts, failures=failures)) == said


@given(counts_of_outcomes())
def test_it_names_an_ending_only_if_it_is_clearly_commoner_than_any_other(counts: Any) -> None:
    """Or if it is the only one."""
    shown = results(counts)
    said = headline(shown)
    named = [outcome for outcome, words in ENDED.items() if f"model runs {words};" in said]
    ended = {outcome: int(shown.endings[:, outcome].sum()) for outcome in Outcome}
    for outcome in named:
        next_ = max(n for other, n in ended.items() if other is not outcome)
        clearly = paired_difference_of_proportions(ended[outcome], next_, shown.runs).low > 0
        assert clearly or next_ == 0
    assert bool(named) != said.startswith(("No ending stands out", "In the one model run"))


@given(counts_of_outcomes())
def test_it_is_one_hedged_sentence(counts: Any) -> None:
    said = headline(results(counts))
    assert said.endswith(".")
    assert re.search(r"% \([\d.]+–[\d.]+\)|one model run", said)
    assert "nan" not in said
    assert "probab" not in said.lower()


def test_every_ending_can_be_named() -> None:
    assert list(ENDED) == list(Outcome)

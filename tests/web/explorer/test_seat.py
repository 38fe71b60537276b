"""A seat in the explorer: one state is played, the model decides for the others."""

from __future__ import annotations

import re

import pytest

from sim.formatting import join_and, state_name
from sim.scenario.load import load
from sim.trace.replay import replay
from tests.web.explorer_page import SEED, ExplorerPage, Opening

# It ends in month 18: few decisions, and some of them after an incident.
RUN = 21


def test_a_seat_left_to_the_model_plays_the_told_run(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    open_seat(opened, "Russia (challenger)")
    while opened.page.locator("#seat-board form").count():
        leave(opened)
    traced = replay(load("reassurance_force"), RUN, SEED)
    expected = f"Ends in month {traced.last.number}: {traced.outcome.label}"
    opened.page.wait_for_selector("#seat-board .finding:has-text('You took 0 decisions')")
    assert expected in opened.text("#seat-board .finding")
    assert "This is the model’s own run." in opened.text("#seat-board")
    opened.page.wait_for_selector("#seat-board svg .you-path", timeout=60_000)
    label = opened.page.locator("#seat-board svg:has(.you-path)").get_attribute("aria-label")
    assert f"In month {traced.last.number}, the last of your run, it is" in label
    assert_that_month_is_compared(label, traced.last.number)
    assert opened.said == []


def assert_that_month_is_compared(label: str, month: int) -> None:
    """The model runs that reach the last month of one's own, and their median in that month."""
    numbers = re.search(r"Of ([\d,]+) model runs ([\d,]+) reach .*? median is ([\d.]+)", label)
    assert numbers is not None, label
    told, reached, median = (float(text.replace(",", "")) for text in numbers.groups())
    runs = [replay(load("reassurance_force"), run, SEED).months for run in range(int(told))]
    powers = sorted(months[month].power for months in runs if len(months) > month)
    assert len(powers) == reached
    assert powers[len(powers) // 2] == pytest.approx(median, abs=0.0051)


def test_a_decision_in_a_seat_is_carried_out(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    open_seat(opened, "Russia (challenger)")
    decide(opened, "mobilise for an offensive")
    assert "Challenge by Russia: mobilisation." in opened.text("#seat-board .finding")
    assert opened.said == []


def test_nothing_is_decided_for_the_reader(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    open_seat(opened, "Russia (challenger)")
    board = opened.text("#seat-board")
    assert opened.page.locator("#seat-board input:checked").count() == 0
    opened.page.click("text=Decide and go on")
    assert opened.text("#seat-board") == board


def test_the_reader_is_told_the_answer_before_the_challenge_is_carried_through(
    visit: Opening,
) -> None:
    """In run 3 the model strikes in month 29, is answered, and goes on."""
    opened = visit()
    opened.settle()
    open_seat(opened, "Russia (challenger)", run=3)
    traced = replay(load("reassurance_force"), 3, SEED)
    crisis = next(month.crisis for month in traced.months if month.crisis)
    assert crisis.answered
    decide(opened, "strike the force")
    assert "Do you carry your challenge through" in opened.text("#seat-board legend")
    month = next(month.number for month in traced.months if month.crisis)
    assert f"Russia, month {month}" in opened.text("#seat-board h3")
    defying = [state_name(stand.state) for stand in crisis.stands if stand.defies]
    told = f"Votes for an answer: {join_and(defying)}. The coalition answers."
    assert told in opened.text("#seat-board .finding")
    decide(opened, "back down")
    lately = opened.text("#seat-board .story")
    assert f"month {month}" in lately
    assert "Challenge by Russia: strike." in lately
    assert "The coalition answers." in lately
    assert "Russia backs down." in lately
    while opened.page.locator("#seat-board form").count():
        leave(opened)
    opened.page.wait_for_selector("#seat-board h3:has-text('the run is over')")
    end = opened.text("#seat-board")
    assert "You took 2 decisions" in end
    assert f"Without your decisions the same run ends in month {traced.last.number}" in end
    assert f"The two differ first in month {month}. Russia carries the strike through" in end
    assert "only in the model’s." in end
    assert opened.said == []


def test_an_attacked_state_that_decides_nothing_is_told_so(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    open_seat(opened, "Ukraine (protégé)")
    opened.page.wait_for_selector("#seat-board h3:has-text('the run is over')")
    assert "You were never asked" in opened.text("#seat-board")


# Words of what a state keeps to itself: utilities, chances, its fighting value, its reasons, what
# its challenge brought.
PRIVATE = re.compile(
    r"utility|chance|fighting -?−?\d|needed|[Cc]eiling|Because|By choice|\d %"
    r"|succeeds|not attributed"
)


def test_a_seat_is_told_no_reasons_of_others_until_the_run_is_over(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    opened.ask("() => { document.getElementById('seat-due').checked = false; }")
    open_seat(opened, "France", run=3)
    boards = []
    while opened.page.locator("#seat-board form").count():
        boards.append(opened.text("#seat-board"))
        leave(opened)
    assert any("Challenge by Russia: strike." in board for board in boards)
    assert any("nobody can say who began it" in board for board in boards)
    assert [board for board in boards if PRIVATE.search(board)] == []
    opened.page.wait_for_selector("#seat-board .story", state="attached")
    assert PRIVATE.search(opened.text("#seat-board .story"))
    assert opened.said == []


def test_the_runs_beside_ones_own_are_drawn_at_a_hundred_and_at_a_thousand(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    opened.ask(CHARTS)
    open_seat(opened, "Russia (challenger)")
    while opened.page.locator("#seat-board form").count():
        leave(opened)
    opened.page.wait_for_selector(
        "#seat-board svg[aria-label*='Of 1,000 model runs']", timeout=120_000
    )
    told = [re.findall(r"Of ([\d,]+) model runs", label) for label in opened.ask("() => labels")]
    assert told == [["100"], ["1,000"]]


# Keeps the text of every chart of runs that a seat shows.
CHARTS = """() => {
  globalThis.labels = [];
  new MutationObserver(() => {
    const label = document.querySelector("#seat-board svg:has(.you-path)")?.ariaLabel;
    if (label && labels.at(-1) !== label) labels.push(label);
  }).observe(document.getElementById("seat-board"), { childList: true, subtree: true });
}"""


def open_seat(opened: ExplorerPage, state: str, run: int = RUN) -> None:
    opened.ask("() => { document.getElementById('seat-begin').closest('details').open = true; }")
    opened.page.select_option("#seat-state", label=state)
    opened.page.fill("#seat-run", str(run))
    opened.page.click("#seat-begin")


def leave(opened: ExplorerPage) -> None:
    """Leave a decision to the model."""
    opened.page.click("text=Leave it to the model")


def decide(opened: ExplorerPage, option: str) -> None:
    """Leave decisions to the model until this option can be taken, and take it."""
    choice = opened.page.locator(f"#seat-board label:has-text('{option}') input")
    while not choice.count():
        leave(opened)
    choice.check()
    opened.page.click("text=Decide and go on")

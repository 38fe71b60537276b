"""A seat in the explorer: one state is played, the model decides for the others."""

from __future__ import annotations

import re

import pytest

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
        opened.page.click("#seat-board form button")
    traced = replay(load("reassurance_force"), RUN, SEED)
    expected = f"Ends in month {traced.last.number}: {traced.outcome.label}"
    assert expected in opened.text("#seat-board .finding")
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
    while "What do you open" not in opened.text("#seat-board legend"):
        opened.page.click("#seat-board form button")
    opened.page.check("#seat-board label:has-text('mobilisation') input")
    opened.page.click("#seat-board form button")
    assert "mobilisation" in opened.text("#seat-board")
    assert opened.said == []


# Words of what a state keeps to itself: utilities, chances, its fighting value, its reasons.
PRIVATE = re.compile(r"utility|chance|fighting -?−?\d|needed|[Cc]eiling|Because|By choice|\d %")


def test_a_seat_is_told_no_reasons_of_others_until_the_run_is_over(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    open_seat(opened, "France")
    boards = []
    while opened.page.locator("#seat-board form").count():
        boards.append(opened.text("#seat-board"))
        opened.page.click("#seat-board form button")
    lately = [board.partition("Last month: ")[2].partition(".")[0] for board in boards]
    assert any(text and text != "nothing to report" for text in lately), lately
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
        opened.page.click("#seat-board form button")
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


def open_seat(opened: ExplorerPage, state: str) -> None:
    opened.ask("() => { document.getElementById('seat-begin').closest('details').open = true; }")
    opened.page.select_option("#seat-state", label=state)
    opened.page.fill("#seat-run", str(RUN))
    opened.page.click("#seat-begin")

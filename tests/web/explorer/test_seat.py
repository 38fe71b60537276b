"""A seat in the explorer: one state is played, the model decides for the others."""

from __future__ import annotations

import re
from pathlib import Path

from sim.formatting import join_and, state_name
from sim.scenario.load import load
from sim.trace.replay import replay
from tests.web.engine_page import EnginePage, write_page
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
    assert opened.ask("() => document.activeElement.textContent").endswith("the run is over")
    assert opened.said == []


def test_a_run_is_compared_in_its_last_month_with_the_runs_that_reach_it(
    visit: Opening, tmp_path: Path
) -> None:
    opened = visit("#tl1;now=clear_rules,setting.force_size:2;runs=100")
    opened.settle()
    open_seat(opened, "Ukraine (protégé)")
    opened.page.wait_for_selector("#seat-board svg .you-path")
    label = opened.page.locator("#seat-board svg:has(.you-path)").get_attribute("aria-label")
    traced = replay(load("clear_rules", {"setting.force_size": 2}), RUN, SEED)
    month = traced.last.number
    page = opened.page.context.new_page()
    page.goto(write_page(tmp_path / "engine.html"))
    engine = EnginePage(page)
    engine.enter(load("clear_rules"), **{"setting.force_size": 2})
    courses = engine.ask("model.courses(...given)", [SEED, 0, 1000])
    assert courses[RUN] == [each.power for each in traced.months]
    powers = sorted(course[month] for course in courses if len(course) > month)
    assert (
        f"Of 1,000 model runs {len(powers)} reach that month; there their median is "
        f"{powers[len(powers) // 2]:.2f}"
    ) in label
    own = opened.page.locator("#seat-board .key li:has(.own)")
    assert traced.outcome.label in own.text_content()
    assert opened.said == []


def test_a_decision_in_a_seat_is_carried_out(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    open_seat(opened, "Russia (challenger)")
    decide(opened, "mobilise for an offensive")
    assert "Challenge by Russia: mobilisation." in opened.text("#seat-board .finding")
    assert opened.said == []


def test_a_strike_is_no_option_where_no_force_stands(visit: Opening) -> None:
    opened = visit("#tl1;runs=100;now=,setting.force_size:0")
    opened.settle()
    open_seat(opened, "Russia (challenger)")
    assert "Not possible now: strike the force." in opened.text("#seat-board form")
    assert opened.page.locator("#seat-board input[type=radio]").count() == 3


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
    assert "Do you press on, or back down?" in opened.text("#seat-board legend")
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

"""The explorer plays the numbers of the package."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.analysis.compare import compare
from sim.analysis.thin_line.compute import thin_line
from sim.categories import CAUSES
from sim.enums import Outcome
from sim.experiments.simulate import simulate
from sim.explorer.levers import NO_OUTLET
from sim.explorer.page import explore
from sim.formatting import (
    format_chance,
    format_number,
    format_share,
    format_share_ci,
    join_and,
    state_name,
)
from sim.lessons.cell import LABELS
from sim.model.outcomes import flags, outcomes
from sim.scenario.load import load
from sim.scenario.scenario import Scenario
from sim.statistics import proportion
from sim.trace.counterfactual import TwinRuns
from sim.trace.events import TracedMonth
from sim.trace.formatting import format_backstop
from sim.trace.replay import replay
from sim.trace.worth import describe_worth
from tests.web.explorer_page import LEVERS, RUNS, SEED, ExplorerPage, Opening, assert_printed

SIZES = (0, 0.25, 0.5, 1, 1.5, 2, 3, 4.5, 6)
# Parts of a sentence on why a challenge is worth more in one of two runs.
REASONS = {"footprint", "less often", "although"}
PLACES = ("here", "in the baseline")
RELIEF = "ladders.challenge.strike.relief"
SETTINGS: list[dict[str, float]] = [
    {},
    {"setting.force_size": 1.7, "setting.backstop": 0.15},
    {"states.russia.ambition": 0.83, "constants.war_cost": 1.1},
]


@pytest.mark.parametrize("chosen", SETTINGS, ids=str)
@pytest.mark.parametrize("seed", [SEED, 77])
def test_play_is_what_run_prints(shared: ExplorerPage, chosen: dict[str, float], seed: int) -> None:
    scenario = load("reassurance_force", chosen)
    assert_printed(shared.play(set=chosen, seed=seed, runs=300), scenario, 300, seed)


@pytest.mark.deep
def test_play_is_what_run_prints_at_twenty_settings(shared: ExplorerPage) -> None:
    rng = np.random.default_rng(5)
    levers = shared.ask("() => thinline.levers()")
    for _ in range(20):
        some = rng.choice(len(levers), 4, replace=False)
        chosen = {
            levers[k]["path"]: round(float(rng.uniform(levers[k]["low"], levers[k]["high"])), 6)
            for k in some
        }
        for seed in (1, SEED, 99_991):
            asked = shared.play(set=chosen, seed=seed, runs=600)
            assert_printed(asked, load("reassurance_force", chosen), 600, seed)


@pytest.mark.parametrize("preset", ["clear_rules", "truce_in_doubt"])
def test_a_preset_is_the_scenario_of_this_name(shared: ExplorerPage, preset: str) -> None:
    asked = shared.play(preset=preset, seed=SEED, runs=300)
    assert_printed(asked, load(preset), 300, SEED)


def test_the_measures_of_a_lesson_are_shown(visit: Opening) -> None:
    opened = visit("#tl1;now=truce_in_doubt;runs=300")
    opened.settle()
    opened.page.click("#numbers-fold summary")
    opened.page.wait_for_selector("#numbers table + table")
    rows = opened.ask(
        "() => Object.fromEntries([...document.querySelectorAll('#numbers tbody tr')].map((row) =>"
        " [...row.children].slice(0, 2).map((cell) => cell.textContent)))"
    )
    measures = simulate(load("truce_in_doubt"), 300, SEED).measures
    truces = proportion(round(measures["truce"].value * 300), 300)
    assert rows["a truce is made"] == format_share(truces)
    for name, label in LABELS.items():
        if name not in (*CAUSES, "truce"):
            shown = float(rows[label].replace("−", "-"))
            assert shown == pytest.approx(measures[name].value, rel=5e-3)


def test_levers_have_path_range_value_and_unit(shared: ExplorerPage) -> None:
    found = shared.ask("() => thinline.levers()")
    paths = [text.split("=")[0] for text in LEVERS]
    assert [lever["path"] for lever in found[: len(paths)]] == paths
    assert found[0] | {"value": None} == {
        "path": "setting.force_size",
        "low": 0,
        "high": 6,
        "unit": "times the pledge",
        "value": None,
    }
    assert all(lever["low"] <= lever["value"] <= lever["high"] for lever in found)


def test_a_tally_is_played_once_while_it_is_asked_for_again(shared: ExplorerPage) -> None:
    """By two at a time, and after so many others that the oldest ones are forgotten."""
    shared.settle(("done",))
    jobs = shared.ask(
        """async () => {
          const again = (runs) => thinline.play({ seed: 5, runs });
          const jobs = () => new Promise((done) => setTimeout(() => done(thinline.state().jobs)));
          const both = [again(7000), again(7000)];
          const found = [await jobs()];
          await Promise.all(both);
          for (let seed = 10; seed < 90; seed += 1) {
            await thinline.play({ seed, runs: 1 });
            if (seed === 50) await again(7000);
          }
          const last = again(7000);
          found.push(await jobs());
          await last;
          return found;
        }"""
    )
    assert jobs == [1, 0]


def test_the_sources_of_a_lever_name_each_place_once(shared: ExplorerPage) -> None:
    lists = shared.ask(
        "() => [...document.querySelectorAll('.lever > details > ul')].map((list) =>"
        " [...list.querySelectorAll('cite')].map(({ textContent }) => textContent))"
    )
    assert any(NO_OUTLET in place.lower() for places in lists for place in places)
    assert all(len(places) == len(set(places)) for places in lists)


def test_a_told_run_is_the_traced_run(shared: ExplorerPage) -> None:
    chosen = {"setting.backstop": 0.1}
    scenario = load("reassurance_force", chosen)
    for run in (0, 3, 17):
        told = shared.ask("(asked) => thinline.tell(asked)", {"set": chosen, "run": run})
        traced = replay(scenario, run, SEED).months
        assert len(told) == len(traced)
        for month, fact in zip(told, traced, strict=True):
            assert month["rung"] == list(fact.rungs)
            assert (month["tension"], month["power"]) == (fact.tension, fact.power)
            assert month["action"] == (fact.crisis.action if fact.crisis else 0)
            assert month["war"] == fact.war


def test_the_story_of_a_run_names_what_happened(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    open_told(opened)
    for run in range(4):
        opened.page.fill("#told-run", str(run))
        opened.page.locator("#told-run").blur()
        traced = replay(load("reassurance_force"), run, SEED)
        text = opened.text("#told")
        assert f"Ends in month {traced.last.number}: {traced.outcome.label}" in text
        for month in traced.months[1:]:
            if month.crisis and month.crisis.ordered:
                assert f"Russia opens a {month.crisis.action.label}" in text
    assert opened.said == []


def open_told(opened: ExplorerPage) -> None:
    """Open the part that tells a run, and wait for the first run that it tells."""
    opened.page.click("#told-fold summary")
    opened.page.wait_for_selector("#told .finding")


def test_equal_red_lines_are_told_in_one_sentence(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    open_told(opened)
    opened.page.fill("#told-run", "3")
    opened.page.locator("#told-run").blur()
    text, owners = opened.text("#told"), defaultdict(list)
    for crossing in replay(load("reassurance_force"), 3, SEED).last.crossings:
        owners[crossing.line.replace("_", " ")].append(state_name(crossing.state))
    assert max(map(len, owners.values())) > 20
    lines = "; ".join(f"{line} ({join_and(states)})" for line, states in owners.items())
    assert f"Red lines crossed for the first time: {lines}." in text


def test_twins_say_with_which_chances_they_differ_first_and_why(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    opened.page.click("#pin")
    opened.settle()
    open_told(opened)
    assert "the same actions in every month" in opened.text("#told .finding")
    opened.move("setting.force_size", 3)
    opened.settle()
    base = load("reassurance_force")
    larger = {"setting.force_size": 3}
    differing, reasons = 0, set[str]()
    for run in (0, 1, 6, 9):
        why, pair, worth = told_twins(opened, run, (load("reassurance_force", larger), base))
        for action in {month.crisis.action for month in pair if month.crisis}:
            differing += 1
            for month, where in zip(pair, PLACES, strict=True):
                chance = next(each.chance for each in month.options if each.action is action)
                said = rf"{where}: [^;]*a {action.label} {re.escape(format_chance(chance))}"
                assert re.search(said, why), why
        reasons |= {word for word in REASONS if word in worth}
    assert differing > 3
    assert reasons == REASONS
    # A strike relieves grievance in the baseline only, and run 3 has its strike there.
    opened.move(RELIEF, 0)
    opened.settle()
    without = load("reassurance_force", larger | {RELIEF: 0})
    assert "had less grievance" in told_twins(opened, 3, (without, base))[2]
    assert_months_stand_together(opened)


def told_twins(
    opened: ExplorerPage, run: int, scenarios: tuple[Scenario, Scenario]
) -> tuple[str, list[TracedMonth], str]:
    """Why the page says that two runs part, the months in which they do, and what the terminal
    says of the worth of a challenge, which is the end of it."""
    opened.page.fill("#told-run", str(run))
    opened.page.locator("#told-run").blur()
    here, there = (replay(scenario, run, SEED) for scenario in scenarios)
    parting = TwinRuns(here, there).parting
    assert parting
    assert f"In month {parting} they differ" in opened.text("#told .finding")
    now, before = ((here.months[k], there.months[k]) for k in (parting, parting - 1))
    why, worth = opened.text("#told .why"), "".join(describe_worth(now, before, scenarios, PLACES))
    assert without_numbers(why).endswith(without_numbers(worth))
    if expected := numbers(worth):
        assert numbers(why)[-len(expected) :] == pytest.approx(expected, abs=0.011)
    else:
        assert "is worth more" not in why
    return why, list(now), worth


NUMBER = re.compile(r"[<>]?([+−-]?\d+(?:\.\d+)?)( %)?")


def without_numbers(text: str) -> str:
    """The text with 0 for each number: the page and the terminal round some differently."""
    return NUMBER.sub("0", text)


def numbers(text: str) -> list[float]:
    """The numbers in a text; those in per cent as shares."""
    found = NUMBER.findall(text.replace("−", "-").replace("+", ""))
    return [float(number) / (100 if percent else 1) for number, percent in found]


def assert_months_stand_together(opened: ExplorerPage) -> None:
    """The entries of a month of two runs: in a wide window beside each other, otherwise in turn."""
    tops = (
        "() => [...document.querySelectorAll('#told .story > div')].map((row) =>"
        " [...row.querySelectorAll('dd')].map((entry) => entry.getBoundingClientRect().top))"
    )
    for width, beside in ((1280, True), (390, False)):
        opened.page.set_viewport_size({"width": width, "height": 800})
        rows = opened.ask(tops)
        pairs = [row for row in rows if len(row) == 2]
        assert pairs
        assert all((one == other) is beside for one, other in pairs)
        assert [top for row in rows for top in row] == sorted(top for row in rows for top in row)


def test_the_backstop_is_told_in_the_words_of_the_terminal(browser: Any, tmp_path: Path) -> None:
    levers = ["setting.force_size=2:3"]
    page = explore([load("backstop_withdrawn")], tmp_path / "explorer.html", levers, runs=20)
    context = browser.new_context()
    opened = ExplorerPage(context, f"{page.as_uri()}#tl1;runs=20")
    opened.settle(["done"])
    assert opened.page.locator("#line .ring").count() == 0, "the scenario's own size is no position"
    open_told(opened)
    told = opened.ask("() => thinline.tell({ run: 0 })")
    levels = [(before["backstop"], now["backstop"]) for before, now in pairwise(told)]
    changes = [(before, now) for before, now in levels if before != now]
    assert changes
    for before, now in changes:
        said = f"The backstop changes from {format_backstop(before)} to {format_backstop(now)}."
        assert said in opened.text("#told")
    context.close()


def test_an_ending_that_no_run_has_is_said_beside_its_choice(visit: Opening) -> None:
    opened = visit("#tl1;runs=2")
    opened.settle()
    open_told(opened)
    unseen = opened.ask(
        "async () => Object.values((await thinline.play({})).outcomes)"
        ".findIndex(({ share }) => share === 0)"
    )
    opened.page.select_option("#told-ending", str(unseen))
    opened.page.click("#told-next")
    assert opened.text("#told-problem") == "None of these 2 runs ends like that."


def test_flips_are_those_of_a_comparison(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    opened.page.click("#pin")
    opened.move("setting.backstop", 0)
    opened.settle()
    changed = load("reassurance_force", {"setting.backstop": 0})
    found = compare({"base": load("reassurance_force"), "zero": changed}, RUNS, SEED).pairs[0]
    rows = opened.ask(
        "() => [...document.querySelectorAll('#pinned tbody tr')].map((row) =>"
        " [...row.children].map((cell) => cell.textContent))"
    )
    shown = [[int(cell.replace(",", "")) for cell in row[2:]] for row in rows]
    expected = [[each.gained, each.lost] for each in found.differences.values()]
    assert shown == expected
    intervals = [re.findall(r"[+−]?[\d.]+", row[1].replace("points", "")) for row in rows]
    numbers = [[float(text.replace("−", "-")) for text in three] for three in intervals]
    shares = [[100 * part for part in each.share] for each in found.differences.values()]
    assert np.allclose(numbers, shares, atol=0.0501)
    first = found.moves[0]
    buttons = opened.page.locator("#pinned .moves li").first.locator("button")
    assert [int(text) for text in buttons.all_text_contents()][:3] == list(first.examples)
    buttons.first.click()
    assert f"Run {first.examples[0]}." in opened.text("#told .finding")
    assert opened.page.locator("#told .heads h3").count() == 2


@pytest.fixture(scope="module")
def refined(browser: Any, file: Path) -> Iterator[ExplorerPage]:
    """The explorer with a line that has all its runs."""
    context = browser.new_context()
    opened = ExplorerPage(context, f"{file.as_uri()}#tl1;runs=2000")
    opened.settle(("done",))
    yield opened
    context.close()


def test_the_line_is_run_at_every_value_that_it_shows(refined: ExplorerPage) -> None:
    rows = refined.ask(
        "() => [...document.querySelectorAll('#line-table tbody tr')].map((row) =>"
        " [...row.children].map((cell) => cell.textContent))"
    )
    assert [row[0] for row in rows] == [format_number(value) for value in SIZES]
    assert {row[-1] for row in rows} == {"2,000"}
    two = load("reassurance_force", {"setting.force_size": 2})
    found = simulate(two, 2000, SEED, keep_records=False).measures
    expected = [format_share_ci(found[name]) for name in ("failure", "escalation", "war")]
    assert rows[5][1:4] == expected
    assert "you are here" in refined.text("#line")


def test_where_war_may_be_least_is_what_the_thin_line_says(refined: ExplorerPage) -> None:
    found = thin_line(load("reassurance_force"), SIZES, 2000, SEED)
    others = [format_number(size) for size in found.among if size != found.minimum.size]
    assert len(others) > 1
    said = refined.text("#line-text")
    assert f"war is least at force size {format_number(found.minimum.size)}: " in said
    assert f"cannot rule out that war is least at {', '.join(others[:-1])} or {others[-1]}." in said


def test_the_line_says_what_is_ruled_out_if_that_is_shorter_or_nothing_is(visit: Opening) -> None:
    asked = load("reassurance_force", {"states.russia.ambition": 0.1})
    for runs in (20, 300):
        opened = visit(f"#tl1;now=,states.russia.ambition:0.1;runs={runs}")
        opened.settle(("done",))
        among = thin_line(asked, SIZES, runs, SEED).among
        out = [format_number(size) for size in SIZES if size not in among]
        assert bool(out) == (runs == 300)
        said = opened.text("#line-text")
        assert said.startswith("Force size makes no detectable difference to war") == (not out)
        assert (f"Only {join_and(out)} can be ruled out." in said) == bool(out)


def test_the_poster_s_line_is_not_taken_for_that_of_a_link(visit: Opening) -> None:
    opened = visit("#tl1;now=,setting.force_size:2;runs=100000")
    opened.ask("() => thinline.ready")
    opened.page.wait_for_timeout(50)
    title = load("reassurance_force").title
    assert f"The pale one is that of “{title}” as it is." in opened.text("#line-text")
    assert opened.page.locator("#line.earlier").count() == 1
    opened.move("setting.force_size", 1)
    opened.ask("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    opened.page.select_option("#runs", "2000")
    opened.settle(("done",))
    assert "You are here" in opened.text("#line-text")
    assert opened.page.locator("#line.earlier").count() == 0


def test_a_line_that_is_being_refined_says_so(visit: Opening) -> None:
    opened = visit("#tl1;runs=2500")
    opened.settle()
    opened.ask(
        "() => { window.seen = []; const line = document.getElementById('line-text');"
        " const note = () => seen.push(line.textContent);"
        " new MutationObserver(note).observe(line, { childList: true }); }"
    )
    opened.page.select_option("#line-lever", "setting.backstop")
    opened.page.wait_for_timeout(50)
    opened.settle(("done",))
    before, *looks, last = opened.ask("() => window.seen")
    assert "The line for your settings is not yet played." in before
    assert len(looks) == 2
    for text in looks:
        assert "First look with 400 runs at each value; being refined." in text
    assert "The line has the first 2,000 of the 2,500 runs" in last


def test_wars_are_counted_by_cause_and_ending(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    opened.page.click("#numbers-fold summary")
    opened.page.wait_for_selector("#numbers table + table")
    rows = opened.ask(
        "() => [...document.querySelectorAll('#numbers table:nth-of-type(2) tbody tr')].map("
        "(row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent)))"
    )
    first = simulate(load("reassurance_force"), RUNS, SEED).first
    wars = range(Outcome.RENEWED_OFFENSIVE, len(Outcome))
    causes = [flags(first["trigger"])["failure"], flags(first["trigger"])["escalation"]]
    endings = outcomes(first)
    assert rows == [[int(np.sum(cause & (endings == war))) for war in wars] for cause in causes]
    assert rows[1][0] == 0, "a renewed offensive is always planned"


def test_intervals_of_the_endings_have_a_scale(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    ticks = opened.page.locator("#key .scale i").all_text_contents()
    ends = [float(text.replace("\u00a0", " ").removesuffix(" %")) for text in ticks]
    assert ends[0] == 0
    assert len(ends) >= 3
    rights = opened.ask(
        "() => [...document.querySelectorAll('#key .range > i')]"
        ".map(({ style }) => parseFloat(style.left) + parseFloat(style.width))"
    )
    highs = [100 * each.high for each in main_outcomes().values()]
    assert np.allclose(rights, [100 * high / ends[-1] for high in highs], atol=0.02)


def main_outcomes() -> dict[Any, Any]:
    return dict(simulate(load("reassurance_force"), RUNS, SEED, keep_records=False).outcomes)

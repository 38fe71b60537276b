"""The follow-up: narratives of runs, red lines crossed, effects of weights."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from sim.analysis.sensitivity.one_at_a_time import WeightEffect
from sim.experiments.factors import WEIGHTS
from sim.experiments.simulate import simulate
from sim.report.follow_up import KINDS, MOST_MONTHS, MOST_WEIGHED, conclude, follow_up
from sim.report.run_report import report
from sim.report.trace import run_narrative, trace_chart, write_trace
from sim.scenario.load import load
from sim.scenario.paths import parameter_at
from sim.statistics import Estimate
from sim.trace.narrative import story
from sim.trace.replay import replay
from tests.results import HOSTILE, hostile
from tests.scenarios import scenario_of, tiny

RUNS = 300


@pytest.fixture(scope="module")
def shown():
    return simulate(load("reassurance_force"), RUNS)


@pytest.fixture(scope="module")
def found(shown):
    return follow_up(shown)


@pytest.fixture(scope="module")
def html(shown, found):
    return report(shown, found)


class TestRunsTold:
    def test_one_of_each_kind_with_its_reason_and_command(self, found, shown):
        assert [run.kind for run in found.narratives] == list(KINDS.values())
        for run in found.narratives:
            assert run.because.endswith(".")
            assert run.command == f"thinline trace reassurance_force --run {run.number} --seed 2025"
            again = replay(shown.scenario, run.number, shown.seed)
            assert run.story == story(again)
            assert run.outcome is again.outcome

    def test_they_are_on_the_page_with_their_pictures(self, found, html):
        assert html.count('<details class="run">') == len(found.narratives)
        for run in found.narratives:
            assert f'id="{run.name}-drawing"' in html
            assert f"number {run.number}, month by month" in html

    def test_where_there_is_no_war_there_is_no_worst(self):
        calm = tiny("states.russia.ambition=0", "constants.challenger_review=0")
        kinds = [run.kind for run in follow_up(simulate(calm, 40)).narratives]
        assert kinds == ["A typical run", "A near miss"]

    def test_overrides_are_in_the_command(self):
        run = replay(load("no_force", ["setting.clarity=0.9"]), 3)
        words = "thinline trace no_force --set setting.clarity=0.9 --run 3 --seed 2025"
        assert run_narrative(run, "run", "One").command == words


class TestRedLines:
    def test_every_line_has_a_row_that_adds_up_to_the_records(self, shown, found):
        lines = shown.scenario.red_lines
        rows = found.crossings.rows
        owners = [text.partition(" states: ") for text, *_ in rows]
        assert sum(int(count) if several else 1 for count, several, _ in owners) == len(lines)
        assert any("Other Pledgers (12)" in text for text, *_ in rows)
        assert len({row[1:] for row in rows}) == len(rows)
        total = sum(line.ever.value for line in found.red_lines.values())
        assert total == pytest.approx(shown.measures["lines_crossed"].value)
        assert all(line.at_start.value <= line.ever.value for line in found.red_lines.values())

    def test_a_replay_crosses_what_is_counted(self):
        scenario = load("reassurance_force")
        counted = simulate(scenario, 1, 5).red_lines
        run = replay(scenario, 0, 5)
        told = {(c.state, c.line) for month in run.months for c in month.crossings}
        assert [pair in told for pair in scenario.red_lines] == [
            crossed.ever.value == 1 for crossed in counted.values()
        ]

    def test_without_lines_there_is_no_section(self):
        alone = {
            "scenario": "alone",
            "months": 6,
            "states": {
                "russia": {"role": "challenger", "capability": 1},
                "ukraine": {"role": "protege", "capability": 0.4},
            },
        }
        results = simulate(scenario_of(alone), 20)
        text = report(results, follow_up(results))
        assert 'id="lines"' not in text
        assert 'id="narratives"' in text


class TestWeights:
    def test_all_that_were_tried_are_in_the_table(self, found):
        assert {row[0].replace(" ", "_") for row in found.weighed.rows} == {
            path.rpartition(".")[2] for path in WEIGHTS
        }

    def test_at_most_three_are_described_and_each_is_clear(self, found):
        assert len(found.weightiest) <= 3
        clear = [weight for weight in found.weights if weight.excludes_zero]
        assert len(found.weightiest) == min(3, len(clear))
        for line, weight in zip(found.weightiest, clear, strict=False):
            name = weight.path.rpartition(".")[2].replace("_", " ")
            meaning, unit = parameter_at(weight.path).meaning, parameter_at(weight.path).unit
            assert meaning.rpartition(": ")[2] in line.partition(" (")[0]
            assert f" ({name}): from " in line
            assert (f"(unit: {unit})" in line) is bool(unit)
        assert found.weights_title.startswith("The weight with the largest effect is ")

    def test_weights_are_named_by_meaning_and_those_not_distinguishable_are_counted(self, found):
        effects = {
            "own_cost": Estimate(-0.2, -0.3, -0.1),
            "precision": Estimate(0.15, 0.05, 0.25),
            "risk_half": Estimate(0.1, -0.1, 0.3),
            "war_cost": Estimate(0.05, 0.02, 0.08),
        }
        weights = [
            WeightEffect(f"constants.{name}", 0.4, 0.6, war) for name, war in effects.items()
        ]
        largest = "The weight with the largest effect is"
        title = f"{largest} the share of an action's cost borne without any resistance; 2 others"
        assert (
            replace(found, weights=weights).weights_title == f"{title} may have as large an effect"
        )
        assert (
            "how strongly decisions favour the better option and the defying power that carries "
            "half the war risk may have as large an effect."
            in conclude(found.results, weights[0], weights).sentences[2]
        )
        title = replace(found, weights=weights[3:]).weights_title
        assert title == f"{largest} the cost of direct war with the coalition"

    def test_where_none_is_clear_it_says_so(self):
        calm = tiny("states.russia.ambition=0", "constants.challenger_review=0")
        assert follow_up(simulate(calm, 20)).weights_title == (
            "None of the assumed weights has a clear effect"
        )


class TestPage:
    def test_the_sections_are_in_order_and_linked(self, html):
        wanted = ["conclusion", "endings", "time-to-end", "incidence", "who-takes-part"]
        wanted += ["narratives", "lines", "weights", "record", "assumptions", "about", "reproduce"]
        assert re.findall(r'<h2 id="([^"]*)"', html) == wanted
        assert all(f'href="#{name}"' in html for name in wanted)

    def test_the_three_sentences_are_there(self, found, html):
        assert found.conclusion.verdict in html
        assert html.count("percentage points") >= 2

    def test_it_stays_small_and_whole(self, html):
        assert len(html.encode()) < 6_000_000
        drawings = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.S)
        assert [type(json.loads(text)) for text in drawings] == [dict] * 8

    def test_names_are_used_once(self, html):
        names = re.findall(r'\sid="([^"]*)"', html)
        assert len(names) == len(set(names))

    def test_what_anybody_wrote_stays_text(self, tmp_path):
        results = simulate(hostile(), 30)
        assert HOSTILE not in report(results, follow_up(results))
        path = write_trace(
            [run_narrative(replay(hostile(), 1), "run", "One")], tmp_path / "run.html"
        )
        assert HOSTILE not in path.read_text("utf-8")

    def test_no_more_runs_are_made_than_there_were(self, found, shown):
        assert found.weighed_runs == shown.runs < MOST_WEIGHED
        long = simulate(tiny("months=300"), 600, keep_records=False)
        assert follow_up(long).weighed_runs == MOST_MONTHS // 300 < MOST_WEIGHED


class TestLanes:
    def test_they_are_the_runs_own_rungs(self):
        run = replay(load("backstop_withdrawn"), 1)
        rows = trace_chart(run).rows
        assert len(rows) == len(run.months)
        for row, month in zip(rows, run.months, strict=True):
            for state, rung in row.rungs:
                place = run.scenario.states.index(state)
                assert rung is None or rung == month.rungs[place]
            crossings = {(c.state) for c in month.crossings}
            assert crossings <= {mark.state for mark in row.marks}
        assert [row.month for row in rows if row.events] == [24]

    def test_states_without_forces_or_lines_are_left_out(self):
        run = replay(load("reassurance_force"), 3)
        shown = set(trace_chart(run).states)
        assert "russia" in shown
        assert "romania" not in shown

    def test_where_nobody_sent_forces_everyone_has_a_lane(self):
        # A run in which no red line is crossed: that of the challenger's on arms does not apply.
        scenario = load("no_force", ["setting.long_range_arms=0"])
        chart = trace_chart(replay(scenario, 5))
        assert set(chart.states) == set(scenario.states)

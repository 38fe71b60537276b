"""Pages of comparisons: what stands on them, and that nothing breaks out of them."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest

from sim.analysis.compare import Comparison, compare
from sim.analysis.pivotal import pivotal
from sim.experiments.variants import LEAVING_NOTE
from sim.figures.parts import the_scenario
from sim.report import page
from sim.report.compare import (
    Words,
    labels_of,
    mean_words,
    saved,
    trace_command,
    write_comparison,
    write_pivotal,
)
from sim.report.labels import scenario_labels
from sim.report.page import unbroken
from sim.report.reproduce import PageCommands
from sim.scenario.load import load
from sim.statistics import mean
from tests.results import HOSTILE, hostile
from tests.scenarios import tiny

COMMAND = "thinline compare a b --runs 300 --seed 1"
RUNS = 300


@pytest.fixture(scope="module")
def three():
    scenarios = {
        "reassurance_force": load("reassurance_force"),
        "no_force": load("no_force"),
        "reassurance_force with months=12": load("reassurance_force", ["months=12"]),
    }
    return compare(scenarios, runs=RUNS)


@pytest.fixture(scope="module")
def written(three, tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("pages") / "compare.html"
    return write_comparison(three, path, PageCommands(COMMAND), words(three)).read_text(
        encoding="utf-8"
    )


def words(found: Comparison) -> Words:
    """The words for each scenario: its name."""
    return {name: (name,) for name in found.results}


def panels(text: str) -> list[str]:
    """The drawings on a page."""
    return re.findall(r'class="drawing" id="([a-z0-9-]+)-drawing"', text)


def visible(text: str) -> str:
    """The page without its scripts."""
    return html.unescape(re.sub(r"<script.*?</script>", "", text, flags=re.S))


def sentences(found):
    """The sentences of a page, which names scenarios by their labels and the baseline once."""
    labels = {name: the_scenario(label) for name, label in labels_of(found).items()}
    return [
        replace(pair, scenario=labels[pair.scenario], baseline="the baseline").sentence
        for pair in found.pairs
    ]


class TestComparison:
    def test_a_figure_each_for_shares_differences_and_what_became_of_the_runs(self, written):
        assert panels(written) == ["shares", "differences", "turns-0", "turns-1"]
        assert written.count("The numbers as a table") == 4
        assert all(words for words in re.findall(r'role="img" aria-label="([^"]*)"', written))

    def test_it_says_what_was_found_and_what_to_bear_in_mind(self, three, written):
        assert all(unbroken(sentence) in visible(written) for sentence in sentences(three))
        assert f"Baseline: {three.results[three.baseline].scenario.title}" in visible(written)
        assert "the horizons differ" in visible(written)
        assert page.BANNER.split(":")[1].strip() in visible(written)
        assert saved(three, labels_of(three)) in visible(written)

    def test_it_can_be_made_again(self, three, written):
        assert COMMAND in visible(written)
        assert all(r.scenario.digest in written for r in three.results.values())
        assert "60 months and 12 months" in visible(written)

    def test_runs_to_look_at(self, three, written):
        run = three.pairs[0].moves[0].examples[0]
        for name in ("reassurance_force", "no_force"):
            assert f"thinline trace {name} --run {run} --seed 2025" in visible(written)

    def test_a_scenario_that_changes_no_ending_has_no_such_figure(self, tmp_path):
        found = compare({"one": tiny(), "the same": tiny()}, runs=20)
        text = write_comparison(
            found, tmp_path / "same.html", PageCommands(COMMAND), words(found)
        ).read_text("utf-8")
        assert panels(text) == ["shares", "differences"]
        assert all(unbroken(sentence) in visible(text) for sentence in sentences(found))
        assert saved(found) == ""

    def test_scenarios_are_named_by_title_and_versions_by_what_they_change(self, three, written):
        assert "“The same ceasefire, and nobody comes”" in visible(written)
        assert not re.search("<h[12][^>]*>[^<]*[a-z]_[a-z]", written)
        versions = {
            "a": load("no_force"),
            "b": load("no_force", ["setting.clarity=0.9"]),
            "c": load("no_force", ["setting.clarity=0.9"]),
        }
        labels = list(scenario_labels(versions).values())
        assert labels[1:] == ["with clarity 0.9", "with clarity 0.9 (c)"]
        left, stayed = load("backstop_withdrawn"), load("backstop_withdrawn", ["events=[]"])
        label = scenario_labels({"left": left, "stayed": stayed})["stayed"]
        assert label == "with no event washington leaves"

    def test_no_name_breaks_out_of_the_page(self, tmp_path: Path):
        found = compare({HOSTILE: hostile(), "other": hostile()}, runs=10)
        text = write_comparison(
            found, tmp_path / "hostile.html", PageCommands(HOSTILE, HOSTILE), words(found)
        ).read_text("utf-8")
        assert "<img src=x" not in text

    def test_what_was_set_is_in_the_command_that_tells_a_run(self):
        words = ("my file.yaml", "--set", "months=12")
        assert trace_command(words, 3, 7) == (
            "thinline trace 'my file.yaml' --set months=12 --run 3 --seed 7"
        )


def test_the_page_of_pivotal_states(tmp_path: Path):
    found = pivotal(tiny(), runs=50)
    text = write_pivotal(found, tmp_path / "states.html", PageCommands(COMMAND)).read_text("utf-8")
    assert panels(text) == ["leavers"]
    assert LEAVING_NOTE in visible(text)
    assert unbroken(found.sentence.replace("In tiny no", "Here no")) in visible(text)
    assert COMMAND in visible(text)
    assert tiny().digest in text


def test_a_single_run_has_no_interval():
    """None without end either."""
    assert mean_words(mean(-60.0, 3600.0, 1)) == "−60"
    assert mean_words(mean(10.0, 60.0, 2)) == "+5 (−23.4 to +33.4)"

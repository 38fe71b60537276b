"""The record beside the model: the numbers on file, how the model's are read, and the page."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest

from sim.experiments.simulate import simulate
from sim.scenario.constants import CONSTANTS
from sim.scenario.load import load
from sim.scenario.schema import CHALLENGE_LADDER, SETTING
from sim.statistics import Estimate, proportion
from sim.validation import historical_record as record
from sim.validation.compare_patterns import (
    Guess,
    band_range,
    parting,
    pattern_rows,
    position,
    rank_correlation,
    weighted_mean,
)
from sim.validation.historical_record import Recorded
from sim.validation.patterns import (
    ANSWERED,
    BY_KIND,
    CRISES,
    PATTERNS,
    THERE,
    WAR,
    Emergence,
    ratio_difference,
    ratio_of_sums,
)
from tests.scenarios import tiny
from tools.docgen import patterns as patterns_page

PAGE = Path(__file__).parents[3] / "docs" / "patterns.md"


@pytest.fixture(scope="module")
def results():
    """A few runs of the main scenario."""
    return simulate(load("reassurance_force"), runs=600)


@pytest.fixture(scope="module")
def small():
    """The page, of few runs."""
    return patterns_page.page(runs=40, pairs=60)


class TestRecord:
    @pytest.mark.parametrize(
        ("group", "shares"),
        [
            (record.VIOLENCE, [0.257, 0.292, 0.239, 0.212, 0.247, 0.314, 0.260, 0.178]),
            (record.DISPUTES, [0.030, 0.268, 0.658, 0.0435, 0.0173]),
            (record.COMMITMENTS, [0.745, 0.50, 0.66, 0.22, 0.41]),
            (record.PEACEKEEPING, [0.50, 0.75, 0.85]),
            (record.FAITS_ACCOMPLIS, [112 / 125, 82 / 84]),
            (record.LENGTH, [81, 162, 29, 209]),
        ],
    )
    def test_the_figures_are_those_of_the_literature(self, group, shares):
        assert [one.value for one in group] == pytest.approx(shares, abs=6e-4)

    @pytest.mark.parametrize(
        ("one", "low", "high"),
        [(record.VIOLENCE[3], 0.178, 0.250), (record.DISPUTES[3], 0.036, 0.052)],
    )
    def test_intervals_follow_from_the_counts(self, one, low, high):
        assert (one.low, one.high) == pytest.approx((low, high), abs=6e-4)

    def test_every_figure_has_a_source(self):
        assert all(one.source for pattern in PATTERNS for one in pattern.recorded)


class TestMeasured:
    def test_shares_of_crises_are_counts_over_counts(self, results):
        records = results.records
        kinds = ["probes", "strikes", "mobilisations", "accidents"]
        total = sum(int(records[kind].sum()) for kind in kinds)
        assert WAR.of(results).value == pytest.approx((records["war"] > 0).sum() / total)
        assert sum(measure.of(results).value for measure in BY_KIND) == pytest.approx(1.0)

    def test_the_interval_of_a_share_of_crises_takes_runs_as_the_sampling_units(self, results):
        records = results.records
        crises = sum(records[kind].astype(float) for kind in CRISES)
        expected = ratio_of_sums(records["war"] > 0, crises)
        assert WAR.of(results) == pytest.approx(expected, rel=0.02)
        cases = proportion(round((records["war"] > 0).sum()), round(crises.sum()))
        assert WAR.of(results).width != pytest.approx(cases.width, rel=0.01)

    def test_answers_and_deeds(self, results):
        answered, conceded = (int(results.records[name].sum()) for name in ("answered", "conceded"))
        assert ANSWERED.of(results).value == pytest.approx(answered / (answered + conceded))
        there = THERE.of(results)
        assert there.low < there.value == pytest.approx(1 - results.records["pledge_gap"].mean())
        assert there.value < there.high

    def test_a_ratio_of_sums_and_its_interval(self):
        part, whole = np.array([0.0, 1.0, 2.0, 3.0]), np.array([1.0, 2.0, 4.0, 5.0])
        found = ratio_of_sums(part, whole)
        residual = (part - 0.5 * whole) / 3.0
        assert found.value == 0.5
        assert found.high - found.value == pytest.approx(1.96 * residual.std() / 2.0, rel=1e-4)
        assert ratio_difference((part, whole), (part, whole)) == (0.0, 0.0, 0.0)
        assert ratio_difference((2 * part, whole), (part, whole)).value == 0.5


class TestStand:
    BAND = (Recorded("", 0.2, "", 0.1, 0.3), Recorded("", 0.35, ""))

    def test_a_band_goes_from_the_lowest_bound_to_the_highest(self):
        assert band_range(self.BAND) == (0.1, 0.35)

    @pytest.mark.parametrize(
        ("estimate", "said"),
        [
            ((0.05, 0.02, 0.09), "below the historical range"),
            ((0.05, 0.02, 0.11), "at an end of the historical range"),
            ((0.2, 0.1, 0.35), "within the historical range"),
            ((0.34, 0.3, 0.36), "at an end of the historical range"),
            ((0.5, 0.36, 0.6), "above the historical range"),
            ((math.nan, 0.0, 1.0), "nothing to compare"),
        ],
    )
    def test_where_a_figure_lies(self, estimate, said):
        assert position(Estimate(*estimate), self.BAND) == said

    @pytest.mark.parametrize(
        ("found", "more", "said"),
        [
            ((0.2, 0.1, 0.3), True, "yes"),
            ((0.2, 0.1, 0.3), False, "**no**"),
            ((-0.2, -0.3, -0.1), False, "yes"),
            ((0.2, -0.1, 0.3), True, "cannot be told"),
        ],
    )
    def test_whether_a_sign_is_the_same(self, found, more, said):
        assert patterns_page.same(Estimate(*found), more) == said


class TestTable:
    def test_a_line_for_each_pattern_one_scenario_can_speak_to(self, results):
        lines = pattern_rows(results)
        spoken_to = [p for p in PATTERNS if not p.signs and not p.cut]
        assert [line.question for line in lines] == [p.question for p in spoken_to]
        assert [bool(line.model) for line in lines] == [bool(p.measures) for p in spoken_to]
        assert lines[0].model[0].estimate == WAR.of(results)
        assert lines[0].record == record.VIOLENCE
        assert "  " not in lines[0].why

    def test_a_figure_without_an_instance_is_left_out(self):
        quiet = pattern_rows(simulate(load("no_force"), runs=50))
        shown = [figure.what for line in quiet for figure in line.model]
        assert ANSWERED.what not in shown
        assert "nothing to compare" in [line.stands for line in quiet]


class TestBaseline:
    def test_positions_weighted_by_capability_and_resolve(self):
        for_it = 0.4 * 0.5 + 0.3 * 0.7
        assert weighted_mean(tiny()) == pytest.approx(for_it / (for_it + 1.0 * 0.45))

    def test_a_rung_is_a_position(self):
        pledged = weighted_mean(tiny("states.poland.pledge=political"))
        assert pledged == pytest.approx((0.2 + 0.21 * 0.2) / (0.2 + 0.21 + 0.45))

    def test_a_world_without_weight_is_even(self):
        states = ("russia", "ukraine", "poland")
        assert weighted_mean(tiny(*(f"states.{name}.capability=0" for name in states))) == 0.5

    def test_order_and_parting(self):
        shares = {"a": (0.9, 0.9), "b": (0.5, 0.1), "c": (0.4, 0.5), "d": (0.3, 0.4)}
        guesses = [Guess(name, x, Estimate(y, y, y)) for name, (x, y) in shares.items()]
        assert rank_correlation(guesses) == pytest.approx(0.4)
        assert parting(guesses)[0] == "b"


class TestOrigin:
    """Whether a pattern is built in or emerges."""

    @pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.question)
    def test_every_pattern_says_it_with_a_reason_and_the_page_too(self, pattern):
        assert len(pattern.because.split()) >= 12
        assert pattern.because.strip() != pattern.why.strip()
        section = PAGE.read_text(encoding="utf-8").partition(f"## {pattern.question}\n\n")[2]
        assert section.startswith(patterns_page.origin(pattern))

    def test_what_is_not_in_the_model_has_no_figure_of_it(self):
        for pattern in PATTERNS:
            has_figures = bool(pattern.measures or pattern.signs or pattern.cut)
            assert not (pattern.origin is Emergence.ABSENT and has_figures), pattern.question
            assert has_figures or pattern.origin is not Emergence.EMERGES, pattern.question

    def test_not_all_of_them_are_built_in(self):
        assert {pattern.origin for pattern in PATTERNS} == set(Emergence)

    def test_a_parameter_that_is_named_exists(self):
        for pattern in PATTERNS:
            for name in re.findall(r"`([a-z_.]+)`", pattern.because):
                known = {**CONSTANTS, **SETTING, **CHALLENGE_LADDER}
                assert name.removeprefix("setting.") in known, name


class TestPage:
    def test_it_has_every_pattern_and_every_figure_of_the_record(self, small):
        for pattern in PATTERNS:
            assert f"## {pattern.question}\n" in small
            for one in pattern.recorded:
                assert f"| {one.what} | {patterns_page.recorded(one)} | {one.source} |" in small

    def test_nothing_is_missing_or_unfinished(self, small):
        assert "nan" not in re.findall(r"[a-z]+", small)
        assert "{" not in small

    def test_the_page_on_file_has_the_same_parts(self, small):
        def parts(text: str) -> list[str]:
            return [line for line in text.splitlines() if line[:2] in ("# ", "##")]

        assert parts(PAGE.read_text(encoding="utf-8")) == parts(small)

    @pytest.mark.deep
    def test_the_page_on_file_is_what_the_command_prints(self):
        kept = PAGE.read_text(encoding="utf-8")
        assert kept == patterns_page.page(patterns_page.RUNS, patterns_page.PAIRS), (
            "renew it: python -m tools.docgen patterns"
        )

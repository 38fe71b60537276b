"""Charts of comparisons and pivotal states, and the words for changes of a share."""

from __future__ import annotations

import pytest

from sim.categories import CATEGORIES
from sim.enums import Outcome
from sim.figures.comparison import (
    MOST_TRANSITIONS,
    DifferencesChart,
    SharesChart,
    TransitionRow,
    TransitionsChart,
)
from sim.figures.parts import SERIES_SYMBOLS, SYMBOLS, series_legend
from sim.figures.pivotal import MOST, PivotalChart
from sim.figures.theme import PAPER, Note
from sim.formatting import describe_change, format_change
from tests.unit.figures.cases import leavers

NOTE = Note(1000, 3)
NOTHING = (0.0, -0.001, 0.001)
MORE, LESS = (0.081, 0.072, 0.09), (-0.02, -0.03, -0.01)


def shares(**some: float) -> dict[str, tuple[float, float, float]]:
    """Shares of some categories, each known to within a point; zero for the others."""
    return {w: (s := some.get(w, 0.0), max(0.0, s - 0.01), s + 0.01) for w in CATEGORIES}


def changes(**some: tuple[float, float, float]) -> dict[str, tuple[float, float, float]]:
    """Changes of some categories, none of the others."""
    return {word: some.get(word, NOTHING) for word in CATEGORIES}


class TestWords:
    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (MORE, "8.1 percentage points more often (7.2 to 9.0)"),
            (LESS, "2.0 percentage points less often (1.0 to 3.0)"),
            ((-0.01, -0.03, 0.01), "1.0 percentage points less often (−1.0 to 3.0)"),
            ((0.0005, 0.0001, 0.0009), "0.05 percentage points more often (0.01 to 0.09)"),
        ],
    )
    def test_points(self, change, said):
        assert describe_change(change) == said

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (MORE, "+8.1 (+7.2 to +9.0)"),
            (LESS, "−2.0 (−3.0 to −1.0)"),
            ((-0.0001, -0.01, 0.0101), "0.0 (−1.0 to +1.0)"),
        ],
    )
    def test_with_a_sign(self, change, said):
        assert format_change(change) == said

    def test_with_a_unit(self):
        assert format_change(MORE, " points") == "+8.1 points (+7.2 to +9.0)"


def test_the_categories_are_the_endings_war_and_its_causes():
    words, categories = list(CATEGORIES), list(CATEGORIES.values())
    assert words[:7] == Outcome.words()
    assert words[7:] == ["failure", "escalation", "war"]
    assert [each.colour for each in categories[:7]] == [o.style.colour for o in Outcome]


def test_a_legend_has_the_symbol_of_each_series():
    found = series_legend(["a", "b"], first=1)
    assert [(entry.label, entry.symbol) for entry in found] == [("a", "■"), ("b", "◆")]
    assert len({SYMBOLS[name] for name in SERIES_SYMBOLS}) == len(SERIES_SYMBOLS) == 6


class TestShares:
    def test_the_title_has_the_least_war_and_the_most(self):
        chart = SharesChart.of({"a": shares(war=0.1), "b": shares(war=0.3)}, {"b": MORE})
        assert chart.title == "War rises from 10.0 % of runs in the baseline to 30.0 % in b"

    def test_a_clear_paired_difference_is_not_called_unclear(self):
        """The intervals of the shares overlap, and that of the paired difference excludes zero."""
        found = {"a": shares(war=0.1), "b": shares(war=0.1), "c": shares(war=0.11)}
        chart = SharesChart.of(found, {"b": NOTHING, "c": (0.01, 0.002, 0.018)})
        assert chart.title == "War rises from 10.0 % of runs in the baseline to 11.0 % in c"

    def test_shares_that_do_not_differ_are_not_ranked(self):
        chart = SharesChart.of({"a": shares(war=0.1), "b": shares(war=0.11)}, {"b": NOTHING})
        assert (
            chart.title
            == "War in 10.0 % to 11.0 % of runs: no detectable difference from the baseline"
        )

    def test_a_version_is_named_by_what_it_changes(self):
        found = {"“A”": shares(war=0.3), "with force size 0": shares(war=0.1)}
        chart = SharesChart.of(found, {"with force size 0": LESS})
        assert (
            chart.title
            == "War falls from 30.0 % of runs in the baseline to 10.0 % with force size 0"
        )

    def test_every_scenario_has_a_bar_with_its_name_above(self):
        found = {f"s{k}": shares(limited_war=k / 10, war=k / 10) for k in range(6)}
        drawn = SharesChart.of(found, {f"s{k}": NOTHING for k in range(6)}).figure(NOTE)
        names = [each.text.split(":")[0] for each in drawn.layout.annotations]
        assert names == ["s0 (baseline)", *list(found)[1:]]
        bars = drawn.data[0]
        assert all(name.y > y for name, y in zip(drawn.layout.annotations, bars.y, strict=True))

    def test_the_line_below_a_bar_is_the_interval_of_war(self):
        drawn = SharesChart.of({"a": shares(war=0.2)}, {}).figure(NOTE)
        line = drawn.data[-1]
        assert list(line.x) == pytest.approx([80])
        assert line.error_x.array[-1] == pytest.approx(1)
        assert line.error_x.arrayminus[-1] == pytest.approx(1)


class TestDifferences:
    def test_a_clear_difference_in_war_is_the_title(self):
        chart = DifferencesChart.of("a", {"b": changes(war=LESS), "c": changes(war=MORE)})
        assert chart.title == (
            "War is more frequent in c than in the baseline: +8.1 points (+7.2 to +9.0)"
        )

    def test_a_clear_one_is_named_before_a_larger_one_that_is_not(self):
        wide = changes(war=(0.05, -0.1, 0.2))
        chart = DifferencesChart.of("a", {"b": changes(war=LESS), "c": wide})
        assert chart.title == (
            "War is less frequent in b than in the baseline: −2.0 points (−3.0 to −1.0)"
        )

    def test_an_unclear_one_says_so(self):
        chart = DifferencesChart.of("a", {"b": changes(failure=MORE)})
        assert chart.title == "No detectable difference in war in b: 0.0 points (−0.1 to +0.1)"
        assert "deterrence fails 8.1 percentage points more often" in chart.alt_text

    def test_hollow_if_the_interval_includes_zero(self):
        chart = DifferencesChart.of("a", {"b": changes(war=MORE)})
        colours = chart.figure(NOTE).data[0].marker.color
        assert list(colours) == [PAPER] * 9 + [CATEGORIES["war"].colour]

    def test_each_scenario_has_a_block_below_its_name(self):
        chart = DifferencesChart.of("a", {"b": changes(war=MORE), "c": changes()})
        drawn = chart.figure(NOTE)
        assert [each.text for each in drawn.layout.annotations] == ["<b>b</b>", "<b>c</b>"]
        heads = [each.y for each in drawn.layout.annotations]
        assert heads == [0, 11]
        assert list(drawn.data[0].y) == [*range(1, 11), *range(12, 22)]
        assert len(drawn.layout.yaxis.ticktext) == 22


class TestTransitions:
    def test_the_rarest_are_left_to_the_table(self):
        pairs = [(a, b) for a in Outcome for b in Outcome if a is not b][: MOST_TRANSITIONS + 3]
        rows = [
            TransitionRow(a, b, 99 - n, ((99 - n) / 99, 0, 1)) for n, (a, b) in enumerate(pairs)
        ]
        chart = TransitionsChart(rows, "x", "y")
        assert len(chart.figure(NOTE).data) == MOST_TRANSITIONS
        assert len(chart.table.rows) == len(pairs)
        assert "; 10 rarer changes." in chart.alt_text

    def test_a_bar_has_the_colour_and_pattern_of_the_later_outcome(self):
        move = TransitionRow(Outcome.TESTED_FORCE, Outcome.LIMITED_WAR, 30, (0.03, 0.02, 0.04))
        bar = TransitionsChart([move], "x", "y").figure(NOTE).data[0]
        assert bar.marker.color == Outcome.LIMITED_WAR.style.colour
        assert bar.marker.pattern.shape == Outcome.LIMITED_WAR.style.pattern


class TestPivotal:
    def effects(self, war):
        return {"war": war, "failure": NOTHING, "escalation": NOTHING}

    def test_the_largest_clear_effect_is_the_title(self):
        chart = PivotalChart(
            leavers({"france": self.effects(LESS), "poland": self.effects(NOTHING)})
        )
        assert chart.title == (
            "Without France war occurs 2.0 percentage points less often (1.0 to 3.0)"
        )
        assert "Of 2 states, 1 makes a clear" in chart.alt_text

    def test_no_state_is_named_pivotal_if_none_is(self):
        chart = PivotalChart(leavers({"france": self.effects((0.01, -0.01, 0.03))}))
        assert "No state is clearly pivotal" in chart.title

    def test_the_first_twelve_are_drawn_and_all_are_in_the_table(self):
        chart = PivotalChart(leavers({f"s{k}": self.effects((k / 100, 0, 1)) for k in range(30)}))
        drawn = chart.figure(NOTE)
        assert len(drawn.data[0].x) == MOST
        assert "the first 12 of 30 states" in drawn.layout.meta["caption"]
        assert len(chart.table.rows) == 30

"""Parts of charts, the words of numbers, and the charts of outcomes and participation."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import formatting
from sim.categories import WARS
from sim.enums import Outcome
from sim.figures import theme
from sim.figures.outcomes import IncidenceCurves, OutcomeWaffle, TimeToWar
from sim.figures.participation import RUNG_COLOURS, ParticipationChart
from sim.figures.parts import apportion, month_marks, month_step, row_by_row, separate, year_ticks
from sim.figures.theme import Note
from sim.formatting import format_percent, format_share_ci, join_and, plural, state_name
from sim.report.panels import outcomes_panel
from sim.statistics import bounded_mean, proportion
from sim.tables import Table
from tests.results import results

counts = st.lists(st.integers(0, 10**6), min_size=1, max_size=9).filter(any)


class TestApportion:
    def test_the_largest_remainders_get_the_dots_that_are_left(self) -> None:
        assert apportion([0.474, 0.265, 0.261], 10) == [5, 3, 2]

    @given(counts)
    def test_every_count_is_its_share_rounded_up_or_down(self, runs: list[int]) -> None:
        shares = [count / sum(runs) for count in runs]
        dots = apportion(shares, 100)
        assert sum(dots) == 100
        assert all(abs(d - 100 * s) < 1 + 1e-9 for d, s in zip(dots, shares, strict=True))

    def test_dots_fill_from_the_top_left(self) -> None:
        assert row_by_row(3, columns=2, rows=2, skip=1) == [(1, 1), (0, 0), (1, 0)]


class TestMarks:
    @given(st.integers(1, 600), st.integers(2, 60))
    def test_they_span_the_horizon_and_fit(self, months: int, most: int) -> None:
        shown = month_marks(months, most)
        assert shown[0] == 0
        assert shown[-1] == months
        assert len(shown) <= most + 1
        assert sorted(set(shown)) == shown

    @given(st.integers(1, 600))
    def test_a_time_axis_has_few_labels(self, months: int) -> None:
        assert 2 <= len(year_ticks(months)) <= 7

    def test_steps_are_ones_a_reader_counts_in(self) -> None:
        assert [month_step(months, 24) for months in (12, 60, 120, 240, 600)] == [1, 3, 6, 12, 36]


class TestWording:
    @pytest.mark.parametrize(
        ("share", "text"),
        [
            (0, "0.0 %"),
            (1, "100.0 %"),
            (0.43, "43.0 %"),
            (0.051, "5.1 %"),
            (0.945, "94.5 %"),
            (0.0002, "<0.1 %"),
            (0.99999, ">99.9 %"),
        ],
    )
    def test_a_share_is_never_rounded_to_nothing_or_all(self, share: float, text: str) -> None:
        assert format_percent(share) == text

    @pytest.mark.parametrize(
        ("interval", "text"),
        [
            ((0.43, 0.42, 0.44), "43.0 % (42.0–44.0)"),
            ((0.05, 0.046, 0.054), "5.0 % (4.6–5.4)"),
            ((0.0001, 0.0, 0.0006), "0.01 % (0.00–0.06)"),
            ((0.0, 0.0, 0.0004), "0.00 % (0.00–0.04)"),
            ((0.3, 0.21, 0.41), "30.0 % (21.0–41.0)"),
        ],
    )
    def test_no_more_digits_than_the_interval_allows(
        self, interval: tuple[float, float, float], text: str
    ) -> None:
        assert format_share_ci(interval) == text

    def test_words(self) -> None:
        assert join_and(["a", "b", "c"]) == "a, b and c"
        assert join_and(["a"]) == "a"
        assert plural(1, "state") == "1 state"
        assert plural(2000, "state") == "2,000 states"
        assert state_name("united_kingdom") == "United Kingdom"
        assert state_name("bosnia_and_herzegovina") == "Bosnia and Herzegovina"


def time_to_war(wars: list[int], runs: int) -> TimeToWar:
    share = sum(wars) / runs
    return TimeToWar.of(wars, runs, (share, share, share))


class TestTimeToWar:
    def test_every_run_is_in_one_bin(self) -> None:
        rows = time_to_war([0, 5, 0, 7, 0, 0, 0, 3], 100).rows
        assert sum(row.runs for row in rows) == 100
        assert rows[-1].label == "never within the horizon"
        assert rows[-1].share[0] == pytest.approx(0.85)

    def test_bins_leave_no_month_out(self) -> None:
        *bins, never = time_to_war([1] * 61, 100).rows
        assert [(row.first, row.last) for row in bins[:2]] == [(1, 3), (4, 6)]
        assert bins[-1].last == 60
        assert sum(row.runs for row in bins) == 61
        assert never.share[0] == 0.39

    def test_the_title_has_the_month_by_which_half_of_the_wars_have_come(self) -> None:
        assert "by month 2" in time_to_war([0, 10, 20, 10], 100).title
        assert time_to_war([0, 0, 0], 9).title.startswith("No model run")
        assert time_to_war([0, 2, 1], 3).title.startswith("Every run")

    def test_the_median_is_that_of_the_months_and_not_of_the_bins(self) -> None:
        """Bins of three months would round 4 up to 6."""
        wars = [0] * 61
        wars[3], wars[4], wars[50] = 10, 15, 20
        assert time_to_war(wars, 100).title.endswith("half of the wars come by month 4")

    def test_runs_without_war_are_in_words_beside_the_bars(self) -> None:
        drawn = time_to_war([0, 30, 20], 100).figure(Note(100, 1))
        assert list(drawn.data[0].y) == [30, 20]
        assert "no war within 2 months:<br><b>50.0 %" in drawn.layout.annotations[0].text


class TestOutcomeWaffle:
    def test_every_outcome_has_its_own_name(self) -> None:
        table = OutcomeWaffle.of(results().outcomes, leads=True).table
        assert [row[0] for row in table.rows] == [o.word.replace("_", " ") for o in Outcome]

    def test_no_ending_is_named_the_commonest_where_luck_may_have_made_it_so(self) -> None:
        even = outcomes_panel(results({Outcome.UNTESTED_FORCE: 51, Outcome.LIMITED_WAR: 49}))
        assert even.title == (
            "No ending stands out: untested force 51.0 % and limited war 49.0 % are too "
            "close to rank"
        )
        clear = outcomes_panel(results({Outcome.UNTESTED_FORCE: 90, Outcome.LIMITED_WAR: 10}))
        assert clear.title == "The commonest ending is untested force: 90.0 % of runs"


class TestIncidence:
    def test_labels_keep_apart(self) -> None:
        placed = separate([0.01, 0.02, 0.9], [0.1] * 3)
        assert placed[0] < placed[1] < placed[2] == pytest.approx(0.9)
        assert np.diff(placed).min() >= 0.1 - 1e-9

    def test_labels_that_would_overlap_share_the_way(self) -> None:
        assert separate([0.45, 0.5, 0.55], [0.2] * 3) == pytest.approx([0.3, 0.5, 0.7])

    @given(st.lists(st.floats(0, 1), min_size=1, max_size=7))
    def test_labels_stay_within_the_plot(self, places: list[float]) -> None:
        placed = separate(sorted(places), [0.12] * len(places))
        assert placed[0] >= 0.06 - 1e-9
        assert placed[-1] <= 0.94 + 1e-9
        assert all(b - a >= 0.12 - 1e-9 for a, b in pairwise(placed))

    def test_lines_never_fall(self) -> None:
        shown = results().endings.cumsum(axis=0)
        by_month = {w: [(n / 1000, 0.0, 1.0) for n in shown[:, w]] for w in WARS}
        chart = IncidenceCurves.of(by_month, 1000)
        for war in WARS:
            heights = [row.share[0] for row in chart.rows if row.outcome is war]
            assert heights == sorted(heights)
            assert heights[-1] == results().outcomes[war].value

    @pytest.mark.parametrize(
        ("counts", "runs", "title"),
        [
            ((240, 190, 3), 2000, "Renewed offensive is the likeliest war: 12.0 % of runs"),
            ((24, 19, 3), 200, "Renewed offensive (12.0 %) and limited war (9.5 %) are too close"),
            ((5, 0, 0), 10, "Renewed offensive is the only kind of war within 1 month: 50.0 %"),
            ((0, 0, 0), 10, "No kind of war comes in any model run within 1 month"),
        ],
    )
    def test_wars_are_ranked_if_they_differ_significantly(
        self, counts: tuple[int, ...], runs: int, title: str
    ) -> None:
        by_month = {
            war: [proportion(n, runs) for n in (0, count)]
            for war, count in zip(WARS, counts, strict=True)
        }
        assert IncidenceCurves.of(by_month, runs).title.startswith(title)


class TestParticipation:
    def counts(self) -> np.ndarray:
        """Two months of two states: one always on the ground, one half at none, half at logistics;
        no run is left in the last month."""
        month = [[0, 0, 0, 0, 0, 40], [20, 0, 20, 0, 0, 0]]
        return np.array([month, month, np.zeros((2, 6), int)])

    def chart(self) -> ParticipationChart:
        return ParticipationChart.of(["high", "low"], self.counts())

    def test_means_shares_and_intervals(self) -> None:
        first, *_, last = ParticipationChart.of(["low", "high"][::-1], self.counts()).rows
        assert (first.name, first.mean.value, first.mean.high) == ("High", 5.0, 5.0)
        assert first.shares == (0, 0, 0, 0, 0, 1)
        assert last.runs == 0
        assert np.isnan(last.mean.value)

    def test_the_interval_is_that_of_a_mean(self) -> None:
        low = self.chart().rows[3]
        assert low.mean == bounded_mean((0, 5), 40, 80, 40)

    def test_one_run_that_is_left_says_nothing(self) -> None:
        counts = self.counts()
        counts[1] = [[0, 0, 0, 1, 0, 0], [1, 0, 0, 0, 0, 0]]
        chart = ParticipationChart.of(["high", "low"], counts)
        assert chart.title == "Average commitment falls in 0 of 2 states and rises in 0"

    def test_a_month_without_runs_is_in_the_table_and_not_drawn(self) -> None:
        drawn = self.chart().figure(Note(40, 1))
        assert drawn.layout.xaxis2.title.text == "at month 1"
        assert self.chart().table.rows[-1][-1] == "–"

    def test_the_title_counts_where_commitment_falls(self) -> None:
        assert self.chart().title == "Average commitment falls in 0 of 2 states and rises in 0"
        counts = self.counts()
        counts[1, 0] = [0, 0, 40, 0, 0, 0]
        counts[1, 1] = [40, 0, 0, 0, 0, 0]
        assert ParticipationChart.of(["high", "low"], counts).title == (
            "The coalition thins: average commitment falls in 2 of 2 states and rises in 0"
        )

    def test_states_with_numbers_share_a_row(self) -> None:
        counts = np.zeros((2, 4, 6), int)
        counts[:, :3, 0] = 10
        counts[:, 3, 5] = 10
        counts[:, 0] = [0, 0, 0, 0, 0, 10]
        names = ["pledger_1", "pledger_2", "pledger_3", "france"]
        first, *_, last = ParticipationChart.of(names, counts).rows
        assert first.name == "France"
        assert (last.name, last.members, last.runs) == ("Pledgers (3)", 3, 10)
        assert last.shares == pytest.approx((2 / 3, 0, 0, 0, 0, 1 / 3))

    def test_neighbouring_rungs_can_be_told_apart(self) -> None:
        for shades in (theme.RUNG_SHADES, theme.RUNG_SHADES_ON_DARK):
            assert all(theme.contrast(a, b) >= 1.3 for a, b in pairwise(shades))
        assert len(set(RUNG_COLOURS.values())) == 6


def test_a_ragged_table_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 2 cells"):
        Table(("a", "b"), (("1", "2"), ("1",)))


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [(-2.5, "+.1f", "−2.5"), (2.5, "+.1f", "+2.5"), (-0.01, "+.1f", "0.0"), (-0.5, ".3g", "−0.5")],
)
def test_a_minus_is_as_long_as_a_plus_and_nothing_has_no_sign(value, kind, said) -> None:
    assert formatting.format_signed(value, kind) == said


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("setting.force_size", "force size"),
        ("states.russia.fear", "Russia: fear"),
        ("groups.baltic.resolve", "Baltic: resolve"),
        ("events.2.month", "event 2: month"),
        ("events.1.set.setting.backstop", "event 1: backstop"),
    ],
)
def test_a_lever_has_a_name_and_in_a_table_its_path_too(path, said) -> None:
    assert formatting.parameter_name(path) == said
    assert formatting.parameter_cell(path) == f"{said} `{path}`"

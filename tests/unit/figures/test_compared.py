"""What is peculiar to the figures of a comparison, and the words for changes of a share."""

from __future__ import annotations

import pytest

from sim.enums import OUTCOME_STYLES, Outcome
from sim.figures import apart, became, leavers, side_by_side
from sim.figures.rows import SHAPES, key
from sim.figures.theme import PAPER, Note
from sim.figures.ways import LABELS, WAYS
from sim.text import describe_change, format_change

NOTE = Note(1000, 3)
NOTHING = (0.0, -0.001, 0.001)
MORE, LESS = (0.081, 0.072, 0.09), (-0.02, -0.03, -0.01)


def shares(**some: float) -> dict[str, tuple[float, float, float]]:
    """Shares of the ways named, each known to within a point; nothing of the others."""
    return {w: (s := some.get(w, 0.0), max(0.0, s - 0.01), s + 0.01) for w in LABELS}


def changes(**some: tuple[float, float, float]) -> dict[str, tuple[float, float, float]]:
    """Changes of the ways named, none of the others."""
    return {way: some.get(way, NOTHING) for way in LABELS}


class TestWords:
    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (MORE, "8.1 points more (7.2 to 9.0)"),
            (LESS, "2.0 points fewer (1.0 to 3.0)"),
            ((-0.01, -0.03, 0.01), "1.0 points fewer (−1.0 to 3.0)"),
            ((0.0005, 0.0001, 0.0009), "0.05 points more (0.01 to 0.09)"),
        ],
    )
    def test_points(self, change, said):
        assert describe_change(change) == said

    def test_points_of_something(self):
        assert describe_change(MORE, " of 9 runs") == "8.1 points more of 9 runs (7.2 to 9.0)"

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


def test_the_ways_are_the_endings_and_the_roads_to_war():
    assert [way.word for way in WAYS[:7]] == Outcome.words()
    assert [way.word for way in WAYS[7:]] == ["failure", "escalation", "war"]
    assert [way.colour for way in WAYS[:7]] == [s.colour for s in OUTCOME_STYLES.values()]


def test_a_legend_has_the_sign_of_each_shape():
    assert key(["a", "b"], first=1) == [("a", "■"), ("b", "◆")]
    assert len({sign for _, sign in SHAPES}) == len(SHAPES) == 6


class TestSideBySide:
    def test_where_least_war_is_and_most(self):
        rows = side_by_side.table({"a": shares(war=0.1), "b": shares(war=0.3)})
        said = "War in 10.0 % of the runs of a, in 30.0 % of those of b"
        assert side_by_side.title(rows, {"b": MORE}) == said

    def test_what_is_clear_run_by_run_is_not_called_unclear(self):
        """The shares' own intervals overlap, and the paired one leaves zero out."""
        rows = side_by_side.table(
            {"a": shares(war=0.1), "b": shares(war=0.1), "c": shares(war=0.11)}
        )
        said = "War in 10.0 % of the runs of a, in 11.0 % of those of c"
        assert side_by_side.title(rows, {"b": NOTHING, "c": (0.01, 0.002, 0.018)}) == said

    def test_what_cannot_be_ranked_is_not(self):
        rows = side_by_side.table({"a": shares(war=0.1), "b": shares(war=0.11)})
        said = "War in 10.0 % to 11.0 % of the runs: no clear difference from a"
        assert side_by_side.title(rows, {"b": NOTHING}) == said

    def test_six_scenarios_have_six_shapes_in_their_order_from_the_top(self):
        rows = side_by_side.table({f"s{k}": shares(war=k / 10) for k in range(6)})
        drawn = side_by_side.figure(rows, {f"s{k}": NOTHING for k in range(6)}, NOTE)
        assert [trace.marker.symbol for trace in drawn.data] == [shape for shape, _ in SHAPES]
        heights = [trace.y[-1] for trace in drawn.data]
        assert heights == sorted(heights)
        assert all(abs(height - 9) < 0.5 for height in heights)

    def test_a_row_wears_its_colour(self):
        drawn = side_by_side.figure(
            side_by_side.table({"a": shares(), "b": shares()}), {"b": NOTHING}, NOTE
        )
        assert list(drawn.data[0].marker.color) == [way.colour for way in WAYS]

    def test_the_whiskers_are_the_interval(self):
        drawn = side_by_side.figure(side_by_side.table({"a": shares(war=0.2)}), {}, NOTE)
        whisker = drawn.data[0].error_x
        assert whisker.array[-1] == pytest.approx(1)
        assert whisker.arrayminus[-1] == pytest.approx(1)


class TestApart:
    def test_a_clear_difference_in_war_is_the_title(self):
        rows = apart.table("a", {"b": changes(war=LESS), "c": changes(war=MORE)})
        assert apart.title(rows) == "War: 8.1 points more (7.2 to 9.0) in c than in a"

    def test_a_clear_one_is_named_before_a_larger_one_that_is_not(self):
        rows = apart.table("a", {"b": changes(war=LESS), "c": changes(war=(0.05, -0.1, 0.2))})
        assert apart.title(rows) == "War: 2.0 points fewer (1.0 to 3.0) in b than in a"

    def test_an_unclear_one_says_so(self):
        rows = apart.table("a", {"b": changes(failure=MORE)})
        assert apart.title(rows) == "No clear difference in war: 0.0 points (−0.1 to +0.1) in b"
        assert "deterrence fails 8.1 points more" in apart.alternative(rows)

    def test_hollow_where_the_interval_holds_zero(self):
        rows = apart.table("a", {"b": changes(war=MORE)})
        colours = apart.figure(rows, NOTE).data[0].marker.color
        assert list(colours) == [PAPER] * 9 + [WAYS[-1].colour]

    def test_a_scenario_keeps_the_shape_it_has_beside_the_baseline(self):
        rows = apart.table("a", {"b": changes(), "c": changes()})
        symbols = [trace.marker.symbol for trace in apart.figure(rows, NOTE).data]
        assert symbols == [shape for shape, _ in SHAPES[1:3]]


class TestBecame:
    def test_the_commonest_is_first_and_the_rarest_left_to_the_table(self):
        pairs = [(a, b) for a in Outcome for b in Outcome if a is not b][: became.MOST + 3]
        rows = became.table([(a, b, n, (n / 99, 0, 1)) for n, (a, b) in enumerate(pairs)])
        assert rows[0].runs == len(pairs) - 1
        assert len(became.figure(rows, "x", "y", NOTE).data) == became.MOST
        assert len(became.sheet(rows).rows) == len(pairs)
        assert "; 10 rarer changes." in became.alternative(rows)

    def test_it_wears_the_colour_and_pattern_of_what_it_became(self):
        move = Outcome.TESTED_DETERRENCE, Outcome.LIMITED_WAR, 30, (0.03, 0.02, 0.04)
        bar = became.figure(became.table([move]), "x", "y", NOTE).data[0]
        assert bar.marker.color == Outcome.LIMITED_WAR.style.colour
        assert bar.marker.pattern.shape == Outcome.LIMITED_WAR.style.pattern


class TestLeavers:
    def roads(self, war):
        return {"war": war, "failure": NOTHING, "escalation": NOTHING}

    def test_the_weightiest_is_the_title_if_it_is_clear(self):
        rows = leavers.table({"france": self.roads(LESS), "poland": self.roads(NOTHING)})
        assert leavers.title(rows) == "Without France: 2.0 points fewer (1.0 to 3.0) in war"
        assert "Of 2 states, 1 makes a clear" in leavers.alternative(rows)

    def test_none_is_named_if_none_is(self):
        rows = leavers.table({"france": self.roads((0.01, -0.01, 0.03))})
        assert "No state clearly tips it" in leavers.title(rows)

    def test_the_first_twelve_are_drawn_and_all_stand_in_the_table(self):
        rows = leavers.table({f"s{k}": self.roads((k / 100, 0, 1)) for k in range(30)})
        drawn = leavers.figure(rows, NOTE)
        assert len(drawn.data[0].x) == leavers.MOST
        assert "the first 12 of 30 states" in drawn.layout.meta["caption"]
        assert len(leavers.sheet(rows).rows) == 30

"""The verdict on made-up runs whose truth is known, and whether every word of it is so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.analysis.thin_line.compute import compare_sizes, thin_line_of
from sim.analysis.thin_line.result import Valley, Verdict
from sim.figures.scales import Scale
from sim.figures.theme import Note
from sim.figures.thin_line import TITLES, ValleyChart
from sim.report.thin_line import line_panel, valley_panel
from sim.statistics import paired_difference

SIZES = (0.0, 0.5, 1.0, 2.0)


def flags(shares, runs: int) -> np.ndarray:
    """Runs that share their luck: at each size, those with the least luck have the war."""
    luck = (np.arange(runs) + 0.5) / runs
    return np.array([luck < share for share in shares])


def line(war, sizes=SIZES):
    """The thin line of flags of war, all of them by escalation."""
    marks = [{"failure": each & False, "escalation": each, "war": each} for each in war]
    return thin_line_of("made_up", 7, sizes[: len(war)], marks)


def split(*groups: tuple[int, str]) -> np.ndarray:
    """Flags of war from how many runs go how: ``(12, "100")`` is war at the first size alone."""
    return np.array([[mark == "1" for mark in how] for n, how in groups for _ in range(n)]).T


class TestVerdict:
    @pytest.mark.parametrize(
        ("shares", "runs", "verdict"),
        [
            ((0.6, 0.1, 0.1, 0.3), 1000, Verdict.INTERIOR),
            ((0.9, 0.5, 0.3, 0.1), 1000, Verdict.MORE_IS_BETTER),
            ((0.9, 0.1, 0.05, 0.05), 5000, Verdict.MORE_IS_BETTER),
            ((0.1, 0.3, 0.5, 0.9), 1000, Verdict.MORE_IS_WORSE),
            ((0.1, 0.1, 0.5, 0.9), 5000, Verdict.MORE_IS_WORSE),
            ((0.3, 0.3, 0.3, 0.3), 5000, Verdict.NO_DIFFERENCE),
            ((0.6, 0.1, 0.1, 0.12), 100, Verdict.UNDECIDED),
            ((0.3, 0.3, 0.3, 0.3), 50, Verdict.UNDECIDED),
            ((0.1, 0.5, 0.5, 0.1), 5000, Verdict.UNDECIDED),
        ],
    )
    def test_it_is_what_was_planted(self, shares, runs, verdict):
        found = line(flags(shares, runs))
        assert found.verdict is verdict
        assert found.to_dict()["sentence"] == found.sentence
        assert found.to_dict()["verdict"] == verdict

    def test_a_difference_that_comparing_shows_is_no_absence_of_one(self):
        """55 %, 15 % and 35 % of forty runs: forty points between the first two are clear."""
        found = line(split((20, "100"), (2, "110"), (4, "011"), (10, "001"), (4, "000")))
        assert [point.war.value for point in found.points] == [0.55, 0.15, 0.35]
        assert found.verdict is Verdict.UNDECIDED
        assert found.among == (0.5, 1.0)
        assert "With 40 runs the minimum could lie at 0.5 or 1 times" in found.sentence
        assert (
            "The largest difference is significant: war occurs 40.0 percentage points less often"
            in found.sentence
        )
        assert "at 0.5 than at 0, with an interval for all pairs" in found.sentence
        told = found.to_dict()["difference"]
        assert told["significant"]
        assert (told["size"], told["less_size"], told["n_comparisons"]) == (0.5, 0.0, 3)
        assert 0 > told["high"] > told["difference"] > told["low"]

    def test_a_larger_difference_that_is_not_significant_is_not_passed_over(self):
        """40 of 2,000 runs more at 0 than at 1, of 360 that differ; 30 more than at 0.5, of 30."""
        found = line(split((30, "101"), (200, "110"), (160, "001"), (1610, "000")))
        assert "The largest significant difference: war occurs 1.5 percentage" in found.sentence

    def test_what_is_between_the_ends_is_not_left_open(self):
        """Two sizes in between tie: which of them is open, but not that it is between the ends."""
        found = line(flags((0.6, 0.1, 0.1, 0.3), 100))
        assert found.verdict is Verdict.INTERIOR
        assert (found.minimum.low, found.minimum.high) == (0.5, 1.0)
        assert "war is least at 0.5 and 1 times the pledged force" in found.sentence
        assert ". With 100 runs the minimum could lie anywhere from 0.5 to 1. " in found.sentence

    def test_one_size_is_not_a_range(self):
        found = line(flags((0.6, 0.1, 0.5, 0.9), 1000))
        assert (found.minimum.low, found.minimum.high) == (0.5, 0.5)
        assert "0.5 to 0.5" not in found.sentence
        assert "war is least at 0.5 times the pledged force, in 10.0 %" in found.sentence

    @pytest.mark.parametrize(
        ("shares", "said"),
        [
            ((0.9, 0.5, 0.3, 0.1), "at 2, the upper end of the sizes tried: 10.0 % of model"),
            ((0.1, 0.5, 0.7, 0.9), "at 0, the lower end of the sizes tried: 10.0 % of model"),
            ((0.9, 0.4, 0.05, 0.0502), "from 1 to 2, the upper end of the sizes tried: 5.0 %"),
            ((0.0502, 0.05, 0.4, 0.9), "from 0.5 to 0, the lower end of the sizes tried: 5.0 %"),
        ],
    )
    def test_the_end_that_is_named_is_the_end(self, shares, said):
        found = line(flags(shares, 5000)).sentence
        assert said in found
        assert ("They differ by less than a percentage point" in found) == ("from" in said)

    def test_where_the_largest_size_may_be_least_larger_ones_may_have_less_war(self):
        found = line(flags((0.6, 0.3, 0.1, 0.12), 100))
        assert found.may_go_on
        assert "1 or 2 times the pledged force or more. " in found.sentence
        assert "times the pledged force or more" in found.plot().layout.meta["title"]
        largest = line(flags((0.6, 0.3, 0.1, 0.12), 100), (0, 1, 5, 10))
        assert not largest.may_go_on
        anywhere = line(flags((0.1, 0.11, 0.12), 100))
        assert (anywhere.among[0], anywhere.may_go_on) == (0.0, False)
        below = line(flags((0.12, 0.1, 0.3, 0.6), 100))
        assert below.verdict is Verdict.UNDECIDED
        assert "or more" not in below.sentence

    def test_a_size_that_changes_nothing_is_no_question_of_more_runs(self):
        found = line(flags((0.3, 0.3, 0.3, 0.3), 100))
        assert found.is_level
        assert not found.may_go_on
        assert "War is equally common at every size in these runs." in found.sentence
        assert found.plot().layout.meta["title"].startswith("War is equally common at all sizes")
        others = line(split((5, "100"), (5, "010"), (5, "001"), (85, "000")))
        assert len({point.war.value for point in others.points}) == 1
        assert not others.is_level

    def test_one_run_shows_nothing(self):
        found = line(flags((0.9, 0.1, 0.9), 1))
        assert found.verdict is Verdict.UNDECIDED
        assert "With 1 run the minimum could lie" in found.sentence
        assert "No difference is significant" in found.sentence

    def test_a_largest_difference_that_several_pairs_share_is_said_to_be_shared(self):
        found = line(flags((0.9, 0.1, 0.1), 20)).sentence
        assert "less often" in found
        assert " at 0.5 than at 0, and by as much between 1 other pair of sizes, with an" in found

    def test_runs_that_all_agree_are_said_to(self):
        found = line(flags((0.5, 0.5, 0.5), 20))
        assert found.verdict is Verdict.UNDECIDED
        assert found.sentence.endswith("War is equally common at every size in these runs")


class TestCompareSizes:
    def test_each_two_sizes_are_compared_run_by_run_and_all_at_once(self):
        luck = np.random.default_rng(5)
        war = luck.random((4, 300)) < [[0.5], [0.3], [0.2], [0.6]]
        found = compare_sizes(war)
        assert found.n_comparisons == 6
        for one, other in ((0, 1), (1, 0), (2, 3)):
            expected = paired_difference(war[one], war[other], 6)
            assert found.between[one][other] == pytest.approx(expected)

    @pytest.mark.parametrize("shares", [(0.3,) * 5, (0.3, 0.2, 0.2, 0.2, 0.3)])
    def test_the_true_least_is_among_those_told_and_no_shape_is_made_of_luck(self, shares):
        """Of 300 lines of luck alone, no more than 15 or so may deny the truth."""
        luck, truth, wrong = np.random.default_rng(11), shares.index(min(shares)), 0
        for _ in range(300):
            found = compare_sizes(luck.random((5, 150)) < np.reshape(shares, (5, 1)))
            wrong += truth not in found.may_be_least
        assert wrong <= 15

    def test_the_least_in_the_runs_is_always_among_those_that_may_be(self):
        luck = np.random.default_rng(3)
        for runs in (1, 2, 7, 40):
            for _ in range(50):
                war = luck.random((5, runs)) < luck.random((5, 1))
                assert int(war.sum(axis=1).argmin()) in compare_sizes(war).may_be_least


class TestPicture:
    SHOWN = (
        ((0.6, 0.1, 0.2, 0.3), 1000, "War is least at 0.5 times the pledged force, in 10.0 %"),
        ((0.9, 0.5, 0.3, 0.1), 1000, "War is least at 2 times the pledged force, the upper end"),
        ((0.9, 0.4, 0.05, 0.05), 5000, "War is least from 1 to 2 times the pledged force, the up"),
        ((0.1, 0.5, 0.7, 0.9), 1000, "War is least at 0 times the pledged force, the lower end"),
        ((0.3, 0.3, 0.3, 0.3), 5000, "War differs by less than a point at all sizes from 0 to 2"),
        (
            (0.6, 0.1, 0.1, 0.09),
            50,
            "War is least at 0.5 times the pledged force or more; larger sizes",
        ),
        (
            (0.09, 0.1, 0.1, 0.6),
            50,
            "War is least somewhere from 0 to 1 times the pledged force; more",
        ),
    )

    @pytest.mark.parametrize(("shares", "runs", "title"), SHOWN)
    def test_the_title_says_no_more_than_the_sentence(self, shares, runs, title):
        assert line_panel(line(flags(shares, runs))).title.startswith(title)

    def test_there_is_a_title_for_each_verdict(self):
        assert set(TITLES) == set(Verdict)


class TestValley:
    @pytest.fixture
    def found(self):
        """A line at clarity 0.5 only: too few runs at 0, and the upper end at 1."""
        wars = [(0.6, 0.1, 0.1, 0.12), (0.9, 0.1, 0.4, 0.6), (0.9, 0.5, 0.3, 0.0)]
        lines = tuple(line(flags(shares, 100)) for shares in wars)
        return Valley("setting.clarity", (0.0, 0.5, 1.0), lines)

    def test_every_value_is_told_by_its_own_verdict(self, found):
        verdicts = [each.verdict for each in found.lines]
        assert verdicts == [Verdict.UNDECIDED, Verdict.INTERIOR, Verdict.MORE_IS_BETTER]
        assert (
            "with setting.clarity at 0.5, there is a line: war is least at 0.5 times"
            in found.sentence
        )
        assert ". At 1, war is least at the upper end of the sizes tried. " in found.sentence
        assert (
            ". At 0, it is undecided: with 100 runs at each size, the minimum could lie anywhere "
            "from 0.5 " in found.sentence
        )

    def test_the_picture_claims_no_more(self, found):
        shown = valley_panel(found)
        assert (
            shown.title
            == "War is least at 0.5 times the pledged force, at 1 of 3 values of clarity"
        )
        cells = [cell for row in shown.table.rows for cell in row if "*" in cell]
        assert [cell.split(" % ")[1] for cell in cells] == ["(*)", "(*)", "*", "(*)"]

    def test_no_line_anywhere_is_said_to_be_none(self, found):
        none = Valley("setting.clarity", (0.0, 1.0), (found.lines[0], found.lines[2]))
        assert valley_panel(none).title.startswith("No clear thin line at any of 2 values")

    def test_the_axes_end_with_the_cells_of_the_values(self, found):
        lines = [replace(each, points=each.points[::2]) for each in found.lines[:2]]
        chart = ValleyChart.of(lines, (0, 0.5), Scale("setting.clarity"))
        drawn = chart.figure(Note(10, 1))
        assert list(drawn.layout.xaxis.range) == [-0.5, 1.5]
        assert list(drawn.layout.yaxis.range) == [-0.5, 1.5]

    def test_its_document_says_what_that_of_a_line_does(self, found):
        document = found.to_dict()
        assert (document["scenario"], document["runs"], document["seed"]) == ("made_up", 100, 7)
        assert document["sentence"] == found.sentence
        assert [each["value"] for each in document["lines"]] == [0.0, 0.5, 1.0]

    def test_words_are_words(self, found):
        pledges = Valley("states.germany.pledge", (0.0, 5.0), found.lines[:2])
        assert "at ground, there is a line" in pledges.sentence
        assert [row[0] for row in valley_panel(pledges).table.rows] == ["none", "ground"]

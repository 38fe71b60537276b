"""Charts over two parameters: their range, the marks in cells, and the colours."""

from __future__ import annotations

import pytest

from sim.enums import Outcome
from sim.figures.heatmaps import BLUE, ORANGE, CellBox, boxes
from sim.figures.parts import LegendEntry
from sim.figures.scales import MOST_BINS, ColourBins, Scale
from sim.figures.sweep_maps import OutcomeMap, SweepHeatmap
from sim.figures.sweep_points import SweepDifferences
from sim.figures.theme import Note
from sim.statistics import proportion
from sim.text import format_change

CLARITY, SIZE = Scale("setting.clarity"), Scale("setting.force_size")
PLEDGE = Scale("states.poland.pledge", {0.0: "none", 1.0: "monitoring", 5.0: "ground"})
DIFFERENCE = (0.5, 0.4, 0.6)
NOTE = Note(900, 7, "100 model runs a point")


def heat(counts: dict[tuple[float, float], int], runs: int = 100) -> SweepHeatmap:
    """The chart of numbers of wars at each place."""
    shares = {place: proportion(n, runs) for place, n in counts.items()}
    return SweepHeatmap.of(shares, "war", DIFFERENCE, SIZE, CLARITY)


CHART = heat({(u, a): int(40 * u + 20 * a) for u in (0.0, 0.5, 2.0) for a in (0.0, 0.4, 1.0)})


def test_every_value_is_in_the_middle_of_a_whole_cell():
    assert CLARITY.edges([0, 0.5, 1]) == [-0.25, 0.25, 0.75, 1.25]
    assert PLEDGE.edges([0, 1, 5]) == [-0.5, 0.5, 3, 7]
    assert CLARITY.edges([0.3]) == pytest.approx([-0.2, 0.8])


def test_the_axes_reach_over_whole_cells_with_marks_only_at_values():
    drawn = CHART.figure(NOTE)
    assert list(drawn.layout.xaxis.range) == pytest.approx([-0.2, 1.3])
    assert list(drawn.layout.xaxis.tickvals) == [0, 0.4, 1]
    assert list(drawn.layout.yaxis.range) == [-0.25, 2.75]
    assert list(drawn.data[0].x) == pytest.approx([-0.2, 0.2, 0.7, 1.3])


@pytest.mark.parametrize(
    ("many", "marks"), [(1, [0]), (3, [0, 1, 2]), (41, [0, 8, 16, 24, 32, 40]), (38, [0, 7, 14])]
)
def test_marks_are_few_and_evenly_many_apart(many, marks):
    shown = list(SIZE.axis_of_cells([float(k) for k in range(many)])["tickvals"])
    assert shown[: len(marks)] == marks
    assert len(shown) <= 7


def test_a_single_value_has_the_only_mark():
    assert CLARITY.axis_around([0.2])["tickvals"] == [0.2]
    assert "tickvals" not in CLARITY.axis_around([0.2, 0.4])


def test_each_cell_has_the_colour_that_the_legend_gives_its_share():
    drawn = CHART.figure(NOTE)
    heat, legend = drawn.data[0], CHART.legend
    scale = {round(at * heat.zmax): colour for at, colour in heat.colorscale}
    assert len(legend) <= MOST_BINS + 1
    for row in CHART.rows:
        z = heat.z[[0.0, 0.5, 2.0].index(row.value)][[0.0, 0.4, 1.0].index(row.across)]
        low, high = legend[z].label.removeprefix("war in ").split(" %")[0].split("–")
        assert float(low) <= round(100 * row.share[0], 9) <= float(high)
        assert scale[z] == legend[z].colour


def test_nothing_is_drawn_between_the_cells():
    drawn = CHART.figure(NOTE)
    assert [trace.type for trace in drawn.data] == ["heatmap", "scatter"]


def test_colour_bins_cover_every_share_there_can_be():
    found = ColourBins.of([proportion(0, 50), proportion(50, 50)])
    assert found.labels == ["0–20 %", "20–40 %", "40–60 %", "60–80 %", "80–100 %"]
    assert (found.bin(0.0), found.bin(0.2), found.bin(1.0)) == (0, 1, 4)
    constant = ColourBins.of([proportion(8, 50)] * 2)
    assert constant.legend("war")[0].label == "war in 16.0 % of runs"


def test_only_uncertain_cells_are_crossed():
    sure, unsure = (0.0, 0.0, 0.01), (0.5, 0.25, 0.75)
    shares = {(0.0, 0.0): sure, (0.0, 1.0): sure, (1.0, 0.0): sure, (1.0, 1.0): unsure}
    drawn = SweepHeatmap.of(shares, "war", DIFFERENCE, SIZE, CLARITY).figure(NOTE)
    crosses = drawn.data[1]
    assert crosses.marker.symbol == "x"
    assert (list(crosses.x), list(crosses.y)) == ([1], [1])


def test_the_map_fills_every_cell_once_with_its_pattern():
    counts = {o: proportion(100 if o is Outcome.LIMITED_WAR else 0, 100) for o in Outcome}
    places = [(0.0, 0.0), (0.0, 1.0), (2.0, 0.0), (2.0, 1.0)]
    clear = dict.fromkeys(places, True)
    chart = OutcomeMap.of(dict.fromkeys(places, counts), clear, SIZE, CLARITY)
    bar, *_ = chart.figure(NOTE).data
    assert bar.marker.pattern.shape == Outcome.LIMITED_WAR.style.pattern
    areas = [w * h for w, h in zip(bar.width, bar.y, strict=True)]
    assert sum(areas) == pytest.approx(4 * 2)
    assert chart.legend == [
        LegendEntry(
            "limited war", Outcome.LIMITED_WAR.style.colour, Outcome.LIMITED_WAR.style.pattern
        )
    ]


def test_boxes_are_those_around_the_places_asked_for():
    assert boxes(CHART.rows, [CHART.rows[-1]], SIZE, CLARITY) == [CellBox(0.7, 1.3, 1.25, 2.75)]


def test_the_dots_of_two_sweeps_have_the_colours_that_the_caption_names():
    changes = {
        (0.0, 0.0): (0.2, 0.1, 0.3),
        (1.0, 0.0): (-0.2, -0.3, -0.1),
        (2.0, 0.0): (0.0, -0.1, 0.1),
    }
    drawn = SweepDifferences.of(changes, "war", CLARITY, None).figure(NOTE)
    orange, blue, none = drawn.data[0].marker.color
    assert (orange, blue) == (ORANGE, BLUE)
    assert none not in (orange, blue)
    assert "n = 100 model runs a point, 900 in all" in drawn.layout.meta["caption"]


def test_a_difference_has_the_digits_of_every_other_text():
    """A narrow interval has two decimals on the page, as on the command line."""
    small = (0.0012, 0.0007, 0.0017)
    chart = SweepDifferences.of({(0.0, 0.0): small, (1.0, 0.0): small}, "war", CLARITY, None)
    cell = chart.table.rows[0][1]
    assert cell == format_change(small, " points") == "+0.12 points (+0.07 to +0.17)"
    assert cell in chart.alt_text
    surface = SweepDifferences.of({(0.0, 0.0): small, (1.0, 1.0): small}, "war", CLARITY, SIZE)
    assert surface.table.rows[0][1] == "+0.12"

"""Charts over two parameters: their range, the marks in cells, and the colours."""

from __future__ import annotations

import pytest

from sim.enums import Outcome
from sim.figures.heatmaps import COLOUR_BAR, Grid
from sim.figures.parts import LegendEntry
from sim.figures.scales import BLUE, MIDDLE, ORANGE, SEQUENTIAL, ColourScale, Scale
from sim.figures.sweep_maps import OutcomeMap, SweepHeatmap
from sim.figures.sweep_points import SweepDifferences
from sim.figures.theme import Note, contrast, luminance, text_on
from sim.formatting import format_change
from sim.statistics import proportion

CLARITY, SIZE = Scale("setting.clarity"), Scale("setting.force_size")
PLEDGE = Scale("states.poland.pledge", {0.0: "none", 1.0: "monitoring", 5.0: "ground"})
DIFFERENCE = (0.5, 0.4, 0.6)
VERSIONS = ("“One”", "“Other”")
NOTE = Note(900, 7, "100 model runs a point")


def heat(counts: dict[tuple[float, float], int], runs: int = 100) -> SweepHeatmap:
    """The chart of numbers of wars at each place."""
    shares = {place: proportion(n, runs) for place, n in counts.items()}
    return SweepHeatmap.of(shares, "war", DIFFERENCE, SIZE, CLARITY)


CHART = heat({(u, a): int(40 * u + 20 * a) for u in (0.0, 0.5, 2.0) for a in (0.0, 0.4, 1.0)})


def test_cells_are_equal_and_every_value_has_its_label():
    drawn = CHART.figure(NOTE)
    assert list(drawn.layout.xaxis.tickvals) == [0, 1, 2]
    assert list(drawn.layout.xaxis.ticktext) == ["0", "0.4", "1"]
    assert list(drawn.layout.xaxis.range) == [-0.5, 2.5]
    assert set(drawn.data[0].y) == {1}
    assert drawn.data[0].width == 1
    caption = drawn.layout.meta["caption"]
    assert "Steps of clarity and force size are not equal." in caption


def test_the_interval_below_the_bar_is_said_to_be_of_what_is_drawn():
    change = {(u, a): DIFFERENCE for u in (0.0, 0.5) for a in (0.0, 0.4)}
    both = SweepDifferences.of(change, "war", VERSIONS, SIZE, CLARITY)
    for chart, what in ((CHART, "share"), (both, "difference")):
        labels = [label.text for label in chart.figure(NOTE).layout.annotations]
        assert any(text.startswith(f"95 % interval of a {what}: ±") for text in labels)


def test_an_extreme_at_several_places_is_not_named_as_one():
    tied = heat({(u, a): 9 if u else 3 for u in (0.0, 0.5, 2.0) for a in (0.0, 0.4)})
    assert "force size 0 and equally at 1 other place, 3.0 %" in tied.alt_text
    assert " and equally at 3 other places, 9.0 %" in tied.alt_text
    change = {(u, a): DIFFERENCE for u in (0.0, 0.5) for a in (0.0, 0.4)}
    both = SweepDifferences.of(change, "war", VERSIONS, SIZE, CLARITY)
    assert both.alt_text.count(" and equally at 3 other places") == 2


def test_many_values_are_labelled_at_equal_steps():
    shown = list(SIZE.axis_of_cells([float(k) for k in range(41)])["tickvals"])
    assert shown == list(range(0, 41, 2))


def test_words_have_no_steps():
    assert not PLEDGE.is_uneven([0, 1, 5])
    assert SIZE.is_uneven([0, 1, 5])
    assert not SIZE.is_uneven([0, 1, 2])


def test_a_single_value_has_the_only_mark():
    assert CLARITY.axis_around([0.2])["tickvals"] == [0.2]
    assert "tickvals" not in CLARITY.axis_around([0.2, 0.4])


def test_colours_begin_at_0_and_near_shares_look_alike():
    scale = ColourScale.from_zero([61.3, 65.7])
    assert (scale.low, scale.high) == (0, 70)
    assert scale.colour(0) == SEQUENTIAL[0]
    assert scale.colour(70) == SEQUENTIAL[-1]
    assert abs(luminance(scale.colour(61.3)) - luminance(scale.colour(65.7))) < 0.05


def test_darker_is_more():
    shades = [luminance(ColourScale(0, 100).colour(k)) for k in range(101)]
    assert shades == sorted(shades, reverse=True)


@pytest.mark.parametrize("scale", [ColourScale(0, 1), ColourScale.around_zero([-1.0])])
def test_a_number_can_be_read_on_every_colour(scale):
    for k in range(201):
        colour = scale.colour(scale.low + k / 200 * (scale.high - scale.low))
        assert contrast(colour, text_on(colour)) >= 4.5


def test_charts_that_are_compared_share_their_colours():
    low, high = proportion(5, 100), proportion(60, 100)
    charts = [
        SweepHeatmap.of({(0.0, 0.0): mine}, "war", None, SIZE, CLARITY, also=[other])
        for mine, other in ((low, high), (high, low))
    ]
    assert charts[0].scale == charts[1].scale == ColourScale(0, 60)


def test_the_colour_bar_shows_how_wide_an_interval_is():
    drawn = CHART.figure(NOTE)
    (line,) = drawn.layout.shapes
    widths = sorted(100 * (row.share[2] - row.share[1]) for row in CHART.rows)
    assert line.x1 - line.x0 == pytest.approx(widths[4])
    (bar,) = (trace for trace in drawn.data if trace.name == COLOUR_BAR)
    assert bar.marker.color[0] == CHART.scale.colour(bar.x[0])
    assert list(drawn.layout.xaxis2.ticktext) == ["0 %", "50 %", "100 %"]


def test_the_map_says_which_places_are_clear():
    counts = {o: proportion(100 if o is Outcome.LIMITED_WAR else 0, 100) for o in Outcome}
    places = [(0.0, 0.0), (0.0, 1.0), (2.0, 0.0), (2.0, 1.0)]
    clear = {place: place != (2.0, 1.0) for place in places}
    chart = OutcomeMap.of(dict.fromkeys(places, counts), clear, SIZE, CLARITY)
    (cells,) = chart.figure(NOTE).data
    assert cells.text == ("100.0", "100.0", "100.0", "(100.0)")
    assert set(cells.marker.color[:3]) == {Outcome.LIMITED_WAR.style.colour}
    assert cells.marker.color[3] != Outcome.LIMITED_WAR.style.colour
    assert chart.legend == [LegendEntry("limited war", Outcome.LIMITED_WAR.style.colour)]


def test_an_outline_surrounds_its_cell():
    dark = Grid.of(CHART.rows, SIZE, CLARITY).outline([CHART.rows[-1]])[-1]
    assert (dark["x0"] + dark["x1"], dark["y0"] + dark["y1"]) == (4, 4)


def test_a_difference_whose_interval_includes_zero_has_no_colour():
    changes = {(0.0, 0.0): (0.2, 0.1, 0.3), (1.0, 1.0): (0.1, -0.1, 0.3)}
    cells = SweepDifferences.of(changes, "war", VERSIONS, CLARITY, SIZE).figure(NOTE).data[0]
    assert cells.text == ("+20.0", "(+10.0)")
    assert cells.marker.color == (ORANGE.lower(), MIDDLE)


def test_the_dots_of_two_sweeps_have_the_colours_that_the_caption_names():
    changes = {
        (0.0, 0.0): (0.2, 0.1, 0.3),
        (1.0, 0.0): (-0.2, -0.3, -0.1),
        (2.0, 0.0): (0.0, -0.1, 0.1),
    }
    drawn = SweepDifferences.of(changes, "war", VERSIONS, CLARITY, None).figure(NOTE)
    orange, blue, none = drawn.data[0].marker.color
    assert (orange, blue) == (ORANGE, BLUE)
    assert none not in (orange, blue)
    assert "n = 100 model runs a point, 900 in all" in drawn.layout.meta["caption"]


def test_a_difference_has_the_digits_of_every_other_text():
    """A narrow interval has two decimals on the page, as on the command line."""
    small = (0.0012, 0.0007, 0.0017)
    chart = SweepDifferences.of(
        {(0.0, 0.0): small, (1.0, 0.0): small}, "war", VERSIONS, CLARITY, None
    )
    cell = chart.table.rows[0][1]
    assert cell == format_change(small, " points") == "+0.12 points (+0.07 to +0.17)"
    assert cell in chart.alt_text
    surface = SweepDifferences.of(
        {(0.0, 0.0): small, (1.0, 1.0): small}, "war", VERSIONS, CLARITY, SIZE
    )
    assert surface.table.rows[0][1] == "+0.12"

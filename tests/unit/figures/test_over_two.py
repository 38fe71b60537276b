"""Pictures over two parameters: how far they reach, what is crossed, and what the colours say."""

from __future__ import annotations

import pytest

from sim.enums import Outcome
from sim.figures import more_or_less, sweep_difference, sweep_heat, sweep_map
from sim.figures.over_two import Box, boxes
from sim.figures.scale import Scale
from sim.figures.shades import MOST_STEPS, shades
from sim.figures.sign import Sign
from sim.figures.theme import Note
from sim.statistics import proportion

CLARITY, SIZE = Scale("setting.clarity"), Scale("setting.force_size")
PLEDGE = Scale("states.poland.pledge", {0.0: "none", 1.0: "monitoring", 5.0: "ground"})
APART = (0.5, 0.4, 0.6)
NOTE = Note(900, 7, "100 model runs a point")


def heat(counts: dict[tuple[float, float], int], runs: int = 100) -> list[sweep_heat.Cell]:
    """Rows with so many wars at each place."""
    return sweep_heat.table({place: proportion(n, runs) for place, n in counts.items()})


ROWS = heat({(u, a): int(40 * u + 20 * a) for u in (0.0, 0.5, 2.0) for a in (0.0, 0.4, 1.0)})


def test_every_value_is_in_the_middle_of_a_whole_cell():
    assert CLARITY.edges([0, 0.5, 1]) == [-0.25, 0.25, 0.75, 1.25]
    assert PLEDGE.edges([0, 1, 5]) == [-0.5, 0.5, 3, 7]
    assert CLARITY.edges([0.3]) == pytest.approx([-0.2, 0.8])


def test_the_axes_reach_over_whole_cells_with_marks_only_at_values():
    drawn = sweep_heat.figure(ROWS, "war", APART, SIZE, CLARITY, NOTE)
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
    drawn = sweep_heat.figure(ROWS, "war", APART, SIZE, CLARITY, NOTE)
    heat, legend = drawn.data[0], sweep_heat.key(ROWS, "war")
    scale = {round(at * heat.zmax): colour for at, colour in heat.colorscale}
    assert len(legend) <= MOST_STEPS + 1
    for row in ROWS:
        z = heat.z[[0.0, 0.5, 2.0].index(row.value)][[0.0, 0.4, 1.0].index(row.across)]
        low, high = legend[z].name.removeprefix("war in ").split(" %")[0].split("–")
        assert float(low) <= round(100 * row.share[0], 9) <= float(high)
        assert scale[z] == legend[z].colour


def test_nothing_is_drawn_between_the_cells():
    drawn = sweep_heat.figure(ROWS, "war", APART, SIZE, CLARITY, NOTE)
    assert [trace.type for trace in drawn.data] == ["heatmap", "scatter"]


def test_shades_hold_every_share_there_can_be():
    found = shades([proportion(0, 50), proportion(50, 50)])
    assert found.names == ["0–20 %", "20–40 %", "40–60 %", "60–80 %", "80–100 %"]
    assert (found.of(0.0), found.of(0.2), found.of(1.0)) == (0, 1, 4)
    assert shades([proportion(8, 50)] * 2).key("war")[0].name == "war in 16.0 % of runs"


def test_only_what_luck_blurs_is_crossed():
    sure, unsure = (0.0, 0.0, 0.01), (0.5, 0.25, 0.75)
    rows = sweep_heat.table({(0, 0): sure, (0, 1): sure, (1, 0): sure, (1, 1): unsure})
    drawn = sweep_heat.figure(rows, "war", APART, SIZE, CLARITY, NOTE)
    crosses = drawn.data[1]
    assert crosses.marker.symbol == "x"
    assert (list(crosses.x), list(crosses.y)) == ([1], [1])


def test_the_map_fills_every_cell_once_with_its_pattern():
    counts = {o: proportion(100 if o is Outcome.LIMITED_WAR else 0, 100) for o in Outcome}
    places = [(0, 0), (0, 1), (2, 0), (2, 1)]
    rows = sweep_map.table(dict.fromkeys(places, counts), dict.fromkeys(places, True))
    bar, *_ = sweep_map.figure(rows, SIZE, CLARITY, NOTE).data
    assert bar.marker.pattern.shape == Outcome.LIMITED_WAR.style.pattern
    areas = [w * h for w, h in zip(bar.width, bar.y, strict=True)]
    assert sum(areas) == pytest.approx(4 * 2)
    assert sweep_map.key(rows) == [
        Sign("limited war", Outcome.LIMITED_WAR.style.colour, Outcome.LIMITED_WAR.style.pattern)
    ]


def test_boxes_are_those_around_the_places_asked_for():
    assert boxes(ROWS, [ROWS[-1]], SIZE, CLARITY) == [Box(0.7, 1.3, 1.25, 2.75)]


def test_the_dots_of_two_sweeps_have_the_colours_that_the_caption_names():
    rows = sweep_difference.table(
        {(0, 0): (0.2, 0.1, 0.3), (1, 0): (-0.2, -0.3, -0.1), (2, 0): (0.0, -0.1, 0.1)}
    )
    drawn = sweep_difference.figure(rows, "war", CLARITY, None, NOTE)
    orange, blue, none = drawn.data[0].marker.color
    assert (orange, blue) == (more_or_less.ORANGE, more_or_less.BLUE)
    assert none not in (orange, blue)
    assert "n = 100 model runs a point, 900 in all" in drawn.layout.meta["caption"]

"""Pictures over two parameters: how far they reach, what is hatched, and what the lines say."""

from __future__ import annotations

import pytest

from sim.figures import sweep_difference, sweep_heat, sweep_map
from sim.figures.over_two import STROKES, Box, boxes, hatched
from sim.figures.scale import Scale
from sim.figures.sign import Sign
from sim.figures.theme import Note
from sim.statistics import share
from sim.vocabulary import Outcome

CLARITY, SIZE = Scale("setting.clarity"), Scale("setting.force_size")
PLEDGE = Scale("states.poland.pledge", {0.0: "none", 1.0: "monitoring", 5.0: "ground"})
APART = (0.5, 0.4, 0.6)
NOTE = Note(900, 7, "100 model runs a point")


def heat(counts: dict[tuple[float, float], int], runs: int = 100) -> list[sweep_heat.Cell]:
    """Rows with so many wars at each place."""
    return sweep_heat.table({place: share(n, runs) for place, n in counts.items()})


ROWS = heat({(u, a): int(40 * u + 20 * a) for u in (0.0, 0.5, 2.0) for a in (0.0, 0.4, 1.0)})


def test_cells_of_numbers_end_with_the_values_and_words_have_whole_cells():
    assert CLARITY.edges([0, 0.5, 1]) == [0, 0.25, 0.75, 1]
    assert PLEDGE.edges([0, 1, 5]) == [-0.5, 0.5, 3, 7]
    assert CLARITY.edges([0.3]) == pytest.approx([-0.2, 0.8])


def test_the_axes_reach_from_the_first_value_to_the_last():
    drawn = sweep_heat.figure(ROWS, "war", APART, SIZE, CLARITY, NOTE)
    assert list(drawn.layout.xaxis.range) == [0, 1]
    assert list(drawn.layout.yaxis.range) == [0, 2]
    assert (drawn.data[0].x[0], drawn.data[0].x[-1]) == (0, 1)


def test_every_contour_has_its_figure_and_an_ink_that_shows():
    drawn = sweep_heat.figure(ROWS, "war", APART, SIZE, CLARITY, NOTE)
    lines = [trace for trace in drawn.data if trace.type == "contour"]
    assert len({trace.line.color for trace in lines}) == 2
    levels = []
    for trace in lines:
        assert trace.contours.showlabels
        assert trace.contours.labelfont.color == trace.line.color
        levels += [trace.contours.start, trace.contours.end]
    assert levels == sorted(levels)
    assert max(levels) <= 1.0
    assert min(levels) > 0


def test_only_what_luck_blurs_is_hatched():
    sure, unsure = (0.0, 0.0, 0.01), (0.5, 0.25, 0.75)
    rows = sweep_heat.table({(0, 0): sure, (0, 1): sure, (1, 0): sure, (1, 1): unsure})
    drawn = sweep_heat.figure(rows, "war", APART, SIZE, CLARITY, NOTE)
    strokes = next(trace for trace in drawn.data if trace.type == "scatter")
    assert all(0.5 <= x <= 1 for x in strokes.x if x is not None)
    assert all(0.5 <= y <= 1 for y in strokes.y if y is not None)
    assert len(strokes.x) == 3 * len(STROKES)


def test_strokes_stay_within_their_cell():
    for trace in hatched([Box(2, 4, -1, 0)]):
        assert all(2 <= x <= 4 for x in trace.x if x is not None)
        assert all(-1 <= y <= 0 for y in trace.y if y is not None)


def test_the_map_fills_every_cell_once_with_its_pattern():
    counts = {o: share(100 if o is Outcome.LIMITED_WAR else 0, 100) for o in Outcome}
    places = [(0, 0), (0, 1), (2, 0), (2, 1)]
    rows = sweep_map.table(dict.fromkeys(places, counts), dict.fromkeys(places, True))
    bar, *_ = sweep_map.figure(rows, SIZE, CLARITY, NOTE).data
    assert bar.marker.pattern.shape == Outcome.LIMITED_WAR.style.pattern
    areas = [w * h for w, h in zip(bar.width, bar.y, strict=True)]
    assert sum(areas) == pytest.approx(2 * 1)
    assert sweep_map.key(rows) == [
        Sign("limited war", Outcome.LIMITED_WAR.style.colour, Outcome.LIMITED_WAR.style.pattern)
    ]


def test_boxes_are_those_around_the_places_asked_for():
    assert boxes(ROWS, [ROWS[-1]], SIZE, CLARITY) == [Box(0.7, 1.0, 1.25, 2.0)]


def test_the_dots_of_two_sweeps_have_the_colours_that_the_caption_names():
    rows = sweep_difference.table(
        {(0, 0): (0.2, 0.1, 0.3), (1, 0): (-0.2, -0.3, -0.1), (2, 0): (0.0, -0.1, 0.1)}
    )
    drawn = sweep_difference.figure(rows, "war", CLARITY, None, NOTE)
    orange, blue, none = drawn.data[0].marker.color
    assert (orange, blue) == (sweep_difference.ORANGE, sweep_difference.BLUE)
    assert none not in (orange, blue)
    assert "n = 100 model runs a point, 900 in all" in drawn.layout.meta["caption"]

"""What is peculiar to the figure of one run."""

from __future__ import annotations

from sim.figures import swim_lanes
from sim.figures.beats import Beat, Kind, Mark, OneRun, Step

MARKS = {1: [Mark("poland", Kind.DEFIES, "defies")], 2: [Mark("russia", Kind.CROSSED, "crossed")]}


def rows(last: Step = Step.WAR) -> list[Beat]:
    rungs: dict[str, list[int | None]] = {
        "italy": [3, 3, 2],
        "russia": [None, None, None],
        "poland": [5, 5, 5],
    }
    course = [(Step.QUIET, "quiet"), (Step.STRIKE, "strike, answered"), (last, "the last")]
    return swim_lanes.table(rungs, course, MARKS, {2: ["Washington leaves"]})


def test_states_without_rungs_come_first_and_the_others_by_how_far_they_go() -> None:
    assert [state for state, _ in rows()[0].rungs] == ["russia", "poland", "italy"]


def test_the_title_says_whether_it_came_to_war() -> None:
    assert swim_lanes.title(rows()) == "2 crises, the last of them war in month 2"
    assert swim_lanes.title(rows(Step.QUIET)) == "1 crisis and no war in 2 months"


def test_a_line_of_the_table_has_everything_of_its_month() -> None:
    sheet = swim_lanes.sheet(rows())
    assert sheet.rows[1] == ("1", "strike", "strike, answered", "Poland: defies", "–")
    assert sheet.rows[2] == ("2", "war", "the last", "Russia: crossed", "Washington leaves")


def test_marks_lie_in_their_states_lane_and_events_are_dated() -> None:
    figure = swim_lanes.figure(rows(), OneRun(4, 9))
    by_name = {trace.name: trace for trace in figure.data if trace.type == "scatter"}
    assert list(by_name[Kind.DEFIES].y) == [1]
    assert list(by_name[Kind.CROSSED].y) == [0]
    assert [shape.x0 for shape in figure.layout.shapes] == [1.5]


def test_states_left_out_are_counted_in_the_caption() -> None:
    captions = [
        swim_lanes.figure(rows(), OneRun(4, 9), left_out).layout.meta["caption"]
        for left_out in (0, 7)
    ]
    assert "no lane" not in captions[0]
    assert "no lane for 7 states without fighting forces" in captions[1]


def test_the_key_has_every_rung() -> None:
    assert [name for name, _ in swim_lanes.key()][-1] == "ground"
    assert len({colour for _, colour in swim_lanes.key()}) == 6

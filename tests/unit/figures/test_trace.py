"""The chart of one run."""

from __future__ import annotations

from sim.figures.participation import rung_legend
from sim.figures.trace import Mark, MarkKind, RunNote, Severity, TraceChart

MARKS = {
    1: [Mark("poland", MarkKind.DEFIES, "defies")],
    2: [Mark("russia", MarkKind.CROSSED, "crossed")],
}


def chart(last: Severity = Severity.WAR, n_omitted: int = 0) -> TraceChart:
    rungs: dict[str, list[int | None]] = {
        "italy": [3, 3, 2],
        "russia": [None, None, None],
        "poland": [5, 5, 5],
    }
    course = [(Severity.QUIET, "quiet"), (Severity.STRIKE, "strike, answered"), (last, "the last")]
    return TraceChart.of(rungs, course, MARKS, {2: ["Washington leaves"]}, n_omitted)


def test_states_without_rungs_come_first_and_the_others_by_how_far_they_go() -> None:
    assert chart().states == ["russia", "poland", "italy"]


def test_the_title_says_whether_it_came_to_war() -> None:
    assert chart().title == "2 crises, the last of them war in month 2"
    assert chart(Severity.QUIET).title == "1 crisis and no war in 2 months"


def test_a_line_of_the_table_has_everything_of_its_month() -> None:
    table = chart().table
    assert table.rows[1] == ("1", "strike", "strike, answered", "Poland: defies", "–")
    assert table.rows[2] == ("2", "war", "the last", "Russia: crossed", "Washington leaves")


def test_marks_lie_in_their_states_lane_and_events_are_dated() -> None:
    figure = chart().figure(RunNote(4, 9))
    by_name = {trace.name: trace for trace in figure.data if trace.type == "scatter"}
    assert list(by_name[MarkKind.DEFIES].y) == [1]
    assert list(by_name[MarkKind.CROSSED].y) == [0]
    assert [shape.x0 for shape in figure.layout.shapes] == [1.5]


def test_states_without_a_lane_are_counted_in_the_caption() -> None:
    captions = [chart(n_omitted=n).figure(RunNote(4, 9)).layout.meta["caption"] for n in (0, 7)]
    assert "Without a lane" not in captions[0]
    assert "Without a lane: 7 states that never had fighting forces" in captions[1]


def test_a_lane_has_a_bar_for_each_stretch_on_a_rung() -> None:
    bars = {t.name: t for t in chart().figure(RunNote(4, 9)).data if t.type == "bar"}
    assert list(bars["monitoring"].base) == [-0.5]
    assert list(bars["monitoring"].x) == [2]
    assert list(bars["logistics"].customdata) == ["2"]


def test_the_legend_has_the_marks_that_are_drawn() -> None:
    labels = [entry.label for entry in chart().legend]
    assert labels == ["logistics", "monitoring", "ground", "defies", "its red line is crossed"]


def test_the_legend_has_every_rung() -> None:
    assert rung_legend()[-1].label == "ground"
    assert len({entry.colour for entry in rung_legend()}) == 6

"""The picture of a box: confirmed on fresh points, or not."""

from __future__ import annotations

from sim.figures.discovery import INSIDE
from sim.figures.theme import SOFT, Note
from tests.unit.figures.study_cases import box_chart


def test_a_box_that_is_not_confirmed_has_another_heading_and_look() -> None:
    sure, unsure = box_chart([0.4]), box_chart([0.4], is_confirmed=False)
    assert sure.title.startswith("In this box")
    assert unsure.title.startswith("Not confirmed")
    looks = [chart.figure(Note(100, 1)).data[1].marker for chart in (sure, unsure)]
    assert [look.color for look in looks] == [INSIDE, SOFT]
    assert [look.pattern.shape for look in looks] == ["/", ""]
    assert unsure.legend[0].label == "inside the box, not confirmed"
    assert "may be chance" in unsure.figure(Note(100, 1)).layout.meta["caption"]

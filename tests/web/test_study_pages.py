"""The pages of sensitivity, discovery and postures in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.analysis.discovery.discover import discover
from sim.analysis.robustness.robustness import robustness
from sim.analysis.sensitivity.study import sensitivity
from sim.experiments.parse_factors import parse_factors
from sim.report.discovery import write_discovery
from sim.report.robustness import write_robustness
from sim.report.sensitivity import write_sensitivity
from sim.scenario.load import load

OVER = ["states.russia.ambition=0.1:0.9", "setting.clarity=0:1"]
PAGES = {"sensitivity": 6, "discovery": 2, "posture": 2}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of each page."""
    folder = tmp_path_factory.mktemp("many")
    scenario = load("reassurance_force")
    moved = parse_factors(scenario, OVER)
    hangs = sensitivity(
        scenario, moved, "all", runs=100, base_sample=16, trajectories=16, replications=8
    )
    boxes = discover(load("no_force"), moved, "war", points=200, replications=2, boxes=1)
    held = robustness(scenario, {"setting.force_size": (0.1, 1.0)}, runs=30)
    return {
        "sensitivity": write_sensitivity(hangs, folder / "s.html").as_uri(),
        "discovery": write_discovery(boxes, folder / "d.html").as_uri(),
        "posture": write_robustness(held, folder / "p.html").as_uri(),
    }


@pytest.mark.parametrize(("page", "figures"), PAGES.items())
@pytest.mark.parametrize("width", [320, 1200])
def test_every_figure_is_drawn_and_nothing_sticks_out(
    visit: Callable[..., Any], pages: dict[str, str], page: str, figures: int, width: int
) -> None:
    opened = visit(pages[page], width)
    assert opened.count(".drawing") == opened.count(".drawing:has(svg.main-svg)") == figures
    assert opened.count("details.numbers table") == figures
    assert not opened.is_wider_than_its_window()
    assert opened.said == []
    assert opened.asked == [pages[page]]


def test_a_key_can_be_seen_on_dark_paper(visit: Callable[..., Any], pages: dict[str, str]) -> None:
    opened = visit(pages["discovery"], color_scheme="dark")
    paper = opened.style("body", "backgroundColor")
    shown = opened.page.evaluate(
        "[...document.querySelectorAll('.rungs i, .rungs .mark, .look rect')].map((sign) => {"
        "const style = getComputedStyle(sign);"
        "return sign.matches('i') ? style.backgroundColor"
        " : sign.matches('.mark') ? style.color : style.fill; })"
    )
    assert len(shown) >= 4
    assert "rgb(27, 29, 34)" not in shown, "ink of the light page"
    assert paper not in shown

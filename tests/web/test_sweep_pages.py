"""Pages of sweeps in a real browser: drawn, silent, and as wide as their window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import sim
from sim.analysis.compare_sweeps import compare_sweeps
from sim.experiments.backends import threads
from sim.experiments.sweep.parse import plan_from
from sim.report.compare_sweeps import write_sweep_comparison
from sim.report.sweep import write_sweep
from tests.sweeps import plan

Visiting = Callable[..., Any]
ALONG = ["states.poland.pledge"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    swept = sim.sweep(plan(), folder / "one", threads(1))
    other = sim.sweep(plan("states.russia.ambition=0.2"), folder / "other", threads(1))
    compared = compare_sweeps(swept, other)
    over = {"setting.clarity": [0, 1], "setting.force_size": [0, 2]}
    said = {"scenario": "no_force", "replications": 5, "design": "one_at_a_time", "over": over}
    alone = sim.sweep(plan_from(said), folder / "alone", threads(1))
    points = [{"setting.clarity": 0.2, "setting.force_size": 1}, {"setting.force_size": 2}]
    listed = {"scenario": "no_force", "replications": 5, "design": "list", "points": points}
    dots = sim.sweep(plan_from(listed), folder / "dots", threads(1))
    written = {
        "alone": write_sweep(alone, folder / "alone.html"),
        "dots": write_sweep(dots, folder / "dots.html"),
        "two": write_sweep(swept, folder / "two.html"),
        "one": write_sweep(swept, folder / "one.html", ALONG),
        "surface": write_sweep_comparison(compared, folder / "surface.html"),
        "along": write_sweep_comparison(compared, folder / "along.html", ALONG),
    }
    return {name: path.as_uri() for name, path in written.items()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "drawn"),
    [("two", 2), ("one", 2), ("surface", 3), ("along", 1), ("alone", 2), ("dots", 1)],
)
def test_every_picture_is_drawn_and_nothing_is_said_or_asked(
    visit: Visiting, pages: dict[str, str], name: str, drawn: int, scheme: str
) -> None:
    opened = visit(pages[name], color_scheme=scheme)
    assert opened.count(".drawing:has(svg.main-svg)") == drawn
    assert opened.said == []
    assert opened.asked == [pages[name]]


@pytest.mark.parametrize("width", [320, 390, 1200])
@pytest.mark.parametrize("name", ["two", "one", "surface", "along", "alone", "dots"])
def test_a_page_is_no_wider_than_its_window(
    visit: Visiting, pages: dict[str, str], name: str, width: int
) -> None:
    opened = visit(pages[name], width=width)
    opened.unfold()
    assert not opened.is_wider_than_its_window()

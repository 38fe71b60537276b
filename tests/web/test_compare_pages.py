"""Pages of comparisons in a real browser: drawn, within any window, and silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.analysis.compare import compare
from sim.analysis.pivotal import pivotal
from sim.report.compare import write_comparison, write_pivotal
from sim.report.reproduce import PageCommands
from sim.scenario.load import load
from tests.scenarios import tiny

Visiting = Callable[..., Any]
DRAWN = {"comparison": ["shares", "differences", "turns-0", "turns-1"], "states": ["leavers"]}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("compared")
    changed = load("reassurance_force", ["setting.clarity=0.9"])
    scenarios = {
        "reassurance_force": load("reassurance_force"),
        "no_force": load("no_force"),
        "reassurance_force with setting.clarity=0.9": changed,
    }
    found = compare(scenarios, runs=200)
    asked = {name: (name,) for name in scenarios}
    states = pivotal(tiny(), runs=50)
    return {
        "comparison": write_comparison(
            found, folder / "a.html", PageCommands("compare"), asked
        ).as_uri(),
        "states": write_pivotal(states, folder / "b.html", PageCommands()).as_uri(),
    }


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("width", [320, 390, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_figure_is_drawn_and_nothing_runs_off_the_side(
    visit: Visiting, pages: dict[str, str], name: str, width: int, scheme: str
) -> None:
    opened = visit(pages[name], width, color_scheme=scheme)
    for drawn in DRAWN[name]:
        opened.page.wait_for_selector(f"#{drawn}-drawing svg.main-svg", timeout=60_000)
    opened.unfold()
    assert not opened.is_wider_than_its_window()
    assert opened.said == []
    assert opened.requests() == [pages[name]]


def test_a_dot_says_what_it_is(visit: Visiting, pages: dict[str, str]) -> None:
    opened = visit(pages["comparison"])
    dot = opened.page.locator("#differences-drawing .scatterlayer .point").first
    dot.scroll_into_view_if_needed()
    dot.hover(force=True)
    told = opened.page.locator("#differences-drawing .hoverlayer .hovertext").first
    assert "“The same ceasefire, and nobody comes”: " in told.text_content(timeout=60_000)
    assert "points" in told.text_content()

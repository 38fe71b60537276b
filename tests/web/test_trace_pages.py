"""Told runs in a real browser: in the report, folded away at first, and on a page of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from sim.experiments.simulate import simulate
from sim.report import write_report
from sim.report.follow_up import follow_up
from sim.report.trace import run_narrative, write_trace
from sim.scenario.load import load
from sim.trace.replay import replay

Visiting = Callable[..., Any]
WIDTHS = [320, 360, 768, 1200]


@pytest.fixture(scope="module")
def report_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    results = simulate(load("reassurance_force"), 200)
    path = tmp_path_factory.mktemp("report") / "report.html"
    return write_report(results, path, follow_up(results)).as_uri()


@pytest.fixture(scope="module")
def run_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    run = replay(load("backstop_withdrawn"), 1)
    path = tmp_path_factory.mktemp("run") / "run.html"
    return write_trace([run_narrative(run, "run", "The run")], path).as_uri()


def wait_for_lanes(opened: Any, name: str) -> None:
    opened.page.wait_for_selector(f"#{name}-drawing .barlayer .point path", timeout=60_000)


def test_a_folded_run_is_drawn_when_it_is_opened(visit: Visiting, report_page: str) -> None:
    opened = visit(report_page, fresh=True)
    assert opened.count("details.run") == 3
    assert opened.count("details.run svg.main-svg") == 0
    opened.page.locator("details.run > summary").first.click()
    wait_for_lanes(opened, "typical")
    assert opened.count("#typical-drawing .scatterlayer .trace") >= 2
    assert opened.page.locator("details.run .story").first.is_visible()
    assert opened.said == []


def test_it_opens_by_keyboard(visit: Visiting, report_page: str) -> None:
    opened = visit(report_page, fresh=True)
    opened.page.locator("details.run > summary").last.focus()
    opened.page.keyboard.press("Enter")
    wait_for_lanes(opened, "worst")
    assert opened.count("details.run[open]") == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_off_the_side(visit: Visiting, report_page: str, width: int) -> None:
    opened = visit(report_page, width)
    opened.unfold()
    for name in ("typical", "near-miss", "worst"):
        wait_for_lanes(opened, name)
    assert not opened.is_wider_than_its_window()
    assert opened.said == []


def test_the_conclusion_comes_before_the_charts(visit: Visiting, report_page: str) -> None:
    opened = visit(report_page)
    tops = [
        opened.page.locator(f"#{name}").bounding_box()["y"]
        for name in ("conclusion", "endings", "narratives")
    ]
    assert tops == sorted(tops)


def test_on_paper_folded_runs_stay_away(visit: Visiting, report_page: str) -> None:
    opened = visit(report_page, fresh=True)
    opened.page.emulate_media(media="print")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.count("#endings-drawing svg.main-svg") > 0
    assert not opened.page.locator("details.run .story").first.is_visible()
    assert opened.page.locator("#lines").is_visible()
    assert opened.page.pdf(format="A4").startswith(b"%PDF")
    assert opened.said == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_run_on_its_own_page(visit: Visiting, run_page: str, width: int, scheme: str) -> None:
    opened = visit(run_page, width, color_scheme=scheme)
    wait_for_lanes(opened, "run")
    opened.unfold()
    assert not opened.is_wider_than_its_window()
    assert opened.said == []
    assert opened.requests() == [run_page]


def test_a_lane_tells_whose_it_is(visit: Visiting, run_page: str) -> None:
    opened = visit(run_page)
    wait_for_lanes(opened, "run")
    lanes = opened.page.locator("#run-drawing .nsewdrag").first
    lanes.scroll_into_view_if_needed()
    box = lanes.bounding_box()
    lanes.hover(position={"x": box["width"] * 0.6, "y": box["height"] - 6}, force=True)
    told = opened.page.locator("#run-drawing .hoverlayer .hovertext").first
    assert re.match(r"[A-Z][\w ]+, month \d", told.text_content(timeout=60_000))
    assert "political" in told.text_content()


def test_markers_keep_their_colour_on_dark_paper(visit: Visiting, run_page: str) -> None:
    marker = ("#run-drawing .scatterlayer .points path", "fill")
    line = ("#run-drawing .scatterlayer .js-line", "stroke")
    styles = {}
    for scheme in ("light", "dark"):
        opened = visit(run_page, color_scheme=scheme)
        wait_for_lanes(opened, "run")
        styles[scheme] = opened.style(*marker), opened.style(*line)
    assert styles["light"][0] == styles["dark"][0]
    assert styles["light"][1] != styles["dark"][1]

"""The report in a real browser, opened from disk, with the network off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.report import write_report
from tests.results import hostile, results
from tools.chromium import wait_until

Visiting = Callable[..., Any]
DRAWINGS = ("endings", "time-to-end", "incidence", "who-takes-part")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    return write_report(results(scenario=hostile()), path).as_uri()


@pytest.fixture(scope="module")
def light(visit: Visiting, address: str) -> Any:
    """The report on light paper, which no test changes."""
    return visit(address, fresh=True)


def widths(opened: Any) -> list[float]:
    return [
        float(opened.page.locator(f"#{name}-drawing svg.main-svg").first.get_attribute("width"))
        for name in DRAWINGS
    ]


def test_it_says_nothing_and_asks_for_nothing(light: Any, address: str) -> None:
    light.page.wait_for_load_state("networkidle")
    light.page.mouse.wheel(0, 3000)
    assert light.said == []
    assert light.requests() == [address]


def test_every_figure_has_its_marks(light: Any) -> None:
    assert light.count("#endings-drawing .point path") == 100
    assert light.count("#time-to-end-drawing .point path") == 24
    assert light.count("#incidence-drawing .scatterlayer .trace") == 6
    assert light.count("#who-takes-part-drawing .barlayer .trace") == 12


def test_a_dot_tells_how_its_runs_ended(light: Any) -> None:
    light.page.locator("#endings-drawing .point").last.hover(force=True)
    told = light.page.locator("#endings-drawing .hoverlayer").text_content(timeout=60_000)
    assert "general war" in told


@pytest.mark.parametrize("width", [320, 360, 768, 1200])
def test_nothing_runs_off_the_side(visit: Visiting, address: str, width: int) -> None:
    opened = visit(address, width, fresh=width == 320)
    opened.unfold()
    assert not opened.is_wider_than_its_window()
    assert max(widths(opened)) <= width


def test_figures_follow_the_window(visit: Visiting, address: str) -> None:
    opened = visit(address)
    before = widths(opened)
    opened.page.set_viewport_size({"width": 400, "height": 800})
    wait_until(opened.page, "document.querySelector('#incidence-drawing svg').clientWidth < 400")
    assert all(now < then for now, then in zip(widths(opened), before, strict=True))


def test_dark_paper_changes_page_and_figures(visit: Visiting, light: Any, address: str) -> None:
    dark = visit(address, color_scheme="dark", fresh=True)
    for selector, name in [
        ("body", "backgroundColor"),
        ("body", "color"),
        ("#incidence-drawing .annotation-text", "fill"),
        ("#incidence-drawing .trace:last-child .js-line", "stroke"),
    ]:
        assert light.style(selector, name) != dark.style(selector, name), (selector, name)


def test_figures_change_with_the_scheme_while_the_page_is_open(
    visit: Visiting, address: str
) -> None:
    opened = visit(address, color_scheme="light")
    before = opened.style("#incidence-drawing .annotation-text", "fill")
    opened.page.emulate_media(color_scheme="dark")
    wait_until(
        opened.page,
        "(before) => getComputedStyle(document.querySelector("
        "'#incidence-drawing .annotation-text')).fill !== before",
        before,
    )


def test_tables_open_by_keyboard(visit: Visiting, address: str) -> None:
    opened = visit(address, fresh=True)
    for summary in opened.page.locator("summary").all():
        summary.focus()
        opened.page.keyboard.press("Enter")
    assert opened.count("details[open]") == opened.count("details") >= len(DRAWINGS)
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.getAttribute('role')") == "region"


def test_the_first_tab_offers_to_skip_to_the_findings(visit: Visiting, address: str) -> None:
    opened = visit(address, fresh=True)
    opened.page.keyboard.press("Tab")
    assert opened.page.locator(".skip").is_visible()
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "main"


def test_on_paper_figures_are_light_and_fit(visit: Visiting, light: Any, address: str) -> None:
    dark = visit(address, color_scheme="dark", fresh=True)
    dark.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert max(widths(dark)) <= 640
    ink = ("#incidence-drawing .annotation-text", "fill")
    assert dark.style(*ink) == light.style(*ink)
    dark.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert widths(dark) == widths(light)
    assert dark.page.pdf(format="A4").startswith(b"%PDF")


def test_what_anybody_wrote_does_not_run(light: Any) -> None:
    assert light.count("main img") == 0
    assert "onerror" in light.page.locator("h1").text_content()

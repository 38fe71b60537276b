"""A page of every kind, as the commands make it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tools import gallery
from tools.chromium import wait_until

Visiting = Callable[..., Any]
MOST_BYTES = 1_600_000
RUNS = 60

# Pairs of an axis title or a note and a tick label of the same chart that overlap, as text.
OVERLAPS = """() => [...document.querySelectorAll(".drawing")].flatMap((drawing) => {
  const boxes = (selector) => [...drawing.querySelectorAll(selector)]
    .map((each) => [each.textContent, each.getBoundingClientRect()])
    .filter(([text, box]) => text && box.width);
  const overlap = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 &&
    a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes(".xtitle, .ytitle, .x2title, .annotation-text").flatMap(([title, box]) =>
    boxes(".xtick text, .ytick text, .x2tick text")
      .filter(([, other]) => overlap(box, other)).map(([tick]) => `${title} on ${tick}`));
})"""


# Labels of a chart that its edge cuts off, and labels of its x axes that overlap one another.
CUT = """() => [...document.querySelectorAll(".drawing")].flatMap((drawing) => {
  const edge = drawing.getBoundingClientRect();
  return [...drawing.querySelectorAll("svg text")]
    .map((each) => [each.textContent, each.getBoundingClientRect()])
    .filter(([text, box]) => text && box.width
      && (box.left < edge.left - 2 || box.right > edge.right + 2))
    .map(([text]) => text);
})"""
CROWDED = r"""() => [...document.querySelectorAll(".drawing")].flatMap((drawing) => {
  const ticks = [...drawing.querySelectorAll(".xaxislayer-above .xtick text, .x2tick text")]
    .filter((each) => !/rotate\(-?[1-9]/.test(each.getAttribute("transform")))
    .map((each) => [each.textContent, each.getBoundingClientRect()])
    .filter(([text, box]) => text && box.width);
  const overlap = (a, b) => a.left < b.right && b.left < a.right
    && a.top < b.bottom && b.top < a.bottom;
  return ticks.flatMap(([one, box], k) => ticks.slice(k + 1)
    .filter(([, other]) => overlap(box, other)).map(([two]) => `${one} on ${two}`));
})"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A page by its kind, made once."""
    folder = tmp_path_factory.mktemp("gallery")
    made: dict[str, Path] = {}

    def page(name: str) -> Path:
        if name not in made:
            made[name] = gallery.make(name, folder, RUNS)
        return made[name]

    return page


@pytest.mark.parametrize("name", gallery.PAGES)
def test_a_page_is_small_whole_and_silent(
    visit: Visiting, pages: Callable[[str], Path], name: str
) -> None:
    page = pages(name)
    assert page.stat().st_size < MOST_BYTES
    for width in (390, 1200):
        opened = visit(page.as_uri(), width)
        wait_until(
            opened.page,
            "[...document.querySelectorAll('.drawing')].every((place) =>"
            " place.closest('details:not([open])') || place.querySelector('svg.main-svg'))",
        )
        assert opened.page.evaluate(OVERLAPS) == []
        assert opened.page.evaluate(CUT) == []
        assert opened.page.evaluate(CROWDED) == []
        root = "document.documentElement"
        assert not opened.page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")
        assert opened.said == []
        assert [url for url in opened.asked if not url.startswith(("data:", "blob:"))] == [
            page.as_uri()
        ]


@pytest.mark.parametrize("name", sorted(gallery.PAGES))
def test_headings_name_no_path_and_no_identifier(
    visit: Visiting, pages: Callable[[str], Path], name: str
) -> None:
    opened = visit(pages(name).as_uri())
    headings = opened.page.locator("title, h1, h2, .drawing .annotation-text").all_text_contents()
    assert headings
    assert not [text for text in headings if re.search(r"[a-z]_[a-z]|[a-z]\.[a-z]|\.html", text)]


def test_a_chart_is_saved_with_its_heading(visit: Visiting, pages: Callable[[str], Path]) -> None:
    opened = visit(pages("thin-line").as_uri())
    opened.page.wait_for_selector(".drawing svg.main-svg")
    with opened.page.expect_download() as download:
        opened.page.locator("button.save").first.click()
    saved = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "thin-line.png"
    assert saved.startswith(b"\x89PNG")
    assert int.from_bytes(saved[16:20], "big") == 2100, "three dots a pixel"
    assert opened.said == []


@pytest.mark.parametrize("how", ["key", "address"])
def test_text_is_large_on_a_projector(
    visit: Visiting, pages: Callable[[str], Path], how: str
) -> None:
    address = pages("valley").as_uri()
    opened = visit(f"{address}?slides" if how == "address" else address, 1280)
    opened.page.wait_for_selector(".drawing svg.main-svg")
    if how == "key":
        opened.page.keyboard.press("p")
    assert opened.style("figcaption", "fontSize") == "24px"
    tall = "Math.max(...[...document.querySelectorAll('.drawing .xtick text')].map((t) => "
    assert opened.page.evaluate(f"{tall} t.getBoundingClientRect().height))") > 20
    root = "document.documentElement"
    assert not opened.page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")
    if how == "key":
        opened.page.keyboard.press("p")
        assert opened.style("figcaption", "fontSize") == "14px"


def test_a_figure_is_printed_on_one_page(visit: Visiting, pages: Callable[[str], Path]) -> None:
    opened = visit(pages("compare").as_uri())
    opened.page.wait_for_selector(".drawing svg.main-svg")
    opened.page.emulate_media(media="print")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    drawn = "[...document.querySelectorAll('.drawing')]"
    tall = f"Math.max(...{drawn}.map((place) => place._fullLayout.height))"
    assert opened.page.evaluate(tall) <= 720
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.page.evaluate(tall) > 720


@pytest.mark.parametrize("name", sorted(gallery.PAGES))
def test_a_summary_can_be_projected(
    visit: Visiting, pages: Callable[[str], Path], name: str
) -> None:
    opened = visit(pages(name).as_uri())
    for said in map(str.strip, opened.page.locator(".standfirst").all_text_contents()):
        assert len(said) <= 260, said
        assert not re.search(r"[a-z]_[a-z]|[a-z]\.[a-z]", said), said


def test_samples_of_a_legend_are_printed(visit: Visiting, pages: Callable[[str], Path]) -> None:
    opened = visit(pages("sweep-map").as_uri(), color_scheme="dark")
    opened.page.emulate_media(media="print")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.style(".rungs i", "printColorAdjust") == "exact"
    assert opened.style(".rungs i", "backgroundColor") != "rgba(0, 0, 0, 0)"
    assert not opened.page.locator("button.save").first.is_visible()
    assert opened.page.pdf(format="A4").startswith(b"%PDF")


def test_both_surfaces_stand_beside_their_difference_in_the_same_colours(
    visit: Visiting, pages: Callable[[str], Path]
) -> None:
    opened = visit(pages("sweeps-compared").as_uri())
    opened.page.wait_for_selector(".pair .drawing svg.main-svg")
    first, second = (box.bounding_box() for box in opened.page.locator(".pair section").all())
    assert first["y"] == second["y"]
    ends = [
        place.locator(".x2tick text").last.text_content()
        for place in opened.page.locator(".pair .drawing").all()
    ]
    assert ends[0] == ends[1]


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("name", ["sweep-map", "sweeps-compared", "valley"])
def test_a_colour_bar_is_labelled_at_both_ends_and_in_the_middle(
    visit: Visiting, pages: Callable[[str], Path], name: str, width: int
) -> None:
    opened = visit(pages(name).as_uri(), width)
    counts = opened.page.evaluate(
        "() => [...document.querySelectorAll('.drawing')].map((drawing) =>"
        " [...drawing.querySelectorAll('.x2tick text')].filter((t) => t.textContent).length)"
    )
    assert set(counts) - {0} == {3}


@pytest.mark.parametrize("width", [390, 1200])
def test_every_type_of_challenger_is_named_below_the_regrets(
    visit: Visiting, pages: Callable[[str], Path], width: int
) -> None:
    opened = visit(pages("robustness").as_uri(), width)
    ticks = opened.page.locator("section:has(#regrets) .xtick text").all_text_contents()
    assert [tick.replace(" ", "") for tick in ticks] == [
        "securityseeker",
        "intermediate",
        "revisionist",
    ]

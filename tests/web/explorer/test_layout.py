"""The explorer in windows of any width, and on a projector."""

from __future__ import annotations

import pytest

from tests.web.explorer_page import Opening


@pytest.mark.parametrize("width", [360, 640, 1280])
def test_nothing_runs_off_the_side(visit: Opening, width: int) -> None:
    opened = visit()
    opened.page.set_viewport_size({"width": width, "height": 800})
    opened.settle()
    opened.page.click("#pin")
    opened.move("setting.backstop", 0)
    opened.ask("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    opened.settle()
    assert not opened.is_wider_than_its_window()
    opened.page.keyboard.press("p")
    assert not opened.is_wider_than_its_window()
    assert opened.said == []


@pytest.mark.parametrize("width", [1280, 1920])
def test_a_projected_page_is_mostly_its_findings(visit: Opening, width: int) -> None:
    opened = visit()
    opened.page.set_viewport_size({"width": width, "height": 720})
    opened.settle()
    opened.page.keyboard.press("p")
    sizes = opened.ask(
        "() => Object.fromEntries(['aside', '#waffle'].map((name) =>"
        " [name, document.querySelector(name).getBoundingClientRect().width]))"
    )
    assert sizes["aside"] < width / 3
    assert sizes["#waffle"] > width / 4
    highest = (
        "() => Math.max(...[...document.querySelectorAll('.key .what b')]"
        ".map(({ scrollHeight }) => scrollHeight))"
    )
    assert opened.ask(highest) < 3 * 24 * 1.55, "no name breaks within a word"
    assert opened.page.locator("#predict-start").is_visible()


def test_the_key_p_enlarges_the_text_and_typing_does_not(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    size = "() => getComputedStyle(document.querySelector('.key .what span')).fontSize"
    assert opened.ask(size) != "24px"
    opened.page.keyboard.press("p")
    assert opened.ask(size) == "24px"
    opened.page.keyboard.press("p")
    opened.ask("() => { document.getElementById('code-form').closest('details').open = true; }")
    opened.page.focus("#typed-code")
    opened.page.keyboard.press("p")
    assert opened.ask(size) != "24px"

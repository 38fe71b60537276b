"""The explorer's scripts alone, without a page: numbers as text, kept values, scales."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sim.explorer.page import ASSETS, SCRIPTS, engine_script

Ask = Callable[[str], Any]


@pytest.fixture(scope="module")
def ask(browser: Any) -> Iterator[Ask]:
    """A callable that evaluates a script."""
    page = browser.new_page()
    parts = [(ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS if name != "main.js"]
    page.add_script_tag(content="\n".join([engine_script(), "const explorer = {};", *parts]))
    yield page.evaluate
    page.close()


def test_a_share_alone_has_the_decimals_of_its_interval(ask: Ask) -> None:
    assert ask("explorer.text.shareAlone([0, 0, 0.0004])") == "0.00 %"
    assert ask("explorer.text.shareAlone([0.431, 0.42, 0.44])") == "43.1 %"
    assert ask("explorer.text.halfWidth([0, 0, 0.0004])") == "±0.02 points"


@pytest.mark.parametrize(("whole", "kept"), [("true", 3), ("false", 2.5)])
def test_a_lever_of_whole_numbers_keeps_whole_numbers(ask: Ask, whole: str, kept: float) -> None:
    assert ask(f"explorer.state.tidy({{ low: 0, high: 40, whole: {whole} }}, 2.5)") == kept


def test_a_scale_around_zero_has_at_least_three_numbers(ask: Ask) -> None:
    fewest = ask(
        """Math.min(...Array.from({ length: 1000 }, (_, k) => {
          const interval = [0, -(k + 1) / 1000, (k + 1) / 1000];
          const drawn = explorer.charts.intervals([{ label: "", interval }], "", 600);
          return drawn.querySelectorAll(".tick").length;
        }))"""
    )
    assert fewest >= 3

"""An explorer in a browser: opened from disk, with the network off, and asked from tests.

The page's policy forbids code from text, so that waiting means asking again and again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from sim.experiments.simulate import simulate
from sim.scenario.scenario import Scenario

PATIENCE = 60.0

# The levers of the explorer that is tried, its seed, and so few runs that a page is soon done.
LEVERS = (
    "setting.force_size=0:6",
    "setting.backstop",
    "states.russia.ambition=0:1",
    "ladders.challenge.strike.relief",
)
SEED = 2025
RUNS = 100

REASON = "([name, asked]) => thinline[name](asked).then(() => 'played', (error) => error.message)"


class ExplorerPage:
    """A page with an explorer, and all that it said and asked for."""

    def __init__(self, context: Any, address: str) -> None:
        context.set_offline(True)
        self.page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)

    def ask(self, script: str, given: Any = None) -> Any:
        """The value of a script."""
        return self.page.evaluate(script, given)

    def state(self) -> dict[str, Any]:
        """What the page shows."""
        found: dict[str, Any] = self.ask("() => thinline.state()")
        return found

    def settle(self, stages: Sequence[str] = ("line", "done")) -> dict[str, Any]:
        """Wait until the page has played and drawn its runs and the baseline's, though perhaps not
        yet the line over a lever."""
        self.ask("() => thinline.ready")
        end = time.monotonic() + PATIENCE
        while (state := self.state())["stage"] not in stages or state["played"] != state["runs"]:
            assert time.monotonic() < end, state
            self.page.wait_for_timeout(40)
        return state

    def play(self, **asked: Any) -> dict[str, Any]:
        """Outcomes and measures of runs."""
        found: dict[str, Any] = self.ask("(asked) => thinline.play(asked)", asked)
        return found

    def move(self, path: str, value: float) -> None:
        """Move a lever, as a reader would."""
        self.ask(
            """([path, value]) => {
              const lever = [...document.querySelectorAll(".lever")]
                .find((each) => each.dataset.path === path).querySelector("input, select");
              lever.value = value;
              lever.dispatchEvent(new Event("input", { bubbles: true }));
            }""",
            [path, value],
        )

    def text(self, selector: str) -> str:
        """The text of the first such element, with plain blanks."""
        return str(self.page.locator(selector).first.text_content()).replace("\u00a0", " ")

    def is_wider_than_its_window(self) -> bool:
        """Whether the page runs off the side."""
        root = "document.documentElement"
        return bool(self.ask(f"() => {root}.scrollWidth > {root}.clientWidth"))

    def requests(self) -> list[str]:
        """The addresses that were asked for, without those that hold their content."""
        return [url for url in self.asked if not url.startswith(("data:", "blob:"))]


Opening = Callable[..., ExplorerPage]


def assert_printed(found: dict[str, Any], scenario: Scenario, runs: int, seed: int) -> None:
    """Outcomes and shares are those that ``thinline run --json`` prints, to the last bit; means,
    which are summed in another order, to eight digits."""
    expected = printed(scenario, runs, seed)
    assert found["outcomes"] == expected["outcomes"]
    assert found["measures"].keys() == expected["measures"].keys()
    for name, estimate in expected["measures"].items():
        if "share" in estimate:
            assert found["measures"][name] == estimate, name
        else:
            assert found["measures"][name] == pytest.approx(estimate, rel=1e-9, abs=1e-8), name


def printed(scenario: Scenario, runs: int, seed: int) -> dict[str, Any]:
    """Outcomes and measures as ``thinline run --json`` prints them."""
    document = simulate(scenario, runs, seed, keep_records=False).to_dict()
    return {name: json.loads(json.dumps(document[name])) for name in ("outcomes", "measures")}

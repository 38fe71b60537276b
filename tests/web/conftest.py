"""A real browser, if there is one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tools.chromium import chromium, find_chromium, wait_until


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; without it a skip, or with THINLINE_REQUIRE_BROWSER=1 an
    error."""
    found = find_chromium()
    if found is None and os.environ.get("THINLINE_REQUIRE_BROWSER") != "1":
        pytest.skip("no chromium on the path: install it, or leave the pages untried")
    assert found, "THINLINE_REQUIRE_BROWSER=1, but there is no chromium on the path"
    with chromium() as driven:
        yield driven


class Visit:
    """A page opened from disk with the network off, and all it said and asked for."""

    def __init__(self, context: Any, address: str, width: int, color_scheme: str) -> None:
        context.set_offline(True)
        self.page = context.new_page()
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=color_scheme)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)

    def count(self, selector: str) -> int:
        """How many elements there are."""
        return int(self.page.locator(selector).count())

    def style(self, selector: str, name: str) -> str:
        """A computed style of the first such element."""
        ask = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"
        return str(self.page.evaluate(ask, [selector, name]))

    def show(self, width: int, color_scheme: str) -> None:
        """Change the window and the paper, and wait until every figure is drawn for them."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=color_scheme)
        wait_until(self.page, DRAWN)

    def unfold(self) -> None:
        """Open everything that is folded, and wait until the figures in it are drawn."""
        self.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
        wait_until(self.page, DRAWN)

    def is_wider_than_its_window(self) -> bool:
        """Whether the page runs off the side."""
        root = "document.documentElement"
        return bool(self.page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"))

    def requests(self) -> list[str]:
        """The addresses that were asked for, without those that hold their content."""
        return [url for url in self.asked if not url.startswith(("data:", "blob:"))]


# Every figure that can be seen is as wide as its place.
DRAWN = """
() => [...document.querySelectorAll(".drawing")]
  .filter((place) => !place.closest("details:not([open])"))
  .every((place) => Number(place.dataset.width) === place.clientWidth
    && place.querySelector("svg.main-svg"))
"""


@pytest.fixture(scope="module")
def visit(browser: Any) -> Iterator[Callable[..., Visit]]:
    """A callable that shows the page at an address in a window of some width.

    A page is loaded once for all tests of a module: the window is resized and the paper changed, as
    a reader would. ``fresh`` loads it anew, for tests of a page's first state or that change it.
    """
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    opened: dict[str, Visit] = {}

    def visit(
        address: str, width: int = 1200, color_scheme: str = "light", fresh: bool = False
    ) -> Visit:
        if fresh:
            return Visit(context, address, width, color_scheme)
        if address not in opened:
            opened[address] = Visit(context, address, width, color_scheme)
        opened[address].show(width, color_scheme)
        return opened[address]

    yield visit
    context.close()

"""A real browser, if there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; without it a skip, or with THINLINE_REQUIRE_BROWSER=1 an
    error."""
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None and os.environ.get("THINLINE_REQUIRE_BROWSER") != "1":
        pytest.skip("no chromium on the path: install it, or leave the pages untried")
    assert chromium, "THINLINE_REQUIRE_BROWSER=1, but there is no chromium on the path"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        driven = playwright.chromium.launch(executable_path=chromium, args=list(OPTIONS))
        yield driven
        driven.close()


class Visit:
    """A page opened from disk with the network off, and all it said and asked for."""

    def __init__(self, context: Any, address: str) -> None:
        context.set_offline(True)
        self.page = context.new_page()
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


@pytest.fixture(scope="module")
def visit(browser: Any) -> Iterator[Callable[..., Visit]]:
    """A callable that opens an address in a browser window of its own, 1200 pixels wide."""
    contexts = []

    def visit(address: str, width: int = 1200, **options: Any) -> Visit:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        return Visit(contexts[-1], address)

    yield visit
    for context in contexts:
        context.close()

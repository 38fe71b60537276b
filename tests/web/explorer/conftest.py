"""An explorer of three scenarios, opened in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.explorer.page import explore
from sim.scenario.load import load
from tests.web.explorer_page import LEVERS, RUNS, ExplorerPage, Opening

FEW = f"#tl1;runs={RUNS}"


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scenarios = [load(name) for name in ("reassurance_force", "clear_rules", "truce_in_doubt")]
    out = tmp_path_factory.mktemp("explorer") / "explorer.html"
    return explore(scenarios, out, levers=LEVERS, runs=100)


@pytest.fixture(scope="session")
def window(browser: Any) -> Iterator[Any]:
    """A context for pages of the explorer, which keep nothing in it."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    yield context
    context.close()


@pytest.fixture
def visit(browser: Any, window: Any, file: Path) -> Iterator[Opening]:
    """A callable that opens the explorer in a new page; with options in a context of its own."""
    opened: list[Any] = []

    def visit(hash_: str = FEW, init: str = "", **options: Any) -> ExplorerPage:
        context = window
        if init or options:
            context = browser.new_context(viewport={"width": 1200, "height": 900}, **options)
            opened.append(context)
        if init:
            context.add_init_script(init)
        page = ExplorerPage(context, f"{file.as_uri()}{hash_}")
        opened.append(page.page)
        return page

    yield visit
    for each in reversed(opened):
        each.close()


@pytest.fixture(scope="session")
def shared(browser: Any, file: Path) -> Iterator[ExplorerPage]:
    """The explorer, for tests that only ask it for numbers."""
    context = browser.new_context()
    page = ExplorerPage(context, f"{file.as_uri()}{FEW}")
    page.settle()
    yield page
    context.close()

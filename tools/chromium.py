"""Chromium for pictures and tests of pages, driven by Playwright."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# The first draws the same pages with about half the processor time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """The path of Chromium or Chrome, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser, closed at the end; exits with a message if there is none."""
    found = find_chromium()
    if found is None:
        raise SystemExit(f"no browser on the path: install one of {', '.join(NAMES)}")
    # Here, because the tests of pages are skipped without a browser.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(OPTIONS))
        yield browser
        browser.close()


def wait_until(page: Any, script: str, given: Any = None, seconds: float = 60) -> None:
    """Ask a page until ``script`` is true; raises ``TimeoutError`` after some ``seconds``.

    Playwright's own waiting evaluates the script in the page, whose policy may forbid it.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(script, given):
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds:g} s: {script}")
        page.wait_for_timeout(20)

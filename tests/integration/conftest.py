"""Every test of the command line runs in an empty folder."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def empty_folder(workplace, monkeypatch):
    """Nothing is written into the checkout, and new processes find the package."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return workplace

"""The notebooks run, and print what they show."""

from __future__ import annotations

import pytest

from tests.docs.notebooks import NOTEBOOKS, executed, printed, read


# The client of the kernel warns of its own event loop.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_prints_what_it_shows(name: str) -> None:
    shown = printed(read(name))
    assert shown
    assert printed(executed(name)) == shown, "renew it: python -m tests.docs.notebooks"

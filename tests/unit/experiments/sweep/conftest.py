"""A whole sweep that tests read and copy."""

from __future__ import annotations

import pytest

import sim
from sim.experiments.backends import threads
from tests.sweeps import SIX


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    return sim.sweep(SIX, folder, threads(1))

"""Open rooms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.unit.room.open_room import Open


@pytest.fixture
def place(tmp_path) -> Iterator[Open]:
    with ExitStack() as stack:
        yield Open(tmp_path, stack)


@pytest.fixture(scope="module")
def still(tmp_path_factory) -> Iterator[Open]:
    """A room that tests ask and do not change."""
    with ExitStack() as stack:
        yield Open(tmp_path_factory.mktemp("room"), stack)

"""The figures that the page on limits quotes are still those of the model."""

from __future__ import annotations

import math
import re

import pytest

from tests.docs.pages import text_of
from tests.docs.renew import LEVERS, RUNS, shares

FEWER = 2_000
SIGMAS = 4.5


def rows() -> list[str]:
    found = LEVERS.search(text_of("docs/limits.md"))
    assert found
    return found["rows"].splitlines()


@pytest.mark.parametrize("row", rows())
def test_a_lever_still_moves_what_it_moved(row: str) -> None:
    change = "".join(re.findall(r"`(.*)`", row))
    told = [float(number) / 100 for number in re.findall(r"([\d.]+) %", row)]
    assert len(told) == 3
    for share, now in zip(told, shares(change, FEWER), strict=True):
        spread = math.sqrt(max(share, 0.001) * (1 - share) * (1 / FEWER + 1 / RUNS))
        assert abs(share - now) < SIGMAS * spread + 0.0005, "renew: python -m tests.docs.renew"

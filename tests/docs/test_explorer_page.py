"""The ready-made explorer has today's engine and today's scenario."""

from __future__ import annotations

from sim.explorer.page import MOST_BYTES, engine_bytes, packed
from sim.scenario.load import load
from tools.docgen import explorer

RENEW = "renew it: python -m tools.docgen explorer"


def test_the_ready_made_explorer_is_current() -> None:
    page = explorer.FILE.read_text(encoding="utf-8")
    assert load(explorer.SCENARIO).digest[:16] in page, RENEW
    assert packed(engine_bytes()) in page, RENEW
    assert len(page.encode()) <= MOST_BYTES

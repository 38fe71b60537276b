"""Many texts that are nearly right: no traceback, no hang, and messages that can be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.hostile_texts import READERS, try_texts

# The trials of the gate come before.
TRIALS = range(1000, 1000 + int(os.environ.get("THINLINE_TRIALS", "10000")))


@pytest.mark.deep
def test_every_text_is_taken_or_refused_with_a_remedy(tmp_path: Path) -> None:
    tried = try_texts(tmp_path, TRIALS)
    answers = {(reader.__name__, answer) for reader in READERS for answer in ("taken", "refused")}
    assert tried.keys() == answers

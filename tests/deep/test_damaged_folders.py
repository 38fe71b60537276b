"""Many damaged folders: no traceback, no hang, and no altered number taken for a result."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.damaged_folders import DAMAGES, try_folders

# The trials of the gate come before.
TRIALS = range(1000, 1000 + int(os.environ.get("THINLINE_TRIALS", "5000")))


@pytest.mark.deep
@pytest.mark.skipif(os.name != "posix", reason="pipes and links as POSIX has them")
def test_no_damage_is_taken_for_results_or_followed_elsewhere(tmp_path: Path) -> None:
    tried = try_folders(tmp_path, TRIALS)
    assert tried.keys() == {damage.__name__ for damage in DAMAGES}

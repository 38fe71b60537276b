"""A damaged folder is refused by name, or it makes no difference: a few of the deep trials."""

from __future__ import annotations

import os

import pytest

from tests.damaged_folders import DAMAGES, try_folders

# Trials of the long tests that once found a fault.
FOUND = (18_215,)


@pytest.mark.skipif(os.name != "posix", reason="pipes and links as POSIX has them")
def test_no_damage_is_taken_for_results_or_followed_elsewhere(tmp_path):
    tried = try_folders(tmp_path, [*range(120), *FOUND])
    assert tried.keys() == {damage.__name__ for damage in DAMAGES}

"""Recorded words in pandas frames: categories in their order, the same wherever a frame is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.vocabulary import Outcome, Trigger, War, Word

# The recorded fields that are words: ranks in an array, words in files and frames.
WORDED: dict[str, type[Word]] = {"outcome": Outcome, "war": War, "trigger": Trigger}


def worded(frame: Any, words: Mapping[str, type[Word]] = WORDED) -> Any:
    """The frame with each column that ``words`` names as an ordered categorical of its words, so
    that ``frame["war"] > "none"`` works; whether they came as ranks or as words."""
    import numpy as np
    from pandas import Categorical

    def ordered(name: str) -> Any:
        column: Any = frame[name]
        every: Any = words[name].words()
        if column.dtype == "category":
            return column.cat.set_categories(every, ordered=True)
        return Categorical.from_codes(np.asarray(column), every, ordered=True)

    return frame.assign(**{name: ordered(name) for name in words if name in frame})

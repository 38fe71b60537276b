"""Selection of a run to trace: a typical one, a near miss of war, or the worst."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.choices import Selection
from sim.enums import War
from sim.errors import UsageError

NONE = {Selection.NEAR_MISS: "every run ends in war", Selection.WORST: "no run ends in war"}
LIKENESS = ("month", "strikes", "peak_tension")


def select_run(like: Selection, records: Any) -> int:
    """The number of the run among ``records`` (with ``outcome``) selected by ``like``.

    Raises ``UsageError`` if there is no such run.
    """
    if like is Selection.TYPICAL:
        return typical(records)
    found = near_miss(records) if like is Selection.NEAR_MISS else worst(records)
    if found is None:
        what = f"there is no {like} run among {len(records):,}: {NONE[like]}"
        raise UsageError(what, "try another --select, or --run with a number")
    return found


def typical(records: Any) -> int:
    """The run with the most frequent outcome that is nearest to the medians of such runs."""
    commonest = np.bincount(records["outcome"]).argmax()
    among = records[records["outcome"] == commonest]
    distance = np.zeros(len(among))
    for name in LIKENESS:
        values = among[name].astype(float)
        spread = float(values.std()) or 1.0
        distance += np.abs(values - np.median(values)) / spread
    return int(among["replication"][distance.argmin()])


def near_miss(records: Any) -> int | None:
    """The run without war with the highest cumulative risk of war, then the highest tension, then
    the lowest number; None if every run ends in war."""
    peaceful = records[records["war"] == War.NONE]
    if not len(peaceful):
        return None
    order = np.lexsort((peaceful["replication"], -peaceful["peak_tension"], -peaceful["risk"]))
    return int(peaceful["replication"][order[0]])


def worst(records: Any) -> int | None:
    """Among the gravest wars the one with most casualties before it, then the earliest; None if no
    run ends in war."""
    gravest = records["war"].max()
    if gravest == War.NONE:
        return None
    wars = records[records["war"] == gravest]
    order = np.lexsort((wars["replication"], wars["month"], -wars["casualties"]))
    return int(wars["replication"][order[0]])

"""The outcome of a run, and what its war began with: functions of its record, the same for every
engine."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from sim.enums import Trigger, War
from sim.model.rules.ending import ending, is_escalation, is_failure

# Deterrence failure and escalation, the two causes of war, and war.
SHARES = ("failure", "escalation", "war")

_FLAGS = (0, 1)
# The outcome by war, force that stands, force that stood, and challenge.
_OUTCOMES = np.array(
    [ending(*facts) for facts in product(War, _FLAGS, _FLAGS, _FLAGS)], np.int8
).reshape(len(War), 2, 2, 2)


def outcomes(records: Any) -> Any:
    """The :class:`Outcome` of each record, as an ``int8`` array of the same length:
    :func:`sim.model.rules.ending.ending`."""
    tried = (records["strikes"] + records["mobilisations"]) > 0
    return _OUTCOMES[records["war"], records["stands"], records["stood"], tried.astype(np.int8)]


def flags(trigger: Any) -> dict[str, Any]:
    """Deterrence failure, escalation and war, by what the war of each run began with
    (:class:`sim.enums.Trigger`)."""
    return {
        "failure": is_failure(trigger),
        "escalation": is_escalation(trigger),
        "war": trigger != Trigger.NONE,
    }


def count_flags(runs: Any) -> dict[str, Any]:
    """How many runs have each of the :func:`flags`, from the number of ``runs`` of each trigger,
    shape (..., triggers)."""
    return {name: runs @ each for name, each in flags(np.arange(len(Trigger))).items()}

"""The outcome of a run: a pure function of its record, the same for every engine."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from sim.enums import War
from sim.model.rules.ending import ending, is_escalation, is_failure

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


def failed(records: Any) -> Any:
    """Whether deterrence failed in each record: :func:`sim.model.rules.ending.is_failure`."""
    return is_failure(records["trigger"])


def escalated(records: Any) -> Any:
    """Whether each record escalated: :func:`sim.model.rules.ending.is_escalation`."""
    return is_escalation(records["trigger"])

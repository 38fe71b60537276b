"""The outcome of a run: a pure function of its record, the same for every engine."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.enums import Outcome, Trigger, War

ENDED_IN = {
    War.UNOPPOSED: Outcome.RENEWED_OFFENSIVE,
    War.LIMITED: Outcome.LIMITED_WAR,
    War.GENERAL: Outcome.GENERAL_WAR,
}


def outcomes(records: Any) -> Any:
    """The :class:`Outcome` of each record, as an ``int8`` array of the same length.

    Without war it depends on the force: in place and challenged, in place and never challenged,
    gone, or never in place. Challenged means that a strike or a mobilisation was chosen.
    """
    tried = (records["strikes"] + records["mobilisations"]) > 0
    stands = records["stands"] == 1
    stood = (records["stood"] == 1) | stands
    quiet = np.select(
        [stands & tried, stands, stood],
        [Outcome.TESTED_FORCE, Outcome.UNTESTED_FORCE, Outcome.HOLLOWED_OUT],
        Outcome.NEVER_A_FORCE,
    )
    wars = [records["war"] == war for war in ENDED_IN]
    return np.select(wars, list(ENDED_IN.values()), quiet).astype(np.int8)


def failed(records: Any) -> Any:
    """Deterrence failure: war that began with a chosen offensive, with or without the coalition."""
    return records["trigger"] == Trigger.OFFENSIVE


def escalated(records: Any) -> Any:
    """Escalation: war that grew from a strike, a probe or an accident."""
    return records["trigger"] > Trigger.OFFENSIVE

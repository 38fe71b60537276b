"""Losses of the force, and of each state its own: from challenges, and from fire in a war."""

from __future__ import annotations

from typing import Any

from sim.enums import Role
from sim.jit import stage
from sim.model.rules.learning import remembered
from sim.model.stages.footprint import exposure_of


@stage
def suffer(violence: float, aimed: float, alarm: float, w: Any, p: Any) -> None:
    """Count the losses from ``violence`` of which a share ``aimed`` is directed at the force.
    Support of the exposed states rallies by ``alarm``."""
    w.casualties += violence * w.exposed * aimed
    w.hurt = 1
    for i in range(p.n_states):
        if p.role[i] == Role.GUARANTOR:
            exposure = exposure_of(w.rung[i], p)
            if exposure > 0.0:
                w.own_losses[i] += violence * aimed * exposure
                w.attacked[i] = max(w.attacked[i], alarm)


@stage
def forget(w: Any, p: Any) -> None:
    """Losses and attacks fade with time."""
    toll, rally = remembered(p.toll_half_life), remembered(p.rally_half_life)
    for i in range(p.n_states):
        w.own_losses[i] *= toll
        w.attacked[i] *= rally

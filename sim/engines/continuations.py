"""Runs that go on from the beginning of a month with one decision dictated."""

from __future__ import annotations

from typing import Any

from sim.jit import kernel
from sim.model.schedule import play_month
from sim.model.stages.decisions import dictate
from sim.model.stages.footprint import update_footprint
from sim.model.stages.initialise import leave_to_model
from sim.model.stages.private_values import draw_private_values
from sim.model.stages.record import write_record


@kernel
def continue_kernel(
    decision: int,
    i: int,
    option: int,
    later: int,
    months: int,
    worlds: Any,
    parameters: Any,
    values: Any,
    surface: Any,
    records: Any,
) -> None:
    """Play a world that stands at the beginning of a month to its end.

    State ``i`` takes ``option`` in this month and ``later`` in the rest of ``months`` months.
    Private values are drawn anew from the uniforms and parameters given.
    """
    w, p = worlds[0], parameters[0]
    draw_private_values(w, p, surface)
    # The grievance is of the red lines that these values mean.
    update_footprint(w, p)
    # A month can begin twice: its events have happened, and the rest of its beginning is the same.
    w.month -= 1
    last = w.month + months
    while not w.over:
        leave_to_model(w, p)
        if w.month < last:
            dictate(decision, i, option, w)
        option = later
        play_month(w, p, values, surface)
    write_record(w, p, records[0])

"""The choices of a room as a tidy table: a row a choice, without names."""

from __future__ import annotations

import csv
import io

from sim.room.room import Room

COLUMNS = ("step", "month", "state", "decision", "option", "due", "chance")


def choices_csv(room: Room) -> str:
    """Every decision that was dictated, with the chance by which the model would have made it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in room.game.played:
        words = each.state, each.decision.word, each.option
        writer.writerow([each.step, each.month, *words, int(each.due), f"{each.chance:.6g}"])
    return text.getvalue()

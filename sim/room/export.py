"""What is kept of a room, without names: its choices as a tidy table, and a report to print."""

from __future__ import annotations

import csv
import io
from typing import Any

from sim.formatting import state_name
from sim.report.page import render, sheet_style
from sim.room.room import Room
from sim.room.views import choice_view, predictions

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


def report_page(room: Room, found: dict[str, Any], story: list[dict[str, Any]]) -> str:
    """A page to print, with the ``story`` that everybody saw and the debrief that was ``found``."""
    game = room.game
    return render(
        "room.html",
        sheet_style=sheet_style(),
        title=game.base.title,
        run=game.number,
        seed=game.seed,
        seats=sorted({state_name(each.state) for each in game.played}),
        story=story,
        found=found,
        predictions=predictions(room),
        choices=[choice_view(each) for each in game.played if not each.implied],
    )

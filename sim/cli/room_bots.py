"""``thinline room-bots``: play an open room with bots."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.console import json_option, print_json, print_note
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.serve import MOST_BOTS
from sim.errors import json_head
from sim.formatting import plural

with deferred_imports(globals()):
    from sim.formatting import state_name
    from sim.room.bots import Bot, seat_bots
    from sim.room.network import public_address


@click.command(cls=VerbCommand)
@click.argument("address")
@click.argument("code")
@click.option(
    "--seats",
    type=click.IntRange(0, MOST_BOTS),
    default=6,
    show_default=True,
    help="How many bots; they take the free seats, the rest watch.",
)
@click.option(
    "--pause",
    type=click.FloatRange(0.0, 60.0),
    default=3.0,
    show_default=True,
    help="The longest time in seconds that a bot thinks.",
)
@json_option
def room_bots(address: str, code: str, seats: int, pause: float, as_json: bool) -> None:
    """Play an open room with bots: a rehearsal.

    The bots join the room at ADDRESS with its CODE, as people do, and choose at random until the
    run is over. They use the documented protocol only (docs/room.md), so the room can be on
    another computer. The teacher begins the game and closes its steps.
    """
    bots = seat_bots(public_address(address), code, seats, pause) if seats else []
    for bot in bots:
        bot.start()
    print_note(f"Playing {plural(len(bots), 'bot')} until the run is over. Stop with Ctrl-C.")
    try:
        for bot in bots:
            bot.join()
    finally:
        for bot in bots:
            bot.stop()
    for bot in bots:
        if bot.failed is not None:
            raise bot.failed
    if as_json:
        print_json({**json_head("room_bots"), "bots": [_document(bot) for bot in bots]})
    else:
        for bot in bots:
            who = state_name(bot.seat) if bot.seat else "watching"
            click.echo(f"{who}: choices in {bot.sent} steps; the run ended with {bot.outcome}")
    print_note("Try next: thinline serve --room")


def _document(bot: Bot) -> dict[str, Any]:
    return {"seat": bot.seat, "sent": bot.sent, "outcome": bot.outcome}

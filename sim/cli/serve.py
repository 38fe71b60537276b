"""``thinline serve``: open a room for a class."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from sim.cli.console import (
    json_option,
    print_changes,
    print_json,
    print_note,
    print_paragraph,
)
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.options import FILE_PATH, WHOLE_NUMBER, seed_option, set_option
from sim.errors import MissingExtra, UsageError, json_head

with deferred_imports(globals()):
    from sim.room.check import ways_in
    from sim.room.earlier import earlier_rooms
    from sim.room.game import TURNS
    from sim.room.log import begin, resume, scenario_of
    from sim.room.room import Room
    from sim.room.seat_book import forget
    from sim.scenario.load import load

EXTRA, NEEDED = "classroom", ("starlette", "uvicorn", "segno")
PORT = 8765
# The number of the run is drawn from so many, and written to the log.
RUNS = 10_000
FOLDER = Path("rooms")
MOST_BOTS = 60
NEXT = "Try next: thinline serve --room --bots 6"


@click.command(cls=VerbCommand)
@click.argument("scenario", default="troops_after_truce")
@click.option("--room", "is_room", is_flag=True, help="Open a room, not the lessons.")
@click.option("--lan", is_flag=True, help="Let other devices in the local network join.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=PORT,
    show_default=True,
    help="The port; 0 takes a free one.",
)
@click.option("--address", metavar="URL", help="The address that others type, of a proxy say.")
@click.option("--resume", "resumed", type=FILE_PATH, metavar="LOG", help="Go on with this log.")
@click.option("--log", "file", type=FILE_PATH, metavar="FILE", help="Where the log is written.")
@click.option(
    "--compare",
    "compared",
    type=FILE_PATH,
    metavar="LOG",
    multiple=True,
    help="Show this earlier room in the debrief, or all of a folder; repeatable.",
)
@click.option(
    "--turn",
    type=click.Choice(["month", "quarter"]),
    default="quarter",
    show_default=True,
    help="The length of a turn.",
)
@click.option("--seconds", type=click.IntRange(5, 3600), help="The time limit of a step.")
@click.option("--run", "number", type=WHOLE_NUMBER, help="Number of the run; drawn by default.")
@seed_option
@set_option()
@click.option(
    "--bots", type=click.IntRange(0, MOST_BOTS), default=0, help="Seat bots, for a rehearsal."
)
@click.option(
    "--check",
    is_flag=True,
    help="Check whether other devices can reach this computer; give --lan too.",
)
@click.option(
    "--forget",
    "forgotten",
    type=FILE_PATH,
    metavar="LOG",
    help="Delete the names and seat codes of this log, and end.",
)
@json_option
def serve(
    scenario: str,
    is_room: bool,
    resumed: Path | None,
    file: Path | None,
    compared: tuple[Path, ...],
    check: bool,
    forgotten: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Open a room: a class takes the seats of states.

    Without --room it serves the explorer, the lessons and a check of scenario files.
    The model plays the seats of SCENARIO that nobody takes. The room is open on this computer alone
    unless --lan is given. Everything is logged; a room that was stopped goes on with --resume.
    """
    if forgotten is not None:
        _forget(forgotten, as_json)
        return
    _require_extra()
    if check:
        _print_ways(ways_in(options["port"], options["lan"]), as_json)
        return
    if not is_room:
        _refuse_without_room(resumed, file, *compared)
        _serve_course(scenario, options, as_json)
        return
    if resumed is not None:
        base, made = scenario_of(resumed), partial(resume, resumed)
    else:
        base = load(scenario, options["overrides"])
        file = file or FOLDER / f"{datetime.now():%Y%m%d-%H%M%S}.jsonl"
        made = partial(_new_room, file, base, **options)
    earlier = earlier_rooms(compared, base, resumed, print_note)
    _open(made, earlier, options, as_json)


def _refuse_without_room(*given: Path | None) -> None:
    if any(given):
        raise UsageError("--resume, --log and --compare are of a room", "add --room")


def _serve_course(scenario: str, options: dict[str, Any], as_json: bool) -> None:
    from sim.room.serve import OpenCourse, RoomAddress  # needs the extra

    print_note("Making the explorer …")
    place = RoomAddress(options["lan"], options["port"], options["address"])
    opened = OpenCourse(load(scenario, options["overrides"]), place)
    if as_json:
        print_json({**json_head("open_course"), "addresses": list(opened.addresses)})
    for address in () if as_json else opened.addresses:
        click.echo(f"Explorer, lessons, and a check of scenario files: {address}")
    if not as_json:
        print_changes()
    print_note("Stop with Ctrl-C. A room for a class: thinline serve --room")
    opened.run()


def _forget(log: Path, as_json: bool) -> None:
    found = forget(log)
    if not found and not log.is_file():
        raise UsageError(f"there is no log {log}", "name the .jsonl file of the room")
    if as_json:
        print_json({**json_head("forgotten"), "log": str(log), "found": found})
    else:
        click.echo(f"{'Deleted the' if found else 'There are no'} names and codes of {log}")


def _print_ways(ways: Sequence[Any], as_json: bool) -> None:
    if as_json:
        print_json({**json_head("network"), "ways": [asdict(way) for way in ways]})
        return
    for number, way in enumerate(ways, start=1):
        works = {True: "yes", False: "no", None: "try it"}[way.works]
        print_paragraph(
            f"{way.name}: {works}: {way.found}. Next: {way.remedy}.", mark=f"{number}. "
        )
    print_note(NEXT)


def _require_extra() -> None:
    if not all(map(find_spec, NEEDED)):
        raise MissingExtra(EXTRA, "the room")


def _new_room(file: Path, scenario: Any, seed: int | None, **given: Any) -> Any:
    number = secrets.randbelow(RUNS) if given["number"] is None else given["number"]
    room = Room(scenario, number, seed, TURNS[given["turn"]])
    return room, begin(room, file)


def _open(
    made: Callable[[], Any], earlier: Sequence[Any], options: dict[str, Any], as_json: bool
) -> None:
    from sim.room.serve import OpenRoom, RoomAddress  # needs the extra

    place = RoomAddress(options["lan"], options["port"], options["address"])
    opened = OpenRoom(made, place, options["seconds"], earlier)
    log = opened.log
    if as_json:
        print_json({**json_head("open_room"), **asdict(opened.links), "log": str(log.path)})
    else:
        _print_links(opened.links)
        print_changes()
    print_note(f"Log: {log.path}. Go on later: thinline serve --room --resume {log.path}")
    for each in earlier:
        print_note(f"Compared with room {each.letter}: {each.log}")
    if not options["lan"]:
        print_note("Only this computer can join. For other devices add --lan.")
    else:
        print_note("If the system asks whether to allow connections, allow private networks.")
    print_note("Compiling the model, which takes up to a minute the first time …")
    opened.run(options["bots"], lambda: print_note("Ready: open the console. Stop with Ctrl-C."))


def _print_links(links: Any) -> None:
    click.echo(f"Console (for you alone):   {links.console}")
    click.echo(f"Wall (for the projector):  {links.wall}")
    for address in links.join:
        click.echo(f"Students join at:          {address}   code {links.code}")

"""Earlier rooms of the same scenario, with which a debrief compares the path of a class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase

from sim.errors import ThinlineError, UsageError
from sim.room.log import read, scenario_of
from sim.scenario.scenario import Scenario
from sim.trace.events import TracedRun

# A room a letter: more marks could not be told apart.
MOST = len(ascii_uppercase)


@dataclass(frozen=True, slots=True)
class EarlierRoom:
    """A room whose run is over: a ``letter`` for its name, where its log is, and its run."""

    letter: str
    log: Path
    run: TracedRun


def earlier_rooms(
    places: Sequence[Path], scenario: Scenario, own: Path | None, tell: Callable[[str], None]
) -> tuple[EarlierRoom, ...]:
    """The rooms of these logs, and of those in these folders, the first by name first.

    Parameters
    ----------
    places
        Logs, and folders with logs.
    scenario
        What the rooms must have played, with all its settings.
    own
        The log of the present room, which is left out.
    tell
        Is told of each log in a folder that is left out, and why.

    Raises
    ------
    sim.errors.UsageError
        For a log, named by itself, that is none, that is of another scenario, or whose run is not
        over; for a folder in which there is no log to compare; and for more than 26 rooms.
    """
    found: dict[Path, TracedRun] = {}
    for place in places:
        found |= _runs_at(place, scenario, own, tell)
    if len(found) > MOST:
        raise UsageError(f"{len(found)} rooms are to be compared", f"name at most {MOST} logs")
    named = zip(ascii_uppercase, sorted(found), strict=False)
    return tuple(EarlierRoom(letter, log, found[log]) for letter, log in named)


def _runs_at(
    place: Path, scenario: Scenario, own: Path | None, tell: Callable[[str], None]
) -> dict[Path, TracedRun]:
    """The runs of a log, or of the logs in a folder that can be compared."""
    if not place.is_dir():
        return {place.resolve(): _run_of(place, scenario)}
    found: dict[Path, TracedRun] = {}
    for log in sorted(place.resolve().glob("*.jsonl")):
        if own is not None and log == own.resolve():
            continue
        try:
            found[log] = _run_of(log, scenario)
        except ThinlineError as error:
            tell(f"Left out of the comparison: {error.message}")
    if not found:
        raise UsageError(
            f"{place} has no finished room of {scenario.name!r} with these settings",
            "name another folder, or leave out --compare",
        )
    return found


def _run_of(log: Path, scenario: Scenario) -> TracedRun:
    """The run of a log, which is replayed only if it is of this scenario."""
    played = scenario_of(log)
    if played.to_dict() != scenario.to_dict():
        what = "other settings" if played.name == scenario.name else f"{played.name!r}"
        raise UsageError(
            f"{log} played {what}, not this {scenario.name!r}",
            "compare rooms of the same scenario with the same settings",
        )
    game = read(log).game
    if not game.is_over:
        raise UsageError(f"the run of {log} is not over", "go on with it: --room --resume")
    return game.run.traced

"""The debrief of a room: the path of the class among many runs of the same start, the choices that
the model would seldom have made, and the same run with a seat left to the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.enums import Decision, Outcome
from sim.experiments.simulate import simulate
from sim.formatting import format_share_ci, state_name
from sim.results import Results
from sim.room.earlier import EarlierRoom
from sim.room.game import Game, Played
from sim.room.room import Room
from sim.room.views import choice_view, own_values
from sim.scenario.scenario import Scenario
from sim.trace.events import TracedRun
from sim.trace.interactive import play
from sim.trace.narrative import describe_ending, story

RUNS = 10_000
MOST_UNUSUAL = 8
# A choice is unusual if the model makes it with a smaller chance.
SELDOM = 0.1
# What the model does where it reviews nothing; any other choice then is the class's alone.
UNREVIEWED = {Decision.CHALLENGE: "hold", Decision.THREAT: "silence"}
# What a run was like: measures of its record with their labels and digits.
COURSE = {
    "month": ("Last month", 0),
    "greatest_force": ("Greatest power of the force (the challenger’s is 1)", 2),
    "peak_tension": ("Greatest tension", 2),
    "reputation": ("Belief that the coalition answers, at the end", 2),
}
# What a class should not conclude, whatever happened.
LIMITS = (
    "One path is one draw: the same choices with other random numbers can end otherwise.",
    "The weights are invented. The shares are those of this model, not of the world.",
    "A good ending does not show that the choices were good, nor a bad one that they were bad.",
)


@dataclass(frozen=True, slots=True)
class PlayedPath:
    """What a debrief needs of a finished game; it does not change when the game is undone."""

    scenario: Scenario
    number: int
    seed: int
    played: tuple[Played, ...]
    traced: TracedRun
    own: dict[str, list[dict[str, Any]]]


def path_of(room: Room) -> PlayedPath:
    """The path of a room whose run is over."""
    game: Game = room.game
    own = {state_name(s): own_values(game.run.own(s)) for s in sorted(room.taken)}
    return PlayedPath(
        game.scenario, game.number, game.seed, tuple(game.played), game.run.traced, own
    )


def debrief(
    path: PlayedPath, runs: int = RUNS, earlier: Sequence[EarlierRoom] = ()
) -> dict[str, Any]:
    """The debrief as plain data, in four rounds.

    It simulates ``runs`` runs of the scenario that was played, with the events that were injected,
    and plays the run of the class again without each seat that chose something. ``earlier`` rooms
    are shown beside it.
    """
    results = simulate(path.scenario, runs, path.seed)
    info = path.scenario.info
    return {
        "what": {"ending": describe_ending(path.traced)},
        "usual": usual(results, path.traced, earlier),
        "why": {
            "course": story(path.traced).why,
            "seldom": SELDOM,
            "unusual": [choice_view(each) for each in unusual(path.played)],
            "without": list(without_each(path)),
            "own": path.own,
        },
        "limits": {
            "leaves_out": info.get("leaves_out", ""),
            "questions": list(info.get("debrief", ())),
            "limits": LIMITS,
        },
    }


def usual(results: Results, ours: TracedRun, earlier: Sequence[EarlierRoom] = ()) -> dict[str, Any]:
    """How usual the path of the class is: the shares of all outcomes, the outcome of the class, and
    its course compared with those of the runs. Earlier rooms are marked by their letters."""
    rows = [
        {
            "word": outcome.word,
            "label": outcome.label,
            "meaning": outcome.style.meaning,
            "colour": outcome.style.colour,
            "share": results.outcomes[outcome].value,
            "text": format_share_ci(results.outcomes[outcome]),
            "ours": outcome is ours.outcome,
        }
        for outcome in Outcome
    ]
    course = [_course(name, results.records, ours, earlier) for name in COURSE]
    return {
        "runs": results.runs,
        "outcomes": rows,
        "course": course,
        "ours": ours.outcome.label,
        "rooms": [{"letter": each.letter, "outcome": each.run.outcome.label} for each in earlier],
    }


def _course(
    name: str, records: Any, ours: TracedRun, earlier: Sequence[EarlierRoom]
) -> dict[str, Any]:
    """A measure of the class's run and of earlier rooms, and where the runs of the model lie."""
    label, digits = COURSE[name]
    least, low, middle, high, most = np.quantile(records[name], (0.0, 0.1, 0.5, 0.9, 1.0)).tolist()
    rooms = {each.letter: each.run.record[name][0].item() for each in earlier}
    own = ours.record[name][0].item()
    return {
        "label": label,
        "digits": digits,
        "least": min(least, own, *rooms.values()),
        "most": max(most, own, *rooms.values()),
        "low": low,
        "middle": middle,
        "high": high,
        "ours": own,
        "rooms": rooms,
    }


def unusual(played: Iterable[Played], most: int = MOST_UNUSUAL) -> list[Played]:
    """The choices of people that the model makes with a chance below ``SELDOM``: challenges and
    threats at a time when the model would not have reviewed them, then the rarest; of equal choices
    of one state only the first. Other decisions that the model would not have reviewed are left
    out, because it had no chance of choosing otherwise."""
    found: dict[tuple[str, int, str], Played] = {}
    by_people = (each for each in played if not each.implied)
    for each in sorted(by_people, key=lambda choice: (choice.due, choice.chance)):
        if each.chance < SELDOM if each.due else _is_unprompted(each):
            found.setdefault((each.state, each.decision, each.option), each)
    return list(found.values())[:most]


def _is_unprompted(choice: Played) -> bool:
    """Whether a choice differs from what the model does where it reviews nothing."""
    return choice.option != UNREVIEWED.get(choice.decision, choice.option)


def without_each(path: PlayedPath) -> Iterable[dict[str, Any]]:
    """How the run ends on the same random numbers if the model decides for all, and if it decides
    for one seat alone: then the others choose what they chose, wherever it comes up again."""
    states = sorted({each.state for each in path.played})
    yield _ended("the model decides for everybody", play_again(path, leave_out=states))
    if len(states) > 1:
        for state in states:
            words = f"the model decides for {state_name(state)}"
            yield _ended(words, play_again(path, leave_out=[state]))


def play_again(path: PlayedPath, leave_out: Iterable[str] = ()) -> TracedRun:
    """The run with the choices of the class in the same months, but those of some states."""
    left = set(leave_out)
    chosen = {
        (each.month, each.decision, each.state): each.option
        for each in path.played
        if each.state not in left
    }
    run = play(path.scenario, path.number, path.seed)
    while not run.is_over:
        for each in run.open:
            option = chosen.get((run.month, each.decision, each.state))
            # What a class chose may not be possible where others now decide differently.
            if option is not None and option not in run.impossible(each):
                run.decide(each.state, option)
        run.advance()
    return run.traced


def _ended(words: str, run: TracedRun) -> dict[str, Any]:
    outcome = run.outcome
    return {"if": words, "outcome": outcome.label, "month": run.last.number}

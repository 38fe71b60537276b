"""The arrays the engines read and write: parameters, one world, and the record of one run.

All three are rows of structured NumPy arrays with fixed-width sub-arrays and counts, because a
compiled stage reads such a row several times faster than an object. A stage sees
``w.resolve[i]`` and ``p.clarity``.

``PARAMETERS`` is derived from the schema: a scalar for each setting and constant, and an array over
states, rungs, actions or red lines for the other parameters. Every field is 8 bytes wide, so that a
row is also a flat array of numbers in which each parameter has an address.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from sim.enums import Challenge, ChallengerType, Participation
from sim.jit import COMPILING
from sim.scenario.constants import CONSTANTS
from sim.scenario.schema import (
    CHALLENGE_LADDER,
    MAX_EVENT_SETTINGS,
    MAX_EVENTS,
    MAX_RED_LINES,
    MAX_STATES,
    PARTICIPATION_LADDER,
    RED_LINE,
    REQUIRES,
    SETTING,
    STATE,
)

RUNGS = len(Participation)
ACTIONS = len(Challenge)
TYPES = len(ChallengerType)
# Parameters whose random numbers are drawn together.
TOGETHER = 64

Field = tuple[str, str] | tuple[str, str, tuple[int, ...]]


def _columns(names: list[str], *shape: int, kind: str = "f8", prefix: str = "") -> list[Field]:
    return [(prefix + name, kind, shape) if shape else (prefix + name, kind) for name in names]


_ROSTER: list[Field] = [
    *_columns(["months", "n_states", "n_lines", "n_events", "challenger", "protege"], kind="i8"),
    ("stream", "i8", (MAX_STATES,)),
    ("role", "i8", (MAX_STATES,)),
]
_STATE_VALUES = [name for name, parameter in STATE.items() if parameter.drawable]
_LINE_WORDS = ["owner", "watches", "effect"]
_LINE_VALUES = [name for name, parameter in RED_LINE.items() if parameter.drawable]

PARAMETERS = np.dtype(
    [
        *_ROSTER,
        *_columns(list(SETTING)),
        *_columns(list(CONSTANTS)),
        *_columns(_STATE_VALUES, MAX_STATES),
        *_columns(list(REQUIRES), MAX_STATES, prefix="requires_"),
        *_columns(list(PARTICIPATION_LADDER), RUNGS),
        *_columns(list(CHALLENGE_LADDER), ACTIONS),
        *_columns(_LINE_WORDS, MAX_RED_LINES, kind="i8", prefix="line_"),
        *_columns(_LINE_VALUES, MAX_RED_LINES, prefix="line_"),
        *_columns(["occasion", "month", "first", "last"], MAX_EVENTS, kind="i8", prefix="event_"),
        *_columns(["level", "rung"], MAX_EVENTS, prefix="event_"),
        ("set_address", "i8", (MAX_EVENT_SETTINGS,)),
        ("set_value", "f8", (MAX_EVENT_SETTINGS,)),
    ]
)


assert PARAMETERS.fields is not None
_ADDRESSES = {name: place[1] // 8 for name, place in PARAMETERS.fields.items()}


def address_of(field: str) -> int:
    """Index of a field of :data:`PARAMETERS` in a row read as a flat array; of the first element if
    the field is an array."""
    return _ADDRESSES[field]


WORLD = np.dtype(
    [
        # keys of the random numbers
        *_columns(["seed", "run", "month"], kind="i8"),
        # the conditions that hold now: those of the setting, until an event or a decision changes
        # them
        *_columns(["ceasefire", "consent", "backstop"]),
        # streams and uniforms of parameters that are drawn together
        ("drawn_stream", "i8", (TOGETHER,)),
        ("u_drawn", "f8", (TOGETHER,)),
        # private values, and the uniforms behind them, which are kept because events change means
        *_columns(["resolve", "u_resolve", "u_candour"], MAX_STATES),
        ("ceiling", "i8", (MAX_STATES,)),
        *_columns(["ambition", "u_ambition"]),
        # sums of red lines by owner, as declared and as felt; on each action, for a guarantor the
        # cost of conceding it, for the challenger the cost of taking it
        *_columns(["line_declared", "line_felt"], MAX_STATES, ACTIONS),
        *_columns(["combat_declared", "combat_felt"], MAX_STATES),
        ("rung_restraint", "f8", (MAX_STATES, RUNGS)),
        # of the challenger: declared severity of its lines on presence, and the share that it means
        *_columns(["threat", "sincerity", "sanctions_relief"]),
        # belief of others that it means the lines it declares
        ("credit", "f8", (MAX_STATES,)),
        # beliefs of others about the type of the challenger, their update, and their mean
        *_columns(["type_belief", "type_evidence"], TYPES),
        ("believed_ambition", "f8"),
        # the ladder, the states and capability on each rung, and their sums
        *_columns(["rung", "target", "due"], MAX_STATES, kind="i8"),
        # the state that decides on the backstop, or -1, and the month of its next review of it
        *_columns(["backer", "backstop_due"], kind="i8"),
        # the states that review this month, and of each the stream of its draws, the
        # months until it reviews again, the lowest rung in its reach, the uniform by which it
        # chooses, its own losses, how recently it was attacked, and what both add to its support
        *_columns(["reviewer", "reviewer_stream", "wait", "lowest"], MAX_STATES, kind="i8"),
        *_columns(["u_review", "reviewer_losses", "reviewer_attacked", "support"], MAX_STATES),
        # the options of choices, one after the other: utility and weight of each, and where those
        # of each review begin
        *_columns(["option", "weight"], MAX_STATES * RUNGS),
        ("first_option", "i8", (MAX_STATES + 1,)),
        # months since a state began to follow its decision
        ("under_way", "f8", (MAX_STATES,)),
        # a state's own losses, and how recently it was attacked; both fade
        *_columns(["own_losses", "attacked"], MAX_STATES),
        *_columns(["changes", "hurt"], kind="i8"),
        # states that moved this month, at most twice each: by decision and after a strike
        ("moved", "i8"),
        ("mover", "i8", (2 * MAX_STATES,)),
        ("quiet_rate", "f8"),
        ("states_on", "i8", (RUNGS,)),
        ("capability_on", "f8", (RUNGS,)),
        ("strength", "f8", (MAX_STATES,)),
        *_columns(["norm", "others", "footprint", "ground_footprint", "exposed", "power"]),
        *_columns(["grievance", "grievance_declared", "army", "grown"]),
        # of successes: the share of its aims that the challenger holds, and of its grievance that
        # is relieved
        *_columns(["position", "relieved"]),
        # what the challenger expects for each action: answer, power, chance to win
        *_columns(["answer_to", "power_against", "odds_against"], ACTIONS),
        ("odds_alone", "f8"),
        # a threat: how far it is remembered, what it stakes once it is called; at a review its
        # utility, the share of the force it would move, the chance of acting on it; whether the
        # force calls it, whether one is made this month, and whether one is open since a review
        *_columns(["threat_remembered", "credit_at_stake"]),
        *_columns(["worth_of_threat", "threat_moves", "threat_acts"]),
        *_columns(["reviewed", "called", "threatens", "open_threat"], kind="i8"),
        *_columns(["threats", "empty_threats"], kind="i8"),
        # the force that pledges promise, and what waiting for it changes
        *_columns(["promised_footprint", "promised_ground", "promised_power", "outlook"]),
        # this month's crisis
        *_columns(["action", "ordered", "attributed", "answered", "pressed"], kind="i8"),
        ("carried_out", "i8"),
        ("defies", "i8", (MAX_STATES,)),
        *_columns(["defying", "expected_press", "expected_win", "would_answer", "others_answer"]),
        # the chance that each state defies, as all expect it, and the chance of the coalition's
        # answer that a state decides by, with and without its own
        *_columns(["would_defy", "answer_with", "answer_without"], MAX_STATES),
        # whether the protégé retaliates, and the share of their resolve with which others stand by
        # it
        ("retaliates", "i8"),
        ("sympathy", "f8"),
        *_columns(["u_slip", "u_general", "u_press", "u_success"]),
        # decisions that are dictated this month, or MODEL_DECIDES
        *_columns(["dictated_target", "dictated_answer"], MAX_STATES, kind="i8"),
        *_columns(["dictated_backstop", "dictated_threat", "dictated_truce"], kind="i8"),
        *_columns(["dictated_acceptance", "dictated_challenge", "dictated_press"], kind="i8"),
        ("dictated_retaliation", "i8"),
        # memory
        *_columns(["tension", "peak_tension", "times_answered", "times_conceded", "casualties"]),
        *_columns(["survival", "greatest_power"]),
        *_columns(["probes", "strikes", "mobilisations", "accidents"], kind="i8"),
        # mobilisations that were carried out, and those called off
        *_columns(["strikes_answered", "offensives", "called_off", "successes"], kind="i8"),
        # chosen although the challenger itself valued them below holding
        *_columns(["strikes_below_holding", "mobilisations_below_holding"], kind="i8"),
        *_columns(["unattributed", "months_under_force", "stood"], kind="i8"),
        # whether a truce was made, and in which month, whether one broke; how often terms were
        # weighed and refused
        *_columns(["truce", "truce_month", "truce_broken"], kind="i8"),
        *_columns(["offers", "refused_by_challenger", "refused_by_protege"], kind="i8"),
        *_columns(["retaliations", "wrong_blames"], kind="i8"),
        ("crossed", "i8", (MAX_RED_LINES,)),
        ("fired", "i8", (MAX_EVENTS,)),
        # the end
        *_columns(["war", "trigger", "over"], kind="i8"),
    ]
)

COUNTS = [
    *("probes", "strikes", "mobilisations", "accidents", "unattributed", "answered", "conceded"),
    *("strikes_below_holding", "mobilisations_below_holding", "successes"),
    *("strikes_answered", "offensives", "called_off", "changes", "threats", "empty_threats"),
    *("offers", "refused_by_challenger", "refused_by_protege", "retaliations", "wrong_blames"),
]

RECORD = np.dtype(
    [
        ("replication", "i8"),
        ("seed", "i8"),
        ("war", "i1"),
        ("trigger", "i1"),
        ("stood", "i1"),
        ("stands", "i1"),
        ("truce", "i1"),
        ("truce_broken", "i1"),
        ("truce_month", "i4"),
        ("month", "i4"),
        *_columns(COUNTS, kind="i4"),
        ("months_under_force", "i4"),
        ("lines_crossed", "i4"),
        *_columns(["force", "footprint", "protege", "position", "tension", "peak_tension"]),
        ("backstop", "f8"),
        ("greatest_force", "f8"),
        *_columns(["reputation", "credit", "casualties", "pledge_gap", "risk"]),
        *_columns(["believed_ambition", "misjudgement"]),
        *_columns([f"at_{rung.word}" for rung in Participation], kind="i4"),
    ]
)


class Block(NamedTuple):
    """The results of a block of runs.

    ``records``: one row of :data:`RECORD` a run, in order. ``participation``: ``int64 (months + 1,
    states, rungs)``, runs not in war at the end of a month by the rung of each state.
    ``crossings``: ``int64 (2, red lines)``, runs in which each line was crossed at the start, and
    in which it was crossed at any time.
    """

    records: Any
    participation: Any
    crossings: Any


def plain_rows(array: Any) -> Any:
    """A structured array of one dimension whose rows have the fields as attributes, as stages use
    them in plain Python. It is a view: what is written is written to ``array``."""
    return array.view(_with_attributes(array.dtype))


@cache
def _with_attributes(dtype: Any) -> Any:
    # Properties, which are found at once: ``__getattr__`` takes three times as long.
    fields = {name: property(itemgetter(name), _setter(name)) for name in dtype.names}
    return np.dtype((type("Row", (np.void,), {"__slots__": (), **fields}), dtype))


def _setter(name: str) -> Callable[[Any, Any], None]:
    def put(row: Any, value: Any) -> None:
        row[name] = value

    return put


def rows(array: Any) -> Any:
    """The argument that a kernel takes for a structured array: the array itself, or without
    compilation one whose rows are read as plain Python objects."""
    return array if COMPILING else plain_rows(array)

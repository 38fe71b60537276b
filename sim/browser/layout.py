"""Rows that the browser engine writes beside the model's own: a run in brief, a month as told.

Every field of a told month is 8 bytes wide. Arrays are over states, events, red lines, actions or
types of challenger.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.model.build import DRAWS
from sim.model.state import ACTIONS, PARAMETERS, RECORD, TYPES, WORLD
from sim.scenario.schema import MAX_EVENTS, MAX_RED_LINES, MAX_STATES

# What a comparison of two settings needs of each run.
OUTCOME = np.dtype(
    [
        ("ending", "u1"),
        ("trigger", "u1"),
        ("failed", "u1"),
        ("escalated", "u1"),
        ("month", "u2"),
    ]
)


def _fields(kind: str, *names: str) -> list[tuple[str, str]]:
    return [(name, kind) for name in names]


def _arrays(kind: str, length: int, *names: str) -> list[tuple[str, str, tuple[int]]]:
    return [(name, kind, (length,)) for name in names]


# What holds until it changes, as it was told last; month 0 is the start.
_LASTING = [
    ("month", "i8"),
    # the month in which each event happened and each red line was crossed; -1 if not yet
    *_arrays("i8", MAX_EVENTS, "event_month"),
    *_arrays("i8", MAX_RED_LINES, "line_month"),
    # participation before and after this month, decided, and why it was decided: see CAUSES
    *_arrays("i8", MAX_STATES, "rung_before", "rung", "target", "cause"),
    # beliefs: that each state means its lines, and about the type of the challenger
    *_arrays("f8", MAX_STATES, "credit"),
    *_arrays("f8", TYPES, "type_belief"),
    *_fields("f8", "believed_ambition"),
    # what holds at the end of the month
    *_fields("i8", "ceasefire"),
    *_fields("f8", "backstop", "consent", "tension", "footprint", "power", "grievance", "army"),
    *_fields("f8", "reputation", "position", "relieved", "threat_remembered", "casualties"),
    *_fields("i8", "war", "trigger", "over", "ending"),
]

# What happens in a month. Chances and utilities are those of the model at the time of the
# decision; they are 0 unless the flag before them is 1.
_OF_THE_MONTH = [
    *_arrays("i8", MAX_STATES, "withdrew"),
    # at a review of the backstop, its level before
    *_fields("i8", "backstop_reviewed"),
    *_fields("f8", "backstop_before"),
    # the challenger's decision to threaten
    *_fields("i8", "threat_weighed", "threatens", "empty_threat"),
    *_fields("f8", "threat_worth", "threat_moves", "threat_acts", "threat_chance"),
    # terms of a truce, and the replies
    *_fields("i8", "talks", "challenger_accepts", "protege_accepts"),
    *_fields("f8", "promised_power"),
    *_fields("f8", "challenger_truce", "challenger_fighting"),
    *_fields("f8", "protege_truce", "protege_fighting"),
    # at a review of the challenger, each action: utility, chance of an answer, share of the
    # power that defies, chance of choosing it, share of the grievance that its success relieves
    *_fields("i8", "reviewed"),
    *_arrays("f8", ACTIONS, "option_worth", "option_answer", "option_defying", "option_chance"),
    *_arrays("f8", ACTIONS, "option_relief"),
    # the crisis; a stand is what a state does, or would have done had it been attributed
    *_fields("i8", "action", "ordered", "attributed", "answered", "pressed", "carried_out"),
    *_arrays("f8", MAX_STATES, "stand_power", "stand_chance"),
    *_arrays("i8", MAX_STATES, "stand_defies"),
    *_fields("f8", "defying", "quorum", "crisis_casualties"),
    *_fields("i8", "press_decided"),
    *_fields("f8", "press_worth", "press_back_down", "press_chance", "slip", "general"),
    *_fields("i8", "success_open", "succeeded"),
    *_fields("f8", "success_chance"),
    # the protégé's answer to a violation
    *_fields("i8", "retaliation_open", "retaliates", "blamed"),
    *_fields("f8", "retaliation_worth", "retaliation_chance"),
    # whether the truce broke, and the chance of it: also 0 unless a breach may end a truce
    *_fields("i8", "truce_broken"),
    *_fields("f8", "breaking_chance"),
]

# A month as told.
STORY = np.dtype([*_LASTING, *_OF_THE_MONTH])
# Numbers of a story before those of the month.
FACTS_THAT_LAST = np.dtype(_LASTING).itemsize // 8

# Why a state decided to leave its rung: nothing yet, or as in :class:`sim.trace.events.Cause`.
CAUSES = ("none", "choice", "condition", "ceiling")
CAUSE_CHOICE, CAUSE_CONDITION, CAUSE_CEILING = 1, 2, 3

ROWS = {
    "world": WORLD,
    "parameters": PARAMETERS,
    "draws": DRAWS,
    "record": RECORD,
    "outcome": OUTCOME,
    "story": STORY,
}


def row_layout(row: np.dtype[Any]) -> dict[str, Any]:
    """The layout of a row: its size, and of each field the offset, the type and the length (0 for a
    number). An array of arrays is as long as both together."""
    assert row.fields is not None
    fields = {}
    for name, (kind, offset, *_) in row.fields.items():
        length = int(np.prod(kind.shape)) if kind.shape else 0
        fields[name] = [int(offset), kind.base.str.lstrip("<|=>"), length]
    return {"size": row.itemsize, "fields": fields}

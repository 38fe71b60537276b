"""All parameters of the model, and their nesting in a scenario file.

The loader, the arrays of the engines, the JSON Schema, the tables in the documentation and
``--set`` are all derived from these tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Union

from sim.choices import MAX_RUNS, MAX_SEED
from sim.enums import Challenge, Effect, Participation, Role, Watch
from sim.scenario.constants import CONSTANTS
from sim.scenario.distributions import Distribution
from sim.scenario.parameter import (
    CHANCE,
    PART,
    Kind,
    Parameter,
    flag,
    real_parameter,
    share_parameter,
    table,
    word,
)

MAX_STATES = 128
MAX_RED_LINES = 256
MAX_EVENTS = 64
MAX_EVENT_SETTINGS = 256
MAX_MONTHS = 600
NAME = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class ByName:
    """A block whose keys are names chosen by the author; each has the same contents."""

    what: str
    each: Shape


Block = Mapping[str, "Shape"]
Shape = Union[Parameter, ByName, "Block"]


def _only(role: Role, *parameters: Parameter) -> list[Parameter]:
    return [replace(parameter, role=role) for parameter in parameters]


def _count(
    name: str, default: int, low: int, high: int, unit: str, meaning: str, **more: object
) -> Parameter:
    return Parameter(name, Kind.COUNT, default, meaning, unit, low, high, **more)  # type: ignore[arg-type]


HEAD = table(
    _count("months", 60, 1, MAX_MONTHS, "months", "maximum length of a run", drawable=False),
    _count("runs", 10_000, 1, MAX_RUNS, "runs", "number of runs", drawable=False),
    _count("seed", 2025, 0, MAX_SEED, "", "seed of the random numbers", drawable=False),
)
SETTING = table(
    flag("ceasefire", True, "whether a ceasefire holds at the start"),
    share_parameter("consent", 0.0, "the challenger's consent to the force"),
    share_parameter("backstop", 0.4, "US reserves behind the force, apart from the US as a state"),
    share_parameter("clarity", 0.6, "clarity of the mandate and the rules of engagement"),
    share_parameter("verification", 0.6, "how reliably a violation is seen and attributed"),
    share_parameter("sanctions", 0.6, "sanctions that follow an attributed violation"),
    real_parameter("regeneration", 0.03, 0, 1, "capability a year", "growth of the protégé's army"),
    share_parameter(
        "quorum",
        0.3,
        "share of the coalition's fighting power that must defy for it to act",
        PART,
        high=0.99,
    ),
    share_parameter("forwardness", 0.5, "location of the force", "0 rear sites, 1 the front line"),
    real_parameter(
        "fatigue",
        0.02,
        0,
        1,
        "utility a year",
        "loss of utility of participation with each year since the start",
    ),
    real_parameter(
        "force_size", 1.0, 0, 10, "times the pledge", "scale factor of the forces of all guarantors"
    ),
    real_parameter(
        "effort_asked",
        0.2,
        0,
        10,
        "capability",
        "fighting power of the others that the backer asks for",
    ),
    share_parameter(
        "retaliation",
        0.0,
        "degree to which the protégé is free to answer violations itself",
        off=0,
    ),
    share_parameter("long_range_arms", 0.0, "long-range arms in the protégé's hands"),
    share_parameter(
        "based_outside",
        0.0,
        "share of the air and sea forces outside the country: neither seen nor exposed",
        PART,
        off=0,
    ),
    share_parameter(
        "talks",
        0.0,
        "chance in a quarter of fighting that the two sides weigh a truce",
        CHANCE,
        off=0,
    ),
)
STATE = table(
    word(
        "role",
        Role.GUARANTOR,
        "role of the state: the decisions it makes in the model",
        drawable=False,
        at_start=True,
    ),
    real_parameter(
        "capability", 0, 0, 10, "challenger = 1", "usable military capability in the theatre"
    ),
    share_parameter(
        "resolve",
        0.5,
        "value of the stake relative to the cost of fighting; mean that is known to all",
    ),
    *_only(
        Role.CHALLENGER,
        share_parameter(
            "ambition",
            0.45,
            "utility of gaining all that it does not hold; mean that is known to all",
            "0 wants nothing more, 1 strongest",
        ),
        share_parameter(
            "fear",
            0.8,
            "weight of a crossed red line",
            "0 red lines do not matter to it, 1 they matter most",
        ),
    ),
    *_only(
        Role.GUARANTOR,
        word("pledge", Participation.NONE, "the highest rung publicly accepted"),
        share_parameter(
            "candour", 1.0, "probability that the private ceiling equals the pledge", CHANCE
        ),
        word("start", Participation.NONE, "the rung at month 0", at_start=True),
        share_parameter("casualty_aversion", 0.3, "weight of losses"),
        share_parameter("audience_cost", 0.25, "cost of retreating from a declared line"),
        share_parameter("solidarity", 0.25, "weight of the participation of other states"),
        word(
            "unconditional",
            Participation.POLITICAL,
            "the highest rung open to it while one of its conditions is not met",
        ),
        flag(
            "backs",
            False,
            "whether it decides on the backstop, if `effort_weight` is above 0; one state at most",
            at_start=True,
        ),
    ),
    *_only(
        Role.PARTNER,
        share_parameter("sanctions_relief", 0.0, "share of the sanctions it blunts", PART),
    ),
)
REQUIRES = table(
    *_only(
        Role.GUARANTOR,
        flag(
            "ceasefire",
            False,
            "whether it stays at its `unconditional` rung while no ceasefire holds",
        ),
        share_parameter("consent", 0.0, "consent below which it stays at its `unconditional` rung"),
        share_parameter(
            "backstop", 0.0, "backstop below which it stays at its `unconditional` rung"
        ),
        share_parameter("clarity", 0.0, "clarity below which it stays at its `unconditional` rung"),
        _count(
            "others",
            0,
            0,
            MAX_STATES,
            "states",
            "other states at monitoring or above below which it stays at its `unconditional` rung",
        ),
    )
)
RED_LINE = table(
    word(
        "watches",
        Watch.FOOTPRINT,
        "the quantity or action that the line watches",
        drawable=False,
        at_start=True,
    ),
    word(
        "effect", Effect.PROVOKES, "the effect of crossing the line", drawable=False, at_start=True
    ),
    real_parameter("threshold", 0.0, 0, 10, "watched quantity", "level at which crossing begins"),
    real_parameter(
        "reach", 1.0, 0, 20, "watched quantity", "level at which the line is fully crossed"
    ),
    share_parameter("severity", 0.5, "weight of a full crossing"),
    flag(
        "backed",
        True,
        "false for a bluff: declared and believed by others, without effect on its owner",
    ),
)
PARTICIPATION_LADDER = table(
    share_parameter("power", 0.0, "share of capability that counts towards the effort", PART),
    share_parameter("footprint", 0.0, "share of capability seen on the protégé's soil", PART),
    share_parameter("exposure", 0.0, "exposure of the state's personnel to attack"),
    flag("fights", False, "whether the state's forces can fight"),
)
PARTICIPATION_DEFAULTS: dict[str, list[float | bool]] = {
    "power": [0.0, 0.02, 0.10, 0.15, 0.5, 1.0],
    "footprint": [0.0, 0.0, 0.05, 0.20, 0.35, 1.0],
    "exposure": [0.0, 0.0, 0.02, 0.20, 0.30, 1.0],
    "fights": [False, False, False, False, True, True],
}
CHALLENGE_LADDER = table(
    share_parameter("gain", 0.0, "share of the ambition a success brings", PART),
    share_parameter("loss", 0.0, "cost to the coalition of conceding it, per unit of resolve", ""),
    share_parameter("cost", 0.0, "cost of the action to the challenger", ""),
    share_parameter("relief", 0.0, "share of the grievance a success relieves", PART),
    share_parameter("contested", 0.0, "degree to which success depends on winning the fight"),
    real_parameter("violence", 0.0, 0, 5, "utility", "losses of a state that fights it"),
    share_parameter("slip", 0.0, "probability that it leads to direct war if pressed", CHANCE),
    share_parameter("back_down", 0.0, "cost of backing down to the challenger", ""),
    share_parameter("attribution", 0.0, "probability of attribution without verification", CHANCE),
    share_parameter("targets_force", 0.0, "degree to which it is aimed at the force"),
    share_parameter(
        "crosses", 0.0, "degree to which it crosses a red line at strikes on the force"
    ),
)
CHALLENGE_DEFAULTS: dict[str, list[float]] = {
    "gain": [0.10, 0.22, 1.0],
    "loss": [0.12, 0.5, 1.0],
    "cost": [0.06, 0.25, 0.55],
    "relief": [0.0, 1.0, 0.8],
    "contested": [0.15, 0.30, 1.0],
    "violence": [0.2, 0.5, 1.6],
    "slip": [0.02, 0.25, 1.0],
    "back_down": [0.04, 0.06, 0.06],
    "attribution": [0.0, 1.0, 1.0],
    "targets_force": [0.1, 1.0, 0.6],
    "crosses": [0.2, 1.0, 1.0],
}


def _row(
    table: Mapping[str, Parameter], defaults: Mapping[str, list[float]], rank: int
) -> dict[str, Shape]:
    return {name: replace(p, default=defaults[name][rank]) for name, p in table.items()}


LADDERS: Shape = {
    "participation": {
        rung.word: _row(PARTICIPATION_LADDER, PARTICIPATION_DEFAULTS, rung)
        for rung in Participation
    },
    "challenge": {
        action.word: _row(CHALLENGE_LADDER, CHALLENGE_DEFAULTS, action - 1)
        for action in Challenge
        if action is not Challenge.HOLD
    },
}
LINE = ByName("red line", RED_LINE)
ONE_STATE: Mapping[str, Shape] = {**STATE, "requires": REQUIRES, "red_lines": LINE}
SHAPE: Mapping[str, Shape] = {
    **HEAD,
    "setting": SETTING,
    "states": ByName("state", ONE_STATE),
    "groups": ByName("group", ONE_STATE),
    "constants": CONSTANTS,
    "ladders": LADDERS,
}
WORLD_BLOCKS = ("setting", "constants", "ladders")


def leaves(shape: Shape, prefix: str) -> dict[str, Parameter]:
    """Every parameter below ``prefix`` by path, without those in blocks of names."""
    if isinstance(shape, Parameter):
        return {prefix: shape}
    if isinstance(shape, ByName):
        return {}
    below = (leaves(inside, f"{prefix}.{word}") for word, inside in shape.items())
    return {path: parameter for found in below for path, parameter in found.items()}


def default(parameter: Parameter) -> Distribution:
    """The default of a parameter as a distribution."""
    return Distribution("fixed", (parameter.number(parameter.default),))


# The mechanisms that can be switched off, by the path of the parameter that governs each.
OFF = {
    f"{block}.{name}": parameter.off
    for block, table in (("setting", SETTING), ("constants", CONSTANTS))
    for name, parameter in table.items()
    if parameter.off is not None
}
WORLD_PARAMETERS = {
    path: parameter
    for block in WORLD_BLOCKS
    for path, parameter in leaves(SHAPE[block], block).items()
}

# What a red line may watch, by the role of its state and the effect of crossing it.
ALLOWED: dict[tuple[Role, Effect], tuple[Watch, ...]] = {
    (Role.CHALLENGER, Effect.PROVOKES): (
        Watch.FOOTPRINT,
        Watch.GROUND_FOOTPRINT,
        Watch.LONG_RANGE_ARMS,
    ),
    (Role.CHALLENGER, Effect.RESTRAINS): (
        Watch.STRIKE_ON_FORCE,
        Watch.OFFENSIVE,
        Watch.DIRECT_COMBAT,
    ),
    (Role.GUARANTOR, Effect.COMMITS): (Watch.STRIKE_ON_FORCE, Watch.OFFENSIVE),
    (Role.GUARANTOR, Effect.RESTRAINS): (
        Watch.FOOTPRINT,
        Watch.GROUND_FOOTPRINT,
        Watch.DIRECT_COMBAT,
    ),
}
WITH_RED_LINES = frozenset(role for role, _ in ALLOWED)

"""Every parameter of the model, once. The loader, the arrays the engines read, the JSON Schema,
the tables in the documentation and ``--set`` are all made from these tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Union

from sim.enums import Challenge, Effect, Participation, Role, Watch
from sim.scenario.distributions import Distribution
from sim.scenario.parameter import Kind, Parameter, flag, real, share, word

MAX_STATES = 128
MAX_RED_LINES = 256
MAX_EVENTS = 64
MAX_EVENT_SETTINGS = 256
MAX_MONTHS = 600
MAX_RUNS = 10**9
MAX_SEED = 2**63 - 1


def _table(*parameters: Parameter) -> dict[str, Parameter]:
    return {parameter.name: parameter for parameter in parameters}


def _only(role: Role, *parameters: Parameter) -> list[Parameter]:
    return [replace(parameter, role=role) for parameter in parameters]


def _count(
    name: str, default: int, low: int, high: int, unit: str, meaning: str, **more: object
) -> Parameter:
    return Parameter(name, Kind.COUNT, default, meaning, unit, low, high, **more)  # type: ignore[arg-type]


HEAD = _table(
    _count("months", 60, 1, MAX_MONTHS, "months", "how long a run may last", drawable=False),
    _count("runs", 10_000, 1, MAX_RUNS, "runs", "how many runs are made", drawable=False),
    _count("seed", 2025, 0, MAX_SEED, "", "where all the luck comes from", drawable=False),
)

SETTING = _table(
    flag("ceasefire", True, "whether a ceasefire holds at the start"),
    share("consent", 0.0, "the challenger's consent to the force: 0 none, 1 full"),
    share("backstop", 0.4, "US reserves behind the force, apart from the US as a state"),
    share("clarity", 0.6, "clarity of the mandate and the rules of engagement"),
    share("verification", 0.6, "how surely a violation is seen and attributed"),
    share("sanctions", 0.6, "sanctions that follow an attributed violation"),
    real("regeneration", 0.03, 0, 1, "capability a year", "growth of the protégé's army"),
    share(
        "quorum",
        0.3,
        "share of the coalition's fighting power that must defy for it to act",
        high=0.99,
    ),
    share("forwardness", 0.5, "where the force stands: 0 rear sites, 1 the front line"),
    real(
        "fatigue",
        0.02,
        0,
        1,
        "utility a year",
        "what each year since the start wears away from taking part",
    ),
    real("force_size", 1.0, 0, 10, "times the pledge", "scales what every guarantor commits"),
    share("long_range_arms", 0.0, "long-range arms in the protégé's hands"),
)

STATE = _table(
    word(
        "role", Role.GUARANTOR, "what the state decides in the model", drawable=False, at_start=True
    ),
    real("capability", 0, 0, 10, "challenger = 1", "usable military weight in the theatre"),
    share("resolve", 0.5, "value of the stake relative to the cost of fighting; the public mean"),
    *_only(
        Role.CHALLENGER,
        share("ambition", 0.45, "what revision is worth to it; the public mean"),
        share("fear", 0.8, "how much a crossed red line weighs"),
    ),
    *_only(
        Role.GUARANTOR,
        word("pledge", Participation.NONE, "the highest rung publicly accepted"),
        share("candour", 1.0, "chance that the private ceiling equals the pledge"),
        word("start", Participation.NONE, "the rung at month 0", at_start=True),
        share("casualty_aversion", 0.3, "how much losses weigh"),
        share("audience_cost", 0.25, "price of backing off a declared line"),
        share("solidarity", 0.25, "pull of what the others do"),
    ),
    *_only(Role.PARTNER, share("sanctions_relief", 0.0, "share of the sanctions it blunts")),
)

REQUIRES = _table(
    *_only(
        Role.GUARANTOR,
        flag("ceasefire", False, "stays at political while no ceasefire holds"),
        share("consent", 0.0, "stays at political while consent is below this"),
        share("backstop", 0.0, "stays at political while the backstop is below this"),
        share("clarity", 0.0, "stays at political while clarity is below this"),
        _count(
            "others",
            0,
            0,
            MAX_STATES,
            "states",
            "stays at political while fewer other states are at monitoring or above",
        ),
    )
)

RED_LINE = _table(
    word("watches", Watch.FOOTPRINT, "what the line watches", drawable=False, at_start=True),
    word("effect", Effect.PROVOKES, "what crossing it does", drawable=False, at_start=True),
    real("threshold", 0.0, 0, 10, "what is watched", "where crossing begins"),
    real("reach", 1.0, 0, 20, "what is watched", "where the line is fully crossed"),
    share("severity", 0.5, "how much a full crossing weighs"),
    flag("backed", True, "false for a bluff: declared, and reckoned with, but not felt"),
)

PARTICIPATION_LADDER = _table(
    share("power", 0.0, "share of capability that counts towards the effort"),
    share("footprint", 0.0, "share of capability seen on the protégé's soil"),
    share("exposure", 0.0, "how far the state's people are within reach"),
    flag("fights", False, "whether the state's forces can fight"),
)
PARTICIPATION_DEFAULTS: dict[str, list[float | bool]] = {
    "power": [0.0, 0.02, 0.10, 0.05, 0.5, 1.0],
    "footprint": [0.0, 0.0, 0.05, 0.20, 0.35, 1.0],
    "exposure": [0.0, 0.0, 0.02, 0.30, 0.30, 1.0],
    "fights": [False, False, False, False, True, True],
}

CHALLENGE_LADDER = _table(
    share("gain", 0.0, "share of the ambition a success brings"),
    share("loss", 0.0, "what conceding it costs the coalition, per resolve"),
    share("cost", 0.0, "what carrying it out costs the challenger"),
    share("relief", 0.0, "share of the grievance a success relieves"),
    share("contested", 0.0, "how far success depends on winning the fight"),
    real("violence", 0.0, 0, 5, "utility", "losses of a state that fights it"),
    share("slip", 0.0, "chance that, pressed, it slips into direct war"),
    share("back_down", 0.0, "what backing down costs the challenger"),
    share("attribution", 0.0, "chance of attribution without verification"),
    share("targets_force", 0.0, "how far it is aimed at the force"),
    share("crosses", 0.0, "how far it crosses a line drawn at strikes on the force"),
)
CHALLENGE_DEFAULTS: dict[str, list[float]] = {
    "gain": [0.10, 0.15, 1.0],
    "loss": [0.12, 0.35, 1.0],
    "cost": [0.06, 0.20, 0.55],
    "relief": [0.0, 0.6, 0.8],
    "contested": [0.15, 0.30, 1.0],
    "violence": [0.2, 0.8, 1.6],
    "slip": [0.02, 0.12, 1.0],
    "back_down": [0.04, 0.10, 0.20],
    "attribution": [0.0, 1.0, 1.0],
    "targets_force": [0.1, 1.0, 0.6],
    "crosses": [0.2, 1.0, 1.0],
}

CONSTANTS = _table(
    real("precision", 12, 0, 1e6, "per utility", "how sharply everyone picks the better option"),
    real(
        "concentration",
        12,
        0.1,
        1e4,
        "",
        "how closely private resolve and ambition follow the public mean",
        drawable=False,
    ),
    share("review", 0.25, "monthly chance that a guarantor reviews its part"),
    real("challenger_review", 1 / 9, 0, 10, "a month", "the challenger's reviews in calm"),
    real("fighting_pace", 3, 0, 20, "times", "how much faster it reviews without a ceasefire"),
    real("tension_pace", 2, 0, 20, "per tension", "how much tension speeds reviews and accidents"),
    share("stake_threshold", 0.3, "resolve at which taking part is worth its cost"),
    share("cover", 0.5, "share of the danger that a full backstop takes away"),
    share("calm_danger", 0.25, "share of the declared threat that is felt without tension"),
    real("fighting_danger", 0.5, 0, 5, "utility", "danger of being there without a ceasefire"),
    real("lead", 1, 0, 5, "rungs", "how far beyond the coalition's mean rung solidarity pulls"),
    share("reputation_prior", 0.5, "the coalition's name for answering, before anything happened"),
    real("reputation_weight", 4, 0.01, 1e3, "challenges", "how many answers that name is worth"),
    share("line_belief", 0.9, "how far a declared line is believed to be meant, at the start"),
    real("decisiveness", 2, 0, 20, "", "how decisively the stronger side wins"),
    real("risk_half", 0.35, 1e-6, 10, "capability", "defying power that carries half the war risk"),
    real("war_cost", 0.8, 0, 10, "utility", "what direct war with the coalition costs"),
    real("war_cost_alone", 0.6, 0, 5, "times", "share of it a coalition alone can impose"),
    real("war_cost_backed", 0.8, 0, 5, "times", "share a full backstop adds"),
    real("mobilise", 0.25, 0, 5, "times the loss", "what defying costs before any fight"),
    real("sanction_cost", 0.15, 0, 5, "utility", "what full sanctions cost the challenger"),
    share("own_cost", 0.2, "share of an action's cost borne without any resistance"),
    share("remote_exposure", 0.3, "share of the violence that reaches a state with no one there"),
    share("shield", 0.5, "share of the violence that a full backstop takes away"),
    share("general_war", 0.12, "chance that direct war becomes general"),
    real("general_war_tension", 0.5, 0, 5, "per tension", "how much tension adds to that chance"),
    real("accident", 0.01, 0, 1, "a month per footprint", "unordered clashes"),
    share("accident_verification", 0.7, "share of accidents that full verification prevents"),
    real("forward_contact", 1.0, 0, 2, "times", "how much more contact there is at the front"),
    real("forward_footprint", 0.5, 0, 2, "times", "how much more is seen at the front"),
    real("forward_power", 0.3, 0, 2, "times", "how much more a force at the front weighs"),
    share("tension_memory", 0.85, "share of the tension that lasts a month"),
    real("tension_challenge", 0.3, 0, 5, "tension", "what each rung of a challenge adds"),
    real("tension_press", 0.3, 0, 5, "tension", "what pressing on adds"),
    real("tension_cap", 1.5, 0, 10, "tension", "the most there is"),
    share("shock", 0.5, "how far a conceded strike drives out those who were exposed to it"),
    real("standing_force", 0.02, 1e-6, 10, "capability", "fighting power that counts as a force"),
)


NAME = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class ByName:
    """A block whose keys are names of the author's own choice, each with the same inside."""

    what: str
    each: Shape


Block = Mapping[str, "Shape"]
Shape = Union[Parameter, ByName, "Block"]


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
    """Every parameter below ``prefix``, by its path; nothing below a block of names."""
    if isinstance(shape, Parameter):
        return {prefix: shape}
    if isinstance(shape, ByName):
        return {}
    below = (leaves(inside, f"{prefix}.{word}") for word, inside in shape.items())
    return {path: parameter for found in below for path, parameter in found.items()}


def default(parameter: Parameter) -> Distribution:
    """The distribution of a parameter of which a scenario says nothing."""
    return Distribution("fixed", (parameter.number(parameter.default),))


WORLD_PARAMETERS = {
    path: parameter
    for block in WORLD_BLOCKS
    for path, parameter in leaves(SHAPE[block], block).items()
}

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
from sim.scenario.distributions import Distribution
from sim.scenario.parameter import Kind, Parameter, flag, real_parameter, share_parameter, word

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


def _table(*parameters: Parameter) -> dict[str, Parameter]:
    return {parameter.name: parameter for parameter in parameters}


def _only(role: Role, *parameters: Parameter) -> list[Parameter]:
    return [replace(parameter, role=role) for parameter in parameters]


def _count(
    name: str, default: int, low: int, high: int, unit: str, meaning: str, **more: object
) -> Parameter:
    return Parameter(name, Kind.COUNT, default, meaning, unit, low, high, **more)  # type: ignore[arg-type]


HEAD = _table(
    _count("months", 60, 1, MAX_MONTHS, "months", "maximum length of a run", drawable=False),
    _count("runs", 10_000, 1, MAX_RUNS, "runs", "number of runs", drawable=False),
    _count("seed", 2025, 0, MAX_SEED, "", "seed of the random numbers", drawable=False),
)
SETTING = _table(
    flag("ceasefire", True, "whether a ceasefire holds at the start"),
    share_parameter("consent", 0.0, "the challenger's consent to the force: 0 none, 1 full"),
    share_parameter("backstop", 0.4, "US reserves behind the force, apart from the US as a state"),
    share_parameter("clarity", 0.6, "clarity of the mandate and the rules of engagement"),
    share_parameter("verification", 0.6, "how reliably a violation is seen and attributed"),
    share_parameter("sanctions", 0.6, "sanctions that follow an attributed violation"),
    real_parameter("regeneration", 0.03, 0, 1, "capability a year", "growth of the protégé's army"),
    share_parameter(
        "quorum",
        0.3,
        "share of the coalition's fighting power that must defy for it to act",
        high=0.99,
    ),
    share_parameter("forwardness", 0.5, "location of the force: 0 rear sites, 1 the front line"),
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
        "fighting power of the others that the backer asks for before it gives full weight to it",
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
        off=0,
    ),
    share_parameter(
        "talks",
        0.0,
        "chance in a quarter of fighting that the two sides weigh a truce",
        off=0,
    ),
)
STATE = _table(
    word(
        "role",
        Role.GUARANTOR,
        "role of the state: the decisions it makes in the model",
        drawable=False,
        at_start=True,
    ),
    real_parameter(
        "capability", 0, 0, 10, "challenger = 1", "usable military weight in the theatre"
    ),
    share_parameter(
        "resolve", 0.5, "value of the stake relative to the cost of fighting; the public mean"
    ),
    *_only(
        Role.CHALLENGER,
        share_parameter("ambition", 0.45, "value of revision to it; the public mean"),
        share_parameter("fear", 0.8, "weight of a crossed red line"),
    ),
    *_only(
        Role.GUARANTOR,
        word("pledge", Participation.NONE, "the highest rung publicly accepted"),
        share_parameter("candour", 1.0, "probability that the private ceiling equals the pledge"),
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
            "whether it decides on the backstop, while `effort_weight` is not 0; one state at most",
            drawable=False,
            at_start=True,
        ),
    ),
    *_only(
        Role.PARTNER, share_parameter("sanctions_relief", 0.0, "share of the sanctions it blunts")
    ),
)
REQUIRES = _table(
    *_only(
        Role.GUARANTOR,
        flag("ceasefire", False, "held at its unconditional rung while no ceasefire holds"),
        share_parameter("consent", 0.0, "held at that rung while consent is below this"),
        share_parameter("backstop", 0.0, "held at that rung while the backstop is below this"),
        share_parameter("clarity", 0.0, "held at that rung while clarity is below this"),
        _count(
            "others",
            0,
            0,
            MAX_STATES,
            "states",
            "held at that rung while fewer other states are at monitoring or above",
        ),
    )
)
RED_LINE = _table(
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
PARTICIPATION_LADDER = _table(
    share_parameter("power", 0.0, "share of capability that counts towards the effort"),
    share_parameter("footprint", 0.0, "share of capability seen on the protégé's soil"),
    share_parameter("exposure", 0.0, "exposure of the state's personnel to attack"),
    flag("fights", False, "whether the state's forces can fight"),
)
PARTICIPATION_DEFAULTS: dict[str, list[float | bool]] = {
    "power": [0.0, 0.02, 0.10, 0.15, 0.5, 1.0],
    "footprint": [0.0, 0.0, 0.05, 0.20, 0.35, 1.0],
    "exposure": [0.0, 0.0, 0.02, 0.20, 0.30, 1.0],
    "fights": [False, False, False, False, True, True],
}
CHALLENGE_LADDER = _table(
    share_parameter("gain", 0.0, "share of the ambition a success brings"),
    share_parameter("loss", 0.0, "cost to the coalition of conceding it, per unit of resolve"),
    share_parameter("cost", 0.0, "cost of the action to the challenger"),
    share_parameter("relief", 0.0, "share of the grievance a success relieves"),
    share_parameter("contested", 0.0, "degree to which success depends on winning the fight"),
    real_parameter("violence", 0.0, 0, 5, "utility", "losses of a state that fights it"),
    share_parameter("slip", 0.0, "probability that it leads to direct war if pressed"),
    share_parameter("back_down", 0.0, "cost of backing down to the challenger"),
    share_parameter("attribution", 0.0, "probability of attribution without verification"),
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
CONSTANTS = _table(
    real_parameter(
        "precision",
        50,
        0,
        1e6,
        "per utility",
        "precision of choice: how strongly decisions favour the better option",
    ),
    real_parameter(
        "answer_precision",
        0.4,
        0,
        10,
        "times",
        "precision of the choice to defy or to concede, relative to that of other choices",
        off=1,
    ),
    real_parameter(
        "concentration",
        4,
        0.1,
        1e4,
        "",
        "how closely private resolve and ambition follow the public mean",
        drawable=False,
    ),
    share_parameter(
        "review", 0.25, "monthly probability that a guarantor reviews its participation"
    ),
    real_parameter(
        "challenger_review",
        0.06,
        0,
        10,
        "a month",
        "rate of the challenger's reviews without tension",
    ),
    real_parameter(
        "fighting_pace", 3, 0, 20, "times", "factor on the rate of reviews without a ceasefire"
    ),
    real_parameter(
        "tension_pace",
        2,
        0,
        20,
        "per tension",
        "increase of the rate of reviews and accidents with tension",
    ),
    real_parameter(
        "leap",
        4,
        0,
        4,
        "rungs",
        "rungs beyond the next one up or down that a review may decide",
        off=0,
    ),
    real_parameter(
        "switching_cost",
        0.03,
        0,
        5,
        "utility",
        "cost to a guarantor of changing its decision",
        off=0,
    ),
    real_parameter(
        "deployment_time",
        1,
        0,
        24,
        "months a rung",
        "time in which a state follows its decision to take part further; 0 for at once",
        off=0,
    ),
    real_parameter(
        "withdrawal_time",
        0.5,
        0,
        24,
        "months a rung",
        "time in which a state follows its decision to take part less far; 0 for at once",
        off=0,
    ),
    real_parameter(
        "toll",
        0.25,
        0,
        5,
        "utility",
        "loss of utility of participation with each tenfold rise of a state's own losses",
        off=0,
    ),
    real_parameter(
        "losses", 30, 0, 1000, "people", "losses of a fully exposed contingent at violence 1"
    ),
    real_parameter("toll_half_life", 24, 0, 600, "months", "time in which half the toll fades"),
    real_parameter(
        "rally",
        0.1,
        0,
        5,
        "utility",
        "gain of utility of participation of a state whose people were just attacked",
        off=0,
    ),
    real_parameter("rally_half_life", 4, 0, 600, "months", "time in which half the rally fades"),
    real_parameter(
        "incidental_fire",
        0.1,
        0,
        5,
        "violence a month",
        "violence to the exposed while there is no ceasefire, apart from challenges",
        off=0,
    ),
    share_parameter("stake_threshold", 0.3, "resolve at which participation is worth its cost"),
    share_parameter("cover", 0.5, "share of the danger removed by a full backstop"),
    share_parameter(
        "calm_danger", 0.25, "share of the declared threat that is felt without tension"
    ),
    real_parameter(
        "fighting_danger", 0.5, 0, 5, "utility", "danger of presence without a ceasefire"
    ),
    real_parameter(
        "lead", 1, 0, 5, "rungs", "how far beyond the coalition's mean rung solidarity pulls"
    ),
    share_parameter(
        "reputation_prior", 0.5, "prior reputation of the coalition for answering challenges"
    ),
    real_parameter(
        "reputation_weight",
        4,
        0.01,
        1e3,
        "challenges",
        "weight of the prior reputation in number of challenges",
    ),
    share_parameter("line_belief", 0.9, "initial belief that a declared line is meant"),
    real_parameter(
        "threat",
        0,
        0,
        5,
        "tension",
        "tension that guarantors feel after a threat of the challenger",
        off=0,
    ),
    real_parameter("threat_half_life", 6, 0, 600, "months", "time in which half a threat fades"),
    real_parameter(
        "threat_bond",
        0.05,
        0,
        5,
        "utility",
        "cost to a challenger that means its lines of an empty threat, where it is believed",
    ),
    real_parameter(
        "later_threats",
        2,
        0,
        100,
        "threats",
        "later threats for which the challenger values being believed",
    ),
    share_parameter(
        "learning",
        0.0,
        "weight of the challenger's choices in the beliefs about its ambition: 0 none, 1 Bayes",
        off=0,
    ),
    real_parameter("decisiveness", 2, 0, 20, "", "how decisively the stronger side wins"),
    real_parameter(
        "risk_half", 0.2, 1e-6, 10, "capability", "defying power that carries half the war risk"
    ),
    real_parameter("war_cost", 1, 0, 10, "utility", "cost of direct war with the coalition"),
    real_parameter(
        "war_cost_alone", 0.6, 0, 5, "times", "share of it a coalition alone can impose"
    ),
    real_parameter("war_cost_backed", 0.8, 0, 5, "times", "share a full backstop adds"),
    real_parameter(
        "guarantor_war_cost",
        1,
        0,
        100,
        "utility",
        "cost of direct war to a guarantor, per unit of its casualty aversion",
        off=0,
    ),
    real_parameter(
        "effort_weight",
        0,
        0,
        5,
        "utility",
        "gain of a full backstop to the backer if the others bring what it asks for; 0 leaves the"
        " backstop to the setting",
        off=0,
    ),
    real_parameter(
        "entrapment",
        4,
        0,
        100,
        "utility",
        "cost of the war that a full backstop draws the backer into, per unit of its casualty"
        " aversion",
    ),
    real_parameter(
        "public_good",
        0,
        0,
        20,
        "utility",
        "value of deterrence to a guarantor of full resolve, counted by what its own force adds",
        off=0,
    ),
    share_parameter(
        "pivotality",
        0,
        "how far a guarantor reckons with the answers of the others, instead of as if its own"
        " answer decided",
        off=0,
    ),
    real_parameter("mobilise", 0.1, 0, 5, "times the loss", "cost of defying before any fight"),
    real_parameter(
        "answer_cost", 0.03, 0, 5, "utility", "fixed cost of defying, whatever is at stake", off=0
    ),
    flag(
        "call_off",
        True,
        "whether the challenger can call off a mobilisation that nobody answers",
        off=False,
    ),
    real_parameter(
        "sanction_cost", 0.1, 0, 5, "utility", "cost of full sanctions to the challenger"
    ),
    share_parameter("own_cost", 0.1, "share of an action's cost borne without any resistance"),
    share_parameter(
        "remote_exposure", 0.3, "share of the violence that affects a state without forces there"
    ),
    share_parameter("shield", 0.5, "share of the violence prevented by a full backstop"),
    share_parameter(
        "gain_delivered",
        0.3,
        "share of the gain of a successful probe or strike that lasts as the challenger's position",
        off=0,
    ),
    share_parameter(
        "relief_delivered",
        0.1,
        "share of the relief from grievance that a successful probe or strike delivers",
        off=0,
    ),
    real_parameter(
        "attrition", 0.35, 0, 5, "utility", "cost of fighting on, to each of the two sides at war"
    ),
    share_parameter("ceded", 0.4, "share of its stake that the protégé gives up with a truce"),
    share_parameter("discount", 0.8, "weight of what a later balance of power leaves"),
    share_parameter(
        "leverage",
        0.0,
        "share of its aims that the challenger's strength brings it without an attack",
        off=0,
    ),
    real_parameter(
        "truce_fragility",
        0,
        0,
        5,
        "per rung",
        "hazard that an attributed strike or a mobilisation ends a ceasefire",
        off=0,
    ),
    real_parameter(
        "retaliation_risk", 0.3, 0, 5, "utility", "cost to the protégé of a fight that it loses"
    ),
    real_parameter(
        "emboldenment",
        1.0,
        0,
        5,
        "utility",
        "what the protégé makes of the help it was promised in such a fight",
    ),
    share_parameter(
        "misattribution",
        0.5,
        "probability, without verification, that the protégé is blamed for what it answered",
    ),
    share_parameter(
        "blame_cost", 0.3, "share of their resolve that guarantors lose if they blame the protégé"
    ),
    share_parameter("general_war", 0.12, "probability that direct war becomes general"),
    real_parameter(
        "general_war_tension", 0.5, 0, 5, "per tension", "increase of that probability with tension"
    ),
    real_parameter("accident", 0.01, 0, 1, "a month per footprint", "unordered clashes"),
    share_parameter(
        "accident_verification", 0.7, "share of accidents that full verification prevents"
    ),
    real_parameter("forward_contact", 1.0, 0, 2, "times", "increase of contact at the front"),
    real_parameter(
        "forward_footprint", 0.5, 0, 2, "times", "increase of the visible footprint at the front"
    ),
    real_parameter(
        "forward_power", 0.3, 0, 2, "times", "increase of the power of a force at the front"
    ),
    real_parameter(
        "tension_half_life", 4, 0, 600, "months", "time in which half the tension fades"
    ),
    real_parameter("tension_challenge", 0.3, 0, 5, "tension", "increase per rung of a challenge"),
    real_parameter("tension_press", 0.3, 0, 5, "tension", "increase from pressing on"),
    real_parameter("tension_cap", 1.5, 0, 10, "tension", "maximum of the tension"),
    share_parameter(
        "shock", 0.5, "degree to which a conceded strike causes the exposed states to withdraw"
    ),
    real_parameter(
        "standing_force", 0.006, 1e-6, 10, "capability", "fighting power that counts as a force"
    ),
    share_parameter(
        "hollow_share",
        1 / 3,
        "share of its greatest fighting power below which a force no longer stands at the end",
        off=0,
    ),
)


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

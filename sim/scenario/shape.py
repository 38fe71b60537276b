"""Which paths there are: the tables of the schema, nested as a scenario file nests them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Union

from sim.scenario.distributions import Law
from sim.scenario.parameter import Parameter
from sim.scenario.schema import (
    CHALLENGE_DEFAULTS,
    CHALLENGE_LADDER,
    CONSTANTS,
    HEAD,
    PARTICIPATION_DEFAULTS,
    PARTICIPATION_LADDER,
    RED_LINE,
    REQUIRES,
    SETTING,
    STATE,
)
from sim.vocabulary import Challenge, Participation

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


def default(parameter: Parameter) -> Law:
    """The law of a parameter of which a scenario says nothing."""
    return Law("fixed", (parameter.number(parameter.default),))


WORLD_PARAMETERS = {
    path: parameter
    for block in WORLD_BLOCKS
    for path, parameter in leaves(SHAPE[block], block).items()
}

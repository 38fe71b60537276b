"""Paths such as ``states.poland.resolve``: the parameter of a path, or the error in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from sim.errors import did_you_mean, odd_letters
from sim.scenario.parameter import Parameter
from sim.scenario.schema import NAME, ONE_STATE, SHAPE, WORLD_PARAMETERS, ByName, Shape

# Blocks that users omit: ``russia.ambition`` for ``states.russia.ambition``.
BLOCKS = ("states", "ladders.challenge", "ladders.participation")

# Blocks whose keys are the names of actors.
ACTORS = ("states", "groups")

Names = Callable[[str], Collection[str]]


class UnknownPath(NamedTuple):
    """The error in a path: ``word`` is not among the ``options`` below ``prefix``."""

    prefix: str
    word: str
    options: Collection[str]


def find(path: str, names: Names | None = None) -> Parameter | UnknownPath:
    """The parameter at ``path``, or the error in the path.

    ``names`` gives the names that exist below a prefix; without it any valid name is accepted.
    """
    shape: Shape = SHAPE
    prefix = ""
    for word in path.split("."):
        options = _options(shape, prefix, names)
        inside = _inside(shape, word)
        if inside is None or (options is not None and word not in options):
            return UnknownPath(prefix, word, options or ())
        shape, prefix = inside, f"{prefix}.{word}" if prefix else word
    return shape if isinstance(shape, Parameter) else UnknownPath(prefix, "", _options(shape) or ())


def _inside(shape: Shape, word: str) -> Shape | None:
    if isinstance(shape, Parameter):
        return None
    if isinstance(shape, ByName):
        return shape.each if NAME.match(word) else None
    return shape.get(word)


def _options(shape: Shape, prefix: str = "", names: Names | None = None) -> Collection[str] | None:
    if isinstance(shape, ByName):
        return names(prefix) if names else None
    return () if isinstance(shape, Parameter) else shape


def explain_miss(path: str, miss: UnknownPath) -> tuple[str, str]:
    """The message and the remedy for an unknown path."""
    if not miss.word:
        remedy = f"add one of {', '.join(sorted(miss.options))}" if miss.options else "add a name"
        return f"'{path[:80]}' is a block, not one parameter", remedy
    inside = f" in {miss.prefix}" if miss.prefix else ""
    if not miss.prefix and (full := _ending(miss.word) or _below_a_block(path)):
        return f"unknown path '{path[:80]}'", f"did you mean '{full[0][:80]}'?"
    if not miss.prefix and miss.word in ONE_STATE:
        return f"unknown path '{path[:80]}'", f"write states.NAME.{path[:80]}"
    if (miss.prefix in ACTORS or miss.prefix.endswith(".red_lines")) and not NAME.match(miss.word):
        return f"'{miss.word[:40]}' is not a name{inside}", remedy_for_name(miss.word)
    return f"unknown name '{miss.word[:40]}'{inside}", did_you_mean(miss.word, miss.options)


def remedy_for_name(word: str) -> str:
    """The form of a name, and the name that ``word`` may stand for."""
    meant = re.sub("[^a-z0-9]+", "_", word.lower()).strip("_")
    guess = f"did you mean '{meant}'? " if NAME.match(meant) and word.isascii() else ""
    form = "use up to 64 lower-case letters, digits and _, starting with a letter"
    return f"{guess}{form}{odd_letters(word)}"


def _ending(word: str) -> list[str]:
    return [path for path in WORLD_PARAMETERS if path.endswith(f".{word}")]


def _below_a_block(path: str) -> list[str]:
    """The path with the omitted block, where that is the path of a parameter."""
    longer = [f"{block}.{path}" for block in BLOCKS]
    return [path for path in longer if isinstance(find(path), Parameter)]


def parameter_at(path: str) -> Parameter:
    """The parameter at an existing path; raises ``KeyError`` for an unknown path."""
    parameter = find(path)
    if not isinstance(parameter, Parameter):
        raise KeyError(path)
    return parameter

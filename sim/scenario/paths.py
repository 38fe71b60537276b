"""Paths such as ``states.poland.resolve``: the parameter of a path, or the error in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from sim.errors import did_you_mean, odd_letters
from sim.formatting import plural
from sim.scenario.parameter import Parameter
from sim.scenario.schema import HEAD, NAME, ONE_STATE, SHAPE, WORLD_PARAMETERS, ByName, Shape

# Blocks that users omit: ``russia.ambition`` for ``states.russia.ambition``.
BLOCKS = ("states", "ladders.challenge", "ladders.participation")

# Blocks whose keys are the names of actors.
ACTORS = ("states", "groups")

# More than the paths of the largest scenarios: they are asked for again and again.
KEPT = 8192

Names = Callable[[str], Collection[str]]


@dataclass(frozen=True, slots=True)
class ParameterPath:
    """The parts of a path, which need not lead to a parameter.

    Parameters
    ----------
    block
        ``setting``, ``states``, ``groups``, ``constants`` or ``ladders``; empty for ``months``,
        ``runs``, ``seed``, and the month and trigger of an event.
    owner
        The state or group.
    line
        The red line of the owner.
    name
        The rest, such as ``resolve``, ``requires.clarity`` or ``participation.ground.power``.
    event
        The name of the event that sets the parameter, or its number from 1; empty outside events.
    """

    block: str = ""
    owner: str = ""
    line: str = ""
    name: str = ""
    event: str = ""

    @classmethod
    @lru_cache(maxsize=KEPT)
    def parse(cls, text: str) -> ParameterPath:
        """Split a path into its parts."""
        match text.split("."):
            case ["events", event, "set", *words] if words:
                return replace(cls.parse(".".join(words)), event=event)
            case ["events", event, *words]:
                return cls(name=".".join(words), event=event)
            case ["states" | "groups" as actors, owner, "red_lines", line, *words]:
                return cls(actors, owner, line, ".".join(words))
            case ["states" | "groups" as actors, owner, *words]:
                return cls(actors, owner, name=".".join(words))
            case [name] if name in HEAD or name not in SHAPE:
                return cls(name=name)
        block, _, name = text.partition(".")
        return cls(block, name=name)

    def __str__(self) -> str:
        event = ["events", self.event, *(["set"] if self.block else [])] if self.event else []
        return ".".join([*event, *filter(None, [self.block, self.owner, self.label])])

    @property
    def label(self) -> str:
        """The path below the block and the owner: ``red_lines.troops.reach``."""
        line = ["red_lines", self.line] if self.line else []
        return ".".join([*line, *filter(None, [self.name])])

    def targets(self, groups: Mapping[str, Collection[str]]) -> list[str]:
        """The paths in a resolved scenario: one for each member if the owner is a group."""
        if self.block != "groups":
            return [str(replace(self, event=""))]
        below = f".{self.label}" if self.label else ""
        return [f"states.{state}{below}" for state in groups.get(self.owner, ())]


def event_number(key: str, names: Mapping[int, str]) -> int | None:
    """The number of an event given by its name, or by its number; None for any other. ``names`` are
    the events by number."""
    numbers = {str(number): number for number in names}
    return numbers.get(key) or next((n for n, name in names.items() if name == key), None)


def list_events(names: Mapping[int, str]) -> str:
    """The remedy for an unknown event: the events that there are, by number."""
    if not names:
        return "it has no events"
    listed = ", ".join(f"{name} ({number})" for number, name in names.items())
    return f"it has {plural(len(names), 'event')}, by name and number: {listed}"


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


def explain_miss(path: str, miss: UnknownPath, with_events: bool = False) -> tuple[str, str]:
    """The message and the remedy for an unknown path; ``with_events`` where a path may also begin
    with ``events``."""
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
    options = [*miss.options, *(["events"] if with_events and not miss.prefix else [])]
    return f"unknown name '{miss.word[:40]}'{inside}", did_you_mean(miss.word, options)


def where_to_write(word: str) -> str | None:
    """The blocks of a parameter that stands at the top of a file, if ``word`` is the path of one or
    the name of a single one."""
    path, ending = word, _ending(word)
    if not isinstance(find(word), Parameter):
        path = ending[0] if len(ending) == 1 else ""
    *blocks, name = path.split(".")
    if not blocks:
        return None
    return f"write it below {' and '.join(f'{each!r}' for each in blocks)}: {name}: …"


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


@lru_cache(maxsize=KEPT)
def parameter_at(path: str) -> Parameter:
    """The parameter at an existing path; raises ``KeyError`` for an unknown path."""
    parameter = find(path)
    if not isinstance(parameter, Parameter):
        raise KeyError(path)
    return parameter

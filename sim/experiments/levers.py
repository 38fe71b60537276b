"""What is varied, and how far: a parameter with the two ends it is moved between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.experiments.values import assignments
from sim.experiments.variation import Variation
from sim.experiments.vary import CAST, targets
from sim.experiments.weights import FIFTH, WEIGHTS
from sim.figures.wording import number
from sim.scenario.model import Scenario
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.paths import Miss, explained, find, parameter_at
from sim.scenario.schema import SETTING
from sim.vocabulary import Role

# Of a parameter that is drawn, the middle nine tenths count as what the scenario says.
TAIL = 0.05


@dataclass(frozen=True, slots=True)
class Lever:
    """What stands at ``path`` (as :func:`sim.experiments.vary.fixed_at` takes it), moved between
    ``low`` and ``high``; ``whole`` for what is counted, a word's rank, or a flag."""

    path: str
    low: float
    high: float
    whole: bool = False

    def at(self, share: Any) -> Any:
        """The value, or the array of them, that lies so far (0 to 1) on the way from low to high.

        Every whole value has an equal part of the way.
        """
        if self.whole:
            steps = self.high - self.low + 1
            return self.low + np.minimum(np.floor(share * steps), steps - 1)
        return self.low + share * (self.high - self.low)

    def say(self, value: float) -> str:
        """The value as a reader sees it: a word by its name."""
        parameter = None if self.path.endswith(".month") else _parameter(self.path)
        if parameter is None or parameter.kind in (Kind.NUMBER, Kind.COUNT):
            return number(value) if abs(value) >= 1000 else f"{value:.3g}"
        return str(parameter.say(round(value))).lower()


def placed(levers: Sequence[Lever], where: Any) -> Any:
    """The points that lie so far along each of the levers: ``float64 (points, levers)``."""
    return np.column_stack([lever.at(where[:, k]) for k, lever in enumerate(levers)])


def default_levers(scenario: Scenario) -> tuple[Lever, ...]:
    """The setting's numbers, the challenger's ambition and fear, and the weights that move most.

    Each is moved as far as :func:`ranged` says.
    """
    setting = [f"setting.{name}" for name, p in SETTING.items() if p.kind is Kind.NUMBER]
    challengers = [s for s in scenario.states if scenario.role(s) is Role.CHALLENGER]
    minds = [f"states.{state}.{trait}" for state in challengers for trait in ("ambition", "fear")]
    return tuple(ranged(scenario, path) for path in (*setting, *minds, *WEIGHTS))


def levers(scenario: Scenario, texts: Sequence[str]) -> tuple[Lever, ...]:
    """The levers that ``texts`` name, as ``PATH`` or ``PATH=low:high``; the default ones for none.

    Raises :class:`sim.errors.UsageError` for a path or value that is not the scenario's, for ends
    that do not ascend, and for one parameter named twice.
    """
    if not texts:
        return default_levers(scenario)
    found = tuple(_read(scenario, part) for text in texts for part in assignments(text))
    moved = [place for lever in found for place in places(scenario, lever.path)]
    for place in moved:
        if moved.count(place) > 1:
            raise UsageError(f"{place} is moved twice", "name it once, by itself or by its group")
    return found


def places(scenario: Scenario, path: str) -> Sequence[str]:
    """The parameters that a path moves; an event's path stands for itself."""
    return [path] if path.startswith("events.") else targets(scenario, path)


def ranged(scenario: Scenario, path: str) -> Lever:
    """The parameter at ``path`` moved by a fifth either way of what the scenario says.

    A number moves by a fifth of its mean below and above it; one that is drawn, from a fifth below
    the low end of its middle nine tenths to a fifth above the high end; one at 0, where there is
    nothing to take a fifth of, by a fifth of its range; nothing leaves its range. A flag is
    switched, a word goes through the whole list.
    """
    if path.startswith("events."):
        raise UsageError(f"{path} needs its ends", f"write {path}=low:high")
    law = scenario[targets(scenario, path)[0]]
    parameter = parameter_at(path)
    _check_cast(parameter, path)
    if parameter.kind in (Kind.FLAG, Kind.WORD):
        return Lever(path, parameter.low, parameter.high, whole=True)
    low, high = (float(end) for end in np.interp([TAIL, 1 - TAIL], *law.nodes()))
    step = FIFTH * (abs(law.mean) or parameter.high - parameter.low)
    low, high = max(parameter.low, low - step), min(parameter.high, high + step)
    if parameter.kind is Kind.COUNT:
        return Lever(path, float(round(low)), float(round(high)), whole=True)
    return Lever(path, low, high)


def _check_cast(parameter: Parameter, path: str) -> None:
    if parameter.name in CAST:
        raise UsageError(f"{path} cannot be varied", "it makes the cast: another story")


def _read(scenario: Scenario, text: str) -> Lever:
    path, equals, ends = text.partition("=")
    path = path.strip()
    if not equals:
        return ranged(scenario, path)
    low, colon, high = ends.partition(":")
    if not colon:
        raise UsageError(f"{text[:80]} names no ends", f"write {path}=low:high")
    lever = Lever(path, valued(path, low), valued(path, high), _is_whole(path))
    if not lever.low < lever.high:
        raise UsageError(f"{text[:80]}: the ends do not ascend", f"write {path}=low:high")
    for end in (lever.low, lever.high):
        Variation(scenario, (path,)).setup((end,))
    return lever


def valued(path: str, text: str) -> float:
    """The value of the parameter at ``path`` that a text writes: a number, a flag or a word.

    Raises :class:`sim.errors.UsageError` for anything else.
    """
    parameter, text = _parameter(path), text.strip()
    if parameter and parameter.words and text in parameter.words.words():
        return parameter.number(text)
    if parameter and parameter.kind is Kind.FLAG and text in ("true", "false"):
        return float(text == "true")
    try:
        return float(text)
    except ValueError:
        allowed = parameter.range_text if parameter else "a whole number of months"
        raise UsageError(f"{path}: '{text[:40]}' is no value", f"it is {allowed}") from None


def written(path: str, value: float) -> str:
    """The reverse of :func:`valued`: a value as ``--set`` and scenario files have it."""
    parameter = _parameter(path)
    said = parameter.say(value) if parameter else int(value)
    return str(said).lower() if isinstance(said, bool) else str(said)


def is_worded(path: str) -> bool:
    """Whether values there are words or flags, which stand for numbers."""
    parameter = _parameter(path)
    return parameter is not None and parameter.kind not in (Kind.NUMBER, Kind.COUNT)


def _parameter(path: str) -> Parameter | None:
    """The parameter that a path moves; ``None`` for what is an event's own, its month.

    Raises :class:`sim.errors.UsageError` where no scenario could have one.
    """
    _, _, inside = path.partition(".set.") if path.startswith("events.") else ("", "", path)
    if not inside and path:
        return None
    found = find(inside)
    if isinstance(found, Miss):
        raise UsageError(*explained(inside, found))
    return found


def _is_whole(path: str) -> bool:
    parameter = _parameter(path)
    return parameter is None or parameter.kind is not Kind.NUMBER

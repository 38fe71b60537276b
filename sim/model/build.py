"""Arrays for the engines, built from a resolved scenario."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from sim.enums import Challenge, Participation, Role
from sim.model.quantiles import private_quantiles
from sim.model.state import PARAMETERS, address_of
from sim.rng import stream_id
from sim.scenario.distributions import Distribution
from sim.scenario.scenario import Event, Scenario, Value

# Cells of the coarse guide in which the position of a share is looked up first.
CELLS = 64
DRAWS = np.dtype([("address", "i8"), ("stream", "i8"), ("guide", "i8", (CELLS + 1,))])


@dataclass(frozen=True, eq=False)
class Setup:
    """Everything an engine needs to run a scenario.

    ``base`` is one row of :data:`sim.model.state.PARAMETERS`. ``draws`` lists the addresses that
    each run draws, with the random stream, the ``nodes`` (two rows: shares and values) and a guide
    to the first node of each cell of shares. ``surface`` holds the quantiles of private values.
    """

    states: tuple[str, ...]
    months: int
    seed: int
    base: Any
    draws: Any
    nodes: Any
    surface: Any

    @property
    def lines(self) -> int:
        """Number of red lines."""
        return int(self.base["n_lines"][0])

    @property
    def digest(self) -> str:
        """A digest of all inputs, to check that two machines ran the same."""
        digest = hashlib.sha256()
        for array in (self.base, self.draws, self.nodes, self.surface):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()


def build(scenario: Scenario) -> Setup:
    """The arrays of ``scenario``."""
    base = np.zeros(1, PARAMETERS)
    _enter_roster(base[0], scenario)
    drawn: list[tuple[int, str, Value]] = []
    flat = base.view(np.float64)
    settings = _enter_events(base[0], scenario)
    entries = [
        (address(path, scenario), path, value)
        for path, value in scenario.values.items()
        if path.rsplit(".", 1)[1] not in _CAST
    ]
    for place, path, value in [*entries, *settings]:
        flat[place] = value.distribution.mean
        if not value.distribution.is_fixed:
            drawn.append((place, path, value))
    draws, nodes = _draws(drawn)
    surface = private_quantiles(scenario["constants.concentration"].mean)
    return Setup(scenario.states, scenario.months, scenario.seed, base, draws, nodes, surface)


def address(path: str, scenario: Scenario) -> int:
    """Index of the parameter ``path`` in the flat array of a row.

    Raises ``KeyError`` for a path that ``scenario`` does not have.
    """
    first, state, line = _first_address(path)
    if line:
        return first + scenario.red_lines.index((state, line))
    return first + scenario.states.index(state) if state else first


@lru_cache(maxsize=8192)
def _first_address(path: str) -> tuple[int, str, str]:
    """The address of a parameter without the place of its state or red line, and these."""
    match path.split("."):
        case ["setting" | "constants", name]:
            return address_of(name), "", ""
        case ["states", state, name]:
            return address_of(name), state, ""
        case ["states", state, "requires", name]:
            return address_of("requires_" + name), state, ""
        case ["states", state, "red_lines", line, name]:
            return address_of("line_" + name), state, line
        case ["ladders", "participation", rung, name]:
            return address_of(name) + Participation.of(rung), "", ""
        case ["ladders", "challenge", action, name]:
            return address_of(name) + Challenge.of(action), "", ""
    raise KeyError(path)


# Fields of the roster, never drawn; they have integer fields of their own in the row.
_CAST = ("role", "watches", "effect")


def _enter_roster(row: Any, scenario: Scenario) -> None:
    """Enter the months, the states and their roles."""
    roles = [scenario.role(state) for state in scenario.states]
    row["months"] = scenario.months
    row["n_states"] = len(scenario.states)
    row["n_lines"] = len(scenario.red_lines)
    row["challenger"] = roles.index(Role.CHALLENGER)
    row["protege"] = roles.index(Role.PROTEGE)
    for i, (state, role) in enumerate(zip(scenario.states, roles, strict=True)):
        row["stream"][i] = stream_id(state)
        row["role"][i] = role
    for k, (state, line) in enumerate(scenario.red_lines):
        row["line_owner"][k] = scenario.states.index(state)
        for word in ("watches", "effect"):
            law = scenario[f"states.{state}.red_lines.{line}.{word}"]
            row["line_" + word][k] = int(law.mean)


def _enter_events(row: Any, scenario: Scenario) -> list[tuple[int, str, Value]]:
    """Enter the events. Returns the values they set as (address, path, value) entries, because
    these may be drawn like any parameter."""
    row["n_events"] = len(scenario.events)
    entries: list[tuple[int, str, Value]] = []
    for e, event in enumerate(scenario.events):
        row["event_occasion"][e] = event.occasion
        row["event_month"][e] = event.month
        row["event_level"][e] = event.level
        row["event_rung"][e] = event.rung
        row["event_first"][e] = len(entries)
        entries.extend(_enter_settings(row, event, len(entries), scenario))
        row["event_last"][e] = len(entries)
    return entries


def _enter_settings(
    row: Any, event: Event, first: int, scenario: Scenario
) -> list[tuple[int, str, Value]]:
    entries = []
    for k, (path, value) in enumerate(event.set, start=first):
        row["set_address"][k] = address(path, scenario)
        entries.append((address_of("set_value") + k, f"{_name(event)}.{path}", value))
    return entries


def _name(event: Event) -> str:
    # Draws of an event are keyed by its trigger, so that adding an event changes no other draw.
    return f"events.{event.occasion.word}.{event.month}.{event.level:g}.{event.rung:g}"


def _draws(drawn: list[tuple[int, str, Value]]) -> tuple[Any, Any]:
    draws = np.zeros(len(drawn), DRAWS)
    parts: list[Any] = [np.zeros((2, 0))]
    guides: dict[Distribution, Any] = {}  # parameters with the same distribution share its nodes
    total = 0
    for d, (place, path, value) in enumerate(drawn):
        law = value.distribution
        if law not in guides:
            nodes, guide = _looked_up(law)
            guides[law] = total + guide
            parts.append(nodes)
            total += nodes.shape[1]
        draws[d] = (place, stream_id(path), guides[law])
    return draws, np.ascontiguousarray(np.concatenate(parts, axis=1))


# A live page rebuilds the same scenario repeatedly with a few changed distributions.
@lru_cache(maxsize=1024)
def _looked_up(law: Distribution) -> tuple[Any, Any]:
    """The nodes of a distribution, and their guide."""
    nodes = np.asarray(law.quantile_knots(), float)
    return nodes, _guide(nodes[0])


def _guide(shares: Any) -> Any:
    """For each of the ``CELLS + 1`` cell limits, the last node not above it."""
    ends = np.linspace(0.0, 1.0, CELLS + 1)
    return np.minimum(np.searchsorted(shares, ends, side="right") - 1, len(shares) - 2)

"""A scenario as a document for the browser engine: its arrays, and the tables to read them by."""

from __future__ import annotations

import base64
import zlib
from typing import Any

import numpy as np

from sim.browser.assets import built
from sim.browser.layout import CAUSES, ROWS, STORY, row_layout
from sim.browser.story import PHASES
from sim.choices import MAX_RUNS, MAX_SEED
from sim.enums import Challenge, Outcome, Participation, Role, Trigger, War
from sim.model.build import Setup, address, build
from sim.model.stages.decisions import OPTIONS
from sim.results import AVERAGED, CHALLENGES, RECORDED_FLAGS, SHARES_OF_EVENTS
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.paths import parameter_at
from sim.scenario.scenario import Scenario
from sim.scenario.schema import MAX_EVENTS, MAX_RED_LINES, MAX_STATES

VERSION = 1
KIND = "thinline_browser_scenario"

# A table that only Python computes depends on it.
NOT_SET = ("constants.concentration",)


def scenario_document(scenario: Scenario) -> dict[str, Any]:
    """``scenario`` as plain data for ``engine.js``: see the page on the browser engine.

    It holds the arrays in base64 with their sizes and checksums, the address and range of each
    parameter that can be set, the layout of rows, and the words of the closed lists.
    """
    setup = build(scenario)
    return {
        "kind": KIND,
        "version": VERSION,
        "engine": built()["sources"],
        "scenario": scenario.name,
        "title": scenario.title,
        "months": scenario.months,
        "seed": str(scenario.seed),
        "states": list(scenario.states),
        "roles": [scenario.role(state).word for state in scenario.states],
        "red_lines": [list(line) for line in scenario.red_lines],
        "events": [event.name for event in scenario.events],
        **_arrays(setup),
        "parameters": _parameters(scenario),
        "ascending": _ascending(scenario),
        "layout": {name: row_layout(row) for name, row in ROWS.items()},
        "used": _used(scenario),
        "words": _words(),
        "decisions": _decisions(),
        "phases": [[decision.word for decision in phase] for phase in PHASES],
        "measures": {"challenges": list(CHALLENGES), **{name: [name] for name in AVERAGED}},
        "flags": list(RECORDED_FLAGS),
        "shares_of_events": {name: list(pair) for name, pair in SHARES_OF_EVENTS.items()},
        "limits": {"seed": str(MAX_SEED), "run": MAX_RUNS - 1},
    }


def _arrays(setup: Setup) -> dict[str, Any]:
    """The arrays in base64, and for each the number of its bytes and their CRC-32."""
    bare = {
        name: np.ascontiguousarray(getattr(setup, name)).tobytes()
        for name in ("base", "draws", "nodes", "surface")
    }
    return {
        "arrays": {name: base64.b64encode(data).decode() for name, data in bare.items()},
        "sizes": {name: [len(data), zlib.crc32(data)] for name, data in bare.items()},
    }


def _parameters(scenario: Scenario) -> dict[str, list[Any]]:
    """Of each parameter that can be set: its address, its bounds, and whether it is whole."""
    found = {}
    for path in scenario.values:
        parameter = parameter_at(path)
        if scenario.uses(path) and can_be_set(path, parameter):
            whole = parameter.kind is not Kind.NUMBER
            place = address(path, scenario)
            found[path] = [place, float(parameter.low), float(parameter.high), whole]
    return found


def can_be_set(path: str, parameter: Parameter) -> bool:
    """Whether a page can set the parameter at ``path``.

    It cannot if the parameter is read once, at the start: such a value must fit others, which the
    loader checks.
    """
    return parameter.drawable and not parameter.at_start and path not in NOT_SET


def _ascending(scenario: Scenario) -> list[list[str]]:
    """Pairs of parameters of which the first must stay below the second."""
    lines = (f"states.{state}.red_lines.{line}" for state, line in scenario.red_lines)
    return [[f"{line}.threshold", f"{line}.reach"] for line in lines]


def _used(scenario: Scenario) -> dict[str, int]:
    """How many items of each array of a told month the scenario uses."""
    lengths = {
        MAX_STATES: len(scenario.states),
        MAX_EVENTS: len(scenario.events),
        MAX_RED_LINES: len(scenario.red_lines),
    }
    fields = row_layout(STORY)["fields"]
    return {name: lengths[n] for name, (_, _, n) in fields.items() if n in lengths}


def _words() -> dict[str, list[str]]:
    lists = {
        "outcome": Outcome,
        "trigger": Trigger,
        "war": War,
        "participation": Participation,
        "challenge": Challenge,
        "role": Role,
    }
    return {name: words.words() for name, words in lists.items()} | {"cause": list(CAUSES)}


def _decisions() -> dict[str, dict[str, Any]]:
    """The decisions by word: number, and options in order."""
    return {
        decision.word: {"number": int(decision), "options": list(options)}
        for decision, options in OPTIONS.items()
    }

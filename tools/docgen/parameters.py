"""The tables of parameters in the documentation and the JSON Schema, made from the schema.

Each table stands between ``<!-- table: NAME -->`` and ``<!-- end of table -->``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from sim.enums import Challenge, Participation
from sim.formatting import join_and
from sim.scenario.constants import CONSTANTS
from sim.scenario.json_schema import json_schema_text
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.paths import parameter_at
from sim.scenario.schema import (
    CHALLENGE_DEFAULTS,
    CHALLENGE_LADDER,
    HEAD,
    OFF,
    PARTICIPATION_DEFAULTS,
    PARTICIPATION_LADDER,
    RED_LINE,
    REQUIRES,
    SETTING,
    STATE,
)
from tools.docgen import markdown

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "model.md"
SCHEMA = ROOT / "scenarios" / "scenario.schema.json"
MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)
HEADINGS = ("name", "unit", "range", "default", "meaning", "source")


def tables() -> dict[str, str]:
    """Every table as Markdown, by its name."""
    plain = {
        "head": HEAD,
        "setting": SETTING,
        "state": STATE,
        "requires": REQUIRES,
        "red_line": RED_LINE,
        "constants": CONSTANTS,
    }
    whole = {
        name: markdown.table(HEADINGS, map(_row, each.values())) for name, each in plain.items()
    }
    rungs = [rung.word for rung in Participation]
    actions = [action.word for action in Challenge if action is not Challenge.HOLD]
    return {
        **whole,
        "off": _mechanisms(),
        "participation": _ladder(PARTICIPATION_LADDER, PARTICIPATION_DEFAULTS, rungs),
        "challenge": _ladder(CHALLENGE_LADDER, CHALLENGE_DEFAULTS, actions),
    }


def renewed(text: str) -> str:
    """``text`` with its marked tables renewed; raises ``KeyError`` for an unknown table."""
    known = tables()
    return MARKED.sub(lambda found: f"{found[1]}{known[found[2]]}{found[3]}", text)


def _mechanisms() -> str:
    """Where each mechanism is switched off, and which are by default."""
    places: dict[str, list[str]] = {}
    by_default = []
    for path, off in sorted(OFF.items(), key=lambda each: each[0].partition(".")[2]):
        parameter = parameter_at(path)
        places.setdefault(said(parameter, off), []).append(f"`{parameter.name}`")
        by_default += [parameter.name] * (parameter.number(parameter.default) == off)
    ends = [(at, ", ".join(names)) for at, names in places.items()]
    left_off = join_and([f"`{name}`" for name in by_default])
    return f"{markdown.table(('off at', 'parameters'), ends)}\nOff by default are {left_off}.\n"


def _ladder(
    columns: Mapping[str, Parameter], defaults: Mapping[str, list[float]], steps: list[str]
) -> str:
    """A ladder's parameters down, its steps across: each step has a default of its own."""
    first, (unit, allowed, _, *rest) = HEADINGS[0], HEADINGS[1:]
    rows = []
    for name, parameter in columns.items():
        named, unit_of, range_of, _, *others = _row(parameter)
        each = [said(parameter, value) for value in defaults[name]]
        rows.append([named, *each, unit_of, range_of, *others])
    return markdown.table([first, *steps, unit, allowed, *rest], rows)


def _row(parameter: Parameter) -> list[str]:
    return [
        f"`{parameter.name}`",
        parameter.unit,
        _range(parameter),
        said(parameter, parameter.number(parameter.default)),
        _meaning(parameter),
        parameter.source,
    ]


def _range(parameter: Parameter) -> str:
    if parameter.words is not None:
        return ", ".join(f"`{word}`" for word in parameter.words.words())
    if parameter.kind is Kind.FLAG:
        return "`true`, `false`"
    return f"{figure(parameter.low)} to {figure(parameter.high)}"


def _meaning(parameter: Parameter) -> str:
    whose = f" ({parameter.role.label} only)" if parameter.role is not None else ""
    when = "; read once, at the start" if parameter.at_start else ""
    how = "" if parameter.drawable else "; never drawn"
    return f"{parameter.about}{whose}{when}{how}"


def said(parameter: Parameter, number: float) -> str:
    """``number`` as a reader of the tables sees it."""
    written = parameter.say(number)
    if isinstance(written, bool):
        return f"`{str(written).lower()}`"
    return f"`{written}`" if isinstance(written, str) else figure(written)


def figure(number: float) -> str:
    """A number with at most six decimals, and no more of them than it needs."""
    if number == int(number):
        return f"{int(number):,}" if number >= 10_000 else f"{int(number)}"
    return f"{number:.6f}".rstrip("0")


def write() -> None:
    """Renew the tables of the model's page, and the JSON Schema of a scenario file."""
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    SCHEMA.write_text(json_schema_text(), encoding="utf-8")

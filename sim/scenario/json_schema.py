"""The JSON Schema of a scenario file, generated from the parameter tables, for use in an editor.

A parameter is a plain value or one of its allowed distributions.
``python -m sim.scenario.json_schema`` prints ``scenarios/scenario.schema.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sim.scenario.distributions import DISTRIBUTIONS
from sim.scenario.event_triggers import FORMS, PATTERN
from sim.scenario.parameter import Kind, Parameter, written_number
from sim.scenario.read_file import INFO_TEXTS, SOURCES
from sim.scenario.read_values import CONCENTRATIONS, SHIFT, allowed_distributions, sd_limits
from sim.scenario.schema import (
    MAX_EVENTS,
    MAX_MONTHS,
    ONE_STATE,
    RED_LINE,
    SETTING,
    SHAPE,
    ByName,
    Shape,
)

Schema = dict[str, Any]
NAME: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,63}$"}
TEXT: Schema = {"type": "string", "minLength": 1}
SOURCE: Schema = {
    "description": "the source: claim ids, or 'assumption'",
    "anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}],
}
WHY: Schema = {**TEXT, "description": "the reason, in a sentence"}
# What an event may set.
IN_EVENTS: Shape = {"setting": SETTING, "state": ONE_STATE}
WEIGHT: Schema = {"type": "number", "minimum": 0}
BLOCKS = {
    "setting": "the conditions under which the force is deployed",
    "states": "the states, by name",
    "groups": "groups of states: the members, and values shared by all members",
    "constants": "parameters of decision-making and costs, equal for all states",
    "ladders": "the properties of each rung and each action",
}


def json_schema() -> Schema:
    """The schema as plain data."""
    about = {word: {"description": text} for word, text in BLOCKS.items()}
    blocks = {word: {**_schema(shape), **about.get(word, {})} for word, shape in SHAPE.items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A scenario",
        "description": "A scenario of a teaching model; it is not a forecast.",
        **_object({**_names(), **blocks, "events": _events(), "info": _info()}),
        "required": ["scenario"],
        "definitions": _definitions(),
    }


def _names() -> Schema:
    parent = "the parent scenario: this file contains only the differences"
    return {
        "scenario": {**NAME, "description": "the name of the scenario"},
        "extends": {**TEXT, "description": parent},
        "title": {**TEXT, "description": "one line that describes the scenario"},
    }


def _definitions() -> Schema:
    state = _schema(ONE_STATE)
    members = {
        "type": "array",
        "items": NAME,
        "minItems": 1,
        "description": "the states in the group",
    }
    group = _object({"members": members, **state["properties"]})
    distributions = {definition_name(p): distributions_schema(p) for p in _parameters(SHAPE)}
    for parameter in _parameters(IN_EVENTS):
        name = definition_name(parameter, in_event=True)
        distributions[name] = distributions_schema(parameter, in_event=True)
    ordered = dict(sorted(distributions.items()))
    return {"state": state, "group": group, "red line": _schema(RED_LINE), **ordered}


def _parameters(shape: Shape) -> Iterator[Parameter]:
    if isinstance(shape, Parameter):
        yield shape
    else:
        for inside in [shape.each] if isinstance(shape, ByName) else shape.values():
            yield from _parameters(inside)


def _schema(shape: Shape) -> Schema:
    if isinstance(shape, Parameter):
        return parameter_schema(shape)
    if isinstance(shape, ByName):
        inside = {"$ref": f"#/definitions/{shape.what}"}
        return {"type": "object", "propertyNames": NAME, "additionalProperties": inside}
    return _object({word: _schema(inside) for word, inside in shape.items()})


def _events() -> Schema:
    event = _object(
        {
            "name": {**NAME, "description": "the name by which options refer to the event"},
            "month": {"type": "integer", "minimum": 0, "maximum": MAX_MONTHS},
            "when": {"type": "string", "pattern": PATTERN, "examples": list(FORMS)},
            "set": _settings(),
            "why": TEXT,
        }
    )
    ways = [{"required": ["month", "set"]}, {"required": ["when", "set"]}]
    about = "parameter changes in a given month, or after a trigger"
    items = {**event, "oneOf": ways}
    return {"type": "array", "items": items, "maxItems": MAX_EVENTS, "description": about}


def _settings() -> Schema:
    """The parameters an event may set: the setting by path, states and groups by pattern."""
    patterns = dict(_patterns(ONE_STATE, r"^(states|groups)\.[a-z0-9_]+"))
    setting = {f"setting.{name}": parameter_schema(p, True) for name, p in SETTING.items()}
    return {**_object(setting), "patternProperties": patterns, "minProperties": 1}


def _patterns(shape: Shape, prefix: str) -> Iterator[tuple[str, Schema]]:
    if isinstance(shape, Parameter):
        if not shape.at_start:
            yield f"{prefix}$", parameter_schema(shape, in_event=True)
    elif isinstance(shape, ByName):
        yield from _patterns(shape.each, rf"{prefix}\.[a-z0-9_]+")
    else:
        for word, inside in shape.items():
            yield from _patterns(inside, rf"{prefix}\.{word}")


def _info() -> Schema:
    texts = {"type": "array", "items": TEXT, "minItems": 1}
    either = {"anyOf": [TEXT, texts]}
    parts = {word: {**either, "description": meaning} for word, meaning in INFO_TEXTS.items()}
    sources = {**texts, "description": "the sources of the scenario"}
    return {**_object({**parts, SOURCES: sources}), "description": "the text of the lesson"}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def parameter_schema(parameter: Parameter, in_event: bool = False) -> Schema:
    """A parameter with its description; its distributions are a shared definition."""
    reference = {"$ref": f"#/definitions/{definition_name(parameter, in_event)}"}
    return {
        "description": describe_parameter(parameter),
        "default": parameter.default,
        "anyOf": [plain_schema(parameter), reference],
    }


def describe_parameter(parameter: Parameter) -> str:
    """The meaning, role, range, default and source of a parameter."""
    role = f" (for a {parameter.role.label})" if parameter.role is not None else ""
    default = parameter.say(parameter.number(parameter.default))
    shown = str(default).lower() if isinstance(default, bool) else default
    text = f"{parameter.about}{role}; {parameter.range_text}; default {shown}"
    return f"{text}; source: {parameter.source}"


def plain_schema(parameter: Parameter) -> Schema:
    """A plain value."""
    if parameter.words is not None:
        return {"enum": parameter.words.words()}
    if parameter.kind is Kind.FLAG:
        return {"type": "boolean"}
    kind = "integer" if parameter.kind is Kind.COUNT else "number"
    return {**_number(parameter.low, parameter.high), "type": kind}


def _number(low: float, high: float) -> Schema:
    return {"type": "number", "minimum": written_number(low), "maximum": written_number(high)}


def definition_name(parameter: Parameter, in_event: bool = False) -> str:
    """The name of the shared definition of the distributions a parameter allows."""
    values = f"{written_number(parameter.low)}_{written_number(parameter.high)}"
    if parameter.kind is Kind.FLAG:
        values = "flag"
    if parameter.words is not None:
        values = parameter.words.__name__.lower()
    place = "_in_event" if in_event and SHIFT in allowed_distributions(parameter) else ""
    return f"{'distributions' if parameter.drawable else 'value'}_{parameter.kind}_{values}{place}"


def distributions_schema(parameter: Parameter, in_event: bool = False) -> Schema:
    """A mapping with one distribution, and optionally a shift, a source and a reason. In an event
    there is no inherited value that a shift alone could change."""
    kinds = allowed_distributions(parameter)
    ways: list[Schema] = [{"required": [kind]} for kind in kinds if kind != SHIFT]
    if SHIFT in kinds and not in_event:
        ways.append({"required": [SHIFT], "not": {"anyOf": list(ways)}})
    properties = {kind: _distribution(kind, parameter) for kind in kinds}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {**properties, "source": SOURCE, "why": WHY},
        "oneOf": ways,
    }


def _distribution(kind: str, parameter: Parameter) -> Schema:
    value = plain_schema(parameter)
    low, high = written_number(parameter.low), written_number(parameter.high)
    inside = {"type": "number", "exclusiveMinimum": low, "exclusiveMaximum": high}
    forms: dict[str, Schema] = {
        "fixed": value,
        "uniform": _list(value, value),
        "triangular": _list(value, value, value),
        "beta": _list(inside, _number(*CONCENTRATIONS)),
        "truncated_normal": _list(value, _number(*sd_limits(parameter))),
        "choice": {
            "anyOf": [{"type": "array", "items": value, "minItems": 1}, _weights(parameter)]
        },
        SHIFT: _number(low - high, high - low),
    }
    return {**forms[kind], "description": DISTRIBUTIONS[kind]}


def _list(*items: Schema) -> Schema:
    count = len(items)
    return {"type": "array", "items": list(items), "minItems": count, "maxItems": count}


def _weights(parameter: Parameter) -> Schema:
    schema: Schema = {"type": "object", "minProperties": 1, "additionalProperties": WEIGHT}
    if parameter.words is not None:
        schema["propertyNames"] = {"enum": parameter.words.words()}
    if parameter.kind is Kind.FLAG:
        schema["propertyNames"] = {"enum": ["true", "false"]}
    return schema


def json_schema_text() -> str:
    """The schema as a file."""
    return f"{json.dumps(json_schema(), indent=1)}\n"


def main() -> None:
    """Print the schema."""
    print(json_schema_text(), end="")


if __name__ == "__main__":
    main()

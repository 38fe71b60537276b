"""The JSON Schema of one parameter: a plain value, or any of the laws it may follow."""

from __future__ import annotations

from typing import Any

from sim.scenario.distributions import LAWS
from sim.scenario.laws import CONCENTRATIONS, SHIFT, laws_of
from sim.scenario.parameter import Kind, Parameter, plain

Schema = dict[str, Any]
TEXT: Schema = {"type": "string", "minLength": 1}
SOURCE: Schema = {
    "description": "where it comes from: claim ids, or 'assumption'",
    "anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}],
}
WHY: Schema = {**TEXT, "description": "the reason, in a sentence"}
WEIGHT: Schema = {"type": "number", "minimum": 0}


def parameter_schema(parameter: Parameter) -> Schema:
    """A parameter with all that an editor can show of it; its laws are a definition."""
    reference = {"$ref": f"#/definitions/{definition_name(parameter)}"}
    return {
        "description": described(parameter),
        "default": parameter.default,
        "anyOf": [plain_schema(parameter), reference],
    }


def described(parameter: Parameter) -> str:
    """Meaning, role, range, default and source in a few words."""
    role = f" (for a {parameter.role.label})" if parameter.role is not None else ""
    default = parameter.say(parameter.number(parameter.default))
    shown = str(default).lower() if isinstance(default, bool) else default
    text = f"{parameter.meaning}{role}; {parameter.range_text}; default {shown}"
    return f"{text}; source: {parameter.source}"


def plain_schema(parameter: Parameter) -> Schema:
    """A value without a law."""
    if parameter.words is not None:
        return {"enum": parameter.words.words()}
    if parameter.kind is Kind.FLAG:
        return {"type": "boolean"}
    kind = "integer" if parameter.kind is Kind.COUNT else "number"
    return {"type": kind, "minimum": plain(parameter.low), "maximum": plain(parameter.high)}


def definition_name(parameter: Parameter) -> str:
    """The name of the definition of a parameter's laws, shared by all that allow the same."""
    values = {Kind.FLAG: "flag"}.get(
        parameter.kind, f"{plain(parameter.low)}_{plain(parameter.high)}"
    )
    if parameter.words is not None:
        values = parameter.words.__name__.lower()
    return f"{'laws' if parameter.drawable else 'value'}_{parameter.kind}_{values}"


def laws_schema(parameter: Parameter) -> Schema:
    """A mapping with exactly one law (a shift may stand beside it), a source and a reason."""
    laws = laws_of(parameter)
    alone = [law for law in laws if law != SHIFT]
    ways: list[Schema] = [{"required": [law]} for law in alone]
    if SHIFT in laws:
        ways.append({"required": [SHIFT], "not": {"anyOf": list(ways)}})
    properties = {law: _law(law, parameter) for law in laws}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {**properties, "source": SOURCE, "why": WHY},
        "oneOf": ways,
    }


def _law(law: str, parameter: Parameter) -> Schema:
    value = plain_schema(parameter)
    width = parameter.high - parameter.low
    positive = {"type": "number", "exclusiveMinimum": 0}
    concentration = {"type": "number", "minimum": CONCENTRATIONS[0], "maximum": CONCENTRATIONS[1]}
    forms: dict[str, Schema] = {
        "fixed": value,
        "uniform": _list(value, value),
        "triangular": _list(value, value, value),
        "beta": _list(value, concentration),
        "truncated_normal": _list(value, positive),
        "choice": {
            "anyOf": [{"type": "array", "items": value, "minItems": 1}, _weights(parameter)]
        },
        SHIFT: {"type": "number", "minimum": plain(-width), "maximum": plain(width)},
    }
    return {**forms[law], "description": LAWS[law]}


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

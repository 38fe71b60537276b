"""One scalar, read as a parameter asks: typed, in range, or refused with what would do."""

from __future__ import annotations

import math

from sim.scenario.findings import Findings
from sim.scenario.nodes import Node, Scalar
from sim.scenario.parameter import Kind, Parameter, plain
from sim.scenario.scalars import resolve
from sim.suggest import nearest

YES_NO = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


class Refused(Exception):
    """Why a node will not do, and what would; ``node`` is the part of it that is to blame."""

    def __init__(self, message: str, remedy: str, node: Node | None = None) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy
        self.node = node


def number_of(node: Node, parameter: Parameter, findings: Findings) -> float | None:
    """What a scalar means for a parameter, as a number; None, with a finding, if it does not."""
    try:
        return parsed(node, parameter)
    except Refused as refused:
        report(refused, node, parameter, findings)
        return None


def report(refused: Refused, node: Node, parameter: Parameter, findings: Findings) -> None:
    """Note a refusal, at the node to blame or else at ``node``."""
    place = (refused.node or node).place
    findings.add(place, f"{parameter.name}: {refused.message}", refused.remedy)


def parsed(node: Node, parameter: Parameter) -> float:
    """What a scalar means for a parameter, as a number; raises ``Refused``."""
    if not isinstance(node, Scalar):
        raise Refused(f"{node} where a value was expected", parameter.range_text, node)
    if node.value is None:
        raise Refused("nothing is written", parameter.range_text, node)
    if parameter.words is not None:
        return _word(node, parameter)
    if parameter.kind is Kind.FLAG:
        return _flag(node, parameter)
    number = finite(node, parameter.range_text)
    if parameter.kind is Kind.COUNT and number != int(number):
        raise Refused(f"{node} is not a whole number", parameter.range_text, node)
    return _in_range(
        int(number) if parameter.kind is Kind.COUNT else float(number), node, parameter
    )


def finite(node: Node, remedy: str) -> float:
    """The scalar as a finite number; raises ``Refused``."""
    if not isinstance(node, Scalar):
        raise Refused(f"{node} where a number was expected", remedy, node)
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(f"{node} is not a number", _unquoted(node) or _percent(node) or remedy, node)
    if not math.isfinite(value):
        raise Refused(f"{node} is not a finite number", remedy, node)
    return value


def _in_range(number: float, node: Node, parameter: Parameter) -> float:
    low, high = plain(parameter.low), plain(parameter.high)
    if number > high:
        raise Refused(f"{plain(number)} is above {high}", parameter.range_text, node)
    if number < low:
        raise Refused(f"{plain(number)} is below {low}", parameter.range_text, node)
    return number


def _word(node: Scalar, parameter: Parameter) -> float:
    assert parameter.words is not None
    words = parameter.words.words()
    if node.text in words:
        return parameter.number(node.text)
    close = nearest(node.text.lower(), words)
    listed = parameter.range_text
    remedy = f"did you mean '{close}'? {listed}" if close else listed
    raise Refused(f"{node} is not one of its words", remedy, node)


def _flag(node: Scalar, parameter: Parameter) -> float:
    if isinstance(node.value, bool):
        return float(node.value)
    meant = YES_NO.get(node.text.lower())
    remedy = _unquoted(node) or (f"write {meant}" if meant else parameter.range_text)
    raise Refused(f"{node} is neither true nor false", remedy, node)


def _unquoted(node: Scalar) -> str:
    """Advice for a number or flag that quotes have made text."""
    is_text = not node.quoted or isinstance(resolve(node.text), str | None)
    return "" if is_text else f"write it without quotes: {node.text[:40]}"


def _percent(node: Scalar) -> str:
    share = resolve(node.text.removesuffix("%").strip())
    if not node.text.endswith("%") or not isinstance(share, int | float):
        return ""
    return f"write a share: {share / 100:g}"

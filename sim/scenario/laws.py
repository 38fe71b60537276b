"""What a file says of one parameter: a value or a distribution, with its source and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sim.scenario.distributions import LAWS, Law
from sim.scenario.findings import Findings
from sim.scenario.model import Value
from sim.scenario.nodes import Mapping, Node, Sequence
from sim.scenario.numbers import Refused, finite, number_of, parsed, report
from sim.scenario.parameter import Kind, Parameter, plain
from sim.scenario.words import sources_of, text_of
from sim.suggest import did_you_mean

NEVER_DRAWN = ("fixed",)
DISCRETE = ("fixed", "choice")
CONCENTRATIONS = (0.1, 10_000.0)
SHIFT = "shift"


def laws_of(parameter: Parameter) -> tuple[str, ...]:
    """The laws that may be written for a parameter."""
    if not parameter.drawable:
        return NEVER_DRAWN
    return tuple(LAWS) if parameter.kind is Kind.NUMBER else DISCRETE


def value_of(node: Node, parameter: Parameter, findings: Findings) -> Value | None:
    """What a node says of a parameter; None, with findings, if that is not allowed.

    A shift without a law of its own is a ``Law("shift", (amount,))``, to be added to what is
    inherited.
    """
    if not isinstance(node, Mapping):
        number = number_of(node, parameter, findings)
        return None if number is None else Value(Law("fixed", (number,)), place=node.place)
    law = _law(node, parameter, findings)
    entries = node.entries
    source = sources_of(entries["source"].node, findings) if "source" in entries else ()
    why = text_of(entries["why"].node, "why", findings) if "why" in entries else ""
    return None if law is None else Value(law, source, why, node.place)


def _law(node: Mapping, parameter: Parameter, findings: Findings) -> Law | None:
    allowed = laws_of(parameter)
    for word, entry in node.entries.items():
        if word not in (*allowed, "source", "why"):
            findings.add(entry.key.place, *_unknown(word, parameter))
    named = [word for word in node.entries if word in allowed]
    kinds = [word for word in named if word != SHIFT] or named
    if len(kinds) != 1:
        if not kinds and set(node.entries) <= {"source", "why"}:
            message = f"{parameter.name}: no value"
            findings.add(node.place, message, f"add 'fixed: …', {parameter.range_text}")
        elif kinds:
            message = f"{parameter.name}: more than one law, {' and '.join(kinds)}"
            findings.add(node.entries[kinds[1]].key.place, message, "keep one of them")
        return None
    return _with_shift(node, kinds[0], parameter, findings)


def _unknown(word: str, parameter: Parameter) -> tuple[str, str]:
    allowed = laws_of(parameter)
    if word not in LAWS:
        message = f"unknown key '{word[:40]}' in {parameter.name}"
        return message, did_you_mean(word, (*allowed, "source", "why"))
    if not parameter.drawable:
        return f"{parameter.name}: not to be drawn by a law, {word}", parameter.range_text
    return f"{parameter.name}: no {word} over {parameter.range_text}", "use fixed or choice"


def _with_shift(node: Mapping, kind: str, parameter: Parameter, findings: Findings) -> Law | None:
    law = _read(node, kind, parameter, findings)
    if kind == SHIFT or SHIFT not in node.entries:
        return law
    moved = _read(node, SHIFT, parameter, findings)
    if law is None or moved is None:
        return None
    return law.moved(moved.numbers[0], parameter.low, parameter.high)


def _read(node: Mapping, kind: str, parameter: Parameter, findings: Findings) -> Law | None:
    inside = node.entries[kind].node
    try:
        return _READERS[kind](inside, parameter)
    except Refused as refused:
        report(refused, inside, parameter, findings)
        return None


def _fixed(node: Node, parameter: Parameter) -> Law:
    return Law("fixed", (parsed(node, parameter),))


def _shift(node: Node, parameter: Parameter) -> Law:
    width = parameter.high - parameter.low
    remedy = f"an amount from {plain(-width)} to {plain(width)}"
    amount = float(finite(node, remedy))
    if abs(amount) > width:
        raise Refused(f"a shift of {plain(amount)} is wider than the range", remedy)
    return Law(SHIFT, (amount,))


def _ranged(kind: str, numbers: tuple[float, ...], parameter: Parameter) -> Law:
    return Law(kind, numbers, low=parameter.low, high=parameter.high)


def _ascending(kind: str) -> Callable[[Node, Parameter], Law]:
    def read(node: Node, parameter: Parameter) -> Law:
        numbers = tuple(parsed(item, parameter) for item in _items(node, kind))
        if list(numbers) != sorted(numbers):
            raise Refused(f"{kind} {_list(numbers)} does not ascend", f"write {LAWS[kind]}")
        return _ranged(kind, numbers, parameter)

    return read


def _beta(node: Node, parameter: Parameter) -> Law:
    mean, concentration = _items(node, "beta")
    low, high = CONCENTRATIONS
    remedy = f"{LAWS['beta']}, the concentration from {plain(low)} to {plain(high)}"
    numbers = (parsed(mean, parameter), float(finite(concentration, remedy)))
    if not parameter.low < numbers[0] < parameter.high:
        raise Refused(f"a beta's mean of {plain(numbers[0])} leaves it no room", "use a number")
    if not low <= numbers[1] <= high:
        raise Refused(f"a concentration of {plain(numbers[1])}", remedy)
    return _ranged("beta", numbers, parameter)


def _truncated_normal(node: Node, parameter: Parameter) -> Law:
    mean, sd = _items(node, "truncated_normal")
    least, most = (parameter.high - parameter.low) * 1e-9, (parameter.high - parameter.low) * 1e3
    remedy = f"{LAWS['truncated_normal']}, the sd from {least:g} to {most:g}"
    numbers = (parsed(mean, parameter), float(finite(sd, remedy)))
    if not least <= numbers[1] <= most:
        raise Refused(f"an sd of {plain(numbers[1])}", remedy)
    return _ranged("truncated_normal", numbers, parameter)


def _choice(node: Node, parameter: Parameter) -> Law:
    if isinstance(node, Sequence) and node.items:
        return _checked(tuple(parsed(item, parameter) for item in node.items), (), parameter)
    if not isinstance(node, Mapping) or not node.entries:
        raise Refused(f"a choice among {node}", f"write {LAWS['choice']}")
    # A key is text in JSON: what it means does not depend on its quotes.
    keys = [replace(entry.key, quoted=False) for entry in node.entries.values()]
    numbers = tuple(parsed(key, parameter) for key in keys)
    weights = [finite(entry.node, "a weight from 0") for entry in node.entries.values()]
    return _checked(numbers, tuple(map(float, weights)), parameter)


def _checked(numbers: tuple[float, ...], weights: tuple[float, ...], parameter: Parameter) -> Law:
    if len(set(numbers)) < len(numbers):
        raise Refused("a choice that names a value twice", "give it a weight instead")
    if weights and not (min(weights) >= 0 and 0 < sum(weights) <= 1e6):
        raise Refused("weights that cannot be shared out", "weights from 0, one above 0 at least")
    pairs = sorted(zip(numbers, weights or numbers, strict=True))
    shares = tuple(weight for _, weight in pairs) if weights else ()
    return replace(
        _ranged("choice", tuple(number for number, _ in pairs), parameter), weights=shares
    )


def _items(node: Node, kind: str) -> tuple[Node, ...]:
    wanted = LAWS[kind].count(",") + 1
    if not isinstance(node, Sequence) or len(node.items) != wanted:
        raise Refused(f"{kind} takes a list of {wanted}", f"write {LAWS[kind]}")
    return node.items


def _list(numbers: tuple[float, ...]) -> str:
    return "[" + ", ".join(str(plain(number)) for number in numbers) + "]"


_READERS: dict[str, Callable[[Node, Parameter], Law]] = {
    "fixed": _fixed,
    "uniform": _ascending("uniform"),
    "triangular": _ascending("triangular"),
    "beta": _beta,
    "truncated_normal": _truncated_normal,
    "choice": _choice,
    SHIFT: _shift,
}

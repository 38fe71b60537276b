"""What a file says of one parameter: a value or a distribution, with its source and reason."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from sim.errors import did_you_mean, nearest
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.distributions import DISTRIBUTIONS, Distribution
from sim.scenario.parameter import Kind, Parameter, plain
from sim.scenario.scenario import Value
from sim.scenario.schema import NAME
from sim.scenario.yaml_nodes import Mapping, Node, Scalar, Sequence, resolve

NEVER_DRAWN = ("fixed",)
DISCRETE = ("fixed", "choice")
CONCENTRATIONS = (0.1, 10_000.0)
SHIFT = "shift"


def allowed_distributions(parameter: Parameter) -> tuple[str, ...]:
    """The distributions that may be written for a parameter."""
    if not parameter.drawable:
        return NEVER_DRAWN
    return tuple(DISTRIBUTIONS) if parameter.kind is Kind.NUMBER else DISCRETE


def value_of(node: Node, parameter: Parameter, diagnostics: Diagnostics) -> Value | None:
    """What a node says of a parameter; None, with diagnostics, if that is not allowed.

    A shift without a distribution of its own is a ``Distribution("shift", (amount,))``, to be added to what is
    inherited.
    """
    if not isinstance(node, Mapping):
        number = number_of(node, parameter, diagnostics)
        return None if number is None else Value(Distribution("fixed", (number,)), place=node.place)
    distribution = _distribution(node, parameter, diagnostics)
    entries = node.entries
    source = sources_of(entries["source"].node, diagnostics) if "source" in entries else ()
    why = text_of(entries["why"].node, "why", diagnostics) if "why" in entries else ""
    return None if distribution is None else Value(distribution, source, why, node.place)


def _distribution(
    node: Mapping, parameter: Parameter, diagnostics: Diagnostics
) -> Distribution | None:
    allowed = allowed_distributions(parameter)
    for word, entry in node.entries.items():
        if word not in (*allowed, "source", "why"):
            diagnostics.add(entry.key.place, *_unknown(word, parameter))
    named = [word for word in node.entries if word in allowed]
    kinds = [word for word in named if word != SHIFT] or named
    if len(kinds) != 1:
        if not kinds and set(node.entries) <= {"source", "why"}:
            message = f"{parameter.name}: no value"
            diagnostics.add(node.place, message, f"add 'fixed: …', {parameter.range_text}")
        elif kinds:
            message = f"{parameter.name}: more than one distribution, {' and '.join(kinds)}"
            diagnostics.add(node.entries[kinds[1]].key.place, message, "keep one of them")
        return None
    return _with_shift(node, kinds[0], parameter, diagnostics)


def _unknown(word: str, parameter: Parameter) -> tuple[str, str]:
    allowed = allowed_distributions(parameter)
    if word not in DISTRIBUTIONS:
        message = f"unknown key '{word[:40]}' in {parameter.name}"
        return message, did_you_mean(word, (*allowed, "source", "why"))
    if not parameter.drawable:
        return f"{parameter.name}: not to be drawn by a distribution, {word}", parameter.range_text
    return f"{parameter.name}: no {word} over {parameter.range_text}", "use fixed or choice"


def _with_shift(
    node: Mapping, kind: str, parameter: Parameter, diagnostics: Diagnostics
) -> Distribution | None:
    distribution = _read(node, kind, parameter, diagnostics)
    if kind == SHIFT or SHIFT not in node.entries:
        return distribution
    moved = _read(node, SHIFT, parameter, diagnostics)
    if distribution is None or moved is None:
        return None
    return distribution.shifted(moved.numbers[0], parameter.low, parameter.high)


def _read(
    node: Mapping, kind: str, parameter: Parameter, diagnostics: Diagnostics
) -> Distribution | None:
    inside = node.entries[kind].node
    try:
        return _READERS[kind](inside, parameter)
    except ValueRejected as refused:
        report(refused, inside, parameter, diagnostics)
        return None


def _fixed(node: Node, parameter: Parameter) -> Distribution:
    return Distribution("fixed", (parsed(node, parameter),))


def _shift(node: Node, parameter: Parameter) -> Distribution:
    width = parameter.high - parameter.low
    remedy = f"an amount from {plain(-width)} to {plain(width)}"
    amount = float(finite(node, remedy))
    if abs(amount) > width:
        raise ValueRejected(f"a shift of {plain(amount)} is wider than the range", remedy)
    return Distribution(SHIFT, (amount,))


def _ranged(kind: str, numbers: tuple[float, ...], parameter: Parameter) -> Distribution:
    return Distribution(kind, numbers, low=parameter.low, high=parameter.high)


def _ascending(kind: str) -> Callable[[Node, Parameter], Distribution]:
    def read(node: Node, parameter: Parameter) -> Distribution:
        numbers = tuple(parsed(item, parameter) for item in _items(node, kind))
        if list(numbers) != sorted(numbers):
            raise ValueRejected(
                f"{kind} {_list(numbers)} does not ascend", f"write {DISTRIBUTIONS[kind]}"
            )
        return _ranged(kind, numbers, parameter)

    return read


def _beta(node: Node, parameter: Parameter) -> Distribution:
    mean, concentration = _items(node, "beta")
    low, high = CONCENTRATIONS
    remedy = f"{DISTRIBUTIONS['beta']}, the concentration from {plain(low)} to {plain(high)}"
    numbers = (parsed(mean, parameter), float(finite(concentration, remedy)))
    if not parameter.low < numbers[0] < parameter.high:
        raise ValueRejected(
            f"a beta's mean of {plain(numbers[0])} leaves it no room", "use a number"
        )
    if not low <= numbers[1] <= high:
        raise ValueRejected(f"a concentration of {plain(numbers[1])}", remedy)
    return _ranged("beta", numbers, parameter)


def _truncated_normal(node: Node, parameter: Parameter) -> Distribution:
    mean, sd = _items(node, "truncated_normal")
    least, most = (parameter.high - parameter.low) * 1e-9, (parameter.high - parameter.low) * 1e3
    remedy = f"{DISTRIBUTIONS['truncated_normal']}, the sd from {least:g} to {most:g}"
    numbers = (parsed(mean, parameter), float(finite(sd, remedy)))
    if not least <= numbers[1] <= most:
        raise ValueRejected(f"an sd of {plain(numbers[1])}", remedy)
    return _ranged("truncated_normal", numbers, parameter)


def _choice(node: Node, parameter: Parameter) -> Distribution:
    if isinstance(node, Sequence) and node.items:
        return _checked(tuple(parsed(item, parameter) for item in node.items), (), parameter)
    if not isinstance(node, Mapping) or not node.entries:
        raise ValueRejected(f"a choice among {node}", f"write {DISTRIBUTIONS['choice']}")
    # A key is text in JSON: what it means does not depend on its quotes.
    keys = [replace(entry.key, quoted=False) for entry in node.entries.values()]
    numbers = tuple(parsed(key, parameter) for key in keys)
    weights = [finite(entry.node, "a weight from 0") for entry in node.entries.values()]
    return _checked(numbers, tuple(map(float, weights)), parameter)


def _checked(
    numbers: tuple[float, ...], weights: tuple[float, ...], parameter: Parameter
) -> Distribution:
    if len(set(numbers)) < len(numbers):
        raise ValueRejected("a choice that names a value twice", "give it a weight instead")
    if weights and not (min(weights) >= 0 and 0 < sum(weights) <= 1e6):
        raise ValueRejected(
            "weights that cannot be shared out", "weights from 0, one above 0 at least"
        )
    pairs = sorted(zip(numbers, weights or numbers, strict=True))
    shares = tuple(weight for _, weight in pairs) if weights else ()
    return replace(
        _ranged("choice", tuple(number for number, _ in pairs), parameter), weights=shares
    )


def _items(node: Node, kind: str) -> tuple[Node, ...]:
    wanted = DISTRIBUTIONS[kind].count(",") + 1
    if not isinstance(node, Sequence) or len(node.items) != wanted:
        raise ValueRejected(f"{kind} takes a list of {wanted}", f"write {DISTRIBUTIONS[kind]}")
    return node.items


def _list(numbers: tuple[float, ...]) -> str:
    return "[" + ", ".join(str(plain(number)) for number in numbers) + "]"


_READERS: dict[str, Callable[[Node, Parameter], Distribution]] = {
    "fixed": _fixed,
    "uniform": _ascending("uniform"),
    "triangular": _ascending("triangular"),
    "beta": _beta,
    "truncated_normal": _truncated_normal,
    "choice": _choice,
    SHIFT: _shift,
}


YES_NO = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


class ValueRejected(Exception):
    """Why a node will not do, and what would; ``node`` is the part of it that is to blame."""

    def __init__(self, message: str, remedy: str, node: Node | None = None) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy
        self.node = node


def number_of(node: Node, parameter: Parameter, diagnostics: Diagnostics) -> float | None:
    """What a scalar means for a parameter, as a number; None, with a finding, if it does not."""
    try:
        return parsed(node, parameter)
    except ValueRejected as refused:
        report(refused, node, parameter, diagnostics)
        return None


def report(
    refused: ValueRejected, node: Node, parameter: Parameter, diagnostics: Diagnostics
) -> None:
    """Note a refusal, at the node to blame or else at ``node``."""
    place = (refused.node or node).place
    diagnostics.add(place, f"{parameter.name}: {refused.message}", refused.remedy)


def parsed(node: Node, parameter: Parameter) -> float:
    """What a scalar means for a parameter, as a number; raises ``Refused``."""
    if not isinstance(node, Scalar):
        raise ValueRejected(f"{node} where a value was expected", parameter.range_text, node)
    if node.value is None:
        raise ValueRejected("nothing is written", parameter.range_text, node)
    if parameter.words is not None:
        return _word(node, parameter)
    if parameter.kind is Kind.FLAG:
        return _flag(node, parameter)
    number = finite(node, parameter.range_text)
    if parameter.kind is Kind.COUNT and number != int(number):
        raise ValueRejected(f"{node} is not a whole number", parameter.range_text, node)
    return _in_range(
        int(number) if parameter.kind is Kind.COUNT else float(number), node, parameter
    )


def finite(node: Node, remedy: str) -> float:
    """The scalar as a finite number; raises ``Refused``."""
    if not isinstance(node, Scalar):
        raise ValueRejected(f"{node} where a number was expected", remedy, node)
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueRejected(
            f"{node} is not a number", _unquoted(node) or _percent(node) or remedy, node
        )
    if not math.isfinite(value):
        raise ValueRejected(f"{node} is not a finite number", remedy, node)
    return value


def _in_range(number: float, node: Node, parameter: Parameter) -> float:
    low, high = plain(parameter.low), plain(parameter.high)
    if number > high:
        raise ValueRejected(f"{plain(number)} is above {high}", parameter.range_text, node)
    if number < low:
        raise ValueRejected(f"{plain(number)} is below {low}", parameter.range_text, node)
    return number


def _word(node: Scalar, parameter: Parameter) -> float:
    assert parameter.words is not None
    words = parameter.words.words()
    if node.text in words:
        return parameter.number(node.text)
    close = nearest(node.text.lower(), words)
    listed = parameter.range_text
    remedy = f"did you mean '{close}'? {listed}" if close else listed
    raise ValueRejected(f"{node} is not one of its words", remedy, node)


def _flag(node: Scalar, parameter: Parameter) -> float:
    if isinstance(node.value, bool):
        return float(node.value)
    meant = YES_NO.get(node.text.lower())
    remedy = _unquoted(node) or (f"write {meant}" if meant else parameter.range_text)
    raise ValueRejected(f"{node} is neither true nor false", remedy, node)


def _unquoted(node: Scalar) -> str:
    """Advice for a number or flag that quotes have made text."""
    is_text = not node.quoted or isinstance(resolve(node.text), str | None)
    return "" if is_text else f"write it without quotes: {node.text[:40]}"


def _percent(node: Scalar) -> str:
    share = resolve(node.text.removesuffix("%").strip())
    if not node.text.endswith("%") or not isinstance(share, int | float):
        return ""
    return f"write a share: {share / 100:g}"


def is_name(node: Node, what: str, diagnostics: Diagnostics) -> bool:
    """Whether a node is a well-formed name; if not, it is reported as a bad ``what``."""
    if isinstance(node, Scalar) and NAME.match(node.text):
        return True
    remedy = "lower-case letters, digits and _, a letter first, at most 64"
    diagnostics.add(node.place, f"{node} is not a name for a {what}", remedy)
    return False


def text_of(node: Node, what: str, diagnostics: Diagnostics) -> str:
    """The text of a scalar; empty, with a finding, if there is none."""
    if not isinstance(node, Scalar):
        diagnostics.add(node.place, f"{what}: {node} where text was expected", "write a sentence")
        return ""
    text = node.text.strip()
    if not text or node.value is None:
        diagnostics.add(
            node.place, f"{what}: nothing is written", "write a sentence, or leave it out"
        )
        return ""
    return text


def texts_of(node: Node, what: str, diagnostics: Diagnostics) -> tuple[str, ...]:
    """The texts of a list."""
    if not isinstance(node, Sequence) or not node.items:
        diagnostics.add(
            node.place, f"{what}: {node} where a list was expected", "write [first, second]"
        )
        return ()
    return tuple(text_of(item, what, diagnostics) for item in node.items)


def sources_of(node: Node, diagnostics: Diagnostics) -> tuple[str, ...]:
    """The sources of a value: one, or a list of them."""
    if isinstance(node, Sequence):
        return texts_of(node, "source", diagnostics)
    return (text_of(node, "source", diagnostics),)

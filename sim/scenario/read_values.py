"""The value of one parameter in a scenario file, read from its node.

A value is a scalar or a distribution, with a source and a reason. Scalars are checked for type and
range; text and names are read here too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace

from sim.errors import nearest, odd_letters, remedy_for_key
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.distributions import DISTRIBUTIONS, Distribution
from sim.scenario.parameter import Kind, Parameter, written_number
from sim.scenario.paths import remedy_for_name
from sim.scenario.scenario import Value
from sim.scenario.schema import NAME
from sim.scenario.yaml_nodes import Mapping, Node, Scalar, Sequence, parse_scalar

SHIFT = "shift"
NEVER_DRAWN = ("fixed",)
DISCRETE = ("fixed", "choice")
CONCENTRATIONS = (0.1, 10_000.0)
# The least and the largest standard deviation, in widths of the parameter's range.
SD_WIDTHS = (1e-9, 1e3)
YES_NO = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


class ValueRejected(Exception):
    """A node is not valid: the problem, the remedy and, if known, the invalid part of the node."""

    def __init__(self, message: str, remedy: str, node: Node | None = None) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy
        self.node = node


def value_of(node: Node, parameter: Parameter, diagnostics: Diagnostics) -> Value | None:
    """The value of a parameter; None, with the problems reported, if the node is not valid.

    A shift alone is a ``Distribution("shift", (amount,))``, to be added to the inherited value.
    """
    if not isinstance(node, Mapping):
        number = number_of(node, parameter, diagnostics)
        return None if number is None else Value(Distribution("fixed", (number,)), place=node.place)
    distribution = _distribution(node, parameter, diagnostics)
    entries = node.entries
    source = sources_of(entries["source"].node, diagnostics) if "source" in entries else ()
    why = text_of(entries["why"].node, "why", diagnostics) if "why" in entries else ""
    return None if distribution is None else Value(distribution, source, why, node.place)


def allowed_distributions(parameter: Parameter) -> tuple[str, ...]:
    """The kinds of distribution allowed for a parameter."""
    if not parameter.drawable:
        return NEVER_DRAWN
    return tuple(DISTRIBUTIONS) if parameter.kind is Kind.NUMBER else DISCRETE


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
        return message, remedy_for_key(word, (*allowed, "source", "why"))
    if not parameter.drawable:
        return f"{parameter.name}: no distribution is allowed, found {word}", parameter.range_text
    return f"{parameter.name} is a word: {word} is not allowed", "use fixed or choice"


def _with_shift(
    node: Mapping, kind: str, parameter: Parameter, diagnostics: Diagnostics
) -> Distribution | None:
    distribution = _read(node, kind, parameter, diagnostics)
    if kind == SHIFT or SHIFT not in node.entries:
        return distribution
    shift = _read(node, SHIFT, parameter, diagnostics)
    if distribution is None or shift is None:
        return None
    return distribution.shifted(shift.numbers[0], parameter.low, parameter.high)


def _read(
    node: Mapping, kind: str, parameter: Parameter, diagnostics: Diagnostics
) -> Distribution | None:
    inside = node.entries[kind].node
    try:
        return _READERS[kind](inside, parameter)
    except ValueRejected as rejected:
        add_rejection(rejected, inside, parameter, diagnostics)
        return None


def add_rejection(
    rejected: ValueRejected, node: Node, parameter: Parameter, diagnostics: Diagnostics
) -> None:
    """Add a problem at the rejected part of ``node``, or at ``node`` itself."""
    place = (rejected.node or node).place
    diagnostics.add(place, f"{parameter.name}: {rejected.message}", rejected.remedy)


def _fixed(node: Node, parameter: Parameter) -> Distribution:
    return Distribution("fixed", (parsed(node, parameter),))


def _shift(node: Node, parameter: Parameter) -> Distribution:
    width = parameter.high - parameter.low
    remedy = f"an amount from {written_number(-width)} to {written_number(width)}"
    amount = float(finite(node, remedy))
    if abs(amount) > width:
        raise ValueRejected(f"a shift of {written_number(amount)} is wider than the range", remedy)
    return Distribution(SHIFT, (amount,))


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
    within = f"from {written_number(low)} to {written_number(high)}"
    remedy = f"{DISTRIBUTIONS['beta']}, the concentration {within}"
    numbers = (parsed(mean, parameter), float(finite(concentration, remedy)))
    if not parameter.low < numbers[0] < parameter.high:
        raise ValueRejected(
            f"a beta cannot have its mean at a bound, {written_number(numbers[0])}",
            f"write {written_number(numbers[0])} without a distribution, or another mean",
        )
    if not low <= numbers[1] <= high:
        raise ValueRejected(f"a concentration of {written_number(numbers[1])}", remedy)
    return _ranged("beta", numbers, parameter)


def sd_limits(parameter: Parameter) -> tuple[float, float]:
    """The least and the largest standard deviation of a truncated normal."""
    least, most = SD_WIDTHS
    width = parameter.high - parameter.low
    return width * least, width * most


def _truncated_normal(node: Node, parameter: Parameter) -> Distribution:
    mean, sd = _items(node, "truncated_normal")
    least, most = sd_limits(parameter)
    remedy = f"{DISTRIBUTIONS['truncated_normal']}, the sd from {least:g} to {most:g}"
    numbers = (parsed(mean, parameter), float(finite(sd, remedy)))
    if not least <= numbers[1] <= most:
        raise ValueRejected(f"an sd of {written_number(numbers[1])}", remedy)
    return _ranged("truncated_normal", numbers, parameter)


def _choice(node: Node, parameter: Parameter) -> Distribution:
    if isinstance(node, Sequence) and node.items:
        return _checked(tuple(parsed(item, parameter) for item in node.items), (), parameter)
    if not isinstance(node, Mapping) or not node.entries:
        raise ValueRejected(f"a choice has {node}", f"write {DISTRIBUTIONS['choice']}")
    # In JSON a key is always quoted, so quotes do not make it text.
    keys = [replace(entry.key, quoted=False) for entry in node.entries.values()]
    numbers = tuple(parsed(key, parameter) for key in keys)
    weights = [finite(entry.node, "a weight from 0") for entry in node.entries.values()]
    return _checked(numbers, tuple(map(float, weights)), parameter)


def _checked(
    numbers: tuple[float, ...], weights: tuple[float, ...], parameter: Parameter
) -> Distribution:
    if len(set(numbers)) < len(numbers):
        raise ValueRejected("a choice has a value twice", "use a weight instead")
    if weights and not (min(weights) >= 0 and 0 < sum(weights) <= 1e6):
        raise ValueRejected(
            "invalid weights", "use weights from 0, with at least one above 0, and a sum up to 1e6"
        )
    pairs = sorted(zip(numbers, weights or numbers, strict=True))
    shares = tuple(weight for _, weight in pairs) if weights else ()
    return replace(
        _ranged("choice", tuple(number for number, _ in pairs), parameter), weights=shares
    )


def _ranged(kind: str, numbers: tuple[float, ...], parameter: Parameter) -> Distribution:
    return Distribution(kind, numbers, low=parameter.low, high=parameter.high)


def _items(node: Node, kind: str) -> tuple[Node, ...]:
    wanted = DISTRIBUTIONS[kind].count(",") + 1
    if not isinstance(node, Sequence) or len(node.items) != wanted:
        raise ValueRejected(f"{kind} takes a list of {wanted}", f"write {DISTRIBUTIONS[kind]}")
    return node.items


def _list(numbers: tuple[float, ...]) -> str:
    return "[" + ", ".join(str(written_number(number)) for number in numbers) + "]"


_READERS: dict[str, Callable[[Node, Parameter], Distribution]] = {
    "fixed": _fixed,
    "uniform": _ascending("uniform"),
    "triangular": _ascending("triangular"),
    "beta": _beta,
    "truncated_normal": _truncated_normal,
    "choice": _choice,
    SHIFT: _shift,
}


def number_of(node: Node, parameter: Parameter, diagnostics: Diagnostics) -> float | None:
    """The number of a scalar; None, with the problem reported, if it is not valid."""
    try:
        return parsed(node, parameter)
    except ValueRejected as rejected:
        add_rejection(rejected, node, parameter, diagnostics)
        return None


def parsed(node: Node, parameter: Parameter) -> float:
    """The number of a scalar in the model; raises ``ValueRejected``."""
    if not isinstance(node, Scalar):
        raise ValueRejected(f"{node} where a value was expected", parameter.range_text, node)
    if node.value is None:
        raise ValueRejected("the value is empty", parameter.range_text, node)
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
    """The scalar as a finite number; raises ``ValueRejected``."""
    if not isinstance(node, Scalar):
        raise ValueRejected(f"{node} where a number was expected", remedy, node)
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueRejected(
            f"{node} is not a number", _unquoted(node) or _meant_number(node) or remedy, node
        )
    if not math.isfinite(value):
        raise ValueRejected(f"{node} is not a finite number", remedy, node)
    return value


def _in_range(number: float, node: Node, parameter: Parameter) -> float:
    low, high = written_number(parameter.low), written_number(parameter.high)
    if number > high:
        raise ValueRejected(f"{written_number(number)} is above {high}", parameter.range_text, node)
    if number < low:
        raise ValueRejected(f"{written_number(number)} is below {low}", parameter.range_text, node)
    return number


def _word(node: Scalar, parameter: Parameter) -> float:
    assert parameter.words is not None
    words = parameter.words.words()
    if node.text in words:
        return parameter.number(node.text)
    close = nearest(node.text.lower(), words)
    listed = f"{parameter.range_text}{odd_letters(node.text)}"
    remedy = _one_assignment(node) or (f"did you mean '{close}'? {listed}" if close else listed)
    raise ValueRejected(f"{node} is not an allowed word", remedy, node)


def _flag(node: Scalar, parameter: Parameter) -> float:
    if isinstance(node.value, bool):
        return float(node.value)
    meant = YES_NO.get(node.text.lower())
    remedy = f"write {meant}" if meant else f"{parameter.range_text}{odd_letters(node.text)}"
    remedy = _unquoted(node) or _one_assignment(node) or remedy
    raise ValueRejected(f"{node} is neither true nor false", remedy, node)


def _unquoted(node: Scalar) -> str:
    """The remedy for a number or flag in quotes."""
    is_text = not node.quoted or isinstance(parse_scalar(node.text), str | None)
    return "" if is_text else f"write it without quotes: {node.text[:40]}"


# A list of assignments, as --over and --with take it; a range of numbers; a separator of thousands,
# which may be a decimal comma; a decimal comma.
SEVERAL = re.compile(r"[^=,;\s]++(?:\s*+[,;]\s*+|\s++)[\w.]++\s*+=")
A_RANGE = re.compile(r"([-+.\de]+):([-+.\de]+)(:\d+)?", re.IGNORECASE)
THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(,\d{3})+")
DECIMAL_COMMA = re.compile(r"[-+]?\d*,\d+")

# Signs that word processors put in place of a hyphen, quotes and blanks.
TYPESET = str.maketrans(
    {"−": "-", "–": "-", "\xa0": " ", "\u202f": " "} | dict.fromkeys("“”„‘’«»\u200b")
)


def _meant_number(node: Scalar) -> str:
    """The remedy for a number in another notation; empty if there is no number in the text."""
    text = node.text.strip()
    if several := _one_assignment(node):
        return several
    if THOUSANDS.fullmatch(text):
        return f"write {text.replace(',', '')}, or with a decimal point {text.replace(',', '.')}"
    if DECIMAL_COMMA.fullmatch(text):
        return f"write a decimal point: {text.replace(',', '.')}"
    if ends := A_RANGE.fullmatch(text):
        return f"to draw it, write {{uniform: [{ends[1]}, {ends[2]}]}}; a range is for --over"
    plain = text.translate(TYPESET).strip()
    number = parse_scalar(plain.removesuffix("%").strip())
    if isinstance(number, bool) or not isinstance(number, int | float):
        return odd_letters(text).removeprefix(" – ")
    if plain.endswith("%"):
        return f"write a share: {number / 100:g}"
    return f"write {plain}{odd_letters(text)}"


def _one_assignment(node: Scalar) -> str:
    """The remedy for several assignments in one option."""
    is_several = node.place.is_in_a_command and SEVERAL.match(node.text)
    return f"write {node.place.file} once for each assignment" if is_several else ""


def is_name(node: Node, what: str, diagnostics: Diagnostics) -> bool:
    """Whether a node is a valid name for a ``what``; if not, a problem is added."""
    if isinstance(node, Scalar) and NAME.match(node.text):
        return True
    article = "an" if what[0] in "aeiou" else "a"
    remedy = remedy_for_name(node.text if isinstance(node, Scalar) else "")
    diagnostics.add(node.place, f"{node} is not a name for {article} {what}", remedy)
    return False


def text_of(node: Node, what: str, diagnostics: Diagnostics) -> str:
    """The text of a scalar; empty, with the problem reported, if there is none."""
    if not isinstance(node, Scalar):
        diagnostics.add(node.place, f"{what}: {node} where text was expected", "write a sentence")
        return ""
    text = node.text.strip()
    if not text or node.value is None:
        diagnostics.add(
            node.place, f"{what}: the text is empty", "write a sentence, or remove the key"
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

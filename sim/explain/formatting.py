"""Distributions, events and red lines as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sim.enums import Effect, Watch
from sim.formatting import (
    format_chance,
    format_number,
    format_percent,
    join_and,
    name_in_words,
    state_name,
)
from sim.scenario.scenario import Scenario, Value, value_to_yaml

EFFECTS = {
    Effect.PROVOKES: "once crossed it gives {} a reason to act",
    Effect.COMMITS: "conceding past it costs {}",
    Effect.RESTRAINS: "acting past it costs {}",
}


def describe_distribution(written: Any) -> str:
    """A distribution as text: ``{uniform: [0, 1]}`` becomes ``anything from 0 to 1``."""
    if not isinstance(written, Mapping):
        return _plain(written)
    kind, *_ = [kind for kind in written if kind != "shift"]
    words = _WORDS[kind](written[kind])
    shift = written.get("shift", 0.0)
    return f"{words}, moved by {shift:+.4g}" if shift else words


def describe_parameter(path: str, value: Value) -> str:
    """The distribution of a parameter as text."""
    return describe_distribution(value_to_yaml(path, value, with_reasons=False))


def _plain(written: Any) -> str:
    if isinstance(written, bool):
        return str(written).lower()
    return written if isinstance(written, str) else format_number(written)


def _choice(options: Any) -> str:
    if not isinstance(options, Mapping):
        options = dict.fromkeys(map(_plain, options), 1.0)
    total = sum(options.values())
    shares = [f"{_plain(name)} in {format_percent(w / total, 0)}" for name, w in options.items()]
    return f"{join_and(shares)} of runs"


_WORDS: dict[str, Callable[[Any], str]] = {
    "fixed": _plain,
    "uniform": lambda x: f"anything from {_plain(x[0])} to {_plain(x[1])}",
    "triangular": lambda x: f"{_plain(x[0])} to {_plain(x[2])}, most often near {_plain(x[1])}",
    "beta": lambda x: f"about {_plain(x[0])} (a beta of concentration {_plain(x[1])})",
    "truncated_normal": lambda x: f"about {_plain(x[0])} (standard deviation {_plain(x[1])})",
    "choice": _choice,
}


def describe_event(written: Mapping[str, Any]) -> str:
    """An event as text: its trigger and the values it sets."""
    when = f"in month {written['month']}" if "month" in written else f"at {written['when']}"
    changes = [
        f"{path} becomes {describe_distribution(value)}" for path, value in written["set"].items()
    ]
    return f"{when}, {join_and(changes)}"


def describe_red_line(state: str, line: str, scenario: Scenario) -> str:
    """A red line as text: its owner, what it watches, the effect of crossing it, the severity."""
    path = f"states.{state}.red_lines.{line}"
    watches, effect = (int(scenario[f"{path}.{word}"].mean) for word in ("watches", "effect"))
    low, high, severity = (
        describe_parameter(f"{path}.{name}", scenario.values[f"{path}.{name}"])
        for name in ("threshold", "reach", "severity")
    )
    owner = state_name(state)
    return (
        f"{owner}, {name_in_words(line)}: watches {Watch(watches).label}; begins at {low} and is "
        f"crossed in full at {high}; {EFFECTS[Effect(effect)].format(owner)}; "
        f"severity {severity}; {_meant(scenario[f'{path}.backed'].mean)}"
    )


def _meant(backed: float) -> str:
    if backed in (0, 1):
        return "meant" if backed else "a bluff"
    return f"a bluff in {format_chance(1 - backed)} of runs"

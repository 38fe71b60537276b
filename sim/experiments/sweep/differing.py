"""How two sweeps differ, and whether one is only the other with more runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sim.experiments.sweep.plan import Plan
from sim.figures.wording import number, plural
from sim.scenario.differences import Difference, differences

MOST_NAMED = 3
ASKED = ("seed", "replications", "until_ci")


def differing(before: Plan, after: Plan) -> list[Difference]:
    """All that can move a number of ``after`` and is not so in ``before``; the rules aside."""
    return list(_differing(before, after))


def _differing(before: Plan, after: Plan) -> Iterator[Difference]:
    yield from of_scenarios(before, after)
    if before.design.written() != after.design.written() or _paths(before) != _paths(after):
        yield Difference("points", _points(before), _points(after))
    for name in ASKED:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield Difference(name.replace("_", "-"), was, now)
    if before.until_ci and after.until_ci and before.watch != after.watch:
        yield Difference("watch", before.watch, after.watch)


def of_scenarios(before: Plan, after: Plan) -> list[Difference]:
    """Where the scenarios differ, what is varied anyway aside."""
    names = (before.scenario.name, after.scenario.name)
    named = [Difference("scenario", *names)] if names[0] != names[1] else []
    varied = {*_paths(before)} & {*_paths(after)}
    found = differences(after.scenario, before.scenario)
    return named + [each for each in found if each.path not in varied]


def _paths(plan: Plan) -> tuple[str, ...]:
    return plan.design.paths


def _points(plan: Plan) -> str:
    return f"{plural(len(plan.design), 'point')} of {', '.join(_paths(plan))}"


def in_words(found: Sequence[Difference], here: str, there: str) -> str:
    """``setting.backstop (0.2 here, 0.8 there) and 2 more``: the first few, with both values."""
    told = [
        f"{each.path} ({said(each.before)} {here}, {said(each.after)} {there})"
        for each in found[:MOST_NAMED]
    ]
    left = len(found) - len(told)
    return "; ".join(told) + (f"; and {plural(left, 'more difference')}" if left else "")


def said(value: Any) -> str:
    """A value as a scenario file has it, in a line."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case float():
            return number(value)
        case dict():
            return "{" + ", ".join(f"{key}: {said(each)}" for key, each in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(said, value)) + "]"
    return str(value)


def goes_on(before: Plan, after: Plan) -> bool:
    """Whether ``after`` is ``before`` with more runs at each point: its parts can be kept."""
    is_more = before.replications < after.replications
    return is_more and replace(before, replications=after.replications).digest == after.digest

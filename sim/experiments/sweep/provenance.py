"""Provenance of a sweep: what its numbers depend on, and how two sweeps differ in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Self

from sim.experiments.storage.run_folder import versions
from sim.experiments.sweep.plan import Plan
from sim.formatting import format_value, plural
from sim.scenario.diff import Difference, differences

MAX_NAMED = 3
RUN_OPTIONS = ("seed", "replications", "until_ci")

# The packages that the numbers depend on.
DECISIVE = ("thinline", "numba", "numpy")

# Digits of a digest that are shown.
SHORT = 10
UNKNOWN = "unknown"


class Provenance(NamedTuple):
    """What the numbers of a sweep were made with.

    ``digest`` is the plan's and ``rules`` that of the compiled rules, both at the time of the
    sweep; ``versions`` are those of the packages, by name.
    """

    digest: str
    rules: str
    versions: Mapping[str, str]

    @classmethod
    def current(cls, plan: Plan) -> Self:
        """The provenance of ``plan`` when it is run now, by this process."""
        return cls(plan.digest, plan.rules, versions())

    @classmethod
    def from_manifest(cls, document: Mapping[str, Any]) -> Self:
        """The provenance in a manifest."""
        return cls(document["digest"], document["rules"], document["versions"])

    @property
    def packages(self) -> str:
        """The packages with their versions, on one line."""
        named = {name.replace("python", "Python"): each for name, each in self.versions.items()}
        return ", ".join(f"{name} {version}" for name, version in named.items()) or UNKNOWN


def is_extension_of(after: Plan, before: Plan) -> bool:
    """Whether ``after`` is ``before`` with more replications, so that its parts can be kept."""
    is_more = before.replications < after.replications
    return is_more and replace(before, replications=after.replications).digest == after.digest


def provenance_differences(before: Plan, after: Plan) -> list[Difference]:
    """Every difference between two plans that can change a number; the rules are left out."""
    return list(_differences(before, after))


def _differences(before: Plan, after: Plan) -> Iterator[Difference]:
    yield from scenario_differences(before, after)
    one, other = before.design, after.design
    if one.to_lists() != other.to_lists() or one.paths != other.paths:
        sizes = (
            f"{plural(len(each), 'point')} of {', '.join(each.paths)}" for each in (one, other)
        )
        yield Difference("points", *sizes)
    for name in RUN_OPTIONS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield Difference(name.replace("_", "-"), was, now)
    if before.until_ci and after.until_ci and before.watch != after.watch:
        yield Difference("watch", before.watch, after.watch)


def scenario_differences(before: Plan, after: Plan) -> list[Difference]:
    """The differences between the scenarios, except in what both sweeps vary."""
    names = (before.scenario.name, after.scenario.name)
    named = [Difference("scenario", *names)] if names[0] != names[1] else []
    both = {*before.design.paths} & {*after.design.paths}
    found = differences(after.scenario, before.scenario)
    return named + [each for each in found if each.path not in both]


def rules_changed(
    before: tuple[Provenance, Plan], after: tuple[Provenance, Plan]
) -> list[Difference]:
    """The difference between the rules of two sweeps, if there is one."""
    (was, first), (now, second) = before, after
    changed = [name for name in DECISIVE if was.versions.get(name) != now.versions.get(name)]
    same_plan = first.digest == second.digest
    if was.digest == now.digest if same_plan else was.rules == now.rules:
        return []
    names = changed or DECISIVE[:1]
    return [Difference("rules", _describe_rules(was, names), _describe_rules(now, names))]


def _describe_rules(made: Provenance, names: Sequence[str]) -> str:
    packages = ", ".join(f"{name} {made.versions.get(name, UNKNOWN)}" for name in names)
    return f"{packages} (rules {made.rules[:SHORT]})"


def describe_mismatch(found: Sequence[Difference], here: str, there: str) -> str:
    """``setting.backstop (0.2 here, 0.8 there) and 2 more``: the first few, with both values."""
    named = [
        f"{each.path} ({format_value(each.before, rounded=True)} {here}, "
        f"{format_value(each.after, rounded=True)} {there})"
        for each in found[:MAX_NAMED]
    ]
    left = len(found) - len(named)
    return "; ".join(named) + (f"; and {plural(left, 'more difference')}" if left else "")

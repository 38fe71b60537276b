"""How two sweeps differ, and whether one is only the other with more runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sim.experiments.storage.run_folder import versions
from sim.experiments.sweep.plan import Plan
from sim.scenario.diff import Difference, differences
from sim.text import format_number, plural

MOST_NAMED = 3
ASKED = ("seed", "replications", "until_ci")


def provenance_differences(before: Plan, after: Plan) -> list[Difference]:
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


def describe_differences(found: Sequence[Difference], here: str, there: str) -> str:
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
            return format_number(value)
        case dict():
            return "{" + ", ".join(f"{key}: {said(each)}" for key, each in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(said, value)) + "]"
    return str(value)


def goes_on(before: Plan, after: Plan) -> bool:
    """Whether ``after`` is ``before`` with more runs at each point: its parts can be kept."""
    is_more = before.replications < after.replications
    return is_more and replace(before, replications=after.replications).digest == after.digest


# The packages that decide the numbers.
DECIDING = ("thinline", "numba", "numpy")

# So many digits of a digest tell two apart.
SHORT = 10
UNKNOWN = "unknown"


class Provenance(NamedTuple):
    """``digest`` is the plan's when it was played, ``rules`` that of the compiled rules, ``None``
    where neither was kept; ``versions`` are those of the packages, by name."""

    digest: str
    rules: str | None
    versions: Mapping[str, str]

    @property
    def packages(self) -> str:
        """The packages with their versions, in a line."""
        named = {name.replace("python", "Python"): each for name, each in self.versions.items()}
        return ", ".join(f"{name} {version}" for name, version in named.items()) or UNKNOWN


def by_this(plan: Plan) -> Provenance:
    """What makes the numbers of ``plan`` where it is played now."""
    return Provenance(plan.digest, plan.rules, versions())


def by_manifest(document: Mapping[str, Any], plan: Plan) -> Provenance:
    """What a manifest, with ``plan`` in it, says that made its numbers."""
    digest = str(document.get("digest", UNKNOWN))
    as_now = plan.rules if digest == plan.digest else None
    return Provenance(digest, document.get("rules", as_now), document.get("versions", {}))


def rules_changed(
    before: tuple[Provenance, Plan], after: tuple[Provenance, Plan]
) -> list[Difference]:
    """The rules of two sweeps as a difference, with what is known of them; none where they are the
    same."""
    (was, first), (now, second) = before, after
    if not _are_others(was, now, is_same_plan=first.digest == second.digest):
        return []
    other = [name for name in DECIDING if was.versions.get(name) != now.versions.get(name)]
    names = other or DECIDING[:1]
    return [Difference("rules", _said(was, names), _said(now, names))]


def _are_others(was: Provenance, now: Provenance, is_same_plan: bool) -> bool:
    if is_same_plan:
        return was.digest != now.digest
    if was.rules or now.rules:
        return was.rules != now.rules
    return any(was.versions.get(name) != now.versions.get(name) for name in DECIDING)


def _said(made: Provenance, names: Sequence[str]) -> str:
    told = ", ".join(f"{name} {made.versions.get(name, UNKNOWN)}" for name in names)
    rules = f"rules {made.rules[:SHORT]}" if made.rules else f"digest {made.digest[:SHORT]}"
    return f"{told} ({rules})"

"""What made the numbers of a sweep: which rules, and which versions of what they hang on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.experiments.store import versions
from sim.experiments.sweep.plan import Plan
from sim.scenario.differences import Difference

# The packages that decide the numbers.
DECIDING = ("thinline", "numba", "numpy")

# So many digits of a digest tell two apart.
SHORT = 10
UNKNOWN = "unknown"


class MadeBy(NamedTuple):
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


def by_this(plan: Plan) -> MadeBy:
    """What makes the numbers of ``plan`` where it is played now."""
    return MadeBy(plan.digest, plan.rules, versions())


def by_manifest(document: Mapping[str, Any], plan: Plan) -> MadeBy:
    """What a manifest, with ``plan`` in it, says that made its numbers."""
    digest = str(document.get("digest", UNKNOWN))
    as_now = plan.rules if digest == plan.digest else None
    return MadeBy(digest, document.get("rules", as_now), document.get("versions", {}))


def of_rules(before: tuple[MadeBy, Plan], after: tuple[MadeBy, Plan]) -> list[Difference]:
    """The rules of two sweeps as a difference, with what is known of them; none where they are the
    same."""
    (was, first), (now, second) = before, after
    if not _are_others(was, now, is_same_plan=first.digest == second.digest):
        return []
    other = [name for name in DECIDING if was.versions.get(name) != now.versions.get(name)]
    names = other or DECIDING[:1]
    return [Difference("rules", _said(was, names), _said(now, names))]


def _are_others(was: MadeBy, now: MadeBy, is_same_plan: bool) -> bool:
    if is_same_plan:
        return was.digest != now.digest
    if was.rules or now.rules:
        return was.rules != now.rules
    return any(was.versions.get(name) != now.versions.get(name) for name in DECIDING)


def _said(made: MadeBy, names: Sequence[str]) -> str:
    told = ", ".join(f"{name} {made.versions.get(name, UNKNOWN)}" for name in names)
    rules = f"rules {made.rules[:SHORT]}" if made.rules else f"digest {made.digest[:SHORT]}"
    return f"{told} ({rules})"

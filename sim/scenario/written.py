"""A scenario as plain data, in the form in which a scenario file writes it."""

from __future__ import annotations

from typing import Any

from sim.scenario.model import Event, Scenario, Value
from sim.scenario.occasion import occasion_text
from sim.scenario.paths import parameter_at
from sim.vocabulary import Occasion


def written(scenario: Scenario) -> dict[str, Any]:
    """The whole scenario: loading it gives an equal one."""
    told = {"scenario": scenario.name, "title": scenario.title}
    counts = {"months": scenario.months, "runs": scenario.runs, "seed": scenario.seed}
    info = {key: list(t) if isinstance(t, tuple) else t for key, t in scenario.info.items()}
    return {**told, **counts, **_world(scenario, with_reasons=True), "info": info}


def moving_parts(scenario: Scenario) -> dict[str, Any]:
    """What the digest is made of: all that can change what happens in a run."""
    head = {"scenario": scenario.name, "months": scenario.months}
    return {**head, **_world(scenario, with_reasons=False)}


def value_written(path: str, value: Value, with_reasons: bool = True) -> Any:
    """A value as a file writes it: bare if there is no more to say than what it is."""
    law = value.law.written(parameter_at(path).say)
    reasons: dict[str, Any] = {}
    if with_reasons and value.source:
        reasons["source"] = list(value.source)
    if with_reasons and value.why:
        reasons["why"] = value.why
    if not reasons:
        return law
    return {**(law if isinstance(law, dict) else {"fixed": law}), **reasons}


def event_written(event: Event, with_reasons: bool = True) -> dict[str, Any]:
    """An event as a file writes it."""
    settings = {path: value_written(path, value, with_reasons) for path, value in event.set}
    why = {"why": event.why} if with_reasons and event.why else {}
    if event.occasion is Occasion.MONTH:
        return {"month": event.month, "set": settings, **why}
    return {"when": occasion_text(event), "set": settings, **why}


def _world(scenario: Scenario, with_reasons: bool) -> dict[str, Any]:
    world: dict[str, Any] = {}
    for path, value in scenario.values.items():
        if _belongs(path, scenario):
            _put(world, path, value_written(path, value, with_reasons))
    groups = {name: {"members": list(members)} for name, members in scenario.groups.items()}
    events = [event_written(event, with_reasons) for event in scenario.events]
    return {**world, "groups": groups, "events": events}


def _belongs(path: str, scenario: Scenario) -> bool:
    """Whether a file may say it: a state has only what its role has."""
    role = parameter_at(path).role
    return role is None or role is scenario.role(path.split(".")[1])


def _put(tree: dict[str, Any], path: str, data: Any) -> None:
    *branch, leaf = path.split(".")
    for word in branch:
        tree = tree.setdefault(word, {})
    tree[leaf] = data

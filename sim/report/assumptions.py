"""The report's section on assumptions: their number, all values, and the claims cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sim.explain.scenario import changes, describe_changes
from sim.formatting import capitalise, format_percent, plural, state_name
from sim.scenario.provenance import ValueWithSource, event_values, values_with_source
from sim.tables import Table

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

CLAIM_HEADINGS = ("claim", "actors", "text", "strength")


class AssumedValue(NamedTuple):
    """A value: its name within its block, meaning, value as written, reason and sources."""

    name: str
    meaning: str
    written: str
    why: str
    source: str


@dataclass(frozen=True)
class AssumptionBlock:
    """The values of a state or of a part of the model."""

    name: str
    lines: tuple[AssumedValue, ...]


@dataclass(frozen=True)
class Assumptions:
    """The section: finding, summary, differences from the parent, values, and claims cited.

    ``differing`` counts the values in the blocks that differ from defaults, ``by_events`` those
    that events set.
    """

    title: str
    summary: str
    parent: str | None
    changes: list[str]
    blocks: list[AssumptionBlock]
    differing: int
    by_events: int
    claims: Table


def assumptions(scenario: Scenario) -> Assumptions:
    """The section on a scenario."""
    every = list(values_with_source(scenario))
    differing = [each for each in every if each.differs]
    events = list(event_values(scenario))
    named = [claim for each in (*every, *(each for _, each in events)) for claim in each.claims]
    return Assumptions(
        title=_title(every),
        summary=_summary(every, differing),
        parent=scenario.parent,
        changes=describe_changes(changes(scenario), scenario),
        blocks=_blocks(differing, events),
        differing=len(differing),
        by_events=len(events),
        claims=claims_table(named),
    )


def _title(every: list[ValueWithSource]) -> str:
    assumed = sum(not each.claims for each in every)
    if assumed == len(every):
        return "Every value is an assumption"
    return f"{format_percent(assumed / len(every), 0)} of the values are assumptions"


def _summary(every: list[ValueWithSource], differing: list[ValueWithSource]) -> str:
    claimed, moved_and_claimed = (sum(bool(v.claims) for v in some) for some in (every, differing))
    return (
        f"This scenario has {plural(len(every), 'value')}. {claimed:,} of them rest on claims in "
        f"the sources; {len(every) - claimed:,} are assumptions. {len(differing):,} differ from "
        f"the model’s defaults, and {moved_and_claimed:,} of those rest on claims. Even then the "
        "claim gives a direction, and the number is a judgement."
    )


def _blocks(
    differing: list[ValueWithSource], events: list[tuple[str, ValueWithSource]]
) -> list[AssumptionBlock]:
    grouped = groupby(differing, key=lambda each: _home(each.path))
    blocks = [_block(_block_name(home), home, list(inside)) for home, inside in grouped]
    dated = groupby(events, key=lambda event: event[0])
    return blocks + [
        _block(f"Event: {when}", "", [each for _, each in inside]) for when, inside in dated
    ]


def _home(path: str) -> str:
    """The block a path belongs to: a state, a ladder, or a part of the world."""
    words = path.split(".")
    return ".".join(words[:2] if words[0] in ("states", "ladders") else words[:1])


def _block_name(home: str) -> str:
    part, _, name = home.partition(".")
    if part == "ladders":
        return f"Ladder: {name}"
    return state_name(name) if name else capitalise(part)


def _block(name: str, home: str, values: Iterable[ValueWithSource]) -> AssumptionBlock:
    return AssumptionBlock(name, tuple(_line(each, home) for each in values))


def _line(each: ValueWithSource, home: str) -> AssumedValue:
    within = each.path.removeprefix(f"{home}.")
    return AssumedValue(
        within, each.parameter.about, each.text, each.value.why, ", ".join(each.source)
    )


def claims_table(names: Iterable[str]) -> Table:
    """The project's claims with these ids, in the project's order."""
    from sim.evidence import claims

    wanted = set(names)
    known = [claim for claim in claims() if claim.id in wanted]
    return Table(
        CLAIM_HEADINGS,
        tuple(
            (claim.id, ", ".join(map(state_name, claim.who)), claim.says, str(claim.strength))
            for claim in known
        ),
    )


def with_claim_text(source: str) -> str:
    """A claim's id with its text; any other source unchanged."""
    from sim.evidence import claim

    try:
        return f"`{source}`: {claim(source).says}"
    except KeyError:
        return source

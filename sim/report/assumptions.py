"""The report's page of assumptions: how many there are, every one of them, and the claims cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sim.figures.parts import Table
from sim.scenario.provenance import ValueWithSource, happening, values_with_source
from sim.text import capitalise, format_percent, plural, state_name

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

CLAIM_HEADINGS = ("claim", "who", "what is claimed", "standing")


class Line(NamedTuple):
    """One value: its name within its block, its meaning, its law, the reason, and the sources."""

    name: str
    meaning: str
    written: str
    why: str
    source: str


@dataclass(frozen=True)
class Block:
    """The values of one state, or of one part of the model."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Assumed:
    """The section: a finding, a summary, what differs from the defaults, and the claims cited."""

    title: str
    summary: str
    blocks: list[Block]
    claims: Table

    @property
    def size(self) -> int:
        """How many values there are in the blocks."""
        return sum(len(block.lines) for block in self.blocks)


def assumed(scenario: Scenario) -> Assumed:
    """How many values rest on claims and how many do not, and every value that is not a default."""
    every = list(values_with_source(scenario))
    differing = [each for each in every if each.differs]
    events = list(happening(scenario))
    named = [claim for each in (*differing, *(each for _, each in events)) for claim in each.claims]
    return Assumed(
        _title(every), _summary(every, differing), _blocks(differing, events), cited(named)
    )


def _title(every: list[ValueWithSource]) -> str:
    assumptions = sum(not each.claims for each in every)
    if assumptions == len(every):
        return "Every value is an assumption"
    return f"{format_percent(assumptions / len(every), 0)} of the values are assumptions"


def _summary(every: list[ValueWithSource], differing: list[ValueWithSource]) -> str:
    claimed, moved_and_claimed = (sum(bool(v.claims) for v in some) for some in (every, differing))
    return (
        f"This scenario rests on {plural(len(every), 'value')}. {claimed:,} of them rest on claims "
        f"made in the sources; {len(every) - claimed:,} are assumptions. {len(differing):,} differ "
        f"from the model’s defaults, and {moved_and_claimed:,} of those rest on claims. Even "
        "there, a claim gives a direction, and the number is a judgement."
    )


def _blocks(
    differing: list[ValueWithSource], events: list[tuple[str, ValueWithSource]]
) -> list[Block]:
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


def _block(name: str, home: str, values: Iterable[ValueWithSource]) -> Block:
    return Block(name, tuple(_line(each, home) for each in values))


def _line(each: ValueWithSource, home: str) -> Line:
    within = each.path.removeprefix(f"{home}.")
    return Line(within, each.parameter.meaning, each.text, each.value.why, ", ".join(each.source))


def cited(names: Iterable[str]) -> Table:
    """The claims of those names that the project's seeds know, in the seeds' own order."""
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


def spelt_out(source: str) -> str:
    """A claim's id with what it says; any other source as it is."""
    from sim.evidence import claim

    try:
        return f"`{source}`: {claim(source).says}"
    except KeyError:
        return source

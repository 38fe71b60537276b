"""What one file, or one ``--set``, says: paths and values, not yet put on top of anything."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.errors import Place
from sim.scenario.model import Value
from sim.scenario.nodes import Scalar
from sim.scenario.occasion import When


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """An event as written: its paths may name groups, and what they name may not exist."""

    when: When
    settings: tuple[tuple[Scalar, Value], ...]
    why: str
    place: Place


@dataclass(slots=True)
class Layer:
    """One file's contents.

    ``values`` are by written path (``groups.…`` too); ``named`` holds each state, group and red
    line named, by its path; ``events`` is None if the file has no such block.
    """

    file: str
    name: str = ""
    title: str = ""
    extends: Scalar | None = None
    values: dict[str, Value] = field(default_factory=dict)
    named: dict[str, Place] = field(default_factory=dict)
    members: dict[str, tuple[Scalar, ...]] = field(default_factory=dict)
    events: tuple[PlannedEvent, ...] | None = None
    info: dict[str, str | tuple[str, ...]] = field(default_factory=dict)

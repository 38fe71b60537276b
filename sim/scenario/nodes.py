"""A YAML text as a tree of nodes that know where they were written."""

from __future__ import annotations

from dataclasses import dataclass

from sim.errors import Place
from sim.scenario.scalars import Plain, resolve


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, as it was written."""

    place: Place
    text: str
    quoted: bool = False

    @property
    def value(self) -> Plain:
        """What was meant: whatever is in quotes is text."""
        return self.text if self.quoted else resolve(self.text)

    def __str__(self) -> str:
        short = self.text if len(self.text) <= 40 else self.text[:39] + "…"
        return repr(short) if isinstance(self.value, str) else short or "nothing"


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    place: Place
    items: tuple[Node, ...]

    def __str__(self) -> str:
        return "a list"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a mapping says of one key."""

    key: Scalar
    node: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Entries by key, in the order written."""

    place: Place
    entries: dict[str, Entry]

    def __str__(self) -> str:
        return "a mapping"


Node = Scalar | Sequence | Mapping

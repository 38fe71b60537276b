"""The disagreements of the articles, and how the model treats each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.evidence.claims import read_seed


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question on which the claims of the ``sides`` differ.

    It is represented by a distribution of the values ``kept_in`` of ``scenario``, or by a scenario
    for each side (``apart``). Otherwise ``because`` is the reason for neither.
    """

    about: str
    sides: tuple[tuple[str, ...], ...]
    kept_in: tuple[str, ...] = ()
    scenario: str = "reassurance_force"
    apart: tuple[str, ...] = ()
    because: str = ""


@cache
def disagreements() -> tuple[Disagreement, ...]:
    """All disagreements, in file order."""
    return tuple(map(_disagreement, read_seed("disagreements.yaml")["disagreements"]))


def _disagreement(entry: dict[str, Any]) -> Disagreement:
    fields = dict(entry)
    return Disagreement(
        sides=tuple(tuple(side) for side in fields.pop("sides")),
        kept_in=tuple(fields.pop("kept_in", ())),
        apart=tuple(fields.pop("apart", ())),
        **fields,
    )

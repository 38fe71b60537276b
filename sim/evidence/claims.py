"""The articles and their coded claims, read from the seed files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import yaml

from sim.resources import seed_file

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNNAMED = "other_"


class Strength(StrEnum):
    """The kind of source of a claim; ``contested`` claims inform no parameter."""

    OFFICIAL = "official"
    ANALYST = "analyst"
    ANONYMOUS = "anonymous"
    OUTLET = "outlet"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Article:
    """One article, paraphrased; ``order`` counts from the earliest. ``outlet`` is None where the
    text does not show it."""

    id: str
    number: str
    order: int
    about: str
    when: str
    because: str
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Informs:
    """The path of a parameter (of a state or a group) that a claim informs, and the direction:
    ``up``, ``down``, ``range`` or ``at`` with a value."""

    parameter: str
    direction: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A position or a fact that an article reports, paraphrased.

    ``who`` holds the states, groups of the roster or other actors of the position; ``public`` is
    True if the position is taken in public, whoever reports it; ``because`` is the reason why a
    claim informs no parameter.
    """

    id: str
    article: str
    who: tuple[str, ...]
    says: str
    informs: tuple[Informs, ...]
    strength: Strength
    public: bool
    because: str = ""


@cache
def articles() -> tuple[Article, ...]:
    """The articles, the earliest first."""
    read = [Article(**entry) for entry in read_seed("articles.yaml")["articles"]]
    return tuple(sorted(read, key=lambda article: article.order))


@cache
def claims() -> tuple[Claim, ...]:
    """All claims, by article, in file order."""
    files = ((article.id, read_seed(f"claims/{article.id}.yaml")) for article in articles())
    return tuple(_claim(article, entry) for article, file in files for entry in file["claims"])


@cache
def states() -> tuple[str, ...]:
    """The states of the roster, in its order, without the unnamed ones (``other_...``)."""
    roster = read_seed("roster.yaml")
    members = (state for group in roster["groups"].values() for state in group["members"])
    named = dict.fromkeys([*roster["states"], *members])
    return tuple(state for state in named if not state.startswith(UNNAMED))


def claim(name: str) -> Claim:
    """The claim with an id such as ``guarantees.poland_hub``; raises ``KeyError`` if unknown."""
    return _by_id()[name]


@cache
def _by_id() -> dict[str, Claim]:
    return {claim.id: claim for claim in claims()}


def _claim(article: str, entry: Mapping[str, Any]) -> Claim:
    fields = dict(entry)
    return Claim(
        article=article,
        who=tuple(fields.pop("who")),
        informs=tuple(Informs(**bearing) for bearing in fields.pop("informs")),
        strength=Strength(fields.pop("strength")),
        **fields,
    )


def read_seed(name: str) -> Any:
    """The content of a seed file."""
    return yaml.load(seed_file(name).read_text(encoding="utf-8"), LOADER)

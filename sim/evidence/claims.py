"""The articles and their claims, read from the seeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import yaml

from sim.resources import seed_file

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNNAMED = "other_pledger_"


class Strength(StrEnum):
    """Who stands behind a claim; ``contested`` ones inform nothing."""

    OFFICIAL = "official"
    ANALYST = "analyst"
    ANONYMOUS = "anonymous"
    OUTLET = "outlet"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Article:
    """One article, described in our own words; ``order`` counts from the earliest."""

    id: str
    number: str
    order: int
    about: str
    outlet: str
    when: str
    because: str


@dataclass(frozen=True, slots=True)
class Informs:
    """What a claim bears on: a parameter's path, as a file writes it (a group's name may stand in
    it), and the direction: ``up``, ``down``, ``range`` or ``at`` and a value."""

    parameter: str
    direction: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A position or a fact that an article reports, in our own words.

    ``who`` are the states or others whose it is; ``public`` says whether they said it in public;
    ``because`` says why a claim informs nothing.
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
    read = [Article(**entry) for entry in _read("articles.yaml")["articles"]]
    return tuple(sorted(read, key=lambda article: article.order))


@cache
def claims() -> tuple[Claim, ...]:
    """Every claim, article by article, in the order in which the files have them."""
    files = ((article.id, _read(f"claims/{article.id}.yaml")) for article in articles())
    return tuple(_claim(article, entry) for article, file in files for entry in file["claims"])


@cache
def states() -> tuple[str, ...]:
    """The states that the roster has by name, in its order; those it only counts are left out."""
    roster = _read("roster.yaml")
    members = (state for group in roster["groups"].values() for state in group["members"])
    named = dict.fromkeys([*roster["states"], *members])
    return tuple(state for state in named if not state.startswith(UNNAMED))


def claim(name: str) -> Claim:
    """The claim with that id, e.g. ``guarantees.poland_hub``; raises ``KeyError`` for any other."""
    return _by_id()[name]


@cache
def _by_id() -> dict[str, Claim]:
    return {claim.id: claim for claim in claims()}


def _claim(article: str, entry: Mapping[str, Any]) -> Claim:
    told = dict(entry)
    return Claim(
        article=article,
        who=tuple(told.pop("who")),
        informs=tuple(Informs(**bearing) for bearing in told.pop("informs")),
        strength=Strength(told.pop("strength")),
        **told,
    )


def _read(name: str) -> Any:
    return yaml.load(seed_file(name).read_text(encoding="utf-8"), LOADER)

"""Outcome categories: the seven outcomes and the two causes of war, with labels and colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sim.enums import Outcome
from sim.formatting import Interval, format_change, format_share_ci
from sim.tables import Table


class Category(NamedTuple):
    """A category as it is named in data, its label and its colour."""

    word: str
    label: str
    colour: str


# War and its causes. Each cause has the colour of the outcome it leads to most often.
CAUSES = {
    cause.word: cause
    for cause in (
        Category("failure", "deterrence fails", Outcome.RENEWED_OFFENSIVE.style.colour),
        Category("escalation", "escalation", Outcome.LIMITED_WAR.style.colour),
        Category("war", "war, from either cause", Outcome.GENERAL_WAR.style.colour),
    )
}
# The causes and war as nouns, within a sentence.
NOUNS = {"failure": "failed deterrence", "escalation": "escalation", "war": "war"}
CATEGORIES = {
    **{o.word: Category(o.word, o.label, o.style.colour) for o in Outcome},
    **CAUSES,
}
WARS = (Outcome.RENEWED_OFFENSIVE, Outcome.LIMITED_WAR, Outcome.GENERAL_WAR)


Numbers = Mapping[str, Mapping[str, Interval]]
"""By scenario, a number for each category."""


def share_table(shares: Numbers) -> Table:
    """A row for each category: its share of the runs of each scenario."""
    return _table("share of model runs", shares, format_share_ci)


def change_table(baseline: str, changes: Numbers) -> Table:
    """A row for each category: the change of its share in each scenario from the baseline."""
    return _table(f"difference from {baseline}, points", changes, format_change)


def _table(heading: str, numbers: Numbers, text: Callable[[Interval], str]) -> Table:
    return Table(
        (heading, *numbers),
        tuple(
            (each.label, *(text(shares[word]) for shares in numbers.values()))
            for word, each in CATEGORIES.items()
        ),
    )

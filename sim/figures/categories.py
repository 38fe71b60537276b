"""Outcome categories: the seven outcomes and the two causes of war, with labels and colours."""

from __future__ import annotations

from typing import NamedTuple

from sim.enums import Outcome


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
CATEGORIES = {
    **{o.word: Category(o.word, o.label, o.style.colour) for o in Outcome},
    **CAUSES,
}
WARS = (Outcome.RENEWED_OFFENSIVE, Outcome.LIMITED_WAR, Outcome.GENERAL_WAR)

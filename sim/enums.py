"""The closed lists of the model and their labels.

Everything is an ``IntEnum``, so that a rule, a record and a table speak of the same thing by the
same name, and compiled code sees a small whole number.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Self

from sim.outcome_styles import OUTCOME_STYLES, Style


class Word(IntEnum):
    """A closed list whose members are written in lower case in YAML, JSON and tables."""

    @property
    def word(self) -> str:
        """The member as it is written in a scenario file, e.g. ``air_sea``."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """The member as a reader sees it, e.g. ``air and sea``."""
        return word_label(self.word)

    @classmethod
    def words(cls) -> list[str]:
        """Every word of the list, in order."""
        return [member.word for member in cls]

    @classmethod
    def of(cls, word: str) -> Self:
        """The member written ``word``; raises ``KeyError`` for any other word."""
        if word not in cls.words():
            raise KeyError(word)
        return cls[word.upper()]


class Role(Word):
    """What a state decides in the model."""

    CHALLENGER = 0
    PROTEGE = 1
    GUARANTOR = 2
    PARTNER = 3


class Participation(Word):
    """The ladder a guarantor climbs: how far it takes part."""

    NONE = 0
    POLITICAL = 1
    LOGISTICS = 2
    MONITORING = 3
    AIR_SEA = 4
    GROUND = 5


class Challenge(Word):
    """What the challenger opens in a month; HOLD is doing nothing.

    A mobilisation becomes an offensive if it is carried out, and is called off otherwise.
    """

    HOLD = 0
    PROBE = 1
    STRIKE = 2
    MOBILISATION = 3


class ChallengerType(Word):
    """Types of challenger that others hold possible, by ascending ambition."""

    SECURITY_SEEKER = 0
    INTERMEDIATE = 1
    REVISIONIST = 2


class Decision(Word):
    """What states decide in a month, in the order of play."""

    TARGET = 0
    BACKSTOP = 1
    THREAT = 2
    TRUCE = 3
    ACCEPTANCE = 4
    CHALLENGE = 5
    ANSWER = 6
    PRESS = 7
    RETALIATION = 8


class Watch(Word):
    """What a red line watches."""

    FOOTPRINT = 0
    GROUND_FOOTPRINT = 1
    STRIKE_ON_FORCE = 2
    OFFENSIVE = 3
    DIRECT_COMBAT = 4
    LONG_RANGE_ARMS = 5


class Effect(Word):
    """What crossing a red line does."""

    PROVOKES = 0
    COMMITS = 1
    RESTRAINS = 2


class War(Word):
    """The war a run ended in, as recorded; the outcome is derived from it."""

    NONE = 0
    UNOPPOSED = 1
    LIMITED = 2
    GENERAL = 3


class Trigger(Word):
    """What a war grew from."""

    NONE = 0
    OFFENSIVE = 1
    STRIKE = 2
    PROBE = 3
    ACCIDENT = 4


class Occasion(Word):
    """What sets off an event: a date, or something happening for the first time."""

    MONTH = 0
    FIRST_PROBE = 1
    FIRST_STRIKE = 2
    FIRST_MOBILISATION = 3
    FORCE_BELOW = 4
    STATES_AT = 5


class Outcome(Word):
    """How a run ended: exhaustive and exclusive, in this order everywhere.

    The deaths a year that tell a limited from a general war are the thresholds of an armed conflict
    and of a war in the UCDP/PRIO data (Gleditsch et al. 2002), so that base rates can be compared.
    """

    UNTESTED_FORCE = 0
    TESTED_FORCE = 1
    NEVER_A_FORCE = 2
    HOLLOWED_OUT = 3
    RENEWED_OFFENSIVE = 4
    LIMITED_WAR = 5
    GENERAL_WAR = 6

    @property
    def style(self) -> Style:
        """Colour, pattern and meaning, the same in every figure."""
        return OUTCOME_STYLES[self.word]


LABELS = {"protege": "protégé", "air_sea": "air and sea", "long_range_arms": "long-range arms"}


def word_label(word: str) -> str:
    """A word of a closed list as a reader sees it."""
    return LABELS.get(word, word.replace("_", " "))

"""Patterns: a question, the historical record, the model's figures, and why they may differ."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

import numpy as np

from sim.results import CHALLENGES, Results
from sim.statistics import Z95, Estimate, paired_difference
from sim.validation.contrast import Side, measured
from sim.validation.historical_record import (
    COMMITMENTS,
    DISPUTES,
    FAITS_ACCOMPLIS,
    LENGTH,
    PEACEKEEPING,
    SIZES,
    VIOLENCE,
    Recorded,
)


class PatternMeasure(NamedTuple):
    """A figure of the model, and the function that computes it from results."""

    what: str
    of: Callable[[Results], Estimate]


CRISES = (*CHALLENGES, "accidents")


def share_of_crises(*names: str) -> Callable[[Results], Estimate]:
    """Share of crises, which are challenges and accidents, of these kinds."""
    return lambda results: results.events.share(names, CRISES)


def kept(results: Results) -> Estimate:
    """Share of attributed challenges to a force that are answered."""
    return results.events.share(["answered"], ["answered", "conceded"])


def power_present(results: Results) -> Estimate:
    """Share of the pledged power that is present at the end."""
    value, low, high = results.measures["pledge_gap"]
    return Estimate(1.0 - value, 1.0 - high, 1.0 - low)


def ratio_of_sums(part: Any, whole: Any) -> Estimate:
    """Ratio of sums of two arrays of one number a run, with its interval by linearisation."""
    return _around(*_linear(part, whole))


def ratio_difference(here: tuple[Any, Any], there: tuple[Any, Any]) -> Estimate:
    """Difference of two such ratios on common random numbers, with its interval."""
    (one, here_residual), (other, there_residual) = _linear(*here), _linear(*there)
    return _around(one - other, here_residual - there_residual)


def _linear(part: Any, whole: Any) -> tuple[float, Any]:
    """A ratio of sums, and the linear influence of each run on it."""
    centre = float(np.sum(part) / np.sum(whole))
    residual = np.asarray(part, float) - centre * np.asarray(whole, float)
    return centre, residual / float(np.mean(whole))


def _around(centre: float, residual: Any) -> Estimate:
    half = Z95 * float(residual.std()) / math.sqrt(len(residual))
    return Estimate(centre, centre - half, centre + half)


WAR = PatternMeasure("crises that become wars", share_of_crises("war"))
BY_KIND = (
    PatternMeasure("crises that are probes or accidents", share_of_crises("probes", "accidents")),
    PatternMeasure("crises that are strikes on the force", share_of_crises("strikes")),
    PatternMeasure(
        "crises that are mobilisations, carried out or not", share_of_crises("mobilisations")
    ),
)
ANSWERED = PatternMeasure("attributed challenges to a force that are answered", kept)
THERE = PatternMeasure("pledged power present at the end", power_present)


@dataclass(frozen=True, slots=True)
class PatternSign:
    """A difference between two settings whose sign is recorded: ``more`` of a measure in ``here``
    than in ``there``, or less. Challenges are counted per month, because a war ends a run."""

    says: str
    measure: str
    more: bool
    here: Side
    there: Side
    source: str

    @property
    def is_share(self) -> bool:
        """Whether the measure is a share of runs."""
        return self.measure != "challenges"

    def difference(self, pairs: int) -> Estimate:
        """The difference between the two settings, over ``pairs`` pairs of runs with common random
        numbers."""
        here, there = (measured(side, self.measure, pairs) for side in (self.here, self.there))
        if self.is_share:
            return paired_difference(here, there)
        months = (measured(side, "month", pairs) for side in (self.here, self.there))
        return ratio_difference((here, next(months)), (there, next(months)))


class Emergence(Enum):
    """Whether the model could have failed to show a pattern."""

    BUILT_IN = "Built in"
    PARTLY = "Partly built in"
    EMERGES = "Emerges"
    ABSENT = "Not in the model"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern.

    ``origin`` tells whether it follows directly from an assumption of the model or from the
    interplay of decisions, and ``because`` which assumption, or which decisions. ``measures`` are
    computed for any scenario; the first is compared with the range of ``band``. ``cut`` are two
    scenarios whose risk of war is compared. ``why`` explains possible differences between model and
    record.
    """

    question: str
    origin: Emergence
    because: str
    why: str
    recorded: tuple[Recorded, ...] = ()
    measures: tuple[PatternMeasure, ...] = ()
    band: tuple[Recorded, ...] = ()
    signs: tuple[PatternSign, ...] = ()
    cut: tuple[Side, Side] | None = None


def _sized(size: float, *settings: str) -> Side:
    return Side("reassurance_force", (f"setting.force_size={size:g}", *settings))


def _alone(capability: float) -> Side:
    return Side("no_force", (f"states.ukraine.capability={capability:g}",))


WANTS_MORE = ("states.russia.ambition=0.7",)
RAND = "RAND RR2533 (Frederick et al. 2020)"
POAST = "Reiter and Poast (2021)"
YANG = "Yang, Kugler and Abdollahian"

PATTERNS = (
    Pattern(
        "How violent do crises get?",
        Emergence.EMERGES,
        """No share of crises is set. How often the challenger probes, strikes or mobilises, is
        answered and presses on are choices; only the danger of a crisis that is pressed is
        assumed, one number for each action (`slip`).""",
        """A recorded crisis was found in the sources by a trained coder, so small ones are missing.
        The model counts every probe, and most of its crises are probes: the shares have different
        denominators. With a force present, the model's share of war is lower; without one it is
        higher, because in the model any attack on an unprotected state begins a war.""",
        VIOLENCE,
        (WAR, *BY_KIND),
        band=(VIOLENCE[3], VIOLENCE[7]),
    ),
    Pattern(
        "How often do militarised disputes become wars?",
        Emergence.EMERGES,
        """The same figure as above: it follows from choices at assumed weights, and no frequency
        of war was aimed at.""",
        """This comparison is closer: a dispute, like a probe, may be a threat or a single shot. But
        disputes occur between any two states, most of them weak or distant, and the model has one
        challenger next to a state that it has attacked before.""",
        DISPUTES,
        (WAR,),
        band=DISPUTES[3:],
    ),
    Pattern(
        "How long does a crisis last?",
        Emergence.ABSENT,
        """A crisis lasts a month by the time step. How long tension lasts is the constant
        `tension_half_life`.""",
        """The model has no comparable figure. Its crises begin and end within its time step of a
        month. Only tension lasts: it halves in about four months if nothing adds to it
        (`constants.tension_half_life`). The course of a crisis needs a model with a finer time
        step.""",
        LENGTH,
    ),
    Pattern(
        "Are commitments kept?",
        Emergence.EMERGES,
        """Each state with forces there decides whether to answer, and each state at its reviews
        whether to keep its soldiers there. What is assumed is its resolve and its fears, and that
        a quorum of the force suffices. That some of a pledge is still on its way follows directly
        from `deployment_time`.""",
        """The recorded figures vary with the definition of a commitment and the century. The
        model's coalition answers less often than most of the recorded allies did: many challenges
        are probes, which are not worth a fight. The second figure is more informative, because
        pledged power that is absent was a commitment, too.""",
        COMMITMENTS,
        (ANSWERED, THERE),
        band=COMMITMENTS,
    ),
    Pattern(
        "Do peacekeepers help?",
        Emergence.BUILT_IN,
        """The sign follows from assumptions that all point one way: consent takes the provocation
        out of a presence, monitoring lowers the hazard of accidents, and a force adds to the
        defence. Only the size of the cut is a result.""",
        """Nearly all recorded missions had the consent of both sides, so the record applies only to
        scenarios with consent. The model's reduction is relative to no force at all, in a conflict
        coded as more dangerous than most endings of civil wars.""",
        PEACEKEEPING,
        cut=(Side("moscow_agrees"), Side("no_force")),
    ),
    Pattern(
        "Do soldiers in the protected state bring fewer disputes, or more?",
        Emergence.PARTLY,
        """That a footprint provokes and power deters are assumptions; which of the two is stronger
        for a light force and for a heavy one follows from the challenger's choices. That a
        tripwire does not deter is built in: by `risk_half` the risk of war rises with the power
        that defies.""",
        """In the record, light ground forces go with more disputes and heavy ones deter; tripwires
        that do not change the local balance do not deter. Light forces are sent where trouble is
        expected, so the record mixes cause and selection, while the model has cause alone. Its
        heavy force is challenged more often but attacked less.""",
        signs=(
            PatternSign(
                "a light force, a tenth, and none", "challenges", True, _sized(0.1), _sized(0), RAND
            ),
            PatternSign(
                "a heavy force, twice, and none", "failure", False, _sized(2), _sized(0), RAND
            ),
            PatternSign(
                "a tripwire, a fiftieth, and the whole force, if more is wanted",
                "failure",
                True,
                _sized(0.02, *WANTS_MORE),
                _sized(1, *WANTS_MORE),
                POAST,
            ),
        ),
    ),
    Pattern(
        "Does the balance decide?",
        Emergence.PARTLY,
        """The contest rule gives the stronger side the better chance, and the cost of an offensive
        rises with the defence. With nobody else there, little but these two can act.""",
        """In the literature, deterrence is stable if a dissatisfied challenger is much weaker than
        a satisfied defender, and tenuous near parity. Without a force, the protégé is that
        defender. A much weaker protégé is attacked more often, because contest and costs depend on
        the same ratio. At parity the model has hardly any war already, so it does not reproduce the
        tenuous deterrence near parity. It has neither status nor satisfaction.""",
        signs=(
            PatternSign(
                "a protégé at parity, and at twice", "war", True, _alone(1), _alone(2), YANG
            ),
            PatternSign(
                "a protégé at two fifths, and at parity", "war", True, _alone(0.4), _alone(1), YANG
            ),
        ),
    ),
    Pattern(
        "How is land taken?",
        Emergence.BUILT_IN,
        """The challenger has no action that demands land, so that whatever it takes, it takes by
        acting first.""",
        """In the model a challenger acts or does not; it never makes a demand first, so land is
        never ceded to one. According to the record, this omits little.""",
        FAITS_ACCOMPLIS,
    ),
    Pattern(
        "How large is the force?",
        Emergence.ABSENT,
        """The size is an input (`setting.force_size`), and its unit is a weight, not a number of
        soldiers.""",
        """Sizes in the model are shares of the challenger's weight in the theatre, not numbers of
        soldiers. At size 1 all pledges together are about a third of it (0.33), and part of that
        is never present. The thin line implies no number of soldiers.""",
        SIZES,
    ),
)

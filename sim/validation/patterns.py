"""The patterns: a question, the record, the model's figures, and why the two may differ."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from sim.results import Results
from sim.statistics import Z95, Estimate, paired_difference, proportion
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
    """A figure of the model, and how to read it off one scenario's results."""

    what: str
    of: Callable[[Results], Estimate]


def total(results: Results, *names: str) -> int:
    """How many of something there were over all runs."""
    return round(sum(results.measures[name].value for name in names) * results.runs)


def crises(results: Results) -> int:
    """Challenges and accidents over all runs: what the model has for crises."""
    return total(results, "challenges", "accidents")


def part(*names: str) -> Callable[[Results], Estimate]:
    """The share of all crises that are of these kinds."""
    return lambda results: proportion(total(results, *names), crises(results))


def kept(results: Results) -> Estimate:
    """The share of challenges to a standing force, traced to the challenger, that are answered."""
    answered = total(results, "answered")
    return proportion(answered, answered + total(results, "conceded"))


def deed(results: Results) -> Estimate:
    """The share of the pledged power that is there in the end."""
    value, low, high = results.measures["pledge_gap"]
    return Estimate(1.0 - value, 1.0 - high, 1.0 - low)


def ratio(part: Any, whole: Any) -> Estimate:
    """Sum over sum of two arrays of one number a run, with its interval by linearisation."""
    return _around(*_linear(part, whole))


def ratio_difference(here: tuple[Any, Any], there: tuple[Any, Any]) -> Estimate:
    """The difference of two such ratios over runs on the same luck, with its interval."""
    (one, here_residual), (other, there_residual) = _linear(*here), _linear(*there)
    return _around(one - other, here_residual - there_residual)


def _linear(part: Any, whole: Any) -> tuple[float, Any]:
    """A ratio of sums, and how far each run pulls it."""
    centre = float(np.sum(part) / np.sum(whole))
    residual = np.asarray(part, float) - centre * np.asarray(whole, float)
    return centre, residual / float(np.mean(whole))


def _around(centre: float, residual: Any) -> Estimate:
    half = Z95 * float(residual.std()) / math.sqrt(len(residual))
    return Estimate(centre, centre - half, centre + half)


WAR = PatternMeasure("crises that become wars", part("war"))
BY_KIND = (
    PatternMeasure("crises that are probes or accidents", part("probes", "accidents")),
    PatternMeasure("crises that are strikes on the force", part("strikes")),
    PatternMeasure("crises that are offensives, carried through or not", part("offensives")),
)
ANSWERED = PatternMeasure("challenges to a force that are answered", kept)
THERE = PatternMeasure("pledged power that is there in the end", deed)


@dataclass(frozen=True, slots=True)
class PatternSign:
    """A difference between two settings of which the record has the sign: ``more`` of a measure
    here than there, or less. Challenges are counted a month, since a war ends a run."""

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
        """The difference over pairs of runs on the same luck."""
        here, there = (measured(side, self.measure, pairs) for side in (self.here, self.there))
        if self.is_share:
            return paired_difference(here, there)
        months = (measured(side, "month", pairs) for side in (self.here, self.there))
        return ratio_difference((here, next(months)), (there, next(months)))


@dataclass(frozen=True, slots=True)
class Pattern:
    """One of them.

    ``measures`` are read off any scenario; the first is held against the band from the lowest to
    the highest of ``band``. ``cut`` are two scenarios whose risk of war is compared. ``why`` says
    where the model differs from the record and why that may be.
    """

    question: str
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
        """A crisis of the record is one that a trained reader found in the sources, so the small
        ones are missing. The model counts every probe, and most of its crises are probes: the
        shares are not of the same thing. With a force there to answer, the model's share of war is
        lower; without one it is higher, because whoever attacks an unprotected state has begun a
        war in the model, whatever comes of it.""",
        VIOLENCE,
        (WAR, *BY_KIND),
        band=(VIOLENCE[3], VIOLENCE[7]),
    ),
    Pattern(
        "How often do militarised disputes become wars?",
        """The nearer comparison: a dispute may be a threat or a single shot, as a probe may. But
        disputes are between any two states, most of them weak or far apart, and the model looks at
        one challenger beside one state that it has attacked before.""",
        DISPUTES,
        (WAR,),
        band=DISPUTES[3:],
    ),
    Pattern(
        "How long does a crisis last?",
        """The model has nothing to set beside this. Its crises begin and end within a month,
        because a month is its step. What lasts is tension, which halves in about four months when
        nothing adds to it (`constants.tension_memory`). Whoever wants the course of a crisis needs
        a finer model.""",
        LENGTH,
    ),
    Pattern(
        "Are commitments kept?",
        """A band, not a point: it depends on what counts as a commitment, and on the century. The
        model's coalition answers more often than allies did. It is asked about soldiers of its own
        who are already there, and those least willing have gone down the ladder by then. The second
        figure tells more: what was pledged and is not there was a commitment, too.""",
        COMMITMENTS,
        (ANSWERED, THERE),
        band=COMMITMENTS,
    ),
    Pattern(
        "Do peacekeepers help?",
        """Nearly all missions in the record had the consent of those they stood between, so that it
        bounds scenarios with consent only. The model's cut is measured against no force at all,
        in a conflict coded as more dangerous than most ends of civil wars were.""",
        PEACEKEEPING,
        cut=(Side("moscow_agrees"), Side("no_force")),
    ),
    Pattern(
        "Do soldiers in the protected state bring fewer disputes, or more?",
        """In the record light ground forces go with more disputes, and heavy ones deter; tripwires
        that leave the local balance as it was do not. Light forces are sent where trouble is
        expected, so that the record mixes cause and selection; the model has cause alone. Its heavy
        force is challenged more often still, and attacked less.""",
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
        """Deterrence is said to be stable where a dissatisfied challenger is clearly weaker than a
        satisfied defender, and tenuous near parity. With no force there, the protégé is that
        defender. The model agrees for a plain reason, its contest and its costs are made of the
        same ratio; it has neither status nor satisfaction.""",
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
        """In the model there is only one way: a challenger acts, or it does not. It never demands
        first, so nothing is ever conceded to a demand. The record says that this leaves out
        little.""",
        FAITS_ACCOMPLIS,
    ),
    Pattern(
        "How large is the force?",
        """Sizes in the model are shares of the challenger's weight in the theatre, not heads: all
        pledges together come to about nine tenths of it, and much of that is never there at once.
        No number of soldiers follows from a size, and none should be read into the thin line.""",
        SIZES,
    ),
)

"""The patterns: a question, the record, the model's figures, and why the two may differ."""

from __future__ import annotations

from dataclasses import dataclass

from sim.behaviours.contrast import Side, measured
from sim.patterns import record
from sim.patterns.measured import ANSWERED, BY_KIND, THERE, WAR, Measure, ratio_difference
from sim.patterns.record import Recorded
from sim.statistics import Estimate, paired_difference


@dataclass(frozen=True, slots=True)
class Sign:
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
    measures: tuple[Measure, ...] = ()
    band: tuple[Recorded, ...] = ()
    signs: tuple[Sign, ...] = ()
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
        record.VIOLENCE,
        (WAR, *BY_KIND),
        band=(record.VIOLENCE[3], record.VIOLENCE[7]),
    ),
    Pattern(
        "How often do militarised disputes become wars?",
        """The nearer comparison: a dispute may be a threat or a single shot, as a probe may. But
        disputes are between any two states, most of them weak or far apart, and the model looks at
        one challenger beside one state that it has attacked before.""",
        record.DISPUTES,
        (WAR,),
        band=record.DISPUTES[3:],
    ),
    Pattern(
        "How long does a crisis last?",
        """The model has nothing to set beside this. Its crises begin and end within a month,
        because a month is its step. What lasts is tension, which halves in about four months when
        nothing adds to it (`constants.tension_memory`). Whoever wants the course of a crisis needs
        a finer model.""",
        record.LENGTH,
    ),
    Pattern(
        "Are commitments kept?",
        """A band, not a point: it depends on what counts as a commitment, and on the century. The
        model's coalition answers more often than allies did. It is asked about soldiers of its own
        who are already there, and those least willing have gone down the ladder by then. The second
        figure tells more: what was pledged and is not there was a commitment, too.""",
        record.COMMITMENTS,
        (ANSWERED, THERE),
        band=record.COMMITMENTS,
    ),
    Pattern(
        "Do peacekeepers help?",
        """Nearly all missions in the record had the consent of those they stood between, so that it
        bounds scenarios with consent only. The model's cut is measured against no force at all,
        in a conflict coded as more dangerous than most ends of civil wars were.""",
        record.PEACEKEEPING,
        cut=(Side("moscow_agrees"), Side("no_force")),
    ),
    Pattern(
        "Do soldiers in the protected state bring fewer disputes, or more?",
        """In the record light ground forces go with more disputes, and heavy ones deter; tripwires
        that leave the local balance as it was do not. Light forces are sent where trouble is
        expected, so that the record mixes cause and selection; the model has cause alone. Its heavy
        force is challenged more often still, and attacked less.""",
        signs=(
            Sign(
                "a light force, a tenth, and none", "challenges", True, _sized(0.1), _sized(0), RAND
            ),
            Sign("a heavy force, twice, and none", "failure", False, _sized(2), _sized(0), RAND),
            Sign(
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
            Sign("a protégé at parity, and at twice", "war", True, _alone(1), _alone(2), YANG),
            Sign(
                "a protégé at two fifths, and at parity", "war", True, _alone(0.4), _alone(1), YANG
            ),
        ),
    ),
    Pattern(
        "How is land taken?",
        """In the model there is only one way: a challenger acts, or it does not. It never demands
        first, so nothing is ever conceded to a demand. The record says that this leaves out
        little.""",
        record.FAITS_ACCOMPLIS,
    ),
    Pattern(
        "How large is the force?",
        """Sizes in the model are shares of the challenger's weight in the theatre, not heads: all
        pledges together come to about nine tenths of it, and much of that is never there at once.
        No number of soldiers follows from a size, and none should be read into the thin line.""",
        record.SIZES,
    ),
)
